"""A clerk is shown what is of their own unit, and nothing of the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import fields

from django.test import Client

from engine.model.assessment import Assessment
from tests.web.conftest import UNIT
from web.models import Run
from web.running import assessment_of
from web.seen import narrowed


def test_every_part_is_of_the_unit(run: Run) -> None:
    whole = assessment_of(run)
    own = narrowed(whole, UNIT)
    expected = [entry for entry in whole.outcomes if entry.owner == UNIT]
    assert 0 < len(expected) < len(whole.outcomes)
    assert list(own.outcomes) == expected
    records = {(entry.subject_type, entry.subject_key) for entry in expected}
    others = {(e.subject_type, e.subject_key) for e in whole.outcomes if e.owner != UNIT}
    assert records.isdisjoint(others)
    assert {(gate.subject_type, gate.subject_key) for gate in own.gates} <= records
    assert {deadline.owner for deadline in own.deadlines} <= {UNIT}
    assert (own.inputs, own.reports, own.rectified, own.earlier) == ((), (), (), ())
    counted = {outcome: number for outcome, number in own.summary.outcomes.items() if number}
    assert counted == Counter(entry.outcome for entry in expected)


def test_every_part_of_an_assessment_was_thought_of() -> None:
    """Broken by a new part: say in `narrowed` what a clerk is shown of it, then name it here."""
    of_nobody = {
        "schema", "as_of", "year", "place", "jurisdiction", "profile", "ruleset", "engines",
        "requirements", "outline", "period", "stale", "units", "types",
    }  # fmt: skip
    of_one_decision_that_is_theirs = {"form", "checklists"}
    narrowed_down = {"outcomes", "gates", "deadlines", "supposed", "timetables", "summary"}
    left_out = {"inputs", "rectified", "reports", "since", "earlier", "made_from"}
    known = of_nobody | of_one_decision_that_is_theirs | narrowed_down | left_out
    assert {one.name for one in fields(Assessment)} == known


def test_without_a_unit_nothing_is_shown(run: Run) -> None:
    assert narrowed(assessment_of(run), "").outcomes == ()


def test_the_first_page_names_no_other_unit(run: Run, logged_in: Callable[..., Client]) -> None:
    text = logged_in("clerk", UNIT).get("/").content.decode()
    owners = {entry.owner for entry in assessment_of(run).findings} - {UNIT, ""}
    assert "只列县城市管理局的" in text
    assert not [owner for owner in owners if owner in text]
    upload = logged_in("clerk", UNIT).get("/upload").content.decode()
    assert "读到了什么" not in upload
