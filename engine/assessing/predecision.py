"""The pre-decision check: one record at each of its gates, for the day it is asked about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from engine.assessing.assess import assembled
from engine.assessing.checklists import gone_through
from engine.assessing.entries import entries_of
from engine.assessing.gates import Gated, GateShower, pass_gate, standing_on
from engine.assessing.subjects import day_in, find, with_day
from engine.assessing.timetable.timetable import timetables
from engine.assessing.wording import words_of
from engine.explaining.detail import fact_entry
from engine.explaining.words import Words
from engine.judging.ahead import come_about
from engine.judging.answers import answered
from engine.judging.run import Run, check_day
from engine.model.assessment import (
    PREDECISION,
    Assessment,
    EngineEntry,
    FormEntry,
    OutcomeEntry,
)
from engine.model.gate import DayFrom
from engine.model.shown import FactEntry
from engine.model.values import NO_COLUMN, Record
from engine.ruleset.model import Gate, Ruleset


def predecide(ruleset: Ruleset, run: Run, key: str, day: dt.date | None = None) -> Assessment:
    """The assessment of the record named `key` at its gates on `day`.

    `day` stands in for the ledger's; without either, the day of the check is taken. Raises
    `WrongNameError` where no record is called `key`, `WrongDayError` where none has such a day.
    """
    if day is not None:
        check_day(day)
    run = replace(run, profile=PREDECISION, explain_all=True)
    as_written = answered(run, ruleset)
    run = come_about(as_written)
    gates = list(ruleset.gates.values())
    subjects = find(run.records, ruleset.schema, gates[0].subject, key)
    words = words_of(ruleset, run)
    passed: list[Gated] = []
    shown, shower = [], GateShower(ruleset, words)
    asked = list(_asked(run, gates, subjects, day))
    for gate, on_the_day in asked:
        passing = pass_gate(ruleset, run, gate, [subject for subject, _ in on_the_day])
        froms = {
            id(subject): (day_from, written)
            for (subject, day_from), written in zip(on_the_day, subjects, strict=True)
        }
        for gated in passing:
            passed.append(gated)
            shown.append(shower.entry(gated, *froms[id(gated.subject)]))
    entries = _entries(ruleset, passed, words)
    single = len(subjects) == 1
    form = _form(ruleset, _as_asked(asked, subjects), words) if single else ()
    names = sorted({entry.requirement for entry in entries})
    found = assembled(
        ruleset,
        run,
        words,
        requirements=[ruleset.requirements[name] for name in names],
        engines=_engines(passed),
        entries=entries,
        gates=shown,
        disagreements=sum(len(gated.judged.differing) for gated in passed),
        doubts=[doubt for gated in passed for doubt in gated.judged.doubts],
    )
    lists = (entry for one in subjects for entry in gone_through(ruleset, run, words, one))
    ahead = timetables(ruleset, as_written, gates[0].subject, key, day)
    units = {**found.units, **(words.units(subjects[0]) if single else {})}
    return replace(found, form=form, checklists=tuple(lists), timetables=ahead, units=units)


def _as_asked(
    asked: list[tuple[Gate, list[tuple[Record, DayFrom]]]], subjects: list[Record]
) -> Record:
    """The one record as it stands at the first gate, without a day that nobody has named."""
    (subject, day_from), *_ = asked[0][1]
    return subjects[0] if day_from is DayFrom.CHECK else subject


def _form(ruleset: Ruleset, subject: Record, words: Words) -> tuple[FormEntry, ...]:
    """The head of the form, filled in from the record."""
    return tuple(
        FormEntry(title, _slot(subject, slot.fields, words)) for title, slot in ruleset.form.items()
    )


def _slot(subject: Record, paths: tuple[str, ...], words: Words) -> FactEntry | None:
    """The first of these fields that is known, else the first; None where there are none."""
    found = [fact_entry(words, subject, p, subject.values.get(p, NO_COLUMN)) for p in paths]
    return next((entry for entry in found if entry.state == "known"), next(iter(found), None))


def _asked(
    run: Run, gates: list[Gate], subjects: list[Record], day: dt.date | None
) -> Iterator[tuple[Gate, list[tuple[Record, DayFrom]]]]:
    """Each gate with the subjects on the day that it is looked at for, and where that is from.

    The day asked about is that of the first gate. Where neither it nor the ledger has one, that
    of the check is taken, or that of the gate before if it is later: nothing is issued before
    the meeting.
    """
    first = next((gate.assumes for gate in gates if gate.assumes is not None), None)
    if day is not None and first is not None:
        subjects = [with_day(subject, first, day) for subject in subjects]
    before = [run.world.as_of] * len(subjects)
    for gate in gates:
        asked = day is not None and gate.assumes is not None and gate.assumes == first
        pairs = zip(subjects, before, strict=True)
        found = [_on_the_day(gate, subject, least, asked=asked) for subject, least in pairs]
        if gate.assumes is not None:
            days = (day_in(subject, gate.assumes) for subject, _ in found)
            before = [max(filter(None, pair)) for pair in zip(before, days, strict=True)]
        yield gate, found


def _on_the_day(
    gate: Gate, subject: Record, least: dt.date, *, asked: bool
) -> tuple[Record, DayFrom]:
    """The subject on the day that a gate is looked at for: `least` where it has none."""
    if gate.assumes is None or day_in(subject, gate.assumes) is not None:
        return subject, DayFrom.ASKED if asked else DayFrom.LEDGER
    return with_day(subject, gate.assumes, least), DayFrom.CHECK


def _entries(ruleset: Ruleset, passed: list[Gated], words: Words) -> list[OutcomeEntry]:
    """The outcomes of all gates; of a requirement that two read, as the first has it."""
    found: dict[tuple[str, str, str], OutcomeEntry] = {}
    for gated in passed:
        for requirement in standing_on(gated.gate, ruleset):
            for entry in entries_of(requirement, gated.run, gated.judged, words):
                found.setdefault((entry.requirement, entry.subject_type, entry.subject_key), entry)
    return [found[key] for key in sorted(found)]


def _engines(passed: list[Gated]) -> tuple[EngineEntry, ...]:
    by_name: dict[str, EngineEntry] = {}
    for gated in passed:
        for engine in gated.judged.engines:
            before = by_name.get(engine.name)
            judged = engine.judged + (before.judged if before is not None else 0)
            by_name[engine.name] = replace(engine, judged=judged)
    return tuple(by_name.values())
