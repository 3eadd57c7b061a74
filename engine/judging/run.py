"""A run and its judging: two engines give every outcome, and the two are compared."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Final, Self

from engine.judging import doubt, rete
from engine.judging.doubt import Doubt, OwnMatter
from engine.judging.judge import Judge, ReferenceJudge
from engine.judging.measure import Measurer
from engine.judging.sql import for_size
from engine.model.assessment import EngineEntry, MadeFrom
from engine.model.errors import WrongDayError
from engine.model.facts import Facts
from engine.model.outcome import Outcome
from engine.model.values import YEARS, Record, Records, in_years
from engine.model.world import World
from engine.ruleset.model import Requirement, Ruleset

SAMPLE_ABOVE: Final = 400_000
"""Outcomes above which SQL judges all and the other engine re-judges a sample."""

SAMPLE_SHARE: Final = 10
"""One record in so many is in the sample."""


@dataclass(frozen=True)
class Run:
    """What one assessment is made of, besides the ruleset: the facts, and how they are looked at.

    `profile` names a list of requirements, empty for all. `unmask`: show what stays in the
    office. `explain_all`: give reasons for met outcomes too. `made_from`: which program runs, and
    what it was asked, for the assessment to name.
    """

    facts: Facts
    world: World
    profile: str = ""
    unmask: bool = False
    explain_all: bool = False
    made_from: MadeFrom | None = None

    @property
    def records(self) -> Records:
        """The records that are judged, by type."""
        return self.facts.records

    @property
    def year(self) -> int:
        """The assessed year."""
        return self.facts.year

    def on(self, records: Records) -> Self:
        """The same run on these records instead."""
        return replace(self, facts=replace(self.facts, records=records))


def run_of(ruleset: Ruleset, facts: Facts, as_of: dt.date, *, unmask: bool = False) -> Run:
    """The run on the facts of a folder, seen on a day under the parameters of its jurisdiction.

    Raises `WrongDayError` where no record has such a day.
    """
    check_day(as_of)
    world = World(
        schema=ruleset.schema,
        as_of=as_of,
        calendar=facts.calendar,
        place=facts.place,
        params=ruleset.periods(facts.jurisdiction),
    )
    return Run(facts, world, unmask=unmask)


def check_day(day: dt.date) -> None:
    """Raise `WrongDayError` where a day is so far off that no record has it."""
    if not in_years(day.year):
        raise WrongDayError(f"“{day}”：{YEARS}")


@dataclass
class Judged:
    """The outcomes of a run, by requirement and subject, and where the engines differed.

    `doubts` are the facts that can't all be so, `doubtful` the outcomes that rest on them.
    """

    outcomes: dict[str, list[Outcome]]
    engines: tuple[EngineEntry, ...]
    differing: dict[tuple[str, int], Mapping[str, Outcome]] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    doubtful: set[tuple[str, int]] = field(default_factory=set)


def everyday_judges(records: Records) -> tuple[Judge, Judge, str]:
    """The engines of the everyday run, and what to say where one had to be replaced."""
    if rete.available():
        return rete.ReteJudge(), for_size(records), ""
    note = "本机未装 durable_rules（Windows 或 Python 3.13 以上装不了），由 reference 代替"
    return ReferenceJudge(), for_size(records), note


def judge(run: Run, requirements: Sequence[Requirement]) -> Judged:
    """Every outcome on the word of two engines; where they differ it is `failed`.

    Where facts can't all be so, what rests on them is judged once more without them: what is
    met, not applicable or a gap only by facts in doubt is 存疑待核. Where facts are declared to
    breach what applies, that is a gap.
    """
    read = {owner for requirement in requirements for owner, _ in requirement.reads}
    found = doubt.Clashes(run.world).doubts(run.records, read, presumed=run.facts.presumed)
    judged = _by_both(run, run.records, requirements)
    if not found:
        return judged
    judged.doubts = tuple(found)
    resting = doubt.resting(requirements, found)
    doubted = doubt.in_doubt(run.records, found)
    places = {name: _apart(run.records[name], of_type) for name, of_type in doubted.items()}
    seen = {name: [doubted[name][place] for place in at] for name, at in places.items()}
    again = _by_both(run, seen, resting)
    for requirement in resting:
        outcomes = judged.outcomes[requirement.id]
        own = OwnMatter(requirement, run.records, found, Measurer(requirement, run.world, run.year))
        at = places.get(requirement.subject, ())
        for position, without in zip(at, again.outcomes[requirement.id], strict=True):
            stands = outcomes[position]
            gap = stands is Outcome.GAP and without is not stands and own.gap(position)
            breached = own.breached(position)
            outcomes[position] = doubt.settled(stands, without, own=gap, breached=breached)
            if outcomes[position] is not stands:
                judged.doubtful.add((requirement.id, position))
    for (name, position), answers in again.differing.items():
        subject = next(r.subject for r in resting if r.id == name)
        judged.differing[name, places[subject][position]] = answers
    return judged


def _apart(records: Sequence[Record], doubted: Sequence[Record]) -> list[int]:
    """The places of the records from which a fact in doubt can be seen."""
    pairs = enumerate(zip(records, doubted, strict=True))
    return [place for place, (record, other) in pairs if record is not other]


def _by_both(run: Run, records: Records, requirements: Sequence[Requirement]) -> Judged:
    """The outcomes for these records by both engines, and where they differ."""
    first, second, note = everyday_judges(records)
    world, year = run.world, run.year
    total = sum(len(records.get(r.subject, ())) for r in requirements)
    chosen = _sample(records, requirements) if total > SAMPLE_ABOVE else None
    checked = {**records, **chosen} if chosen is not None else records
    # Neither waits for the other: the database plans its queries while Python measures.
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(second.judge, requirements, records, world, year)
        again = first.judge(requirements, checked, world, year)
        all_outcomes = waiting.result()
    judged = Judged({name: list(found) for name, found in all_outcomes.items()}, ())
    compared = 0
    for requirement in requirements:
        positions = _positions(records, checked, requirement.subject)
        for position, answer in zip(positions, again[requirement.id], strict=True):
            compared += 1
            other = judged.outcomes[requirement.id][position]
            if answer is not other:
                judged.differing[requirement.id, position] = {
                    first.name: answer,
                    second.name: other,
                }
                judged.outcomes[requirement.id][position] = Outcome.FAILED
    judged.engines = (
        EngineEntry(second.name, total),
        EngineEntry(first.name, compared, sample=compared < total, note=note),
    )
    return judged


def _sample(records: Records, requirements: Sequence[Requirement]) -> dict[str, list[Record]]:
    """One record in ten of each subject type, the same ones in every run."""
    chosen = {}
    for subject in {requirement.subject for requirement in requirements}:
        found = records.get(subject, ())
        count = max(1, len(found) // SAMPLE_SHARE) if found else 0
        picked = sorted(random.Random(len(found)).sample(range(len(found)), count))  # noqa: S311
        chosen[subject] = [found[position] for position in picked]
    return chosen


def _positions(records: Records, checked: Records, subject: str) -> list[int]:
    if records.get(subject) is checked.get(subject):
        return list(range(len(records.get(subject, ()))))
    places = {id(record): position for position, record in enumerate(records[subject])}
    return [places[id(record)] for record in checked[subject]]
