"""What has not come about yet on the day of the check: it is in no list and says nothing."""

from __future__ import annotations

import datetime as dt
from typing import Final

from engine.judging.altered import altered, unknown
from engine.judging.run import Run
from engine.language.vocabulary import MANUAL
from engine.model.record_type import RecordType
from engine.model.values import ABSENT, Cause, Elements, Record, Records, State, Unknown
from engine.model.world import World

_NOBODY_WROTE: Final = (Cause.BLANK, Cause.NO_COLUMN)
"""Why a day isn't known of which no ledger says a word."""


def come_about(run: Run) -> Run:
    """The run on what has come about by the day of its check: what everything is judged on."""
    return run.on(come(run.records, run.world))


def come(records: Records, world: World) -> Records:
    """The records without what their own days say lies ahead of the check.

    A record whose `happens` lies ahead is left out of every list, and all but its key and its
    days is unknown (`planned`); so is a field whose `dated` day lies ahead. A day that a gate
    assumes has come. The same records where nothing lies ahead; else copies.
    """
    changes: dict[int, dict[str, State | Elements]] = {}
    gone: set[int] = set()
    for name, found in records.items():
        record_type = world.schema.types[name]
        dated = [(path, spec.dated) for path, spec in record_type.fields.items() if spec.dated]
        if record_type.happens is None and not dated:
            continue
        for record in found:
            if _ahead(record, record_type.happens, world):
                gone.add(id(record))
                changes[id(record)] = _unsaid(record, record_type)
                continue
            held = {
                path: unknown(record.values[path], Cause.PLANNED)
                for path, day in dated
                if _said(record, path) and _ahead(record, day, world)
            }
            if held:
                changes[id(record)] = held
    return altered(records, changes, gone) if changes else records


def _ahead(record: Record, path: str | None, world: World) -> bool:
    """Whether the day in the field is known to lie after the check."""
    if path is None or (record.type, path) in world.assumed:
        return False
    state = record.values.get(path)
    if isinstance(state, Unknown):
        state = state.planned if state.planned is not None else state.lo
    if isinstance(state, dt.datetime):
        return state.date() > world.as_of
    return isinstance(state, dt.date) and state > world.as_of


def _said(record: Record, path: str) -> bool:
    state = record.values.get(path)
    if isinstance(state, Elements):
        return bool(state.items)
    return state is not None and state is not ABSENT and not isinstance(state, Unknown)


def _unsaid(record: Record, record_type: RecordType) -> dict[str, State | Elements]:
    """Every fact of the record but its key and its days, unknown because it lies ahead."""
    return {
        path: unknown(record.values[path], Cause.PLANNED)
        for path in record.values
        if path in record_type.fields
        and path not in record_type.key
        and record_type.fields[path].time is None
        and _said(record, path)
    }


def not_yet(record: Record, path: str, world: World) -> bool:
    """Whether what a field says can't be known by the check, as the day it is of lies ahead.

    That is its own day or the one it is `dated` by. A day nobody wrote lies ahead with one that
    comes before it; so does one that is planned apart, while nothing of the record is concluded.
    None does of which something has been written down. Of a question for a person: whether it is
    too early to ask.
    """
    if path.startswith(MANUAL):
        return record.values.get(path) is ABSENT
    spec = world.schema.types[record.type].fields.get(path)
    if spec is None:
        return False
    day = spec.dated or (path if spec.time == "event" else None)
    return day is not None and _Ahead(record, world).lies(day)


class _Ahead:
    """Which days of a record lie ahead of the check; what a gate assumes is not taken as come."""

    def __init__(self, record: Record, world: World) -> None:
        self.record, self.type = record, world.schema.types[record.type]
        self.world = world.assuming(frozenset())

    def lies(self, day: str) -> bool:
        """Whether a day lies ahead."""
        if self._written(day):
            return _ahead(self.record, day, self.world)
        if self._shown(day):
            return False
        spec = self.type.fields.get(day)
        if spec is None:
            return False
        planned = spec.planned is not None and bool(self.type.concluded)
        if planned and not any(map(self._come, self.type.concluded)):
            return True
        return any(self.lies(order.first) for order in self.type.order if order.then == day)

    def _written(self, day: str) -> bool:
        """Whether the ledger says anything of a day, be it in part or that there is none."""
        state = self.record.values.get(day)
        if isinstance(state, Unknown):
            return state.cause not in _NOBODY_WROTE
        return state is not None

    def _come(self, day: str) -> bool:
        return self._written(day) and not _ahead(self.record, day, self.world)

    def _shown(self, day: str) -> bool:
        """Whether something shows that a day nobody wrote has come: what comes of it or after it.

        Orders of events have no circles.
        """
        of_it = (path for path, spec in self.type.fields.items() if spec.dated == day)
        after = (order.then for order in self.type.order if order.first == day)
        return any(_said(self.record, path) for path in of_it) or any(
            self._come(then) or (not self._written(then) and self._shown(then)) for then in after
        )
