"""Percentages whose numerator and denominator stand in the text."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from engine.model.regex import regex
from engine.model.report import FigureKind, Verdict
from facts.report.contents import Observation, Relation
from facts.report.context import Reading
from facts.report.relations.arithmetic import (
    HUNDRED,
    has_denominator,
    has_numerator,
    how_rounded,
    percent_of,
    places,
    show,
    show_exact,
    show_percent,
    tells_rounding,
)
from facts.writing.text import words
from facts.writing.units import DURATION_UNITS

# 分别占15%、10%: the shares of a list stand together, each of its own count
_EACH: Final = regex("分别[^,。;\n]{0,16}$")
_SHARE: Final = regex(r"(?:占比?|比例|比重|率)[^,。;\n]{0,12}$")
# rates that count things out of things; 满意率 and 知晓率 may be means of many
_COUNTED_RATE: Final = regex(
    "覆盖|合格|占|办结|办复|化解|成功|出庭|纠错|败诉|胜诉|审查|备案|公示|答复|进驻|网办|可办|通过|参考"
)
_DONE: Final = frozenset(words("办结 化解 答复 办复 整改 审结 结案 处置 回复 受理 调解 履行"))
_RECEIVED: Final = regex("受理|收到|接收|承办|新收|交办|共")
_EXPLICIT: Final = regex(r"(?:占比?|比例|比重)[^,。;\n]{0,12}$")
# 占61%, 占比61%: of the whole just spoken of; 占某某总数的61% names its own
_SAME_WHOLE: Final = regex(r"(?:占比?|比例|比重)(?:为|达到?|约)?$")
_NAMED_WHOLE: Final = regex(r"占(?:总数|总量|全部|上述|其|全市|全县|全区)[^,。;\n]{0,8}$")
_RATE_NOUN: Final = regex(r"([^,。;:、\n]{2,14})率[^,。;\n]{0,6}$")
_EMPTY_BIGRAMS: Final = frozenset(
    words(
        "覆盖 评价 办结 按时 按期 成功 合格 完成 达到 及时 全面 实现 均达 其中 行政 工作 依法 "
        "全市 全县 全区"
    )
)
_MEASURES: Final = DURATION_UNITS | {"元", "平方米", "亩", "公里"}
_REACH: Final = 12
_BARE_VERB: Final = 6
# as far as a count's own rate may stand from it
_NEAR_RATE: Final = 24
_FEWEST: Final = 10


def shares(reading: Reading) -> tuple[list[Relation], list[Observation]]:
    """Return the shares that could be recomputed, and the doubts about those that could not."""
    relations: list[Relation] = []
    open_rates: list[int] = []
    rounds = False
    bases: dict[int, int] = {}
    for index in _rates(reading):
        relation = _share(reading, index, bases)
        if relation is not None:
            relations.append(relation)
        if relation is None or relation.verdict is Verdict.UNKNOWN:
            open_rates.append(index)
        elif relation.verdict is Verdict.HOLDS:
            part, whole, rate = (reading.figures[figure].value for figure in relation.figures)
            bases[reading.sentence_starts[index]] = relation.figures[1]
            rounds = rounds or tells_rounding(percent_of(part, whole), rate)
    doubts = [
        doubt
        for rate in open_rates
        for doubt in _without_numerator(reading, rate, may_cut=not rounds)
    ]
    return relations, doubts


def _rates(reading: Reading) -> list[int]:
    """Exact percentages that claim a result, one per span."""
    found: dict[int, int] = {}
    for index, figure in enumerate(reading.figures):
        exact = figure.unit == "%" and not figure.approximate
        if exact and figure.kind is FigureKind.RESULT and 0 < figure.value <= HUNDRED:
            found.setdefault(reading.numbers[index].start, index)
    return list(found.values())


def _share(reading: Reading, rate: int, bases: dict[int, int]) -> Relation | None:
    """Hold the count right before a rate against the wholes of its section.

    `bases` gives a sentence the whole that an earlier share in it was rightly taken of.
    """
    if reading.figures[rate].value == HUNDRED:
        return _complete(reading, rate)
    part = rate - 1
    if part < 0 or not _SHARE.search(reading.before(rate)) or _EACH.search(reading.before(rate)):
        return None
    if reading.sentence_starts[part] != reading.sentence_starts[rate] or not reading.is_count(part):
        return None
    if len(reading.between(part, rate)) > _NEAR_RATE:
        return None
    percent, count = reading.figures[rate].value, reading.figures[part].value
    wholes = _wholes(reading, part, rate)
    for whole in wholes:
        exact = percent_of(count, reading.figures[whole].value)
        rounded = how_rounded(exact, percent)
        if rounded:
            return _holds(reading, part, whole, rate, exact, rounded)
    failed = _fails(reading, part, rate, wholes, bases.get(reading.sentence_starts[rate]))
    told = _EXPLICIT.search(reading.before(rate)) or _same_words(reading, part, rate)
    return failed if failed.verdict is Verdict.FAILS or told else None


def _same_words(reading: Reading, part: int, rate: int) -> bool:
    """Whether the clause of a count speaks of what the rate is a rate of."""
    noun = _RATE_NOUN.search(reading.before(rate))
    clause = reading.before(part, 60)
    words = {noun[1][i : i + 2] for i in range(len(noun[1]) - 1)} if noun else set()
    return any(word in clause for word in words - _EMPTY_BIGRAMS)


def _complete(reading: Reading, rate: int) -> Relation | None:
    """受理48件, 已办结42件, 办结率100%: the rate's verb finds its part, the part its whole.

    Where the two differ, the rate may count only what was due, so it is a question at most.
    """
    noun = _RATE_NOUN.search(reading.before(rate))
    verb = noun[1][-2:] if noun else ""
    if verb not in _DONE:
        return None
    group = [
        index
        for index in range(max(0, rate - 5), rate)
        if reading.sentence_starts[index] == reading.sentence_starts[rate]
        and reading.is_count(index)
    ]
    for position in range(len(group) - 1, 0, -1):
        part, whole = group[position], group[position - 1]
        clause = re.split("[,。;:]", reading.before(part))[-1]
        received = re.split("[,。;:]", reading.before(whole))[-1]
        tied = reading.figures[part].value == reading.figures[whole].value
        # a clause with a noun of its own (答复建议书1件) speaks of something else
        bare = len(clause) <= _BARE_VERB and _RECEIVED.search(received)
        if verb in clause and reading.same_unit(part, whole) and (tied or bare):
            return _completion(reading, part, whole, rate)
    return None


def _completion(reading: Reading, part: int, whole: int, rate: int) -> Relation | None:
    count, total = reading.figures[part].value, reading.figures[whole].value
    if total <= 0 or count > total:
        return None
    exact = percent_of(count, total)
    if count == total:
        return _holds(reading, part, whole, rate, exact, "四舍五入")
    return Relation(
        kind="share",
        expression=f"{show(count)}/{show(total)}=100%",
        verdict=Verdict.UNKNOWN,
        explanation=f"{show(count)}÷{show(total)}={show_exact(exact)}，所写100%；"
        "比率可能只计到期应办的，分母未写，无法复算",
        figures=(part, whole, rate),
    )


def _wholes(reading: Reading, part: int, rate: int) -> list[int]:
    """Counts of the same unit that the part may be a part of, the nearest sentence first."""
    unit, value = reading.figures[part].unit, reading.figures[part].value
    section = reading.figures[rate].section
    found = []
    for index in range(part - 1, max(-1, part - 1 - _REACH), -1):
        figure = reading.figures[index]
        same_place = (
            reading.sentence_starts[index] == reading.sentence_starts[rate]
            or figure.section == section
        )
        # a rounded percentage fits many pairs by chance, so its whole must stand close
        if places(reading.figures[rate].value) == 0:
            same_place = reading.sentence_starts[index] == reading.sentence_starts[rate]
        fits = figure.unit == unit and figure.value >= max(value, Decimal(1))
        if same_place and fits and reading.is_count(index):
            found.append(index)
    return found


def _holds(  # noqa: PLR0913, PLR0917 - figures and arithmetic of one sentence
    reading: Reading, part: int, whole: int, rate: int, exact: Decimal, rounded: str
) -> Relation:
    count, total = reading.figures[part].value, reading.figures[whole].value
    printed = show_percent(reading.figures[rate].value)
    return Relation(
        kind="share",
        expression=f"{show(count)}/{show(total)}={printed}",
        verdict=Verdict.HOLDS,
        explanation=f"{show(count)}÷{show(total)}={show_exact(exact)}，按{rounded}得{printed}，相符",
        figures=(part, whole, rate),
    )


def _fails(reading: Reading, part: int, rate: int, wholes: list[int], base: int | None) -> Relation:
    """Wrong only if the text names the whole and there is but one; else it may be another one.

    A whole is as good as named where the share before it in the sentence is right of it.
    """
    count, percent = reading.figures[part].value, reading.figures[rate].value
    same = [
        whole
        for whole in wholes
        if reading.sentence_starts[whole] == reading.sentence_starts[rate]
        and (whole == base or not _has_share(reading, whole))
    ]
    named = len(wholes) == 1 and bool(same and _NAMED_WHOLE.search(reading.before(rate)))
    whole = same[0] if same else (wholes[0] if wholes else None)
    if base in wholes and _SAME_WHOLE.search(reading.before(rate)):
        named, whole = True, base
    printed = show_percent(percent)
    if named and whole is not None:
        total = reading.figures[whole].value
        exact = percent_of(count, total)
        step = Decimal(1).scaleb(-places(percent))
        if abs(exact - percent) > 2 * step:
            return Relation(
                kind="share",
                expression=f"{show(count)}/{show(total)}={printed}",
                verdict=Verdict.FAILS,
                explanation=f"{show(count)}÷{show(total)}={show_exact(exact)}，与所写{printed}不符",
                figures=(part, whole, rate),
            )
    return Relation(
        kind="share",
        expression=f"{show(count)}/?={printed}",
        verdict=Verdict.UNKNOWN,
        explanation=f"文中没有与{show(count)}相配、能算出{printed}的总数，无法复算",
        figures=(part, rate),
    )


def _has_share(reading: Reading, index: int) -> bool:
    """甲13件占38%,乙12件占35%: a count with a share of its own is a part beside the next one."""
    following = index + 1
    return (
        following < len(reading.figures)
        and reading.figures[following].unit == "%"
        and len(reading.between(index, following)) <= _NEAR_RATE
        and bool(_SHARE.search(reading.before(following)))
    )


def _without_numerator(reading: Reading, rate: int, *, may_cut: bool) -> list[Observation]:
    """A rate for which no whole number fits any total that speaks of the same thing."""
    noun = _RATE_NOUN.search(reading.before(rate))
    percent = reading.figures[rate].value
    if not noun or percent == HUNDRED or not _COUNTED_RATE.search(noun[1]):
        return []
    wholes = _same_thing(reading, rate, noun[1])
    values = [reading.figures[index].value for index in wholes]
    if not values or any(
        has_numerator(percent, value, may_cut=may_cut)
        # the count that shares the rate's verb may be its numerator as well
        or has_denominator(percent, value, may_cut=may_cut)
        for value in values
    ):
        return []
    totals = "、".join(dict.fromkeys(map(show, values)))
    figure = reading.figures[rate]
    return [
        Observation(
            code="no_integer_numerator",
            title="百分比没有对应的整数分子",
            message=f"“{noun[1]}率”{show_percent(percent)}：以文中的{totals}作分母，"
            "都没有整数分子能得出这个百分比，须给出分子和分母。",
            severity="major",
            figures=(rate, *wholes),
            start=figure.start,
            end=figure.end,
        )
    ]


def _same_thing(reading: Reading, rate: int, noun: str) -> tuple[int, ...]:
    """Counts under the same main heading whose words share a noun with the rate's name."""
    words = {noun[i : i + 2] for i in range(len(noun) - 1)} - _EMPTY_BIGRAMS
    home = reading.main_section(rate)
    found = []
    first, last = max(0, rate - 4 * _REACH), rate + 4 * _REACH
    for index, figure in enumerate(reading.figures[first : last + 1], start=first):
        if not reading.is_count(index) or figure.value < _FEWEST or figure.unit in _MEASURES:
            continue
        if reading.main_section(index) != home:
            continue
        own = re.split("[,。;:]", reading.before(index, 14))[-1] + figure.unit
        own += re.split("[,。;:、0-9]", reading.after(index, 8))[0]
        if any(word in own for word in words):
            found.append(index)
    return tuple(found)
