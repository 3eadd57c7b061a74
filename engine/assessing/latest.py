"""The last day in time of what a step brings: that of its day, whichever requirement sets it.

A paper comes with the day it bears: no requirement that asks for the paper leaves longer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from engine.model.assessment import OutcomeEntry
from engine.model.outcome import Outcome
from engine.model.shown import FactEntry
from engine.ruleset.model import Procedure

_Field: TypeAlias = tuple[str, str, str]
"""The type and the key of a record, and the path of a field."""


class LatestDays:
    """The last days in time that are known of what is missing somewhere."""

    def __init__(self, procedures: Mapping[str, Procedure], missing: Iterable[FactEntry]) -> None:
        self._days: dict[_Field, dt.date] = {}
        self._bringing: dict[tuple[str, str], list[tuple[str, ...]]] = {}
        for item in missing:
            if item.until is not None:
                field = (item.record_type, item.record_key, item.field)
                self._days[field] = min(item.until, self._days.get(field, item.until))
        for procedure in procedures.values():
            for step in procedure.steps:
                days = tuple(day.path for day in step.days)
                for fact in step.facts:
                    place = (fact.place.record, fact.place.path)
                    if place[0] == step.days[0].record:
                        self._bringing.setdefault(place, []).append(days)

    def due(self, due: dt.date, missing: Iterable[FactEntry]) -> dt.date:
        """The last day for what has to be done by `due` and waits for what is missing."""
        return min([due, *(day for item in missing for day in self._of(item))])

    def _of(self, item: FactEntry) -> Iterator[dt.date]:
        """The last day of a day, or of the step that brings a fact; of several the latest."""
        own = self._day(item, item.field)
        if own is not None:
            yield own
        found = [
            min((day for path in days if (day := self._day(item, path)) is not None), default=None)
            for days in self._bringing.get((item.record_type, item.field), ())
        ]
        known = [day for day in found if day is not None]
        if known and len(known) == len(found):
            yield max(known)

    def _day(self, item: FactEntry, path: str) -> dt.date | None:
        return self._days.get((item.record_type, item.record_key, path))


def in_time(
    procedures: Mapping[str, Procedure], entries: Sequence[OutcomeEntry]
) -> list[OutcomeEntry]:
    """The entries, what is pending due no later than the steps allow that bring what it lacks."""
    pending = [entry for entry in entries if entry.outcome is Outcome.PENDING]
    latest = LatestDays(procedures, (item for entry in pending for item in entry.missing))

    def due(entry: OutcomeEntry) -> OutcomeEntry:
        if entry.due is None or entry.outcome is not Outcome.PENDING:
            return entry
        return replace(entry, due=latest.due(entry.due, entry.missing))

    return list(map(due, entries))
