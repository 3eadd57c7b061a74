"""Rows of the tables as records: what other engines judge, in place of all or as a sample."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, cast

from engine.judging.sql import columns as c
from engine.judging.sql.columns import Column
from engine.judging.sql.needs import Needs
from engine.judging.sql.tables import ID, ITEM, OWNER, PARENT, Tables, edges
from engine.language import tree as t
from engine.model.schema import Schema
from engine.model.values import (
    ABSENT,
    ABSENT_LIST,
    Cause,
    Elements,
    Record,
    State,
    Unknown,
)
from tables.lake import Lake
from tables.names import KEY

_WANTED: Final = "wanted"
_CAUSES: Final = {c.BLANK: Cause.BLANK, c.OTHER: Cause.UNREADABLE}


class Rows:
    """Reads records by their ids, with all that can be seen from them."""

    def __init__(
        self, lake: Lake, schema: Schema, needs: Needs, tables: Tables, place: Record
    ) -> None:
        self._lake, self._schema = lake, schema
        self._needs, self._tables, self._place = needs, tables, place

    def records(self, wanted: Mapping[str, Sequence[int]]) -> dict[str, list[Record]]:
        """The records of these ids, in their order, and after them all they lead to."""
        found: dict[str, dict[int, Record]] = {name: {} for name in self._needs.types}
        items: dict[tuple[str, str], dict[int, list[Any]]] = {}
        above: dict[str, dict[int, int | None]] = {}
        waiting = {name: list(dict.fromkeys(ids)) for name, ids in wanted.items()}
        while any(waiting.values()):
            fresh: dict[str, set[int]] = {}
            for name, ids in waiting.items():
                if not ids:
                    continue
                self._lake.database.create(_WANTED, [Column(ID, "BIGINT", ids)], ID)
                above[name] = above.get(name, {}) | self._read(name, found[name])
                parent = self._schema.types[name].parent
                if parent is not None and name in self._needs.parents:
                    fresh.setdefault(parent, set()).update(
                        up for number in ids if (up := above[name].get(number)) is not None
                    )
                for (owner, path), target in self._needs.lists.items():
                    if owner == name:
                        pairs = items.setdefault((owner, path), {})
                        self._edges((owner, path), pairs)
                        if target is not None:
                            every = (item for one in ids for item in pairs.get(one, ()))
                            fresh.setdefault(target, set()).update(every)
                self._lake.database.drop(_WANTED)
            waiting = {name: sorted(ids - found[name].keys()) for name, ids in fresh.items()}
        self._put_together(found, items, above)
        return {name: list(rows.values()) for name, rows in found.items()} | {
            "place": [self._place]
        }

    def _read(self, name: str, found: dict[int, Record]) -> dict[int, int | None]:
        """Read the rows wanted; the ids of their parents."""
        fields = sorted(path for owner, path in self._needs.fields if owner == name)
        lists = sorted(path for owner, path in self._needs.lists if owner == name)
        columns = [ID, KEY]
        plans = {path for path in fields if self._tables.has(name, path + c.PLAN)}
        for path in fields:
            columns += [path, path + c.STATE, *([path + c.PLAN] if path in plans else [])]
        for path in lists:
            columns += [path + c.CLOSED, path + c.NONE, path + c.STATE]
        has_parent = name in self._needs.parents
        columns += [PARENT] if has_parent else []
        listed = ", ".join(f'"{each}"' for each in columns)
        rows = self._lake.rows(
            f'SELECT {listed} FROM "{name}" JOIN "{_WANTED}" USING (id) ORDER BY id'
        )
        above: dict[int, int | None] = {}
        for row in rows:
            said = dict(zip(columns, row, strict=True))
            number = int(said[ID])
            record = Record(name, said[KEY] or f"第{number + 1}行")
            for path in fields:
                kind = self._needs.fields[name, path]
                record.values[path] = _state(
                    said[path], said[path + c.STATE], kind, said.get(path + c.PLAN)
                )
            for path in lists:
                record.values[path] = _list(*(said[path + e] for e in (c.CLOSED, c.NONE, c.STATE)))
            found[number] = record
            above[number] = said[PARENT] if has_parent else None
        return above

    def _edges(self, place: tuple[str, str], pairs: dict[int, list[Any]]) -> None:
        rows = self._lake.rows(
            f'SELECT e."{OWNER}", e."{ITEM}" FROM "{edges(place)}" e '
            f'JOIN "{_WANTED}" w ON w.id = e."{OWNER}" ORDER BY ALL'
        )
        for owner, item in rows:
            pairs.setdefault(int(owner), []).append(item)

    def _put_together(
        self,
        found: Mapping[str, Mapping[int, Record]],
        items: Mapping[tuple[str, str], Mapping[int, Iterable[Any]]],
        above: Mapping[str, Mapping[int, int | None]],
    ) -> None:
        for name, rows in found.items():
            parent = self._schema.types[name].parent
            for number, record in rows.items():
                up = above.get(name, {}).get(number)
                if parent is not None and up is not None:
                    record.parent = found[parent][up]
        for (name, path), pairs in items.items():
            target = self._needs.lists[name, path]
            for number, listed in pairs.items():
                held = found[name][number].elements(path)
                inside = tuple(
                    item if target is None else found[target][int(item)] for item in listed
                )
                found[name][number].values[path] = Elements(
                    inside, closed=held.closed, cause=held.cause
                )


def _state(value: object, code: int, kind: t.Kind, plan: dt.date | None) -> State:
    if code == c.IS_ABSENT:
        return ABSENT
    if code != c.KNOWN:
        return Unknown(Cause.PLANNED if plan is not None else _CAUSES[code], planned=plan)
    if kind is t.Kind.NUMBER and isinstance(value, int):
        return Decimal(value) / c.SCALE
    return cast("State", value)


def _list(closed: bool, absent: bool, code: int) -> Elements:  # noqa: FBT001 - columns of a row
    if absent:
        return ABSENT_LIST
    return Elements((), closed=closed, cause=_CAUSES.get(code, Cause.OPEN_LIST))
