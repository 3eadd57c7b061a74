"""Records made up from the record types, for benchmarks: many, quick, the same every time."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from engine.language import tree as t
from engine.ruleset.model import Requirement
from engine.schema import FieldKind, FieldType, RecordType, Schema
from engine.values import ABSENT, Cause, Elements, Record, State, Unknown

FIRST_DAY = dt.date(2024, 1, 2)


def fields_read(requirements: Iterable[Requirement]) -> dict[str, set[str]]:
    """The fields that the requirements read, by record type, with the keys to link them."""
    found: dict[str, set[str]] = {}
    for requirement in requirements:
        for text in requirement.texts:
            parts = (requirement.act_on, text.applies, text.require, text.lenient, text.due)
            for part in parts:
                if part is None:
                    continue
                for node in t.walk(part):
                    if isinstance(node, t.Path) and node.var != "place":
                        found.setdefault(node.record, set()).add(node.field)
    return found


def make(
    schema: Schema, subject: str, count: int, fields: dict[str, set[str]], seed: int = 1
) -> dict[str, list[Record]]:
    """`count` records of type `subject` with a value in most fields, two elements in each list."""
    chance = random.Random(seed)  # noqa: S311
    records: dict[str, list[Record]] = {}
    for number in range(count):
        _record(
            schema.types[subject], f"{subject}-{number}", None, (schema, fields, chance), records
        )
    return records


Source = tuple[Schema, dict[str, set[str]], random.Random]


def _record(
    record_type: RecordType,
    key: str,
    parent: Record | None,
    source: Source,
    records: dict[str, list[Record]],
) -> Record:
    schema, fields, chance = source
    record = Record(record_type.type, key, parent=parent)
    records.setdefault(record_type.type, []).append(record)
    for name in sorted(fields.get(record_type.type, ())):
        target = record_type.list_target(name)
        if target is None:
            record.values[name] = _field(record_type.fields[name], chance)
        else:
            owner = record if name in record_type.nested else None
            items = tuple(
                _record(schema.types[target], f"{key}/{name}{n}", owner, source, records)
                for n in range(2)
            )
            record.values[name] = Elements(items, closed=chance.random() < 0.9)
    return record


def _field(spec: FieldType, chance: random.Random) -> State | Elements:
    luck = chance.random()
    if spec.type is FieldKind.SET:
        return Elements(tuple(spec.values)[:2] or ("甲", "乙"), closed=luck < 0.9)
    if spec.blank == "absent" and luck < 0.9:
        return ABSENT
    if luck < 0.05:
        return Unknown(Cause.BLANK)
    if luck < 0.08:
        return ABSENT
    match spec.type:
        case FieldKind.BOOL:
            return chance.random() < 0.8
        case FieldKind.INT:
            return chance.randrange(200)
        case FieldKind.NUMBER:
            return Decimal(chance.randrange(200_000))
        case FieldKind.ENUM:
            return chance.choice(sorted(spec.values))
        case FieldKind.DATE:
            return FIRST_DAY + dt.timedelta(days=chance.randrange(360))
        case FieldKind.DATETIME:
            return dt.datetime(2024, 1, 2, 9) + dt.timedelta(hours=chance.randrange(8000))
        case _:
            return f"文字{chance.randrange(1000)}"


def write_xlsx(path: Path, records: dict[str, list[Record]]) -> int:
    """The records as a workbook, a sheet for each type; the number of cells."""
    from openpyxl import Workbook

    book, cells = Workbook(write_only=True), 0
    for name, found in records.items():
        sheet = book.create_sheet(name[:30])
        columns = sorted({field for record in found for field in record.values})
        sheet.append(["编号", *columns])
        for record in found:
            row = [record.key, *(_cell(record.values.get(column)) for column in columns)]
            cells += len(row)
            sheet.append(row)
    book.save(path)
    return cells


def _cell(state: State | Elements | None) -> object:
    if isinstance(state, Elements):
        return (
            len(state.items)
            if state.items and isinstance(state.items[0], Record)
            else "、".join(str(item) for item in state.items)
        )
    if isinstance(state, bool):
        return "是" if state else "否"
    if isinstance(state, Decimal):
        return float(state)
    if state is ABSENT:
        return "无"
    return None if isinstance(state, Unknown) else state


def repeated(requirements: Sequence[Requirement], count: int) -> list[Requirement]:
    """The first `count` requirements, begun again under other ids where there are too few."""
    from dataclasses import replace

    return [
        replace(
            requirements[n % len(requirements)], id=f"{requirements[n % len(requirements)].id}-{n}"
        )
        for n in range(count)
    ]
