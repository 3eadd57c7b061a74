"""The annual self-assessment: everything judged, findings given their reasons, gates concluded."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from engine.assessing.again import Reassessing
from engine.assessing.claims import claims
from engine.assessing.deadlines import deadlines
from engine.assessing.inputs import inputs_shown
from engine.assessing.latest import in_time
from engine.assessing.rectification import rectified
from engine.assessing.replay import made_from
from engine.assessing.standing import period_over, stale_texts
from engine.assessing.supposed import supposed
from engine.assessing.waivers import waived, waiver_requirement
from engine.assessing.wording import words_of
from engine.assessing.workload import check_reasons, check_records
from engine.explaining.doubts import with_problems
from engine.explaining.words import Words
from engine.judging.ahead import come_about
from engine.judging.answers import answered
from engine.judging.doubt import Doubt
from engine.judging.run import Judged, Run
from engine.model.assessment import (
    SCHEMA,
    WAIVER,
    Assessment,
    BasisEntry,
    EarlierText,
    EngineEntry,
    InputEntry,
    LocalRulesEntry,
    OutcomeEntry,
    RequirementEntry,
    RulesetEntry,
    SectionEntry,
    Summary,
)
from engine.model.errors import WrongNameError, nearest
from engine.model.gate import GateEntry
from engine.model.masking import document_without_identity
from engine.model.outcome import Outcome, Severity
from engine.model.report import ReportEntry
from engine.ruleset.model import Requirement, Ruleset, Text
from engine.ruleset.outlines import outline_on


def assess(ruleset: Ruleset, run: Run, kept: Reassessing | None = None) -> Assessment:
    """All of one run: outcomes in the order of requirement and record key, then the gates.

    `kept` is of the runs before, where the process assesses again after each change. Raises
    `TooMuchError` where that is more than one run can take.
    """
    kept = kept or Reassessing()
    requirements = chosen_requirements(ruleset, run.profile)
    run = come_about(answered(run, ruleset))
    check_records(run, requirements, ruleset.gates.values())
    judged = kept.judge(run, requirements)
    check_reasons(judged, ruleset.requirements, ruleset.schema)
    words = words_of(ruleset, run)
    gates, entries = kept.written(ruleset, run, requirements, judged, words)
    # Records come in the order of their content: twins of one key keep it.
    entries.sort(key=lambda entry: (entry.requirement, entry.subject_type, entry.subject_key))
    assessment = assembled(
        ruleset,
        run,
        words,
        requirements=requirements,
        engines=judged.engines,
        entries=entries,
        gates=gates,
        disagreements=len(judged.differing),
        doubts=judged.doubts,
    )
    return replace(
        assessment,
        reports=_reports(run, judged, requirements, words),
        supposed=tuple(supposed(ruleset, run, requirements, words)),
        earlier=() if run.profile else run.facts.earlier,
    )


def _reports(
    run: Run, judged: Judged, requirements: Sequence[Requirement], words: Words
) -> tuple[ReportEntry, ...]:
    """What the reports say, that of the assessed year with what the ledgers show of it."""
    found = claims(run, judged, requirements, words)
    reports = tuple(replace(r, claims=found) if r.assessed else r for r in run.facts.reports)
    return reports if run.unmask else document_without_identity(reports)


def assembled(  # noqa: PLR0913 - the parts of an assessment
    ruleset: Ruleset,
    run: Run,
    words: Words,
    *,
    requirements: Sequence[Requirement],
    engines: tuple[EngineEntry, ...],
    entries: Sequence[OutcomeEntry],
    gates: Sequence[GateEntry],
    disagreements: int,
    doubts: Sequence[Doubt],
) -> Assessment:
    """The parts of a run as one assessment, waivers put beside the findings that hold one."""
    entries = in_time(ruleset.procedures, entries)
    entries, settled = rectified(waived(entries, ruleset, run, words), run, words)
    outline = outline_on(ruleset, dt.date(run.year, 12, 31), requirements)
    shown = {
        r.id: replace(requirement_entry(r, ruleset, words), outline=outline.of[r.id])
        for r in requirements
    }
    shown_inputs = inputs_shown(run.facts.inputs, unmask=run.unmask)
    inputs = with_problems(shown_inputs, doubts, words)
    if any(entry.requirement == WAIVER for entry in entries):
        shown[WAIVER] = waiver_requirement(ruleset.schema)
    province = ruleset.province(run.facts.jurisdiction)
    return Assessment(
        schema=SCHEMA,
        as_of=run.world.as_of,
        year=run.year,
        place=_place_name(run, words),
        jurisdiction=ruleset.called(province) if province else "",
        profile=run.profile,
        ruleset=RulesetEntry(
            ruleset.version,
            ruleset.sha256,
            tuple(ruleset.province_names),
            tuple(LocalRulesEntry(one.name, one.version, one.sha256) for one in ruleset.local),
        ),
        engines=engines,
        inputs=inputs,
        requirements=shown,
        outcomes=tuple(entries),
        gates=tuple(gates),
        summary=summary_of(
            entries,
            shown,
            {name: len(found) for name, found in sorted(run.records.items()) if found},
            inputs,
            disagreements,
        ),
        outline={
            name: SectionEntry(section.title, section.chapter, section.reason)
            for name, section in outline.sections.items()
        },
        rectified=settled,
        period=period_over(ruleset, requirements, _last_day(run, gates)),
        stale=stale_texts(ruleset, requirements, run.world.as_of),
        deadlines=deadlines(ruleset, run, entries, gates, words),
        units=words.units(run.world.place),
        types={name: one.title for name, one in ruleset.schema.types.items()},
        made_from=made_from(run),
    )


def _last_day(run: Run, gates: Iterable[GateEntry]) -> dt.date:
    """The last day that is judged: of the check, or one that a gate is looked at for."""
    return max([run.world.as_of, *(gate.assumed for gate in gates if gate.assumed is not None)])


def _place_name(run: Run, words: Words) -> str:
    """The name of the place, else as its report has it; empty where nothing says it."""
    name = run.world.place.scalar("name")
    if isinstance(name, str):
        return words.value(name)
    return next((report.place for report in run.facts.reports if report.assessed), "")


def chosen_requirements(ruleset: Ruleset, profile: str) -> list[Requirement]:
    """The requirements of a profile; without one, all."""
    if not profile:
        return list(ruleset.requirements.values())
    if profile not in ruleset.profiles:
        known = nearest(profile, ruleset.profiles) or "，现有：" + "、".join(ruleset.profiles)
        raise WrongNameError(f"没有清单“{profile}”{known}")
    return [ruleset.requirements[name] for name in sorted(ruleset.profiles[profile])]


def requirement_entry(requirement: Requirement, ruleset: Ruleset, words: Words) -> RequirementEntry:
    """What a reader needs of a requirement: the current text, in words."""
    file, text = requirement.file, requirement.texts[0]
    ledger = ruleset.schema.ledger(requirement.subject)
    return RequirementEntry(
        title=requirement.title,
        domain=requirement.domain,
        kind=requirement.kind,
        subject=requirement.subject,
        subject_title=ruleset.schema.types[requirement.subject].title,
        severity=requirement.severities.default,
        confirmed=requirement.confirmed,
        unconfirmed=requirement.unconfirmed,
        basis=_basis(text, ruleset),
        outline=file.outline,
        applies=words.expr(text.applies),
        require=words.expr(text.require),
        message=text.message,
        remedy=text.remedy,
        redress=text.redress,
        supplier=file.supplier,
        rationale=file.rationale.strip(),
        ledger="" if ledger is None else ledger.type,
        ledger_title="" if ledger is None else ledger.title,
        earlier=tuple(
            EarlierText(_basis(older, ruleset), older.remedy, older.redress)
            for older in requirement.texts[1:]
        ),
    )


def _basis(text: Text, ruleset: Ruleset) -> tuple[BasisEntry, ...]:
    names = ruleset.instruments
    return tuple(
        BasisEntry(basis.instrument, names[basis.instrument].name, basis.article, basis.carries)
        for basis in text.basis
    )


def summary_of(
    entries: Sequence[OutcomeEntry],
    requirements: Mapping[str, RequirementEntry],
    subjects: Mapping[str, int],
    inputs: Sequence[InputEntry],
    disagreements: int,
) -> Summary:
    """The counts of a run, or of a part of it; `subjects` counts the records by type."""
    sections: dict[str, Counter[Outcome]] = {}
    for entry in entries:
        for section in requirements[entry.requirement].outline:
            sections.setdefault(section, Counter())[entry.outcome] += 1
    outcomes = Counter(entry.outcome for entry in entries)
    findings = [entry for entry in entries if entry.finding]
    open_ = Counter(entry.severity for entry in findings if entry.waiver is None)
    return Summary(
        outcomes={outcome: outcomes[outcome] for outcome in Outcome},
        findings={severity: open_[severity] for severity in Severity},
        subjects=subjects,
        outline={name: dict(counts) for name, counts in sorted(sections.items())},
        problems=sum(len(item.problems) for item in inputs),
        disagreements=disagreements,
        waived=len(findings) - open_.total(),
    )
