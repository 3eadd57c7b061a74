"""What is not known is never taken for met, and never for missing where the law asks no paper.

The traps of the outcomes, numbered as the notes on the law number them.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from engine.model.outcome import Outcome, Severity
from tests.law.notes.judged import Judged

D = dt.date
COUNTY = {"level": "县级"}
BLANK = {"unknown": "blank"}
MEETING = D(2024, 4, 26)
MAJOR: dict[str, Any] = {
    "is_major": True,
    "exempt_ground": None,
    "special_procedure_law": None,
    "technical": True,
    "discussion.held_on": MEETING,
    "expert_review.held_on": D(2024, 4, 1),
    "expert_review.opinion_doc": "专论〔2024〕1号",
}


@pytest.mark.parametrize(
    ("changed", "as_of", "expected"),
    [
        ({}, D(2024, 12, 31), (Outcome.MET, Severity.BLOCKING)),
        (
            {"expert_review.held_on": None, "expert_review.opinion_doc": None},
            D(2024, 12, 31),
            (Outcome.GAP, Severity.BLOCKING),
        ),
        # Nothing entered of what must be on paper: one step milder, never “违法”.
        (
            {"expert_review.opinion_doc": BLANK},
            D(2024, 12, 31),
            (Outcome.NOT_EVIDENCED, Severity.MAJOR),
        ),
        ({"technical": BLANK}, D(2024, 12, 31), (Outcome.UNKNOWN, Severity.BLOCKING)),
        ({"technical": False}, D(2024, 12, 31), (Outcome.NOT_APPLICABLE, Severity.BLOCKING)),
        (
            {
                "discussion.held_on": {"planned": MEETING},
                "expert_review.held_on": None,
                "expert_review.opinion_doc": None,
            },
            D(2024, 4, 25),
            (Outcome.PENDING, Severity.BLOCKING),
        ),
    ],
)
def test_29_each_of_the_outcomes_has_its_own_case(
    judged: Judged,
    changed: dict[str, Any],
    as_of: dt.date,
    expected: tuple[Outcome, Severity],
) -> None:
    assert judged("dec-expert-needed", {**MAJOR, **changed}, as_of) == expected


def test_29_doubtful_is_neither_met_nor_a_gap(judged: Judged) -> None:
    given = {
        **MAJOR,
        "comment.published_on": D(2024, 5, 1),
        "comment.deadline": D(2024, 5, 30),
        "comment.shortened_reason": None,
        "comment.reason_in_notice": None,
    }
    assert judged("dec-comment-30d", given)[0] is Outcome.BORDERLINE


def test_29_a_rate_of_nothing_is_not_applicable(judged: Judged) -> None:
    """Fails if a year without documents is called a hundred in a hundred."""
    year: dict[str, Any] = {
        "year": 2024,
        "start": D(2024, 1, 1),
        "end": D(2024, 12, 31),
        "normative_docs": [],
    }
    assert judged("nd-file-rate", year, D(2025, 3, 10), place=COUNTY)[0] is Outcome.NOT_APPLICABLE


def test_31_a_rate_stands_on_its_numerator_and_denominator(
    judged: Judged,
) -> None:
    """Fails if the share is taken from what was typed, or if one missing part passes for all."""
    filed = {"is_normative": True, "issued_on": D(2024, 5, 27)}
    year = {"year": 2024, "start": D(2024, 1, 1), "end": D(2024, 12, 31)}

    def rate(*complete: object) -> Outcome:
        docs = [
            {**filed, "filings": [{"filed_on": D(2024, 6, 5), "complete": good}]}
            for good in complete
        ]
        given = {**year, "normative_docs": docs}
        return judged("nd-file-rate", given, D(2025, 3, 10), place=COUNTY)[0]

    assert rate(True, True) is Outcome.MET
    assert rate(True, False) is Outcome.GAP
    assert rate(True, BLANK) is Outcome.UNKNOWN
    assert rate(False, BLANK) is Outcome.GAP


def test_32_the_ledger_counts_and_the_report_is_what_is_checked(judged: Judged) -> None:
    issued = [
        {"is_normative": True, "issued_on": D(2024, month, 8), "filings": []} for month in (3, 5)
    ]

    def reported(value: int, docs: object) -> Outcome:
        given = {
            "indicator": "制发规范性文件",
            "whole_year": True,
            "value": value,
            "start": D(2024, 1, 1),
            "end": D(2024, 12, 31),
            "normative_docs": docs,
        }
        return judged("nd-count-reconcile", given, D(2025, 3, 10), place=COUNTY)[0]

    assert reported(2, issued) is Outcome.MET
    assert reported(3, issued) is Outcome.GAP
    # An open ledger has two at the least: one reported is too few, three may be right.
    assert reported(1, {"open": issued}) is Outcome.GAP
    assert reported(3, {"open": issued}) is Outcome.UNKNOWN
