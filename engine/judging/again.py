"""Judging run after run in one process: only what depends on a change is judged again.

An outcome rests on the facts its requirement reads, and on the doubts about them. Where none of
those changed it is what both engines made of the same facts a moment ago; it is never kept
beyond the process.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from engine.judging import doubt
from engine.judging.doubt import Doubt
from engine.judging.run import SAMPLE_ABOVE, Judged, Run, judge
from engine.model.values import Elements, Record, Records
from engine.ruleset.model import Requirement

_Where: TypeAlias = dict[int, tuple[str, int]]
"""By the id of a record: its type and its place among those."""


@dataclass(frozen=True)
class _Last:
    requirements: Sequence[Requirement]
    run: Run
    judged: Judged


class Rejudging:
    """Remembers the last run of each choice of requirements, and what both engines made of it."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, ...], _Last] = {}

    def judge(self, run: Run, requirements: Sequence[Requirement]) -> Judged:
        """What `judge` says of the run, by judging what may have changed since the last one.

        Every requirement on a type of record is judged again where one of them may have changed.
        A run on another day, year, calendar or place's parameters is judged as a whole, and so is
        one of which an engine sees but a sample.
        """
        name = tuple(requirement.id for requirement in requirements)
        last = self._last.get(name)
        total = sum(len(run.records.get(r.subject, ())) for r in requirements)
        if last is None or total > SAMPLE_ABOVE or not _alike(last, run, requirements):
            judged = judge(run, requirements)
        else:
            judged = _again(last, run, requirements, total)
        self._last[name] = _Last(requirements, run, judged)
        return judged


def _alike(last: _Last, run: Run, requirements: Sequence[Requirement]) -> bool:
    """Whether nothing but records and the place's facts can have changed."""
    same = all(a is b for a, b in zip(last.requirements, requirements, strict=True))
    return same and around(last.run) == around(run)


def around(run: Run) -> tuple[object, ...]:
    """What every outcome rests on besides the facts."""
    world = run.world
    parts = (world.as_of, world.calendar, world.params, world.assumed)
    return id(world.schema), run.year, run.facts.presumed, *parts


def _again(last: _Last, run: Run, requirements: Sequence[Requirement], total: int) -> Judged:
    read = {owner for requirement in requirements for owner, _ in requirement.reads}
    doubts = tuple(doubt.Clashes(run.world).doubts(run.records, read, presumed=run.facts.presumed))
    changed = _changed(last.run, run)
    if named(last.judged.doubts, last.run.records) != named(doubts, run.records):
        changed |= {field for one in (*last.judged.doubts, *doubts) for field in one.fields}
    whole = {name for name, path in changed if not path}
    types = {
        requirement.subject
        for requirement in requirements
        if (reads := requirement.reads) & changed
        or requirement.subject in whole
        or any(name in whole for name, _ in reads)
    }
    part = judge(run, [r for r in requirements if r.subject in types])
    kept = {r.id for r in requirements if r.subject not in types}
    before = last.judged
    engines = part.engines if part.outcomes else before.engines
    return Judged(
        outcomes={r.id: (before if r.id in kept else part).outcomes[r.id] for r in requirements},
        engines=tuple(replace(engine, judged=total) for engine in engines),
        differing={k: v for k, v in before.differing.items() if k[0] in kept} | part.differing,
        doubts=doubts,
        doubtful={one for one in before.doubtful if one[0] in kept} | part.doubtful,
    )


def _changed(before: Run, now: Run) -> set[tuple[str, str]]:
    """The record types and paths of facts that changed; without a path where all of a type may."""
    then_all, now_all = _with_place(before), _with_place(now)
    first, then = _where(then_all), _where(now_all)
    found: set[tuple[str, str]] = set()
    for name in {*then_all, *now_all}:
        old, new = then_all.get(name, ()), now_all.get(name, ())
        if [_stands(one, first) for one in old] != [_stands(one, then) for one in new]:
            found.add((name, ""))
            continue
        for one, other in zip(old, new, strict=True):
            for path in {*one.values, *other.values}:
                if _held(one.values.get(path), first) != _held(other.values.get(path), then):
                    found.add((name, path))
    return found


def moved(before: Run, now: Run) -> set[str]:
    """The record types of which a fact, or the cell that it stands in, is another one."""
    then_all, now_all = _with_place(before), _with_place(now)
    first, then = _where(then_all), _where(now_all)

    def stands(one: Record, where: _Where) -> tuple[object, ...]:
        held = {path: _held(value, where) for path, value in one.values.items()}
        return *_stands(one, where), one.source, one.sources, held

    return {
        name
        for name in {*then_all, *now_all}
        if [stands(one, first) for one in then_all.get(name, ())]
        != [stands(one, then) for one in now_all.get(name, ())]
    }


def _with_place(run: Run) -> Records:
    return {**run.records, run.world.place.type: [run.world.place]}


def _where(records: Records) -> _Where:
    return {
        id(one): (name, i) for name, of_type in records.items() for i, one in enumerate(of_type)
    }


def _stands(record: Record, where: _Where) -> tuple[str, object]:
    """A record by its key and by where it is nested."""
    return record.key, where.get(id(record.parent))


def _held(value: object, where: _Where) -> object:
    """A value that is equal to another where no engine can tell them apart."""
    if not isinstance(value, Elements):
        return type(value), value
    items = [where.get(id(one)) if isinstance(one, Record) else one for one in value.items]
    return value.closed, value.cause, value.absent, items


def named(doubts: Sequence[Doubt], records: Records) -> list[Hashable]:
    """Doubts by where their facts stand."""
    where = _where(records)

    def name(one: Doubt) -> Iterator[Hashable]:
        yield from ((where.get(id(record)), path) for record, path in one.facts)
        yield one.why
        yield one.breach and (where.get(id(one.breach[0])), one.breach[1])

    return [tuple(name(one)) for one in doubts]
