"""The same matter under two keys: found by what it is called, whose it is, and its days."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import Final

from engine.model.facts import Problem, problem_at
from engine.model.field import FieldKind
from engine.model.record_type import RecordType, Same
from engine.model.regex import regex
from engine.model.values import Cause, Elements, Unknown
from facts.joining.rows import Joined, hides
from facts.writing.meanings import agree
from facts.writing.text import fold

_STAGES: Final = regex(r"草案|送审稿|征求意见稿|审议稿|修改稿|讨论稿|[\W_]")
"""What a title bears of its draft, and its signs: 《停车管理办法（草案）》 is 停车管理办法."""
_PIECES: Final = regex(r"[0-9]+|[^\W\d_]+")
"""The figures and the letters of a key, without its signs."""
_MOST: Final = 40
"""Above this many records of one name only neighbours are compared: comparing is quadratic."""
_NAMED: Final = 5
_OPEN: Final = Elements((), closed=False, cause=Cause.CONTRADICTED)
_CONTRADICTED: Final = Unknown(Cause.CONTRADICTED)


def twins(record_type: RecordType, found: Sequence[Joined]) -> Iterator[tuple[Joined, Joined]]:
    """Every two of the records that are one matter under two keys.

    By what the type declares, or by keys that are one but for their signs: 豫Q-01 and 豫Q1.
    """
    for alike in _of_one_number(record_type, found):
        yield from _pairs(alike)
    same = record_type.same
    if same is None:
        return
    called: dict[tuple[str, ...], list[Joined]] = defaultdict(list)
    for one in found:
        name = _name(one, same)
        if name is not None:
            called[name].append(one)
    for group in called.values():
        yield from ((a, b) for a, b in _pairs(group) if a.name != b.name and _close(a, b, same))


def _pairs(alike: Sequence[Joined]) -> Iterator[tuple[Joined, Joined]]:
    """Every two of the records, of many the neighbours."""
    return combinations(alike, 2) if len(alike) <= _MOST else pairwise(alike)


def _of_one_number(record_type: RecordType, found: Sequence[Joined]) -> Iterator[list[Joined]]:
    """The records whose keys differ in their signs and leading zeros alone."""
    if len(record_type.key) != 1:
        return
    parts: dict[tuple[str, ...], dict[str, Joined]] = defaultdict(dict)
    for one in found:
        key = one.rows.cells.get(record_type.key[0])
        if isinstance(key, str):
            pieces = (piece.lstrip("0") or "0" for piece in _PIECES.findall(fold(key)))
            parts[tuple(pieces)].setdefault(key, one)
    yield from ([*alike.values()] for alike in parts.values() if len(alike) > 1)


def _name(one: Joined, same: Same) -> tuple[str, ...] | None:
    """What a record is called, without the signs of a draft; None of one that hides it."""
    said = [one.rows.cells.get(path) for path in same.names]
    if not all(isinstance(text, str) and not hides(text) for text in said):
        return None
    names = tuple(_STAGES.sub("", fold(str(text))) for text in said)
    return names if all(names) else None


def _close(one: Joined, other: Joined, same: Same) -> bool:
    """Whether a day that both have is close, and neither another nor what is alike differs."""
    mine, theirs = one.rows.cells, other.rows.cells
    said = [(mine.get(path), theirs.get(path)) for path in same.alike]
    if any(isinstance(a, str) and isinstance(b, str) and fold(a) != fold(b) for a, b in said):
        return False
    days = ((mine.get(path), theirs.get(path)) for path in same.days)
    apart = [
        abs(day.toordinal() - another.toordinal())
        for day, another in days
        if isinstance(day, dt.date) and isinstance(another, dt.date)
    ]
    return bool(apart) and max(apart) <= same.within


def doubted(one: Joined, other: Joined) -> Problem:
    """What is said of two such records; what their rows say differently counts for nothing more.

    Nor is the later of them counted again.
    """
    fields, same = one.type.fields, one.type.same
    alike = set() if same is None else {*same.names, *same.alike}
    counted = () if same is None else same.counted
    shared = _columns(one) & _columns(other) - {*one.type.key, *alike}
    mine, theirs = one.rows.cells, other.rows.cells
    differing = [
        path
        for path in fields
        if path in shared
        and (path in mine or path in theirs)
        and not (path in mine and path in theirs and agree(mine[path], theirs[path]))
    ]
    for path in differing:
        state = _OPEN if fields[path].type is FieldKind.SET else _CONTRADICTED
        mine[path] = theirs[path] = state
    for path in counted:
        theirs[path] = _CONTRADICTED
    for twin in (one, other):
        twin.torn |= set(twin.type.nested)
    titles = "".join(f"“{fields[path].title}”" for path in differing[:_NAMED])
    more = f"等{len(differing)}栏" if len(differing) > _NAMED else ""
    told = f"；核清以前，两行写得不一样的{titles}{more}都不作数" if differing else ""
    told += "；核清以前，后一行不合计" if counted else ""
    named = "、".join(f"“{fields[path].title}”" for path in one.type.key)
    return problem_at(
        one.rows.drafts[0].source,
        f"与{other.rows.drafts[0].source.place()}像是同一件（{one.name}、{other.name}）{told}",
        hint=f"是一件的，合成一行，或者{named}写成一样；不是的，在名称、内容里写出区别",
        record_type=one.type.type,
    )


def _columns(one: Joined) -> set[str]:
    """The fields whose columns the sheets of its rows have."""
    return {path for draft in one.rows.drafts for path in draft.columns}
