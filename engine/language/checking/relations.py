"""Comparisons, and whether a value is among others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

from lark import Token

from engine.language import tree as t
from engine.language.checking.checker import TITLES, Checker, Handler, tree
from engine.language.checking.scope import Choice
from engine.language.parser import Syntax
from engine.model.errors import nearest


def _relation(checker: Checker, node: Syntax) -> t.Expr:
    operator = node.children[1]
    if isinstance(operator, Token):
        return _in(checker, node)
    left_syntax, right_syntax = tree(node.children[0]), tree(node.children[2])
    left, right = checker.expr(left_syntax), checker.expr(right_syntax)
    op = cast("t.CompareOp", str(tree(operator).children[0]))
    kind = checker.common(right_syntax, left, right)
    if kind in t.LISTS:
        checker.refuse(left_syntax, f"{TITLES[kind]}不能比较；清单请用 size()、all、exists")
    if op not in ("==", "!=") and kind not in t.ORDERED:
        checker.refuse(left_syntax, f"{TITLES[kind]}没有大小先后，只能用 == 和 !=")
    _known_value(checker, right_syntax, left, right)
    _known_value(checker, left_syntax, right, left)
    return t.Compare(op, left, right)


def _in(checker: Checker, node: Syntax) -> t.Expr:
    item = checker.of_kind(tree(node.children[0]), t.Kind.STRING, t.Kind.INT)
    values: list[str | int] = []
    for child in node.children[2:]:
        constant = checker.of_kind(tree(child), item.kind)
        _known_value(checker, tree(child), item, constant)
        values.append(cast("str | int", cast("t.Lit", constant).value))
    if not values:
        checker.refuse(node, "in 后面的列举是空的")
    return t.In(item, tuple(values))


def _known_value(checker: Checker, where: Syntax, field_: t.Expr, constant: t.Expr) -> None:
    """Refuse a constant that the field's enumeration does not have."""
    if not (isinstance(constant, t.Lit) and constant.kind is t.Kind.STRING):
        return
    if isinstance(field_, t.Element):
        values = _choices(checker).get(field_.var, {})
    elif isinstance(field_, t.Path):
        values = checker.field(field_).values
    else:
        return
    if values and constant.value not in values:
        word = str(constant.value)
        checker.refuse(where, f"没有“{word}”这个取值" + nearest(word, values))


def _choices(checker: Checker) -> dict[str, Mapping[str, tuple[str, ...]]]:
    """The values that elements of enumerated sets may have, by variable."""
    return {name.var: name.values for name in checker.scope.values() if isinstance(name, Choice)}


HANDLERS: Final[Mapping[str, Handler]] = {"relation": _relation}
