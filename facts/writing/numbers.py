"""Numbers as offices write them: 1,234.5 · 3.5万元 · 一百零五 · 20余 · 约300 · 3—5."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, TypeAlias

from engine.model.values import DECIMALS, LIMIT, Cause, Unknown
from facts.writing.dates import Unreadable
from facts.writing.numerals import chinese_number
from facts.writing.text import NUMERALS, half_width

_NUMBER: Final = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)")
_GROUPED: Final = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?|[0-9]+(\.[0-9]+)?")
_SCALES: Final = {
    "": 1, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7,
    "亿": 10**8,
}  # fmt: skip
_COUNTERS: Final = frozenset(
    [
        "人",
        "名",
        "位",
        "个",
        "件",
        "次",
        "份",
        "场",
        "项",
        "部",
        "条",
        "卷",
        "宗",
        "起",
        "家",
        "天",
        "日",
        "年",
        "页",
        "期",
        "批",
        "册",
        "户",
        "处",
        "辆",
        "人次",
        "场次",
        "件次",
        "个月",
        "项次",
        "例",
        "篇",
        "所",
        "组",
        "类",
        "块",
        "张",
        "支",
        "轮",
        "种",
    ]
)
_MONEY: Final = frozenset(["元", "圆", "元整", "元人民币", "人民币元"])
_HOURS: Final = frozenset(["学时", "课时"])
_BEFORE: Final = (
    "将近", "接近", "近", "大约", "大概", "约", "超过", "超", "逾", "不少于", "至少", "不低于",
    "不超过", "不多于", "至多", "最多", "不足", "不到",
)  # fmt: skip
_AFTER: Final = ("余", "多", "左右", "上下", "以上", "以下", "以内")
_LONGEST: Final = 40

NumberResult: TypeAlias = Decimal | Unknown | Unreadable


def unit_scale(written: str, unit: str) -> Decimal | None:
    """What a number written in `written` is worth in the field's `unit`; None if not comparable.

    `万元` for a field in 元 is 10000. An empty `written` is the field's own unit.
    """
    written = written.removeprefix("单位:").removeprefix("人民币")
    if written in ("", unit):
        return Decimal(1)
    for scale, factor in _SCALES.items():
        if written.startswith(scale) and same_unit(written[len(scale) :], unit):
            return Decimal(factor)
    return None


def same_unit(written: str, unit: str) -> bool:
    """Whether two unit words mean the same: 元 and 圆, 学时 and 课时, any two counting words."""
    if written == unit:
        return True
    for family in (_MONEY, _HOURS, _COUNTERS):
        if written in family:
            return unit in family or (family is _COUNTERS and unit == "")
    return written == ""


def parse_number(text: str, unit: str, scale: Decimal, *, whole: bool) -> NumberResult:
    """The number in the field's unit, an interval for an approximation, or why it isn't one.

    `scale` is what the header says (万元 → 10000) unless the cell names a unit itself. `whole`:
    only integers are expected, which bounds `20余` to 20-29.
    """
    plain = "".join(half_width(text).split()).strip("¥￥")
    if not plain or len(plain) > _LONGEST:
        return Unreadable()
    if plain.startswith(("-", "负")) and len(plain) > 1:
        return Unreadable("不能是负数")
    before = next((word for word in _BEFORE if plain.startswith(word)), "")
    plain = plain.removeprefix(before)
    for mark in ("-", "至", "~"):
        low, found, high = plain.partition(mark)
        if found and not before:
            return _range(low, high, unit, scale, whole=whole)
    split = _split(plain)
    if split is None:
        return Unreadable()
    value, step, rest = _scaled_before(*split)
    after = next((word for word in _AFTER if rest.startswith(word)), "")
    rest = rest.removeprefix(after)
    if not after:
        after = next((word for word in _AFTER[2:] if rest.endswith(word)), "")
        rest = rest.removesuffix(after)
    factor, rest_scaled = _scaled(rest, unit, scale)
    if factor is None:
        return Unreadable(
            f"单位“{rest_scaled}”与本列的“{unit}”不同" if unit else "数字后面有别的字"
        )
    return _bounded(value * factor, step * factor, before, after, whole=whole)


def checked(value: Decimal, *, whole: bool) -> NumberResult:
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


def _scaled_before(value: Decimal, step: Decimal, rest: str) -> tuple[Decimal, Decimal, str]:
    """41.1万余: the scale that stands before an approximating word belongs to the number."""
    for word, factor in _SCALES.items():
        if word and rest.startswith(word) and rest[len(word) :].startswith(_AFTER[:2]):
            return value * factor, step * factor, rest[len(word) :]
    return value, step, rest


def _scaled(rest: str, unit: str, scale: Decimal) -> tuple[Decimal | None, str]:
    if rest == "":
        return scale, rest
    # 3.5万 under 万元 means 35000: a scale in the cell takes the place of the header's
    return unit_scale(rest, unit), rest


def _split(text: str) -> tuple[Decimal, Decimal, str] | None:
    """The number at the head of `text`, the worth of its last written digit, and the rest."""
    found = _NUMBER.match(text)
    if found:
        digits = found.group(1)
        if not _GROUPED.fullmatch(digits):
            return None
        digits = digits.replace(",", "")
        return Decimal(digits), _step(digits), text[found.end() :]
    length = 0
    while length < len(text) and text[length] in NUMERALS:
        length += 1
    number = chinese_number(text[:length]) if length else None
    return None if number is None else (Decimal(number), _step(str(number)), text[length:])


def _step(digits: str) -> Decimal:
    _, point, decimals = digits.partition(".")
    if point:
        return Decimal(1).scaleb(-len(decimals))
    zeros = len(digits) - len(digits.rstrip("0"))
    return Decimal(10) ** (zeros if zeros < len(digits) else 0)


def _range(low: str, high: str, unit: str, scale: Decimal, *, whole: bool) -> NumberResult:
    bounds = [parse_number(part, unit, scale, whole=whole) for part in (low, high)]
    if isinstance(bounds[0], Decimal) and isinstance(bounds[1], Decimal) and bounds[0] <= bounds[1]:
        return _interval(bounds[0], bounds[1], whole=whole)
    return Unreadable()


def _bounded(
    value: Decimal, step: Decimal, before: str, after: str, *, whole: bool
) -> NumberResult:
    result = checked(value, whole=whole and not before and not after)
    if isinstance(result, Unreadable) or not (before or after):
        return result
    short = Decimal(1) if whole and step >= 1 else Decimal(0)
    if after in ("余", "多"):
        return _interval(value, value + step - short, whole=whole)
    if before in ("将近", "接近", "近"):
        return _interval(max(value - step, Decimal(0)), value, whole=whole)
    if before in ("大约", "大概", "约") or after in ("左右", "上下"):
        return _interval(max(value - step, Decimal(0)), value + step, whole=whole)
    if before in ("不超过", "不多于", "至多", "最多", "不足", "不到") or after in ("以下", "以内"):
        return _interval(Decimal(0), value, whole=whole)
    return _interval(value, None, whole=whole)


def _interval(low: Decimal, high: Decimal | None, *, whole: bool) -> Unknown:
    if whole:
        return Unknown(
            Cause.INCOMPLETE, int(low), None if high is None else int(high.to_integral_value())
        )
    return Unknown(Cause.INCOMPLETE, low, high)
