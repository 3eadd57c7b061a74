"""Put a number together: its unit, what approximates it, the interval it stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from engine.model.regex import regex
from facts.report.lexicon import MEASURED_TIME
from facts.writing.approximations import (
    AFTER_UNIT,
    BEFORE,
    CEILINGS,
    FLOORS,
    interval,
    is_verb,
)
from facts.writing.numerals import step_of
from facts.writing.text import words
from facts.writing.units import DURATION_UNITS, UNIT, is_whole, unit_name


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


_AIMS: Final = words("力争 确保")
_IN_OTHER_WORDS: Final = "[最附靠邻临]"
"""附近, 邻近: 近 behind one of these is the end of another word."""

_BEFORE: Final = regex(
    "("
    + "|".join(f"(?<!{_IN_OTHER_WORDS})近" if word == "近" else word for word in (*_AIMS, *BEFORE))
    + ")(?:为|达|达到|了|到)?$"
)
_AFTER: Final = regex("|".join(AFTER_UNIT) + "|多(?=[的,。;])")


_DAY: Final = "日"
"""This is a unit only where it is counted: 提前50日以上."""


def approximator(text: str, start: int) -> str:
    """Return the word before ``start`` that makes a number approximate or an aim."""
    found = _BEFORE.search(text[max(0, start - 6) : start])
    return found[1] if found and not is_verb(found[1], text[start:]) else ""


def counted(
    text: str, match: re.Match[str], value: Decimal, step: Decimal, after: str
) -> Number | None:
    """Put unit and interval to a count; None if the unit says that it is a rule's deadline."""
    start, end = match.span()
    unit = UNIT.match(text, end)
    unit_end = unit.end() if unit else end
    name = unit_name(unit.group()) if unit else ""
    if name in DURATION_UNITS and text[end:unit_end] != _DAY:
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
    return with_interval(text, (start, end, end), value, unit, step_of(f"{value:f}"), after)


def with_interval(  # noqa: PLR0913, PLR0917 - one place that knows all approximators
    text: str,
    spans: tuple[int, int, int],
    value: Decimal,
    unit: str,
    step: Decimal,
    after: str,
) -> Number:
    """Return the number at ``spans`` (start, end, end of unit) with its interval."""
    before = approximator(text, spans[0])
    tail = _AFTER.match(text, spans[2])
    suffix = after or (tail.group() if tail else "")
    if before in CEILINGS:
        return Number(*spans, value, unit, None, value, approximate=False, target=True)
    if before in FLOORS or before in _AIMS:
        return Number(*spans, value, unit, value, None, approximate=False, target=True)
    whole = is_whole(unit) and value == value.to_integral_value()
    bounds = interval(value, step, before, suffix, whole=whole)
    if bounds is None:
        return Number(*spans, value, unit, value, value, approximate=False)
    return Number(*spans, value, unit, *bounds, approximate=True)
