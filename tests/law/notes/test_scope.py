"""What the duties on decisions and normative documents reach, and what they must not invent.

The traps of scope, numbered as the notes on the law number them; every expected outcome is worked
out from the article named beside it.
"""

from __future__ import annotations

import datetime as dt

import pytest

from engine.model.outcome import Outcome, Severity
from tests.law.notes.judged import Judged

D = dt.date
MAJOR = {"is_major": True, "exempt_ground": None, "special_procedure_law": None}
COUNTY = {"level": "县级"}


def test_13_whether_it_is_major_comes_first_and_departments_only_follow(judged: Judged) -> None:
    late = {"legality_review.opinion_on": D(2024, 5, 7), "discussion.held_on": D(2024, 5, 6)}
    name = "dec-legality-before-discussion"
    assert judged(name, {**MAJOR, **late, "is_major": {"unknown": "blank"}})[0] is Outcome.UNKNOWN
    emergency = {**MAJOR, **late, "exempt_ground": "突发事件应急处置"}
    assert judged(name, emergency)[0] is Outcome.NOT_APPLICABLE
    # Article 42: departments and townships go by it as a reference, one step milder.
    government = judged(name, {**MAJOR, **late, "maker_level": "政府"})
    department = judged(name, {**MAJOR, **late, "maker_level": "部门"})
    assert government == (Outcome.GAP, Severity.BLOCKING)
    assert department == (Outcome.GAP, Severity.MAJOR)


def test_14_only_review_and_discussion_are_rigid_steps(judged: Judged) -> None:
    held = {**MAJOR, "discussion.held_on": D(2024, 4, 26)}
    none = {"expert_review.held_on": None, "expert_review.opinion_doc": None}
    expert = "dec-expert-needed"
    # Articles 19 and 14: experts where it is technical, any form of participation.
    assert judged(expert, {**held, **none, "technical": False})[0] is Outcome.NOT_APPLICABLE
    unsaid = {**held, **none, "technical": {"unknown": "blank"}}
    assert judged(expert, unsaid)[0] is Outcome.UNKNOWN
    talk = {"form": "座谈会", "start_on": D(2024, 3, 12), "evidence": "记录"}
    took_part = {
        **held,
        "nonpublic_ground": None,
        "comment.published_on": None,
        "participation": [talk],
    }
    assert judged("dec-public-participation", took_part)[0] is Outcome.MET
    assert judged("dec-comment-30d", took_part)[0] is Outcome.NOT_APPLICABLE


def test_15_no_catalogue_is_minor_but_one_without_consent_is_major(judged: Judged) -> None:
    year = {"year": 2024, "end": D(2024, 12, 31), "catalogs": []}
    assert judged("dec-catalog-annual", year, D(2025, 1, 20), place=COUNTY) == (
        Outcome.GAP,
        Severity.MINOR,
    )
    catalog = {"year": 2024, "consent_by": "同级党委", "published_on": D(2024, 3, 20)}
    late = {**catalog, "party_consent_on": D(2024, 3, 21)}
    name = "dec-catalog-party-consent"
    assert judged(name, late, D(2025, 1, 20), place=COUNTY) == (Outcome.GAP, Severity.MAJOR)


def test_16_the_party_is_asked_before_issue_in_no_order_to_the_meeting(judged: Judged) -> None:
    # Article 31 says before issue, nothing of the meeting of 26 April.
    for reported in (D(2024, 4, 20), D(2024, 4, 30)):
        given = {
            **MAJOR,
            "discussion.held_on": D(2024, 4, 26),
            "party_report.reported_on": reported,
            "issued_on": D(2024, 5, 6),
        }
        assert judged("dec-party-report", given)[0] is Outcome.MET


@pytest.mark.parametrize(
    ("meeting", "outcome"),
    [
        ("常务会议", Outcome.MET),
        ("全体会议", Outcome.MET),
        ("部门办公会议", Outcome.GAP),
        ("专题会议", Outcome.GAP),
        ("传签", Outcome.GAP),
    ],
)
def test_17_topic_meetings_and_circulated_papers_do_not_count(
    judged: Judged, meeting: str, outcome: Outcome
) -> None:
    given = {
        **MAJOR,
        "maker_level": "政府",
        "discussion.held_on": D(2024, 4, 26),
        "discussion.meeting_type": meeting,
    }
    assert judged("dec-collective-forum", given)[0] is outcome


def test_18_self_review_was_enough_until_the_regulation_came_into_force(judged: Judged) -> None:
    # In force on 1 August 2024: before it the drafter reviews, from it the market regulator.
    own = {
        **MAJOR,
        "maker_level": "政府",
        "touches_operators": True,
        "fair_competition_review.self_review_on": D(2024, 7, 10),
        "fair_competition_review.conclusion": "符合",
        "fair_competition_review.initial_on": None,
        "fair_competition_review.reviewed_on": None,
        "fair_competition_review.reviewer": None,
    }
    around = {"place": {"market_regulator": "市场监督管理局"}}

    def discussed(day: dt.date) -> Outcome:
        given = {**own, "discussion.held_on": day, "issued_on": day}
        return judged("dec-fair-competition", given, **around)[0]

    assert discussed(D(2024, 7, 31)) is Outcome.MET
    assert discussed(D(2024, 8, 1)) is Outcome.GAP
    assert discussed(D(2024, 8, 2)) is Outcome.GAP


def test_19_thirty_natural_days_for_the_market_are_not_thirty_working_days(judged: Judged) -> None:
    # From 1 April the 30th natural day is 1 May; the 30th working day would be 15 May.
    given = {
        "is_normative": True,
        "emergency": False,
        "market_related": True,
        "comment.published_on": D(2024, 4, 1),
        "comment.deadline": D(2024, 5, 1),
    }
    assert judged("nd-comment-30d-market", given, place=COUNTY)[0] is Outcome.MET
    # A general document asks for 7 working days, which 11 April is the last of.
    general = {
        **given,
        "market_related": False,
        "major_impact": True,
        "comment.deadline": D(2024, 4, 11),
    }
    assert judged("nd-comment-7wd", general, place=COUNTY)[0] is Outcome.MET
    assert judged("nd-comment-30d-market", general, place=COUNTY)[0] is Outcome.NOT_APPLICABLE


def test_20_filing_with_the_congress_does_not_stand_in_for_the_superior(judged: Judged) -> None:
    given = {
        "is_normative": True,
        "issue_level": "政府",
        "issued_on": D(2024, 5, 27),
        "publication.published_on": D(2024, 5, 29),
        "filings": [
            {
                "recipient_kind": "同级人大常委会",
                "recipient": "甲县人大常委会",
                "filed_on": D(2024, 6, 5),
            }
        ],
    }
    place = {**COUNTY, "filing_superior": "乙市人民政府"}
    around = {"place": place, "params": {"nd_filing_days": 15, "nd_npc_filing_days": 30}}
    assert judged("nd-file-npc-30d", given, **around)[0] is Outcome.MET
    assert judged("nd-file-superior-15d", given, **around)[0] is Outcome.GAP


def test_21_seven_natural_days_before_the_hearing_not_ten(judged: Judged) -> None:
    # Article 16: the later decree's 7 days go before the 10 of 2008.
    hearing = {"held_on": D(2024, 3, 20), "materials_delivered_on": D(2024, 3, 13)}
    assert judged("dec-hearing-materials-7d", hearing, parent=MAJOR)[0] is Outcome.MET
