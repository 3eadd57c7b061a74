"""The month or quarter that a text names: 3月, 2024年3月, 一季度, 2024年1—3月."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Final, TypeAlias

from facts.writing.numerals import chinese_number
from facts.writing.text import fold

Period: TypeAlias = tuple[dt.date, dt.date]
"""Its first and its last day."""

_MONTH: Final = r"(?:[01]?[0-9]|十[一二]?|[一二三四五六七八九])"
_YEAR: Final = r"(?:(?P<year>20[0-9]{2})年?度?)?"
_NAMED: Final = re.compile(
    rf"{_YEAR}(?:(?P<first>{_MONTH})月?(?:-|—|–|~|至|到)+(?P<last>{_MONTH})月份?"
    rf"|(?P<month>{_MONTH})月份?|第?(?P<quarter>[1-4一二三四])季度?|(?P<half>[上下])半年)"
)
_PLAIN: Final = re.compile(r"(?P<year>20[0-9]{2})(?:[-.]|(?=[01][0-9]$))(?P<month>0?[1-9]|1[0-2])")
_BEFORE: Final = re.compile(r"(?:[0-9年月第至到~—–-]|截止?[至到]?|自|从|起|近)$")
_AFTER: Final = re.compile(r"[0-9日号起至到前后以底初末]|[上中下]旬|-|—|–|~")


def period_named(text: str, year: int | None) -> Period | None:
    """The one period that a text names; None if none, or several, or only its edge (截至3月).

    `year` is that of the ledger, for a text that names none.
    """
    folded = fold(text)
    plain = _PLAIN.fullmatch(folded)
    found = [plain] if plain is not None else [
        match for match in _NAMED.finditer(folded)
        if not _BEFORE.search(folded[: match.start()]) and not _AFTER.match(folded[match.end() :])
    ]  # fmt: skip
    periods = {_period(match, year) for match in found}
    return periods.pop() if len(periods) == 1 else None


def _period(match: re.Match[str], known: int | None) -> Period | None:
    parts = match.groupdict()
    year = int(parts["year"]) if parts["year"] else known
    if year is None:
        return None
    if parts.get("quarter"):
        quarter = _number(parts["quarter"])
        return _months(year, 3 * quarter - 2, 3 * quarter)
    if parts.get("half"):
        return _months(year, *((1, 6) if parts["half"] == "上" else (7, 12)))
    if parts.get("first"):
        return _months(year, _number(parts["first"]), _number(parts["last"]))
    return _months(year, _number(parts["month"]), _number(parts["month"]))


def _months(year: int, first: int, last: int) -> Period | None:
    if not 1 <= first <= last <= 12:
        return None
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else int(chinese_number(text) or 0)
