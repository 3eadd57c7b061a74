"""The everyday run: two engines judge, every outcome is compared, findings get their reasons."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from engine import rete
from engine.assessment import (
    SCHEMA,
    Assessment,
    BasisEntry,
    EngineEntry,
    InputEntry,
    OutcomeEntry,
    RequirementEntry,
    RulesetEntry,
    Summary,
)
from engine.detail import Detailer
from engine.judge import Judge, ReferenceJudge
from engine.outcome import Outcome, Severity, is_finding
from engine.reference import World
from engine.ruleset.model import Requirement, Ruleset
from engine.sql import SqlJudge
from engine.values import Record, Records
from engine.words import Words

SAMPLE_ABOVE: Final = 400_000
"""Outcomes above which SQL judges all and the other engine re-judges a sample."""

SAMPLE_SHARE: Final = 10
"""One record in so many is in the sample."""


@dataclass(frozen=True)
class Run:
    """What one assessment is made of, besides the ruleset.

    `closed` names the record types whose ledgers are declared complete. `explain_all`: give
    reasons for met outcomes too.
    """

    records: Records
    world: World
    year: int
    jurisdiction: str = ""
    profile: str = ""
    inputs: tuple[InputEntry, ...] = ()
    closed: frozenset[str] = frozenset()
    requirements: Sequence[str] | None = None
    unmask: bool = False
    explain_all: bool = False


@dataclass
class Judged:
    """The outcomes of a run, by requirement and subject, and where the engines differed."""

    outcomes: dict[str, list[Outcome]]
    engines: tuple[EngineEntry, ...]
    differing: dict[tuple[str, int], Mapping[str, Outcome]] = field(default_factory=dict)


def everyday_judges() -> tuple[Judge, Judge, str]:
    """The engines of the everyday run, and what to say where one had to be replaced."""
    if rete.available():
        return rete.ReteJudge(), SqlJudge(), ""
    note = "本机未装 durable_rules（Windows 或 Python 3.13 以上装不了），由 reference 代替"
    return ReferenceJudge(), SqlJudge(), note


def judge(run: Run, requirements: Sequence[Requirement]) -> Judged:
    """Every outcome on the word of two engines; where they differ it is `failed`."""
    first, second, note = everyday_judges()
    records, world, year = run.records, run.world, run.year
    total = sum(len(records.get(r.subject, ())) for r in requirements)
    all_outcomes = second.judge(requirements, records, world, year)
    chosen = _sample(records, requirements) if total > SAMPLE_ABOVE else None
    checked = {**records, **chosen} if chosen is not None else records
    again = first.judge(requirements, checked, world, year)
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


def assess(ruleset: Ruleset, run: Run) -> Assessment:
    """All of one run: outcomes in the order of requirement and record key, then the gates."""
    requirements = _chosen(ruleset, run.requirements)
    judged = judge(run, requirements)
    words = Words(ruleset.schema, unmask=run.unmask)
    entries: list[OutcomeEntry] = []
    for requirement in requirements:
        entries.extend(entries_of(requirement, run, judged, words))
    entries.sort(key=lambda e: (e.requirement, e.subject_type, e.subject_key, e.fingerprint))
    return Assessment(
        schema=SCHEMA,
        as_of=run.world.as_of,
        year=run.year,
        place=words.state(run.world.place.scalar("name")),
        jurisdiction=run.jurisdiction,
        profile=run.profile,
        ruleset=RulesetEntry(ruleset.version, ruleset.sha256),
        engines=judged.engines,
        inputs=run.inputs,
        requirements={r.id: requirement_entry(r, ruleset, words) for r in requirements},
        outcomes=tuple(entries),
        gates=(),
        summary=summarise(entries, ruleset, run, len(judged.differing)),
    )


def _chosen(ruleset: Ruleset, names: Sequence[str] | None) -> list[Requirement]:
    wanted = ruleset.requirements if names is None else names
    return [ruleset.requirements[name] for name in sorted(wanted)]


def entries_of(
    requirement: Requirement, run: Run, judged: Judged, words: Words
) -> Iterator[OutcomeEntry]:
    """The entries of one requirement, in the order of its subjects."""
    subjects = run.records.get(requirement.subject, ())
    if not subjects:
        yield from _without_subject(requirement, run, words)
        return
    detailer = Detailer(requirement, run.world, run.year, words)
    for position, (record, outcome) in enumerate(
        zip(subjects, judged.outcomes[requirement.id], strict=True)
    ):
        entry = detailer.entry(record, outcome, explain=run.explain_all)
        answers = judged.differing.get((requirement.id, position))
        yield entry if answers is None else replace(entry, answers=answers)


def _without_subject(requirement: Requirement, run: Run, words: Words) -> Iterator[OutcomeEntry]:
    """No record to judge: unknown on the year, unless the ledger is known to hold none."""
    proven = requirement.subject in run.closed or _closed_everywhere(requirement, run)
    outcome = Outcome.NOT_APPLICABLE if proven else Outcome.UNKNOWN
    title = words.schema.types[requirement.subject].title
    message = "" if proven else f"没有读到“{title}”的记录，判断不了“{requirement.title}”"
    severity = requirement.severities.default
    for year in run.records.get("place_year", ()):
        yield OutcomeEntry(
            requirement=requirement.id,
            subject_type=year.type,
            subject_key=year.key,
            subject_label=year.key,
            outcome=outcome,
            severity=severity,
            finding=is_finding(outcome, severity),
            message=message,
        )


def _closed_everywhere(requirement: Requirement, run: Run) -> bool:
    """Whether every parent's list of such records is closed, hence empty."""
    parent = run.world.schema.types[requirement.subject].parent
    if parent is None:
        return False
    names = [
        name
        for name, nested in run.world.schema.types[parent].nested.items()
        if nested.of == requirement.subject
    ]
    parents = run.records.get(parent, ())
    lists = [record.elements(name) for record in parents for name in names]
    return bool(lists) and all(found.closed for found in lists)


def requirement_entry(requirement: Requirement, ruleset: Ruleset, words: Words) -> RequirementEntry:
    """What a reader needs of a requirement: the current text, in words."""
    file, text = requirement.file, requirement.texts[0]
    return RequirementEntry(
        title=requirement.title,
        domain=requirement.domain,
        kind=requirement.kind,
        subject=requirement.subject,
        subject_title=ruleset.schema.types[requirement.subject].title,
        severity=requirement.severities.default,
        confirmed=requirement.confirmed,
        basis=tuple(
            BasisEntry(
                basis.instrument,
                ruleset.instruments[basis.instrument].name,
                basis.article,
                basis.carries,
            )
            for basis in text.basis
        ),
        outline=file.outline,
        applies=words.expr(text.applies),
        require=words.expr(text.require),
        message=text.message,
        remedy=text.remedy,
        supplier=file.supplier,
        rationale=file.rationale.strip(),
    )


def summarise(
    entries: Sequence[OutcomeEntry], ruleset: Ruleset, run: Run, disagreements: int
) -> Summary:
    """The counts of a run."""
    sections: dict[str, Counter[Outcome]] = {}
    for entry in entries:
        for section in ruleset.requirements[entry.requirement].file.outline:
            sections.setdefault(section, Counter())[entry.outcome] += 1
    outcomes = Counter(entry.outcome for entry in entries)
    findings = Counter(entry.severity for entry in entries if entry.finding)
    return Summary(
        outcomes={outcome: outcomes[outcome] for outcome in Outcome},
        findings={severity: findings[severity] for severity in Severity},
        subjects={name: len(found) for name, found in sorted(run.records.items()) if found},
        outline={name: dict(counts) for name, counts in sorted(sections.items())},
        problems=sum(len(item.problems) for item in run.inputs),
        disagreements=disagreements,
    )
