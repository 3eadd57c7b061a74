"""What a report becomes for other programs: the document of `fazhi extract`, the entry of a run."""

from __future__ import annotations

from facts.report import read_report
from facts.report.entries import report_entry
from facts.report.extract import document
from facts.report.year_on_year import compare

TEXT = (
    "甲县2024年法治政府建设情况报告\n一、主要做法\n"
    "全年审查重大行政决策约8件。截至10月31日，行政应诉案件20件，败诉2件，败诉率10%。"
    "组织普法宣传活动300余场。办理相关事项15件。\n"
    "二、存在不足\n（一）执法力量薄弱，原因是编制有限。（二）普法形式单一。\n"
    "三、下步打算\n（一）充实执法力量。\n"
)
LAST = "甲县2023年法治政府建设情况报告\n一、主要做法\n行政应诉案件16件。\n"


def test_the_document_has_every_figure_with_its_place() -> None:
    """A figure that moves, or loses its interval, candidates or scope, breaks this."""
    report = read_report(TEXT, name="年报.txt")
    told = document(report)
    assert (told["name"], told["place"], told["year"]) == ("年报.txt", "甲县", 2024)
    figures = told["figures"]
    assert [(f["raw"], f["unit"], f.get("min"), f.get("max")) for f in figures] == [
        ("8", "件", 7, 9),
        ("20", "件", None, None),
        ("2", "件", None, None),
        ("10%", "%", None, None),
        ("300余", "场", 300, 399),
        ("15", "件", None, None),
    ]
    assert all(TEXT[f["start"] : f["end"]] == f["raw"] for f in figures)
    scopes = [f.get("time_scope") for f in figures]
    assert scopes == ["全年", "截至10月31日", "截至10月31日", "截至10月31日", None, None]
    assert ("share", "2/20=10%", True) in {
        (r["kind"], r["expression"], r["holds"]) for r in told["relations"]
    }
    assert {i for f in figures if (i := f["indicator"])} <= set(told["indicators"])
    assert [problem["plans"] for problem in told["problems"]] == [[0], []]
    assert told["problems"][0]["cause"] is not None
    assert told["problems"][1]["cause"] is None
    assert [plan["text"] for plan in told["plans"]] == ["（一）充实执法力量。"]
    assert {part["name"] for part in told["parts"] if part["present"]} == {
        "举措成效",
        "不足",
        "原因",
        "下年度安排",
    }
    assert {item["code"] for item in told["observations"]} >= {"missing_leaders"}


def test_the_entry_has_what_has_changed_since_last_year() -> None:
    """By hand: 16 to 20 is a quarter more."""
    report, last = read_report(TEXT), read_report(LAST)
    entry = report_entry(
        report, TEXT, compare(last, report), path="年报.txt", year=2024, assessed=True
    )
    (change,) = entry.changes
    assert (change.indicator, change.last, change.this, change.percent) == (
        "litigation_cases",
        16,
        20,
        25,
    )
    (share,) = [r for r in entry.relations if r.arithmetic == "2/20=10%"]
    assert share.rounding == "四舍五入（9.5%至不足10.5%）或截尾（10%至不足11%）都认"
    assert [r.rounding for r in entry.relations if r.kind == "subset"] in ([], [""])
    assert [(p.text, p.cause) for p in entry.problems][1] == ("（二）普法形式单一。", "")
    unread = next(part for part in entry.parts if part.name == "党政主要负责人履职")
    assert unread.span is None
    assert [figure.max for figure in entry.figures if figure.raw == "300余"] == [399]
