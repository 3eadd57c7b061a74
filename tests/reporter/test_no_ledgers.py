"""A ledger that isn't there is told in one line, however many requirements wait for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.model.assessment import Assessment, OutcomeEntry
from engine.model.outcome import Outcome, Severity
from reporter.formats import FORMATS
from reporter.overview import Overview
from tests.reporter.golden import text_of
from tests.reporter.sample import entry, requirement, sample

ON_THE_YEAR = {"subject_type": "year", "subject_key": "2024", "subject_label": "2024"}


def waiting(name: str, severity: Severity) -> OutcomeEntry:
    return replace(
        entry(0, Outcome.UNKNOWN, severity, "2024"), requirement=name, missing=(), **ON_THE_YEAR
    )


def assessment(subjects: dict[str, int]) -> Assessment:
    """Three requirements of cases and two of decisions; none of their records was there."""
    a = sample()
    case = {"ledger": "case", "ledger_title": "处罚案件"}
    made = {
        "enf-1": replace(requirement(0), subject="case", title="甲", **case),
        "enf-2": replace(requirement(0), subject="handler", title="乙", **case),
        "enf-3": replace(requirement(1), subject="case", title="丙", **case),
        "dec-8": replace(requirement(0), subject="hearing", title="丁"),
        "dec-9": replace(requirement(1), subject="year", title="戊", ledger="", ledger_title=""),
    }
    found = (
        waiting("enf-1", Severity.BLOCKING),
        waiting("enf-2", Severity.BLOCKING),
        waiting("enf-3", Severity.MAJOR),
        waiting("dec-8", Severity.BLOCKING),
        waiting("dec-9", Severity.MAJOR),
    )
    summary = replace(a.summary, subjects=subjects)
    return replace(
        a, requirements=a.requirements | made, outcomes=(*a.outcomes, *found), summary=summary
    )


def test_a_line_a_ledger_with_what_waits_for_it() -> None:
    """Counting by subject instead of ledger would make two lines of the cases' ledger."""
    overview = Overview(assessment({"decision": 8}))
    assert [item.said for item in overview.unknowns.no_ledgers] == [
        "还没有处罚案件台账：2条必须先解决的没法核，另有1条也没法核"
    ]
    waits = [(item.requirement, item.wanting) for item in overview.unknowns.undecided]
    assert waits == [
        ("dec-0", "缺：公布日期（台账没有这一列）"),
        ("dec-8", "没有读到“重大行政决策”的记录"),
    ]


def test_where_the_ledger_was_read_each_requirement_says_which_records_lack() -> None:
    overview = Overview(assessment({"decision": 8, "case": 3}))
    assert overview.unknowns.no_ledgers == ()
    assert [item.requirement for item in overview.unknowns.undecided] == [
        "dec-0",
        "dec-8",
        "enf-1",
        "enf-2",
    ]


def test_without_anything_blocking_the_rest_is_counted_alone() -> None:
    overview = Overview(assessment({"case": 3}))
    assert [item.said for item in overview.unknowns.no_ledgers] == [
        "还没有重大行政决策台账：1条必须先解决的没法核"
    ]
    a = assessment({"decision": 8})
    kept = tuple(e for e in a.outcomes if e.requirement not in {"enf-1", "enf-2"})
    assert [item.said for item in Overview(replace(a, outcomes=kept)).unknowns.no_ledgers] == [
        "还没有处罚案件台账：1条没法核"
    ]


@pytest.mark.parametrize("form", ["terminal", "markdown", "html", "docx"])
def test_every_page_for_people_says_so_once(form: str) -> None:
    said = text_of(FORMATS[form].render(assessment({"decision": 8})), form)
    # A terminal has it on the first screen and in the whole, Word in the report and its annex.
    assert said.count("还没有处罚案件台账") == (2 if form in {"terminal", "docx"} else 1)
    assert "没有读到“处罚案件”" not in said
