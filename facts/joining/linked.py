"""Lists of records: nested ones, and links joined by hash. Open until proven closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.model.facts import Level
from engine.model.schema import OF_PARENT, Link, Nested, RecordType
from engine.model.values import ABSENT_LIST, Absent, Cause, Elements, Record, State, Unknown
from facts.joining.assembly import Assembly
from facts.joining.joined import Matter
from facts.writing.text import fold

_EVERYTHING = "*"
_PARENT = "parent"


@dataclass(slots=True)
class Ledgers:
    """Which ledgers are complete: declared so, and with no lost row that may belong to them."""

    declared: frozenset[str]
    lost: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)

    def closed(self, name: str) -> bool:
        """Whether there can be no further record of this type."""
        return name in self.declared and name not in self.lost and _EVERYTHING not in self.lost


def fill_nested(assembly: Assembly, ledgers: Ledgers) -> None:
    """Give every record its nested lists, closed by their counts or by their ledgers."""
    for record_type in assembly.schema.types.values():
        if not record_type.nested:
            continue
        for record in assembly.records.get(record_type.type, []):
            matter = assembly.matters[id(record)]
            children = assembly.children.get(id(record), {})
            for name, nested in record_type.nested.items():
                found = tuple(children.get(name, ()))
                elements = _elements(assembly, ledgers, record, matter, (name, nested, found))
                if elements is not None:
                    record.values[name] = elements
                    _settle_tallies(assembly, record, matter, nested, elements)


def _elements(
    assembly: Assembly,
    ledgers: Ledgers,
    record: Record,
    matter: Matter,
    listed: tuple[str, Nested, tuple[Record, ...]],
) -> Elements | None:
    name, nested, found = listed
    marks = [draft.lists[name] for draft in matter.drafts if name in draft.lists]
    clean = not any(id(item) in assembly.duplicates for item in found)
    if any(mark.absent for mark in marks):
        if not found:
            return ABSENT_LIST
        title = nested.title
        assembly.problem(
            matter.drafts[0], f"“{title}”填“无”，但另有{len(found)}条，请核对", record.key
        )
        return Elements(found, closed=False)
    counted = _count(record, matter, name, nested)
    if isinstance(counted, Absent) and not found:
        return ABSENT_LIST
    if isinstance(counted, int):
        if counted == len(found) and clean:
            return Elements(found, closed=True)
        closed = ledgers.closed(nested.of)
        if counted < len(found) or (counted > len(found) and closed):
            assembly.problem(
                matter.drafts[0],
                f"“{nested.title}”写明{counted}，读到{len(found)}条，请核对",
                record.key,
                level=Level.NOTE,
            )
        if counted > len(found) and closed:
            return Elements(found, closed=False)
    if nested.any is not None and record.values.get(nested.any) is False:
        if not found:
            return Elements((), closed=True)
        assembly.problem(
            matter.drafts[0], f"写明没有“{nested.title}”，但读到{len(found)}条，请核对", record.key
        )
        return Elements(found, closed=False)
    if ledgers.closed(nested.of) and clean:
        return Elements(found, closed=True)
    if found:
        return Elements(found, closed=False)
    if marks:
        return marks[0]
    return Elements((), closed=False) if nested.of in ledgers.seen else None


def _count(record: Record, matter: Matter, name: str, nested: Nested) -> State | None:
    """How many elements the record says it has: its count field, or a number in the list's cell."""
    stated = {draft.counts[name] for draft in matter.drafts if name in draft.counts}
    if nested.count is not None:
        state = record.values.get(nested.count)
        if isinstance(state, Absent) or (isinstance(state, int) and not isinstance(state, bool)):
            return state if not stated or stated == {state} else None
    return stated.pop() if len(stated) == 1 else None


def _settle_tallies(
    assembly: Assembly, record: Record, matter: Matter, nested: Nested, elements: Elements
) -> None:
    """A number of elements that the elements themselves contradict: neither is known."""
    items = [item for item in elements.items if isinstance(item, Record)]
    counted = record.values.get(nested.count or "")
    whole = counted if isinstance(counted, int) else len(items) if elements.closed else None
    for mine, theirs in nested.tally.items():
        stated = record.values.get(mine)
        if not isinstance(stated, int):
            continue
        said = [item.scalar(theirs) for item in items]
        held, failed = said.count(True), said.count(False)
        if held <= stated and (whole is None or stated <= whole - failed):
            continue
        types = assembly.schema.types
        number, each = types[record.type].fields[mine].title, types[nested.of].fields[theirs].title
        assembly.problem(
            matter.drafts[0],
            f"“{number}”写{stated}，“{nested.title}”里“{each}”为“是”的{held}条、为“否”的{failed}条，"
            "对不上，两处都不作数，请核对",
            record.key,
        )
        record.values[mine] = Unknown(Cause.UNREADABLE)
        for item in items:
            item.values[theirs] = Unknown(Cause.UNREADABLE)


def fill_links(assembly: Assembly, ledgers: Ledgers, record_types: Sequence[RecordType]) -> None:
    """Give the records of these types the lists of the records that they link to.

    A link of a record whose own join field is not known, or to a ledger that is not complete or
    has a record with a duplicate key or an unknown join field, is open. Linear in the records.
    """
    indexes: dict[tuple[str, tuple[str, ...]], _Index] = {}
    for record_type in record_types:
        for name, link in record_type.links.items():
            theirs = tuple(link.on)
            index = indexes.get((link.to, theirs))
            if index is None:
                index = indexes[link.to, theirs] = _Index(assembly, ledgers, link.to, theirs)
            for record in assembly.records.get(record_type.type, []):
                record.values[name] = index.find(_own(record, link))


def _own(record: Record, link: Link) -> list[State]:
    return [
        record.parent.key if mine == _PARENT and record.parent is not None else record.scalar(mine)
        for mine in link.on.values()
    ]


def _theirs(record: Record, path: str) -> State:
    if path.startswith(OF_PARENT) and record.parent is not None:
        return record.parent.scalar(path.removeprefix(OF_PARENT))
    return record.scalar(path)


class _Index:
    """The records of one type by some of their fields."""

    def __init__(
        self, assembly: Assembly, ledgers: Ledgers, name: str, theirs: tuple[str, ...]
    ) -> None:
        found: dict[tuple[str, ...], list[Record]] = {}
        closed = ledgers.closed(name)
        for record in assembly.records.get(name, []):
            if id(record) in assembly.duplicates:
                closed = False
                continue
            states = [_theirs(record, path) for path in theirs]
            if any(isinstance(state, Unknown) for state in states):
                closed = False
            elif not any(isinstance(state, Absent) for state in states):
                found.setdefault(tuple(_join_key(state) for state in states), []).append(record)
        self._closed = closed
        self._found = {
            key: Elements(tuple(records), closed=closed) for key, records in found.items()
        }
        self._none = Elements((), closed=closed)

    def find(self, mine: list[State]) -> Elements:
        """The records whose fields equal these."""
        for state in mine:
            if isinstance(state, Absent):
                return ABSENT_LIST
        for state in mine:
            if isinstance(state, Unknown):
                cause = Cause.OPEN_LIST if state.cause is Cause.NO_COLUMN else state.cause
                return Elements((), closed=False, cause=cause)
        return self._found.get(tuple(_join_key(state) for state in mine), self._none)


def _join_key(state: State) -> str:
    return fold(str(state))
