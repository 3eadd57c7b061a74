"""The words that a figure of a relation is told with, and the words that say how kinds are told."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from engine.model.regex import regex
from engine.model.shipped import shipped_text
from facts.report.catalogue import load_yaml
from facts.report.context import Reading
from facts.report.denials import Clause, clause_of

_LEFT: Final = 60
_RIGHT: Final = 30
# what came in before, or is of other years, is in some of the numbers and not in others
_OTHER_TIMES: Final = regex("结转|遗留|上年|去年|往年|历年|累计|同期|20[0-9]{2}年")


@lru_cache(maxsize=4)
def data(name: str) -> tuple[dict[str, Any], ...]:
    """The entries of one of the YAML files beside this module."""
    text = shipped_text(Path(__file__).with_name(name))
    return tuple(load_yaml(text))


def own_clause(reading: Reading, index: int) -> Clause:
    """The clause around a figure, up to the figures beside it."""
    if index not in reading.clauses:
        reading.clauses[index] = _clause(reading, index)
    return reading.clauses[index]


def _clause(reading: Reading, index: int) -> Clause:
    number, text = reading.numbers[index], reading.view.text
    start = max(reading.sentence_starts[index], number.start - _LEFT)
    left = text[start : number.start]
    if index and (last := reading.numbers[index - 1].unit_end) > start:
        left = f"§{text[last : number.start]}"
    end = number.unit_end + _RIGHT
    right = text[number.unit_end : end]
    if index + 1 < len(reading.numbers) and (following := reading.numbers[index + 1].start) < end:
        right = f"{text[number.unit_end : following]}§"
    return clause_of(left, right)


def told_with(reading: Reading, index: int) -> str:
    """All words of a figure's clause."""
    clause = own_clause(reading, index)
    return f"{clause.before}#{clause.after}"


def sentence_of(reading: Reading, index: int) -> str:
    """The folded sentence around a figure."""
    start, end = reading.sentences.bounds(reading.numbers[index].start)
    return reading.view.text[start:end]


def of_other_times(reading: Reading, index: int) -> bool:
    """Whether the sentence speaks of other years too, or of what was carried over."""
    return _OTHER_TIMES.search(sentence_of(reading, index)) is not None
