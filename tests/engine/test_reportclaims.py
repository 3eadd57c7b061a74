"""What a report claims beside what the ledger shows: the count found, its rows, the difference."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

import pytest

from engine.examples import build
from engine.language import tree as t
from engine.language.check import check
from engine.measure import Measurer
from engine.reportclaims import claims
from engine.reportentries import ReportClaim
from engine.ruleset.files import Example
from engine.ruleset.model import Ruleset
from engine.run import Judged, Run
from engine.words import Words
from engine.workdays import WorkCalendar

D = dt.date
Claimed: TypeAlias = Callable[..., tuple[ReportClaim, ...]]
COUNT = (
    "size(report_claim.penalty_cases.filter(c, has(c.reported_on)"
    " && c.reported_on >= report_claim.start && c.reported_on <= report_claim.end))"
)
CLAIM: dict[str, Any] = {
    "indicator": "备案重大处罚",
    "title": "备案重大处罚",
    "value": 2,
    "unit": "件",
    "raw": "2",
    "whole_year": True,
    "start": D(2024, 1, 1),
    "end": D(2024, 12, 31),
}
CASES = [
    {"reported_on": D(2024, 8, 10)},
    {"reported_on": D(2023, 12, 31)},
    {"reported_on": {"unknown": "blank"}},
    {"reported_on": None},
]
"""One that counts, one of the year before, one that may count, one that was never reported."""


@pytest.fixture
def claimed(ruleset: Ruleset, calendar: WorkCalendar) -> Claimed:
    def found(require: str, cases: object = CASES, **given: object) -> tuple[ReportClaim, ...]:
        made = ruleset.requirements["enf-filed-count"]
        node = check(require, "report_claim", t.Kind.BOOL, ruleset.vocabulary)
        made = replace(made, texts=(replace(made.texts[0], require=node),))
        written: Mapping[str, object] = {**CLAIM, "penalty_cases": cases, **given}
        example = Example.model_validate(
            {"outcome": "met", "as_of": D(2025, 4, 20), "given": written, "parent": {"year": 2024}}
        )
        case = build(made, example, ruleset.schema, calendar)
        run = Run(case.records, case.world, case.year)
        outcome = Measurer(made, case.world, case.year).outcome(case.subject)
        words = Words(ruleset.schema)
        return claims(run, Judged({made.id: [outcome]}, ()), [made], words)

    return found


def rows(claim: ReportClaim) -> list[list[str]]:
    return [
        [row.record_key for row in part] for part in (claim.rows, claim.doubtful, claim.outside)
    ]


def test_a_count_with_the_rows_it_stands_on(claimed: Claimed) -> None:
    [claim] = claimed(f"{COUNT} == report_claim.value")
    assert (claim.requirement, claim.indicator, claim.unit, claim.span) == (
        "enf-filed-count",
        "备案重大处罚",
        "件",
        None,
    )
    # The blank day may be of the year: one or two, and two are claimed.
    assert (claim.claimed_min, claim.claimed_max, claim.shown_min, claim.shown_max) == (2, 2, 1, 2)
    assert (claim.verdict, claim.difference) == ("unknown", "报告2件，台账1至2件，判断不了")
    assert rows(claim) == [["行政处罚案件1"], ["行政处罚案件3"], ["行政处罚案件2"]]


@pytest.mark.parametrize(
    "require",
    [
        f"report_claim.value == {COUNT}",
        f"report_claim.value >= 1 && {COUNT} == report_claim.value",
        f"has(report_claim.value) ? {COUNT} == report_claim.value : false",
        f"report_claim.value < 0 ? true : {COUNT} == report_claim.value",
    ],
)
def test_the_count_is_found_wherever_it_stands(claimed: Claimed, require: str) -> None:
    plain = claimed(f"{COUNT} == report_claim.value", CASES[:2])
    assert [claim.difference for claim in plain] == ["报告2件，台账1件，报告多1件"]
    assert claimed(require, CASES[:2]) == plain


@pytest.mark.parametrize(
    "require",
    [
        "report_claim.value >= 1",
        "size(report_claim.penalty_cases) == report_claim.value",  # nothing is chosen from it
        f"report_claim.value >= 1 ? true : {COUNT} == report_claim.value",  # not asked
    ],
)
def test_where_nothing_was_counted_there_is_no_claim(claimed: Claimed, require: str) -> None:
    assert claimed(require) == ()


def test_a_choice_nobody_can_make_counts_nothing(claimed: Claimed) -> None:
    require = f"report_claim.value >= 2 ? {COUNT} == report_claim.value : false"
    assert claimed(require, value={"between": [1, 3]}) == ()
    assert len(claimed(require, value={"between": [2, 3]})) == 1


def test_a_figure_that_may_be_about_something_else_is_held_against_no_ledger(
    claimed: Claimed,
) -> None:
    require = f"{COUNT} == report_claim.value"
    assert len(claimed(require)) == 1
    assert claimed(require, indicator={"unknown": "blank"}) == ()


def test_without_the_days_of_the_year_no_row_lies_outside(claimed: Claimed) -> None:
    require = "size(report_claim.penalty_cases.filter(c, c.reported_on > as_of)) == 0"
    given = {"start": {"unknown": "blank"}, "end": D(2024, 12, 31)}
    [claim] = claimed(require, CASES[:2])
    assert rows(claim) == [[], [], ["行政处罚案件2"]]
    [claim] = claimed(require, CASES[:2], **given)
    assert rows(claim) == [[], [], []]


@pytest.mark.parametrize(
    ("cases", "given", "said"),
    [
        ({"open": []}, {}, "报告2件，没有读到台账"),
        ({"open": CASES[:1]}, {}, "报告2件，台账至少1件（没有声明录全，只是下限），判断不了"),
        (
            {"open": CASES[:1]},
            {"value": 0, "raw": "0"},
            "报告0件，台账至少1件（没有声明录全，只是下限），报告至少少1件",
        ),
        (CASES[:1], {"value": 1, "raw": "1"}, "报告1件，台账1件，相符"),
        (
            CASES[:1],
            {"value": {"between": [1, 3]}, "raw": "数"},
            "报告数件，台账1件，在报告所写的范围内",
        ),
        (
            CASES[:1],
            {"value": {"between": [3, 5]}, "raw": "数"},
            "报告数件，台账1件，报告至少多2件",
        ),
    ],
)
def test_the_difference_in_words(
    claimed: Claimed, cases: object, given: dict[str, object], said: str
) -> None:
    [claim] = claimed(f"{COUNT} == report_claim.value", cases, **given)
    assert claim.difference == said
