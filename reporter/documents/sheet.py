"""What the workbooks have in common: cells, the height of rows, the page that is printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xlsxwriter.worksheet import Worksheet

from engine.model.regex import regex
from reporter.visible import visible
from reporter.width import text_width

_LONGEST: Final = 32_000
"""Characters that a cell may hold: 32,767, less what is said where a text is cut."""

_LINE_HEIGHT: Final = 13.5
_HIGHEST: Final = 409.0
"""Points; no row can be higher."""

CELL: Final = {
    "font_name": "宋体",
    "font_size": 10,
    "border": 1,
    "border_color": "#B0B0B0",
    "valign": "top",
    "text_wrap": True,
    "num_format": "@",
    "quote_prefix": True,
}
"""The format of every cell: text, whatever it looks like."""


_ESCAPES: Final = regex(r"_(?=x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_)")
"""Two of the format's own escapes in one another: the library writes the second as one."""


def height(cells: Sequence[str], widths: Sequence[int]) -> float:
    """Points that the fullest of these cells takes; not every program fits rows by itself."""
    lines = max(
        sum(1 + text_width(line) // (width - 1) for line in cell.split("\n"))
        for cell, width in zip(cells, widths, strict=True)
    )
    return min(_LINE_HEIGHT * lines + 3, _HIGHEST)


def print_as(page: Worksheet, title: str) -> None:
    """Set a sheet up for A4 across, under a title, pages numbered."""
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    page.set_header(f"&C&14{title.replace('&', '&&')}")
    page.set_footer("&C第 &P 页，共 &N 页")


def fit(text: str) -> str:
    """The text as a cell may hold it: hidden characters visible, line breaks of ours kept."""
    shown = _ESCAPES.sub("‹U+005F›", "\n".join(visible(line) for line in text.split("\n")))
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}……（太长，网页里有全文）"
