"""Markdown to the text that it shows: marks of emphasis, links and tables taken away."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Final

from engine.model.regex import regex
from facts.files.documents.tables import GAP, last_lines, table_lines

_EMPHASIS: Final = regex(r"(\*{1,3}|_{2}|~~|`)(?=\S)([^*`~\n]{1,300}?)(?<=\S)\1")
_LINK: Final = regex(r"!?\[([^\[\]\n]{0,200})\]\([^()\s]{1,500}\)")
_RULE: Final = regex(
    r"^[ \t]{0,3}(?:[-*_][ \t]?){3,40}$|^[ \t]{0,3}\|?[ \t:|-]{3,300}$", re.MULTILINE
)
_CELLS: Final = regex(r"[ \t]{0,10}\|[ \t]{0,10}")
_QUOTE: Final = regex(r"^[ \t]{0,3}>[ \t]?", re.MULTILINE)


def md_text(text: str) -> str:
    """Return the text of a Markdown file; headings keep their # marks, which the reader knows."""
    text = _LINK.sub(r"\1", _RULE.sub("", _tables(_QUOTE.sub("", text))))
    text = _EMPHASIS.sub(r"\2", text)
    lines = [
        _CELLS.sub(GAP, line).strip() if line.lstrip().startswith("|") else line
        for line in text.split("\n")
    ]
    return "\n".join(lines)


def _tables(text: str) -> str:
    """The text with its tables of figures as sentences."""
    lines: list[str] = []
    for is_row, group in groupby(text.split("\n"), key=lambda line: line.lstrip().startswith("|")):
        found = list(group)
        rows = [_row(line) for line in found if not _RULE.match(line)] if is_row else []
        lines += table_lines(rows, last_lines(lines)) or found
    return "\n".join(lines)


def _row(line: str) -> list[str]:
    return [cell.strip(" *`") for cell in line.strip().strip("|").split("|")]
