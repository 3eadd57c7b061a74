"""The entries of a requirement: one a subject, and what is said where no record was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from engine.explaining.detail import Detailer, fingerprint
from engine.explaining.words import Words
from engine.judging.run import Judged, Run
from engine.model.assessment import OutcomeEntry
from engine.model.outcome import Outcome, is_finding
from engine.ruleset.model import Requirement


def entries_of(
    requirement: Requirement, run: Run, judged: Judged, words: Words
) -> Iterator[OutcomeEntry]:
    """The entries of one requirement, in the order of its subjects."""
    subjects = run.records.get(requirement.subject, ())
    if not subjects:
        yield from _without_subject(requirement, run, words)
        return
    detailer = Detailer(requirement, run.world, run.year, words, judged.doubts)
    for position, (record, outcome) in enumerate(
        zip(subjects, judged.outcomes[requirement.id], strict=True)
    ):
        doubtful = (requirement.id, position) in judged.doubtful
        entry = detailer.entry(record, outcome, explain=run.explain_all, doubtful=doubtful)
        answers = judged.differing.get((requirement.id, position))
        yield entry if answers is None else replace(entry, answers=answers)


def _without_subject(requirement: Requirement, run: Run, words: Words) -> Iterator[OutcomeEntry]:
    """No record to judge: unknown on the year, unless the ledger is known to hold none."""
    proven = _none_at_all(requirement.subject, run)
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
            fingerprint=fingerprint(requirement.id, year, words.schema),
        )


def _none_at_all(name: str, run: Run) -> bool:
    """Whether there can be no record of a type: its ledger, or every list of it, is closed.

    Where no record is there that it could nest in, whether there can be none of those.
    """
    if name in run.facts.closed:
        return True
    parent = run.world.schema.types[name].parent
    if parent is None:
        return False
    types = run.world.schema.types[parent].nested
    names = [list_ for list_, nested in types.items() if nested.of == name]
    parents = run.records.get(parent, ())
    if not parents:
        return _none_at_all(parent, run)
    return all(record.elements(list_).closed for record in parents for list_ in names)
