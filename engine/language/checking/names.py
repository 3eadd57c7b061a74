"""Names, the fields of records, parameters and terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, cast

from lark import Token

from engine.language import tree as t
from engine.language.checking.checker import Checker, Handler, tree
from engine.language.checking.scope import Record, String
from engine.language.parser import Syntax, parse
from engine.language.vocabulary import KINDS, NOTHING
from engine.model.errors import nearest
from engine.model.field import FieldKind


def _name(checker: Checker, node: Syntax) -> t.Expr:
    return _chain(checker, node, [cast("Token", node.children[0])])


def _select(checker: Checker, node: Syntax) -> t.Expr:
    names: list[Token] = []
    current: Syntax = node
    while current.data == "select":
        names.append(cast("Token", current.children[1]))
        current = tree(current.children[0])
    if current.data != "name":
        checker.refuse(names[-1], "只能从记录上取字段")
    names.append(cast("Token", current.children[0]))
    return _chain(checker, node, names[::-1])


def _chain(checker: Checker, node: Syntax, names: list[Token]) -> t.Expr:
    head, rest = names[0], names[1:]
    if str(head) == "as_of" and not rest:
        return t.AsOf()
    if str(head) == "param" and len(rest) == 1:
        return _param(checker, rest[0])
    if str(head) in ("parent", "term"):
        base: Record | String | None = checker.scope[checker.subject]
        rest = names
    else:
        base = checker.scope.get(str(head))
    if base is None:
        if str(head) in NOTHING:
            checker.refuse(head, f"没有“{head}”这个值；有没有填请写 has(字段)")
        known = [*checker.scope, "parent", "term", "param", "as_of", "true", "false"]
        checker.refuse(head, f"未知的名字“{head}”" + nearest(str(head), known))
    if not isinstance(base, Record):
        if rest:
            checker.refuse(rest[0], f"“{head}”是文字，没有字段")
        return t.Element(base.var)
    return _below(checker, node, base, rest)


def _below(checker: Checker, node: Syntax, base: Record, rest: list[Token]) -> t.Expr:
    while rest and str(rest[0]) == "parent":
        if base.type.parent is None:
            checker.refuse(rest[0], f"“{base.type.title}”没有上级记录")
        parent = checker.vocabulary.schema.get(base.type.parent)
        base, rest = Record(base.var, base.up + 1, parent), rest[1:]
    if not rest:
        checker.refuse(node, f"“{base.type.title}”是一条记录，请写明字段")
    if str(rest[0]) == "term":
        if len(rest) != 2:
            checker.refuse(rest[0], "写法是 term.名称")
        return _term(checker, rest[1], base)
    path = ".".join(str(name) for name in rest)
    spec = base.type.fields.get(path)
    if spec is not None:
        if spec.type is FieldKind.OBJECT:
            checker.refuse(node, f"“{path}”是一组字段，请写明其中一个字段")
        return t.Path(base.var, base.up, base.type.type, path, KINDS[spec.type])
    target = base.type.list_target(path)
    if target is not None:
        return t.Path(base.var, base.up, base.type.type, path, t.Kind.RECORDS, target)
    checker.refuse(
        rest[0], f"“{base.type.title}”没有字段“{path}”" + nearest(path, base.type.names())
    )


def _param(checker: Checker, name: Token) -> t.Expr:
    kind = checker.vocabulary.params.get(str(name))
    if kind is None:
        checker.refuse(name, f"未知的参数“{name}”" + nearest(str(name), checker.vocabulary.params))
    return t.Param(str(name), kind)


def _term(checker: Checker, name: Token, base: Record) -> t.Expr:
    terms = checker.vocabulary.terms
    term = terms.get(str(name))
    if term is None:
        checker.refuse(name, f"未知的术语“{name}”" + nearest(str(name), terms))
    if str(name) in checker.inside:
        checker.refuse(name, f"术语“{name}”用到了它自己")
    while base.type.type != term.subject:
        if base.type.parent is None:
            checker.refuse(name, f"术语“{name}”说的是“{term.subject}”，这里没有这种记录")
        parent = checker.vocabulary.schema.get(base.type.parent)
        base = Record(base.var, base.up + 1, parent)
    scope: dict[str, Record | String] = {term.subject: base}
    if "place" in checker.scope:
        scope.setdefault("place", checker.scope["place"])
    inner = replace(
        checker,
        text=term.text,
        subject=term.subject,
        scope=scope,
        inside=(*checker.inside, str(name)),
    )
    item = inner.expr(parse(term.text))
    return t.Named(str(name), term.title, item, item.kind)


HANDLERS: Final[Mapping[str, Handler]] = {"name": _name, "select": _select}
