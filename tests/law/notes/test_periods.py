"""Periods that a law gives, takes or lets be stretched: what cures a short one, and what doesn't.

Numbered as the notes on the law number them; the days are counted by hand beside them.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from engine.model.outcome import Outcome, Severity
from tests.law.notes.judged import Judged

D = dt.date
MAJOR = {"is_major": True, "exempt_ground": None, "special_procedure_law": None}


def test_05_a_rest_day_is_not_a_statutory_holiday(judged: Judged) -> None:
    # Article 43 of the Coercion Law names statutory holidays; a Saturday is disputed.
    given = {
        "has_power": True,
        "decided_on": D(2024, 9, 27),
        "exec_at_night": False,
        "urgent": False,
        "utility_cut": False,
    }

    def executed(*, holiday: bool, rest: bool) -> Outcome:
        days = {"exec_on_holiday": holiday, "exec_on_rest_day": rest}
        return judged("enf-no-night-exec", {**given, **days})[0]

    assert executed(holiday=False, rest=False) is Outcome.MET
    assert executed(holiday=False, rest=True) is Outcome.BORDERLINE
    assert executed(holiday=True, rest=True) is Outcome.GAP


def test_08_a_soft_threshold_yields_to_a_reason_but_not_to_silence(judged: Judged) -> None:
    # 原则上 5%: one reviewer for 41 officers is 2.4%.
    few = {"year": 2024, "officers": 41, "reviewers": 1}
    as_of = D(2025, 3, 10)

    def noted(note: object) -> Outcome:
        return judged("cert-reviewer-5pct", {**few, "reviewer_note": note}, as_of)[0]

    assert noted("由县司法局统筹") is Outcome.MET
    assert noted(None) is Outcome.GAP
    assert noted({"unknown": "no_column"}) is Outcome.UNKNOWN


def test_09_seven_working_days_are_given_not_used(judged: Judged) -> None:
    # Complete on 8 May 2024: the 7th working day is the 17th (9, 10, 11 worked, 13 to 16);
    # 11 May is a Saturday worked for the holiday, so the 7th is Thursday the 16th.
    given = {
        **MAJOR,
        "maker_level": "政府",
        "legality_review.materials_complete_on": D(2024, 5, 8),
        "legality_review.opinion_on": D(2024, 5, 10),
        "discussion.held_on": D(2024, 5, 24),
    }
    name = "dec-legality-7wd"

    def asked(day: dt.date) -> Outcome:
        return judged(name, {**given, "legality_review.feedback_due_on": day})[0]

    # The opinion came after two days of its own accord: lawful, as seven were given.
    assert asked(D(2024, 5, 16)) is Outcome.MET
    assert asked(D(2024, 5, 15)) is Outcome.GAP


def test_10_a_reason_given_afterwards_does_not_cure_a_short_notice(judged: Judged) -> None:
    # Article 15: the reason for less than 30 days stands in the notice itself.
    short = {
        **MAJOR,
        "comment.published_on": D(2024, 6, 11),
        "comment.deadline": D(2024, 7, 1),
        "comment.shortened_reason": "主汛期将至",
    }
    name = "dec-comment-shortened-reason"
    assert judged(name, {**short, "comment.reason_in_notice": True})[0] is Outcome.MET
    assert judged(name, {**short, "comment.reason_in_notice": False})[0] is Outcome.GAP


def test_12_only_a_suspension_with_a_ground_stretches_the_ninety_days(judged: Judged) -> None:
    # 2 January to 10 April 2024 is 29 + 29 + 31 + 10 = 99 days: nine too many.
    case: dict[str, Any] = {
        "opened_on": D(2024, 1, 2),
        "decision_on": D(2024, 4, 10),
        "extension_ground": None,
        "extended_to": None,
        "special_law": None,
    }

    def with_suspension(ground: str | None) -> Outcome:
        stopped = [{"days": 9, "ground": ground}]
        return judged("enf-90d", {**case, "suspensions": stopped})[0]

    assert with_suspension("部门规章第二十条：鉴定期间不计入") is Outcome.MET
    assert with_suspension(None) is Outcome.GAP
    assert judged("enf-90d", {**case, "suspensions": []}) == (Outcome.GAP, Severity.MAJOR)
