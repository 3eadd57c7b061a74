"""Entries to records: each with its parent, its lists, its links and its answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from engine.model.record_type import OF_PARENT, Link
from engine.model.schema import Schema
from engine.model.values import ABSENT, ABSENT_LIST, Cause, Elements, Record, State, Unknown
from facts.joining.answers import Answers
from facts.joining.ledgers import Ledgers
from facts.joining.settled import Entry
from facts.writing.text import fold


def with_nested(schema: Schema, entries: Mapping[str, Iterable[Entry]]) -> dict[str, list[Entry]]:
    """Every entry by its type, those that nest in another too, in the order of their keys."""
    found: dict[str, list[Entry]] = {name: [] for name in schema.types}
    for entry in _walk(entry for of_type in entries.values() for entry in of_type):
        found[entry.type].append(entry)
    return {name: sorted(of_type, key=_key) for name, of_type in found.items()}


def _walk(entries: Iterable[Entry]) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        for nested in entry.lists.values():
            yield from _walk(nested.entries)


def _key(entry: Entry) -> str:
    # twins of one key come in the order of their content already, and sorting keeps it
    return entry.key


def records_of(
    schema: Schema, entries: Mapping[str, Iterable[Entry]], ledgers: Ledgers, answers: Answers
) -> dict[str, list[Record]]:
    """The records of these entries and of those that nest in them, in the order of their keys.

    Records hold each other in circles: all are made before any link is filled. Linear in the
    records.
    """
    made: _Made = {name: [] for name in schema.types}
    for of_type in entries.values():
        for entry in of_type:
            _make(entry, None, answers, made)
    for found in made.values():
        found.sort(key=lambda one: one[0].key)
    _fill_links(schema, made, ledgers)
    return {name: [record for record, _ in found] for name, found in made.items()}


_Made: TypeAlias = dict[str, list[tuple[Record, bool]]]
"""By type: each record, and whether others can refer to it."""


def _make(entry: Entry, parent: Record | None, answers: Answers, made: _Made) -> Record:
    record = Record(entry.type, entry.key, dict(entry.values), entry.sources, entry.source, parent)
    given = answers.get((entry.type, entry.key))
    if given is not None:
        record.values.update((path, answer) for path, (answer, _) in given.items())
        told = {path: source for path, (_, source) in given.items()}
        record.sources = {**dict(entry.sources.items()), **told}
    made[entry.type].append((record, entry.referable))
    for name, nested in entry.lists.items():
        items = tuple(_make(one, record, answers, made) for one in nested.entries)
        record.values[name] = replace(nested.state, items=items) if items else nested.state
    return record


# --- links ---------------------------------------------------------------------------------


def _fill_links(schema: Schema, made: _Made, ledgers: Ledgers) -> None:
    """Give the records the lists of the records that they link to.

    A link of a record whose own join field is not known, or to a ledger that is not complete or
    has a record with a duplicate key or an unknown join field, is open.
    """
    indexes: dict[tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]], _Index] = {}
    for record_type in schema.types.values():
        if not made[record_type.type]:
            continue
        links: list[tuple[str, tuple[str, ...], _Index]] = []
        for name, link in record_type.links.items():
            asked = link.to, tuple(link.on), tuple(link.without.items())
            index = indexes.get(asked)
            if index is None:
                index = _Index(made[link.to], link, closed=ledgers.closed(link.to))
                indexes[asked] = index
            links.append((name, tuple(link.on.values()), index))
        readers = {paths: [_reader(path) for path in paths] for _, paths, _ in links}
        for record, _ in made[record_type.type]:
            named = {paths: _named(record, paths, of) for paths, of in readers.items()}
            for name, paths, index in links:
                record.values[name] = index.find(named[paths])


def _reader(path: str) -> Callable[[Record], State]:
    """What reads a field that a link goes by, of a record or of its parent."""
    own = path.removeprefix(OF_PARENT)
    if path == own:
        return lambda record: record.scalar(path)
    return lambda record: (
        record.scalar(path) if record.parent is None else record.parent.scalar(own)
    )


def _held(record: Record, path: str) -> tuple[Record, str]:
    """The record that has a field which a link names, and the field."""
    if path.startswith(OF_PARENT) and record.parent is not None:
        return record.parent, path.removeprefix(OF_PARENT)
    return record, path


_Named: TypeAlias = "tuple[str, ...] | Elements"
"""By what a record names those that it links to; the list itself where it can't name any."""


def _named(
    record: Record, paths: tuple[str, ...], readers: list[Callable[[Record], State]]
) -> _Named:
    mine = [read(record) for read in readers]
    if ABSENT in mine:
        return ABSENT_LIST
    for path, state in zip(paths, mine, strict=True):
        if isinstance(state, Unknown):
            cause = Cause.OPEN_LIST if state.cause is Cause.NO_COLUMN else state.cause
            return Elements((), closed=False, cause=cause, waits=(record, path))
    return tuple(map(_join_key, mine))


class _Index:
    """The records of one type by some of their fields.

    Where it is open for nothing but a field that isn't known, its lists wait for that.
    """

    def __init__(self, records: Iterable[tuple[Record, bool]], link: Link, *, closed: bool) -> None:
        found: dict[tuple[str, ...], list[Record]] = {}
        declared, waits = closed, None
        paths, left_out = [*link.on], [*link.without.items()]
        readers = [_reader(path) for path in paths]
        for record, referable in records:
            states = [read(record) for read in readers]
            unknown = [
                p for p, state in zip(paths, states, strict=True) if isinstance(state, Unknown)
            ]
            unknown += _untold(record, link) if left_out else ()
            if unknown or not referable:
                closed = False
                waits = waits or (_held(record, unknown[0]) if unknown else None)
            elif ABSENT not in states and not any(
                record.scalar(path) == value for path, value in left_out
            ):
                found.setdefault(tuple(map(_join_key, states)), []).append(record)
        waits = waits if declared else None
        self._none = Elements((), closed=closed, waits=waits)
        self._found = {
            key: Elements(tuple(of), closed=closed, waits=waits) for key, of in found.items()
        }

    def find(self, named: _Named) -> Elements:
        """The records whose fields equal what one names."""
        return self._found.get(named, self._none) if isinstance(named, tuple) else named


def _untold(record: Record, link: Link) -> list[str]:
    """The fields that should tell whether a link means a record, and don't.

    None where another says that it doesn't; a ledger without that column holds what its title
    says, and nothing else.
    """
    states = {path: record.scalar(path) for path in link.without}
    if any(states[path] == value for path, value in link.without.items()):
        return []
    return [
        path
        for path, state in states.items()
        if isinstance(state, Unknown) and state.cause is not Cause.NO_COLUMN
    ]


def _join_key(state: State) -> str:
    return fold(state if isinstance(state, str) else str(state))
