"""Rows whose days lie outside the month that they stand under."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from engine.model.facts import Input, Level
from engine.model.field import FieldKind
from engine.model.record_type import RecordType
from engine.model.values import Cause, Unknown
from facts.ledgers.draft import Draft
from facts.ledgers.periods import SheetPeriod


def hold_to_periods(drafts: Iterable[Draft], entry: Input) -> None:
    """Doubt the days of rows of which none lies in the month that they stand under.

    Either the day is wrong or the row stands in the wrong place: the day is one of both at best.
    Of a month that only the file names, most rows have to be; standing ledgers are of no month.
    """
    asked = [
        (draft, draft.period, days)
        for draft in drafts
        if draft.period is not None and not draft.type.standing and (days := _days(draft))
    ]
    outside = [(d, p, days) for d, p, days in asked if not any(map(p.has, days.values()))]
    by_file = {p.text for _, p, _ in asked if not p.own}
    for text in by_file:
        wrong = sum(p.text == text for _, p, _ in outside)
        if 2 * wrong > sum(p.text == text for _, p, _ in asked):
            said = "文件名里的月份不是各行的月份，没有用来核对日期"
            entry.problem(said, text, level=Level.NOTE)
            outside = [one for one in outside if one[1].text != text]
    for draft, period, days in outside:
        _doubt(draft, period, days, entry)


def _doubt(draft: Draft, period: SheetPeriod, days: dict[str, dt.date], entry: Input) -> None:
    first = next(iter(days))
    source = draft.sources[first]
    titles = "、".join(f"“{draft.type.fields[path].title}”" for path in days)
    entry.problem(
        f"不在“{period.text}”里，这一行的{titles}核对清楚之前不作数",
        source.text,
        sheet=source.sheet,
        cell=source.cell,
        line=source.line,
        hint="日期写错的请改正，放错了表的请移到那个月的表里",
        record_type=draft.type.type,
        kept=draft.type.fields[first].kept,
    )
    low, high = period.days
    for path, day in days.items():
        draft.cells[path] = Unknown(Cause.CONTRADICTED, min(low, day), max(high, day))


def _days(draft: Draft) -> dict[str, dt.date]:
    """The days by which a row may be of a month: that on which it comes about, else all events."""
    fields = draft.type.fields
    happens = draft.type.happens
    asked = [happens] if happens is not None and happens in draft.columns else _events(draft.type)
    known = ((path, draft.cells.get(path)) for path in asked)
    return {
        path: day
        for path, day in known
        if isinstance(day, dt.date) and fields[path].type is FieldKind.DATE
    }


def _events(record_type: RecordType) -> list[str]:
    return [path for path, spec in record_type.fields.items() if spec.time == "event"]
