"""Ledger rows as the office wrote them, cell by cell: what a person sees beside a finding.

台账的行：问题旁边看的那一行，一格一格；个人信息先遮住。
"""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from engine.model.facts import Facts
from engine.model.field import FieldType
from engine.model.masking import MASK, without_identity
from engine.model.schema import Schema
from engine.model.values import Record
from web.models import Result

_APART: Final = "\0"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: what its column is, what was written there, where; whether it stays in the office.

    `day`: the day on which what it dates came about, empty where it dates nothing or lies ahead.
    """

    field: str
    title: str
    text: str
    place: str
    kept: bool
    day: str = ""

    @property
    def masked(self) -> str:
        """What is shown of it to who hasn't asked for more."""
        return MASK if self.kept and self.text else without_identity(self.text)


def packed_rows(
    facts: Facts, schema: Schema, records: Collection[tuple[str, str]], as_of: dt.date
) -> bytes:
    """The rows of these records on the day of the check, each by its type and key."""
    found: dict[str, list[tuple[str, str, str, str, bool, str]]] = {}
    for name, of_type in facts.records.items():
        fields = schema.types[name].fields
        for record in of_type:
            if (name, record.key) not in records or f"{name}{_APART}{record.key}" in found:
                continue
            found[f"{name}{_APART}{record.key}"] = [
                (
                    path,
                    spec.title,
                    *_written(record, path, fields),
                    spec.kept,
                    _come(record, path, spec, as_of),
                )
                for path, spec in fields.items()
                if (source := record.sources.get(path)) is not None and source.cell
            ]
    return zlib.compress(json.dumps(found, ensure_ascii=False).encode(), 1)


def _written(record: Record, path: str, fields: Mapping[str, FieldType]) -> tuple[str, str]:
    """What stands in the cell of a field, and where; of one that another tells, that it does."""
    source, teller = record.sources[path], fields[path].told_by
    if teller is not None and source == record.sources.get(teller):
        return "", f"没有写，由“{fields[teller].title}”看：{source.place()}"
    return source.text, source.place()


def _come(record: Record, path: str, spec: FieldType, as_of: dt.date) -> str:
    """The day of an event that has come about."""
    day = record.values.get(path)
    if spec.time != "event" or not isinstance(day, dt.date):
        return ""
    day = day.date() if isinstance(day, dt.datetime) else day
    return day.isoformat() if day <= as_of else ""


def row_of(run: int, record_type: str, key: str) -> Sequence[Cell]:
    """The cells of a record's row in a run; none where it stands in no sheet."""
    content = Result.objects.values_list("rows", flat=True).get(run_id=run)
    found = json.loads(zlib.decompress(content)).get(f"{record_type}{_APART}{key}", [])
    return [Cell(*cell) for cell in found]
