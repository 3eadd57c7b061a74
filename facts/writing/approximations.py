"""约, 近, 余, 以上: which values a number may have that such a word stands with.

One reading, for a cell and for a sentence. An interval holds every value that the words may
honestly stand for, both ends included: a requirement that holds for all of it holds for what
was meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import Enum
from typing import Final, TypeAlias

from facts.writing.text import words

Interval: TypeAlias = tuple[Decimal, Decimal | None]
"""The least and the greatest value; None where nothing bounds it above."""


class _Sense(Enum):
    """What an approximating word says of the number it stands with."""

    ABOUT = "on either side of it"
    NEARLY = "a little below it"
    ODD = "that many and some more, below the next one as round"
    AT_LEAST = "it or more"
    AT_MOST = "it or less"


FLOORS: Final = words("不低于 不少于 不得低于 不得少于 不小于 至少")
"""Words that set a number as the least there may be."""

CEILINGS: Final = words("不超过 不高于 不多于 不得超过 至多 最多")
"""Words that set a number as the most there may be."""

_BEFORE: Final[Mapping[str, _Sense]] = {
    **dict.fromkeys(words("约 大约 大概"), _Sense.ABOUT),
    **dict.fromkeys(words("近 将近 接近"), _Sense.NEARLY),
    **dict.fromkeys(words("超过 超 逾 突破 过 上"), _Sense.AT_LEAST),
    **dict.fromkeys(words("不足 不到"), _Sense.AT_MOST),
    **dict.fromkeys(FLOORS, _Sense.AT_LEAST),
    **dict.fromkeys(CEILINGS, _Sense.AT_MOST),
}
_AFTER: Final[Mapping[str, _Sense]] = {
    **dict.fromkeys(words("余 多 几"), _Sense.ODD),
    **dict.fromkeys(words("来 左右 上下"), _Sense.ABOUT),
    "以上": _Sense.AT_LEAST,
    **dict.fromkeys(words("以下 以内"), _Sense.AT_MOST),
}
BEFORE: Final = tuple(sorted(_BEFORE, key=len, reverse=True))
"""The words before a number, the longest first."""

AFTER_DIGITS: Final = words("余 多 几 来")
"""The words right behind digits, before scale and unit: 20余人, 41.1万余."""

AFTER_UNIT: Final = words("左右 上下 以上 以下 以内")
"""The words behind the unit, or behind the digits where there is none."""

_OF_NUMERALS: Final = words("过 上")

VAGUE: Final = r"(?:好几|数|几)(?P<place>[十百千万亿]{1,2})"
"""数十, 几百: only an order of magnitude."""

# about and nearly say no width; a tenth is what readers take them for
_TENTH: Final = Decimal("0.1")


def is_verb(word: str, following: str) -> bool:
    """Whether a word before digits is a verb there: 网上5件, 办过3件, but 上百, 过万."""
    return word in _OF_NUMERALS and following[:1].isdigit()


def word_before(text: str) -> str:
    """The approximating word that ``text`` begins with, or nothing."""
    word = next((word for word in BEFORE if text.startswith(word)), "")
    return "" if is_verb(word, text[len(word) :]) else word


def interval(
    value: Decimal, step: Decimal, before: str, after: str, *, whole: bool
) -> Interval | None:
    """The values that ``value`` may stand for between two words; None if neither approximates.

    ``step`` is the worth of its last written digit, ``whole``: only integers can be meant. Of
    about and nearly, as far as the next number written as roundly, or a tenth where that is more:
    约300 is 200 to 400, 约1000 is 900 to 2000, 近480 is 432 to 480. 余 stays below the next one:
    700余 is 700 to 799. More than has no end. Of two words either may be meant loosely, so that
    both intervals count.
    """
    senses = [known[word] for known, word in ((_BEFORE, before), (_AFTER, after)) if word in known]
    if not senses:
        return None
    spans = [_span(value, step, sense, whole=whole) for sense in senses]
    low, highs = min(low for low, _ in spans), [high for _, high in spans]
    high = None if None in highs else max(filter(None, highs), default=Decimal(0))
    return _rounded(low, high) if whole else (low, high)


def vague_interval(place: Decimal, *, whole: bool) -> Interval:
    """数十, 几百: from one to below ten of the place."""
    return place, place * 10 - (1 if whole else 0)


def _span(value: Decimal, step: Decimal, sense: _Sense, *, whole: bool) -> Interval:
    # below 1000 the next number as round is 900
    below = max(step * _TENTH if value == step else step, value * _TENTH)
    match sense:
        case _Sense.ABOUT:
            return max(value - below, Decimal(0)), value + max(step, value * _TENTH)
        case _Sense.NEARLY:
            return max(value - below, Decimal(0)), value
        case _Sense.ODD:
            return value, value + step - (1 if whole and step >= 1 else 0)
        case _Sense.AT_LEAST:
            return value, None
        case _:
            return Decimal(0), value


def _rounded(low: Decimal, high: Decimal | None) -> Interval:
    """The whole numbers within an interval."""
    high = None if high is None else high.to_integral_value(rounding=ROUND_FLOOR)
    return low.to_integral_value(rounding=ROUND_CEILING), high
