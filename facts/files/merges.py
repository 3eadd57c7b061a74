"""Merged cells: every cell of a merge says what its first cell says."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Final

from engine.model.facts import Input
from facts.files.grid import Grid

MAX_FILLED: Final = 1_000_000
Merge = tuple[int, int, int, int]
"""First column, first row, last column, last row; from one, inclusive."""


def fill_merges(merges: Iterable[Merge], grid: Grid, entry: Input) -> None:
    """Give every cell of a merge the value of its first cell, in rows that hold something."""
    numbers = [number for number, _ in grid.rows]
    width = max((len(row) for _, row in grid.rows), default=0)
    budget = MAX_FILLED
    for merge in merges:
        left, top, right, bottom = merge[0], merge[1], min(merge[2], width), merge[3]
        first, last = bisect_left(numbers, top), bisect_right(numbers, bottom)
        if first >= len(numbers) or numbers[first] != top or left > len(grid.rows[first][1]):
            continue
        value = grid.rows[first][1][left - 1]
        if value is None:
            if (top, left) in grid.void:
                rows = (number for number in numbers[first:last])
                grid.void.update((n, c) for n in rows for c in range(left, right + 1))
            continue
        budget -= max(right - left + 1, 1) * (last - first)
        if budget < 0:
            place = f"{grid.cell(top, left)}:{grid.cell(merge[3], merge[2])}"
            entry.problem("合并单元格太多，其余没有展开", sheet=grid.sheet, cell=place)
            return
        for index in range(first, last):
            _fill_row(grid, index, (left, right), value, top)


def _fill_row(grid: Grid, index: int, columns: tuple[int, int], value: object, top: int) -> None:
    number, row = grid.rows[index]
    left, right = columns
    cells = list(row) + [None] * (right - len(row))
    for column in range(left, right + 1):
        if (number, column) != (top, left) and cells[column - 1] is None:
            cells[column - 1] = value
            grid.filled.add((number, column))
    grid.rows[index] = (number, cells)
