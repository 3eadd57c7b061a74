"""What is hidden or struck out in a workbook is said and counts for nothing."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from engine.model.facts import Facts
from engine.model.values import ABSENT, Cause, Unknown
from tests.facts.conftest import Office, errors, notes, patched
from tests.hostile.test_mutated import packed

SHEET, XML = "决策台账", "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
UNREADABLE, BLANK = Unknown(Cause.UNREADABLE), Unknown(Cause.BLANK)
MEND = "（有效的请取消隐藏、清除筛选或去掉删除线后保存，无效的请删掉）"
ROWS: list[list[object]] = [
    ["编号", "事项", "豁免情形", "人数"],
    ["1", "停车", "甲", 5],
    ["2", "河道", "乙", 6],
    ["3", "公园", "丙", 7],
]


def touched(office: Office, touch: Callable[[Worksheet], None], rows: object = None) -> Path:
    path = office.xlsx(决策台账=ROWS if rows is None else rows)  # type: ignore[arg-type]
    book = openpyxl.load_workbook(path, rich_text=True)
    touch(book[SHEET])
    book.save(path)
    return path


def said(facts: Facts) -> list[str]:
    return [text.removeprefix(f"台账.xlsx〔{SHEET}〕：") for text in errors(facts)]


def keys(facts: Facts) -> list[str]:
    return [record.key for record in facts.records["matter"]]


def hide_rows(*numbers: int) -> Callable[[Worksheet], None]:
    def touch(sheet: Worksheet) -> None:
        for number in numbers:
            sheet.row_dimensions[number].hidden = True

    return touch


def strike(*addresses: str) -> Callable[[Worksheet], None]:
    def touch(sheet: Worksheet) -> None:
        for address in addresses:
            sheet[address].font = Font(strike=True)

    return touch


def test_hidden_rows_are_no_records_and_leave_the_ledger_open(office: Office) -> None:
    """Fails if a filtered list is read whole, or taken for all there is."""
    office.write("fazhi.yaml", "closed: [决策]\n")
    touched(office, hide_rows(2, 4))
    facts = office.read()
    assert said(facts) == [f"隐藏或划掉的内容不作数：隐藏的行：2、4{MEND}"]
    assert keys(facts) == ["2"]
    assert facts.closed == frozenset()
    office.xlsx(决策台账=ROWS)
    facts = office.read()
    assert errors(facts) == []
    assert facts.closed == {"matter"}


def test_a_run_of_hidden_rows_is_one_span(office: Office) -> None:
    touched(office, hide_rows(2, 3, 4, 9))
    facts = office.read()
    assert said(facts) == [f"隐藏或划掉的内容不作数：隐藏的行：2—4{MEND}"]
    assert keys(facts) == []


def rewritten(path: Path, old: str, new: str) -> None:
    with zipfile.ZipFile(path) as archive:
        xml = archive.read(XML).decode()
    assert old in xml
    patched(path, {XML: xml.replace(old, new).encode()})


def test_rows_without_height_are_hidden(office: Office) -> None:
    def touch(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].height = 9
        sheet.row_dimensions[4].height = 0.75

    rewritten(touched(office, touch), 'ht="9"', 'ht="0"')
    assert keys(office.read()) == ["1", "3"]


def test_a_hidden_row_fills_no_merge(office: Office) -> None:
    """Fails if what a hidden row holds goes on to the rows that a merge joins to it."""

    def touch(sheet: Worksheet) -> None:
        sheet.merge_cells("C2:C3")
        sheet.row_dimensions[2].hidden = True

    touched(office, touch)
    records = office.read().records["matter"]
    assert [record.values["exempt"] for record in records] == [ABSENT, "丙"]


@pytest.mark.parametrize(
    ("above", "below", "found", "concealed"),
    [
        ("甲", "乙", ["甲", UNREADABLE], "合并单元格盖住的：C3"),
        (None, "乙", [ABSENT, UNREADABLE], "合并单元格盖住的：C3"),
        ("甲", "甲", ["甲", "甲"], ""),  # merged by format alone, so that filters work
        ("甲", None, ["甲", "甲"], ""),
    ],
)
def test_what_a_merge_covers_is_neither_there_nor_blank(
    office: Office, above: str | None, below: str | None, found: list[object], concealed: str
) -> None:
    """Fails if a cell counts that nobody can see, or if it counts as empty."""

    def touch(sheet: Worksheet) -> None:
        sheet["C2"], sheet["C3"] = above, below

    path = touched(office, touch)
    merge = '<mergeCells count="1"><mergeCell ref="C2:C3"/></mergeCells>'
    rewritten(path, "</sheetData>", f"</sheetData>{merge}")
    facts = office.read()
    assert [r.values["exempt"] for r in facts.records["matter"][:2]] == found
    assert said(facts) == ([f"隐藏或划掉的内容不作数：{concealed}{MEND}"] if concealed else [])


@pytest.mark.parametrize("width", [None, 0])
def test_hidden_columns_are_neither_read_nor_blank(office: Office, width: int | None) -> None:
    """Fails if a hidden 豁免情形 is read, or if a matter counts as having none."""

    def touch(sheet: Worksheet) -> None:
        sheet.column_dimensions["C"].hidden = width is None
        sheet.column_dimensions["C"].width = 77
        sheet.column_dimensions["Z"].hidden = True
        sheet["C3"] = None

    office.write("fazhi.yaml", "closed: [决策]\n")
    path = touched(office, touch)
    if width is not None:
        rewritten(path, 'width="77"', f'width="{width}"')
    facts = office.read()
    assert said(facts) == [f"隐藏或划掉的内容不作数：隐藏的列：C{MEND}"]
    assert notes(facts) == []
    found = [r.values["exempt"] for r in facts.records["matter"]]
    assert found == [UNREADABLE, ABSENT, UNREADABLE]
    assert facts.closed == {"matter"}


def test_a_hidden_column_that_is_not_read_is_a_note(office: Office) -> None:
    """Fails if a hidden column that no ledger has were more than said, or were asked about."""

    def touch(sheet: Worksheet) -> None:
        sheet["E1"], sheet["E2"], sheet["F3"] = "辅助列", 1, 2
        sheet.column_dimensions["E"].hidden = True
        sheet.column_dimensions["F"].hidden = True

    touched(office, touch)
    facts = office.read()
    assert errors(facts) == []
    assert [n.expected for n in notes(facts)] == ["隐藏或划掉的内容不作数：隐藏的列：E、F"]


@pytest.mark.parametrize("hidden", ["C", "D"])
def test_what_is_hidden_beside_its_like_says_nothing(office: Office, hidden: str) -> None:
    """Fails if an old column, hidden, contradicts the one that took its place."""

    def touch(sheet: Worksheet) -> None:
        sheet.column_dimensions[hidden].hidden = True

    old, new = ["豁免情形", "甲"], ["豁免情形", "乙"]
    first, second = (old, new) if hidden == "C" else (new, old)
    rows = [["编号", "事项", first[0], second[0]], ["1", "停车", first[1], second[1]]]
    touched(office, touch, rows)
    facts = office.read()
    assert errors(facts) == []
    assert [r.values["exempt"] for r in facts.records["matter"]] == ["乙"]


def test_a_row_of_hidden_columns_alone_is_none(office: Office) -> None:
    def touch(sheet: Worksheet) -> None:
        sheet.column_dimensions["C"].hidden = True
        sheet["B2"].number_format = "0%"

    rows = [*ROWS[:2], [None, None, "乙"], ["3"]]
    path = touched(office, touch, rows)
    rewritten(path, "</row>", "<extLst/></row>")
    records = office.read().records["matter"]
    assert [(r.source.cell, r.key) for r in records] == [("A2", "1"), ("A4", "3")]
    assert records[0].values["title"] == "停车"


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_supplies_nothing(office: Office, state: str) -> None:
    office.write("fazhi.yaml", "closed: [决策, 执法单位]\n")
    path = office.xlsx(决策台账=ROWS, 单位=[["单位名称", "执法人员数"], ["城管局", 40]])
    book = openpyxl.load_workbook(path)
    book["单位"].sheet_state = state
    book.save(path)
    facts = office.read()
    assert errors(facts) == [f"台账.xlsx〔单位〕：隐藏或划掉的内容不作数：整张工作表是隐藏的{MEND}"]
    assert facts.records["agency"] == []
    assert facts.closed == {"matter"}


def test_struck_cells_are_unknown_and_struck_rows_are_none(office: Office) -> None:
    """Fails if a cell that the office struck out is read, or taken for an empty one."""
    office.write("fazhi.yaml", "closed: [决策]\n")
    touched(office, strike("C2", "D3", "A4", "B4", "C4", "D4", "C9"))
    facts = office.read()
    assert said(facts) == [
        f"隐藏或划掉的内容不作数：划掉的行：4；划掉或不显示的单元格：C2、D3{MEND}"
    ]
    found = [(r.key, r.values["exempt"], r.values["people"]) for r in facts.records["matter"]]
    assert found == [("1", UNREADABLE, 5), ("2", "乙", UNREADABLE)]
    assert facts.closed == frozenset()


@pytest.mark.parametrize("name", ["xl/styles.xml", "xl/Styles.xml", "xl/looks.xml"])
def test_styles_under_another_name_strike_out_as_well(office: Office, name: str) -> None:
    path = touched(office, strike("C2", "A4", "B4", "C4", "D4"))
    with zipfile.ZipFile(path) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    parts[name] = parts.pop("xl/styles.xml")
    for lists in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        assert b"styles.xml" in parts[lists]
        parts[lists] = parts[lists].replace(b"xl/styles.xml", name.encode())
        parts[lists] = parts[lists].replace(b'"styles.xml"', f'"/{name}"'.encode())
    path.write_bytes(packed(parts))
    facts = office.read()
    exempt = [record.values["exempt"] for record in facts.records["matter"]]
    assert (keys(facts), exempt) == (["1", "2"], [UNREADABLE, "乙"])


def test_a_struck_merge_is_struck_in_all_its_rows(office: Office) -> None:
    def touch(sheet: Worksheet) -> None:
        sheet.merge_cells("C2:C3")
        strike("C2")(sheet)

    touched(office, touch)
    records = office.read().records["matter"]
    assert [record.values["exempt"] for record in records] == [UNREADABLE, UNREADABLE, "丙"]


def rich(sheet: Worksheet) -> None:
    struck = InlineFont(strike=True)
    sheet["C2"] = CellRichText(TextBlock(struck, "旧"), "新", TextBlock(InlineFont(b=True), "的"))
    sheet["C3"] = CellRichText(TextBlock(struck, "全划"), TextBlock(struck, "掉"))
    sheet["C4"] = CellRichText(TextBlock(InlineFont(strike=False), "没划"), "掉")


def shared(path: Path, name: str) -> None:
    """The texts in the cells of the first sheet moved to a part, as Excel keeps the shared ones."""
    texts: list[str] = []

    def moved(found: re.Match[str]) -> str:
        texts.append(f"<si>{found[1]}</si>")
        return f't="s"><v>{len(texts) - 1}</v>'

    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    sheet = re.sub(r't="inlineStr"><is>(.*?)</is>', moved, parts[XML], flags=re.DOTALL)
    strings = f'<sst xmlns="{MAIN}">{"".join(texts)}</sst>'
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    named = f'<Override PartName="/{name}" ContentType="{kinds}"/></Types>'
    types = parts["[Content_Types].xml"].replace("</Types>", named)
    changes = {XML: sheet, name: strings, "[Content_Types].xml": types}
    patched(path, {name: text.encode() for name, text in changes.items()})


@pytest.mark.parametrize("apart", ["", "xl/sharedStrings.xml", "xl/strs.xml", "texts/all.xml"])
def test_of_a_text_struck_in_part_the_rest_counts(office: Office, apart: str) -> None:
    """Fails if what a table of texts strikes out counts because the table bears another name."""
    path = touched(office, rich)
    if apart:
        shared(path, apart)
    facts = office.read()
    exempt = [record.values["exempt"] for record in facts.records["matter"]]
    assert exempt == ["新的", UNREADABLE, "没划掉"]
    assert said(facts) == [
        "隐藏或划掉的内容不作数：划掉或不显示的单元格：C3；划掉了一部分的单元格，只看没划的：C2"
        + MEND
    ]


def test_a_list_struck_out_is_open(office: Office) -> None:
    rows = [["编号", "事项", "专家名单"], ["1", "停车", "张三、李四"]]
    touched(office, strike("C2"), rows)
    record = office.read().records["matter"][0]
    assert (record.elements("experts").items, record.elements("experts").closed) == ((), False)


def test_more_places_than_one_can_read_are_counted(office: Office) -> None:
    rows = [ROWS[0], *([str(n), "事", "甲", n] for n in range(1, 23))]
    touched(office, strike(*(f"C{n}" for n in range(2, 24))), rows)
    (problem,) = said(office.read())
    listed = "、".join(f"C{n}" for n in range(2, 22))
    assert problem == f"隐藏或划掉的内容不作数：划掉或不显示的单元格：{listed}等22处{MEND}"


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)
@given(st.sets(st.sampled_from([2, 3, 4])), st.sets(st.sampled_from("CD")), st.booleans())
def test_what_is_hidden_reaches_no_record(
    office: Office,
    rows: set[int],
    columns: set[str],
    struck: bool,  # noqa: FBT001
) -> None:
    """A workbook with rows hidden or struck has the records of one without them.

    Fails if anything hidden reaches a record, or if a hidden cell is taken for an empty one.
    """
    places = [address for n in rows for address in (f"A{n}", f"B{n}", f"C{n}", f"D{n}")]

    def touch(sheet: Worksheet) -> None:
        (strike(*places) if struck else hide_rows(*rows))(sheet)
        for column in columns:
            sheet.column_dimensions[column].hidden = True

    touched(office, touch)
    hidden = [(r.key, dict(r.values)) for r in office.read().records["matter"]]
    left = [row for number, row in enumerate(ROWS, 1) if number not in rows]
    office.xlsx(决策台账=left)
    shown = [(r.key, dict(r.values)) for r in office.read().records["matter"]]
    lost = {{"C": "exempt", "D": "people"}[column]: UNREADABLE for column in columns}
    assert hidden == [(key, values | lost) for key, values in shown]
