"""Records that no ledger holds: the place's year, each agency's and each officer's year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from engine.model.record_type import RecordType
from engine.model.schema import Schema
from engine.model.values import Elements, Source, Unknown
from facts.joining.settled import Entry
from facts.writing.meanings import CellState


def generated(
    schema: Schema, entries: Mapping[str, Sequence[Entry]], year: int
) -> dict[str, list[Entry]]:
    """The entries of the generated types for the assessed year.

    A type without `each` has one, there even if every ledger is empty; one with `each` has one
    for each entry of that type.
    """
    made = {}
    for record_type in schema.generated:
        each = record_type.generated.each if record_type.generated is not None else None
        origins: Sequence[Entry | None] = (None,) if each is None else entries.get(each, ())
        made[record_type.type] = [_entry(record_type, year, origin) for origin in origins]
    return made


def _entry(record_type: RecordType, year: int, origin: Entry | None) -> Entry:
    of_year: dict[str, CellState] = {
        "year": year,
        "start": dt.date(year, 1, 1),
        "end": dt.date(year, 12, 31),
    }
    values = {} if origin is None else {p: s for p, s in origin.values.items()
                                        if p in record_type.fields}  # fmt: skip
    values.update({path: state for path, state in of_year.items() if path in record_type.fields})
    parts = [_part(values.get(path), origin) for path in record_type.key]
    return Entry(
        record_type.type,
        "/".join(dict.fromkeys(parts)) or str(year),
        values,
        # the same fields under the same paths: their places are the same too
        {} if origin is None else origin.sources,
        Source() if origin is None else origin.source,
        referable=origin is None or origin.referable,
        lists={},
    )


def _part(state: CellState | None, origin: Entry | None) -> str:
    unknown = state is None or isinstance(state, Unknown | Elements)
    return origin.key if unknown and origin is not None else str(state)
