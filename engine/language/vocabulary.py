"""What expressions may name: fields, terms and parameters, and the functions of the language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from engine.language import tree as t
from engine.model.field import FieldKind
from engine.model.schema import Schema

MANUAL: Final = "manual:"
"""Before a requirement's id: the field of a record that holds a person's answer to it."""

KINDS: Final = {
    FieldKind.BOOL: t.Kind.BOOL,
    FieldKind.INT: t.Kind.INT,
    FieldKind.NUMBER: t.Kind.NUMBER,
    FieldKind.STRING: t.Kind.STRING,
    FieldKind.ENUM: t.Kind.STRING,
    FieldKind.DATE: t.Kind.DATE,
    FieldKind.DATETIME: t.Kind.DATETIME,
    FieldKind.SET: t.Kind.STRINGS,
}
"""What an expression that reads a field of this type yields."""

_DAY: Final = t.Kind.DATE
_INT: Final = t.Kind.INT
_MOMENT: Final = t.Kind.DATETIME

FUNCTIONS: Final[Mapping[str, tuple[tuple[t.Kind, ...], t.Kind]]] = {
    "days": ((_DAY, _DAY), _INT),
    "workdays": ((_DAY, _DAY), _INT),
    "hours": ((_MOMENT, _MOMENT), t.Kind.NUMBER),
    "add_days": ((_DAY, _INT), _DAY),
    "add_workdays": ((_DAY, _INT), _DAY),
    "add_months": ((_DAY, _INT), _DAY),
    "deadline": ((_DAY,), _DAY),
}
"""What plain functions take and yield."""

MACROS: Final = ("all", "exists", "filter")
"""What is asked of the elements of a list."""

PATTERNS: Final = ("matches", "contains", "startsWith", "endsWith")
"""What other languages ask of texts, and this one does not."""

NOTHING: Final = ("null", "None", "none", "nil", "NULL")
"""What other languages call what is not there."""


@dataclass(frozen=True)
class Term:
    """A definition of `terms.yaml`: an expression about records of type `subject`."""

    subject: str
    title: str
    text: str


@dataclass(frozen=True)
class Vocabulary:
    """Everything expressions may name: the schema, the terms and the parameters' kinds."""

    schema: Schema
    terms: Mapping[str, Term] = field(default_factory=dict)
    params: Mapping[str, t.Kind] = field(default_factory=dict)
