"""A term in one cell: 2022-05-10至2027-05-09, 五年, 2022年5月10日起五年, 至2027年5月9日, 长期."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from engine.model.regex import regex
from facts.writing.dates import Unreadable, parse_date, split_two
from facts.writing.numerals import chinese_number
from facts.writing.text import fold, half_width

_ENDLESS: Final = frozenset(["长期", "长期有效", "永久", "永久有效", "无固定期限"])
_BRACKETS: Final = regex(r"^(.*?)\(([^()]+)\)$")
_LENGTH: Final = regex(
    r"(?:有效期限?|期限)?(?:为|:)?([0-9]{1,3}|[一二两三四五六七八九十]{1,3})(?:个)?(年|月)(?:有效)?"
)
_FROM: Final = regex(r"自?(?:从)?(.+?)(?:起|开始)[,至]?(.*)")
_TO: Final = regex(r"(?:有效期)?(?:截至|截止|至|到)(.+?)(?:止|截止)?|(.+?)(?:止|截止|到期)")


@dataclass(frozen=True, slots=True)
class TermText:
    """What a cell says of a term: its first and its last day as written, its length in months."""

    first: str = ""
    last: str = ""
    months: int = 0
    endless: bool = False


def term_in(text: str) -> TermText | None:
    """What a text says of a term; None where it says nothing of one, or is a single day."""
    plain = "".join(half_width(text).split())
    bracket = _BRACKETS.match(plain)
    if bracket is not None:
        return term_in(bracket[2]) or term_in(bracket[1])
    if fold(plain) in _ENDLESS:
        return TermText(endless=True)
    months = _months(plain)
    if months:
        return TermText(months=months)
    parts = split_two(re.sub("[自从起止]", "", plain))
    if parts is not None:
        return TermText(*parts)
    start = _FROM.fullmatch(plain)
    if start is not None and _is_day(start[1]) and (not start[2] or _months(start[2])):
        return TermText(start[1], months=_months(start[2]))
    end = _TO.fullmatch(plain)
    if end is not None and _is_day(end[1] or end[2]):
        return TermText(last=end[1] or end[2])
    return None


def after(start: dt.date, months: int) -> dt.date:
    """The last day of a term: the day before the one of the same number that many months on."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    day = min(start.day, calendar.monthrange(year, month + 1)[1])
    return dt.date(year, month + 1, day) - dt.timedelta(days=1)


def _months(text: str) -> int:
    found = _LENGTH.fullmatch(text)
    if found is None:
        return 0
    number = int(found[1]) if found[1].isdecimal() else int(chinese_number(found[1]) or 0)
    return number * 12 if found[2] == "年" else number


def _is_day(text: str) -> bool:
    return not isinstance(parse_date(text), Unreadable)
