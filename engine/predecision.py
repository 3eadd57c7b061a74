"""The pre-decision check: one record at each of its gates, for the day it is asked about."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from engine.assess import entries_of, place_name, requirement_entry, summarise
from engine.assessment import SCHEMA, Assessment, EngineEntry, OutcomeEntry, RulesetEntry
from engine.gating import Gated, earliest, gate_entry, pass_gate, standing_on
from engine.ruleset.model import Gate, Ruleset
from engine.run import Run
from engine.subjects import day_in, find, with_day
from engine.values import Record
from engine.words import Words

PROFILE = "predecision"


def predecide(ruleset: Ruleset, run: Run, key: str, day: dt.date | None = None) -> Assessment:
    """The assessment of the record named `key` at its gates on `day`.

    `day` stands in for the ledger's; without either, the day of the check is taken. Raises
    `WrongNameError` where no record is called `key`.
    """
    run = replace(run, profile=PROFILE, explain_all=True)
    gates = list(ruleset.gates.values())
    subjects = find(run.records, ruleset.schema, gates[0].subject, key)
    words = Words(ruleset.schema, unmask=run.unmask, parameters=ruleset.parameter_titles)
    passed: list[Gated] = []
    shown = []
    for gate in gates:
        asked = [_on_the_day(run, gate, gates, subject, day) for subject in subjects]
        for gated in pass_gate(ruleset, run, gate, asked):
            passed.append(gated)
            shown.append(gate_entry(gated, words, earliest(ruleset, run, gate, gated.subject)))
    entries = _entries(ruleset, passed, words)
    requirements = {e.requirement: ruleset.requirements[e.requirement] for e in entries}
    return Assessment(
        schema=SCHEMA,
        as_of=run.world.as_of,
        year=run.year,
        place=place_name(run, words),
        jurisdiction=run.jurisdiction,
        profile=run.profile,
        ruleset=RulesetEntry(ruleset.version, ruleset.sha256),
        engines=_engines(passed),
        inputs=run.inputs,
        requirements={n: requirement_entry(r, ruleset, words) for n, r in requirements.items()},
        outcomes=tuple(entries),
        gates=tuple(shown),
        summary=summarise(entries, ruleset, run, sum(len(g.judged.differing) for g in passed)),
    )


def _on_the_day(
    run: Run, gate: Gate, gates: list[Gate], subject: Record, day: dt.date | None
) -> Record:
    """The subject with the day asked about in the field that some gate assumes."""
    for path in (g.assumes for g in gates if g.assumes is not None):
        wanted = day
        if wanted is None and gate.assumes == path and day_in(subject, path) is None:
            wanted = run.world.as_of
        if wanted is not None:
            subject = with_day(subject, path, wanted)
    return subject


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
