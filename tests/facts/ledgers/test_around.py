"""Units said around a sheet, and headers written once more: attributed, or the column unread."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Final

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from engine.model.values import Cause, State, Unknown
from facts.records.load import read_schema
from tests.facts.conftest import SMALL, Office, Rows, errors, notes

HEAD: Final = ["编号", "事项", "金额"]
UNREAD: Final = Unknown(Cause.UNREADABLE)
_SMALL: Final = read_schema({f"facts/records/{name}": text for name, text in SMALL.items()})


def amounts(office: Office) -> dict[str, State]:
    """The amount of each record, by its key."""
    return {r.key: r.scalar("amount") for r in office.read().records["matter"]}


@pytest.mark.parametrize("sheet", ["封面", "填表说明", "编制说明"])
@pytest.mark.parametrize("said", ["单位：万元", "本表金额单位：万元（人民币）", "金额以万元为单位"])
def test_a_unit_on_a_sheet_that_is_no_ledger(office: Office, sheet: str, said: str) -> None:
    """Fails if 12 below a cover that says 万元 were 12 yuan, or 120,000 for certain."""
    sheets: dict[str, Rows] = {sheet: [["统计"], [said]], "决策台账": [HEAD, ["1", "停车", 12]]}
    office.xlsx("台账.xlsx", None, **sheets)
    assert amounts(office) == {"1": UNREAD}
    assert any("不知这一列是否也按“万元”" in said for said in errors(office.read()))


@pytest.mark.parametrize(
    ("said", "header", "known"),
    [
        ("单位：元", "金额", 12),
        ("单位：万元", "金额（元）", 12),
        ("单位：万元", "金额（万元）", 120000),
        ("填报单位：县城管局", "金额", 12),
        ("罚款100万元以上的案件另报", "金额", 12),
    ],
)
def test_a_cover_that_leaves_no_doubt(office: Office, said: str, header: str, known: int) -> None:
    """Lawful: yuan on the cover, a unit in the header itself, no unit at all."""
    office.xlsx(封面=[["统计"], [said]], 决策台账=[["编号", "事项", header], ["1", "停车", 12]])
    assert amounts(office) == {"1": Decimal(known)}


def test_the_cover_of_another_workbook_says_nothing(office: Office) -> None:
    office.xlsx("甲.xlsx", 封面=[["单位：万元"]])
    office.xlsx("乙.xlsx", 决策台账=[HEAD, ["1", "停车", 12]])
    assert amounts(office) == {"1": Decimal(12)}


def page_head(sheet: Worksheet) -> None:
    sheet.oddHeader.right.text = "单位：万元"  # type: ignore[union-attr]


def page_foot(sheet: Worksheet) -> None:
    sheet.oddFooter.left.text = "金额单位：万元"  # type: ignore[union-attr]


def comment(sheet: Worksheet) -> None:
    sheet["C1"].comment = Comment("填数字\n单位：万元", "某人")


@pytest.mark.parametrize("written", [page_head, page_foot, comment])
def test_a_unit_in_a_margin_or_a_comment(
    office: Office, written: Callable[[Worksheet], None]
) -> None:
    path = office.xlsx(决策台账=[HEAD, ["1", "停车", 12]])
    book = openpyxl.load_workbook(path)
    written(book["决策台账"])
    book.save(path)
    assert amounts(office) == {"1": UNREAD}


def test_a_margin_and_a_comment_without_a_unit(office: Office) -> None:
    """Lawful: page numbers, and what a template says of its columns."""
    path = office.xlsx(决策台账=[HEAD, ["1", "停车", 12]])
    book = openpyxl.load_workbook(path)
    book["决策台账"].oddFooter.center.text = "第 &P 页，共 &N 页"  # type: ignore[union-attr]
    book["决策台账"]["C1"].comment = Comment("填数字，单位：元", "某人")
    book["决策台账"]["A1"].hyperlink = "https://localhost/"
    book.save(path)
    assert amounts(office) == {"1": Decimal(12)}


def test_a_header_written_again_is_no_record(office: Office) -> None:
    office.xlsx(决策台账=[HEAD, ["1", "停车", 12], HEAD, ["2", "公交", 13]])
    assert amounts(office) == {"1": Decimal(12), "2": Decimal(13)}
    assert [n.expected for n in notes(office.read())] == ["又写了一遍表头，没有当作记录（第3行）"]


def test_a_header_written_again_by_another_name(office: Office) -> None:
    """Lawful: 序号 stands for 编号, and no unit is said."""
    again = ["决策序号", "事项", "金额"]
    office.xlsx(决策台账=[HEAD, ["1", "停车", 12], again, ["2", "公交", 13]])
    assert amounts(office) == {"1": Decimal(12), "2": Decimal(13)}


def test_a_comment_that_the_workbook_lost(office: Office) -> None:
    """What the sheet says is read, but a comment may have named the unit: that is a problem."""
    path = office.xlsx(决策台账=[HEAD, ["1", "停车", 12]])
    book = openpyxl.load_workbook(path)
    comment(book["决策台账"])
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        kept = {n: archive.read(n) for n in archive.namelist() if "comment" not in n.lower()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in kept.items():
            archive.writestr(name, data)
    assert amounts(office) == {"1": Decimal(12)}
    assert [problem for problem in errors(office.read()) if "批注不在文件里" in problem]


def test_a_header_written_again_in_another_unit(office: Office) -> None:
    """What stands below it is in its unit; whether what stands above is too isn't known."""
    office.xlsx(
        决策台账=[HEAD, ["1", "停车", 12], ["编号", "事项", "金额（万元）"], ["2", "公交", 13]]
    )
    assert amounts(office) == {"1": UNREAD, "2": Decimal(130000)}


def test_a_title_above_a_header_written_again(office: Office) -> None:
    office.xlsx(
        决策台账=[HEAD, ["1", "停车", 12], ["二分局", None, "单位：万元"], HEAD, ["2", "公交", 13]]
    )
    assert amounts(office) == {"1": UNREAD, "2": Decimal(130000)}
    assert [n.expected for n in notes(office.read())] == [
        "又写了一遍表头，没有当作记录（第3、4行）"
    ]


def test_a_title_of_one_text_belongs_to_its_header(office: Office) -> None:
    office.xlsx(决策台账=[HEAD, ["1", "停车", 12], ["二分局"], HEAD, ["2", "公交", 13]])
    assert amounts(office) == {"1": Decimal(12), "2": Decimal(13)}


def test_a_unit_above_all_may_not_be_that_of_a_later_block(office: Office) -> None:
    """The title says 万元; the second header says of people alone what they are counted in."""
    again = ["编号", "事项", "金额（元）"]
    office.xlsx(决策台账=[["单位：万元"], HEAD, ["1", "停车", 12], again, ["2", "公交", 13]])
    found = amounts(office)
    assert found["2"] == Decimal(13)
    assert found["1"] in (UNREAD, Decimal(120000))


def test_another_header_among_the_rows_ends_what_is_read(office: Office) -> None:
    """Fails if rows under other columns were read by the first header."""
    office.write("fazhi.yaml", "closed: [决策]\n")
    office.xlsx(
        决策台账=[
            [*HEAD, "人数"],
            ["1", "停车", 12, 3],
            ["编号", "事项", "人数", "金额"],
            ["2", "公交", 5, 13],
        ]
    )
    facts = office.read()
    assert [r.key for r in facts.records["matter"]] == ["1"]
    assert errors(facts) == [
        "台账.xlsx〔决策台账〕A3：这里的表头与前面的不同，下面的1行没有读取（请分成两张表）"
    ]
    assert "matter" in facts.lost
    assert "matter" not in facts.closed


def test_another_header_in_a_csv(office: Office) -> None:
    office.write("决策台账.csv", "编号,事项,金额\n1,停车,12\n事项,编号,金额\n公交,2,13\n")
    assert errors(office.read()) == [
        "决策台账.csv 第3行：这里的表头与前面的不同，下面的1行没有读取（请分成两张表）"
    ]


@pytest.mark.parametrize("row", [["编号", "停车", "无"], ["9", "金额", None], ["编号", 7, None]])
def test_a_row_with_a_word_of_the_header_is_a_row(office: Office, row: list[object]) -> None:
    office.xlsx(决策台账=[HEAD, ["1", "停车", 12], row])
    assert len(office.read().records["matter"]) == 2


@settings(deadline=None, max_examples=25)
@given(rows=st.integers(1, 6), at=st.sets(st.integers(0, 6)), unit=st.sampled_from(["", "（元）"]))
def test_where_a_header_is_repeated_changes_no_record(rows: int, at: set[int], unit: str) -> None:
    """Broken by a header that becomes a record, hides a row, or changes an amount."""
    lines: list[list[object]] = []
    for number in range(rows):
        if number in at:
            lines.append([*HEAD[:2], f"金额{unit}"])
        lines.append([f"决{number}", "停车", number])
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder), _SMALL)
        office.xlsx(决策台账=[HEAD, *lines])
        assert amounts(office) == {f"决{number}": Decimal(number) for number in range(rows)}
        assert errors(office.read()) == []
