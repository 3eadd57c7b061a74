"""What names stand for within an expression."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.model.record_type import RecordType


@dataclass(frozen=True)
class Record:
    """A name bound to a record: `up` parents above the record that variable `var` holds."""

    var: str
    up: int
    type: RecordType


@dataclass(frozen=True)
class String:
    """A name bound to an element of a set."""

    var: str


@dataclass(frozen=True)
class Choice(String):
    """An element of a set whose values are enumerated."""

    values: Mapping[str, tuple[str, ...]]


Scope = Mapping[str, Record | String]
