"""What the duties on officers, cases and their publication reach.

The traps of enforcement, numbered as the notes on the law number them; every expected outcome is
worked out from the article named beside it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from engine.model.outcome import Outcome, Severity
from facts.report import Verdict, read_report
from tests.law.notes.judged import Judged

D = dt.date
ISSUED = {"issued_on": D(2022, 5, 10), "valid_from": D(2022, 5, 10), "valid_to": D(2027, 5, 9)}
CLEAN = {**ISSUED, "cancelled_on": None, "loss_on": None, "status": "有效", "suspensions": []}


def test_22_only_what_is_to_be_published_has_a_day_and_the_market_regulator_another(
    judged: Judged,
) -> None:
    # Decided on Friday 5 July 2024: the 7th working day is Tuesday the 16th, the 20th 2 August.
    given = {
        "kind": "处罚",
        "decision_on": D(2024, 7, 5),
        "publishable": True,
        "market_regulator": False,
        "only_warning": False,
    }

    def on(day: dt.date | None, name: str = "enf-publish-7wd", **changed: object) -> Outcome:
        return judged(name, {**given, "published_on": day, **changed})[0]

    assert on(D(2024, 7, 16)) is Outcome.MET
    assert on(D(2024, 7, 17)) is Outcome.GAP
    # Article 48 of the Penalty Law since 2021-07-15: only what is of some public effect.
    assert on(None, publishable=False) is Outcome.NOT_APPLICABLE
    assert on(None, publishable={"unknown": "blank"}) is Outcome.UNKNOWN
    market = {"name": "enf-samr-20wd", "market_regulator": True}
    assert on(D(2024, 8, 2), **market) is Outcome.MET
    assert on(D(2024, 8, 5), **market) is Outcome.GAP
    assert on(None, **market, only_warning=True) is Outcome.MET


def test_23_every_major_decision_is_reviewed_before_it_is_discussed(judged: Judged) -> None:
    # Article 28 of the provincial regulation asks it of all major decisions, wider than article
    # 58 of the Penalty Law: a fine of 100,000 on a company falls under none of its four cases.
    case = {
        "decision_on": D(2024, 8, 2),
        "review_triggers": None,
        "penalty_types": ["罚款"],
        "party_type": "法人",
        "fine": 100000,
        "confiscated": None,
        "is_complex_or_major": True,
        "review_on": D(2024, 7, 30),
        "review_result": "通过",
    }

    def discussed(day: dt.date) -> Outcome:
        return judged("enf-collective", {**case, "discussed_on": day})[0]

    assert judged("enf-legal-review", case)[0] is Outcome.MET
    assert judged("enf-legal-review", {**case, "review_on": None})[0] is Outcome.GAP
    assert discussed(D(2024, 7, 31)) is Outcome.MET
    assert discussed(D(2024, 7, 30)) is Outcome.BORDERLINE  # the same day: which came first?
    assert discussed(D(2024, 7, 29)) is Outcome.GAP


@pytest.mark.parametrize(
    ("text", "holds", "fails"),
    [
        # Out of the 52 heard, not of the 61 brought: 52/61 would be 85%.
        ("行政诉讼案件61件，开庭审理52件，负责人出庭52件，出庭应诉率100%。", set(), set()),
        # Principals and deputies count alike.
        (
            "负责人出庭52件，其中正职出庭10件、副职出庭42件，负责人出庭应诉率100%。",
            {"10+42=52"},
            set(),
        ),
        (
            "负责人出庭52件，其中正职出庭10件、副职出庭43件，负责人出庭应诉率100%。",
            set(),
            {"10+43=52"},
        ),
    ],
)
def test_24_appearances_are_counted_out_of_hearings_principals_and_deputies_alike(
    text: str, holds: set[str], fails: set[str]
) -> None:
    relations = read_report(text, name="报告").relations
    assert {r.expression for r in relations if r.verdict is Verdict.FAILS} == fails
    sums = {r.expression for r in relations if r.kind == "sum" and r.verdict is Verdict.HOLDS}
    assert sums == holds


def test_25_sixty_hours_are_a_persons_not_attendances_and_not_politics(judged: Judged) -> None:
    year = {
        "year": 2024,
        "start": D(2024, 1, 1),
        "end": D(2024, 12, 31),
        "joined_on": D(2020, 3, 2),
        "left_on": None,
        "long_leave": False,
        "certificates": [CLEAN],
    }

    def trained(*sessions: tuple[str, int]) -> Outcome:
        listed = [{"category": category, "hours": hours} for category, hours in sessions]
        given = {**year, "trainings": listed}
        return judged("cert-60-hours", given, D(2025, 3, 10))[0]

    assert trained(("业务知识", 30), ("法律法规", 30)) is Outcome.MET
    # Sixty attendances of half an hour are thirty hours.
    assert trained(*[("业务知识", 1)] * 30) is Outcome.GAP
    assert trained(("业务知识", 59), ("政治理论", 40)) is Outcome.GAP


def test_26_five_in_a_hundred_is_of_each_agency(judged: Judged) -> None:
    # Two agencies, 40 and 41 officers: four reviewers of 81 are 4.9% together, but the first
    # has its two of 40 (5%) and the second two of 41 (4.88%).
    def staffed(officers: int, reviewers: int) -> Outcome:
        given = {"year": 2024, "officers": officers, "reviewers": reviewers, "reviewer_note": None}
        return judged("cert-reviewer-5pct", given, D(2025, 3, 10))[0]

    assert staffed(40, 2) is Outcome.MET
    assert staffed(41, 2) is Outcome.GAP
    assert staffed(41, 3) is Outcome.MET
    assert staffed(0, 0) is Outcome.NOT_APPLICABLE


def test_27_a_certificate_counts_on_the_day_of_the_act_and_acts_are_looked_back_over(
    judged: Judged,
) -> None:
    # Cancelled on 20 June 2024, valid on the 19th; checked in March 2025, long after both.
    gone = {**CLEAN, "status": "注销", "loss_on": D(2024, 6, 1), "cancelled_on": D(2024, 6, 20)}

    def acted(day: dt.date, name: str = "cert-valid-on-date", **changed: object) -> Outcome:
        given = {"certificates": [{**gone, **changed}], "role": "执法"}
        act = {"acted_on": day, "other_certificate_ground": None}
        return judged(name, given, D(2025, 3, 10), parent=act)[0]

    assert acted(D(2024, 6, 19)) is Outcome.MET
    assert acted(D(2024, 6, 20)) is Outcome.BORDERLINE
    assert acted(D(2024, 6, 21)) is Outcome.GAP
    held = {"suspensions": [{"from": D(2024, 5, 6), "to": D(2024, 5, 10)}]}
    assert acted(D(2024, 5, 10), "cert-suspended", **held) is Outcome.GAP
    assert acted(D(2024, 5, 11), "cert-suspended", **held) is Outcome.MET

    def tainted(*days: dt.date) -> Outcome:
        actions = [{"parent": {"acted_on": day}} for day in days]
        return judged("cert-tainted-cases", {**gone, "actions": actions}, D(2025, 3, 10))[0]

    # Between the loss of the 1st and the cancellation of the 20th he still acted.
    assert tainted(D(2024, 5, 31), D(2024, 6, 20)) is Outcome.MET
    assert tainted(D(2024, 5, 31), D(2024, 6, 3)) is Outcome.GAP


def test_28_policy_papers_that_ended_carry_no_duty_but_laws_go_on(judged: Judged) -> None:
    # Both papers that carry the sixty hours ended on 2025-12-31; nothing else carries them.
    def hours(year: int) -> tuple[Outcome, Severity]:
        given: dict[str, Any] = {
            "year": year,
            "start": D(year, 1, 1),
            "end": D(year, 12, 31),
            "joined_on": D(2020, 3, 2),
            "left_on": None,
            "long_leave": False,
            "certificates": [CLEAN],
            "trainings": [{"category": "业务知识", "hours": 40}],
        }
        return judged("cert-60-hours", given, D(year + 1, 3, 10))

    assert hours(2025) == (Outcome.GAP, Severity.MAJOR)
    assert hours(2026) == (Outcome.GAP, Severity.ADVISORY)

    # A law carries the notice before a penalty: as grave in 2026 as before.
    def noticed(year: int) -> tuple[Outcome, Severity]:
        given = {
            "procedure": "普通程序",
            "decision_on": D(year, 3, 2),
            "notice_on": None,
            "result": "给予处罚",
        }
        return judged("enf-notify", given, D(year, 6, 1))

    assert noticed(2025) == noticed(2026) == (Outcome.GAP, Severity.BLOCKING)
