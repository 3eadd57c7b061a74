"""Numbers in words and digits, their scales (百, 万, 亿), and the worth of their last digit."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

DIGITS: Final[Mapping[str, int]] = {
    **{char: value for value, char in enumerate("零一二三四五六七八九")},
    "〇": 0,
    "两": 2,
}
_PLACES: Final = {"十": 10, "百": 100, "千": 1000}
_GROUPS: Final = {"万": 10**4, "亿": 10**8}
NUMERALS: Final = frozenset([*DIGITS, *_PLACES, *_GROUPS])
"""The characters that numerals are written with."""
NUMERAL_SIGNS: Final = "".join(sorted(NUMERALS))
"""The same as a pattern has them between square brackets."""

SCALES: Final[Mapping[str, int]] = {
    "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7,
    "亿": 10**8, "万亿": 10**12,
}  # fmt: skip
"""What a number is multiplied by that has one of these behind it."""

BARE: Final = frozenset("百千万亿")
"""These leave out their 一 where a word says that they approximate: 近百, 上千, 百余."""


def chinese_number(text: str) -> int | None:
    """Return the value of a Chinese numeral, or None if it isn't a well-formed one.

    Place notation (十五, 一千零三) and, from four digits on, digit by digit (二〇二四).
    """
    if len(text) >= 4 and all(char in DIGITS for char in text):
        return int("".join(str(DIGITS[char]) for char in text))
    total = section = 0
    digit: int | None = None
    last_place = 10**12
    for char in text:
        if char in DIGITS:
            if digit not in (None, 0):
                return None
            digit = DIGITS[char]
        elif char in _PLACES:
            place = _PLACES[char]
            if place >= last_place or (digit is None and not (place == 10 and section == 0)):
                return None
            section += (1 if digit is None else digit) * place
            digit, last_place = None, place
        else:
            section += digit or 0
            if section == 0:
                return None
            total = (total + section) * _GROUPS[char] if char == "亿" else total + section * 10**4
            section, digit, last_place = 0, None, 10**12
    if digit and (section or total) and last_place > 10 and text[-2] not in "零〇":
        # 三万五 is thirty-five thousand in speech, 一百五 a hundred and fifty; nobody is to guess
        return None
    return total + section + (digit or 0)


def approximated_number(text: str) -> int | None:
    """The value of a numeral that some word approximates: 百 is 一百 there."""
    return chinese_number("一" + text if text in BARE else text)


def arabic_number(digits: str, scale: str = "") -> Decimal:
    """Return the value of ``digits`` (thousands commas allowed) times its scale (万, 亿)."""
    value = Decimal(digits.replace(",", "").replace(" ", ""))
    value = value * SCALES[scale] if scale else value
    whole = value.to_integral_value()
    return whole if scale and value == whole else value


def step_of(digits: str, scale: str = "") -> Decimal:
    """Return the worth of the last digit that was really written: 100 for 700, 1000 for 41.1万."""
    whole, point, decimals = digits.replace(",", "").partition(".")
    factor = Decimal(SCALES.get(scale, 1))
    if point:
        return factor.scaleb(-len(decimals))
    zeros = len(whole) - len(whole.rstrip("0"))
    return factor.scaleb(zeros if zeros < len(whole) else 0)
