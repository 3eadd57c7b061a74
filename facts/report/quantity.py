"""Put a number together: its unit, what approximates it, the interval it stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from facts.report.lexicon import DURATION_UNITS, MEASURED_TIME, UNIT, UNIT_NAMES
from facts.writing.numerals import interval


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the view; ``end`` is where the number stops, ``unit_end`` where its unit does."""

    start: int
    end: int
    unit_end: int
    value: Decimal
    unit: str
    min: Decimal | None
    max: Decimal | None
    approximate: bool
    target: bool = False


_BEFORE = re.compile(
    r"(不低于|不少于|不得低于|不得少于|不小于|至少|力争|确保|不超过|不高于|不多于"
    r"|超过|突破|将近|接近|大约|大概|不足|不到|(?<![最附靠邻临])近|约|超|逾|过|上)"
    r"(?:为|达|达到|了|到)?$"
)
_TARGETS = frozenset(["不低于", "不少于", "不得低于", "不得少于", "不小于", "至少", "力争", "确保"])
_CEILINGS = frozenset(["不超过", "不高于", "不多于"])
_AFTER = re.compile("以上|左右|以内|以下|上下|多(?=[的,。;])")


def approximator(text: str, start: int) -> str:
    """Return the word before ``start`` that makes a number approximate or a target."""
    found = _BEFORE.search(text[max(0, start - 6) : start])
    return found[1] if found else ""


def _numeric_approximator(text: str, start: int) -> str:
    """上 and 过 make 上百, 过万; before digits they belong to the verb (网上5件, 办过3件)."""
    before = approximator(text, start)
    digits = text[start] in "0123456789"
    return "" if digits and before in ("上", "过") else before


def counted(
    text: str, match: re.Match[str], value: Decimal, step: Decimal, after: str
) -> Number | None:
    """Put unit and interval to a count; None if the unit says that it is a rule's deadline."""
    start, end = match.span()
    unit = UNIT.match(text, end)
    unit_end = unit.end() if unit else end
    name = UNIT_NAMES.get(unit.group(), unit.group()) if unit else ""
    if name in DURATION_UNITS:
        around = text[max(0, start - 24) : unit_end + 12]
        if not MEASURED_TIME.search(around):
            return None
    return with_interval(text, (start, end, unit_end), value, name, step, after)


def percent(
    text: str, match: re.Match[str], value: Decimal | None, after: str = "", unit: str = "%"
) -> Number | None:
    """Return a percentage, or None if it has no value."""
    if value is None:
        return None
    start, end = match.span()
    places = -int(value.as_tuple().exponent)
    step = Decimal(1).scaleb(-max(places, 0))
    return with_interval(text, (start, end, end), value, unit, step, after)


def with_interval(  # noqa: PLR0913, PLR0917 - one place that knows all approximators
    text: str,
    spans: tuple[int, int, int],
    value: Decimal,
    unit: str,
    step: Decimal,
    after: str,
) -> Number:
    """Return the number at ``spans`` (start, end, end of unit) with its interval."""
    start, end, unit_end = spans
    before = _numeric_approximator(text, start)
    tail = _AFTER.match(text, unit_end)
    suffix = after or (tail.group() if tail else "")
    if before in _TARGETS:
        return Number(
            start, end, unit_end, value, unit, value, None, approximate=False, target=True
        )
    if before in _CEILINGS:
        return Number(
            start, end, unit_end, value, unit, None, value, approximate=False, target=True
        )
    low, high, approximate = interval(value, step, before, suffix)
    if unit == "%" and high is not None and value < 100 < high:
        high = Decimal(100)
    return Number(start, end, unit_end, value, unit, low, high, approximate)
