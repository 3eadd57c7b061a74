"""Headings without a number of their own: a part's name alone on its line, or before a colon."""

from __future__ import annotations

from typing import Final

from engine.model.regex import regex
from facts.report.wording import wording

LONGEST: Final = 32
_FEWEST: Final = 4
_DRESS: Final = regex(
    r"^(?:[#*\[\s\0]{0,8})"
    r"(?:[IVX\u2160-\u2169]{1,4}[、.]?|[一二三四五六七八九十]{1,3}[、. ])?|[\]*:\s\0]{1,8}$"
)
_SPOKEN: Final = regex("[。,;!?]")


def lone_title(line: str) -> str:
    """The name of a part that a line is, bare of its marks; empty if it is no such name."""
    if not _FEWEST <= len(line) <= LONGEST or _SPOKEN.search(line):
        return ""
    words = _DRESS.sub("", line.strip(" \0")).strip("*] \0")
    return words if wording().lone.search(words) else ""
