"""What records should come near: the days, spans and numbers at which an answer turns.

Taken from the requirements themselves, the parameters and the calendar, so that a new threshold
is tried from both sides the day it is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from engine.language import tree as t
from engine.model.workdays import WorkCalendar
from engine.model.world import Period
from engine.ruleset.model import Requirement
from tests.agreement.generators.ties import Field, Tie, ties

DAY = dt.timedelta(days=1)

LARGE = 10**9
"""Numbers beyond which there is nothing to come near."""

TURNS = (
    dt.date(2023, 12, 31),
    dt.date(2024, 2, 29),
    dt.date(2025, 1, 31),
    dt.date(2025, 2, 28),
    dt.date(1, 1, 3),
    dt.date(9999, 12, 30),
)
"""Ends of months and years, the leap day, and the ends of time itself."""


@dataclass(frozen=True)
class Landmarks:
    """`days` of the calendar, `numbers` of anything, `ties` of one field's day to another's."""

    days: tuple[dt.date, ...] = TURNS
    numbers: tuple[int | Decimal, ...] = (5,)
    ties: Mapping[Field, Sequence[Tie]] = field(default_factory=dict)
    calendar: WorkCalendar = field(default_factory=lambda: WorkCalendar({}))


def landmarks(
    requirements: Iterable[Requirement],
    params: Mapping[str, Sequence[Period]],
    calendar: WorkCalendar,
) -> Landmarks:
    """Everything at which one of the requirements, a parameter or the calendar turns."""
    days = {*TURNS, *_holidays(calendar)}
    numbers: set[int | Decimal] = set()
    tied: dict[Field, set[Tie]] = {}
    for requirement in requirements:
        for text in requirement.texts:
            for window in (*text.windows, *text.lawful):
                days |= {window.start, window.end}
            if text.due is not None:
                until = t.Compare("<=", t.AsOf(), text.due)
                for place, tie in ties(until):
                    tied.setdefault(place, set()).add(tie)
            for tree in (requirement.act_on, *text.expressions()):
                days |= {value for value in _constants(tree) if isinstance(value, dt.date)}
                numbers |= {v for v in _constants(tree) if isinstance(v, int | Decimal)}
                for place, tie in ties(tree):
                    tied.setdefault(place, set()).add(tie)
    for periods in params.values():
        for period in periods:
            days |= {period.start, period.end}
            numbers.add(period.value)
    return Landmarks(
        tuple(sorted(day for day in days if dt.date.min + DAY < day < dt.date.max - DAY)),
        tuple(sorted(number for number in numbers if abs(number) < LARGE)) or (5,),
        {place: sorted(found, key=repr) for place, found in tied.items()},
        calendar,
    )


def _constants(tree: t.Expr) -> Iterator[bool | int | Decimal | str | dt.date]:
    for node in t.walk(tree):
        if isinstance(node, t.Lit) and not isinstance(node.value, bool):
            yield node.value
        if isinstance(node, t.In):
            yield from node.values


def _holidays(calendar: WorkCalendar) -> Iterator[dt.date]:
    """Days that differ from what their weekday says: holidays and make-up days, lately."""
    for year in sorted(calendar.years)[-4:]:
        day = dt.date(year, 1, 1)
        while day.year == year:
            if calendar.is_workday(day) is not (day.weekday() < 5):
                yield day
            day += DAY
