"""Sums within a table: its rows and columns against its totals."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from facts.files.documents.html import html_text
from facts.report import Verdict, read_report
from tests.facts.report.spoken.statistics import FLAT, FORMS, TABLES, Table

Form = Callable[[Table], str]

TITLE = "甲县2024年法治政府建设情况报告"
BODY = "各部门认真履行职责，扎实推进法治政府建设，全县执法规范化水平有了新的提高，情况如下。"


def sums(text: str) -> list[tuple[str, str]]:
    relations = read_report(text).relations
    return [(r.expression, r.verdict.value) for r in relations if r.kind == "sum"]


def page(*rows: list[str], caption: str = "") -> str:
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return html_text(
        f"<body><h1>{TITLE}</h1><p>{BODY}</p><p>{caption}</p><table>{cells}</table><p>{BODY}</p></body>"
    )


PENALTIES, BY_BODY, COERCION = TABLES[0], TABLES[1], TABLES[6]


def changed(table: Table, row: int, column: int, cell: str) -> Table:
    rows = [list(cells) for cells in table.rows]
    rows[row][column] = cell
    return Table(table.name, table.caption, table.heads, tuple(map(tuple, rows)), ())


@pytest.mark.parametrize("form", FORMS)
def test_the_columns_of_the_statutory_table_come_to_its_total_column(form: Form) -> None:
    """By hand: 12+345+6+2+1+0+0+3=369; of 379 every format must say so, with its arithmetic."""
    assert ("12+345+6+2+1+0+0+3=369", "holds") in sums(form(PENALTIES))
    wrong = read_report(form(changed(PENALTIES, 0, 8, "379"))).relations
    (fails,) = [r for r in wrong if r.verdict is Verdict.FAILS]
    assert fails.explanation.startswith("表中各栏之和12+345+6+2+1+0+0+3=369，所写合计379，不符")


@pytest.mark.parametrize("form", FORMS)
def test_the_rows_of_the_statutory_table_come_to_its_total_row(form: Form) -> None:
    """By hand: fines 200+145=345 and not 355; the row of totals comes to 379 then, not 369."""
    text = form(changed(BY_BODY, 2, 2, "355"))
    failing = {expression for expression, verdict in sums(text) if verdict == "fails"}
    assert failing == {"200+145=355", "12+355+6+2+1+0+0+3=369"}
    assert {v for _, v in sums(form(BY_BODY))} == {"holds"}


@pytest.mark.parametrize("form", [form for form in FORMS if form not in FLAT])
def test_heads_of_three_rows(form: Form) -> None:
    assert ("4+15+7+120+33=179", "holds") in sums(form(COERCION))
    assert ("4+15+7+120+33=178", "fails") in sums(form(changed(COERCION, 0, 5, "178")))


HEAD = ["单位名称", "行政处罚（件）", "行政强制（件）"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # both columns, each by itself
        (
            [["甲局", "5", "2"], ["乙局", "7", "3"], ["合计", "12", "6"]],
            {("5+7=12", "holds"), ("2+3=6", "fails")},
        ),
        (
            [["甲局", "5", "2"], ["乙局", "7", "3"], ["合 计", "13", "5"]],
            {("5+7=13", "fails"), ("2+3=5", "holds")},
        ),
        # a part of a row above, a subtotal, a row of all: nobody can tell
        (
            [
                ["甲局", "5", "2"],
                ["其中：城区中队", "1", "1"],
                ["乙局", "7", "3"],
                ["合计", "12", "5"],
            ],
            {("5+1+7=12", "unknown"), ("2+1+3=5", "unknown")},
        ),
        (
            [["甲局", "5", "2"], ["小计", "5", "2"], ["乙局", "7", "3"], ["合计", "12", "6"]],
            {("5+7=12", "holds"), ("2+3=6", "unknown")},
        ),
        # a blank may be none or untold
        (
            [["甲局", "5", ""], ["乙局", "7", "3"], ["丙局", "1", "4"], ["合计", "13", "8"]],
            {("5+7+1=13", "holds"), ("3+4=8", "unknown")},
        ),
        # rows of two levels
        (
            [
                ["一、城区", "5", "2"],
                ["1.东街", "3", "1"],
                ["2.西街", "2", "1"],
                ["合计", "5", "2"],
            ],
            {("5+3+2=5", "unknown"), ("2+1+1=2", "unknown")},
        ),
        # one row and its total say nothing of how it comes about
        ([["甲局", "5", "2"], ["合计", "7", "2"]], set()),
        ([["甲局", "5", "2"], ["乙局", "7", "3"]], set()),
        # what stands after the total is none of it
        (
            [["甲局", "5", "2"], ["乙局", "7", "3"], ["合计", "12", "5"], ["上年", "10", "4"]],
            {("5+7=12", "holds"), ("2+3=5", "holds")},
        ),
    ],
)
def test_rows_against_their_total(rows: list[list[str]], expected: set[tuple[str, str]]) -> None:
    """Fails if a certain difference is passed over, or a possible one is called wrong."""
    assert set(sums(page(HEAD, *rows))) == expected


def test_rates_have_no_sum_and_what_is_shared_may_be_counted_once() -> None:
    rows = [
        ["单位名称", "办结率", "涉及企业（家）"],
        ["甲局", "98", "5"],
        ["乙局", "90", "6"],
        ["合计", "94", "9"],
    ]
    assert sums(page(*rows)) == [("5+6=9", "unknown")]


def test_amounts_may_be_rounded_each() -> None:
    """By hand: 1.4+1.4=2.8, printed 2.9 of 1.44+1.45; 3.5 is beyond all rounding."""
    rows = [["单位名称", "罚没金额（万元）"], ["甲局", "1.4"], ["乙局", "1.4"]]
    assert sums(page(*rows, ["合计", "2.9"])) == [("14000+14000=29000", "unknown")]
    assert sums(page(*rows, ["合计", "3.5"])) == [("14000+14000=35000", "fails")]
    assert sums(
        page(["单位名称", "罚没金额（万元）"], ["甲局", "0.0"], ["乙局", "2"], ["合计", "3"])
    ) == [("0+20000=30000", "fails")]


def test_columns_that_count_the_same_case_twice_are_asked_about() -> None:
    """立案 stands beside the kinds of penalty: its cases are among theirs."""
    heads = ["单位名称", "立案（件）", "警告（件）", "罚款（件）", "合计（件）"]
    assert sums(page(heads, ["甲局", "9", "2", "5", "7"])) == [("2+5=7", "holds")]
    assert sums(page(heads, ["甲局", "9", "2", "5", "8"])) == [("9+2+5=8", "unknown")]


def test_one_part_is_no_sum() -> None:
    heads = ["单位名称", "警告（件）", "合计（件）", "检查（次）"]
    rows = [["甲局", "2", "3", ""], ["乙局", "4", "5", "7"], ["合计", "6", "8", "9"]]
    assert set(sums(page(heads, *rows))) == {("2+4=6", "holds"), ("3+5=8", "holds")}


def test_what_counts_other_things_is_no_part() -> None:
    heads = ["单位名称", "执法人员（人）", "警告（件）", "罚款（件）", "合计（件）"]
    assert sums(page(heads, ["甲局", "9", "2", "5", "8"])) == [("2+5=8", "fails")]


def test_a_list_in_prose_has_a_total_too() -> None:
    text = f"{TITLE}\n各单位办理案件如下：\n甲局办理12件。\n乙局办理9件。\n合计办理{{}}件。\n"
    assert sums(text.format(21)) == [("12+9=21", "holds")]
    assert sums(text.format(22)) == [("12+9=22", "fails")]


def test_years_stand_in_columns_of_their_own() -> None:
    """By hand: 5+7=12 this year, 4+4=8 last year and not 9."""
    rows = [
        ["类别", "2024年", "2023年"],
        ["简易程序", "5件", "4件"],
        ["普通程序", "7件", "4件"],
        ["合计", "12件", "9件"],
    ]
    assert set(sums(page(*rows))) == {("5+7=12", "holds"), ("4+4=9", "fails")}
