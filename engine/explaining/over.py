"""Whether the procedure a record belongs to is over: then only what the law leaves is advised."""

from __future__ import annotations

import datetime as dt

from engine.language.semantics import Interval
from engine.model.values import Record
from engine.model.world import World


def is_over(record: Record, act: Interval, due: dt.date | None, world: World) -> bool:
    """Whether what a requirement asks about `record` can't be done in time any more.

    `act` is the day of the act it governs, `due` the last day in time. A procedure is over by the
    days that the record type, or that of what it nests in, declares (`concluded`): by the last of
    them, or by an earlier one where the act has been done too. What belongs to none is over when
    it is overdue. A day that a gate assumes has not come.
    """
    place: Record | None = record
    while place is not None:
        concluded = world.schema.types[place.type].concluded
        if concluded:
            come = [_come(place, path, world) for path in concluded]
            _, last = act
            done = last is not None and last <= world.as_of
            return come[-1] or (done and any(come))
        place = place.parent
    return due is not None and due < world.as_of


def _come(record: Record, path: str, world: World) -> bool:
    state = record.values.get(path)
    if not isinstance(state, dt.date):
        return False
    assumed = (record.type, path) in world.assumed
    return state < world.as_of if assumed else state <= world.as_of
