"""Records as they would be with some facts unknown or some records not there yet."""

from __future__ import annotations

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
    """Copies of all records in the same order, with `changes` made to them.

    Records whose ids are in `gone` are left out of every list, which then stays open: there may
    be so many more elements by and by. Linear in the records.
    """
    copies = {
        id(record): replace(record, values={**record.values, **changes.get(id(record), {})})
        for found in records.values()
        for record in found
    }
    for copy in copies.values():
        if copy.parent is not None:
            copy.parent = copies.get(id(copy.parent), copy.parent)
        for name, value in copy.values.items():
            if isinstance(value, Elements) and value.items:
                copy.values[name] = _elements(value, copies, gone)
    return {name: [copies[id(record)] for record in found] for name, found in records.items()}


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
