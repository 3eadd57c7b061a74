"""Sums and subsets within a sentence."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from engine.model.regex import regex
from engine.model.report import FigureKind, Verdict
from facts.report.contents import Relation
from facts.report.context import Reading
from facts.report.relations.arithmetic import show

# 共103宗, 不受理12宗, 受理91宗: words that announce a total, or that its parts follow
_TOTAL: Final = regex("其中|包括|分别|分为|含|扣除|共|合计|总计|总数|收到|新收")
_PARTS: Final = regex("其中|包括|分别|分为")
_OF_WHICH: Final = regex(r"其中|包括")
_OPENING: Final = ("其中,", "其中")
_RIGHT_AFTER: Final = regex("[,(、;]?(?:其中|包括)")
_LONGEST: Final = 8
_NEIGHBOURS: Final = 12
_REACH: Final = 90
# from here on, numbers don't add up by chance
_TELLING: Final = 100


def totals(reading: Reading) -> list[Relation]:
    """Return the sums that come out. One that doesn't may leave parts unsaid: it is unknown."""
    found = []
    for group in reading.by_sentence:
        counts = [index for index in group if reading.is_count(index)]
        outside, *brackets = _levels(reading, counts)
        found += _sums(reading, outside, bracket=False)
        for bracket in brackets:
            found += _sums(reading, bracket, bracket=True)
    return found


def _levels(reading: Reading, counts: list[int]) -> list[list[int]]:
    """The counts outside brackets, and each bracket's with the total before it."""
    depth = 0
    outside: list[int] = []
    inside: list[list[int]] = []
    position = reading.numbers[counts[0]].start if counts else 0
    for index in counts:
        words = reading.view.text[position : reading.numbers[index].start]
        opened, closed = words.count("("), words.count(")")
        if opened > closed and depth == 0:
            inside.append(outside[-1:])
        depth = max(0, depth + opened - closed)
        (inside[-1] if depth and inside else outside).append(index)
        position = reading.numbers[index].start
    return [outside, *inside]


def _sums(reading: Reading, counts: list[int], *, bracket: bool) -> list[Relation]:
    found: list[Relation] = []
    taken: set[int] = set()
    for position, total in enumerate(counts):
        runs = _runs(reading, counts, position)
        fitting = next((run for run in runs if _adds_up(reading, total, run, sure=bracket)), None)
        if fitting and total not in taken:
            taken.update((total, *fitting))
            found.append(_sum(reading, total, fitting, Verdict.HOLDS))
        elif not fitting and total not in taken:
            run = _stated_parts(reading, counts, position)
            if len(run) >= 2:
                taken.update(run)
                found.append(_sum(reading, total, run, Verdict.UNKNOWN))
    return found


def _runs(reading: Reading, counts: list[int], position: int) -> list[list[int]]:
    """Runs of two or more counts of the total's unit right after it, or right before it."""
    runs = []
    for step in (1, -1):
        run: list[int] = []
        index = position + step
        while 0 <= index < len(counts) and len(run) < _LONGEST:
            if reading.same_unit(counts[index], counts[position]):
                run.append(counts[index])
                if len(run) >= 2:
                    runs.append(list(run))
            index += step
    return runs


def _adds_up(reading: Reading, total: int, parts: list[int], *, sure: bool) -> bool:
    value = reading.figures[total].value
    values = [reading.figures[part].value for part in parts]
    if sum(values, Decimal(0)) != value or min(values) <= 0:
        return False
    first, last = min(total, *parts), max(total, *parts)
    start = max(reading.sentence_starts[first], reading.numbers[first].start - 12)
    words = reading.view.text[start : reading.numbers[last].start]
    return sure or value >= _TELLING or bool(_TOTAL.search(words))


def _stated_parts(reading: Reading, counts: list[int], position: int) -> list[int]:
    """The counts that 其中 names as parts of the total before it."""
    total = counts[position]
    run: list[int] = []
    for index in counts[position + 1 :]:
        if reading.numbers[index].start - reading.numbers[total].start > _REACH + 20 * len(run):
            break
        if not reading.same_unit(index, total):
            continue
        if not run and not _PARTS.search(reading.between(total, index)):
            break
        run.append(index)
    return run


def _sum(reading: Reading, total: int, parts: list[int], verdict: Verdict) -> Relation:
    ordered = sorted(parts)
    value = show(reading.figures[total].value)
    terms = "+".join(show(reading.figures[part].value) for part in ordered)
    together = sum((reading.figures[part].value for part in parts), Decimal(0))
    words = f"各项之和{terms}={show(together)}，" + (
        "与总数相符"
        if verdict is Verdict.HOLDS
        else f"总数为{value}；所列各项可能不全，也可能与总数并列，无法判定"
    )
    return Relation("sum", f"{terms}={value}", verdict, words, (*ordered, total))


def subsets(reading: Reading) -> list[Relation]:
    """Return 总数 … 其中 部分 pairs of one unit; a part greater than all before it is wrong."""
    found = []
    for group in reading.by_sentence:
        counts = [index for index in group if reading.is_count(index)]
        for position, part in enumerate(counts):
            if reading.figures[part].kind is FigureKind.COMPARISON:
                continue
            near = counts[max(0, position - _NEIGHBOURS) : position]
            cue = _cue_before(reading, part, near)
            if cue is None:
                continue
            earlier = [i for i in near if reading.numbers[i].start < cue and _is_now(reading, i)]
            same = [i for i in earlier if reading.same_unit(i, part)]
            if same:
                found += _subset(reading, part, same)
            elif not earlier:
                found += _across(reading, part, cue)
    return found


def _is_now(reading: Reading, index: int) -> bool:
    return reading.figures[index].kind is not FigureKind.COMPARISON


def _cue_before(reading: Reading, part: int, earlier: list[int]) -> int | None:
    """Where the 其中 stands that this figure still belongs to: its own clause, or one chain on."""
    begin, start = reading.sentence_starts[part], reading.numbers[part].start
    if reading.view.text.startswith(_OPENING, begin):
        return begin
    words_start = max(begin, start - 40)
    cues = list(_OF_WHICH.finditer(reading.view.text[words_start:start]))
    if not cues:
        return None
    cue = words_start + cues[-1].start()
    since = [index for index in earlier if reading.numbers[index].start > cue]
    tail = reading.view.text[cue:start]
    first = not since and tail.count(",") <= 1 and ";" not in tail
    # 51批次256人次: both of a chain are parts; what comes after a comma may stand beside them
    chained = len(since) == 1 and len(reading.between(since[0], part)) <= 1
    return cue if first or chained else None


def _across(reading: Reading, part: int, cue: int) -> list[Relation]:
    """其中 opens a sentence: the part belongs to the figure told in the same words before."""
    words = re.split("[,。;:]", reading.before(part))[-1][-8:]
    pairs = {words[i : i + 2] for i in range(len(words) - 1)} - {"共计", "共接", "其中", "累计"}
    for whole in range(part - 1, max(-1, part - 8), -1):
        if reading.numbers[whole].start >= cue or not reading.is_count(whole):
            continue
        clause = re.split("[,。;:]", reading.before(whole))[-1]
        if reading.same_unit(whole, part) and any(pair in clause for pair in pairs):
            holds = reading.figures[part].value <= reading.figures[whole].value
            return _subset(reading, part, [whole]) if holds else []
    return []


def _subset(reading: Reading, part: int, same: list[int]) -> list[Relation]:
    value, unit = reading.figures[part].value, reading.figures[part].unit
    fitting = [index for index in same if reading.figures[index].value >= value]
    whole = fitting[-1] if fitting else same[-1]
    total = reading.figures[whole].value
    holds = bool(fitting)
    # only a 其中 right after the total is sure to speak of it
    if not holds and not _RIGHT_AFTER.match(reading.after(whole)):
        return []
    return [
        Relation(
            kind="subset",
            expression=f"{show(value)}<={show(total)}",
            verdict=Verdict.HOLDS if holds else Verdict.FAILS,
            explanation=f"“其中”的{show(value)}{unit}"
            + (
                f"不超过总数{show(total)}{unit}"
                if holds
                else f"大于总数{show(total)}{unit}，不可能"
            ),
            figures=(part, whole),
        )
    ]
