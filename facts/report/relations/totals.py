"""Sums and subsets within a sentence."""

from __future__ import annotations

import re
from decimal import Decimal

from facts.report.model import Relation, Status
from facts.report.reading import Reading
from facts.report.relations.arithmetic import show

_PARTS_CUE = re.compile("其中|包括|分别|含|分为|扣除|共计|合计|总计|共|分为")
_OF_WHICH = re.compile(r"^[^。\n]{0,16}?其中[^。;,0-9\n]{0,16}$")
_LONGEST = 8
# below this, two small numbers add up to a third by chance
_TELLING = 20


def totals(reading: Reading) -> list[Relation]:
    """Return the sums that come out; those that don't may leave parts unsaid, so none fails."""
    found = []
    for group in reading.by_sentence:
        counts = [index for index in group if reading.is_count(index)]
        taken: set[int] = set()
        for position, total in enumerate(counts):
            for parts in _runs(reading, counts, position):
                if total in taken or not _adds_up(reading, total, parts):
                    continue
                taken.add(total)
                found.append(_sum(reading, total, parts))
    return found


def _runs(reading: Reading, counts: list[int], position: int) -> list[list[int]]:
    """Runs of two or more counts of the total's unit right after it, or right before it."""
    unit = reading.figures[counts[position]].unit
    runs = []
    for step in (1, -1):
        run: list[int] = []
        index = position + step
        while 0 <= index < len(counts) and len(run) < _LONGEST:
            if reading.figures[counts[index]].unit == unit:
                run.append(counts[index])
                if len(run) >= 2:
                    runs.append(list(run))
            index += step
    return runs


def _adds_up(reading: Reading, total: int, parts: list[int]) -> bool:
    value = reading.figures[total].value
    values = [reading.figures[part].value for part in parts]
    if sum(values, Decimal(0)) != value or min(values) <= 0:
        return False
    first, last = min(total, *parts), max(total, *parts)
    words = reading.view.text[reading.spots[first].start - 4 : reading.spots[last].start]
    return value >= _TELLING or bool(_PARTS_CUE.search(words))


def _sum(reading: Reading, total: int, parts: list[int]) -> Relation:
    ordered = sorted(parts)
    value = show(reading.figures[total].value)
    terms = "+".join(show(reading.figures[part].value) for part in ordered)
    return Relation(
        kind="sum",
        expression=f"{terms}={value}",
        status=Status.HOLDS,
        explanation=f"各项之和{terms}={value}，与总数相符",
        figures=(*ordered, total),
    )


def subsets(reading: Reading) -> list[Relation]:
    """Return 总数 … 其中 部分 pairs of one unit; a part greater than all before it is wrong."""
    found = []
    for group in reading.by_sentence:
        counts = [index for index in group if reading.is_count(index)]
        for position, part in enumerate(counts[1:], start=1):
            whole = counts[position - 1]
            if reading.figures[part].unit != reading.figures[whole].unit:
                continue
            if _OF_WHICH.match(reading.between(whole, part)):
                found.append(_subset(reading, part, counts[:position]))
    return found


def _subset(reading: Reading, part: int, earlier: list[int]) -> Relation:
    unit, value = reading.figures[part].unit, reading.figures[part].value
    same = [index for index in earlier if reading.figures[index].unit == unit]
    fitting = [index for index in same if reading.figures[index].value >= value]
    whole = fitting[-1] if fitting else same[-1]
    total = reading.figures[whole].value
    holds = bool(fitting)
    return Relation(
        kind="subset",
        expression=f"{show(value)}<={show(total)}",
        status=Status.HOLDS if holds else Status.FAILS,
        explanation=f"“其中”的{show(value)}{unit}"
        + (f"不超过总数{show(total)}{unit}" if holds else f"大于总数{show(total)}{unit}，不可能"),
        figures=(part, whole),
    )
