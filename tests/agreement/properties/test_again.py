"""What is judged again after a change is what a fresh run makes of it."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import pytest

from engine.assessing.again import Reassessing
from engine.assessing.assess import assess
from engine.explaining.detail import Detailer
from engine.judging import again
from engine.judging.again import Rejudging
from engine.judging.altered import altered
from engine.judging.run import Judged, Run, judge
from engine.model.assessment import OutcomeEntry
from engine.model.assessment_json import to_json
from engine.model.outcome import Outcome
from engine.model.values import ABSENT, Cause, Elements, Record, Records, Source, Unknown
from engine.model.workdays import WorkCalendar
from engine.ruleset.model import Requirement, Ruleset
from tests.agreement.differential import comparison as c
from tests.runs import a_run

CHANGES = 10
SHARE = 40


def _changed(records: Records, dice: random.Random, types: Collection[str] = ()) -> Records:
    """Copies of the records, one fact of one of them another one: or a record more, or less.

    `types`: of what type that one is; without them, of any.
    """
    every = {id(record): dict[str, Any]() for found in records.values() for record in found}
    copies = {name: list(found) for name, found in altered(records, every).items()}
    filled = [name for name, found in copies.items() if found]
    name = dice.choice([name for name in filled if name in types] or filled)
    record: Record = dice.choice(copies[name])
    kind = dice.random()
    if kind < 0.1:
        copies[name].remove(record)
    elif kind < 0.15:
        copies[name].append(replace(record, key=record.key + "（又）", values=dict(record.values)))
    elif record.values:
        path = dice.choice(sorted(record.values))
        value = record.values[path]
        if isinstance(value, Elements):
            record.values[path] = replace(value, closed=not value.closed)
        else:
            others = [one.values[path] for one in copies[name] if path in one.values]
            record.values[path] = dice.choice([*others, ABSENT, Unknown(Cause.BLANK)])
    return copies


def _said(judged: Judged) -> tuple[Any, ...]:
    outcomes = {name: list(found) for name, found in judged.outcomes.items()}
    return outcomes, judged.engines, judged.differing, judged.doubts, judged.doubtful


@pytest.mark.rounds(1, nightly=8)
def test_judged_again_is_judged_afresh(
    rounds: int,
    ruleset: Ruleset,
    calendar: WorkCalendar,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Broken by a fact that an outcome rests on and that is not among what it reads."""
    counts: list[int] = []

    def counted(run: Run, requirements: Sequence[Requirement]) -> Judged:
        counts.append(len(requirements))
        return judge(run, requirements)

    monkeypatch.setattr(again, "judge", counted)
    requirements = list(ruleset.requirements.values())
    for seed in range(rounds):
        material = c.shipped(seed, ruleset, calendar, 0.01)
        rejudging, records = Rejudging(), material.records
        run = a_run(records, material.world, material.year)
        assert _said(rejudging.judge(run, requirements)) == _said(judge(run, requirements))
        dice = random.Random(seed)  # noqa: S311 - dice
        for _ in range(CHANGES):
            run = run.on(_changed(run.records, dice))
            assert _said(rejudging.judge(run, requirements)) == _said(judge(run, requirements))
    first, *later = counts[: CHANGES + 1]
    assert first == len(requirements)
    assert sum(later) < 0.5 * first * len(later)


def test_another_day_is_judged_as_a_whole(ruleset: Ruleset, calendar: WorkCalendar) -> None:
    """Broken by outcomes of yesterday said of today."""
    material = c.shipped(1, ruleset, calendar, 0.01)
    few = list(ruleset.requirements.values())[::20]
    rejudging = Rejudging()
    run = a_run(material.records, material.world, material.year)
    rejudging.judge(run, few)
    later = replace(run, world=replace(run.world, as_of=run.world.as_of.replace(year=2027)))
    assert _said(rejudging.judge(later, few)) == _said(judge(later, few))


@pytest.mark.rounds(1, nightly=8)
def test_what_stays_of_the_last_assessment_is_what_a_fresh_one_says(
    rounds: int,
    ruleset: Ruleset,
    calendar: WorkCalendar,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Broken by an entry that tells of a fact, a cell, a parent or a doubt of the run before."""
    written: list[str] = []

    def counted(self: Detailer, record: Record, outcome: Outcome, **asked: bool) -> OutcomeEntry:
        written.append(self.requirement.id)
        return entry(self, record, outcome, **asked)

    entry = Detailer.entry
    monkeypatch.setattr(Detailer, "entry", counted)
    few = dict(list(ruleset.requirements.items())[::SHARE])
    part = replace(ruleset, requirements=few, gates={}, profiles={})
    subjects = {requirement.subject for requirement in few.values()}
    for seed in range(rounds):
        material = c.shipped(seed, ruleset, calendar, 0.01)
        kept, dice = Reassessing(), random.Random(seed)  # noqa: S311 - dice
        run = a_run(material.records, material.world, material.year, explain_all=True)
        spared = 0
        for turn in range(CHANGES):
            before = len(written)
            said = to_json(assess(part, run, kept))
            again = len(written)
            assert to_json(assess(part, run)) == said
            spared += again - before < len(written) - again
            change = _changed if turn % 2 else _elsewhere
            run = run.on(change(run.records, dice, subjects))
        assert spared > CHANGES / 4


def _elsewhere(records: Records, dice: random.Random, types: Collection[str]) -> Records:
    """The records, one of them read from another row."""
    copies = {name: list(found) for name, found in records.items()}
    found = copies[dice.choice([name for name, found in copies.items() if found and name in types])]
    place = dice.randrange(len(found))
    found[place] = replace(found[place], source=Source("另一份.xlsx", "另一张", "A99"))
    return copies
