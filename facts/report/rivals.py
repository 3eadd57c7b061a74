"""Figures of one sentence that claim the same indicator: at most one of them can be it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from facts.report.measure import Number
from facts.report.model import Figure, FigureKind
from facts.report.sentences import Sentences

_TOLD_NOW = frozenset([FigureKind.RESULT, FigureKind.CUMULATIVE])
_PART = re.compile("其中|包括|含|分别|[(]")


def without_rivals(
    text: str, figures: Sequence[Figure], spots: Sequence[Number], sentences: Sentences
) -> tuple[Figure, ...]:
    """Turn the indicator of every rival into a candidate.

    What 其中 and brackets name are parts, so the figure before them stays the indicator's; of
    equals side by side (甲局受理3件，乙局受理5件) none is the whole.
    """
    settled = list(figures)
    told: dict[tuple[int, str], list[int]] = {}
    for index, figure in enumerate(figures):
        if figure.indicator and figure.kind in _TOLD_NOW:
            start, _ = sentences.bounds(spots[index].start)
            told.setdefault((start, figure.indicator), []).append(index)
    for rivals in told.values():
        values = {figures[index].value for index in rivals}
        if len(values) == 1:
            continue
        first, second = spots[rivals[0]], spots[rivals[1]]
        doubtful = rivals[1:] if _PART.search(text[first.end : second.start]) else rivals
        for index in doubtful:
            slug = figures[index].indicator or ""
            settled[index] = replace(figures[index], indicator=None, candidates=(slug,))
    return tuple(settled)
