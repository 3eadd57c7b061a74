"""Numbers in words and digits, and the interval an approximate one stands for."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10**4, "亿": 10**8}
_MULTIPLIERS = {
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "万亿": 10**12,
}

# 近 and 约 say no width; a tenth is what readers take them for
_TENTH = Decimal("0.1")


def chinese_number(text: str) -> int | None:
    """Return the value of a Chinese numeral, or None if it isn't a well-formed one.

    Place notation (十五, 一千零三) and, from four digits on, digit by digit (二〇二四).
    """
    if len(text) >= 4 and all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total = section = 0
    digit: int | None = None
    last_place = 10**12
    for char in text:
        if char in _DIGITS:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[char]
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


def arabic_number(digits: str, multiplier: str = "") -> Decimal:
    """Return the value of ``digits`` (thousands commas allowed) times its multiplier (万, 亿)."""
    value = Decimal(digits.replace(",", "").replace(" ", ""))
    value = value * _MULTIPLIERS[multiplier] if multiplier else value
    whole = value.to_integral_value()
    return whole if multiplier and value == whole else value


def step_of(value: Decimal, digits: str = "", multiplier: str = "") -> Decimal:
    """Return the worth of the last digit that was really written: 100 for 700, 1000 for 41.1万."""
    if "." in digits:
        places = len(digits.split(".")[1])
        return Decimal(_MULTIPLIERS.get(multiplier, 1)).scaleb(-places)
    whole = int(value)
    if whole == 0:
        return Decimal(1)
    step = 1
    while whole % (step * 10) == 0:
        step *= 10
    return Decimal(step)


def interval(
    value: Decimal, step: Decimal, before: str, after: str
) -> tuple[Decimal | None, Decimal | None, bool]:
    """Return ``(min, max, approximate)`` for the approximators around a number.

    余 and 多 reach to the next step ([700, 800) for 700余), 超 too; 近 lies under the number,
    约 and 左右 around it, 以上 and 以下 are open to one side.
    """
    if after in ("余", "多", "几", "来") or before in ("超过", "超", "逾", "突破", "过", "上"):
        return value, value + step, True
    if before in ("近", "将近", "接近"):
        return value * (1 - _TENTH), value, True
    if before in ("约", "大约", "大概") or after in ("左右", "上下"):
        return value * (1 - _TENTH), value * (1 + _TENTH), True
    if after == "以上":
        return value, None, True
    if after in ("以下", "以内") or before in ("不足", "不到"):
        return None, value, True
    return value, value, False
