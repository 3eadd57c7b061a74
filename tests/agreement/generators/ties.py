"""Which days requirements compare, and with what between them: where a day has its threshold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from engine.language import tree as t
from engine.model.workdays import WorkCalendar

Field = tuple[str, str]
"""A record type and a field of it."""

AS_OF: Field = ("", "")

Steps = tuple[tuple[str, int], ...]
"""What moves a day, one after another: a function of the language and its constant."""

_MOVES = ("add_days", "add_months", "add_workdays")
_COUNTS = {"days": "add_days", "workdays": "add_workdays"}


@dataclass(frozen=True)
class Tie:
    """A field's threshold lies `steps` away from the day in `source`."""

    source: Field
    steps: Steps

    def days(self, start: dt.date, calendar: WorkCalendar) -> list[dt.date]:
        """The threshold, and where it would lie if a step were forgotten or spilled over."""
        found = [start]
        for function, span in self.steps:
            found += _stepped(found[-1], function, span, calendar)
        return found[-2:]


def _stepped(day: dt.date, function: str, span: int, calendar: WorkCalendar) -> list[dt.date]:
    if function == "deadline":
        rolled = calendar.next_workday(day)
        return [day if rolled is None else rolled]
    if function == "add_workdays":
        worked = calendar.add_workdays(day, span)
        return [day if worked is None else worked]
    if function == "add_months":
        month = day.year * 12 + day.month - 1 + span
        if not 24 <= month < 119_000:
            return [day]
        spilled = dt.date(month // 12, month % 12 + 1, 1) + dt.timedelta(day.day - 1)
        if spilled.day == day.day:
            return [spilled]
        return [spilled, spilled - dt.timedelta(spilled.day)]
    ordinal = day.toordinal() + span
    return [dt.date.fromordinal(ordinal) if 1 < ordinal < 3_650_000 else day]


def ties(tree: t.Expr) -> Iterator[tuple[Field, Tie]]:
    """Every field that an expression compares with a day, and its threshold."""
    for node in t.walk(tree):
        match node:
            case t.Compare(_, t.Call(name, (a, b)), t.Lit(int(span))) if name in _COUNTS:
                yield from _both_ways(a, b, ((_COUNTS[name], span),))
            case t.Compare(_, left, right) if left.kind is t.Kind.DATE:
                yield from _both_ways(left, right, ())


def _both_ways(a: t.Expr, b: t.Expr, between: Steps) -> Iterator[tuple[Field, Tie]]:
    """b is compared with a and what lies between; of either the other gives the threshold."""
    for start, forth in _chains(a):
        for end, back in _chains(b):
            if end != AS_OF:
                yield end, Tie(start, (*forth, *between, *_undone(back)))
            if start != AS_OF:
                yield start, Tie(end, (*back, *_undone((*forth, *between))))


def _undone(steps: Steps) -> Steps:
    return tuple((name, -span) for name, span in reversed(steps) if name != "deadline")


def _chains(node: t.Expr) -> Iterator[tuple[Field, Steps]]:
    """The days an expression starts from, and the steps from each."""
    match node:
        case t.AsOf():
            yield AS_OF, ()
        case t.Path(record=record, field=field):
            yield (record, field), ()
        case t.Call("deadline", (inner,)):
            for source, steps in _chains(inner):
                yield source, (*steps, ("deadline", 0))
        case t.Call(name, (inner, t.Lit(int(span)))) if name in _MOVES:
            for source, steps in _chains(inner):
                yield source, (*steps, (name, span))
        case t.Call("min" | "max", args):
            for arg in args:
                yield from _chains(arg)
        case t.If(_, then, other):
            yield from _chains(then)
            yield from _chains(other)
