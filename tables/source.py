"""A table that fazhi.yaml declares: which records it holds, where it lies, what its columns are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from engine.model.record_type import RecordType


class Held(StrEnum):
    """What a column of a source holds, as far as reading it goes."""

    TEXT = "text"
    BOOL = "bool"
    DATE = "date"
    TIMESTAMP = "timestamp"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a source, by its own name there."""

    name: str
    held: Held = Held.TEXT


@dataclass(frozen=True, slots=True)
class Source:
    """A table of records of one type.

    `relation` is what the database selects from, `called` what people call the table. `columns`
    are those of the fields by their paths; `parent` says whose record a nested one is, by the
    parent's key; `place` which place it is of.
    """

    type: RecordType
    relation: str
    called: str
    columns: Mapping[str, Column]
    parent: Column | None = None
    place: Column | None = None
