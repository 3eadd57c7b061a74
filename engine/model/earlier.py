"""Earlier years as an assessment of a later year shows them: what a check of theirs counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from pydantic import TypeAdapter, ValidationError

from engine.model.errors import FazhiError
from engine.model.outcome import Outcome, Severity
from engine.model.wrong_values import wrong_json

FAMILY: Final = "fazhi-assessment/"
"""What the name of the format of every assessment begins with, of whatever version."""


class UnreadableYearError(FazhiError):
    """An earlier assessment whose counts can't be read: it is damaged, or too old."""


@dataclass(frozen=True, slots=True)
class YearCounts:
    """What a check counted: outcomes, findings by severity, outcomes by section of the outline."""

    outcomes: Mapping[Outcome, int]
    findings: Mapping[Severity, int]
    outline: Mapping[str, Mapping[Outcome, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RulesOfYear:
    """The ruleset that a year was judged with."""

    version: str


@dataclass(frozen=True, slots=True)
class YearEntry:
    """A year's check: its day, its place, the rules it went by, and what it counted."""

    year: int
    as_of: dt.date
    place: str
    profile: str
    ruleset: RulesOfYear
    summary: YearCounts


@cache
def _adapter() -> TypeAdapter[YearEntry]:
    return TypeAdapter(YearEntry)


def year_of(text: str) -> YearEntry:
    """The counts of an assessment written as JSON, by this version or another.

    Raises `UnreadableYearError` with the place that isn't as it must be.
    """
    try:
        return _adapter().validate_json(text)
    except ValidationError as error:
        raise UnreadableYearError(wrong_json(error, text)) from None
