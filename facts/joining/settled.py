"""Joined rows to entries: the states of a whole record, and what its lists hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from engine.model.facts import Level, Problem, problem_at
from engine.model.record_type import Nested
from engine.model.schema import Schema
from engine.model.values import ABSENT_LIST, Absent, Cause, Elements, Source, Unknown
from facts.joining.ledgers import Ledgers, shown
from facts.joining.rows import Joined
from facts.joining.states import (
    Blanks,
    is_denied,
    objects_of,
    settle_objects,
    settle_planned,
    told,
)
from facts.ledgers.draft import Draft
from facts.writing.meanings import CellState

_OPEN: Final = Elements((), closed=False)
_CLOSED: Final = Elements((), closed=True)


@dataclass(frozen=True, slots=True)
class NestedList:
    """The records of one list: `state` says of the whole whether it is absent, closed, or why not.

    Its own items are none: they stand in `entries`.
    """

    entries: tuple[Entry, ...]
    state: Elements


@dataclass(slots=True, eq=False)
class Entry:
    """A record but for what others have to say of it: links, and answers given by a person."""

    type: str
    key: str
    values: Mapping[str, CellState]
    sources: dict[str, Source]
    source: Source
    referable: bool
    lists: Mapping[str, NestedList]


def settle(
    schema: Schema, joined: Mapping[str, Iterable[Joined]], ledgers: Ledgers
) -> tuple[dict[str, list[Entry]], list[Problem]]:
    """The entries of the records that nest in none, each with those that nest in it."""
    settler = _Settler(schema, ledgers)
    entries = {name: list(map(settler.entry, found)) for name, found in joined.items()}
    return entries, settler.problems


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the entries of one type have in common."""

    blanks: Blanks
    objects: list[tuple[str, tuple[str, ...]]]
    planned: bool
    borne: list[str]
    told: tuple[str, ...]


class _Settler:
    """Makes entries, and keeps what contradicts itself in them."""

    def __init__(self, schema: Schema, ledgers: Ledgers) -> None:
        self._schema, self._ledgers = schema, ledgers
        self.problems: list[Problem] = []
        self._shapes = {
            name: _Shape(
                Blanks(record_type),
                objects_of(record_type),
                any(spec.planned for spec in record_type.fields.values()),
                [path for path, spec in record_type.fields.items() if spec.of is not None],
                tuple(p for p, spec in record_type.fields.items() if spec.told_by is not None),
            )
            for name, record_type in schema.types.items()
        }

    def _problem(
        self, joined: Joined, expected: str, found: str = "", level: Level = Level.ERROR
    ) -> None:
        source, name = joined.rows.drafts[0].source, joined.type.type
        self.problems.append(problem_at(source, expected, found, level=level, record_type=name))

    def entry(self, joined: Joined) -> Entry:
        """The entry of one record, with those of its lists."""
        rows = joined.rows
        draft = rows.drafts[0]
        columns, sources = draft.columns, draft.sources
        if len(rows.drafts) > 1:
            columns = columns.union(*(other.columns for other in rows.drafts))
            sources = _sources(rows.drafts)
        values = self._values(joined, columns)
        sources = self._told_where(joined, sources)
        lists: dict[str, NestedList] = {}
        for name, nested in joined.type.nested.items():
            found = tuple(map(self.entry, joined.lists.get(name, ())))
            torn = name in joined.torn
            state = _OPEN if torn else self._state(joined, values, name, found)
            if state is not None:
                doubtful = self._tallies_at_odds(joined, values, nested, found, state)
                values.update({mine: Unknown(Cause.UNREADABLE) for mine in doubtful})
                theirs = {nested.tally[mine]: Unknown(Cause.UNREADABLE) for mine in doubtful}
                if theirs:
                    found = tuple(replace(e, values={**e.values, **theirs}) for e in found)
                lists[name] = NestedList(found, state)
                if nested.any is not None and not found and values.get(nested.any) is True:
                    self._doubt_any(nested, values)
        return Entry(
            joined.type.type, joined.name, values, sources, draft.source, joined.referable, lists
        )

    def _told_where(self, joined: Joined, sources: dict[str, Source]) -> dict[str, Source]:
        """Where everything stands; what another cell tells stands in that one."""
        fields, cells = joined.type.fields, joined.rows.cells
        told_by = {
            path: fields[path].told_by or ""
            for path in self._shapes[joined.type.type].told
            if path not in cells
        }
        there = {path: sources[by] for path, by in told_by.items() if by in sources}
        return sources | there if there else sources

    def _doubt_any(self, nested: Nested, values: dict[str, CellState]) -> None:
        """是 against a ledger that says there is none of it: neither counts."""
        if nested.of in self._ledgers.declared:
            values[nested.any or ""] = Unknown(Cause.UNREADABLE)

    def _values(self, joined: Joined, columns: frozenset[str]) -> dict[str, CellState]:
        shape, cells = self._shapes[joined.type.type], joined.rows.cells
        values = shape.blanks.of(columns)
        values.update(cells)

        def contradiction(path: str) -> None:
            title = joined.type.fields[path].title
            self._problem(joined, f"“{title}”填“无”，但它下面又有内容，请核对")

        if shape.objects:
            settle_objects(joined.type, shape.objects, values, cells, contradiction)
        for path in shape.borne:
            paper = joined.type.fields[path].of or ""
            if is_denied(cells.get(paper)) and isinstance(values.get(path), dt.date):
                fields = joined.type.fields
                said = (
                    f"“{fields[paper].title}”写的是没有或者还没办成，“{fields[path].title}”却有日期"
                )
                self._problem(joined, f"{said}，日期不作数，请核对", joined.name)
                values[path] = Unknown(Cause.UNREADABLE)
        if shape.planned:
            settle_planned(joined.type, values)
        for path in shape.told:
            self._tell(joined, values, path)
        return values

    def _tell(self, joined: Joined, values: dict[str, CellState], path: str) -> None:
        """What another cell tells, where nothing is written; 无 against it counts for nothing."""
        spec, written = joined.type.fields[path], joined.rows.cells.get(path)
        said = told(spec, values)
        if written is None:
            values[path] = said
        elif isinstance(written, Absent) and isinstance(said, str):
            unit = joined.type.fields[spec.told_by or ""].title
            self._problem(
                joined, f"“{spec.title}”填“无”，照“{unit}”的名称却是有的，请核对", joined.name
            )
            values[path] = Unknown(Cause.CONTRADICTED)

    def _state(
        self,
        joined: Joined,
        values: Mapping[str, CellState],
        name: str,
        found: tuple[Entry, ...],
    ) -> Elements | None:
        """What is known of a list besides its entries; None if nobody speaks of it."""
        nested, ledgers = joined.type.nested[name], self._ledgers
        marks = [draft.lists[name] for draft in joined.rows.drafts if name in draft.lists]
        if any(mark.absent for mark in marks):
            if not found:
                return ABSENT_LIST
            title = nested.title
            self._problem(joined, f"“{title}”填“无”，但另有{len(found)}条，请核对", joined.name)
            return _OPEN
        counted = _count(joined, values, name)
        if isinstance(counted, Absent) and not found:
            return ABSENT_LIST
        if isinstance(counted, int):
            if counted == len(found):
                return _CLOSED
            closed = ledgers.closed(nested.of)
            if counted < len(found) or closed:
                said = f"“{nested.title}”写明{counted}，读到{len(found)}条，请核对"
                self._problem(joined, said, joined.name, Level.NOTE)
            if counted > len(found) and closed:
                return _OPEN
        said = "" if found else shown(joined.type, nested, values)
        if said and ledgers.closed(nested.of):
            told = f"{said}，“{nested.title}”里却没有它的，对不上，请核对"
            self._problem(joined, told, joined.name)
            return _OPEN
        if nested.any is not None and values.get(nested.any) is False:
            if not found:
                return _CLOSED
            said = f"写明没有“{nested.title}”，但读到{len(found)}条，请核对"
            self._problem(joined, said, joined.name)
            return _OPEN
        if ledgers.closed(nested.of):
            return _CLOSED
        if found:
            return _OPEN
        if marks:
            return marks[0]
        return _OPEN if nested.of in ledgers.read else None

    def _tallies_at_odds(
        self,
        joined: Joined,
        values: Mapping[str, CellState],
        nested: Nested,
        found: tuple[Entry, ...],
        state: Elements,
    ) -> list[str]:
        """The numbers of elements that the elements themselves contradict: neither is known."""
        counted = values.get(nested.count or "")
        whole = counted if isinstance(counted, int) else len(found) if state.closed else None
        at_odds = []
        for mine, theirs in nested.tally.items():
            stated = values.get(mine)
            if not isinstance(stated, int):
                continue
            said = [entry.values.get(theirs) for entry in found]
            held, failed = said.count(True), said.count(False)
            if held <= stated and (whole is None or stated <= whole - failed):
                continue
            number = joined.type.fields[mine].title
            each = self._schema.types[nested.of].fields[theirs].title
            self._problem(
                joined,
                f"“{number}”写{stated}，“{nested.title}”里“{each}”为“是”的{held}条、"
                f"为“否”的{failed}条，对不上，两处都不作数，请核对",
                joined.name,
            )
            at_odds.append(mine)
        return at_odds


def _sources(drafts: Sequence[Draft]) -> dict[str, Source]:
    """The cells of a record in several rows: of each field the first that is filled, else empty."""
    last_first = drafts[::-1]
    every = {path: source for draft in last_first for path, source in draft.sources.items()}
    filled = ((p, draft.sources.get(p)) for draft in last_first for p in draft.cells)
    return every | {path: source for path, source in filled if source is not None}


def _count(joined: Joined, values: Mapping[str, CellState], name: str) -> int | Absent | None:
    """How many elements the record says it has: its count field, or a number in the list's cell."""
    stated = {draft.counts[name] for draft in joined.rows.drafts if name in draft.counts}
    count = joined.type.nested[name].count
    if count is not None:
        state = values.get(count)
        if isinstance(state, Absent) or (isinstance(state, int) and not isinstance(state, bool)):
            return state if not stated or stated == {state} else None
    return stated.pop() if len(stated) == 1 else None
