"""Word documents: laid out as GB/T 9704-2012 asks, with real headings, the same on any machine."""

from __future__ import annotations

import io

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from reporter.documents.word import render
from tests.reporter.golden import SAMPLES


def opened(name: str) -> Document:
    return docx.Document(io.BytesIO(render(SAMPLES[name]())))


def in_mm(*lengths: int) -> tuple[int, ...]:
    """Whole millimetres: the file counts in twentieths of a point."""
    return tuple(round(length / Mm(1)) for length in lengths)


MARGINS = {"year": (37, 26, 35, 28), "decision": (20, 18, 22, 22)}
"""In mm: top, right, bottom, left. A form goes with an official paper and is none."""


@pytest.mark.parametrize("name", SAMPLES)
def test_the_paper_is_a4_with_the_margins_of_its_kind(name: str) -> None:
    section = opened(name).sections[0]
    assert in_mm(section.page_width, section.page_height) == (210, 297)
    margins = in_mm(
        section.top_margin, section.right_margin, section.bottom_margin, section.left_margin
    )
    assert margins == MARGINS[name]


def test_22_lines_of_28_characters_fit_and_no_more() -> None:
    normal = opened("year").styles["Normal"]
    section = opened("year").sections[0]
    height = section.page_height - section.top_margin - section.bottom_margin
    width = section.page_width - section.left_margin - section.right_margin
    line = normal.paragraph_format.line_spacing  # type: ignore[attr-defined]
    spacing = normal.element.rPr.find(qn("w:spacing")).get(qn("w:val"))
    character = normal.font.size + Pt(int(spacing) / 20)  # type: ignore[attr-defined]
    assert normal.font.size == Pt(16)  # type: ignore[attr-defined]
    assert height // line == 22
    assert width // character == 28


def test_headings_are_real_ones_in_the_fonts_of_the_standard() -> None:
    document = opened("year")
    fonts = {
        name: document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Normal")
    }
    assert fonts == {
        "Title": "方正小标宋简体",
        "Heading 1": "黑体",
        "Heading 2": "楷体_GB2312",
        "Heading 3": "仿宋_GB2312",
        "Normal": "仿宋_GB2312",
    }
    ones = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert [text[:2] for text in ones[:5]] == ["一、", "二、", "三、", "四、", "五、"]
    assert [p.text for p in document.paragraphs if p.style and p.style.name == "Title"] == [
        "青岚县2024年度法治政府建设自查报告"
    ]


def test_page_numbers_stand_at_the_outer_edge() -> None:
    document = opened("year")
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    for footer in (section.footer, section.even_page_footer):
        assert 'w:instr="PAGE"' in footer.paragraphs[0]._p.xml


def test_a_machine_without_the_fonts_is_told_what_to_take() -> None:
    package = opened("year").part.package
    (table,) = (p for p in package.iter_parts() if str(p.partname).endswith("fontTable.xml"))
    text = table.blob.decode("utf-8")
    for name, other in (
        ("仿宋_GB2312", "仿宋"),
        ("方正小标宋简体", "宋体"),
        ("楷体_GB2312", "楷体"),
    ):
        assert f'<w:font w:name="{name}"><w:altName w:val="{other}"/>' in text


def test_the_form_leaves_conclusion_and_seal_to_the_person() -> None:
    document = opened("decision")
    tables = [{row.cells[0].text: row.cells[1].text.strip() for row in table.rows}
              for table in document.tables]  # fmt: skip
    (cells,) = [table for table in tables if "结论" in table]
    assert cells["结论"] == ""
    assert cells["签发、印章"] == "年　　月　　日"
    said = {cell.text.strip() for t in document.tables for row in t.rows for cell in row.cells}
    assert "合法" not in said


def test_the_report_is_marked_internal_and_has_its_parts() -> None:
    document = opened("year")
    assert document.paragraphs[0].text == "内部"
    heads = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert [head[2:] for head in heads[:4]] == [
        "主要举措和成效",
        "存在的不足和原因",
        "党政主要负责人履行推进法治建设第一责任人职责情况",
        "下一年度工作安排",
    ]
