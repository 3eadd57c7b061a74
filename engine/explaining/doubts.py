"""Facts that can't all be so, in words: what stands where, and why it can't be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from engine.explaining.words import Words
from engine.judging.doubt import Doubt, Fact
from engine.model.assessment import InputEntry, ProblemEntry, Step
from engine.model.values import NO_COLUMN, Record, Source

TITLE: Final = "互相矛盾、核对清楚之前不作数的事实"
PRESUMED: Final = "没有人确认是哪一列、确认以前不作数的事实"
"""The heads of a trace's lines about facts in doubt."""


def steps(doubts: Iterable[Doubt], words: Words) -> tuple[Step, ...]:
    """The lines of a trace that say which facts are in doubt, and where each stands."""
    found: dict[str, list[Step]] = {TITLE: [], PRESUMED: []}
    for doubt in doubts:
        step = Step(1, None, described(doubt, words), _places(doubt, words))
        found[PRESUMED if doubt.presumed else TITLE].append(step)
    return tuple(
        step for title, own in found.items() if own for step in (Step(0, None, title), *own)
    )


def described(doubt: Doubt, words: Words) -> str:
    """One doubt in a sentence: each fact as it stands, then the reason."""
    several = len({id(record) for record, _ in doubt.facts}) > 1
    said = [_fact(record, path, words, named=several) for record, path in doubt.facts]
    return f"{'，'.join(said)}：{doubt.why}"


def with_problems(
    inputs: Sequence[InputEntry], doubts: Iterable[Doubt], words: Words
) -> tuple[InputEntry, ...]:
    """The inputs with a problem for every clash, at the file of its first fact; each once.

    A fact that no file holds (a settled year, a copied day) is told by the outcomes alone.
    """
    found: dict[str, dict[ProblemEntry, None]] = {}
    for doubt in (one for one in doubts if not one.presumed):  # the file tells of its columns
        problem = _problem(doubt, words)
        found.setdefault(_first(doubt).file, {}).setdefault(problem)
    return tuple(
        replace(item, problems=(*item.problems, *sorted(own, key=lambda p: (p.place, p.text))))
        if (own := _of_file(found, item, words))
        else item
        for item in inputs
    )


def _of_file(
    found: Mapping[str, Mapping[ProblemEntry, None]], item: InputEntry, words: Words
) -> list[ProblemEntry]:
    return [
        problem
        for file, problems in found.items()
        if words.text(file) == item.path
        for problem in problems
        if problem not in item.problems
    ]


def _problem(doubt: Doubt, words: Words) -> ProblemEntry:
    sources = [_source(fact) for fact in doubt.facts]
    places = "、".join(dict.fromkeys(words.text(place.place()) for place in sources if place.file))
    text = f"{places}：{described(doubt, words)}。核对清楚之前，这几处都不作数"
    return ProblemEntry(words.text(_first(doubt).place()), text, "error")


def _first(doubt: Doubt) -> Source:
    """Where the first of the facts stands that stands in a file at all."""
    places = [_source(fact) for fact in doubt.facts]
    return next((place for place in places if place.file), places[0])


def _source(fact: Fact) -> Source:
    record, path = fact
    return record.source_of(path)


def _places(doubt: Doubt, words: Words) -> tuple[str, ...]:
    return tuple(
        f"{words.title(record.type, path)}：{words.text(source.place())}"
        for record, path in doubt.facts
        if (source := record.source_of(path)).file
    )


def _fact(record: Record, path: str, words: Words, *, named: bool) -> str:
    title = words.title(record.type, path)
    state = record.values.get(path, NO_COLUMN)
    value = words.state(state, words.field_type(record.type, path))
    whose = f"{words.record(record)}的" if named else ""
    return f"{whose}“{title}”是{value}"
