"""The texts of a workbook stand in a part of their own: with another, every cell is another."""

from __future__ import annotations

import re

import pytest
from openpyxl.xml.constants import SHEET_MAIN_NS

from engine.model.facts import Input, Level
from facts.files.grid import Grid
from facts.files.refused import RefusedError
from facts.files.texts import texts_of
from facts.files.xlsx import read_xlsx
from tests.hostile.test_mutated import packed, workbook

TABLE = "xl/sharedStrings.xml"
WHOLE = workbook()
"""A header of 11, eight rows of 11 and a sheet with one cell: 100 cells."""
STATED = re.search(rb'count="(\d+)" uniqueCount="(\d+)"', WHOLE[TABLE])


def read(table: bytes, parts: dict[str, bytes] = WHOLE) -> list[str]:
    """What is said of the workbook with this table; a refusal begins with 不读."""
    return said_of({**parts, TABLE: table})


def grids(parts: dict[str, bytes]) -> list[Grid]:
    return read_xlsx(packed(parts), Input("台账.xlsx"))


def said_of(parts: dict[str, bytes]) -> list[str]:
    """What is said of a workbook; a refusal begins with 不读."""
    entry = Input("台账.xlsx")
    try:
        read_xlsx(packed(parts), entry)
    except RefusedError as error:
        return [f"不读：{error}"]
    assert all(problem.level is Level.NOTE for problem in entry.problems)
    return [problem.expected for problem in entry.problems]


def stating(count: bytes) -> bytes:
    """The table with other numbers at its head."""
    assert STATED is not None
    return WHOLE[TABLE].replace(STATED[0], count)


def test_a_table_that_fits_is_passed_over() -> None:
    assert STATED is not None
    assert (int(STATED[1]), int(STATED[2])) == (100, WHOLE[TABLE].count(b"<si>"))
    assert read(WHOLE[TABLE]) == []
    for count in (b"", b'uniqueCount="%s"' % STATED[2], b'count="%s"' % STATED[1]):
        assert read(stating(count)) == []


RICH = (
    "<si><r><rPr><b/></rPr><t>甲</t></r><r><t xml:space='preserve'> 乙</t></r>"
    "<rPh sb='0' eb='1'><t>jia</t></rPh></si>"
)
"""Two runs and how they are read aloud, which isn't part of the text."""


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("<si><t>甲</t></si>", "甲"),
        ("<si><t/></si>", ""),
        ("<si/>", ""),
        ("<si><t xml:space='preserve'> 甲 </t></si>", " 甲 "),
        ("<si><t>甲</t><rPh sb='0' eb='1'><t>jia</t></rPh></si>", "甲"),
        (RICH, "甲 乙"),
        ("<si><t>_x005F_x0041_</t></si>", "_x005F_x0041_"),
    ],
)
def test_a_text_is_what_is_shown_of_it(written: str, text: str) -> None:
    """The signs of a text come out later. Broken by reading but the first run, or pronunciation."""
    part = f'<sst xmlns="{SHEET_MAIN_NS}">{written}</sst>'
    assert texts_of(part.encode()) == [text]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('<c r="A1" t="inlineStr"><is><t>甲</t></is></c>', "甲"),
        ('<c r="A1" t="inlineStr"><is><t/></is></c><c r="B1"><v>1</v></c>', ""),
        (f'<c r="A1" t="inlineStr">{RICH.replace("si>", "is>")}</c>', "甲 乙"),
        ('<c t="inlineStr"><is><t>甲</t></is></c>', "甲"),
        ('<c r="A1" t="str"><is><t>甲</t></is><v>乙</v></c>', "乙"),
    ],
)
def test_a_text_in_its_cell(written: str, text: str) -> None:
    sheet, other = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
    body = re.compile(rb"<sheetData.*</sheetData>", re.DOTALL)
    filled = f'<sheetData><row r="1">{written}</row></sheetData>'.encode()
    parts = {
        **WHOLE,
        sheet: body.sub(filled, WHOLE[sheet]),
        other: body.sub(b"<sheetData/>", WHOLE[other]),
        TABLE: re.sub(rb"<si>.*</si>", b"", WHOLE[TABLE], flags=re.DOTALL),
    }
    (grid,) = read_xlsx(packed(parts), Input("台账.xlsx"))
    assert grid.rows[0][1][0] == text


def test_fewer_uses_than_there_are_is_another_table() -> None:
    """But for programs that write the number of texts twice."""
    assert STATED is not None
    (said,) = read(stating(b'count="99" uniqueCount="%s"' % STATED[2]))
    assert said.startswith("不读：文件里存文字的表和格子对不上：")
    assert "写明用99次，各格实际用100次；可能换成了别的文件的" in said
    assert read(stating(b'count="%s" uniqueCount="%s"' % (STATED[2], STATED[2]))) == []


def test_texts_that_no_cell_uses() -> None:
    """Broken by refusing what a program leaves behind that counts every text it ever put in."""
    assert STATED is not None
    one_more = WHOLE[TABLE].replace(b"</sst>", b"<si><t>{.name}</t></si><si><t> </t></si></sst>")
    (said,) = read(one_more)
    assert said.startswith("不读：")
    assert "有1段没有一格用" in said
    assert "{.name}" not in said  # it may be somebody's name
    (said,) = read(one_more.replace(STATED[0], b'uniqueCount="%s"' % STATED[2]))
    assert said.startswith("不读：")
    assert "写明用" not in said
    (said,) = read(one_more.replace(b'count="100"', b'count="101"'))
    assert said.startswith("文件里存文字的表和格子对不上：")
    assert "写明用101次，各格实际用100次，有1段没有一格用" in said


def test_where_uses_cannot_be_counted_they_are_not_compared() -> None:
    quoted = {
        name: data.replace(b' t="s"', b" t='s'") if name.startswith("xl/worksheets/") else data
        for name, data in WHOLE.items()
    }
    assert read(stating(b'count="7" uniqueCount="8"'), quoted) == []


@pytest.mark.parametrize("cells", ["inline", "none"])
def test_a_workbook_without_a_table(cells: str) -> None:
    sheet = "xl/worksheets/sheet1.xml"
    text = '<c r="A1" t="inlineStr"><is><t>甲</t></is></c>' if cells == "inline" else ""
    body = f'<sheetData><row r="1">{text}</row></sheetData>'.encode()
    parts = {
        **WHOLE,
        sheet: re.sub(rb"<sheetData.*</sheetData>", body, WHOLE[sheet], flags=re.DOTALL),
    }
    other = "xl/worksheets/sheet2.xml"
    parts[other] = re.sub(
        rb"<sheetData.*</sheetData>", b"<sheetData/>", WHOLE[other], flags=re.DOTALL
    )
    empty = re.sub(rb"<si>.*</si>", b"", WHOLE[TABLE], flags=re.DOTALL)
    assert read(empty, parts) == []


def renamed(*lists: str, name: str = "xl/strs.xml") -> dict[str, bytes]:
    """The workbook with its table under another name, which these of its lists go by."""
    parts = {**WHOLE, name: WHOLE[TABLE]}
    for one in lists:
        assert b"sharedStrings.xml" in parts[one]
        said = parts[one].replace(b"/xl/sharedStrings.xml", b"/" + name.encode())
        parts[one] = said.replace(b'"sharedStrings.xml"', b'"/%s"' % name.encode())
    return parts


TYPES, LINKS = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"


def test_a_table_is_held_against_the_cells_under_whatever_name() -> None:
    """Broken by counting none, or what bears the usual name: there it is a table of another."""
    parts = renamed(TYPES, LINKS)
    parts[TABLE] = b"<sst/>"
    assert said_of(parts) == []
    assert [row for grid in grids(parts) for row in grid.rows] == [
        row for grid in grids(WHOLE) for row in grid.rows
    ]
    assert STATED is not None
    parts["xl/strs.xml"] = stating(b'count="99" uniqueCount="%s"' % STATED[2])
    (said,) = said_of(parts)
    assert said.startswith("不读：文件里存文字的表和格子对不上：")


def test_capitals_in_a_name_name_no_other_part() -> None:
    assert said_of(renamed(TYPES, LINKS, name="xl/SharedStrings.xml")) == []
    without = renamed(TYPES, name="xl/SHAREDstrings.xml")
    del without[TABLE]
    assert said_of(without) == []


@pytest.mark.parametrize("lists", [(TYPES,), (LINKS,)])
def test_of_two_tables_nobody_says_which_it_is(lists: tuple[str]) -> None:
    (said,) = said_of(renamed(*lists))
    assert said.startswith(
        "不读：文件里写着几处存文字的表：xl/sharedStrings.xml、xl/strs.xml，不知道是哪一处；"
    )


def test_a_table_that_is_named_and_lacking_is_said() -> None:
    parts = renamed(TYPES, LINKS)
    del parts["xl/strs.xml"]
    (said,) = said_of(parts)
    assert said.startswith("不读：文件缺少“xl/strs.xml”，已损坏；")
