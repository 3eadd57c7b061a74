"""Numbers as offices write them: 1,234.5 · 3.5万元 · 一百零五 · 20余 · 约300 · 3—5."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, TypeAlias

from engine.model.regex import regex
from engine.model.values import DECIMALS, LIMIT, Cause, Unknown
from facts.writing.approximations import (
    AFTER_DIGITS,
    AFTER_UNIT,
    VAGUE,
    Interval,
    interval,
    vague_interval,
    word_before,
)
from facts.writing.dates import Unreadable
from facts.writing.numerals import (
    BARE,
    NUMERALS,
    SCALES,
    approximated_number,
    arabic_number,
    chinese_number,
    step_of,
)
from facts.writing.text import half_width
from facts.writing.units import unit_scale

_NUMBER: Final = regex(r"([0-9][0-9,]*(?:\.[0-9]+)?)")
_GROUPED: Final = regex(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?|[0-9]+(\.[0-9]+)?")
_THOUSANDS: Final = regex(r"(?<![0-9])[0-9]{1,3}(?:[ \t][0-9]{3})+(?![0-9])")
_SEVERAL: Final = regex(r"[0-9]\s+[0-9]")
"""1 234 is one number; 32 28 and two lines of figures are two."""
_VAGUE: Final = regex(VAGUE)
_LONGEST: Final = 40
_FORMAL: Final = str.maketrans("零壹贰叁肆伍陆柒捌玖拾佰仟圆", "零一二三四五六七八九十百千元")
"""The figures of a bill, as the amounts of decisions are written: 壹拾贰万元整."""

NumberResult: TypeAlias = Decimal | Unknown | Unreadable


def parse_number(text: str, unit: str, scale: Decimal, *, whole: bool) -> NumberResult:
    """The number in the field's unit, an interval for an approximation, or why it isn't one.

    `scale` is what the header says (万元 → 10000) unless the cell names a unit itself. `whole`:
    only integers are expected, which bounds `20余` to 20-29.
    """
    plain = half_width(text)
    if _SEVERAL.search(_THOUSANDS.sub(lambda found: "".join(found[0].split()), plain)):
        return Unreadable("写了不止一个数")
    plain = "".join(plain.split()).strip("¥￥").translate(_FORMAL)
    plain = plain.removeprefix("人民币")
    if not plain or len(plain) > _LONGEST:
        return Unreadable()
    if plain.startswith(("-", "负")) and len(plain) > 1:
        return Unreadable("不能是负数")
    before = word_before(plain)
    plain = plain.removeprefix(before)
    for mark in ("-", "至", "~"):
        low, found, high = plain.partition(mark)
        if found and not before:
            return _range(low, high, unit, scale, whole=whole)
    vague = _VAGUE.match(plain)
    if vague:
        return _vague(vague, plain[vague.end() :], unit, scale, whole=whole)
    split = _split(plain)
    if split is None:
        return Unreadable()
    digits, value, step, rest = split
    rest, after = _word_after(rest)
    if digits in BARE and not (before or after):
        return Unreadable()
    factor = _factor(rest, unit, scale)
    if isinstance(factor, Unreadable):
        return factor
    result = checked(value * factor, whole=whole and not before and not after)
    if isinstance(result, Unreadable):
        return result
    bounds = interval(value * factor, step * factor, before, after, whole=whole)
    return result if bounds is None else incomplete(bounds, whole=whole)


def checked(value: Decimal, *, whole: bool) -> Decimal | Unreadable:
    """`value` if it lies within the caps that every engine relies on, else why it doesn't."""
    if value < 0:
        return Unreadable("不能是负数")
    if value >= LIMIT:
        return Unreadable(f"数字应小于{LIMIT}")
    if value != value.to_integral_value():
        if whole:
            return Unreadable("应为整数")
        if value != round(value, DECIMALS):
            return Unreadable(f"小数不得超过{DECIMALS}位")
    return value.normalize() if value.is_zero() else value


def incomplete(bounds: Interval, *, whole: bool) -> Unknown:
    """A number of which only the interval is known; an end beyond the caps is as good as none."""
    low, high = bounds
    if high is not None and high >= LIMIT:
        high = None
    if whole:
        return Unknown(Cause.INCOMPLETE, int(low), None if high is None else int(high))
    return Unknown(Cause.INCOMPLETE, low, high)


def _word_after(rest: str) -> tuple[str, str]:
    """What stands behind the digits without the word that approximates them, and that word.

    41.1万余条: the scale before the word stays with the unit.
    """
    for scale in ("", *SCALES):
        if rest.startswith(scale):
            for word in AFTER_DIGITS:
                if rest.startswith(word, len(scale)):
                    return scale + rest[len(scale) + len(word) :], word
    for word in AFTER_UNIT:
        if rest.startswith(word) or rest.endswith(word):
            return rest.removeprefix(word).removesuffix(word), word
    return rest, ""


def _factor(rest: str, unit: str, scale: Decimal) -> Decimal | Unreadable:
    """What the number is multiplied by: the column's scale, or the cell's own in its place."""
    if rest == "":
        return scale
    # 3.5万 under 万元 means 35000: a scale in the cell takes the place of the header's
    own = unit_scale(rest, unit)
    if own is None:
        return Unreadable(f"单位“{rest}”与本列的“{unit}”不同" if unit else "数字后面有别的字")
    return own


def _split(text: str) -> tuple[str, Decimal, Decimal, str] | None:
    """Of the number at the head of `text`: digits, value, worth of the last digit; and the rest."""
    found = _NUMBER.match(text)
    if found:
        digits = found.group(1)
        if not _GROUPED.fullmatch(digits):
            return None
        return digits, arabic_number(digits), step_of(digits), text[found.end() :]
    length = 0
    while length < len(text) and text[length] in NUMERALS:
        length += 1
    digits = text[:length]
    number = approximated_number(digits) if length else None
    if number is None:
        return None
    return digits, Decimal(number), step_of(str(number)), text[length:]


def _vague(
    found: re.Match[str], rest: str, unit: str, scale: Decimal, *, whole: bool
) -> NumberResult:
    place = chinese_number("一" + found["place"])
    factor = _factor(rest, unit, scale)
    if place is None:
        return Unreadable()
    if isinstance(factor, Unreadable):
        return factor
    least = checked(place * factor, whole=whole)
    if isinstance(least, Unreadable):
        return least
    return incomplete(vague_interval(least, whole=whole), whole=whole)


def _range(low: str, high: str, unit: str, scale: Decimal, *, whole: bool) -> NumberResult:
    bounds = [parse_number(part, unit, scale, whole=whole) for part in (low, high)]
    if isinstance(bounds[0], Decimal) and isinstance(bounds[1], Decimal) and bounds[0] <= bounds[1]:
        return incomplete((bounds[0], bounds[1]), whole=whole)
    return Unreadable()
