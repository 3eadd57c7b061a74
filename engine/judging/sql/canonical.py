"""Trees brought into one form, and what they read: the same question is asked only once.

Terms are opened, and the variables of list macros are named by their depth, so that equal parts
of different requirements become equal trees.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import cast

from engine.language import tree as t
from engine.model.schema import Schema
from engine.ruleset.model import Requirement

LISTS = (t.Kind.RECORDS, t.Kind.STRINGS)
DATES = (t.Kind.DATE, t.Kind.DATETIME)


def variable(depth: int) -> str:
    """What the variable of a macro is called that stands within `depth` others."""
    return f"${depth}"


def canonical(node: t.Expr, names: Mapping[str, str] | None = None, depth: int = 0) -> t.Expr:
    """The tree without terms, its variables named by depth."""
    names = names or {}

    def same(part: t.Expr) -> t.Expr:
        return canonical(part, names, depth)

    match node:
        case t.Named(item=item):
            return same(item)
        case t.Path(var=var) | t.Element(var=var):
            return dataclasses.replace(node, var=names.get(var, var))
        case (
            t.Filter(source, var, body)
            | t.Quantifier(_, source, var, body)
            | t.Sum(source, var, body)
        ):
            inner = canonical(body, {**names, var: variable(depth)}, depth + 1)
            return dataclasses.replace(
                node, source=cast("t.ListExpr", same(source)), var=variable(depth), body=inner
            )
        case t.Has(path):
            return t.Has(cast("t.Path", same(path)))
        case t.Size(source):
            return t.Size(cast("t.ListExpr", same(source)))
        case t.And(items):
            return t.And(tuple(same(item) for item in items))
        case t.Or(items):
            return t.Or(tuple(same(item) for item in items))
        case t.Call(args=args):
            return dataclasses.replace(node, args=tuple(same(arg) for arg in args))
        case t.Not(item) | t.Scale(item=item) | t.In(item=item):
            return dataclasses.replace(node, item=same(item))
        case t.Compare(left=left, right=right) | t.Arith(left=left, right=right):
            return dataclasses.replace(node, left=same(left), right=same(right))
        case t.If(test, then, other):
            return dataclasses.replace(node, test=same(test), then=same(then), other=same(other))
        case _:
            return node


def stages(source: t.ListExpr) -> tuple[t.Path, tuple[t.Expr, ...]]:
    """The list that a chain of filters starts from, and the filters in their order."""
    bodies: list[t.Expr] = []
    while isinstance(source, t.Filter):
        bodies.append(source.body)
        source = source.source
    return source, tuple(reversed(bodies))


@cache
def reads_params(node: t.Expr) -> bool:
    """Whether what the province sets matters, and so the act's day."""
    return any(isinstance(part, t.Param) for part in t.walk(node))


@dataclass
class Needs:
    """What the tables must hold: columns and lists by record type, and who needs a parent."""

    schema: Schema
    fields: dict[tuple[str, str], t.Kind] = field(default_factory=dict)
    states: set[tuple[str, str]] = field(default_factory=set)
    lists: dict[tuple[str, str], str | None] = field(default_factory=dict)
    parents: set[str] = field(default_factory=set)
    types: set[str] = field(default_factory=set)
    calendar: bool = False

    def add(self, node: t.Expr, types: Mapping[str, str | None], *, states: bool) -> None:
        """All that `node` reads. `states`: of every field also whether it is absent or blank."""
        match node:
            case t.Path():
                self._path(node, types[node.var], states=states)
            case t.Has(path):
                self._path(path, types[path.var], states=True)
            case (
                t.Filter(source, var, body)
                | t.Quantifier(_, source, var, body)
                | t.Sum(source, var, body)
            ):
                self.add(source, types, states=states)
                inner = {**types, var: stages(source)[0].target}
                self.add(body, inner, states=states)
            case _:
                for part in t.children(node):
                    self.add(part, types, states=states)

    def _path(self, path: t.Path, start: str | None, *, states: bool) -> None:
        kind = start or path.record
        for _ in range(path.up if path.var != "place" else 0):
            self.types.add(kind)
            self.parents.add(kind)
            kind = self.schema.types[kind].parent or path.record
        self.types.add(path.record)
        place = (path.record, path.field)
        if path.kind in LISTS:
            self.lists[place] = path.target
            if path.target is not None:
                self.types.add(path.target)
            return
        self.fields[place] = path.kind
        if states:
            self.states.add(place)


def read_by(nodes: Iterable[t.Expr]) -> set[tuple[str, str]]:
    """The fields and lists that any of `nodes` reads, by record type."""
    return {
        (part.record, part.field)
        for node in nodes
        for part in t.walk(node)
        if isinstance(part, t.Path)
    }


def expressions(requirement: Requirement) -> Iterator[tuple[t.Expr, bool]]:
    """Every expression an outcome rests on, and whether it is searched for blank evidence."""
    yield requirement.act_on, False
    for text in requirement.texts:
        yield text.applies, False
        yield text.require, bool(text.evidence)
        for node in (text.lenient, text.due):
            if node is not None:
                yield node, False
