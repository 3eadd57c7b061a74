"""Merged cells: every cell of a merge says what its first cell says."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Final

from engine.model.facts import Input
from facts.files.grid import Grid, named

MAX_FILLED: Final = 1_000_000
Merge = tuple[int, int, int, int]
"""First column, first row, last column, last row; from one, inclusive."""


def fill_merges(merges: Iterable[Merge], grid: Grid, entry: Input) -> None:
    """Give every cell of a merge the value of its first cell, in rows that hold something.

    What another cell of it holds besides can't be seen, and doesn't count.
    """
    beneath: list[tuple[int, int]] = []
    numbers = [number for number, _ in grid.rows]
    width = max((len(row) for _, row in grid.rows), default=0)
    budget = MAX_FILLED
    for merge in merges:
        left, top, right, bottom = merge[0], merge[1], min(merge[2], width), merge[3]
        first, last = bisect_left(numbers, top), bisect_right(numbers, bottom)
        if first >= len(numbers) or numbers[first] != top or left > len(grid.rows[first][1]):
            continue
        value = grid.rows[first][1][left - 1]
        if value is None and (top, left) in grid.void:
            rows = (number for number in numbers[first:last])
            grid.void.update((n, c) for n in rows for c in range(left, right + 1))
            continue
        budget -= max(right - left + 1, 1) * (last - first)
        if budget < 0:
            place = f"{grid.cell(top, left)}:{grid.cell(merge[3], merge[2])}"
            entry.problem("合并单元格太多，其余没有展开", sheet=grid.sheet, cell=place)
            return
        for index in range(first, last):
            beneath += _fill_row(grid, index, (left, right), value, top)
    if beneath:
        grid.void.update(beneath)
        places = [grid.cell(*place) for place in sorted(beneath)]
        grid.concealed.append(f"合并单元格盖住的：{named(places)}")


def _fill_row(
    grid: Grid, index: int, columns: tuple[int, int], value: object, top: int
) -> list[tuple[int, int]]:
    """Fill the cells of a merge in one row; those of them that hold something else."""
    number, row = grid.rows[index]
    left, right = columns
    cells = list(row) + [None] * (right - len(row))
    beneath = []
    for column in range(left, right + 1):
        if (number, column) == (top, left) or (there := cells[column - 1]) == value:
            continue
        cells[column - 1] = value
        if there is None:
            grid.filled.add((number, column))
        else:
            cells[column - 1] = None
            beneath.append((number, column))
    grid.rows[index] = (number, cells)
    return beneath
