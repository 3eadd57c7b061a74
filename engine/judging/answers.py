"""Answers given by a person: which of them count for a ruleset on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from engine.judging.altered import altered
from engine.judging.run import Run
from engine.language.vocabulary import MANUAL
from engine.model.errors import nearest
from engine.model.facts import Problem, problem_at
from engine.model.values import (
    ABSENT,
    NEEDS_PERSON,
    NO_COLUMN,
    Cause,
    Elements,
    Record,
    State,
    Unknown,
)
from engine.ruleset.files import RequirementKind
from engine.ruleset.model import Requirement, Ruleset

LEDGER: Final = "manual_answer"


def answered(run: Run, ruleset: Ruleset) -> Run:
    """The run without the answers that don't count, each of which is a problem of its file.

    An answer counts for a requirement that a person answers, given on a day between what it is
    about and the check: what the requirement names as evidence, else the record's first event.
    Before what it is about is there, there is known to be no answer: it is too early to ask. The
    same run where nothing changes.
    """
    run, problems = _numbered(run, ruleset)
    changes = _too_early(run, ruleset)
    for row in run.records.get(LEDGER, ()):
        for record, path in _given(row, run):
            reason = _why_not(row, record, run, ruleset)
            if reason:
                changes.setdefault(id(record), {}).setdefault(path, NEEDS_PERSON)
                said, hint = f"人工认定{reason}，不作数", ""
                if row.values["requirement"] not in ruleset.requirements:
                    close = nearest(str(row.values["requirement"]), ruleset.requirements)
                    hint = close.strip("，")
                problems.append(
                    problem_at(row.source, said, row.key, hint=hint, record_type=LEDGER)
                )
    if not changes and not problems:
        return run
    inputs = tuple(
        replace(item, problems=[*item.problems, *(p for p in problems if p.file == item.path)])
        for item in run.facts.inputs
    )
    records = altered(run.records, changes)
    return replace(run, facts=replace(run.facts, records=records, inputs=inputs))


def _numbered(run: Run, ruleset: Ruleset) -> tuple[Run, list[Problem]]:
    """The run with the answers under the numbers of requirements that they name by their titles.

    Of two answers to one question, one by number and one by title, neither counts.
    """
    numbers = {requirement.title: name for name, requirement in ruleset.requirements.items()}
    named = {
        f"{MANUAL}{name}": numbers[name]
        for row in run.records.get(LEDGER, ())
        if (name := str(row.values.get("requirement"))) in numbers
    }
    if not named:
        return run, []
    changes: dict[int, dict[str, State | Elements]] = {}
    problems: list[Problem] = []
    for row in run.records[LEDGER]:
        number = named.get(f"{MANUAL}{row.values.get('requirement')}")
        if number is None:
            continue
        changes[id(row)] = {"requirement": number}
        for record, path in _given(row, run):
            twice = f"{MANUAL}{number}" in record.values
            answer = NEEDS_PERSON if twice else record.values[path]
            changes.setdefault(id(record), {})[f"{MANUAL}{number}"] = answer
            if twice:
                said = "人工认定对同一事项有几个认定，都不作数"
                problems.append(problem_at(row.source, said, row.key, record_type=LEDGER))
    records = altered(run.records, changes)
    for of_type in records.values():
        for record in of_type:
            for path, number in named.items():
                if path in record.values and path in record.sources:
                    place = {f"{MANUAL}{number}": record.sources[path]}
                    record.sources = {**place, **record.sources}
    return replace(run, facts=replace(run.facts, records=records)), problems


def _too_early(run: Run, ruleset: Ruleset) -> dict[int, dict[str, State]]:
    """No answer, for each question about a record of which what it is about isn't there yet."""
    changes: dict[int, dict[str, State]] = {}
    for requirement in ruleset.requirements.values():
        if requirement.kind is RequirementKind.MANUAL:
            about = _about(requirement)
            for record in run.records.get(requirement.subject, ()):
                if _is_early(record, about, run.world.as_of):
                    changes.setdefault(id(record), {})[MANUAL + requirement.id] = ABSENT
    return changes


def _about(requirement: Requirement) -> list[str]:
    """The fields of the subject that the question is about, in order."""
    named = {field for text in requirement.texts for field in text.evidence}
    return sorted(path for of, path in named if of == requirement.subject)


def _is_early(record: Record, about: Sequence[str], as_of: dt.date) -> bool:
    """Whether nothing of what a question is about has come about yet."""
    return bool(about) and all(_not_there(record, path, as_of) for path in about)


def _not_there(record: Record, path: str, as_of: dt.date) -> bool:
    """Whether the ledger has a column for it and nothing has come about."""
    state = record.values.get(path, NO_COLUMN)
    day = _day(state)
    if day is not None:
        return day > as_of
    if isinstance(state, Unknown):
        return state.cause in (Cause.BLANK, Cause.PLANNED)
    return state is ABSENT


def _given(row: Record, run: Run) -> Iterator[tuple[Record, str]]:
    """The record that an answer was given for, and where the answer stands in it."""
    path, source = f"{MANUAL}{row.values.get('requirement')}", row.source_of("answer")
    for of_type in run.records.values():
        for record in of_type:
            if path in record.values and record.sources.get(path) == source:
                yield record, path


def _why_not(row: Record, record: Record, run: Run, ruleset: Ruleset) -> str:
    """Why an answer doesn't count; empty if it does."""
    name = str(row.values.get("requirement"))
    requirement = ruleset.requirements.get(name)
    if requirement is None:
        return f"的要求“{name}”没有"
    if requirement.kind is not RequirementKind.MANUAL:
        return f"的要求“{requirement.title}”不由人认定，由台账核对"
    day = row.values.get("on")
    if not isinstance(day, dt.date):
        return "没有认定日期"
    if day > run.world.as_of:
        return f"日期{day}在检查日{run.world.as_of}之后"
    paths = _about(requirement)
    if _is_early(record, paths, run.world.as_of):
        titles = "、".join(run.world.schema.types[record.type].fields[p].title for p in paths)
        return f"所认定的还没有（{titles}空着）"
    about = [then for path in paths if (then := _day(record.values.get(path))) is not None]
    if about and day < max(about):
        return f"日期{day}早于所认定的（{max(about)}）"
    first = min(_events(record, run), default=day)
    return f"日期{day}早于这件事项的第一步（{first}）" if day < first else ""


def _events(record: Record, run: Run) -> Iterator[dt.date]:
    """The days of what the record is about: its events, of a year the first day."""
    record_type = run.world.schema.types[record.type]
    for path, spec in record_type.fields.items():
        if spec.time == "event" or (record_type.generated is not None and path == "start"):
            day = _day(record.values.get(path))
            if day is not None:
                yield day


def _day(state: object) -> dt.date | None:
    if isinstance(state, dt.datetime):
        return state.date()
    return state if isinstance(state, dt.date) else None
