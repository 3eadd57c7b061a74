"""A Word document laid out as GB/T 9704-2012 asks of official papers.

A4 with margins of 37, 26, 35 and 28 mm; 22 lines of 28 characters of 16 points; headings 一、（一）
1. with the fonts the standard names, page numbers at the outer edge.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path
from typing import Final

import docx
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Length, Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from engine.model.shipped import shipped_bytes
from reporter.documents.word.table import table_xml
from reporter.visible import visible

BODY: Final = "仿宋_GB2312"
TITLE: Final = "方正小标宋简体"
LEVELS: Final = ("黑体", "楷体_GB2312", BODY)
FALLBACKS: Final = {BODY: "仿宋", TITLE: "宋体", "楷体_GB2312": "楷体", "黑体": "SimHei"}
"""What a machine without the font of that name may take, as the font table of the file says."""

_LATIN: Final = "Times New Roman"
_SIZE: Final = Pt(16)
_LINE: Final = Pt(28.95)
"""225 mm for 22 lines."""

_GRID: Final = '<w:docGrid {} w:type="lines" w:linePitch="579"/>'
_CLOSER: Final = "-5"
"""156 mm for 28 characters of 16 points: a quarter of a point closer, in twentieths of a point.

A grid of characters would say the same, but not every program sets type closer to keep to it.
"""

_PLACE: Final = '<w:tbl{}><w:tblPr><w:tblDescription w:val="{}"/></w:tblPr></w:tbl>'
"""Stands for a table until the file is written: a tree of ten thousand rows is slow to plant."""

FORM_TITLE: Final = Pt(30)
"""What the title of a form takes, with the room under it."""
FORM_HEADING: Final = Pt(20)
FORM_GAP: Final = Pt(4)
"""Under a table."""

_MARGINS: Final = (37, 26, 35, 28)
"""Of the standard, in mm: top, right, bottom, left."""

_TURNED: Final = (18, 20, 18, 20)
"""Of annexes: tables, for which every millimetre saves a page."""
FORM_MARGINS: Final = (20, 18, 22, 22)

_BLANK: Final = Path(docx.__file__).with_name("templates") / "default.docx"
_MAIN: Final = "word/document.xml"
_SAME_DAY: Final = (1980, 1, 1, 0, 0, 0)


class Paper:
    """Writes a document from top to bottom."""

    def __init__(self, day: dt.date, *, form: bool = False) -> None:
        """A paper dated `day`; a `form` is no official paper, and set to have room on a page."""
        self._document = Document(io.BytesIO(shipped_bytes(_BLANK)))
        self._tables: list[str] = []
        self._styles()
        self._fallbacks()
        if form:
            self._as_form()
        self._layout(self._document.sections[0], FORM_MARGINS if form else _MARGINS)
        self._document.settings.odd_and_even_pages_header_footer = True
        self._number(self._document.sections[0])
        moment = dt.datetime.combine(day, dt.time(), dt.UTC)
        properties = self._document.core_properties
        properties.author, properties.created, properties.modified = "fazhi", moment, moment
        properties.last_modified_by, properties.comments = "fazhi", ""

    def title(self, text: str) -> None:
        """The title, centred; it is the document's title as well."""
        self._document.core_properties.title = visible(text)
        self._document.add_paragraph(visible(text), style="Title")

    def heading(self, text: str, level: int = 1) -> None:
        """A heading: 1 for 一、, 2 for （一）, 3 for 1."""
        self._document.add_heading(visible(text), level)

    def text(self, text: str) -> None:
        """A paragraph of the body, its first line two characters in."""
        self._document.add_paragraph(visible(text))

    def mark(self, text: str) -> None:
        """A mark at the head of the page, such as 内部."""
        paragraph = self._document.add_paragraph(visible(text), style="Mark")
        paragraph.paragraph_format.first_line_indent = Pt(0)

    def small(self, text: str) -> None:
        """A paragraph as small as the tables are."""
        self._document.add_paragraph(visible(text), style="Small")

    def table(
        self, rows: list[list[str]], widths: list[int], *, head: bool = True, least: int = 0
    ) -> None:
        """A table of texts; widths in mm, the first row repeated on every page if it is a head.

        No row is lower than `least` mm.
        """
        mark = _PLACE.format(f" {nsdecls('w')}", len(self._tables))
        self._document.element.body.sectPr.addprevious(parse_xml(mark))
        self._tables.append(table_xml(rows, widths, head=head, least=least))
        self._document.add_paragraph(style=self._under_tables)

    def page(self, text: str) -> None:
        """Begin a new page with a heading."""
        self._document.add_heading(visible(text), 1).paragraph_format.page_break_before = True

    def landscape(self) -> None:
        """What follows stands on pages turned by a quarter, for wide tables."""
        section = self._document.add_section()
        self._layout(section, _TURNED, landscape=True)

    def saved(self) -> bytes:
        """The file, with one date for all its parts."""
        buffer, whole = io.BytesIO(), io.BytesIO()
        self._document.save(buffer)
        with (
            zipfile.ZipFile(buffer) as made,
            zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as kept,
        ):
            for name in sorted(made.namelist()):
                info = zipfile.ZipInfo(name, _SAME_DAY)
                info.compress_type = zipfile.ZIP_DEFLATED
                content = made.read(name)
                kept.writestr(info, self._with_tables(content) if name == _MAIN else content)
        return whole.getvalue()

    def _with_tables(self, content: bytes) -> bytes:
        """The document with its tables where their marks stand."""
        text = content.decode("utf-8")
        for number, table in enumerate(self._tables):
            text = text.replace(_PLACE.format("", number), table, 1)
        return text.encode("utf-8")

    def _styles(self) -> None:
        normal = self._style("Normal", BODY, _SIZE)
        normal.paragraph_format.line_spacing = _LINE
        normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
        _indent(normal, characters=2)
        _spacing(normal, _CLOSER)
        normal.paragraph_format.widow_control = False
        title = self._style("Title", TITLE, Pt(22))
        title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.paragraph_format.line_spacing = Pt(34)
        title.paragraph_format.space_after = _LINE
        _indent(title, characters=0)
        border = title.element.pPr.find(qn("w:pBdr"))
        if border is not None:
            title.element.pPr.remove(border)
        for level, font in enumerate(LEVELS, 1):
            heading = self._style(f"Heading {level}", font, _SIZE)
            heading.paragraph_format.space_before = heading.paragraph_format.space_after = Pt(0)
            heading.paragraph_format.line_spacing = _LINE
            heading.paragraph_format.keep_with_next = True
            heading.font.bold = False
            _indent(heading, characters=2)
        mark = self._document.styles.add_style("Mark", WD_STYLE_TYPE.PARAGRAPH)
        assert isinstance(mark, ParagraphStyle)  # noqa: S101 - what was asked for
        mark.base_style = normal
        _fonts(mark, "黑体", _SIZE)
        small = self._document.styles.add_style("Small", WD_STYLE_TYPE.PARAGRAPH)
        assert isinstance(small, ParagraphStyle)  # noqa: S101 - what was asked for
        small.base_style = normal
        _fonts(small, BODY, Pt(10.5))
        small.paragraph_format.line_spacing = Pt(14)
        _indent(small, characters=0)
        _spacing(small, "0")
        _off_the_grid(small)
        gap = self._document.styles.add_style("Gap", WD_STYLE_TYPE.PARAGRAPH)
        assert isinstance(gap, ParagraphStyle)  # noqa: S101 - what was asked for
        gap.base_style = small
        self._under_tables = gap

    def _as_form(self) -> None:
        """Smaller titles, and little room under a table."""
        title = self._style("Title", TITLE, Pt(18))
        title.paragraph_format.line_spacing = Pt(24)
        title.paragraph_format.space_after = Pt(FORM_TITLE.pt - 24)
        _off_the_grid(title)
        for level, font in enumerate(LEVELS, 1):
            heading = self._style(f"Heading {level}", font, Pt(12))
            heading.paragraph_format.line_spacing = FORM_HEADING
            _indent(heading, characters=0)
            _off_the_grid(heading)
        self._under_tables.paragraph_format.line_spacing = FORM_GAP

    def _style(self, name: str, font: str, size: Pt) -> ParagraphStyle:
        style = self._document.styles[name]
        assert isinstance(style, ParagraphStyle)  # noqa: S101 - the template has it so
        _fonts(style, font, size)
        return style

    def _fallbacks(self) -> None:
        """Name in the font table what stands in for a font that a machine hasn't got."""
        part = next(
            p
            for p in self._document.part.package.iter_parts()
            if p.partname.endswith("fontTable.xml")
        )
        fonts = "".join(
            f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
            for name, other in FALLBACKS.items()
        )
        blob = part.blob.decode("utf-8")
        part._blob = re.sub(r"</w:fonts>\s*$", f"{fonts}</w:fonts>", blob).encode("utf-8")  # noqa: SLF001

    def _layout(
        self, section: Section, margins: tuple[int, int, int, int], *, landscape: bool = False
    ) -> None:
        """The margins in mm: top, right, bottom, left."""
        sides = Mm(210), Mm(297)
        section.page_width, section.page_height = sides[::-1] if landscape else sides
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        top, right, bottom, left = margins
        section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
        section.left_margin, section.right_margin = Mm(left), Mm(right)
        section.footer_distance = Mm(bottom - 7)
        grid = section._sectPr.find(qn("w:docGrid"))  # noqa: SLF001 - python-docx has no name for it
        if grid is not None:
            section._sectPr.remove(grid)  # noqa: SLF001
        section._sectPr.append(parse_xml(_GRID.format(nsdecls("w"))))  # noqa: SLF001

    def _number(self, section: Section) -> None:
        """Page numbers — 1 —, one character in from the outer edge."""
        odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
        for paragraph, side in ((odd, WD_ALIGN_PARAGRAPH.RIGHT), (even, WD_ALIGN_PARAGRAPH.LEFT)):
            paragraph.alignment = side
            paragraph.paragraph_format.first_line_indent = Pt(0)
            paragraph.paragraph_format.right_indent = paragraph.paragraph_format.left_indent = Pt(
                14
            )
            _page_number(paragraph)


def in_mm(length: Length) -> float:
    """A length of the page in mm."""
    return length / Mm(1)


def _fonts(style: ParagraphStyle, font: str, size: Pt) -> None:
    """Chinese in `font`, letters and digits in one that every machine has."""
    style.font.name, style.font.size = font, size
    style.font.color.rgb = None
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    fonts.set(qn("w:eastAsia"), font)
    for kind in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{kind}"), _LATIN)


def _spacing(style: ParagraphStyle, twentieths: str) -> None:
    """How much further apart characters stand, in twentieths of a point."""
    properties = style.element.get_or_add_rPr()
    spacing = parse_xml(f'<w:spacing {nsdecls("w")} w:val="{twentieths}"/>')
    size = properties.find(qn("w:sz"))
    size.addprevious(spacing)


def _indent(style: ParagraphStyle, *, characters: int) -> None:
    """The indent of the first line, in characters of the paragraph's own size."""
    properties = style.element.get_or_add_pPr()
    indent = properties.get_or_add_ind()
    indent.set(qn("w:firstLineChars"), str(100 * characters))
    indent.set(qn("w:firstLine"), str(320 * characters))


def _off_the_grid(style: ParagraphStyle) -> None:
    """Lines as high as they are, not as the grid of the page has them."""
    properties = style.element.get_or_add_pPr()
    off = parse_xml(f'<w:snapToGrid {nsdecls("w")} w:val="0"/>')
    before = properties.find(qn("w:spacing"))
    before.addprevious(off)


def _page_number(paragraph: Paragraph) -> None:
    paragraph.add_run("— ")
    field = '<w:fldSimple {} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(field.format(nsdecls("w"))))  # noqa: SLF001 - no name for fields
    paragraph.add_run(" —")
    for run in paragraph.runs:
        run.font.name, run.font.size = "宋体", Pt(14)
