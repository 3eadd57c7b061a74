"""How laws, days and conditions are called on every page about rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

from engine.explaining.words import Words
from engine.ruleset.files import InstrumentFile, RequirementKind
from engine.ruleset.model import Ruleset, Window

READ_TITLES: Final[Mapping[str, str]] = {
    "full": "读过全文",
    "excerpt": "只读到节录",
    "secondary": "凭转述，未读原文",
    "none": "未读原文",
}
"""How much of a text was read."""

KIND_TITLES: Final = {
    RequirementKind.CHECKED: "程序核",
    RequirementKind.MANUAL: "人工认定",
    RequirementKind.COVERED: "由其他要求承担",
}


def words_of(ruleset: Ruleset) -> Words:
    """Expressions of a ruleset in words, with the titles of its fields and parameters."""
    return Words(ruleset.schema, parameters=ruleset.parameter_titles)


def name(instrument: InstrumentFile) -> str:
    """The name of a law in one pair of book-title marks, its own or ours."""
    return f"《{instrument.name.removeprefix('《').removesuffix('》')}》"


def day(value: dt.date) -> str:
    """A day as people write it."""
    return f"{value.year}年{value.month}月{value.day}日"


def span(start: dt.date | None, end: dt.date | None) -> str:
    """From when to when; empty where neither is known."""
    if end is None:
        return "" if start is None else f"{day(start)}起"
    return f"至{day(end)}止" if start is None else f"{day(start)}至{day(end)}"


def spans(windows: Iterable[Window]) -> str:
    """The windows of force of a text."""
    found = [
        span(
            None if window.start == dt.date.min else window.start,
            None if window.end == dt.date.max else window.end,
        )
        for window in windows
    ]
    return "；".join(one or "起止日期不详" for one in found) or "没有一天"
