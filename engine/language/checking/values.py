"""Constants, truths and arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final, cast

from lark import Tree

from engine.language import tree as t
from engine.language.checking.checker import NUMBERS, Checker, Handler, tree
from engine.language.parser import Syntax
from engine.model.values import DECIMALS, LIMIT


def _number(checker: Checker, node: Syntax) -> t.Expr:
    raw = str(node.children[0])
    if abs(Decimal(raw)) >= LIMIT or len(raw.partition(".")[2]) > DECIMALS:
        checker.refuse(node, f"数须小于{LIMIT}，小数不超过{DECIMALS}位")
    if "." in raw:
        return t.Lit(Decimal(raw), t.Kind.NUMBER)
    return t.Lit(int(raw), t.Kind.INT)


def _negative(checker: Checker, node: Syntax) -> t.Expr:
    item = checker.of_kind(tree(node.children[0]), *NUMBERS)
    if isinstance(item, t.Lit):
        return t.Lit(-cast("int | Decimal", item.value), item.kind)
    return t.Scale(item, -1, item.kind)


def _string(_checker: Checker, node: Syntax) -> t.Expr:
    return t.Lit(str(node.children[0])[1:-1], t.Kind.STRING)


def _true(_checker: Checker, _node: Syntax) -> t.Expr:
    return t.Lit(True, t.Kind.BOOL)


def _false(_checker: Checker, _node: Syntax) -> t.Expr:
    return t.Lit(False, t.Kind.BOOL)


def _ternary(checker: Checker, node: Syntax) -> t.Expr:
    test, then, other = (tree(child) for child in node.children)
    typed_test, typed_then = checker.truth(test), checker.expr(then)
    typed_other = checker.expr(other)
    kind = checker.common(other, typed_then, typed_other)
    return t.If(typed_test, typed_then, typed_other, kind)


def _or_(checker: Checker, node: Syntax) -> t.Expr:
    return t.Or(tuple(checker.truth(tree(child)) for child in node.children))


def _and_(checker: Checker, node: Syntax) -> t.Expr:
    return t.And(tuple(checker.truth(tree(child)) for child in node.children))


def _not_(checker: Checker, node: Syntax) -> t.Expr:
    return t.Not(checker.truth(tree(node.children[0])))


def _sum_(checker: Checker, node: Syntax) -> t.Expr:
    first, *rest = node.children
    total = checker.of_kind(tree(first), *NUMBERS)
    for operator, operand in zip(rest[::2], rest[1::2], strict=True):
        sign = str(tree(operator).children[0])
        right = checker.of_kind(tree(operand), *NUMBERS)
        kind = checker.common(tree(operand), total, right)
        total = t.Arith("+" if sign == "+" else "-", total, right, kind)
    return total


def _product(checker: Checker, node: Syntax) -> t.Expr:
    items = [child for child in node.children if isinstance(child, Tree)]
    total = checker.of_kind(items[0], *NUMBERS)
    for child in items[1:]:
        right = checker.of_kind(child, *NUMBERS)
        if isinstance(total, t.Lit):
            total, right = right, total
        if not isinstance(right, t.Lit):
            checker.refuse(child, "乘法只能乘以常数")
        kind = checker.common(child, total, right)
        total = t.Scale(total, cast("int | Decimal", right.value), kind)
    return total


HANDLERS: Final[Mapping[str, Handler]] = {
    "number": _number,
    "negative": _negative,
    "string": _string,
    "true": _true,
    "false": _false,
    "ternary": _ternary,
    "or_": _or_,
    "and_": _and_,
    "not_": _not_,
    "sum_": _sum_,
    "product": _product,
}
