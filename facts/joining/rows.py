"""Rows that speak of one record: their keys, and whether they agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from engine.model.field import FieldKind
from engine.model.record_type import RecordType
from engine.model.regex import regex
from engine.model.values import Absent, Cause, Elements, Unknown
from facts.joining.unkeyed import name_of
from facts.ledgers.draft import Draft
from facts.writing.meanings import UNREADABLE, CellState, agree
from facts.writing.text import fold

KeyParts: TypeAlias = tuple[str, ...]
"""The folded values of a key's fields."""

_HIDES: Final = regex("[某×*＊]")
_MOST: Final = 40
"""Above this many different rows of one key nothing is put together: comparing is quadratic."""

_UNREAD_SET: Final = Elements((), closed=False, cause=Cause.UNREADABLE)


@dataclass(slots=True)
class RecordRows:
    """The rows that speak of one record, and what they say together."""

    drafts: list[Draft]
    key: KeyParts = ()
    cells: dict[str, CellState] = field(default_factory=dict)

    def fits(self, draft: Draft) -> bool:
        """Whether a draft contradicts nothing said so far; the key is the same in any case."""
        cells, key = self.cells, draft.type.key if self.key else ()
        return not cells or all(
            path not in cells or path in key or agree(cells[path], state)
            for path, state in draft.cells.items()
        )

    def take(self, draft: Draft) -> None:
        """Add what a draft says."""
        self.drafts.append(draft)
        for path, state in draft.cells.items():
            self.cells.setdefault(path, state)


@dataclass(slots=True, eq=False)
class Joined:
    """One record to be: its name, its rows, and by list the records to be that nest in it.

    `referable`: its key is its alone, so that others can refer to it by that. `torn` are the lists
    of which rows contradict each other: nobody knows how many elements they have.
    """

    type: RecordType
    name: str
    rows: RecordRows
    referable: bool = True
    lists: dict[str, list[Joined]] = field(default_factory=dict)
    torn: set[str] = field(default_factory=set)


def alone(draft: Draft) -> RecordRows:
    """A record of which one row speaks, and no other."""
    rows = RecordRows([])
    rows.take(draft)
    return rows


Clash: TypeAlias = tuple[str, Draft, Draft]
"""A field of which two rows of one thing say different things, and the two."""


def merged(drafts: list[Draft], identity: tuple[str, ...]) -> tuple[RecordRows, list[Clash]]:
    """All that the rows of one thing say, and where they contradict each other: nobody knows."""
    rows = RecordRows([], key_of(drafts[0].cells, drafts[0].type.key) or ())
    first: dict[str, Draft] = {}
    clashes: dict[str, Clash] = {}
    for draft in drafts:
        for path, state in draft.cells.items():
            other = first.setdefault(path, draft)
            if path not in identity and not agree(other.cells[path], state):
                clashes.setdefault(path, (path, other, draft))
        rows.take(draft)
    for path in clashes:
        is_set = drafts[0].type.fields[path].type is FieldKind.SET
        rows.cells[path] = _UNREAD_SET if is_set else UNREADABLE
    return rows, list(clashes.values())


def records_among(drafts: list[Draft], key: KeyParts) -> list[RecordRows]:
    """The records that the rows of one key speak of, whatever their order.

    Rows that agree are one record. Where some contradict each other, a row that would complete
    several of the records completes none: it stands by itself.
    """
    whole = RecordRows([], key)
    for draft in drafts:
        if not whole.fits(draft):
            break
        whole.take(draft)
    else:
        return [whole]
    same: dict[str, list[Draft]] = {}
    for draft in drafts:
        same.setdefault(said(draft.cells), []).append(draft)
    kinds = list(same.values())
    groups = kinds if len(kinds) > _MOST else _cliques(kinds)
    order = {id(draft): place for place, draft in enumerate(drafts)}
    found = []
    for group in groups:
        rows = RecordRows([], key)
        for draft in sorted(group, key=lambda item: order[id(item)]):
            rows.take(draft)
        found.append(rows)
    return sorted(found, key=content)


def _cliques(kinds: list[list[Draft]]) -> list[list[Draft]]:
    """Rows that agree, put together; one that agrees with two at odds stays apart."""
    key = frozenset(kinds[0][0].type.key)
    heads = [{p: s for p, s in kind[0].cells.items() if p not in key} for kind in kinds]
    places = range(len(kinds))
    fits = [{b for b in places if a != b and _compatible(heads[a], heads[b])} for a in places]
    torn = {a for a in places if any(b not in fits[c] for b in fits[a] for c in fits[a] if b < c)}
    groups: list[list[Draft]] = [kinds[a] for a in torn]
    done: set[int] = set(torn)
    for a in places:
        if a not in done:
            clique = ({a} | fits[a]) - torn
            done |= clique
            groups.append([draft for b in sorted(clique) for draft in kinds[b]])
    return groups


def _compatible(one: Mapping[str, CellState], other: Mapping[str, CellState]) -> bool:
    return all(path not in other or agree(other[path], state) for path, state in one.items())


def repeated(drafts: list[Draft]) -> Iterator[tuple[Draft, Draft]]:
    """Rows that repeat an earlier one of the same columns to the letter, each with that one."""
    seen: dict[tuple[frozenset[str], str], Draft] = {}
    for draft in drafts:
        if draft.children or draft.lists:
            continue
        first = seen.setdefault((draft.columns, said(draft.cells)), draft)
        if first is not draft:
            yield draft, first


def own_key(draft: Draft) -> KeyParts | None:
    """The folded key of a draft; None if a part of it is missing or can't be read."""
    return key_of(draft.cells, draft.type.key)


def identity(draft: Draft) -> KeyParts | None:
    """What tells an element of a list from the others; None if nothing certain does.

    张某 and 李×× hide who it is: two rows that name one so may be two persons.
    """
    if draft.type.key:
        return own_key(draft)
    known = key_of(draft.cells, draft.type.distinct)
    return None if known is None or any(map(hides, known)) else known


def hides(name: str) -> bool:
    """Whether a name hides whose it is: 张某, 李××."""
    return _HIDES.search(name) is not None


def key_of(cells: Mapping[str, CellState], paths: tuple[str, ...]) -> KeyParts | None:
    """The folded values at `paths`; None if one of them is not known, or if there are none."""
    parts = []
    for path in paths:
        state = cells.get(path)
        if state is None or isinstance(state, Unknown | Absent | Elements):
            return None
        parts.append(fold(str(state)))
    return tuple(parts) or None


def key_text(rows: RecordRows) -> str:
    """The key as the office writes it."""
    return "/".join(str(rows.cells[path]) for path in rows.drafts[0].type.key)


def stand_in(rows: RecordRows) -> str:
    """A name for a record without a key: its label with its day, else what is known of it first.

    What is kept from readers names nothing.
    """
    draft = rows.drafts[0]
    known = name_of(draft) if draft.type.key else ""
    if known:
        return known
    fields = draft.type.fields
    shown = [path for path in fields if path in draft.cells and not fields[path].kept]
    label = draft.type.label
    named = [label] if label in shown and isinstance(draft.cells[label], str) else shown[:2]
    cells = [(draft.cells[path], draft.sources[path]) for path in named if path in draft.sources]
    texts = [cell if isinstance(cell, str) else source.text for cell, source in cells]
    name = "·".join(filter(None, texts)) or draft.source.place()
    return f"（无编号）{name}" if draft.type.key else name


def content(rows: RecordRows) -> str:
    """What the rows say, as something to sort by."""
    return said(rows.cells)


def said(cells: Mapping[str, CellState]) -> str:
    """Cells as text, whatever their order."""
    return repr(sorted((path, repr(state)) for path, state in cells.items()))
