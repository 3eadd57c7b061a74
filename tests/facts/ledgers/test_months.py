"""The month in the name of a sheet, a section or a file is that of the rows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from engine.model.facts import Facts
from engine.model.values import Cause, State, Unknown
from facts.records.load import load_schema
from tests.facts.conftest import Office, errors, notes

D = dt.date
HEADER = ["活动编号", "执法单位", "执法日期"]
BLANK = Unknown(Cause.BLANK)


@pytest.fixture
def real(tmp_path: Path) -> Office:
    """An empty folder read with the record types of fazhi."""
    return Office(tmp_path, load_schema())


def acts(*days: object) -> list[list[object]]:
    """Rows of acts of enforcement, numbered, each with what stands under 执法日期."""
    return [HEADER, *([f"执{n}", "县水利局", day] for n, day in enumerate(days, 1))]


def said(facts: Facts, path: str = "acted_on") -> dict[str, State]:
    return {r.key: r.scalar(path) for r in facts.records["enforcement_action"]}


def doubted(place: str, found: str, month: str, title: str = "“执法日期”") -> str:
    return (
        f"{place}：“{found}”，不在“{month}”里，这一行的{title}核对清楚之前不作数"
        "（日期写错的请改正，放错了表的请移到那个月的表里）"
    )


def test_a_day_is_of_the_month_of_its_sheet(real: Office) -> None:
    """Fails if a number alone is lost, if an empty cell gets a day, or if another month passes."""
    real.xlsx("执法活动.xlsx", **{"2024年3月": acts("12日", 13, "3月31日", None, "2024-04-02")})
    facts = real.read()
    assert said(facts) == {
        "执1": D(2024, 3, 12), "执2": D(2024, 3, 13), "执3": D(2024, 3, 31), "执4": BLANK,
        # the day as written, or one of the sheet's: nothing else is known of it
        "执5": Unknown(Cause.CONTRADICTED, D(2024, 3, 1), D(2024, 4, 2)),
    }  # fmt: skip
    place = "执法活动.xlsx〔2024年3月〕C6"
    assert errors(facts) == [doubted(place, "2024-04-02", "2024年3月")]


def test_the_year_of_a_month_is_that_of_the_file_or_the_title(real: Office) -> None:
    title = [["2023年度执法活动台账", None, None]]
    real.xlsx("执法活动2024年.xlsx", **{"1月": acts("12日"), "二月": acts("29日")})
    real.xlsx("执法活动.xlsx", 一季度=title + acts("12日"))
    real.xlsx("执法活动（无年份）.xlsx", **{"3月": acts("12日")})
    facts = real.read()
    days = {r.source.file + r.source.sheet: r.scalar("acted_on")
            for r in facts.records["enforcement_action"]}  # fmt: skip
    assert days == {
        "执法活动2024年.xlsx1月": D(2024, 1, 12),
        "执法活动2024年.xlsx二月": D(2024, 2, 29),
        # some 12th of the quarter
        "执法活动.xlsx一季度": Unknown(Cause.INCOMPLETE, D(2023, 1, 12), D(2023, 3, 12)),
        # of no year that is known
        "执法活动（无年份）.xlsx3月": Unknown(Cause.UNREADABLE),
    }


def test_a_section_is_a_month(real: Office) -> None:
    """Fails if the heading of a month is a lost row, or if its rows keep the month before."""
    rows = acts("12日", "12日")
    rows[1:1], rows[3:3] = [["三月份", None, None]], [["四月份", None, None]]
    real.xlsx("执法活动2024年.xlsx", 执法活动=rows)
    facts = real.read()
    assert said(facts) == {"执1": D(2024, 3, 12), "执2": D(2024, 4, 12)}
    assert errors(facts) == []


def test_a_month_without_a_year_is_still_the_heading_of_a_section(real: Office) -> None:
    real.xlsx("执法活动.xlsx", 执法活动=[HEADER, ["三月份", None, None], *acts("2024-03-12")[1:]])
    facts = real.read()
    assert (said(facts), errors(facts)) == ({"执1": D(2024, 3, 12)}, [])


def test_names_that_differ_give_no_month(real: Office) -> None:
    """A title left over from the month before: nobody knows which of the two is right."""
    title = [["2024年2月执法活动台账", None, None]]
    real.xlsx("执法活动.xlsx", **{"3月": title + acts("12日", "2024-03-12")})
    assert said(real.read()) == {"执1": Unknown(Cause.UNREADABLE), "执2": D(2024, 3, 12)}


def test_the_month_of_a_file_may_be_that_of_an_export(real: Office) -> None:
    """Fails if the days of a year are doubted for the day on which they were exported."""
    real.write("执法活动（2024年3月）.csv", csv("2024-01-05", "2024-02-06", "2024-03-07"))
    facts = real.read()
    assert set(said(facts).values()) == {D(2024, 1, 5), D(2024, 2, 6), D(2024, 3, 7)}
    assert [note.expected for note in notes(facts)] == [
        "文件名里的月份不是各行的月份，没有用来核对日期"
    ]


def csv(*days: str) -> str:
    return "".join(",".join(map(str, row)) + "\n" for row in acts(*days))


def test_the_month_of_a_file_is_that_of_its_rows_where_most_are_of_it(real: Office) -> None:
    real.write("执法活动2024年3月.csv", csv("5日", "2024-03-07", "2024-05-01"))
    facts = real.read()
    assert said(facts) == {
        "执1": D(2024, 3, 5), "执2": D(2024, 3, 7),
        "执3": Unknown(Cause.CONTRADICTED, D(2024, 3, 1), D(2024, 5, 1)),
    }  # fmt: skip
    place = "执法活动2024年3月.csv 第4行C列"
    assert errors(facts) == [doubted(place, "2024-05-01", "执法活动2024年3月")]


def test_one_day_of_the_month_is_enough_for_a_case(real: Office) -> None:
    """A case opened in winter and decided in March stands rightly under March."""
    header = ["案号", "办案机关", "立案日期", "处罚决定日期"]
    rows = [["罚1", "县水利局", "2023-12-01", "2024-03-05"],
            ["罚2", "县水利局", "2023-12-01", "2024-05-05"]]  # fmt: skip
    real.xlsx("行政处罚案件.xlsx", **{"2024年3月": [header, *rows]})
    facts = real.read()
    one, two = facts.records["penalty_case"]
    assert (one.scalar("opened_on"), one.scalar("decision_on")) == (D(2023, 12, 1), D(2024, 3, 5))
    assert two.scalar("opened_on") == Unknown(Cause.CONTRADICTED, D(2023, 12, 1), D(2024, 3, 31))
    assert two.scalar("decision_on") == Unknown(Cause.CONTRADICTED, D(2024, 3, 1), D(2024, 5, 5))
    titles = "“立案日期”、“处罚决定日期”"
    assert errors(facts) == [
        doubted("行政处罚案件.xlsx〔2024年3月〕C3", "2023-12-01", "2024年3月", titles)
    ]


def test_a_ledger_that_stands_over_the_years_is_of_no_month(real: Office) -> None:
    header = ["证号", "人员编号", "证载单位", "发证日期"]
    real.xlsx("执法证件.xlsx", **{"2024年3月": [header, ["甲1", "R1", "县水利局", "2022-05-10"]]})
    facts = real.read()
    (certificate,) = facts.records["certificate"]
    assert (certificate.scalar("issued_on"), errors(facts)) == (D(2022, 5, 10), [])


@pytest.mark.parametrize(
    ("name", "sheet", "day"),
    [
        ("培训台账.xlsx", "2024年3月", Unknown(Cause.INCOMPLETE, D(2024, 3, 1), D(2024, 3, 31))),
        # a file may be named after the day of its export: that is no day of the rows
        ("培训台账2024年3月.xlsx", "培训", Unknown(Cause.NO_COLUMN)),
    ],
)
def test_a_row_without_a_day_came_about_in_the_month_of_its_sheet(
    real: Office, name: str, sheet: str, day: State
) -> None:
    real.xlsx(name, **{sheet: [["序号", "人员编号", "学时"], [1, "R1", 6]]})
    (training,) = real.read().records["training_record"]
    assert training.scalar("trained_on") == day
