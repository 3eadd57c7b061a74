"""Changes from one figure to another: 从A压缩至B, and A 较上年 B 增长 P%."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from engine.model.regex import regex
from engine.model.report import FigureKind, Verdict
from facts.report.contents import Relation
from facts.report.context import Reading
from facts.report.relations.arithmetic import (
    how_rounded,
    percent_of,
    places,
    show,
    show_exact,
    show_percent,
)

_FROM: Final = regex(r"(?:从|由)[^,。;\n]{0,14}$")
_FELL_TO: Final = regex(
    r"^[^,。;0-9\n]{0,8}(?:压缩|压减|缩短|缩减|减少|减|下降|降低|降)(?:至|到|为)"
)
_ROSE_TO: Final = regex(r"^[^,。;0-9\n]{0,8}(?:增加|增长|提高|提升|上升|升|增)(?:至|到|为)")
_RATE_CUE: Final = regex(
    r"(?:压缩|压减|缩短|缩减|减少|下降|降低|降幅|提速|增长|增加|提高|上升|增幅)(?:率|比例|幅度|比)?[^,。;\n]{0,6}$"
)
# 全部事项压缩率, 较法定时限压缩: not of these two numbers
_OTHER_BASE: Final = regex("总|平均|整体|全部|全市|全县|全区|法定|较|比|累计")
_GREW: Final = regex(r"(?:增长|上升|增加|增幅|提高)[^,。;0-9\n]{0,4}$")
_FELL: Final = regex(r"(?:下降|减少|降低|降幅)[^,。;0-9\n]{0,4}$")

_SINCE: Final = regex(
    "[,(]?(?:同比|[较比](?:上一?年|去年)(?:同期)?)(?:的|为|是|(?:增加|减少|上升|下降|增长|多|少)(?:了)?)?"
)
_BY: Final = regex("[,、]?(?:同比)?(?:增长|上升|增加|增幅|提高|下降|减少|降低|降幅)(?:了|为|达)?")


def compressions(reading: Reading) -> list[Relation]:
    """Return 从A压缩至B with its rate; here the text says what is computed from what."""
    found = []
    for group in reading.by_sentence:
        for first, second, *following in (group[i : i + 3] for i in range(len(group) - 1)):
            if not _FROM.search(reading.before(first, 18)):
                continue
            between = reading.between(first, second)
            fell = _FELL_TO.match(between)
            if not (fell or _ROSE_TO.match(between)) or not _both_counts(reading, first, second):
                continue
            rate = _rate_after(reading, following, second)
            if rate is not None:
                found.append(_compression(reading, first, second, rate, fell=bool(fell)))
    return found


def _both_counts(reading: Reading, first: int, second: int) -> bool:
    figures = reading.figures[first], reading.figures[second]
    units = {figure.unit for figure in figures}
    return len(units) == 1 and "%" not in units and not any(f.approximate for f in figures)


def _rate_after(reading: Reading, following: list[int], second: int) -> int | None:
    if not following:
        return None
    rate = following[0]
    figure = reading.figures[rate]
    words = reading.between(second, rate)
    if figure.unit != "%" or figure.approximate or len(words) > 30 or "同比" in words:
        return None
    return rate if _RATE_CUE.search(words) else None


def _compression(reading: Reading, first: int, second: int, rate: int, *, fell: bool) -> Relation:
    old, new = reading.figures[first].value, reading.figures[second].value
    percent = reading.figures[rate].value
    a, b, printed = show(old), show(new), show_percent(percent)
    formula = f"({a}-{b})/{a}" if fell else f"({b}-{a})/{a}"
    if old <= 0:
        verdict, words = Verdict.UNKNOWN, "基数为零，无法复算"
    else:
        exact = percent_of(old - new if fell else new - old, old)
        rounded = how_rounded(exact, percent)
        verdict = Verdict.HOLDS if rounded else Verdict.FAILS
        words = f"{formula}={show_exact(exact)}，" + (
            f"按{rounded}得{printed}，相符" if rounded else f"与所写{printed}不符"
        )
        if not rounded and _OTHER_BASE.search(reading.between(second, rate)):
            verdict, words = (
                Verdict.UNKNOWN,
                f"{formula}={show_exact(exact)}，与{printed}口径可能不同",
            )
        step = Decimal(1).scaleb(-places(percent))
        if not rounded and abs(exact - percent) <= step:
            verdict, words = Verdict.UNKNOWN, f"{formula}={show_exact(exact)}，与{printed}只差末位"
    return Relation("compression", f"{formula}={printed}", verdict, words, (first, second, rate))


def changes(reading: Reading) -> list[Relation]:
    """Return year-on-year percentages whose two values stand in the sentence."""
    found = []
    for group in reading.by_sentence:
        for rate in group:
            figure = reading.figures[rate]
            if figure.unit != "%" or figure.kind is not FigureKind.COMPARISON or figure.approximate:
                continue
            before = reading.before(rate, 16)
            grew, fell = _GREW.search(before), _FELL.search(before)
            pair = _pair(reading, group, rate)
            if pair and (grew or fell):
                found.append(_change(reading, *pair, rate, fell=bool(fell)))
    return found


def _pair(reading: Reading, group: tuple[int, ...], rate: int) -> tuple[int, int] | None:
    """This year's and last year's value, if the sentence has exactly one of each."""
    near = range(max(group[0], rate - 3), min(group[-1], rate + 3) + 1)
    counts = [index for index in near if reading.is_count(index)]
    now = [i for i in counts if reading.figures[i].kind is FigureKind.RESULT and i < rate]
    then = [i for i in counts if reading.figures[i].kind is FigureKind.COMPARISON]
    if len(now) != 1 or len(then) != 1 or reading.figures[then[0]].value == 0:
        return None
    same = reading.figures[now[0]].unit == reading.figures[then[0]].unit
    return (now[0], then[0]) if same else None


def _earlier(reading: Reading, now: int, then: int) -> Decimal:
    """Last year's value: stated as such, or this year's and the difference (减少12件)."""
    new, told = reading.figures[now].value, reading.figures[then].value
    before = reading.before(then, 8)
    if _FELL.search(before):
        return new + told
    return new - told if _GREW.search(before) else told


def _in_one_breath(reading: Reading, now: int, then: int, rate: int) -> bool:
    """Whether a value, last year's and the change between them follow each other at once."""
    return (
        (now + 1, now + 2) == (then, rate)
        and _SINCE.fullmatch(reading.between(now, then)) is not None
        and _BY.fullmatch(reading.between(then, rate)) is not None
    )


def _change(reading: Reading, now: int, then: int, rate: int, *, fell: bool) -> Relation:
    new, old = reading.figures[now].value, _earlier(reading, now, then)
    percent = reading.figures[rate].value
    if old <= 0:
        return Relation("change", "?", Verdict.UNKNOWN, "基数为零，无法复算", (now, then, rate))
    exact = percent_of(old - new if fell else new - old, old)
    rounded = how_rounded(exact, percent)
    a, b, printed = show(new), show(old), show_percent(percent)
    formula = f"({b}-{a})/{b}" if fell else f"({a}-{b})/{b}"
    words = f"{formula}={show_exact(exact)}，" + (
        f"按{rounded}得{printed}，相符" if rounded else f"与所写{printed}不符，口径须核对"
    )
    # the two values may be of different things, so a difference is a question, not an error,
    # unless they stand as closely together as 27件,较上年的30件下降15%
    off = abs(exact - percent) > 2 * Decimal(1).scaleb(-places(percent))
    wrong = off and _in_one_breath(reading, now, then, rate)
    verdict = Verdict.HOLDS if rounded else Verdict.FAILS if wrong else Verdict.UNKNOWN
    return Relation("change", f"{formula}={printed}", verdict, words, (now, then, rate))
