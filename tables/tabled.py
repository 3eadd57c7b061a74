"""What the tables that are judged are made of: sources, what is read of them, what is declared."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlglot import exp

from engine.judging.sql import nodes as n
from engine.judging.sql.needs import Needs
from engine.judging.sql.tables import ID, PARENT, Tables
from engine.judging.sql.whole.doubted import declared
from engine.judging.sql.whole.statement import joined
from engine.model.field import FieldType
from engine.model.schema import Schema
from tables.names import BAD, KEYED
from tables.source import Column, Source


@dataclass
class Tabled:
    """The sources by record type, and what the tables made of them must hold.

    `closed` are the types of which every record is there. `ordered`: rows are numbered by their
    keys, for want of an order of their own. `tables` says which columns there are besides.
    """

    schema: Schema
    sources: Mapping[str, Source]
    needs: Needs
    closed: Collection[str] = ()
    agencies: Mapping[str, str] = field(default_factory=dict)
    ordered: bool = False
    tables: Tables = field(default_factory=Tables)
    _tied: dict[str, list[set[str]]] = field(default_factory=dict)

    def mapped(self, source: Source) -> list[tuple[str, FieldType, Column]]:
        """The fields that are read of a source: numbers that lists are held against are not."""
        fields = source.type.fields
        torn = {mine for nested in source.type.nested.values() for mine in nested.tally}
        return [
            (path, fields[path], column)
            for path, column in source.columns.items()
            if path not in torn
        ]

    def ups(self, name: str, alias: str) -> list[exp.Join]:
        """The parents of rows that go by `alias`, joined to them."""
        above = self.schema.types[name].parent
        if above is None or above not in self.sources:
            return []
        up = alias + " up"
        return [joined(above + KEYED, up, (n.column(ID, up), n.column(PARENT, alias)), left=True)]

    def unsure(self, source: Source, path: str) -> exp.Expression:
        """Whether a cell can't be read by which a field may not be so; never NULL.

        What is declared to contradict a field can't be told then; nor what contradicts that.
        """
        name = source.type.type
        if name not in self._tied:
            self._tied[name] = _tied(self.schema, name)
        tied = next((group for group in self._tied[name] if path in group), {path})
        read = {each for each, _, _ in self.mapped(source)}
        beside = sorted((tied & read) - {path})
        return n.either(*(n.surely(n.column(other + BAD, "row")) for other in beside))


def _tied(schema: Schema, name: str) -> list[set[str]]:
    """The fields of a record that may contradict each other, directly or through one another."""
    groups: list[set[str]] = []
    for each in declared(schema, [name]):
        if each.of == name:
            fields = {path for of, path in (*each.fields, *each.asked) if of == name}
            meeting = [group for group in groups if group & fields]
            groups = [group for group in groups if group not in meeting]
            groups.append(fields.union(*meeting))
    return groups
