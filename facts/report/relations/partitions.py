"""Kinds that exclude each other, lists that are whole: what their sum can't be.

Which words tell kinds apart is data (``partitions.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Final

from engine.model.regex import regex
from engine.model.report import FigureKind, Verdict
from facts.report.catalogue import indicators
from facts.report.contents import Relation
from facts.report.context import Reading
from facts.report.relations.arithmetic import show
from facts.report.relations.wording import (
    data,
    of_other_times,
    own_clause,
    sentence_of,
    told_with,
)

_CLOSED: Final = regex("审结|办结|结案")
_DENIED: Final = "(?:未|没有|不予)[^,。;§#]{0,3}?"
_DONE: Final = regex("[已均]|实际|完成")
_OWED: Final = regex("应|[需须]要?")
_DIVIDE: Final = frozenset(["受理", "公开", "许可"])
_OTHERS: Final = regex("其余|其他|正在|另|剩余")
_IN_ALL: Final = regex(
    "(?:^|[,;:、(])(?:全年|以上|上述|各项|[二两三四五]项|[二两三四五]类)?(?:合计|总计|共计)(?:为|达|达到)?$"
)
_ONLY_SOME: Final = regex("其中|占|包括|含|[(]")
_EACH: Final = regex("([^,。;:#§]{0,40})分别(为|是|有|[^,。;:#§0-9]{0,6})$")
_NEXT: Final = regex("(?:、|以及|和|及|与|,)[\u4e00-\u9fff]{0,8}")
_NAMES: Final = regex("、|以及|和|及|与")
_NOT_ALL: Final = regex("等|主要|前[一二两三四五]|居|较多|[0-9]年|去年|上年|今年")
# 涉及 may be several in one case; a list with commas may have left its whole
_OF_WHICH: Final = regex("[,(]?其中[,:]?[^,。;:、()涉均都]{0,16}")
_SIDE_BY_SIDE: Final = regex("(?:、|以及|和|及|与)[^,。;:、()涉均都]{0,16}")
_CASES: Final = frozenset("件宗起例")
_FEWEST_NAMES: Final = 3


def partitions(reading: Reading) -> list[Relation]:
    """Return the sums of kinds and of whole lists that differ from what the text says."""
    found: list[Relation] = []
    for group in reading.by_sentence:
        counts = [index for index in group if _is_now(reading, index)]
        if len(counts) < 2:
            continue
        found += _in_all(reading, group, counts)
        found += _respectively(reading, counts)
        found += _listed(reading, counts)
        if not of_other_times(reading, counts[0]):
            found += _kinds(reading, counts)
            found += _done_and_not(reading, counts)
    return found


def _is_now(reading: Reading, index: int) -> bool:
    return reading.is_count(index) and reading.figures[index].kind is not FigureKind.COMPARISON


def _value(reading: Reading, index: int) -> Decimal:
    return reading.figures[index].value


def _together(reading: Reading, parts: Sequence[int]) -> Decimal:
    return sum((_value(reading, part) for part in parts), Decimal(0))


def _differs(
    reading: Reading, whole: int, parts: Sequence[int], why: str, verdict: Verdict = Verdict.FAILS
) -> Relation:
    terms = "+".join(show(_value(reading, part)) for part in parts)
    total, value = show(_together(reading, parts)), show(_value(reading, whole))
    words = "相符" if verdict is Verdict.HOLDS else "不符"
    return Relation(
        kind="sum",
        expression=f"{terms}={value}",
        verdict=verdict,
        explanation=f"{why}{terms}={total}，所写总数{value}，{words}",
        figures=(*parts, whole),
    )


def _kinds(reading: Reading, counts: list[int]) -> list[Relation]:
    """维持60件,撤销35件,驳回20件 of 100件: kinds apart from each other exceed their whole."""
    words = {index: told_with(reading, index) for index in counts}
    found = []
    together = "#".join(words.values())
    for family in data("partitions.yaml"):
        names = family.get("apart") or family["whole"]
        if sum(name in together for name in names) < 2:
            continue
        labels = {index: _label(words[index], names) for index in counts}
        parts = [index for index in counts if labels[index]]
        if len(parts) < 2 or len({labels[index] for index in parts}) < len(parts):
            continue
        whole = _whole_of(reading, counts, parts, words)
        if whole is None or any(not reading.same_unit(whole, part) for part in parts):
            continue
        total = _together(reading, parts)
        if total > _value(reading, whole):
            why = f"{'、'.join(labels[part] for part in parts)}各不相同，合起来不会超过总数："
            found.append(_differs(reading, whole, parts, why))
        elif "whole" in family and len(parts) == len(names) and total != _value(reading, whole):
            found.append(_differs(reading, whole, parts, f"{'、'.join(names)}合起来就是全部："))
    return found


def _label(words: str, names: Sequence[str]) -> str:
    found = [name for name in names if name in words]
    return max(found, key=len, default="")


def _whole_of(
    reading: Reading, counts: list[int], parts: list[int], words: dict[int, str]
) -> int | None:
    """The count before the parts that they are parts of; the largest where that is not sure."""
    before = [i for i in counts if i < parts[0] and reading.same_unit(i, parts[0])]
    if not before:
        return None
    nearest = before[-1]
    if _CLOSED.search(words[nearest]) or "其中" in reading.between(nearest, parts[0]):
        return nearest
    return max(before, key=lambda index: (_value(reading, index), index))


@lru_cache(maxsize=1)
def _acts() -> re.Pattern[str]:
    acts = {act for indicator in indicators() for act in indicator.acts}
    return regex(_DENIED + "(" + "|".join(sorted(acts, key=len, reverse=True)) + ")")


def _done_and_not(reading: Reading, counts: list[int]) -> list[Relation]:
    """问题60个,已整改42个,未整改20个: done and not done are all there is."""
    found = []
    for first, second in pairwise(counts):
        clauses = told_with(reading, first), told_with(reading, second)
        denials = [_acts().search(clause) for clause in clauses]
        if (denials[0] is None) == (denials[1] is None):
            continue
        denial = denials[0] or denials[1]
        done = clauses[0] if denials[1] else clauses[1]
        before = [i for i in counts if i < first and reading.same_unit(i, first)]
        if denial is None or denial[1] not in done or not before:
            continue
        whole, parts, act = before[-1], [first, second], denial[1]
        if not reading.same_unit(first, second) or not _may_divide(reading, whole, act, done):
            continue
        total, value = _together(reading, parts), _value(reading, whole)
        sure = _DONE.search(done) and not _OTHERS.search(sentence_of(reading, first))
        if total > value or (total < value and sure):
            why = f"{act}与没有{act}的合起来就是全部："
            found.append(_differs(reading, whole, parts, why))
    return found


def _may_divide(reading: Reading, whole: int, act: str, done: str) -> bool:
    """从轻处罚34件,减轻处罚4件,不予处罚831件: what has the act itself stands beside, not above."""
    words = told_with(reading, whole)
    return (act not in words or bool(_OWED.search(words))) and (
        act in _DIVIDE or bool(_DONE.search(done))
    )


def _in_all(reading: Reading, group: Sequence[int], counts: list[int]) -> list[Relation]:
    """行政检查320次,行政处罚45次,合计381次: what is added up must come out."""
    found = []
    for at, total in enumerate(counts):
        before = own_clause(reading, total).before
        if not _IN_ALL.search(reading.before(total)) and not _IN_ALL.search(before):
            continue
        listed = [i for i in counts[:at] if reading.same_unit(i, total)]
        colon = reading.view.text.rfind(
            ":", reading.sentence_starts[total], reading.numbers[total].start
        )
        parts = [i for i in listed if reading.numbers[i].start > colon]
        parts, restated = _since_the_whole(reading, parts, total)
        if len(parts) < 2:
            continue
        runs = [parts[start:] for start in range(len(parts) - 1)]
        value = _value(reading, total)
        fitting = next((run for run in runs if _together(reading, run) == value), None)
        if fitting:
            found.append(_differs(reading, total, fitting, "各项合计", Verdict.HOLDS))
            continue
        span = reading.view.text[reading.numbers[parts[0]].start : reading.numbers[total].start]
        vague = any(reading.figures[i].approximate for i in group if parts[0] < i < total)
        if (restated or not _ONLY_SOME.search(span)) and not vague:
            found.append(_differs(reading, total, parts, "各项合计"))
    return found


def _since_the_whole(reading: Reading, parts: list[int], total: int) -> tuple[list[int], bool]:
    """检查1200次,其中甲800次、乙500次,两项合计1200次: the whole told first is none of its parts."""
    for at, (whole, part) in enumerate(pairwise(parts)):
        same = _value(reading, whole) == _value(reading, total)
        if same and "其中" in reading.between(whole, part):
            return parts[at + 1 :], True
    return parts, False


def _listed(reading: Reading, counts: list[int]) -> list[Relation]:
    """收案100件,其中甲类60件、乙类50件: cases listed side by side are counted once each."""
    found = []
    for at, whole in enumerate(counts):
        if reading.figures[whole].unit not in _CASES:
            continue
        parts: list[int] = []
        for index in counts[at + 1 :]:
            between = reading.between(parts[-1] if parts else whole, index)
            if not (_SIDE_BY_SIDE if parts else _OF_WHICH).fullmatch(between):
                break
            parts.append(index)
        alike = all(reading.same_unit(whole, part) for part in parts)
        if len(parts) > 1 and alike and _together(reading, parts) > _value(reading, whole):
            found.append(_differs(reading, whole, parts, "所列各项合起来不会超过总数："))
    return found


def _respectively(reading: Reading, counts: list[int]) -> list[Relation]:
    """共200件,其中甲、乙和丙分别90件、70件和50件: a list that names all it adds up to."""
    found = []
    for at, first in enumerate(counts[1:], start=1):
        each = _EACH.search(reading.before(first, 60))
        before = [i for i in counts[:at] if reading.same_unit(i, first)]
        if each is None or not before:
            continue
        whole, parts = before[-1], [first]
        for index in counts[at + 1 :]:
            between = reading.between(parts[-1], index)
            if not _NEXT.fullmatch(between) or not reading.same_unit(index, first):
                break
            parts.append(index)
        names = [name for name in _NAMES.split(each[1].removeprefix("其中")) if name]
        told = each[1] or each[2]
        if len(parts) < 2 or _NOT_ALL.search(reading.between(whole, first)) or not told:
            continue
        total, value = _together(reading, parts), _value(reading, whole)
        named = len(names) == len(parts)
        # after the total itself 分别为 has nothing else to divide; of two names others may be left
        sure = not each[1] or (named and len(names) >= _FEWEST_NAMES)
        if total == value:
            found.append(_differs(reading, whole, parts, "所列各项之和", Verdict.HOLDS))
        elif sure or (named and total > value):
            found.append(_differs(reading, whole, parts, "所列各项之和"))
    return found
