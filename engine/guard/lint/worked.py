"""Worked examples that don't come out as their author worked them out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.guard.examples import Result, cases_of, expected, result
from engine.guard.lint.complaint import Complaint
from engine.model.outcome import OUTCOME_TITLES, SEVERITY_TITLES
from engine.model.workdays import WorkCalendar
from engine.ruleset.files import Example
from engine.ruleset.model import Ruleset

_SHORT: Final = 40
"""A `why` of so many characters is shown with the complaint."""

_WHAT: Final = ("结论", "严重度", "附注")


def wrong(ruleset: Ruleset, calendar: WorkCalendar) -> Iterator[Complaint]:
    """A complaint for each example of which the reference says something else."""
    for requirement in ruleset.requirements.values():
        cases = cases_of(requirement, ruleset.schema, calendar)
        for example, case in zip(requirement.examples, cases, strict=True):
            wanted, found = expected(example), result(requirement, example, case)
            if wanted != found:
                yield _complaint(ruleset.file_of(requirement.id), example, wanted, found)


def _complaint(file: str, example: Example, wanted: Result, found: Result) -> Complaint:
    differ = [
        f"{what}应为“{should}”，得到“{did}”"
        for what, should, did in zip(_WHAT, _words(wanted), _words(found), strict=True)
        if should != did
    ]
    which = f"“{example.name}”这一例" if example.name is not None else "这一例"
    why = f"（{example.why}）" if 0 < len(example.why) <= _SHORT else ""
    advice = "。算错的改 outcome 和 why，式子错的改式子"
    return Complaint(file, "examples", f"{which}{why}{'，'.join(differ)}{advice}", example.line)


def _words(what: Result) -> tuple[str, str, str]:
    severity = SEVERITY_TITLES[what.severity] if what.severity is not None else ""
    return OUTCOME_TITLES[what.outcome], severity, "有" if what.note else "没有"
