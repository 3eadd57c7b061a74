"""Whole tables judged, as one HTML file and as a workbook: the same tables in both."""

from __future__ import annotations

import datetime as dt
import io

from xlsxwriter import Workbook

from engine.model.survey import Survey
from reporter.documents.sheet import CELL, fit, height, print_as
from reporter.documents.templating import TEMPLATES, html_templates
from reporter.survey import Block, blocks, heading, opening

_WIDTHS = {
    "要求": 26,
    "怎么办": 50,
    "应为": 44,
    "读了哪些栏": 50,
    "其他": 40,
    "原因": 40,
    "写的是": 24,
}
_WIDTH = 12


def html(survey: Survey) -> str:
    """The whole document: offline, without scripts."""
    style = (TEMPLATES / "assessment.css").read_text(encoding="utf-8")
    shaded = [(block, _shades(block)) for block in blocks(survey)]
    template = html_templates().get_template("survey.html.j2")
    return template.render(
        title=heading(survey), lines=opening(survey), blocks=shaded, style=style, survey=survey
    )


def _shades(block: Block) -> list[list[str]]:
    """How dark each cell is, as a share of the darkest; empty where the table has no heat."""
    if not block.heat:
        return []
    numbers = [[int(cell.replace(",", "")) for cell in row[1:]] for row in block.rows]
    most = max((n for row in numbers for n in row), default=0) or 1
    return [["0", *(f"{number / most * 0.75:.2f}" for number in row)] for row in numbers]


def xlsx(survey: Survey) -> bytes:
    """The workbook as an xlsx file, a sheet for each table."""
    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    day = dt.datetime.combine(survey.as_of, dt.time(), dt.UTC)
    book.set_properties({"title": heading(survey), "author": "fazhi", "created": day})
    text = book.add_format({**CELL, "align": "left"})
    head = book.add_format({**CELL, "bold": True, "align": "center", "bg_color": "#DDE7F0"})
    first = Block("总览", "", (heading(survey),), [(line,) for line in opening(survey)])
    for block in (first, *blocks(survey)):
        page = book.add_worksheet(block.title)
        print_as(page, block.title)
        widths = [100 if block is first else _WIDTHS.get(title, _WIDTH) for title in block.columns]
        for column, (title, width) in enumerate(zip(block.columns, widths, strict=True)):
            page.set_column(column, column, width)
            page.write_string(0, column, fit(title), head)
        for number, row in enumerate(block.rows, 1):
            cells = [fit(cell) for cell in row]
            page.set_row(number, height(cells, widths))
            for column, cell in enumerate(cells):
                page.write_string(number, column, cell, text)
        page.freeze_panes(1, 0)
        page.repeat_rows(0)
    book.close()
    return buffer.getvalue()
