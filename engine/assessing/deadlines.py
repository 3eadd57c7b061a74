"""The deadlines of a run: what is pending, and the terms in the ledgers that run out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from engine.assessing.screened import shown
from engine.explaining.detail import fingerprint
from engine.explaining.words import Words
from engine.judging.reference import Frame, Reading, compile_expr
from engine.judging.run import Run
from engine.model.assessment import OutcomeEntry
from engine.model.deadline import RED, YELLOW, DeadlineEntry, Urgency
from engine.model.gate import GateEntry, StepState
from engine.model.outcome import Outcome, Severity
from engine.model.world import World
from engine.ruleset.model import Ruleset

_WEEK: Final = (5, 7)
"""Working and natural days of a week: what is reckoned with where the calendar doesn't reach."""


def deadlines(
    ruleset: Ruleset,
    run: Run,
    entries: Sequence[OutcomeEntry],
    gates: Sequence[GateEntry],
    words: Words,
) -> tuple[DeadlineEntry, ...]:
    """Every deadline from the check on, the soonest first.

    What has to be done by a day that isn't known has none: its own entry says what that waits for.
    Nor has what is done already, and only pending for the day of a meeting.
    """
    done = _done(gates)
    left = [entry for entry in entries if (entry.requirement, entry.subject_label) not in done]
    found = [*_pending(ruleset, run, left), *_running_out(ruleset, run, words)]
    return tuple(sorted(found, key=_order))


def _done(gates: Sequence[GateEntry]) -> set[tuple[str, str]]:
    """The requirements, with the label of the record, that are done at every gate that asks."""
    found: dict[tuple[str, str], bool] = {}
    for gate in gates:
        for step in gate.steps:
            named = (step.requirement, step.record or gate.subject_label)
            found[named] = found.get(named, True) and step.state is StepState.DONE
    return {named for named, done in found.items() if done}


def _order(entry: DeadlineEntry) -> tuple[dt.date, str, str, str, int, str]:
    """By day, then record; of one record the gravest first."""
    record = (entry.owner, entry.subject_type, entry.subject_key)
    return (entry.day, *record, entry.severity.rank, entry.title)


def _pending(
    ruleset: Ruleset, run: Run, entries: Sequence[OutcomeEntry]
) -> Iterator[DeadlineEntry]:
    for entry in entries:
        if entry.outcome is not Outcome.PENDING or entry.due is None:
            continue
        requirement = ruleset.requirements[entry.requirement]
        text = requirement.texts[entry.text]
        workdays, urgency = _off(entry.due, run.world)
        yield DeadlineEntry(
            day=entry.due,
            urgency=urgency,
            workdays=workdays,
            title=requirement.title,
            requirement=requirement.id,
            subject_type=entry.subject_type,
            subject_key=entry.subject_key,
            subject_label=entry.subject_label,
            owner=entry.owner,
            supplier=requirement.file.supplier,
            todo=text.remedy,
            fingerprint=entry.fingerprint,
            severity=entry.severity,
            house=text.house,
        )


def _running_out(ruleset: Ruleset, run: Run, words: Words) -> Iterator[DeadlineEntry]:
    """The terms that the screens of a ruleset watch, of the records that they show."""
    for screen in ruleset.screens:
        if screen.due is None:
            continue
        ends = compile_expr(screen.due, run.world, Reading.PLAN)
        for record in shown(screen, run):
            day, _ = ends(Frame({screen.subject: record}))
            if day is None or day < run.world.as_of:
                continue
            workdays, urgency = _off(day, run.world)
            yield DeadlineEntry(
                day=day,
                urgency=urgency,
                workdays=workdays,
                title=screen.title,
                requirement="",
                subject_type=record.type,
                subject_key=words.key(record),
                subject_label=words.label(record),
                owner=words.owner(record),
                supplier="",
                todo=screen.hint,
                fingerprint=fingerprint(screen.id, record, words.schema),
                severity=Severity.ADVISORY,
            )


def _off(day: dt.date, world: World) -> tuple[int | None, Urgency]:
    """How many working days there are until a day, and how near that is."""
    workdays = world.calendar.workdays(world.as_of, day)
    working, natural = _WEEK
    reckoned = (day - world.as_of).days * working // natural if workdays is None else workdays
    if reckoned <= RED:
        return workdays, Urgency.RED
    return workdays, Urgency.YELLOW if reckoned <= YELLOW else Urgency.LATER
