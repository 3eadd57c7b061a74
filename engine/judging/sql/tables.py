"""Records to tables: one per record type with the columns that are read, one per list read.

A record is a row however it is reached: as a subject, an element, a parent or the place. Lists
are edge tables of owner and item. Rows go in as typed parameters: nothing is written to disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from engine.judging.sql import columns as c
from engine.judging.sql.database import Store
from engine.judging.sql.needs import Needs
from engine.language import tree as t
from engine.model.schema import Schema
from engine.model.values import Elements, Record

ID: Final = "id"
PARENT: Final = "|parent"
OWNER: Final = "owner"
EDGE: Final = "edge"
ITEM: Final = "item"

Place = tuple[str, str]
"""A field or list: record type and path."""


def edges(place: Place) -> str:
    """The name of a list's edge table."""
    return ".".join(place)


@dataclass
class Tables:
    """What was loaded: row numbers by type and record, the columns there are, unfit fields."""

    rows: dict[str, list[Record]] = field(default_factory=dict)
    columns: set[Place] = field(default_factory=set)
    unfit: set[Place] = field(default_factory=set)
    _numbers: dict[str, dict[int, int]] = field(default_factory=dict)

    def number(self, record_type: str, record: Record) -> int:
        """The row of a record in its table; a new one if it has none yet."""
        numbers = self._numbers.setdefault(record_type, {})
        rows = self.rows.setdefault(record_type, [])
        found = numbers.setdefault(id(record), len(rows))
        if found == len(rows):
            rows.append(record)
        return found

    def shape(self, read: Iterable[Place]) -> tuple[Place, ...]:
        """Of the columns that are only there when a record fills them, those of what is `read`."""
        optional = ((kind, path + end) for kind, path in read for end in (c.HI, c.PLAN))
        return tuple(sorted(place for place in optional if place in self.columns))

    def has(self, record_type: str, column: str) -> bool:
        """Whether a table has a column that is only there when a record fills it."""
        return (record_type, column) in self.columns


def load(database: Store, tables: Tables, needs: Needs, schema: Schema) -> None:
    """Fill the database with all that `needs` names, from the records numbered so far."""
    found = _follow(tables, needs, schema)
    for record_type in sorted(needs.types):
        rows = tables.rows.setdefault(record_type, [])
        made = [c.Column(ID, "BIGINT", range(len(rows)))]
        if record_type in needs.parents:
            made.append(c.Column(PARENT, "BIGINT", found.parents.get(record_type, [])))
        for (owner, path), kind in sorted(needs.fields.items()):
            if owner == record_type:
                made += _scalar(tables, rows, (owner, path), kind, needs)
        for owner, path in sorted(needs.lists):
            if owner == record_type:
                made += c.listing(rows, path)
        tables.columns.update((record_type, column.name) for column in made)
        database.create(record_type, made, ID)
    for place, target in sorted(needs.lists.items()):
        owners, items = found.edges.get(place, ([], []))
        held = "BIGINT" if target is not None else "VARCHAR"
        if place in tables.unfit:
            owners, items = [], []
        elif target is None:
            items = c.strings(items)
        numbered = c.Column(EDGE, "BIGINT", range(len(owners)))
        owner_column = c.Column(OWNER, "BIGINT", owners)
        made = [numbered, owner_column, c.Column(ITEM, held, items)]
        database.create(edges(place), made, OWNER, unique=False)


def _scalar(
    tables: Tables, rows: Sequence[Record], place: Place, kind: t.Kind, needs: Needs
) -> list[c.Column]:
    try:
        return c.scalar(rows, place[1], kind, state=place in needs.states)
    except c.UnfitError:
        tables.unfit.add(place)
        return []


@dataclass
class _Found:
    """Edges by list, and parents' rows by type, in the order of the owners' rows."""

    edges: dict[Place, tuple[list[int], list[Any]]] = field(default_factory=dict)
    parents: dict[str, list[int | None]] = field(default_factory=dict)


def _follow(tables: Tables, needs: Needs, schema: Schema) -> _Found:
    """Number every record that can be reached from those numbered so far."""
    found = _Found()
    done: dict[str, int] = {}
    pending = True
    while pending:
        pending = False
        for record_type in sorted(needs.types):
            rows = tables.rows.setdefault(record_type, [])
            start = done.get(record_type, 0)
            fresh = rows[start:]
            done[record_type] = len(rows)
            pending = pending or bool(fresh)
            if record_type in needs.parents:
                _parents(tables, schema, found, record_type, fresh)
            for place, target in needs.lists.items():
                if place[0] == record_type:
                    _items(tables, found, place, target, enumerate(fresh, start))
    return found


def _parents(
    tables: Tables, schema: Schema, found: _Found, record_type: str, rows: Iterable[Record]
) -> None:
    above = schema.types[record_type].parent
    numbers = found.parents.setdefault(record_type, [])
    for record in rows:
        known = above is not None and record.parent is not None
        numbers.append(tables.number(above, record.parent) if known else None)  # type: ignore[arg-type]


def _items(
    tables: Tables,
    found: _Found,
    place: Place,
    target: str | None,
    rows: Iterable[tuple[int, Record]],
) -> None:
    owners, items = found.edges.setdefault(place, ([], []))
    wanted: type = str if target is None else Record
    for number, record in rows:
        elements = record.values.get(place[1])
        if not isinstance(elements, Elements):
            continue
        for item in elements.items:
            if not isinstance(item, wanted):
                tables.unfit.add(place)
                break
            owners.append(number)
            items.append(item if target is None else tables.number(target, item))  # type: ignore[arg-type]
