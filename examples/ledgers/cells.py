"""What a ledger is made of: sheets, rows, and cells as the office typed them.

A cell is written as the office would have typed it: `day(…)` is a real Excel date, everything
else is text or a number. `Misread(wrong, right)` is a slip that can't be read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import chinese_calendar

Cell = object
Row = dict[str, Cell]
Changes = Mapping[str, Row]
"""By the key of a record: its cells that differ from a row without fault."""

YEAR: Final = 2024
WORKED: Final = tuple(
    day
    for day in (dt.date(YEAR, 1, 2) + dt.timedelta(offset) for offset in range(360))
    if chinese_calendar.is_workday(day)
)
"""The days on which the county's offices worked in the year, make-up days among them."""


@dataclass(frozen=True)
class Misread:
    """A cell that can't be read as it stands, and what was meant."""

    wrong: Cell
    right: Cell


@dataclass
class Sheet:
    """One sheet: title lines, columns (`组·列` has a header over two rows), rows, footer lines.

    A row with `块` (a list of rows) is one matter over several lines: its own cells are merged.
    """

    name: str
    titles: Sequence[str]
    columns: Sequence[str]
    rows: Sequence[Row]
    footer: Sequence[Sequence[Cell]] = ()


def day(text: str) -> dt.date:
    """A real Excel date."""
    return dt.date.fromisoformat(text)


def worked(start: dt.date, days: int) -> dt.date:
    """The day `days` working days after `start`, which isn't counted."""
    at, step = start, dt.timedelta(1 if days > 0 else -1)
    left = abs(days)
    while left:
        at += step
        left -= chinese_calendar.is_workday(at)
    return at


def typed(on: dt.date, number: int) -> Cell:
    """The same day as different clerks type it."""
    forms = (
        on,
        f"{on.year}.{on.month}.{on.day}",
        on,
        f"{on.year}年{on.month}月{on.day}日",
        on,
        on.isoformat(),
    )
    return forms[number % len(forms)]


def columns(rows: Sequence[Row]) -> list[str]:
    """The columns that any of the rows fills, in the order in which they first come."""
    found: dict[str, None] = {}
    for row in rows:
        found.update(dict.fromkeys(name for name in row if name != "块"))
    return list(found)


def spread(count: int, start: int = 0, stop: int | None = None) -> list[dt.date]:
    """`count` working days of the year in order, evenly spread from one index to another."""
    last = len(WORKED) - 1 if stop is None else stop
    days = [WORKED[start + (last - start) * number // max(count - 1, 1)] for number in range(count)]
    if any(later < earlier for earlier, later in pairwise(days)):
        raise ValueError("days out of order")
    return days
