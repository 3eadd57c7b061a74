"""What the tables that are judged hold, and by which names each stage of them goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.judging.sql import columns as c
from engine.judging.sql.needs import Needs
from engine.judging.sql.tables import ID, PARENT, Place, Tables, edges
from engine.language import tree as t
from engine.model.schema import Schema


@dataclass(slots=True)
class Shape:
    """The columns and lists of the tables, by the schema's names.

    `names` says which table now stands for each; a stage that changes one gives it a new name.
    """

    schema: Schema
    needs: Needs
    tables: Tables
    names: dict[str, str] = field(default_factory=dict)

    def table(self, name: str) -> str:
        """The table that stands for a record type or a list."""
        return self.names.get(name, name)

    def keys(self, record_type: str) -> list[str]:
        """The columns of a type's table that say whose row it is."""
        return [ID, PARENT] if record_type in self.needs.parents else [ID]

    def fields(self, record_type: str) -> Iterator[tuple[str, t.Kind]]:
        """The scalar fields that a type's table has."""
        for (owner, path), kind in sorted(self.needs.fields.items()):
            if owner == record_type:
                yield path, kind

    def lists(self, record_type: str) -> Iterator[tuple[str, str | None]]:
        """The lists that a type's table has, each with the type of its elements."""
        for (owner, path), target in sorted(self.needs.lists.items()):
            if owner == record_type:
                yield path, target

    def bounds(self, place: Place) -> list[str]:
        """The columns of what is known of a field: the value, its upper bound, the planned day."""
        record_type, path = place
        ends = [end for end in (c.HI, c.PLAN) if self.tables.has(record_type, path + end)]
        return [path, *(path + end for end in ends)]

    def state(self, place: Place) -> str | None:
        """The column that says whether a field is known; None where nothing asks."""
        return place[1] + c.STATE if place in self.needs.states else None

    def edges(self, place: Place) -> str:
        """The table that now has the elements of a list."""
        return self.table(edges(place))
