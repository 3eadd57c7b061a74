"""How much work markup makes: parsers take time by the square of nesting and of attributes."""

from __future__ import annotations

from typing import Final

from engine.model.regex import regex
from facts.files.documents.errors import ReportTextError
from facts.files.mend import MEND
from facts.writing.text import words

MAX_DEPTH: Final = 5_000
"""Elements open in one another; an article is some thirty deep."""
MAX_ATTRIBUTES: Final = 5_000
"""Blanks in one tag, each of which may part two attributes."""

_TAG: Final = regex(r"<(/?)([A-Za-z][^\s<>/]*)([^<>]*)>")
_DIGITS: Final = 9
"""Of a number of thousands of them Python makes none."""
_LONG: Final = 2 * MAX_ATTRIBUTES
_ENDED: Final = frozenset(
    words(
        "area base body br col colgroup dd dt embed head hr html img input li link meta option p "
        "param source tbody td tfoot th thead tr track wbr"
    )
)
"""Elements that hold nothing, or that the next of their kind ends."""


def count_of(written: str, most: int) -> int:
    """A count that markup states, at most `most`; 1 where it is none, or absurd."""
    if not written.isdecimal():
        return 1
    return most if len(written) > _DIGITS else min(int(written), most)


def check_markup(markup: str) -> None:
    """Raise ReportTextError for a page that no program would write."""
    depth = 0
    for closes, name, rest in _TAG.findall(markup):
        if len(rest) > _LONG and len(rest.split()) > MAX_ATTRIBUTES:
            raise ReportTextError(f"网页里一个标签有{MAX_ATTRIBUTES}个以上的属性，没有读取；{MEND}")
        if rest.endswith("/") or name.lower() in _ENDED:
            continue
        depth = max(0, depth - 1) if closes else depth + 1
        if depth > MAX_DEPTH:
            raise ReportTextError(f"网页里标签套了{MAX_DEPTH}层以上，没有读取；{MEND}")
