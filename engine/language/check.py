"""Syntax to the typed tree: names resolved against the schema, kinds checked, terms inlined."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.language import tree as t
from engine.language.checking import calls, names, relations, values
from engine.language.checking.checker import TITLES, Checker, Handler, Meter
from engine.language.checking.scope import Record, String
from engine.language.parser import DEEPEST, parse
from engine.language.vocabulary import Vocabulary

_HANDLERS: Final[Mapping[str, Handler]] = {
    **values.HANDLERS,
    **relations.HANDLERS,
    **names.HANDLERS,
    **calls.HANDLERS,
}


def check(text: str, subject: str, kind: t.Kind, vocabulary: Vocabulary) -> t.Expr:
    """The typed tree of `text`, an expression of `kind` about records of type `subject`.

    Raises `ExpressionError` with the column and the nearest right spelling.
    """
    schema = vocabulary.schema
    scope: dict[str, Record | String] = {subject: Record(subject, 0, schema.get(subject))}
    if "place" in schema.types:
        scope.setdefault("place", Record("place", 0, schema.get("place")))
    checker = Checker(text, subject, scope, vocabulary, _HANDLERS, Meter())
    syntax = parse(text)
    node = checker.expr(syntax)
    if _depth(node) > DEEPEST:
        checker.refuse(syntax, f"嵌套或连加超过{DEEPEST}层，请分成几条")
    if node.kind is not kind and not (kind is t.Kind.NUMBER and node.kind is t.Kind.INT):
        checker.refuse(syntax, f"这里要{TITLES[kind]}，得到的是{TITLES[node.kind]}")
    return node


def _depth(node: t.Expr) -> int:
    """How many levels the typed tree has."""
    level: tuple[t.Expr, ...] = (node,)
    depth = 0
    while level:
        depth += 1
        level = tuple(child for item in level for child in t.children(item))
    return depth
