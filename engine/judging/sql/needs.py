"""What expressions read, and so what the tables must hold for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from engine.judging.sql.database import ON_CALENDAR
from engine.language import tree as t
from engine.language.canonical import canonical
from engine.model.schema import Schema
from engine.ruleset.model import Requirement


def stages(source: t.ListExpr) -> tuple[t.Path, tuple[t.Expr, ...]]:
    """The list that a chain of filters starts from, and the filters in their order."""
    bodies: list[t.Expr] = []
    while isinstance(source, t.Filter):
        bodies.append(source.body)
        source = source.source
    return source, tuple(reversed(bodies))


@dataclass
class Needs:
    """What the tables must hold: columns and lists by record type, and who needs a parent."""

    fields: dict[tuple[str, str], t.Kind] = field(default_factory=dict)
    states: set[tuple[str, str]] = field(default_factory=set)
    lists: dict[tuple[str, str], str | None] = field(default_factory=dict)
    parents: set[str] = field(default_factory=set)
    types: set[str] = field(default_factory=set)
    calendar: bool = False

    def take(self, other: Needs) -> None:
        """All that `other` needs as well."""
        self.fields |= other.fields
        self.states |= other.states
        self.lists |= other.lists
        self.parents |= other.parents
        self.types |= other.types
        self.calendar |= other.calendar

    @property
    def places(self) -> set[tuple[str, str]]:
        """The fields and lists that are read, by record type."""
        return {*self.fields, *self.lists}


@dataclass
class _Finder:
    """Finds what expressions read."""

    schema: Schema
    needs: Needs

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
            self.needs.types.add(kind)
            self.needs.parents.add(kind)
            kind = self.schema.types[kind].parent or path.record
        self.needs.types.add(path.record)
        place = (path.record, path.field)
        if path.kind in t.LISTS:
            self.needs.lists[place] = path.target
            if path.target is not None:
                self.needs.types.add(path.target)
            return
        self.needs.fields[place] = path.kind
        if states:
            self.needs.states.add(place)


def needs_of(requirement: Requirement, schema: Schema) -> Needs:
    """All that must be loaded to judge a requirement."""
    return needs_in(requirement.subject, expressions(requirement), schema)


def needs_in(subject: str, nodes: Iterable[tuple[t.Expr, bool]], schema: Schema) -> Needs:
    """All that must be loaded for expressions about records of type `subject`.

    With each comes whether it is searched for blank evidence.
    """
    found = _Finder(schema, Needs(types={subject}))
    for node, searched in nodes:
        tree = canonical(node)
        found.add(tree, {subject: subject, "place": "place"}, states=searched)
        found.needs.calendar |= any(
            isinstance(part, t.Call) and part.name in ON_CALENDAR for part in t.walk(tree)
        )
    return found.needs


def expressions(requirement: Requirement) -> Iterator[tuple[t.Expr, bool]]:
    """Every expression an outcome rests on, and whether it is searched for blank evidence."""
    yield requirement.act_on, False
    for text in requirement.texts:
        yield text.applies, False
        yield text.require, bool(text.evidence)
        for node in (text.lenient, text.due):
            if node is not None:
                yield node, False
