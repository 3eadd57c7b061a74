"""Gates of a run: judged under each gate's assumption and concluded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from engine.assessing.days_come import DaysCome
from engine.assessing.gate_states import GateResult, Standing, conclude_all
from engine.assessing.gate_steps import StepWriter, Told
from engine.assessing.latest import LatestDays
from engine.assessing.subjects import day_in, family, only
from engine.explaining.words import Words
from engine.judging.measure import Measurer
from engine.judging.run import Judged, Run, judge
from engine.model.gate import DayFrom, GateEntry, GateStep
from engine.model.outcome import GATE_STATE_TITLES, GateState, Outcome
from engine.model.values import CAUSE_TITLES, Cause, Record, Records, Unknown
from engine.ruleset.model import Gate, Requirement, Ruleset

_NOT_GIVEN: Final = (Cause.BLANK, Cause.NO_COLUMN, Cause.PLANNED)
"""Why a day is not known that the ledger doesn't give, or gives for what is still to come."""


@dataclass
class Gated:
    """A gate's result for one subject, and the run and outcomes it stands on.

    `done` are those of its pending outcomes that wait for nothing but the day of an earlier gate,
    as of a meeting that is still to be held.
    """

    gate: Gate
    subject: Record
    result: GateResult
    run: Run
    judged: Judged
    day: dt.date | None
    done: frozenset[Standing] = frozenset()


def standing_on(gate: Gate, ruleset: Ruleset) -> list[Requirement]:
    """The requirements that a gate reads, its classification among them."""
    return [ruleset.requirements[name] for name in gate.stands_on()]


def pass_gate(ruleset: Ruleset, run: Run, gate: Gate, subjects: Sequence[Record]) -> list[Gated]:
    """Each subject at the gate; a day that lies ahead in the assumed field is taken as come."""
    run = _assuming(ruleset, run, gate, subjects)
    return _conclude(ruleset, run, gate, judge(run, standing_on(gate, ruleset)), subjects)


def at_gate(ruleset: Ruleset, run: Run, gate: Gate, judged: Judged) -> list[Gated]:
    """Every subject of a run at the gate.

    Only subjects with a day ahead are judged once more, and only by what reads that day.
    """
    requirements = standing_on(gate, ruleset)
    if any(requirement.id not in judged.outcomes for requirement in requirements):
        return []
    ahead: list[Record] = []
    settled: list[Record] = []
    for subject in run.records.get(gate.subject, ()):
        day = _day(gate, subject)
        (ahead if day is not None and day > run.world.as_of else settled).append(subject)
    gated = _conclude(ruleset, run, gate, judged, settled)
    if ahead:
        assumed = _assuming(ruleset, run, gate, ahead)
        read = [r for r in requirements if _reads(r, gate)]
        again = judge(assumed, read)
        for requirement in requirements:
            again.outcomes.setdefault(
                requirement.id, _of_those(requirement, run, judged, assumed.records)
            )
        gated += _conclude(ruleset, assumed, gate, again, ahead)
    return sorted(gated, key=lambda one: one.subject.key)


def _assuming(ruleset: Ruleset, run: Run, gate: Gate, subjects: Sequence[Record]) -> Run:
    """The run for these subjects alone, with what the gate assumes taken as happened."""
    world = run.world
    if gate.assumes is not None:
        world = world.assuming(frozenset({(gate.subject, gate.assumes)}))
    return replace(run, world=world).on(only(run.records, ruleset.schema, subjects))


def _reads(requirement: Requirement, gate: Gate) -> bool:
    """Whether anything of the requirement reads the day that the gate assumes."""
    return (gate.subject, gate.assumes) in requirement.reads


def _of_those(
    requirement: Requirement, run: Run, judged: Judged, records: Records
) -> list[Outcome]:
    """The outcomes of a run for some of its records, in their order."""
    subjects = run.records.get(requirement.subject, ())
    known = dict(zip(map(id, subjects), judged.outcomes[requirement.id], strict=True))
    return [known[id(record)] for record in records.get(requirement.subject, ())]


def _conclude(
    ruleset: Ruleset, run: Run, gate: Gate, judged: Judged, subjects: Sequence[Record]
) -> list[Gated]:
    requirements = standing_on(gate, ruleset)
    standings = _standings(requirements, run, judged)
    cases = [
        (
            subject.key,
            [standing for record in family(subject) for standing in standings.get(id(record), ())]
            + _unseen(requirements, subject, run),
        )
        for subject in subjects
    ]
    own = [requirement.id for requirement in requirements if requirement.subject == gate.subject]
    results = conclude_all(gate, cases, own)
    pairs = list(zip(subjects, results, strict=True))
    come = DaysCome(ruleset, run, gate, [one for one, result in pairs if any(_pending(result))])
    gated = []
    for subject, result in pairs:
        settled = frozenset(one for one in _pending(result) if come.settles(subject, one))
        done = frozenset(one for one in settled if not come.brings(one))
        lacking = _lacking(result, settled, done)
        gated.append(Gated(gate, subject, lacking, run, judged, _day(gate, subject), done))
    return gated


def _pending(result: GateResult) -> Iterator[Standing]:
    return (one for one in result.standing if one.outcome is Outcome.PENDING)


def _lacking(
    result: GateResult, settled: frozenset[Standing], done: frozenset[Standing]
) -> GateResult:
    """The result of a gate that waits without what only waits for the day of an earlier gate.

    The state stays: the meeting itself is still to be held. Where nothing else is lacking, the
    meeting is named, else all that waits.
    """
    if result.state is not GateState.WAITING:
        return result
    lacking = tuple(one for one in result.deciding if one not in settled)
    itself = tuple(one for one in result.deciding if one not in done)
    return replace(result, deciding=lacking or itself or result.deciding)


def _day(gate: Gate, subject: Record) -> dt.date | None:
    return day_in(subject, gate.assumes) if gate.assumes is not None else None


def _doubted(gate: Gate, subject: Record) -> str:
    """Why the day that the ledger gives can't be relied on; "" where it can, or gives none."""
    held = subject.values.get(gate.assumes) if gate.assumes is not None else None
    if isinstance(held, Unknown) and held.cause not in _NOT_GIVEN:
        return CAUSE_TITLES[held.cause]
    return ""


def _unseen(requirements: Sequence[Requirement], subject: Record, run: Run) -> list[Standing]:
    """Unknown for requirements on nested records where there may be more than were read.

    One is left out where it would not apply to any record of this subject.
    """
    nested = run.world.schema.types[subject.type].nested
    open_types = {found.of for name, found in nested.items() if not subject.elements(name).closed}
    unseen = []
    for requirement in requirements:
        if requirement.subject in open_types:
            another = Record(requirement.subject, "", parent=subject)
            outcome = Measurer(requirement, run.world, run.year).outcome(another)
            if outcome is not Outcome.NOT_APPLICABLE:
                unseen.append((requirement.id, requirement.confirmed))
    return [Standing(name, subject.key, Outcome.UNKNOWN, sure) for name, sure in unseen]


def _standings(
    requirements: Sequence[Requirement], run: Run, judged: Judged
) -> dict[int, list[Standing]]:
    found: dict[int, list[Standing]] = {}
    for requirement in requirements:
        subjects = run.records.get(requirement.subject, ())
        for record, outcome in zip(subjects, judged.outcomes[requirement.id], strict=True):
            standing = Standing(requirement.id, record.key, outcome, requirement.confirmed)
            found.setdefault(id(record), []).append(standing)
    return found


class GateShower:
    """Shows the gates of one assessment, each with every requirement that it stands on.

    `told` are the entries already written of a judgement, by the identity of that.
    """

    def __init__(
        self, ruleset: Ruleset, words: Words, told: Mapping[int, Told] = MappingProxyType({})
    ) -> None:
        self.ruleset, self.words, self._told = ruleset, words, told
        self._writers: dict[int, StepWriter] = {}

    def entry(
        self, gated: Gated, day_from: DayFrom = DayFrom.LEDGER, written: Record | None = None
    ) -> GateEntry:
        """The gate as an assessment shows it; `written` is the subject before a day was put in."""
        gate, subject, result, words = gated.gate, gated.subject, gated.result, self.words
        return GateEntry(
            gate=gate.id,
            title=gate.title,
            subject_type=subject.type,
            subject_key=words.key(subject),
            subject_label=words.label(subject),
            state=result.state,
            state_title=GATE_STATE_TITLES[result.state],
            assumed=gated.day,
            assumed_title=words.title(gate.subject, gate.assumes) if gate.assumes else "",
            day_from=day_from,
            doubted=_doubted(gate, written or subject),
            steps=self._steps(gated),
            disagreement=result.disagreement,
        )

    def _steps(self, gated: Gated) -> tuple[GateStep, ...]:
        steps = tuple(self._written(gated))
        latest = LatestDays(
            self.ruleset.procedures, (item for step in steps for item in step.missing)
        )
        return tuple(
            step if step.due is None else replace(step, due=latest.due(step.due, step.missing))
            for step in steps
        )

    def _written(self, gated: Gated) -> Iterator[GateStep]:
        writer = self._writers.setdefault(
            id(gated.judged),
            StepWriter(gated.run, gated.judged, self.words, self._told.get(id(gated.judged), {})),
        )
        deciding = set(map(id, gated.result.deciding))
        for standing in gated.result.standing:
            requirement = self.ruleset.requirements[standing.requirement]
            decides, done = id(standing) in deciding, standing in gated.done
            yield writer.step(requirement, standing, gated.subject, decides=decides, done=done)
