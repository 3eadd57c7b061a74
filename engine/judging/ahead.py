"""What has not come about yet on the day of the check: it is in no list and says nothing."""

from __future__ import annotations

import datetime as dt

from engine.judging.altered import altered, unknown
from engine.judging.run import Run
from engine.model.record_type import RecordType
from engine.model.values import ABSENT, Cause, Elements, Record, Records, State, Unknown
from engine.model.world import World


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
