"""Which levels of government each requirement on a place or an office is for, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest

from engine.guard.examples import build, outcome_of
from engine.judging.judge import ReferenceJudge
from engine.model.outcome import Outcome
from engine.model.strict_yaml import load_yaml
from engine.model.workdays import WorkCalendar
from engine.ruleset.files import Example
from engine.ruleset.model import Ruleset

_FILE: Final = Path(__file__).with_name("levels.yaml")
_TABLE: Final[Any] = load_yaml(_FILE.read_text(encoding="utf-8"), _FILE.name)
_LEVELS: Final = {"place": ("省级", "市级", "县级", "乡级"), "unit": ("部门", "乡镇"), "count": ()}
_SUBJECTS: Final = {
    "place": {"place_year", "decision_catalog", "cleanup"},
    "unit": {"agency", "agency_year"},
    "count": {"agency_count"},
}
_CASES: Final = [
    (kind, name, level)
    for kind, levels in _LEVELS.items()
    for name in _TABLE[kind]
    for level in levels
]


def test_every_requirement_on_a_place_or_an_office_is_listed(ruleset: Ruleset) -> None:
    """Fails for a new requirement of which nobody said whom it binds."""
    for kind, subjects in _SUBJECTS.items():
        there = {r.id for r in ruleset.requirements.values() if r.subject in subjects}
        assert there == set(_TABLE[kind]), kind
    assert all(told["why"] for table in _TABLE.values() for told in table.values())


def _at(example: Example, kind: str, level: str) -> Example:
    """What an example would be at another level."""
    if kind == "place":
        return example.model_copy(update={"place": {**example.place, "level": level}})
    return example.model_copy(update={"given": {**example.given, "level": level}})


@pytest.mark.parametrize(("kind", "name", "level"), _CASES)
def test_it_binds_the_levels_that_the_article_names(
    kind: str, name: str, level: str, ruleset: Ruleset, calendar: WorkCalendar
) -> None:
    """Fails if a township is held to a duty of counties, or a county is let off one.

    What is not met, for whatever reason, is taken to each level in turn.
    """
    requirement = ruleset.requirements[name]
    example = next(
        e
        for e in requirement.examples
        if e.outcome in (Outcome.GAP, Outcome.BORDERLINE)
        and not isinstance(e.place.get("level"), dict)
    )
    case = build(requirement, _at(example, kind, level), ruleset.schema, calendar)
    said = _TABLE[kind][name]["levels"]
    county_up = level != "乡级"
    bound = said == "各级" or (county_up if said == "县级以上" else level in said)
    judged = outcome_of(ReferenceJudge(), requirement, case)
    assert (judged is not Outcome.NOT_APPLICABLE) == bound
