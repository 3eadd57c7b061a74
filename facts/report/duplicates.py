"""Figures of one section that claim the same indicator: at most one of them can be it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from engine.model.regex import regex
from engine.model.report import FigureKind
from facts.report.contents import Figure
from facts.report.quantity import Number
from facts.report.sections import Outline
from facts.report.sentences import Sentences

_OF_NOW: Final = frozenset([FigureKind.RESULT, FigureKind.CUMULATIVE])
_PART: Final = regex("其中|包括|含|分别|[(]")
_IN_ALL: Final = regex("(?:合计|总计|共计)[^,。;\n]{0,6}$")
_REACH: Final = 40
_BESIDES: Final = regex("(?:^|[,，。;；\n])(?:另外?|此外|还|又)[^,，。;；:：\n]{0,30}$")


def comes_on_top(before: str) -> bool:
    """举办4期,另举办2期: whether the words before a figure add it to the one before."""
    return _BESIDES.search(before) is not None


def _is_total(text: str, start: int) -> bool:
    return _IN_ALL.search(text[max(0, start - _REACH) : start]) is not None


def without_duplicates(
    text: str,
    figures: Sequence[Figure],
    numbers: Sequence[Number],
    sentences: Sentences,
    outline: Outline,
) -> tuple[Figure, ...]:
    """Turn the indicator of every duplicate into a candidate.

    What 其中 and brackets name are parts, so the figure before them stays the indicator's; of
    equals side by side (甲局受理3件，乙局受理5件) none is the whole, but the one that is their sum
    by its words (合计8件). A later sentence under the
    same heading that gives another value speaks of a part, or of something else, unless it says
    that it comes on top (另举办2期). What several years add up to is no rival of the year's.
    """
    settled = list(figures)
    claims: dict[tuple[int | None, str, FigureKind], list[int]] = {}
    for index, figure in enumerate(figures):
        if figure.indicator and figure.kind in _OF_NOW:
            start = numbers[index].start
            if comes_on_top(text[max(0, start - _REACH) : start]):
                continue
            home = outline.main_at(start)
            claims.setdefault((home, figure.indicator, figure.kind), []).append(index)
    for duplicates in claims.values():
        first = duplicates[0]
        _, end = sentences.bounds(numbers[first].start)
        beside = [index for index in duplicates if numbers[index].start < end]
        doubtful = [i for i in duplicates if figures[i].value != figures[first].value]
        values = {figures[index].value for index in beside}
        in_all = [index for index in beside if _is_total(text, numbers[index].start)]
        if len(values) > 1 and len(in_all) == 1:
            doubtful = [index for index in duplicates if index not in in_all]
        elif len(values) > 1 and not _PART.search(
            text[numbers[first].end : numbers[beside[1]].start]
        ):
            doubtful = duplicates
        for index in doubtful:
            slug = figures[index].indicator or ""
            settled[index] = replace(figures[index], indicator=None, candidates=(slug,))
    return tuple(settled)
