"""What a report claims beside what the ledger shows: the count found, its rows, the difference."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeAlias

import pytest

from engine.assessing.claims import claims
from engine.explaining.words import Words
from engine.guard.examples import Case, build
from engine.judging.measure import Measurer
from engine.judging.run import Judged
from engine.language import tree as t
from engine.language.check import check
from engine.model.report import ClaimRow, ReportClaim, Span
from engine.model.values import Record, Source
from engine.model.workdays import WorkCalendar
from engine.ruleset.files import Example
from engine.ruleset.model import Ruleset
from tests.runs import a_run

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
    def found(
        require: str,
        cases: object = CASES,
        arrange: Callable[[Case], None] = lambda _case: None,
        **given: object,
    ) -> tuple[ReportClaim, ...]:
        made = ruleset.requirements["enf-filed-count"]
        node = check(require, "report_claim", t.Kind.BOOL, ruleset.vocabulary)
        made = replace(made, texts=(replace(made.texts[0], require=node),))
        written: Mapping[str, object] = {**CLAIM, "penalty_cases": cases, **given}
        example = Example.model_validate(
            {"outcome": "met", "as_of": D(2025, 4, 20), "given": written, "parent": {"year": 2024}}
        )
        case = build(made, example, ruleset.schema, calendar)
        arrange(case)
        run = a_run(case.records, case.world, case.year)
        measurer = Measurer(made, case.world, case.year)
        outcomes = [measurer.outcome(record) for record in case.records["report_claim"]]
        # One about something else: it claims nothing, and nobody judged it.
        requirements = [ruleset.requirements["enf-90d"], made]
        return claims(run, Judged({made.id: outcomes}, ()), requirements, Words(ruleset.schema))

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


def _cells(case: Case) -> None:
    """The claim at characters 12 to 15 of the report, each day of a ledger in a cell of its own."""
    case.subject.source = Source(file="报告.txt", start=12, end=15)
    for number, record in enumerate(case.records["penalty_case"], 2):
        record.source = Source(file="台账.xlsx", sheet="处罚", cell=f"A{number}")
        record.sources["reported_on"] = Source(file="台账.xlsx", sheet="处罚", cell=f"D{number}")


def _row(number: int, cell: str) -> ClaimRow:
    key = f"行政处罚案件{number}"
    return ClaimRow(
        "penalty_case", key, f"“{key}”", Source(file="台账.xlsx", sheet="处罚", cell=cell)
    )


def test_a_claim_with_everything_about_it(claimed: Claimed) -> None:
    """A row counted or left out stands at the cell of its day; one without a day at its row."""
    assert claimed(f"{COUNT} == report_claim.value", arrange=_cells, title="重大处罚案件数") == (
        ReportClaim(
            requirement="enf-filed-count",
            subject_key="报告自报的数1",
            indicator="备案重大处罚",
            title="重大处罚案件数",
            unit="件",
            raw="2",
            span=Span(12, 15),
            claimed_min=2,
            claimed_max=2,
            shown_min=1,
            shown_max=2,
            lower_bound=False,
            verdict="unknown",
            difference="报告2件，台账1至2件，判断不了",
            rows=(_row(1, "D2"),),
            doubtful=(_row(3, "A4"),),
            outside=(_row(2, "D3"),),
        ),
    )


def test_a_row_that_stands_in_no_file_has_no_place(claimed: Claimed) -> None:
    def nowhere(case: Case) -> None:
        for record in case.records["penalty_case"]:
            record.source = Source()

    [claim] = claimed(f"{COUNT} == report_claim.value", CASES[:1], nowhere)
    assert [row.source for row in claim.rows] == [None]


@pytest.mark.parametrize("place", [Source(start=12), Source(end=15)])
def test_half_a_span_is_none(claimed: Claimed, place: Source) -> None:
    def half(case: Case) -> None:
        case.subject.source = place

    [claim] = claimed(f"{COUNT} == report_claim.value", arrange=half)
    assert claim.span is None


def test_claims_in_the_order_of_the_text(claimed: Claimed) -> None:
    """What has no place in the text comes first."""

    def three(case: Case) -> None:
        first, records = case.subject, case.records["report_claim"]
        first.source = Source(file="报告.txt", start=30, end=33)
        for key, source in (("前面的", Source(start=12, end=15)), ("无处的", Source())):
            copy = Record(first.type, key, first.values, source=source, parent=first.parent)
            records.append(copy)

    found = claimed(f"{COUNT} == report_claim.value", CASES[:1], three)
    assert [(claim.subject_key, claim.span) for claim in found] == [
        ("无处的", None),
        ("前面的", Span(12, 15)),
        ("报告自报的数1", Span(30, 33)),
    ]


@pytest.mark.parametrize(
    ("cases", "given", "verdict", "lower_bound"),
    [
        (CASES[:1], {"value": 1}, "holds", False),
        (CASES[:1], {"value": 2}, "fails", False),
        (CASES, {"value": 2}, "unknown", False),
        ({"open": CASES[:1]}, {"value": 2}, "unknown", True),
        ({"open": CASES[:1]}, {"value": 0}, "fails", True),
    ],
)
def test_the_verdict_is_that_of_the_requirement(
    claimed: Claimed,
    cases: object,
    given: dict[str, object],
    verdict: str,
    lower_bound: bool,  # noqa: FBT001
) -> None:
    [claim] = claimed(f"{COUNT} == report_claim.value", cases, **given)
    assert (claim.verdict, claim.lower_bound) == (verdict, lower_bound)


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        (Decimal("2.5"), 2.5, 2.5),
        (Decimal("2.0"), 2, 2),
        ({"between": [1, Decimal("2.5")]}, 1, 2.5),
        ({"unknown": "unreadable"}, None, None),
    ],
)
def test_a_whole_number_is_written_as_one(
    claimed: Claimed, value: object, low: float | None, high: float | None
) -> None:
    [claim] = claimed(f"{COUNT} == report_claim.value", CASES[:1], value=value)
    assert (repr(claim.claimed_min), repr(claim.claimed_max)) == (repr(low), repr(high))


def test_words_that_are_not_known_are_left_out(claimed: Claimed) -> None:
    given = {"unit": None, "raw": {"unknown": "blank"}}
    [claim] = claimed(f"{COUNT} == report_claim.value", CASES[:1], **given)
    assert (claim.unit, claim.raw, claim.difference) == ("", "", "报告，台账1，报告多1")
