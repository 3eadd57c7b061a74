"""The 待填 table from the check to the next check, through real files."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from cli import main
from tests.results import whole

HEAD = (
    "决策编号,决策事项,决策机关层级,是否重大行政决策,启动日期,讨论日期,承办单位,合法性审查意见日期,"
    "不适用本程序的情形,另有程序的依据\n"
)
ROW = "决1,停车,政府,{major},2024-02-01,2024-05-06,城管局,{opinion},,\n"


def office(folder: Path, major: str = "", opinion: str = "") -> None:
    """A ledger of one decision of which nobody says whether it is a major one."""
    (folder / "决策台账.csv").write_text(
        HEAD + ROW.format(major=major, opinion=opinion), encoding="utf-8"
    )


def checked(folder: Path) -> dict[str, Any]:
    """The check of the folder on 30 June 2025."""
    arguments = ["check", str(folder), "--as-of", "2025-06-30", "--format", "json"]
    found: dict[str, Any] = whole(CliRunner().invoke(main, arguments).output)
    return found


def asked(folder: Path) -> list[list[Any]]:
    """The rows of the table that the check writes into the folder."""
    target = folder / "待填.xlsx"
    arguments = ["check", str(folder), "--as-of", "2025-06-30", "--output", str(target)]
    CliRunner().invoke(main, arguments)
    return [
        list(row) for row in load_workbook(target)["待填"].iter_rows(min_row=2, values_only=True)
    ]


def fill(folder: Path, field: str, value: object, by: str | None, on: object) -> None:
    """Fill in the row of a field of the decision."""
    target = folder / "待填.xlsx"
    book = load_workbook(target)
    for row in book["待填"].iter_rows(min_row=2):
        if (row[14].value, row[15].value) == ("决1", field):
            row[10].value, row[11].value, row[12].value = value, by, on  # type: ignore[assignment]
    book.save(target)


def evidence(found: dict[str, Any], field: str) -> set[tuple[str, str]]:
    """What the outcomes on the decision show of a field: its value, and its cell."""
    return {
        (str(item["value"]), item["source"]["file"])
        for outcome in found["outcomes"]
        for item in outcome["evidence"]
        if (item["record_key"], item["field"]) == ("决1", field)
    }


def problems(found: dict[str, Any]) -> list[str]:
    return [
        problem["text"]
        for item in found["inputs"]
        if item["path"] == "待填.xlsx"
        for problem in item["problems"]
    ]


def test_a_row_names_the_cell_what_belongs_there_who_has_it_and_the_article(
    tmp_path: Path,
) -> None:
    office(tmp_path)
    (row,) = [row for row in asked(tmp_path) if row[15] == "是否重大行政决策"]
    assert row[:7] == [
        "城管局", "决策台账.csv", "", "第2行D列", "重大行政决策“决1”停车", "是否重大行政决策",
        "未填写",
    ]  # fmt: skip
    assert "重大行政决策程序暂行条例" in row[7]
    assert row[8]
    assert row[9].endswith("条")
    assert row[10:13] == ["", "", ""]


@pytest.mark.parametrize("on", [dt.date(2025, 6, 29), "2025-06-29", "2025年6月29日"])
def test_what_is_filled_in_is_read_with_its_cell(tmp_path: Path, on: object) -> None:
    """Fails if a cell that was filled in could be lost, or be told as the ledger's."""
    office(tmp_path)
    asked(tmp_path)
    fill(tmp_path, "是否重大行政决策", "是", "张某", on)
    found = checked(tmp_path)
    assert evidence(found, "is_major") == {("是", "待填.xlsx")}
    assert problems(found) == []


@pytest.mark.parametrize(("by", "on"), [(None, "2025-06-29"), ("张某", None), ("张某", "待定")])
def test_what_nobody_signs_counts_for_nothing(
    tmp_path: Path, by: str | None, on: str | None
) -> None:
    """Fails if a value without a name and a day could decide anything."""
    office(tmp_path)
    asked(tmp_path)
    fill(tmp_path, "是否重大行政决策", "是", by, on)
    found = checked(tmp_path)
    assert evidence(found, "is_major") <= {("None", "决策台账.csv")}
    assert [text for text in problems(found) if "没有填写人或填写日期，不作数" in text]


def test_a_ledger_that_says_another_by_now_is_not_overridden(tmp_path: Path) -> None:
    """Fails if what was filled in could win over a ledger, or the ledger over it in silence."""
    office(tmp_path)
    asked(tmp_path)
    fill(tmp_path, "是否重大行政决策", "否", "张某", "2025-06-29")
    office(tmp_path, major="是")
    found = checked(tmp_path)
    (text,) = problems(found)
    assert "台账写的是另一个（决策台账.csv 第2行D列“是”），两处都不作数" in text
    assert {value for value, _ in evidence(found, "is_major")} == {"None"}
    causes = {m["cause"] for o in found["outcomes"] for m in o.get("missing", ())
              if m["field"] == "is_major"}  # fmt: skip
    assert causes == {"contradicted"}
    office(tmp_path, major="否")
    assert problems(checked(tmp_path)) == []


def test_an_answer_is_filled_in_like_any_cell(tmp_path: Path) -> None:
    office(tmp_path, major="是", opinion="2024-04-20")
    name = "人工认定：审查意见涵盖权限、程序、内容"
    assert [row[5] for row in asked(tmp_path) if row[15] == name] == ["人工认定"]
    fill(tmp_path, name, "符合", "张某", "2025-06-29")
    outcomes = {o["requirement"]: o["outcome"] for o in checked(tmp_path)["outcomes"]}
    assert outcomes["dec-legality-three-aspects"] == "met"


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        (14, "决9", "台账里没有找到这一行，没有填进去"),
        (15, "no_such", "没有这一栏，没有填进去"),
    ],
)
def test_what_can_not_be_put_anywhere_is_named(
    tmp_path: Path, column: int, value: str, said: str
) -> None:
    office(tmp_path)
    asked(tmp_path)
    fill(tmp_path, "是否重大行政决策", "是", "张某", "2025-06-29")
    book = load_workbook(tmp_path / "待填.xlsx")
    for row in book["待填"].iter_rows(min_row=2):
        if row[10].value:
            row[column].value = value
            row[3].value = None
    book.save(tmp_path / "待填.xlsx")
    (text,) = problems(checked(tmp_path))
    assert said in text


def test_a_value_that_can_not_be_read_says_what_it_should_be(tmp_path: Path) -> None:
    office(tmp_path)
    asked(tmp_path)
    fill(tmp_path, "是否重大行政决策", "大概", "张某", "2025-06-29")
    (text,) = problems(checked(tmp_path))
    assert "应填“是”或“否”" in text


def test_what_the_ledger_can_not_be_read_of_is_taken_from_the_table_and_said(
    tmp_path: Path,
) -> None:
    office(tmp_path, major="大概")
    asked(tmp_path)
    fill(tmp_path, "是否重大行政决策", "是", "张某", "2025-06-29")
    found = checked(tmp_path)
    assert evidence(found, "is_major") == {("是", "待填.xlsx")}
    (text,) = problems(found)
    assert "“大概”）认不出，按这里填的理解" in text
