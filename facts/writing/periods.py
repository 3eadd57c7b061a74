"""The month, the quarter or the day that a text names: 3月, 一季度, 自2024年7月1日起废止."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Final, TypeAlias

from engine.model.regex import regex
from facts.writing.numerals import chinese_number
from facts.writing.text import fold

Period: TypeAlias = tuple[dt.date, dt.date]
"""Its first and its last day."""

_MONTH: Final = r"(?:[01]?[0-9]|十[一二]?|[一二三四五六七八九])"
_YEAR: Final = r"(?:(?P<year>20[0-9]{2})年?度?)?"
_NAMED: Final = regex(
    rf"{_YEAR}(?:(?P<first>{_MONTH})月?(?:-|—|–|~|至|到)+(?P<last>{_MONTH})月份?"
    rf"|(?P<month>{_MONTH})月份?|第?(?P<quarter>[1-4一二三四])季度?|(?P<half>[上下])半年)"
)
_PLAIN: Final = regex(r"(?P<year>20[0-9]{2})(?:[-.]|(?=[01][0-9]$))(?P<month>0?[1-9]|1[0-2])")
_BEFORE: Final = regex(r"(?:[0-9年月第至到~—–-]|截止?[至到]?|自|从|起|近)$")
_AFTER: Final = regex(r"[0-9日号起至到前后以底初末]|[上中下]旬|-|—|–|~")


_NUMERAL: Final = "[0-9〇○零一二三四五六七八九十]"
_DAY: Final = regex(
    rf"({_NUMERAL}{{4}})[年.-]({_NUMERAL}{{1,3}})[月.-]({_NUMERAL}{{1,3}})(?![0-9])日?(起)?"
)
_NOT_ITS_DAY: Final = ("截至", "截止", "填报", "统计", "制表", "更新", "打印", "导出")


def day_named(text: str) -> dt.date | None:
    """The one day that a text names; of several that from which on something holds (…起施行).

    None where it is the day of a count or of the list itself: 截至2024年6月30日.
    """
    folded = fold(text)
    if any(word in folded for word in _NOT_ITS_DAY):
        return None
    found = {(_day(match), bool(match[4])) for match in _DAY.finditer(folded)}
    days = {day for day, _ in found}
    starts = {day for day, start in found if start}
    chosen = starts if len(days) > 1 else days
    return chosen.pop() if len(chosen) == 1 else None


def _day(match: re.Match[str]) -> dt.date | None:
    year, month, day = (_number(match[at].replace("○", "〇")) for at in (1, 2, 3))
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


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
