"""Timetables of worked decisions, documents and cases: days counted by hand from the articles."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from engine.assessing.timetable.timetable import timetable
from engine.explaining.words import Words
from engine.guard.examples import build
from engine.model.outcome import Outcome
from engine.model.strict_yaml import load_yaml
from engine.model.timetable import TimetableEntry
from engine.model.workdays import WorkCalendar
from engine.ruleset.files import Example
from engine.ruleset.model import Ruleset
from reporter.timetable import name
from tests.runs import a_run

_FILE = Path(__file__).with_name("timetable_cases.yaml")
_CASES: Any = load_yaml(_FILE.read_text(encoding="utf-8"), _FILE.name)


def _entry(case: dict[str, Any], ruleset: Ruleset, calendar: WorkCalendar) -> TimetableEntry | None:
    usual = _CASES["sets"][case["like"]]
    example = Example(
        outcome=Outcome.MET,
        as_of=case.get("as_of", usual["as_of"]),
        given={**usual["given"], **case.get("with", {})},
        place=case.get("place", usual["place"]),
        params=usual.get("params", {}),
    )
    procedure = ruleset.procedures[usual["type"]]
    about = next(
        requirement
        for requirement in map(ruleset.requirements.__getitem__, procedure.requirements)
        if requirement.subject == usual["type"]
    )
    built = build(about, example, ruleset.schema, calendar)
    run = a_run(built.records, built.world, built.year)
    return timetable(ruleset, run, built.subject, Words(ruleset.schema))


@pytest.mark.parametrize(
    "case", _CASES["cases"], ids=lambda case: case["why"].split("：")[0].strip()[:16]
)
def test_timetable(case: dict[str, Any], ruleset: Ruleset, calendar: WorkCalendar) -> None:
    """A period that is counted wrong in any requirement, or a search that misses the turn, shows.

    Both engines confirm every day; a closed decision has no day and names what closes it.
    """
    entry = _entry(case, ruleset, calendar)
    if case.get("none"):
        assert entry is None
        return
    assert entry is not None
    assert entry.confirmed
    goals = {goal.title: goal for goal in entry.goals}
    assert {title: goal.day for title, goal in goals.items()} == case.get("goals", {})
    found = {name(one).removeprefix("★"): one for one in entry.milestones}
    days: dict[str, list[dt.date | None]] = {
        title: [found[title].earliest, found[title].latest] for title in case.get("days", {})
    }
    assert days == case.get("days", {})
    for title, reached in case.get("reached", {}).items():
        assert goals[title].reached is reached
    for title, late in case.get("late", {}).items():
        assert found[title].late == late
    first = next(iter(entry.goals), None)
    if "chain" in case:
        assert first is not None
        assert [rest.title for rest in first.chain] == case["chain"]
    if "blocked" in case:
        assert first is not None
        assert [ground.text for ground in first.blocked] == case["blocked"]
    if "doubtful" in case:
        assert first is not None
        assert list(dict.fromkeys(ground.text for ground in first.doubtful)) == case["doubtful"]
    if "lacking" in case:
        assert first is not None
        assert [text.partition("（")[0] for text in first.lacking] == case["lacking"]
    supposed = {one.title: one.supposed for one in entry.supposed}
    for title, value in case.get("supposed", {}).items():
        assert supposed[title] == value
