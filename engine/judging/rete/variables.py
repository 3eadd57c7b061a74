"""What is measured on a record before durable_rules decides: truths, bounds, days in force.

Measures are values the reference computes for parts of expressions that durable_rules cannot
read; how the parts combine is left to its rules. Each distinct part is measured once per record.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, TypeAlias

from engine.judging.reference import Reading
from engine.judging.rete.formula import (
    All,
    Choice,
    Const,
    Formula,
    Leaf,
    Neg,
    Some,
    bounded,
    equals,
    grouped,
    truth,
)
from engine.language import tree as t
from engine.language.canonical import canonical
from engine.model.schema import Schema
from engine.ruleset.model import Text, Window

PAST: Final = 0
AHEAD: Final = 1
UNSURE: Final = 2
"""Where the day of the check stands against `due`."""

_MIRRORED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


@dataclass(frozen=True, slots=True)
class Truth:
    """The truth of an expression that durable_rules cannot take apart."""

    node: t.Expr
    reading: Reading


@dataclass(frozen=True, slots=True)
class Bounds:
    """The interval of an integer that is compared with constants."""

    node: t.Expr
    reading: Reading


@dataclass(frozen=True, slots=True)
class Governing:
    """The number of the text in force on the act's day, their count if none; unknown in doubt."""

    texts: tuple[tuple[Window, ...], ...]


@dataclass(frozen=True, slots=True)
class Deadline:
    """Where the day of the check stands against a day: `PAST`, `AHEAD` or `UNSURE`."""

    node: t.Expr


@dataclass(frozen=True, slots=True)
class Blank:
    """True where an unknown `require` waits for nothing but blanks in fields named as evidence.

    Missing where it cannot matter: where another text governs, where the duty does not apply or
    is not yet due, or where what is known already breaks it.
    """

    windows: tuple[Window, ...]
    require: t.Expr
    evidence: frozenset[tuple[str, str]]
    applies: t.Expr
    due: t.Expr | None


Measured: TypeAlias = Truth | Bounds | Governing | Deadline | Blank

Key: TypeAlias = tuple[Measured, t.Expr | None]
"""A measure and, where its value depends on the act's day, the expression of that day."""


@dataclass(slots=True)
class Variables:
    """The distinct measures that the rules of a subject read, numbered as they are first met."""

    schema: Schema
    keys: dict[Key, int] = field(default_factory=dict)

    def number(self, measured: Measured, act: t.Expr | None) -> int:
        """The number of a measure."""
        return self.keys.setdefault((measured, act), len(self.keys))

    def governing(self, texts: tuple[Text, ...], act: t.Expr) -> int:
        """The measure of which text governs."""
        return self.number(Governing(tuple(text.windows for text in texts)), act)

    def due(self, node: t.Expr, act: t.Expr) -> int:
        """The measure of where the day of the check stands."""
        node = canonical(node)
        return self.number(Deadline(node), act if uses_parameters(node) else None)

    def blank(self, text: Text, act: t.Expr) -> Leaf:
        """Whether only blank evidence is missing."""
        due = None if text.due is None else canonical(text.due)
        require, applies = canonical(text.require), canonical(text.applies)
        blank = Blank(text.windows, require, text.evidence, applies, due)
        return equals(self.number(blank, act), value=True)

    def formula(self, node: t.Expr, act: t.Expr, reading: Reading = Reading.JUDGE) -> Formula:
        """What durable_rules is to decide: the Boolean structure over measured parts."""
        match node:
            case t.Named(item=item):
                return self.formula(item, act, reading)
            case t.Lit(bool() as value):
                return Const(value)
            case t.Not(item):
                return Neg(self.formula(item, act, reading))
            case t.And(items):
                return grouped([self.formula(item, act, reading) for item in items], All)
            case t.Or(items):
                return grouped([self.formula(item, act, reading) for item in items], Some)
            case t.If(test, then, other):
                return Choice(
                    self.formula(test, act, reading),
                    self.formula(then, act, reading),
                    self.formula(other, act, reading),
                )
            case t.Compare(op, left, t.Lit(int() as value)) if left.kind is t.Kind.INT:
                return bounded(self._measure(Bounds, left, act, reading), op, value)
            case t.Compare(op, t.Lit(int() as value), right) if right.kind is t.Kind.INT:
                return bounded(self._measure(Bounds, right, act, reading), _MIRRORED[op], value)
            case _:
                return truth(self._measure(Truth, node, act, reading))

    def _measure(
        self, make: type[Truth | Bounds], node: t.Expr, act: t.Expr, reading: Reading
    ) -> int:
        node = canonical(node)
        if reading is Reading.CURABLE and not is_curable(node, self.schema):
            reading = Reading.JUDGE
        return self.number(make(node, reading), act if uses_parameters(node) else None)


def is_curable(node: t.Expr, schema: Schema) -> bool:
    """Whether reading what more paper could supply as unknown may change the value."""
    return any(_reads_curably(part, schema) for part in t.walk(node))


def _reads_curably(node: t.Expr, schema: Schema) -> bool:
    match node:
        case t.Has():
            return True
        case t.Path(kind=kind) if kind in t.LISTS:
            return True
        case t.Path(kind=t.Kind.BOOL, record=record, field=name):
            spec = schema.types[record].fields.get(name)
            return spec is not None and spec.progress
        case _:
            return False


def uses_parameters(node: t.Expr) -> bool:
    """Whether the value depends on the day whose law governs."""
    return any(isinstance(part, t.Param) for part in t.walk(node))
