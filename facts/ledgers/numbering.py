"""Numbers that are missing from a column that runs on, 序号: a row may have gone with them.

Lists that were picked out of others keep their numbers, with gaps all over; a row that went by
itself leaves one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from engine.model.facts import Input, Level
from facts.files.grid import Grid
from facts.ledgers.headers import counts_rows
from facts.ledgers.recognise import Head, cell_text
from facts.ledgers.tables import Table

_MOST_GAPS: Final = 2
_SHARE: Final = 5
"""So many times as many numbers are there as are missing: else it is a list picked from another."""

_Placed = tuple[int, int]
"""A number, and the row that it stands in."""


def say_gaps(table: Table, head: Head, entry: Input) -> None:
    """Note the numbers that are missing, unless rows are known not to be read."""
    grid = table.grid
    if grid.concealed or any(said.lost_row and said.sheet == grid.sheet for said in entry.problems):
        return
    for column, text, _ in head[1]:
        if counts_rows(text):
            for run in _runs(_numbers(table, column)):
                _say(run, grid, column, entry)


def _numbers(table: Table, column: int) -> Iterator[_Placed]:
    for row, cells in table.rows:
        held = cells[column - 1] if len(cells) >= column else None
        text = cell_text(held) if isinstance(held, str) else str(held)
        if text.isascii() and text.isdecimal() and len(text) < 7:
            yield int(text), row


def _runs(numbers: Iterator[_Placed]) -> list[list[_Placed]]:
    """What begins at 1 and rises; each part of a sheet may begin again."""
    runs: list[list[_Placed]] = []
    for number, row in numbers:
        if number == 1 and (not runs or runs[-1][-1][0] != 1):
            runs.append([])
        if runs:
            runs[-1].append((number, row))
    return [run for run in runs if all(a <= b for (a, _), (b, _) in pairwise(run))]


def _say(run: Sequence[_Placed], grid: Grid, column: int, entry: Input) -> None:
    gaps = [
        (above, number, row) for (above, _), (number, row) in pairwise(run) if number > above + 1
    ]
    missing = sum(number - above - 1 for above, number, _ in gaps)
    if len(gaps) > _MOST_GAPS or missing * _SHARE > len(run):
        return
    for above, number, row in gaps:
        listed = f"{above + 1}" if number == above + 2 else f"{above + 1}至{number - 1}"
        source = grid.source(row, column)
        entry.problem(
            f"序号从{above}跳到{number}，中间没有{listed}：那一行可能删掉了，或者没有抄过来",
            str(number),
            sheet=source.sheet,
            cell=source.cell,
            line=source.line,
            hint="请对照原来的登记；本来就没有这个序号的，不用管",
            level=Level.NOTE,
        )
