"""Files as offices have them: other dialects, other names, other dates, rows of formats alone."""

from __future__ import annotations

import datetime as dt
import re
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
import xlrd
import xlwt
from xlrd.sheet import Cell

from engine.model.facts import Input, Level
from engine.model.values import Cause, Unknown
from facts.files import xls
from facts.files.archive import open_archive
from facts.files.books import read_book
from facts.files.mend import MEND
from facts.files.open import MIB
from facts.files.refused import RefusedError
from facts.files.tidy import UnnumberedRowsError, unescaped, without_empty_rows
from facts.files.xls_child import _value, main, sheets_of
from tests.facts.conftest import Office, errors, notes, patched, untold

HEADER = ["编号", "事项", "是否重大", "讨论日期"]
ROWS = [HEADER, ["决1", "修桥", "是", dt.date(2024, 5, 20)], ["决2", "通渠", "否", None]]
DAY = dt.date(2024, 5, 20)
BOOK, SHEET = "xl/workbook.xml", "xl/worksheets/sheet1.xml"


def read(path: Path) -> list[tuple[object, ...]]:
    entry = Input(path.name)
    (grid,) = read_book(path.read_bytes(), path.suffix, entry)
    return [tuple(row) for _, row in grid.rows]


def part(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


# --- dialects ---------------------------------------------------------------------------------


def test_the_strict_form_of_the_format_is_read(office: Office) -> None:
    """Broken by taking a workbook whose elements have other names for an empty one."""
    path = office.xlsx(决策台账=ROWS)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for known, strict in (
        (
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        (
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    ):
        parts = {name: data.replace(known, strict) for name, data in parts.items()}
    patched(path, parts)
    assert b"purl.oclc.org" in part(path, SHEET)
    records = office.read().records["matter"]
    assert [(r.key, r.values["title"], r.values["talk.on"]) for r in records] == [
        ("决1", "修桥", DAY),
        ("决2", "通渠", Unknown(Cause.BLANK)),
    ]


@pytest.mark.parametrize("number", [27, 31, 36, 50, 57, 58])
def test_the_date_formats_that_chinese_programs_have_built_in_are_dates(
    office: Office, number: int
) -> None:
    """Broken by reading 45432 where the cell shows 2024年5月20日."""
    path = office.xlsx(决策台账=[HEADER, ["决1", "修桥", "是", dt.date(2024, 5, 20)]])
    styles = re.sub(rb"<numFmts.*?</numFmts>|<numFmts[^>]*/>", b"", part(path, "xl/styles.xml"))
    styles = re.sub(rb'numFmtId="(14|164)"', f'numFmtId="{number}"'.encode(), styles)
    assert f'numFmtId="{number}"'.encode() in styles
    patched(path, {"xl/styles.xml": styles})
    assert office.one().values["talk.on"] == DAY


def test_a_line_break_written_as_a_sign_is_one() -> None:
    """Broken by keeping _x000D_ in a number, or by taking apart a word that only looks so."""
    assert unescaped("决1_x000D_") == "决1\n"
    assert unescaped("一_x000D_\n二") == "一\n二"
    assert unescaped("_x0041__x005F_x_xD800_") == "A_x_xD800_"
    assert unescaped("x_y_xylophone_") == "x_y_xylophone_"


def test_such_signs_keep_nothing_from_being_read(office: Office) -> None:
    """Broken by a key, a yes or a day that a sign beside it makes unreadable."""
    office.xlsx(决策台账=[HEADER, ["决1_x000D_", "修桥", "是_x000D_\n", "2024-05-20_x000D_"]])
    record = office.one()
    assert (record.key, record.values["major"], record.values["talk.on"]) == ("决1", True, DAY)


@pytest.mark.parametrize("half", [b"&#xD83D;", b"\xed\xa0\xbd"])
def test_half_a_character_is_no_key_of_another(office: Office, half: bytes) -> None:
    """Broken by dropping it: two numbers would be one. The file says what to do with it."""
    path = office.xlsx(决策台账=[["编号", "事项"], ["决1", "甲"]])
    strings = "xl/sharedStrings.xml"
    name = strings if strings in zipfile.ZipFile(path).namelist() else SHEET
    number = "".join(f"&#{ord(char)};" for char in "决").encode() + b"1"
    assert number in part(path, name)
    patched(path, {name: part(path, name).replace(number, half + b"1")})
    facts = office.read()
    assert facts.records["matter"] == []
    (problem,) = errors(facts)
    assert problem.startswith("台账.xlsx：文件已损坏或不是 xlsx 表格：")
    assert MEND in problem


def test_text_protected_as_a_formula_in_a_csv_is_that_text(office: Office) -> None:
    """Broken by reading the equals sign and the quotes into the number."""
    office.write("决策台账.csv", '编号,事项,是否重大\n="0012",="停车""一号""", ="是" \n')
    record = office.one()
    assert (record.key, record.values["title"]) == ("0012", '停车"一号"')
    assert record.values["major"] is True


# --- what is called something else ------------------------------------------------------------

PAGE = (
    "<html><head><meta charset=utf-8></head><body><table>"
    "<tr><td colspan=4>决策台账</td></tr>"
    "<tr><th>编号</th><th>事项</th><th>是否重大</th><th>讨论日期</th></tr>"
    "<tr><td>决1</td><td rowspan=2>修<br>桥</td><td>是</td><td>2024-05-20</td></tr>"
    "<tr><td>决2</td><td><s>否</s>是</td><td></td></tr>"
    "<tr style='display: none'><td>决3</td><td>暗渠</td><td>否</td><td></td></tr>"
    "</table></body></html>"
)


@pytest.mark.parametrize("name", ["导出.xls", "导出.xlsx", "导出.csv"])
def test_a_page_called_a_workbook_is_read_as_a_page(office: Office, name: str) -> None:
    """Broken by calling it damaged, by losing a merged cell, or by counting what is struck out."""
    office.write(name, PAGE)
    facts = office.read()
    assert errors(facts) == [
        (
            f"{name}：隐藏或划掉的内容不作数：隐藏的行：5；划掉了一部分的单元格，只看没划的：C4"
            "（有效的请取消隐藏、清除筛选或去掉删除线后保存，无效的请删掉）"
        )
    ]
    assert [(r.key, r.values["title"], r.values["major"]) for r in facts.records["matter"]] == [
        ("决1", "修\n桥", True),
        ("决2", "修\n桥", True),
    ]
    said = [note.expected for note in notes(facts)]
    assert said == [f"其实是网页，后缀却是{name[2:]}，照网页读取"]


def page(*rows: str) -> str:
    return f"<html><body><table>{''.join(f'<tr{row}</tr>' for row in rows)}</table></body></html>"


HEAD = "><th>编号</th><th>事项</th><th>豁免情形</th><th>人数</th>"
ONE = "><td>决1</td><td>停车</td><td>甲</td><td>5</td>"
LINE = "<td style='text-decoration: line-through'>"


@pytest.mark.parametrize(
    ("row", "said", "exempt", "closed"),
    [
        ("><td>决2</td><td>桥</td><td>乙</td><td>6</td>", [], ["甲", "乙"], {"matter"}),
        ("><td>决2</td><td>桥</td><td><s>乙</s></td><td>6</td>", ["划掉或不显示的单元格：C3"],
         ["甲", None], {"matter"}),
        (f"><td>决2</td><td>桥</td>{LINE}乙</td><td>6</td>", ["划掉或不显示的单元格：C3"],
         ["甲", None], {"matter"}),
        ("><td>决2</td><td>桥</td><td style=display:none>乙</td><td>6</td>",
         ["划掉或不显示的单元格：C3"], ["甲", None], {"matter"}),
        ("><td>决2</td><td>桥</td><td><del><s>旧</s></del>乙</td><td>6</td>",
         ["划掉了一部分的单元格，只看没划的：C3"], ["甲", "乙"], {"matter"}),
        ("><td>决2</td><td>桥</td><td><i><s>旧</s></i>乙</td><td>6</td>",
         ["划掉了一部分的单元格，只看没划的：C3"], ["甲", "乙"], {"matter"}),
        (f"><td>决2</td><td>桥</td><td>{LINE.replace('td', 'span')}旧</span>乙</td><td>6</td>",
         ["划掉了一部分的单元格，只看没划的：C3"], ["甲", "乙"], {"matter"}),
        ("><td>决2</td><td>桥</td><td>乙<span style=display:none>旧</span></td><td>6</td>",
         ["划掉了一部分的单元格，只看没划的：C3"], ["甲", "乙"], {"matter"}),
        ("><td><del>决2</del></td><td><del>桥</del></td><td></td><td><s>6</s></td>",
         ["划掉的行：3"], ["甲"], set()),
        (" style='text-decoration:line-through'><td>决2</td><td>桥</td><td>乙</td><td>6</td>",
         ["划掉的行：3"], ["甲"], set()),
    ],
)  # fmt: skip
def test_what_is_struck_out_in_a_page_is_neither_there_nor_blank(
    office: Office, row: str, said: list[str], exempt: list[str | None], closed: set[str]
) -> None:
    """Broken by a row that is gone in silence, or by a struck exemption taken for none."""
    office.write("fazhi.yaml", "closed: [决策]\n")
    office.write("决策台账.xls", page(HEAD, ONE, row))
    facts = office.read()
    mend = "（有效的请取消隐藏、清除筛选或去掉删除线后保存，无效的请删掉）"
    told = [one.text() for one in facts.problems if "隐藏或划掉" in one.expected]
    assert told == [f"决策台账.xls：隐藏或划掉的内容不作数：{s}{mend}" for s in said]
    found = [record.values["exempt"] for record in facts.records["matter"]]
    assert found == [Unknown(Cause.UNREADABLE) if one is None else one for one in exempt]
    assert facts.closed == closed


def test_a_hidden_column_of_a_page_is_neither_there_nor_blank(office: Office) -> None:
    hidden = " style='display:none'"
    rows = [row.replace("<th>豁免", f"<th{hidden}>豁免").replace("<td>甲", f"<td{hidden}>甲")
            for row in (HEAD, ONE)]  # fmt: skip
    office.write("决策台账.xls", page(*rows))
    facts = office.read()
    found = [record.values["exempt"] for record in facts.records["matter"]]
    assert found == [Unknown(Cause.UNREADABLE)]
    (problem,) = errors(facts)
    assert "隐藏的列：C" in problem


def test_a_page_saved_as_a_message_is_read_and_one_without_a_page_refused(office: Office) -> None:
    """Broken by reading the message's own lines as rows."""
    head = "MIME-Version: 1.0\nContent-Type: text/{}; charset=utf-8\n\n"
    office.write("导出.xls", head.format("html") + PAGE)
    office.write("空信.xls", head.format("plain") + PAGE)
    facts = office.read()
    assert [r.key for r in facts.records["matter"]] == ["决1", "决2"]
    (problem,) = (text for text in errors(facts) if "隐藏" not in text)
    assert problem.startswith("空信.xls：单个文件网页（MHT）里没有读得出的网页")


def test_several_tables_of_a_page_are_several_sheets_and_a_frame_is_none() -> None:
    """Broken by a table that only holds others being read once more."""
    table = "<table><tr><td>{}</td><td>二</td></tr></table>"
    page = f"<table><tr><td>{table.format('甲')}{table.format('乙')}</td></tr></table>"
    grids = read_book(page.encode(), ".xls", Input("导出.xls"))
    assert [(g.sheet, g.rows) for g in grids] == [
        ("表1", [(1, ["甲", "二"])]),
        ("表2", [(1, ["乙", "二"])]),
    ]


def test_a_page_of_too_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken by spans that make millions of cells of one."""
    monkeypatch.setattr("facts.files.web.MAX_CELLS", 10)
    with pytest.raises(RefusedError, match="单元格超过10个"):
        read_book(b"<table><tr><td colspan=11>a</table>", ".xls", Input("导出.xls"))


@pytest.mark.parametrize(
    ("span", "cells"),
    [("²", 1), ("①", 1), ("-1", 1), ("0", 1), ("３", 3), ("5000", 1000), ("9" * 5000, 1000)],
)
def test_a_cell_reaches_as_far_as_a_sheet_can(span: str, cells: int) -> None:
    """Broken by a number of so many digits that Python makes none of it."""
    page = f'<table><tr><td colspan="{span}">a<td>b</table>'.encode()
    ((_, row),) = read_book(page, ".xls", Input("导出.xls"))[0].rows
    assert row == [*["a"] * cells, "b"]


@pytest.mark.parametrize("page", ["<html><script><table><tr><td>1</table>", "<html><p>没有表"])
def test_a_page_called_a_ledger_that_holds_no_table_is_no_ledger_read(
    office: Office, page: str
) -> None:
    """Broken by no more than the note that it is a page: whatever it held would be gone."""
    office.write("决策台账.csv", "编号,事项\n1,停车\n")
    office.write("fazhi.yaml", "closed: [决策]\n")
    assert office.read().closed == {"matter"}
    office.write("决策台账二.xls", page)
    facts = office.read()
    assert errors(facts) == ["决策台账二.xls：文件是空的，没有任何内容"]
    assert facts.closed == frozenset()


def test_a_cell_over_several_rows_reaches_down_as_far_as_it_says() -> None:
    """Broken by a span that ends early, or that fills a row too many."""
    page = "<table><tr><td>a<td rowspan=3>b<tr><td>c<tr><td>d<tr><td>e<td>f</table>"
    (grid,) = read_book(page.encode(), ".xls", Input("导出.xls"))
    assert [list(row) for _, row in grid.rows] == [["a", "b"], ["c", "b"], ["d", "b"], ["e", "f"]]
    assert grid.filled == {(2, 2), (3, 2)}


def test_a_csv_called_a_workbook_is_read_and_what_is_none_refused(office: Office) -> None:
    """Broken by calling the file damaged, or by reading any text as a table."""
    office.write("导出.xlsx", "编号,事项\n决1,修桥\n".encode("gb18030"))
    office.write("文字.xlsx", "这不是表格")
    office.write("乱.xlsx", b"\xff\xfe\x00\xd8")
    office.write("标记.xls", '\ufeff<?xml version="1.0"?><Workbook/>')
    facts = office.read()
    assert [r.key for r in facts.records["matter"]] == ["决1"]
    assert [note.text() for note in notes(facts)][:1] == [
        "导出.xlsx：其实是csv 文本，后缀却是.xlsx，照csv 文本读取"
    ]
    broken = "文件已损坏，打不开，或不是表格；请在 WPS 或 Excel 里打开后另存为 .xlsx"
    assert errors(facts) == [
        f"乱.xlsx：{broken}{untold('乱.xlsx')}",
        f"文字.xlsx：{broken}{untold('文字.xlsx')}",
        (
            "标记.xls：是 XML 表格改了后缀，没有读取；"
            f"请在 WPS 或 Excel 里打开，另存为 .xlsx 后再放进来{untold('标记.xls')}"
        ),
    ]


# --- rows that hold formats alone -------------------------------------------------------------


def stretched(path: Path, row: str, last: int) -> None:
    """Format the rows of the first sheet down to `last`, as programs do for whole columns."""
    sheet = part(path, SHEET)
    rows = "".join(row.format(at=at) for at in range(10, last + 1)).encode()
    patched(path, {SHEET: sheet.replace(b"</sheetData>", rows + b"</sheetData>")})


def test_a_million_formatted_rows_are_passed_over_quickly(office: Office) -> None:
    """Broken by refusing the file, by a row more or less, or by reading each empty row."""
    path = office.xlsx(决策台账=ROWS)
    stretched(path, '<row r="{at}"><c r="A{at}" s="0"/><c r="B{at}" s="0"></c></row>', 1048576)
    assert len(part(path, SHEET)) > 64 * MIB
    start = time.process_time()
    rows = read(path)
    assert time.process_time() - start < 8
    assert [row[0] for row in rows] == ["编号", "决1", "决2"]


def test_rows_that_say_anything_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken by leaving out a row with a value, a formula or a text in it."""
    monkeypatch.setattr("facts.files.archive.TIDY_FROM", 0)
    kept = (
        b'<row r="2"><c r="A2"><v>1</v></c></row><row r="4"><c r="A4"><f>1</f></c></row>'
        b'<row r="5"><c r="A5" t="inlineStr"><is><t>x</t></is></c></row>'
    )
    empty = b'<row r="1" spans="1:3"><c r="A1"/></row><row r="3" s="1"/>'
    made = b"".join(without_empty_rows([b"<sheetData>" + empty + kept[:50], kept[50:] + b"</s>"]))
    assert made == b"<sheetData>" + kept + b"</s>"


@pytest.mark.parametrize("xml", [b'<row><c r="A1"/></row>', b"x" * 8_000_001])
def test_rows_without_numbers_can_t_be_left_out(xml: bytes) -> None:
    """Broken by leaving one out: those below it would move up."""
    with pytest.raises(UnnumberedRowsError):
        list(without_empty_rows([xml]))


@pytest.mark.parametrize(
    ("row", "limit"),
    [("<row><c/></row>", 64), ('<row r="{at}"><c r="A{at}"><v>1</v></c></row>', 0)],
)
def test_what_is_still_too_large_says_what_to_delete(
    office: Office, monkeypatch: pytest.MonkeyPatch, row: str, limit: int
) -> None:
    """Broken by a refusal that leaves a clerk with the name of an XML part."""
    monkeypatch.setattr("facts.files.archive.TIDY_FROM", 0)
    monkeypatch.setattr("facts.files.archive.MAX_SHEET", limit * MIB or 3000)
    path = office.xlsx(决策台账=ROWS)
    stretched(path, row, 200)
    with pytest.raises(RefusedError, match="选中这些空行、删除后保存"):
        open_archive(path.read_bytes(), large_parts=("xl/worksheets/",), sheets="xl/worksheets/")


def test_a_workbook_is_no_larger_than_the_largest(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken by inflating whatever a directory promises."""
    monkeypatch.setattr("facts.files.archive.MAX_SHEETS", 100)
    path = office.xlsx(决策台账=ROWS)
    with pytest.raises(RefusedError, match="解压后超过"):
        open_archive(path.read_bytes(), sheets="xl/worksheets/")


# --- the old format ---------------------------------------------------------------------------


def old_book() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("决策台账")
    day = xlwt.easyxf(num_format_str='yyyy"年"m"月"d"日"')
    struck = xlwt.easyxf("font: struck_out on")
    plain, gone = xlwt.easyfont(""), xlwt.easyfont("struck_out on")
    for column, text in enumerate([*HEADER, "金额", "人数"]):
        sheet.write(0, column, text)
    sheet.write(1, 0, "决1")
    sheet.write_merge(1, 2, 1, 1, "修桥")
    sheet.write(1, 2, "是")
    sheet.write(1, 3, dt.date(2024, 5, 20), day)
    sheet.write(1, 4, 12.5, xlwt.easyxf(num_format_str='0.0"万元"'))
    sheet.write(1, 5, 7)
    sheet.write(2, 0, "决2")
    sheet.write_rich_text(2, 2, (("否", gone), ("是", plain)))
    sheet.write(2, 3, dt.date(2024, 6, 1), struck)
    sheet.write(3, 0, "决3")
    sheet.write(3, 1, "暗渠")
    sheet.write_rich_text(3, 2, (("是", plain),))
    sheet.row(3).hidden = True
    sheet.write(3, 3, 9e9, day)
    sheet.write(3, 5, xlwt.Formula("1/0"))
    hidden = book.add_sheet("旧表")
    hidden.visibility = 1
    hidden.write(0, 0, True)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_workbook_of_the_old_format_is_read_as_a_new_one_is(office: Office) -> None:
    """Broken by a day read as a number, a unit lost, or what is hidden or struck out counting."""
    office.write("台账.xls", old_book())
    facts = office.read()
    assert errors(facts) == [
        (
            "台账.xls〔决策台账〕：隐藏或划掉的内容不作数：隐藏的行：4；划掉或不显示的单元格：D3；"
            "划掉了一部分的单元格，只看没划的：C3"
            "（有效的请取消隐藏、清除筛选或去掉删除线后保存，无效的请删掉）"
        )
    ]
    first, second = facts.records["matter"]
    assert (first.key, first.values["title"], first.values["major"]) == ("决1", "修桥", True)
    assert (first.values["talk.on"], first.values["amount"]) == (DAY, 125000)
    assert first.values["people"] == 7
    assert (second.key, second.values["title"], second.values["major"]) == ("决2", "修桥", True)
    assert second.values["talk.on"] == Unknown(Cause.UNREADABLE)


def test_cells_of_the_old_format() -> None:
    """Broken by a truth value, an error or a whole number that changes on the way."""
    (sheet, hidden) = sheets_of(old_book())
    assert sheet["rows"][3][3] == 9e9
    assert sheet["rows"][1][3] == {"day": "2024-05-20T00:00:00"}
    assert (sheet["merges"], sheet["hidden_rows"]) == ([(2, 2, 2, 3)], [4])
    assert (hidden["hidden"], hidden["rows"]) == (True, [[True]])


def test_the_child_says_what_is_wrong_and_ends(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Broken by a traceback, or by a success without sheets."""
    for data, code in ((old_book(), 0), (b"nothing", 1)):
        monkeypatch.setattr("sys.stdin", type("In", (), {"buffer": BytesIO(data)}))
        assert main() == code
        said = capsys.readouterr().out
        assert ("决策台账" in said.encode().decode("unicode_escape")) == (code == 0)


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken by waiting for ever."""
    monkeypatch.setattr(xls, "SECONDS", 0.001)
    with pytest.raises(RefusedError, match="还没有读完"):
        xls.read_xls(old_book(), Input("台账.xls"))


def test_levels_of_what_is_said(office: Office) -> None:
    """Broken by an export that is read whole and still counts as an error."""
    office.write("导出.xls", "<table><tr><td>编号<td>事项<tr><td>决1<td>修桥</table>")
    (problem,) = [p for p in office.read().problems if "其实" in p.expected]
    assert problem.level is Level.NOTE


def test_an_error_of_the_old_format_is_its_name() -> None:
    """Broken by reading the number that stands for #N/A."""
    error = Cell(5, 0x2A, 0)
    assert _value(xlrd.book.Book(), error) == "#N/A"


def test_an_encrypted_report_says_what_to_do(office: Office) -> None:
    """Broken by taking an encrypted document for a damaged one."""
    office.write("法治政府建设年度报告.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    assert errors(office.read()) == [
        (
            "法治政府建设年度报告.docx：是旧格式（.xls、.doc）或加了密码的文件，"
            "请另存为不加密的 .xlsx 或 .docx"
        )
    ]


def test_an_empty_page_and_an_empty_old_workbook_hold_nothing() -> None:
    """Broken by a sheet without a row."""
    assert read_book(b"<table><tr><td></table>", ".xls", Input("导出.xls")) == []
    book = xlwt.Workbook()
    book.add_sheet("Sheet1")
    stream = BytesIO()
    book.save(stream)
    assert read_book(stream.getvalue(), ".xls", Input("空.xls")) == []
