"""Expressions in one spelling, so that what means the same is measured once.

Terms are opened and the variables of macros are named by their depth: two requirements that
use one term share its measures.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from engine.language import tree as t
from engine.model.schema import Schema


def canonical(node: t.Expr) -> t.Expr:
    """The same expression without terms, its variables named by depth."""
    return _Spelling({}, 0).expr(node)


@dataclasses.dataclass(frozen=True, slots=True)
class _Spelling:
    names: Mapping[str, str]
    depth: int

    def expr(self, node: t.Expr) -> t.Expr:
        match node:
            case t.Named(item=item):
                return self.expr(item)
            case t.Path() | t.Filter():
                return self.listing(node)
            case t.Element(var):
                return t.Element(self.names[var], node.kind)
            case t.Has(path):
                return t.Has(self.path(path))
            case t.Not(item) | t.In(item=item) | t.Scale(item=item):
                return dataclasses.replace(node, item=self.expr(item))
            case t.And(items) | t.Or(items):
                return type(node)(tuple(self.expr(item) for item in items))
            case t.Compare(left=left, right=right) | t.Arith(left=left, right=right):
                return dataclasses.replace(node, left=self.expr(left), right=self.expr(right))
            case t.If(test, then, other, kind):
                return t.If(self.expr(test), self.expr(then), self.expr(other), kind)
            case t.Call(name, args, kind):
                return t.Call(name, tuple(self.expr(arg) for arg in args), kind)
            case t.Size(source):
                return t.Size(self.listing(source))
            case t.Quantifier(source=source, var=var, body=body) | t.Sum(source, var, body):
                bound, inner = self.bind(var)
                return dataclasses.replace(
                    node, source=self.listing(source), var=bound, body=inner.expr(body)
                )
            case _:
                return node

    def path(self, node: t.Path) -> t.Path:
        return dataclasses.replace(node, var=self.names.get(node.var, node.var))

    def listing(self, node: t.ListExpr) -> t.ListExpr:
        if isinstance(node, t.Path):
            return self.path(node)
        # A source has been read through before its macro's own variable is bound.
        name, inner = self.bind(node.var)
        return t.Filter(self.listing(node.source), name, inner.expr(node.body), node.kind)

    def bind(self, var: str) -> tuple[str, _Spelling]:
        name = f"#{self.depth}"
        return name, _Spelling({**self.names, var: name}, self.depth + 1)


def is_curable(node: t.Expr, schema: Schema) -> bool:
    """Whether reading what more paper could supply as unknown may change the value."""
    return any(_reads_curably(part, schema) for part in t.walk(node))


def _reads_curably(node: t.Expr, schema: Schema) -> bool:
    match node:
        case t.Has():
            return True
        case t.Path(kind=t.Kind.RECORDS | t.Kind.STRINGS):
            return True
        case t.Path(kind=t.Kind.BOOL, record=record, field=name):
            spec = schema.types[record].fields.get(name)
            return spec is not None and spec.progress
        case _:
            return False


def uses_parameters(node: t.Expr) -> bool:
    """Whether the value depends on the day whose law governs."""
    return any(isinstance(part, t.Param) for part in t.walk(node))


def visits_lists(node: t.Expr) -> bool:
    """Whether evaluation visits list elements, which the budget counts."""
    return any(
        isinstance(part, t.Path) and part.kind in (t.Kind.RECORDS, t.Kind.STRINGS)
        for part in t.walk(node)
    )
