"""Tables as WordprocessingML, written at once: thousands of rows in the time of a few."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape

from docx.oxml.ns import nsdecls

from reporter.visible import visible

_TWIPS: Final = 56.6929
"""In a millimetre."""

_WHOLE: Final = 400
"""Characters of a cell up to which its row stands on one page."""

_EDGES: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_CELL: Final = (
    '<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{shade}<w:vAlign w:val="center"/>'
    "</w:tcPr>{paragraphs}</w:tc>"
)
_PARAGRAPH: Final = (
    '<w:p><w:pPr><w:pStyle w:val="Small"/></w:pPr>'
    '<w:r>{bold}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
)


def table_xml(
    rows: Sequence[Sequence[str]], widths: Sequence[int], *, head: bool, least: int = 0
) -> str:
    """A table of texts, each line of a text a paragraph; widths and the `least` height in mm.

    A row of one text goes over all columns: what those under it have in common.
    """
    twips = [round(width * _TWIPS) for width in widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    high = f'<w:trHeight w:val="{round(least * _TWIPS)}" w:hRule="atLeast"/>' if least else ""
    listed = "".join(
        _row(row, twips, high, head=head and not number) for number, row in enumerate(rows)
    )
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/>'
        f'<w:tblBorders>{_EDGES}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{listed}</w:tbl>"
    )


def _row(row: Sequence[str], widths: Sequence[int], high: str, *, head: bool) -> str:
    common = len(row) == 1 < len(widths)
    colour = "E7EDF3" if head else "F5F7F9"
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>'
    span = f'<w:gridSpan w:val="{len(widths)}"/>' if common else ""
    cells = "".join(
        _CELL.format(
            width=width,
            span=span,
            shade=shade if head or common else "",
            paragraphs=_paragraphs(text, bold=head),
        )
        for text, width in zip(row, [sum(widths)] if common else widths, strict=True)
    )
    whole = "<w:cantSplit/>" if head or max(map(len, row), default=0) <= _WHOLE else ""
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr>{whole}{high}{repeated}</w:trPr>{cells}</w:tr>"


def _paragraphs(text: str, *, bold: bool) -> str:
    mark = "<w:rPr><w:b/></w:rPr>" if bold else ""
    lines = text.split("\n")
    return "".join(_PARAGRAPH.format(bold=mark, text=escape(visible(line))) for line in lines)
