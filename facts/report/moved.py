"""由6件增至9件: what a figure was before, and the words that lead from it to what it is now.

All functions take folded text and are linear in it.
"""

from __future__ import annotations

from typing import Final

from engine.model.regex import regex

_WHEN: Final = (
    "(?:(?:(?:去年|上年|上一年度?|前年|往年|(?:19|20)[0-9]{2}年(?:度|底|末)?|年初|最初|当初|原来?|此前|以前|过去)"
    "(?:同期)?|同期)的?)?"
)
_FROM: Final = rf"[由从较比]{_WHEN}[约近]?"
_TO: Final = (
    "[^,。;:、0-9§#]{0,8}[增减升降提扩缩压高低多少][^,。;:、0-9§#]{0,6}[到至为](?:了|约|近|超过?)?"
)
_BEFORE: Final = regex(f"{_FROM}$")
_NOW: Final = regex(_TO)
_WAY: Final = regex(rf"{_FROM}[0-9零〇一二三四五六七八九十百千万亿两][^,。;:、§#]{{0,12}}?{_TO}")
_MARKED_WAY: Final = regex(f"{_FROM}§{_TO}$")
_REACH: Final = 24


def is_before(text: str, start: int, end: int) -> bool:
    """Whether a figure, its unit ending at ``end``, is what there was before another one."""
    return bool(_NOW.match(text, end) and _BEFORE.search(text[max(0, start - _REACH) : start]))


def ways(text: str, start: int, end: int) -> list[range]:
    """The words between ``start`` and ``end`` that lead from what was to what is."""
    return [range(*way.span()) for way in _WAY.finditer(text, start, end)]


def without_way(left: str) -> str:
    """The words before a figure, other figures being §, without those that lead to it."""
    return _MARKED_WAY.sub("", left)
