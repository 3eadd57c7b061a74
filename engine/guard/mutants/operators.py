"""How one part of an expression is changed: what a slip of the pen would make of it.

A change keeps the kind of the part, so that only the language's own bounds can refuse it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Final, Literal, cast

from engine.language import tree as t


class Operator(StrEnum):
    """The kinds of change, as mutants are called by them."""

    STRICT = "strict"
    """`<` and `<=`, `>` and `>=` for each other; `==` widened to one side, `!=` narrowed."""
    OTHER_SIDE = "other-side"
    """`==` widened to the other side, `!=` narrowed to it."""
    SWAP = "swap"
    """The two sides of an order, or the two ends of a span, for each other."""
    NEGATE = "negate"
    """A negation added, or taken away."""
    CONNECTIVE = "connective"
    """`&&` and `||` for each other."""
    DROP = "drop"
    """One part of an `&&`, `||` or `in` left out."""
    MORE = "more"
    """A number one greater, a day one later."""
    LESS = "less"
    """A number one smaller, a day one earlier."""
    TRUE = "true"
    """`has()` taken as given."""
    FALSE = "false"
    """`has()` taken as not given."""
    QUANTIFIER = "quantifier"
    """`all` and `exists` for each other."""
    WHOLE = "whole"
    """All elements of a list instead of those chosen."""
    DAYS = "days"
    """Natural days and working days for each other."""
    AS_WRITTEN = "as-written"
    """A last day that isn't rolled forward."""
    EXTREME = "extreme"
    """`min` and `max` for each other."""
    SIGN = "sign"
    """`+` and `-` for each other."""
    THEN = "then"
    """The first branch whatever the test says."""
    OTHERWISE = "otherwise"
    """The second branch whatever the test says."""
    GONE = "gone"
    """A whole reading, deadline, note or severity left out."""


@dataclass(frozen=True, slots=True)
class Change:
    """`after` in place of `before`, which is left out where that is None.

    `which` is the part dropped, from 1.
    """

    operator: Operator
    before: t.Expr
    after: t.Expr | None
    which: int = 0

    def __str__(self) -> str:
        return f"{self.operator}{self.which or ''}"


_STRICT: Final[Mapping[t.CompareOp, t.CompareOp]] = {
    "<": "<=",
    "<=": "<",
    ">": ">=",
    ">=": ">",
    "==": "<=",
    "!=": "<",
}
_OTHER_SIDE: Final[Mapping[t.CompareOp, t.CompareOp]] = {"==": ">=", "!=": ">"}
_NEGATED: Final[Mapping[t.CompareOp, t.CompareOp]] = {
    "<": ">=",
    ">=": "<",
    ">": "<=",
    "<=": ">",
    "==": "!=",
    "!=": "==",
}
_FUNCTIONS: Final[Mapping[t.Function, tuple[Operator, t.Function]]] = {
    "days": (Operator.DAYS, "workdays"),
    "workdays": (Operator.DAYS, "days"),
    "add_days": (Operator.DAYS, "add_workdays"),
    "add_workdays": (Operator.DAYS, "add_days"),
    "min": (Operator.EXTREME, "max"),
    "max": (Operator.EXTREME, "min"),
}
_NEGATABLE: Final = (t.Lit, t.Path, t.Has, t.Named, t.In, t.Quantifier)
_DAY: Final = dt.timedelta(days=1)
_SPANS: Final = ("days", "workdays", "hours")
_TRUE: Final = t.Lit(value=True, kind=t.Kind.BOOL)
_FALSE: Final = t.Lit(value=False, kind=t.Kind.BOOL)


def moved(day: t.Expr, by: int) -> t.Expr:
    """The day some natural days later."""
    return t.Call("add_days", (day, t.Lit(by, t.Kind.INT)), t.Kind.DATE)


def changes(node: t.Expr, *, negated: bool = False) -> Iterator[Change]:
    """Every change of a part as such, not of its own parts.

    `negated`: it stands under a `!`, which is changed instead of adding another.
    """
    for operator, after, which in _changes(node):
        if not (negated and operator is Operator.NEGATE):
            yield Change(operator, node, after, which)


def _changes(node: t.Expr) -> Iterator[tuple[Operator, t.Expr, int]]:
    match node:
        case t.And() | t.Or():
            yield from _joined(node)
        case t.Not(item):
            yield Operator.NEGATE, item, 0
        case t.Compare():
            yield from _compared(node)
        case t.In(item, values):
            for number in range(len(values) if len(values) > 1 else 0):
                left = (*values[:number], *values[number + 1 :])
                yield Operator.DROP, t.In(item, left), number + 1
        case t.Has():
            yield Operator.TRUE, _TRUE, 0
            yield Operator.FALSE, _FALSE, 0
        case t.If(_, then, other):
            yield Operator.THEN, then, 0
            yield Operator.OTHERWISE, other, 0
        case t.Filter(source=source):
            yield Operator.WHOLE, source, 0
        case t.Quantifier(name):
            other_name: Literal["all", "exists"] = "all" if name == "exists" else "exists"
            yield Operator.QUANTIFIER, replace(node, name=other_name), 0
        case t.Call():
            yield from _called(node)
        case _:
            yield from _counted(node)
    if isinstance(node, _NEGATABLE) and node.kind is t.Kind.BOOL:
        yield Operator.NEGATE, t.Not(node), 0


def _counted(node: t.Expr) -> Iterator[tuple[Operator, t.Expr, int]]:
    match node:
        case t.Arith(op):
            yield Operator.SIGN, replace(node, op="-" if op == "+" else "+"), 0
        case t.Scale(_, factor):
            yield Operator.MORE, replace(node, factor=factor + 1), 0
            yield Operator.LESS, replace(node, factor=factor - 1), 0
        case t.Lit(dt.date() as day, kind):
            yield Operator.MORE, t.Lit(day + _DAY, kind), 0
            yield Operator.LESS, t.Lit(day - _DAY, kind), 0
        case t.Lit(int() | Decimal() as number, kind) if kind is not t.Kind.BOOL:
            yield Operator.MORE, t.Lit(number + 1, kind), 0
            yield Operator.LESS, t.Lit(number - 1, kind), 0
        case _:
            pass


def _joined(node: t.And | t.Or) -> Iterator[tuple[Operator, t.Expr, int]]:
    items = node.items
    yield Operator.CONNECTIVE, t.Or(items) if isinstance(node, t.And) else t.And(items), 0
    for number in range(len(items)):
        left = (*items[:number], *items[number + 1 :])
        yield Operator.DROP, left[0] if len(left) == 1 else replace(node, items=left), number + 1


def _compared(node: t.Compare) -> Iterator[tuple[Operator, t.Expr, int]]:
    if node.left.kind in t.ORDERED:
        yield Operator.STRICT, replace(node, op=_STRICT[node.op]), 0
        if node.op in _OTHER_SIDE:
            yield Operator.OTHER_SIDE, replace(node, op=_OTHER_SIDE[node.op]), 0
        else:
            yield Operator.SWAP, replace(node, left=node.right, right=node.left), 0
    yield Operator.NEGATE, replace(node, op=_NEGATED[node.op]), 0


def _called(node: t.Call) -> Iterator[tuple[Operator, t.Expr, int]]:
    if node.name in _FUNCTIONS:
        operator, other = _FUNCTIONS[node.name]
        yield operator, replace(node, name=other), 0
    if node.name in _SPANS:
        yield Operator.SWAP, replace(node, args=node.args[::-1]), 0
    if node.name == "deadline":
        yield Operator.AS_WRITTEN, node.args[0], 0
    if node.name == "date":
        yield Operator.MORE, moved(node, 1), 0
        yield Operator.LESS, moved(node, -1), 0


def changed(node: t.Expr) -> list[tuple[int, Change, t.Expr]]:
    """Every change within an expression: the number of the part, the change, the new whole.

    Parts are numbered in reading order from 1. What stands in a term is the term's own.
    """
    return list(_Numbered().changed(node))


class _Numbered:
    """Walks one expression and counts its parts."""

    def __init__(self) -> None:
        self.number = 0

    def changed(
        self, node: t.Expr, *, negated: bool = False
    ) -> Iterator[tuple[int, Change, t.Expr]]:
        self.number += 1
        own = self.number
        for change in changes(node, negated=negated):
            yield own, change, cast("t.Expr", change.after)
        for index, part in enumerate(t.children(node)):
            if _is_fixed(node, index):
                continue
            under = isinstance(node, t.Not)
            for number, change, new in self.changed(part, negated=under):
                whole = _with_part(node, index, new)
                yield number, _in_its_condition(change, node, whole), whole


def _in_its_condition(change: Change, node: t.Expr, whole: t.Expr) -> Change:
    """The change as one of the condition around it: a number alone says little."""
    if change.before.kind is t.Kind.BOOL:
        return change
    return replace(change, before=node, after=whole)


def _is_fixed(node: t.Expr, index: int) -> bool:
    """Whether a part is no expression of its own: a field asked for, a term, a day of a month."""
    return isinstance(node, (t.Has, t.Named)) or (
        isinstance(node, t.Call) and node.name == "date" and index > 0
    )


def _with_part(node: t.Expr, index: int, part: t.Expr) -> t.Expr:
    numbers = iter(range(len(t.children(node))))
    return t.rebuilt(node, lambda old: part if next(numbers) == index else old)
