"""Figures of one section that claim the same indicator: at most one of them can be it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from facts.report.contents import Figure, FigureKind
from facts.report.quantity import Number
from facts.report.sections import Outline
from facts.report.sentences import Sentences

_TOLD_NOW = frozenset([FigureKind.RESULT, FigureKind.CUMULATIVE])
_PART = re.compile("其中|包括|含|分别|[(]")


def without_rivals(
    text: str,
    figures: Sequence[Figure],
    spots: Sequence[Number],
    sentences: Sentences,
    outline: Outline,
) -> tuple[Figure, ...]:
    """Turn the indicator of every rival into a candidate.

    What 其中 and brackets name are parts, so the figure before them stays the indicator's; of
    equals side by side (甲局受理3件，乙局受理5件) none is the whole. A later sentence under the
    same heading that gives another value speaks of a part, or of something else.
    """
    settled = list(figures)
    told: dict[tuple[int | None, str], list[int]] = {}
    for index, figure in enumerate(figures):
        if figure.indicator and figure.kind in _TOLD_NOW:
            home = outline.main_at(spots[index].start)
            told.setdefault((home, figure.indicator), []).append(index)
    for rivals in told.values():
        first = rivals[0]
        _, end = sentences.bounds(spots[first].start)
        beside = [index for index in rivals if spots[index].start < end]
        doubtful = [i for i in rivals if figures[i].value != figures[first].value]
        equals = {figures[index].value for index in beside}
        if len(equals) > 1 and not _PART.search(text[spots[first].end : spots[beside[1]].start]):
            doubtful = rivals
        for index in doubtful:
            slug = figures[index].indicator or ""
            settled[index] = replace(figures[index], indicator=None, candidates=(slug,))
    return tuple(settled)
