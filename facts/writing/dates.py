"""Dates as offices write them: complete, incomplete (an interval), or not readable.

2024-05-01 · 2024/5/1 · 2024年5月1日 · 2024.5.1 · 20240501 · 二〇二四年五月一日 · ２０２４年５月 ·
2024年 · 5月 · 2024年5月上旬 · 2024年上半年, with or without a time of day.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

from engine.model.regex import regex
from engine.model.values import YEARS, Cause, Unknown, in_years
from facts.writing.numerals import NUMERALS, chinese_number
from facts.writing.periods import Period
from facts.writing.text import half_width

_MAX: Final = 60

_NUMERAL: Final = r"[0-9〇○oO零一二三四五六七八九十廿卅]"
_WRITTEN: Final = regex(
    rf"(?:({_NUMERAL}{{2,4}})年)?(?:({_NUMERAL}{{1,3}})月份?)?(?:({_NUMERAL}{{1,3}})[日号])?"
)
_PLAIN: Final = regex(r"([0-9]{4})([-/.、年])([0-9]{1,2})(?:[-/.、月]([0-9]{1,2})[日号]?)?")
_SHORT: Final = regex(r"([0-9]{1,2})[./-]([0-9]{1,2})")
_BARE_DAY: Final = regex("[0-9]{1,2}")
_SIXTY: Final = "([0-5]?[0-9])"
_TIME: Final = regex(
    rf"(上午|下午|晚上?|am|pm)?([0-9]{{1,2}})"
    rf"(?::{_SIXTY}(?::{_SIXTY}(?:\.[0-9]{{1,6}})?)?(?:\+08:?00)?|[时点](?:{_SIXTY}(?:分(?:{_SIXTY}秒)?)?)?)$",
    re.IGNORECASE,
)
_LONGEST_TIME: Final = 24
_AFTERNOON: Final = {hour: hour % 12 + 12 for hour in range(1, 24)}
_EVENING: Final = {hour: hour % 12 + 12 for hour in (*range(5, 12), *range(17, 24))}
_HOURS: Final[Mapping[str, Mapping[int, int]]] = {
    "": {hour: hour for hour in range(24)},
    "上午": {hour: hour for hour in range(13)},
    "am": {hour: hour for hour in range(12)},
    "下午": _AFTERNOON,
    "pm": _AFTERNOON,
    "晚": _EVENING,
    "晚上": _EVENING,
}
"""The hour that is meant, by the half of the day written before it.

晚12时 ends the day and 晚1时 belongs to the next: which day is meant is not for us to say.
"""
_WEEK: Final = "一二三四五六日"
_NAMED: Final = f"(?:周|星期|礼拜)([{_WEEK}天])"
_WEEKDAY: Final = regex(rf"\({_NAMED}\)|{_NAMED}")
_PARTS: Final = {
    "第一季度": (1, 3), "一季度": (1, 3), "第二季度": (4, 6), "二季度": (4, 6),
    "第三季度": (7, 9), "三季度": (7, 9), "第四季度": (10, 12), "四季度": (10, 12),
    "上半年": (1, 6), "下半年": (7, 12), "年初": (1, 12), "年底": (1, 12), "年末": (1, 12),
    "初": (1, 12), "底": (1, 12), "末": (1, 12), "全年": (1, 12), "度": (1, 12),
}  # fmt: skip
_TENS: Final = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "初": (1, 31), "底": (1, 31)}

Moment: TypeAlias = dt.date | dt.datetime


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Not a date; `hint` says what it looks like and what to write."""

    hint: str = ""


DateResult: TypeAlias = Moment | Unknown | Unreadable


@lru_cache(maxsize=32768)
def parse_date(
    text: str, ledger_year: int | None = None, within: Period | None = None
) -> DateResult:
    """The day (a datetime if a time is written), an interval, or why it can't be read.

    `ledger_year` is the year the sheet's title states: a day or month written without its year
    is then taken to lie within one year of it, never in that year for certain. `within` is the
    month, or the few months, that the sheet is of: a day that lies in it once is that day.
    """
    if len(text) > _MAX:
        return Unreadable("写的不是一个日期")
    plain = half_width(text).strip()
    weekdays = {one or other for one, other in _WEEKDAY.findall(plain)}
    moment, plain = _split_time(_WEEKDAY.sub("", plain))
    plain = "".join(plain.split())
    completed = _completed(plain, within) if within is not None else None
    day = _parse_day(plain, ledger_year) if completed is None else completed
    if not isinstance(day, dt.date):
        return day
    true = _WEEK[day.weekday()]
    if any(said.replace("天", "日") != true for said in weekdays):
        return Unreadable(f"{day.isoformat()}是星期{true}，与写的星期对不上")
    return day if moment is None else dt.datetime.combine(day, moment)


def day_interval(day: dt.date) -> Unknown:
    """A day without a time: any moment of it."""
    return Unknown(
        Cause.INCOMPLETE,
        dt.datetime.combine(day, dt.time.min),
        dt.datetime.combine(day, dt.time(23, 59, 59)),
    )


def split_two(text: str) -> tuple[str, str] | None:
    """The two dates of a cell such as `4.3/4.20` or `2024年4月3日至4月20日`; None if not two.

    The second takes the year of the first where it has none.
    """
    if len(text) > _MAX:
        return None
    plain = "".join(half_width(text).split())
    if not isinstance(_parse_day(plain, None), Unreadable):
        return None
    for mark in ("至", "到", "~", "——", "--", "、", ";", ",", "/", "-"):
        first, found, second = plain.partition(mark)
        if not found or not second:
            continue
        if any(isinstance(_parse_day(part, None), Unreadable) for part in (first, second)):
            continue
        year = re.match(r"[0-9]{4}[年./-]", first)
        if year and not re.match(r"[0-9]{4}", second):
            second = year.group() + second
        return first, second
    return None


def _split_time(text: str) -> tuple[dt.time | None, str]:
    found = _TIME.search(text[-_LONGEST_TIME:])
    if found is None:
        return None, text
    half, hour, minute, second, minute_, second_ = found.groups()
    hours = _HOURS[(half or "").lower()].get(int(hour))
    if hours is None:
        return None, text
    moment = dt.time(hours, int(minute or minute_ or 0), int(second or second_ or 0))
    return moment, text[: len(text) - len(found.group())].rstrip(" T")


def _completed(text: str, within: Period) -> dt.date | Unknown | Unreadable | None:
    """The day that a text without its year, or without year and month, means in a period.

    Of several the first and the last; None where the text is no such day, or is of another month.
    """
    short, written = _SHORT.fullmatch(text), _WRITTEN.fullmatch(text)
    month: int | None
    day: int | None
    if short is not None:
        month, day = (int(part) for part in short.groups())
    elif written is not None and written[1] is None and written[3] is not None:
        month, day = (None if part is None else _number(part) for part in written.groups()[1:])
    elif _BARE_DAY.fullmatch(text):
        month, day = None, int(text)
    else:
        return None
    first, last = within
    days = [
        one
        for one in map(dt.date.fromordinal, range(first.toordinal(), last.toordinal() + 1))
        if one.day == day and month in (None, one.month)
    ]
    if not days:
        return Unreadable("这张表的月份里没有这一天") if month is None else None
    return days[0] if len(days) == 1 else Unknown(Cause.INCOMPLETE, days[0], days[-1])


def _parse_day(text: str, ledger_year: int | None) -> dt.date | Unknown | Unreadable:
    if not text:
        return Unreadable()
    if text.isdigit() and text.isascii():
        return _digits(text)
    plain = _PLAIN.fullmatch(text)
    if plain:
        year, _, month, day = plain.groups()
        return _build(int(year), int(month), int(day) if day else None)
    short = _SHORT.fullmatch(text)
    if short:
        return _build(None, int(short.group(1)), int(short.group(2)), ledger_year)
    written = _WRITTEN.match(text)
    if written is None or written.end() == 0:
        return Unreadable()
    year_, month_, day_ = (None if part is None else _number(part) for part in written.groups())
    if any(raw is not None and number is None for raw, number in
           zip(written.groups(), (year_, month_, day_), strict=True)):  # fmt: skip
        return Unreadable()
    if written.group(1) is not None and len(written.group(1)) < 4:
        return Unreadable("年份请写四位")
    rest = text[written.end() :]
    if rest:
        return _part(year_, month_, day_, rest, ledger_year)
    return _build(year_, month_, day_, ledger_year)


def _digits(text: str) -> dt.date | Unknown | Unreadable:
    if len(text) == 8:
        return _build(int(text[:4]), int(text[4:6]), int(text[6:]))
    if len(text) == 6 and in_years(int(text[:4])):
        return _build(int(text[:4]), int(text[4:]), None)
    if len(text) == 4:
        return _build(int(text), None, None)
    if len(text) == 5:
        day = dt.date(1899, 12, 30) + dt.timedelta(days=int(text))
        return Unreadable(f"像是 Excel 日期序号（{day.isoformat()}），请把单元格格式改为日期")
    return Unreadable()


def _number(text: str) -> int | None:
    text = text.translate({ord("○"): "〇", ord("o"): "〇", ord("O"): "〇"})
    if text.isdigit() and text.isascii():
        return int(text)
    digits = text.translate({ord("〇"): "0"})
    if digits.isdigit() and digits.isascii():
        return int(digits)
    text = text.replace("廿", "二十").replace("卅", "三十")
    return chinese_number(text) if NUMERALS.issuperset(text) else None


def _build(
    year: int | None, month: int | None, day: int | None, ledger_year: int | None = None
) -> dt.date | Unknown | Unreadable:
    if year is not None and not in_years(year):
        return Unreadable(YEARS)
    if month is None and (year is None or day is not None):
        return Unreadable("没有写月份")
    if month is not None and not 1 <= month <= 12:
        return Unreadable("没有这个月份")
    if day is not None and not 1 <= day <= _last_day(year or 2024, month or 1):
        return Unreadable("没有这一天")
    if year is not None and month is not None and day is not None:
        return dt.date(year, month, day)
    low, high = year, year
    if year is None:
        if ledger_year is None:
            return Unknown(Cause.INCOMPLETE)
        low, high = ledger_year - 1, ledger_year + 1
    return _span(low or 0, high or 0, (month or 1, month or 12), (day or 1, day or 31))


def _span(low: int, high: int, months: tuple[int, int], days: tuple[int, int]) -> Unknown:
    first = min(days[0], _last_day(low, months[0]))
    last = min(days[1], _last_day(high, months[1]))
    return Unknown(Cause.INCOMPLETE, dt.date(low, months[0], first), dt.date(high, months[1], last))


def _part(
    year: int | None, month: int | None, day: int | None, rest: str, ledger_year: int | None
) -> dt.date | Unknown | Unreadable:
    """2024年上半年, 2024年5月上旬: an interval within the year or the month."""
    if day is not None or rest not in (_PARTS if month is None else _TENS):
        return Unreadable()
    whole = _build(year, month, None, ledger_year)
    if year is None or isinstance(whole, Unreadable):
        return whole
    if month is None:
        return _span(year, year, _PARTS[rest], (1, 31))
    return _span(year, year, (month, month), _TENS[rest])


def _last_day(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]
