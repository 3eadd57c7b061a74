"""Records as subjects: found by name, copied for another day, singled out with their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from engine.model.errors import AmbiguousNameError, WrongNameError, nearest
from engine.model.schema import Schema
from engine.model.values import Elements, Record, Records, Source, Unknown


def find(records: Records, schema: Schema, subject: str, key: str) -> list[Record]:
    """The records of type `subject` that `key` names: by key, else by the words of their label.

    Raises `WrongNameError` with the nearest key where there is none, or more than one label.
    """
    known = records.get(subject, ())
    found = [record for record in known if record.key == key]
    label = schema.types[subject].label
    if not found and label is not None:
        found = [record for record in known if key in str(record.values.get(label, ""))]
        if len(found) > 1:
            listed = "、".join(record.key for record in found)
            raise AmbiguousNameError(f"“{key}”对得上{len(found)}件（{listed}），请写编号")
    if not found:
        title = schema.types[subject].title
        keys = [record.key for record in known]
        hint = nearest(key, keys) or (
            f"，现有：{'、'.join(keys[:10])}" if keys else "，这种台账一件也没有读到"
        )
        raise WrongNameError(f"“{title}”里没有“{key}”{hint}")
    return found


def find_among(records: Records, schema: Schema, types: Sequence[str], key: str) -> list[Record]:
    """The records that `key` names, of whichever of these types.

    Raises `WrongNameError` where there is none of any, and where more than one may be meant.
    """
    found: list[Record] = []
    for name in types:
        try:
            found += find(records, schema, name, key)
        except AmbiguousNameError:
            raise
        except WrongNameError:
            continue
    if not found:
        titles = "、".join(schema.types[name].title for name in types)
        keys = [record.key for name in types for record in records.get(name, ())]
        raise WrongNameError(f"{titles}里没有“{key}”{nearest(key, keys)}")
    return found


def with_day(record: Record, path: str, day: dt.date) -> Record:
    """A copy of the record, and of what nests in it, with `day` in the date field `path`."""
    copy = copied(record, record.parent)
    copy.values[path] = day
    copy.sources[path] = Source(text=f"按{day}核对")
    return copy


def copied(record: Record, parent: Record | None) -> Record:
    """A copy of the record below `parent`, with copies of all that nests in it."""
    copy = replace(record, values=dict(record.values), sources=dict(record.sources), parent=parent)
    for name, value in record.values.items():
        if isinstance(value, Elements) and _own(record, value):
            items = tuple(copied(item, copy) for item in _own(record, value))
            copy.values[name] = replace(value, items=items)
    return copy


def _own(record: Record, value: Elements) -> list[Record]:
    """The elements that nest in `record`; none of a list of links or strings."""
    return [item for item in value.items if isinstance(item, Record) and item.parent is record]


def family(record: Record) -> Iterator[Record]:
    """The record and all that nests in it."""
    yield record
    for value in record.values.values():
        if isinstance(value, Elements):
            for item in _own(record, value):
                yield from family(item)


def only(records: Records, schema: Schema, subjects: Iterable[Record]) -> Records:
    """The records with `subjects` and their families as the only ones of their types."""
    chosen = list(subjects)
    kept: dict[str, list[Record]] = {name: [] for name in _types(schema, {r.type for r in chosen})}
    for subject in chosen:
        for record in family(subject):
            kept[record.type].append(record)
    return {**records, **kept}


def _types(schema: Schema, names: set[str]) -> set[str]:
    """The types themselves and all that nest in them."""
    inner = {name for name, found in schema.types.items() if found.parent in names}
    return names if inner <= names else _types(schema, names | inner)


def day_in(record: Record, path: str) -> dt.date | None:
    """The day in the field, a planned one included."""
    state = record.scalar(path)
    if isinstance(state, Unknown):
        return state.planned
    return state if isinstance(state, dt.date) else None
