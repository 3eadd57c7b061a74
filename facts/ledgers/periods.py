"""The month that a sheet, or a section of it, is of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from engine.model.facts import stem
from facts.files.grid import Grid
from facts.writing.periods import Period, period_named

_LONGEST: Final = 12
"""A heading of a section that is a month says little more than that."""


@dataclass(frozen=True, slots=True)
class SheetPeriod:
    """The days that the rows of a sheet are of, and the text that says so.

    `own`: the sheet, its title or a section says it. The name of a file may be of when it was
    made.
    """

    days: Period
    text: str
    own: bool = True

    def has(self, day: dt.date) -> bool:
        """Whether a day lies in it."""
        return self.days[0] <= day <= self.days[1]


def period_of(grid: Grid, titles: Sequence[str], year: int | None) -> SheetPeriod | None:
    """The period that the name of the sheet, its title or its file names, the nearest first.

    None where two of them differ: nobody knows which is the old one.
    """
    said = [grid.sheet, *titles, stem(grid.file)]
    named = [(days, text) for text in said if (days := period_named(text, year)) is not None]
    if len({days for days, _ in named}) != 1:
        return None
    days, text = named[0]
    return SheetPeriod(days, text, own=text != said[-1])


def section_period(text: str, year: int | None) -> SheetPeriod | None:
    """The period that the heading of a section is: 三月份, 一季度."""
    days = period_named(text, year) if len(text) <= _LONGEST else None
    return None if days is None else SheetPeriod(days, text)
