"""Rates whose counts stand before them: in the sentence, or as a total told earlier."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from engine.model.regex import regex
from engine.model.report import FigureKind, Verdict
from facts.report.contents import Relation
from facts.report.context import Reading
from facts.report.relations.arithmetic import (
    HUNDRED,
    how_rounded,
    percent_of,
    places,
    show,
    show_exact,
    show_percent,
)
from facts.report.relations.wording import of_other_times, told_with
from facts.writing.text import words

_RATE: Final = regex("([^,。;:、率\n]{2,14})率(?:均?[为达]到?|是|约)?$")
# an act in each of its words; 压缩率, 增长率 are of a change and not among them
_ACTS: Final = (
    words("办结 审结 结案"),
    words("办复 答复 回复"),
    words("合格 通过 及格"),
    *(
        (act,)
        for act in words(
            "整改 出庭 备案 报备 审核 审查 公开 公示 受理 维持 撤销 纠错 败诉 胜诉 "
            "化解 调解 成功 优秀 参考 参训 "
            "参加 覆盖 满意 持证 执行 履行 评查 注销 立案 移送 采纳 进驻 网办"
        )
    ),
)
# 不合格10份,合格率95%: the count is of the others
_DENIED: Final = regex("不(?!予|服)|未(?!成年)|没有?(?!收)|无(?!偿|障)")
_OTHER_BASE: Final = regex("按期|按时|及时|到期|平均|综合|累计|应|加权|首次")
_OF_TOTAL: Final = regex(
    "占(?P<of>[^,。;:、\n占]{2,16}?)(?:总数|总量|总件数|总额|总人数)的?(?:比例为|比重为|比例|比重)?[为达]?$"
)
# 占审结案件的60%: of what the sentence itself counted by these words
_OF_COUNTED: Final = regex("占(?P<of>[^,。;:、\n占]{2,16}?)的(?:比例为|比重为|比例|比重)?[为达]?$")
_THE_SAME: Final = regex("占比?(?:为|达)?$")
_WIDER: Final = regex("全[国省市]|[各其本]")
_SAID_OF_ALL: Final = regex("全[县区市]|全部|所有|本级|行政(?=复议)")
_NEAR: Final = 24
# so far back a total may have been told
_REACH: Final = 80
_CLEARLY: Final = Decimal(1)


def rates(reading: Reading) -> list[Relation]:
    """Return the shares of a total told earlier, and the rates that no counts before them give."""
    found: list[Relation] = []
    for group in reading.by_sentence:
        counts: list[int] = []
        base: int | None = None
        for index in group:
            if _is_count(reading, index):
                counts.append(index)
            elif counts and _is_rate(reading, index):
                relation = (
                    _of_total(reading, counts[-1], index)
                    or _of_the_same(reading, counts[-1], base, index)
                    or _of_counts(reading, counts, index)
                )
                if relation is not None:
                    found.append(relation)
                    base = relation.figures[1]
    return found


def _is_count(reading: Reading, index: int) -> bool:
    return reading.is_count(index) and reading.figures[index].kind is FigureKind.RESULT


def _is_rate(reading: Reading, index: int) -> bool:
    figure = reading.figures[index]
    exact = figure.unit == "%" and not figure.approximate and 0 < figure.value < HUNDRED
    return exact and figure.kind is FigureKind.RESULT


def _of_counts(reading: Reading, counts: list[int], rate: int) -> Relation | None:
    """评查50份,合格45份,合格率96%: the rate names the act of the count before it."""
    told = _RATE.search(reading.before(rate))
    part = counts[-1]
    if told is None or part != rate - 1 or of_other_times(reading, rate):
        return None
    words = told_with(reading, part)
    if _DENIED.search(words):
        return _of_the_others(reading, counts, told[1], words, rate)
    if not _names_the_act(told[1], words):
        return None
    alike = [index for index in counts if reading.same_unit(index, part)]
    value = reading.figures[part].value
    least = max(value, Decimal(1))
    wholes = [index for index in alike[:-1] if reading.figures[index].value >= least]
    if not wholes or any(_fits(reading, i, j, rate) for i in alike for j in alike if i != j):
        return None
    percent = reading.figures[rate].value
    exact = [percent_of(value, reading.figures[whole].value) for whole in wholes]
    off = min(abs(one - percent) for one in exact)
    # of several wholes one may be counted otherwise than it is told
    if off <= max(Decimal(1).scaleb(-places(percent)), _CLEARLY if len(wholes) > 1 else 0):
        return None
    return _wrong(reading, part, wholes[-1], rate)


def _of_the_others(
    reading: Reading, counts: list[int], noun: str, words: str, rate: int
) -> Relation | None:
    """评查50份,不合格2份,合格率98%: of two counts the rate is of what the second leaves."""
    if len(counts) != 2 or not _names_the_act(noun, words) or not reading.same_unit(*counts):
        return None
    total, count = (reading.figures[index].value for index in counts)
    percent = reading.figures[rate].value
    if count >= total or how_rounded(percent_of(total - count, total), percent):
        return None
    exact = percent_of(total - count, total)
    if abs(exact - percent) <= max(Decimal(1).scaleb(-places(percent)), _CLEARLY):
        return None
    formula, printed = f"({show(total)}-{show(count)})/{show(total)}", show_percent(percent)
    said = f"{formula}={show_exact(exact)}，与所写{printed}不符"
    figures = (counts[1], counts[0], rate)
    return Relation("share", f"{formula}={printed}", Verdict.FAILS, said, figures)


def _names_the_act(noun: str, clause: str) -> bool:
    """Whether the count before a rate is of the same act, and qualified as the rate is."""
    qualified = _OTHER_BASE.search(noun)
    if qualified and qualified.group() not in clause:
        return False
    return any(
        any(act in noun for act in family) and any(act in clause for act in family)
        for family in _ACTS
    )


def _fits(reading: Reading, part: int, whole: int, rate: int) -> bool:
    count, total = reading.figures[part].value, reading.figures[whole].value
    percent = reading.figures[rate].value
    return 0 < count <= total and how_rounded(percent_of(count, total), percent) is not None


def _of_the_same(reading: Reading, part: int, base: int | None, rate: int) -> Relation | None:
    """甲60件,占收到申请总数的1%;乙421件,占6.8%: the second is of the same total."""
    if base is None or not _THE_SAME.search(reading.before(rate)):
        return None
    apart = part != rate - 1 or len(reading.between(part, rate)) > _NEAR
    if apart or not reading.same_unit(part, base):
        return None
    if _fits(reading, part, base, rate):
        return _right(reading, part, base, rate)
    return _wrong(reading, part, base, rate) if _is_off(reading, part, base, rate, 2) else None


def _is_off(reading: Reading, part: int, whole: int, rate: int, steps: int) -> bool:
    percent, count = reading.figures[rate].value, reading.figures[part].value
    step = Decimal(1).scaleb(-places(percent))
    return abs(percent_of(count, reading.figures[whole].value) - percent) > steps * step


def _of_total(reading: Reading, part: int, rate: int) -> Relation | None:
    """撤销15件,占收到申请总数的12.5%: the total is found by its words, wherever it was told."""
    before = reading.before(rate)
    total = _OF_TOTAL.search(before)
    told = total or _OF_COUNTED.search(before)
    if told is None or _WIDER.search(told["of"]) or len(reading.between(part, rate)) > _NEAR:
        return None
    wanted = _SAID_OF_ALL.sub("", told["of"])
    least = max(reading.figures[part].value, Decimal(1))
    wholes = [
        index
        for index in range(part - 1, max(-1, part - 1 - _REACH), -1)
        if _is_count(reading, index)
        and (total or reading.sentence_starts[index] == reading.sentence_starts[part])
        and reading.same_unit(index, part)
        and reading.figures[index].value >= least
        and _spoken(wanted, told_with(reading, index))
    ]
    fitting = next((whole for whole in wholes if _fits(reading, part, whole, rate)), None)
    if fitting is not None:
        return _right(reading, part, fitting, rate)
    if len({reading.figures[whole].value for whole in wholes}) != 1:
        return None
    wrong = _is_off(reading, part, wholes[0], rate, 2)
    return _wrong(reading, part, wholes[0], rate) if wrong else None


def _spoken(wanted: str, clause: str) -> bool:
    """Whether a clause has all characters in their order: 收到申请 in 收到行政复议申请."""
    rest = iter(clause)
    return len(wanted) >= 2 and all(char in rest for char in wanted)


def _said(reading: Reading, part: int, whole: int, rate: int) -> tuple[str, str, str]:
    count, total = show(reading.figures[part].value), show(reading.figures[whole].value)
    exact = percent_of(reading.figures[part].value, reading.figures[whole].value)
    printed = show_percent(reading.figures[rate].value)
    return f"{count}/{total}={printed}", f"{count}÷{total}={show_exact(exact)}", printed


def _wrong(reading: Reading, part: int, whole: int, rate: int) -> Relation:
    expression, sum_, printed = _said(reading, part, whole, rate)
    said = f"{sum_}，与所写{printed}不符"
    return Relation("share", expression, Verdict.FAILS, said, (part, whole, rate))


def _right(reading: Reading, part: int, whole: int, rate: int) -> Relation:
    expression, sum_, printed = _said(reading, part, whole, rate)
    said = f"{sum_}，得{printed}，相符"
    return Relation("share", expression, Verdict.HOLDS, said, (part, whole, rate))
