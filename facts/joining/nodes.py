"""Entries as what is settled of them once all are read: each with its parent and its new values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from engine.model.facts import Problem, problem_at
from engine.model.record_type import RecordType
from engine.model.schema import Schema
from engine.model.values import Cause, Unknown
from facts.joining.settled import Entry, NestedList
from facts.writing.meanings import CellState

Tops: TypeAlias = "dict[str, list[Node]]"
"""By type the entries that nest in none."""

_UNSETTLED: Final = Unknown(Cause.INCOMPLETE)


def nodes_of(schema: Schema, entries: Mapping[str, Iterable[Entry]]) -> Tops:
    """The entries that nest in none, by type, each with those that nest in it."""
    kinds = {name: _Kind(record_type) for name, record_type in schema.types.items()}
    return {name: [_node_of(kinds, one, None) for one in found] for name, found in entries.items()}


def all_of(tops: Tops) -> list[Node]:
    """All of them, each before those that nest in it."""
    return [node for of_type in tops.values() for top in of_type for node in walk(top)]


def entries_of(tops: Tops) -> dict[str, list[Entry]]:
    """The entries with what was settled of them."""
    return {name: [_entry_of(node) for node in found] for name, found in tops.items()}


class _Kind:
    """A record type with its fields that name agencies, offices within one, and persons."""

    __slots__ = ("agencies", "offices", "persons", "type")

    def __init__(self, record_type: RecordType) -> None:
        self.type = record_type
        fields = record_type.fields.items()
        self.agencies = [path for path, spec in fields if spec.agency]
        self.offices = [path for path, spec in fields if spec.within is not None]
        self.persons = [path for path, spec in fields if spec.holds == "person"]


@dataclass(slots=True, eq=False)
class Node:
    """An entry with its parent, those that nest in it, and the values that its names turn out."""

    entry: Entry
    kind: _Kind
    parent: Node | None
    lists: dict[str, list[Node]] = field(default_factory=dict)
    settled: dict[str, CellState] = field(default_factory=dict)

    @property
    def type(self) -> RecordType:
        """Its record type."""
        return self.kind.type

    def value(self, path: str) -> CellState | None:
        """A field as it is settled by now."""
        return self.settled.get(path, self.entry.values.get(path))

    def children(self) -> Iterator[Node]:
        """Those that nest in it."""
        for nodes in self.lists.values():
            yield from nodes

    def doubt(self, path: str, said: str, hint: str) -> Problem:
        """A name of which nobody can tell whose it is: unknown, and a problem of its cell."""
        value, spec = self.value(path), self.type.fields[path]
        self.settled[path] = _UNSETTLED
        source = self.entry.sources.get(path, self.entry.source)
        return problem_at(
            source,
            said,
            source.text or str(value),
            hint=hint,
            record_type=self.type.type,
            kept=spec.kept or spec.holds == "person",
        )


def _node_of(kinds: Mapping[str, _Kind], entry: Entry, parent: Node | None) -> Node:
    node = Node(entry, kinds[entry.type], parent)
    for name, nested in entry.lists.items():
        node.lists[name] = [_node_of(kinds, one, node) for one in nested.entries]
    return node


def walk(node: Node) -> Iterator[Node]:
    """The entry and all that nest in it."""
    yield node
    for child in node.children():
        yield from walk(child)


def _entry_of(node: Node) -> Entry:
    """The entry with the values that its names turned out to have; itself if none changed."""
    lists = {}
    for name, nodes in node.lists.items():
        nested = node.entry.lists[name]
        made = tuple(map(_entry_of, nodes))
        same = all(one is other for one, other in zip(made, nested.entries, strict=True))
        lists[name] = nested if same else NestedList(made, nested.state)
    if not node.settled and all(lists[name] is node.entry.lists[name] for name in lists):
        return node.entry
    return replace(node.entry, values={**node.entry.values, **node.settled}, lists=lists)
