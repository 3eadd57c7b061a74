"""Records that no ledger holds: the place's year, each agency's and each officer's year."""

from __future__ import annotations

import datetime as dt

from engine.model.schema import RecordType
from engine.model.values import Elements, Record, Source, State, Unknown
from facts.joining.assembly import Assembly


def generate(assembly: Assembly, year: int) -> list[RecordType]:
    """Make the generated records of the assessed year; returns their types, for the links.

    A type without `each` has one record, there even if every ledger is empty; one with `each`
    has a record for each record of that type.
    """
    types = list(assembly.schema.generated)
    for record_type in types:
        made: list[Record] = []
        each = record_type.generated.each if record_type.generated is not None else None
        if each is None:
            made.append(_record(record_type, year, None))
        else:
            for origin in assembly.records.get(each, []):
                record = _record(record_type, year, origin)
                if id(origin) in assembly.duplicates:
                    assembly.duplicates.add(id(record))
                made.append(record)
        assembly.records[record_type.type] = made
    return types


def _record(record_type: RecordType, year: int, origin: Record | None) -> Record:
    record = Record(record_type.type, "", source=Source() if origin is None else origin.source)
    if origin is not None:
        # the same fields under the same paths: their places are the same too
        record.sources = origin.sources
    of_year: dict[str, State] = {
        "year": year,
        "start": dt.date(year, 1, 1),
        "end": dt.date(year, 12, 31),
    }
    for path in record_type.fields:
        if path in of_year:
            record.values[path] = of_year[path]
        elif origin is not None and path in origin.values:
            record.values[path] = origin.values[path]
    parts = [_part(record, path, origin) for path in record_type.key]
    record.key = "/".join(dict.fromkeys(parts)) or str(year)
    return record


def _part(record: Record, path: str, origin: Record | None) -> str:
    state = record.values.get(path)
    unknown = state is None or isinstance(state, Unknown | Elements)
    return origin.key if unknown and origin is not None else str(state)
