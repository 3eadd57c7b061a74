"""Functions, and the macros that bind a variable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, TypeAlias, cast

from engine.language import tree as t
from engine.language.checking.bounds import never_negative
from engine.language.checking.checker import NUMBERS, Checker, Handler, tree
from engine.language.parser import Syntax, operator_for
from engine.language.vocabulary import FUNCTIONS, MACROS, PATTERNS
from engine.model.errors import nearest

if TYPE_CHECKING:
    from lark import Token

_Special: TypeAlias = Callable[[Checker, Syntax, list[Syntax]], t.Expr]


def _function(checker: Checker, node: Syntax, name: str, arguments: list[Syntax]) -> t.Expr:
    kinds, result = FUNCTIONS[name]
    _count(checker, node, arguments, len(kinds))
    typed = tuple(checker.of_kind(a, k) for a, k in zip(arguments, kinds, strict=True))
    return t.Call(cast("t.Function", name), typed, result)


def _count(checker: Checker, node: Syntax, arguments: list[Syntax], wanted: int) -> None:
    if len(arguments) != wanted:
        checker.refuse(node, f"要{wanted}个参数，写了{len(arguments)}个")


def _has(checker: Checker, node: Syntax, arguments: list[Syntax]) -> t.Expr:
    _count(checker, node, arguments, 1)
    path = checker.expr(arguments[0])
    if not isinstance(path, t.Path):
        checker.refuse(arguments[0], "has() 里只能写一个字段")
    return t.Has(path)


def _size(checker: Checker, node: Syntax, arguments: list[Syntax]) -> t.Expr:
    _count(checker, node, arguments, 1)
    return t.Size(checker.list_of(arguments[0]))


def _extreme(checker: Checker, node: Syntax, name: t.Function, arguments: list[Syntax]) -> t.Expr:
    if len(arguments) < 2:
        checker.refuse(node, f"{name}() 至少要两个参数")
    typed = [checker.of_kind(argument, *t.ORDERED) for argument in arguments]
    widest = typed[0]
    for argument, item in zip(arguments[1:], typed[1:], strict=True):
        widest = item if checker.common(argument, widest, item) is item.kind else widest
    return t.Call(name, tuple(typed), widest.kind)


def _min(checker: Checker, node: Syntax, arguments: list[Syntax]) -> t.Expr:
    return _extreme(checker, node, "min", arguments)


def _max(checker: Checker, node: Syntax, arguments: list[Syntax]) -> t.Expr:
    return _extreme(checker, node, "max", arguments)


def _date(checker: Checker, node: Syntax, arguments: list[Syntax]) -> t.Expr:
    _count(checker, node, arguments, 3)
    year, month, day = (checker.of_kind(argument, t.Kind.INT) for argument in arguments)
    if not (isinstance(month, t.Lit) and isinstance(day, t.Lit)):
        checker.refuse(arguments[1], "月和日须是常数")
    fixed = isinstance(year, t.Lit)
    try:
        value = dt.date(
            int(cast("int", year.value)) if isinstance(year, t.Lit) else 2023,
            int(cast("int", month.value)),
            int(cast("int", day.value)),
        )
    except ValueError:
        checker.refuse(node, "没有这一天" if fixed else "不是每年都有这一天")
    return t.Lit(value, t.Kind.DATE) if fixed else t.Call("date", (year, month, day), t.Kind.DATE)


def _sum(checker: Checker, node: Syntax, arguments: list[Syntax]) -> t.Expr:
    _count(checker, node, arguments, 3)
    source = checker.list_of(arguments[0])
    var, inner = checker.bind(arguments[1], source)
    body = inner.of_kind(arguments[2], *NUMBERS)
    if not never_negative(body):
        checker.refuse(arguments[2], "sum() 只能加不会为负的数（字段、常数及其和、倍数）")
    return t.Sum(source, var, body, body.kind)


def _at_least(checker: Checker, node: Syntax, arguments: list[Syntax]) -> t.Expr:
    _count(checker, node, arguments, 4)
    number = checker.of_kind(arguments[0], t.Kind.INT)
    source = checker.list_of(arguments[1])
    var, inner = checker.bind(arguments[2], source)
    chosen = t.Filter(source, var, inner.truth(arguments[3]), source.kind)
    return t.Compare(">=", t.Size(chosen), number)


def _method(checker: Checker, node: Syntax) -> t.Expr:
    name = cast("Token", node.children[1])
    source_syntax = tree(node.children[0])
    arguments = _arguments(node, 2)
    if str(name) == "size" and not arguments:
        return t.Size(checker.list_of(source_syntax))
    if str(name) not in MACROS:
        if str(name) in PATTERNS:
            checker.refuse(name, f"没有“{name}”，不能按字面匹配，请用 == 或 in 列出取值")
        checker.refuse(name, f"清单没有“{name}”" + nearest(str(name), [*MACROS, "size"]))
    source = checker.list_of(source_syntax)
    _count(checker, node, arguments, 2)
    var, inner = checker.bind(arguments[0], source)
    body = inner.truth(arguments[1])
    if str(name) == "filter":
        return t.Filter(source, var, body, source.kind)
    return t.Quantifier("all" if str(name) == "all" else "exists", source, var, body)


def _arguments(node: Syntax, index: int) -> list[Syntax]:
    written = [tree(child) for child in node.children[index:]]
    return [tree(child) for arguments in written for child in arguments.children]


_SPECIAL: Final[Mapping[str, _Special]] = {
    "has": _has,
    "size": _size,
    "min": _min,
    "max": _max,
    "date": _date,
    "sum": _sum,
    "at_least": _at_least,
}
"""Functions with rules of their own."""


def _call(checker: Checker, node: Syntax) -> t.Expr:
    name = cast("Token", node.children[0])
    arguments = _arguments(node, 1)
    if str(name) in FUNCTIONS:
        return _function(checker, node, str(name), arguments)
    special = _SPECIAL.get(str(name))
    if special is None:
        hint = operator_for(str(name)) or nearest(str(name), [*FUNCTIONS, *_SPECIAL])
        checker.refuse(name, f"未知的函数“{name}”{hint}")
    return special(checker, node, arguments)


HANDLERS: Final[Mapping[str, Handler]] = {"call": _call, "method": _method}
