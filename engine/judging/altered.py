"""Records as they would be with some facts unknown or some records not there yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TypeAlias

from engine.model.values import Cause, Elements, Record, Records, State, Unknown

Changes: TypeAlias = Mapping[int, Mapping[str, State | Elements]]
"""By the id of a record: the fields that hold something else, and what."""


def unknown(held: State | Elements | None, cause: Cause) -> State | Elements:
    """What an unknown fact holds: of a set, nothing that is said to be all."""
    return Elements((), cause=cause) if isinstance(held, Elements) else Unknown(cause)


def altered(records: Records, changes: Changes, gone: Collection[int] = ()) -> Records:
    """The records in the same order, with `changes` made to copies of those they concern.

    What no change can be seen from, through elements and parents, stays the very record it was.
    Records whose ids are in `gone` are left out of every list, which then stays open: there may
    be so many more elements by and by. Linear in the records.
    """
    reached = _reaching(records, {*changes, *gone})
    copies = {
        id(record): replace(record, values={**record.values, **changes.get(id(record), {})})
        for found in records.values()
        for record in found
        if id(record) in reached
    }
    for copy in copies.values():
        if copy.parent is not None:
            copy.parent = copies.get(id(copy.parent), copy.parent)
        for name, value in copy.values.items():
            if isinstance(value, Elements) and value.items:
                copy.values[name] = _elements(value, copies, gone)
    return {
        name: [copies.get(id(record), record) for record in found]
        for name, found in records.items()
    }


def _reaching(records: Records, wanted: Collection[int]) -> set[int]:
    """The ids of the records that are wanted, or from which one of those can be reached."""
    if not wanted:
        return set()
    seen_from: defaultdict[int, list[int]] = defaultdict(list)
    for found in records.values():
        for record in found:
            here = id(record)
            if record.parent is not None:
                seen_from[id(record.parent)].append(here)
            held = record.values.values()
            for value in held if Elements in map(type, held) else ():
                if type(value) is Elements and value.items and isinstance(value.items[0], Record):
                    for item in value.items:
                        seen_from[id(item)].append(here)
    reached = set(wanted)
    waiting = [*reached]
    while waiting:
        fresh = set(seen_from.get(waiting.pop(), ())) - reached
        reached |= fresh
        waiting += fresh
    return reached


def _elements(value: Elements, copies: Mapping[int, Record], gone: Collection[int]) -> Elements:
    if not isinstance(value.items[0], Record):
        return value
    kept = tuple(
        copies.get(id(item), item)
        for item in value.items
        if isinstance(item, Record) and id(item) not in gone
    )
    if len(kept) == len(value.items):
        return replace(value, items=kept)
    return Elements(kept, closed=False, cause=Cause.PLANNED)
