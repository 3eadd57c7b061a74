"""Whole tables judged, as one HTML file and as a workbook: the same tables in both."""

from __future__ import annotations

import datetime as dt
import io

from xlsxwriter import Workbook

from engine.model.shipped import shipped_text
from engine.model.survey import Survey
from reporter.documents.sheet import CELL, fit, height, print_as
from reporter.documents.templating import TEMPLATES, html_templates
from reporter.survey import Block, blocks, heading, opening, written

_WIDTHS = {
    "要求": 26,
    "怎么办": 50,
    "应为": 44,
    "读了哪些栏": 50,
    "其他": 40,
    "原因": 40,
    "写的是": 24,
    "哪些要求": 90,
}
_WIDTH = 12
_HEAT = {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": "#D87A74"}


def html(survey: Survey) -> str:
    """The whole document: offline, without scripts."""
    style = shipped_text(TEMPLATES / "assessment.css")
    shaded = [(block, _shades(block)) for block in blocks(survey)]
    template = html_templates().get_template("survey.html.j2")
    return template.render(
        title=heading(survey),
        lines=opening(survey),
        blocks=shaded,
        style=style,
        survey=survey,
        written=written,
    )


def _shades(block: Block) -> list[list[str]]:
    """How dark each cell is, as a share of the darkest; empty where the table has no heat."""
    if not block.heat:
        return []
    rows = [[cell if isinstance(cell, int) else 0 for cell in row] for row in block.rows]
    most = max((number for row in rows for number in row), default=0) or 1
    return [[f"{number / most * 0.45:.2f}" for number in row] for row in rows]


def xlsx(survey: Survey) -> bytes:
    """The workbook as an xlsx file, a sheet for each table."""
    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    day = dt.datetime.combine(survey.as_of, dt.time(), dt.UTC)
    book.set_properties({"title": heading(survey), "author": "fazhi", "created": day})
    text = book.add_format({**CELL, "align": "left"})
    many = book.add_format({**CELL, "num_format": "#,##0", "quote_prefix": False})
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
            page.set_row(number, height([fit(written(cell)) for cell in row], widths))
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    page.write_number(number, column, cell, many)
                else:
                    page.write_string(number, column, fit(cell), text)
        if block.heat and block.rows:
            last = len(block.rows), len(block.columns) - 1
            page.conditional_format(1, 1, *last, _HEAT)
        page.freeze_panes(1, 1 if block.heat else 0)
        page.repeat_rows(0)
    book.close()
    return buffer.getvalue()
