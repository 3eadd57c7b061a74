"""Gates of a run: judged under each gate's assumption, concluded, and the earliest day found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from engine.assess import Judged, Run, judge
from engine.assessment import GateEntry
from engine.gates import GateResult, Standing, conclude
from engine.outcome import Outcome
from engine.ruleset.model import Gate, Requirement, Ruleset
from engine.subjects import day_in, family, only, with_day
from engine.values import Record
from engine.words import Words, label

DAYS_AHEAD: Final = 60
"""How far ahead the earliest possible day is looked for, in natural days."""

_CLOSING: Final = (Outcome.GAP, Outcome.NOT_EVIDENCED)


@dataclass
class Gated:
    """A gate's result for one subject, and the run and outcomes it stands on."""

    gate: Gate
    subject: Record
    result: GateResult
    run: Run
    judged: Judged
    day: dt.date | None


def standing_on(gate: Gate, ruleset: Ruleset) -> list[Requirement]:
    """The requirements that a gate reads, its classification among them."""
    names = dict.fromkeys((gate.classification, *gate.requirements))
    return [ruleset.requirements[name] for name in names]


def pass_gate(ruleset: Ruleset, run: Run, gate: Gate, subjects: Sequence[Record]) -> list[Gated]:
    """Each subject at the gate; a day that lies ahead in the assumed field is taken as come."""
    requirements = standing_on(gate, ruleset)
    world = run.world
    if gate.assumes is not None:
        world = replace(world, assumed=frozenset({(gate.subject, gate.assumes)}))
    records = only(run.records, ruleset.schema, subjects)
    run = replace(run, records=records, world=world)
    judged = judge(run, requirements)
    standings = _standings(requirements, run, judged)
    gated = []
    for subject in subjects:
        standing = [s for record in family(subject) for s in standings.get(id(record), ())]
        day = day_in(subject, gate.assumes) if gate.assumes is not None else None
        result = conclude(gate, subject.key, standing)
        gated.append(Gated(gate, subject, result, run, judged, day))
    return gated


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


def earliest(ruleset: Ruleset, run: Run, gate: Gate, subject: Record) -> dt.date | None:
    """The first day from the check on that closes the gate no more than a far day would.

    Looks `DAYS_AHEAD` natural days ahead; None where the gate assumes no day, or where the
    procedure does not apply.
    """
    if gate.assumes is None:
        return None
    first = run.world.as_of
    days = [first + dt.timedelta(days=n) for n in range(DAYS_AHEAD + 1)]
    copies = [with_day(subject, gate.assumes, day) for day in days]
    closing = [_closing(gated.result) for gated in pass_gate(ruleset, run, gate, copies)]
    return next(day for day, found in zip(days, closing, strict=True) if found <= closing[-1])


def _closing(result: GateResult) -> frozenset[tuple[str, str]]:
    return frozenset(
        (standing.requirement, standing.record)
        for standing in result.standing
        if standing.outcome in _CLOSING
    )


def gate_entry(gated: Gated, words: Words, first: dt.date | None = None) -> GateEntry:
    """The gate as an assessment shows it."""
    gate, subject, result = gated.gate, gated.subject, gated.result
    return GateEntry(
        gate=gate.id,
        title=gate.title,
        subject_type=subject.type,
        subject_key=subject.key,
        subject_label=label(subject, words),
        state=result.state.value,
        state_title=result.state.title,
        assumed=gated.day,
        earliest=first,
        deciding=tuple(dict.fromkeys(s.requirement for s in result.deciding)),
        outcomes={s.requirement: s.outcome for s in result.standing},
        disagreement=result.disagreement,
    )
