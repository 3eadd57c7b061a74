"""The annotated report that the reader was built on, if it lies beside the repository."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from facts.report import FigureKind, PartName, Report, Verdict, read_report

FOLDER = Path(__file__).parents[4] / "shared" / "reports"
NAME = "changge-2024"

pytestmark = pytest.mark.skipif(
    not (FOLDER / f"{NAME}.txt").exists(), reason="这里没有标注过的年度报告"
)


@pytest.fixture(scope="module")
def text() -> str:
    return (FOLDER / f"{NAME}.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def report(text: str) -> Report:
    return read_report(text, name=NAME)


@pytest.fixture(scope="module")
def gold() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(
        (FOLDER / f"{NAME}.gold.json").read_text(encoding="utf-8")
    )
    return rows


def test_every_figure_and_no_other(report: Report, gold: list[dict[str, Any]]) -> None:
    wanted = {
        (row["raw_start"], row["raw"], row["value"], row["unit"], row["figure"])
        for row in gold
        if "figure" in row
    }
    found = {(f.start, f.raw, float(f.value), f.unit, f.indicator) for f in report.figures}
    assert found == wanted


def test_approximate_figures_are_intervals(report: Report, gold: list[dict[str, Any]]) -> None:
    approximate = {row["raw_start"] for row in gold if row.get("approx")}
    assert {f.start for f in report.figures if f.approximate} == approximate
    (warned,) = report.by_indicator("warnings_admonitions_to_firms")
    assert (warned.min, warned.max) == (700, 799)
    (valued,) = report.by_indicator("evaluations_collected")
    assert (valued.min, valued.max) == (411_000, 411_999)


def test_spans_and_sentences_quote_the_text(report: Report, text: str) -> None:
    for figure in report.figures:
        assert text[figure.start : figure.end] == figure.raw
        sentence = figure.sentence
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.start <= figure.start < figure.end <= sentence.end


def test_time_scope_and_kind(report: Report) -> None:
    (records,) = report.by_indicator("ecert_records_signed")
    assert records.time_scope == "截至10月31日"
    assert records.kind is FigureKind.CUMULATIVE
    (reviewed,) = report.by_indicator("normative_documents_reviewed")
    assert reviewed.time_scope == "全年"
    assert reviewed.kind is FigureKind.RESULT


def test_identity_and_parts(report: Report, text: str) -> None:
    assert (report.title, report.place, report.year) == (None, "长葛市", 2024)
    present = {part.name for part in report.parts if part.present}
    assert present == {PartName.ACHIEVEMENTS, PartName.PROBLEMS, PartName.PLANS}
    problems = report.part(PartName.PROBLEMS)
    assert text[problems.start : problems.end].startswith("二、存在问题")
    assert [section.level for section in report.sections].count(1) == 3


def test_relations_that_hold(report: Report) -> None:
    holding = {r.expression for r in report.relations if r.verdict is Verdict.HOLDS}
    assert {
        "102+2381=2483",
        "2479/2483=99.84%",
        "2362/2483=95.13%",
        "(55080-2860)/55080=94.81%",
        "2479<=2483",
        "2362<=2483",
        "563<=2355",
        "29<=78",
        "11<=16",
        "16=16",
    } <= holding
    assert any(r.kind == "enumeration" and r.verdict is Verdict.HOLDS for r in report.relations)


def test_only_the_one_relation_fails(report: Report) -> None:
    assert [r.expression for r in report.relations if r.verdict is Verdict.FAILS] == ["2479<=2381"]


def test_observations_are_exactly_these(report: Report) -> None:
    assert sorted(o.code for o in report.observations) == [
        "casefile-problems-and-suggestions",
        "enforcement-problems-and-opinions",
        "figure_without_plan",
        "figure_without_plan",
        "guidance-for-waived",
        "inspection-problems-and-suggestions",
        "missing_causes",
        "missing_leaders",
        "mixed_cutoffs",
        "no-meeting-within-hall",
        "no_integer_numerator",
        "plan_of_same_field",
        "plan_of_same_field",
        "problem_without_plan",
        "written-opinions-for-reviews",
    ]
    messages = " ".join(o.message for o in report.observations)
    assert "审查行政决策17次，只出具书面意见5份" in messages
    assert "98.44%" in messages
    assert "败诉" in messages


def test_listed_problems_are_matched_to_plans(report: Report) -> None:
    listed = [problem for problem in report.problems if problem.where == "part"]
    assert len(listed) == 4
    assert len(report.plans) == 4
    # two name what the plan names; two share no more than a field of work with one
    assert [(problem.plans, problem.maybe) for problem in listed] == [
        ((0,), ()),
        ((), (1,)),
        ((1, 2), ()),
        ((), (3,)),
    ]
    assert not any(problem.cause for problem in listed)
