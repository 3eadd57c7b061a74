"""In what a table counts: a unit in brackets, in a cell, or over the whole of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from engine.model.regex import regex
from facts.writing.units import UNIT

_IN_BRACKETS: Final = regex(
    r"[(（]\s?(?:计?量?单位[:：])?\s?(%|％|㎡|[\u4e00-\u9fff]{1,5})\s?[)）]"
)
# 案件数/件
_BEHIND_A_SLASH: Final = regex(r"(?<=[\u4e00-\u9fff])\s?[/／]\s?(%|％|㎡|[\u4e00-\u9fff]{1,4})$")
_STATED: Final = regex(r"单位\s?[:：]\s?(%|％|㎡|[\u4e00-\u9fff]{1,5})\s?[)）]?\s*$")
_SCALES: Final = ("万", "亿", "千", "百")


def is_unit(text: str) -> bool:
    """Whether a text is a unit: 件, 万元, %."""
    bare = text[1:] if text[:1] in _SCALES else text
    return text in ("%", "％", "‰") or UNIT.fullmatch(bare) is not None


def measured(text: str) -> tuple[str, str]:
    """A head or a name without the unit in its brackets or behind its slash, and that unit."""
    for match in (*_IN_BRACKETS.finditer(text), *_BEHIND_A_SLASH.finditer(text)):
        if is_unit(match[1]):
            return text[: match.start()] + text[match.end() :], match[1]
    return text, ""


def default_unit(over: Iterable[str]) -> str:
    """The unit that stands over a table: in its caption, or as 单位：件 on a line of its own."""
    unit = ""
    for text in over:
        for line in text.splitlines():
            stated = _STATED.search(line)
            own = stated[1] if stated else measured(line.strip())[1]
            unit = own if is_unit(own) else unit
    return unit
