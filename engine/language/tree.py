"""The typed tree of an expression: small, closed, immutable; every engine reads it.

Truth is True, False or None (unknown). Ordered values (numbers, dates) are closed intervals
whose missing bound is None. Strings are known or None.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Final, Literal, TypeAlias, assert_never


class Kind(StrEnum):
    """What an expression yields."""

    BOOL = "bool"
    INT = "int"
    NUMBER = "number"
    STRING = "string"
    DATE = "date"
    DATETIME = "datetime"
    RECORDS = "records"
    STRINGS = "strings"


DATES: Final = (Kind.DATE, Kind.DATETIME)
ORDERED: Final = (Kind.INT, Kind.NUMBER, *DATES)
LISTS: Final = (Kind.RECORDS, Kind.STRINGS)

CompareOp: TypeAlias = Literal["==", "!=", "<", "<=", ">", ">="]
Function: TypeAlias = Literal[
    "min",
    "max",
    "days",
    "workdays",
    "hours",
    "add_days",
    "add_workdays",
    "add_months",
    "deadline",
    "date",
]


@dataclass(frozen=True, slots=True)
class Lit:
    """A constant."""

    value: bool | int | Decimal | str | dt.date
    kind: Kind


@dataclass(frozen=True, slots=True)
class Path:
    """A field of a record: `up` parents above the record bound to `var`.

    `record` is the type of the record the field is read from, `field` its dotted path.
    `target` is the record type of a list's elements.
    """

    var: str
    up: int
    record: str
    field: str
    kind: Kind
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """The string bound to `var` by a macro over a set."""

    var: str
    kind: Kind = Kind.STRING


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day of the check."""

    kind: Kind = Kind.DATE


@dataclass(frozen=True, slots=True)
class Param:
    """What a province sets, as in force on the day whose law governs; unset is unknown."""

    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Has:
    """Whether a scalar is known, or a list has an element: the only test of absence."""

    path: Path
    kind: Kind = Kind.BOOL


@dataclass(frozen=True, slots=True)
class Not:
    """Kleene negation."""

    item: Expr
    kind: Kind = Kind.BOOL


@dataclass(frozen=True, slots=True)
class And:
    """Kleene conjunction of two or more."""

    items: tuple[Expr, ...]
    kind: Kind = Kind.BOOL


@dataclass(frozen=True, slots=True)
class Or:
    """Kleene disjunction of two or more."""

    items: tuple[Expr, ...]
    kind: Kind = Kind.BOOL


@dataclass(frozen=True, slots=True)
class Named:
    """A term, inlined: transparent to the engines, named in explanations."""

    name: str
    title: str
    item: Expr
    kind: Kind = Kind.BOOL


@dataclass(frozen=True, slots=True)
class Compare:
    """Two ordered values, two strings or two truths; `!=` and `==` alone for the latter two."""

    op: CompareOp
    left: Expr
    right: Expr
    kind: Kind = Kind.BOOL


@dataclass(frozen=True, slots=True)
class In:
    """A string or a number among constants."""

    item: Expr
    values: tuple[str | int, ...]
    kind: Kind = Kind.BOOL


@dataclass(frozen=True, slots=True)
class Arith:
    """Sum or difference of numbers."""

    op: Literal["+", "-"]
    left: Expr
    right: Expr
    kind: Kind


@dataclass(frozen=True, slots=True)
class Scale:
    """A number times a constant."""

    item: Expr
    factor: int | Decimal
    kind: Kind


@dataclass(frozen=True, slots=True)
class If:
    """`test ? then : other`; an unknown test makes the whole unknown."""

    test: Expr
    then: Expr
    other: Expr
    kind: Kind


@dataclass(frozen=True, slots=True)
class Call:
    """A function of ordered values."""

    name: Function
    args: tuple[Expr, ...]
    kind: Kind


@dataclass(frozen=True, slots=True)
class Filter:
    """The elements of a list for which `body` is true; unknown ones count as possible."""

    source: ListExpr
    var: str
    body: Expr
    kind: Kind


@dataclass(frozen=True, slots=True)
class Size:
    """How many elements: at least the certain ones, at most the possible ones if closed."""

    source: ListExpr
    kind: Kind = Kind.INT


@dataclass(frozen=True, slots=True)
class Quantifier:
    """`all` or `exists` over a list; an open list never proves `all` nor disproves `exists`."""

    name: Literal["all", "exists"]
    source: ListExpr
    var: str
    body: Expr
    kind: Kind = Kind.BOOL


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of non-negative numbers over a list: what is missing can only add."""

    source: ListExpr
    var: str
    body: Expr
    kind: Kind


ListExpr: TypeAlias = Path | Filter
Expr: TypeAlias = (
    Lit
    | Path
    | Element
    | AsOf
    | Param
    | Has
    | Not
    | And
    | Or
    | Named
    | Compare
    | In
    | Arith
    | Scale
    | If
    | Call
    | Filter
    | Size
    | Quantifier
    | Sum
)


def children(node: Expr) -> tuple[Expr, ...]:
    """The direct parts of a node, in reading order."""
    match node:
        case Path() | Lit() | Element() | AsOf() | Param():  # first, for most nodes are these
            return ()
        case Not(item) | Named(item=item) | Scale(item=item) | In(item=item):
            return (item,)
        case And(items) | Or(items):
            return items
        case Compare(left=left, right=right) | Arith(left=left, right=right):
            return (left, right)
        case If(test, then, other):
            return (test, then, other)
        case Call(args=args):
            return args
        case Has(path):
            return (path,)
        case Size(source):
            return (source,)
        case Filter(source=source, body=body) | Quantifier(source=source, body=body):
            return (source, body)
        case Sum(source=source, body=body):
            return (source, body)
        case _:
            assert_never(node)


def walk(node: Expr) -> Iterator[Expr]:
    """The node and everything below it, in reading order."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(children(node))


def fields_of(node: Expr) -> frozenset[tuple[str, str]]:
    """The record types and paths that an expression reads."""
    return frozenset((part.record, part.field) for part in walk(node) if isinstance(part, Path))


def rebuilt(node: Expr, change: Callable[[Expr], Expr]) -> Expr:
    """The node with each direct part changed; itself where none was."""
    if isinstance(node, (Lit, Path, Element, AsOf, Param)):
        return node
    parts = children(node)
    new = tuple(map(change, parts))
    if all(a is b for a, b in zip(parts, new, strict=True)):
        return node
    match node:
        case Not() | Named() | Scale() | In():
            return replace(node, item=new[0])
        case And() | Or():
            return replace(node, items=new)
        case Compare() | Arith():
            return replace(node, left=new[0], right=new[1])
        case If():
            return replace(node, test=new[0], then=new[1], other=new[2])
        case Call():
            return replace(node, args=new)
        case Filter() | Quantifier() | Sum():
            return replace(node, source=new[0], body=new[1])  # type: ignore[arg-type]
        case Has():
            return replace(node, path=new[0])  # type: ignore[arg-type]
        case Size():
            return replace(node, source=new[0])  # type: ignore[arg-type]
        case _:
            assert_never(node)
