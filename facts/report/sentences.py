"""Sentences and clauses of the folded text, as sorted spans that answer by bisection."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from engine.model.regex import regex
from facts.report.contents import Sentence
from facts.report.view import View

_END: Final = regex(
    r"[。!?][”’\")]?|\n|;(?=[一二三四五六七八九十]{1,2}是|[(][一二三四五六七八九十\d])"
)
# longer than any sentence of a report; a page without punctuation is broken up
_LONGEST: Final = 2000


class Sentences:
    """The sentences of a view; positions are view positions."""

    def __init__(self, view: View) -> None:
        self._view = view
        ends = [match.end() for match in _END.finditer(view.text)]
        self._starts = _broken_up(view.text, [0, *ends])
        self._told: dict[int, Sentence] = {}

    def bounds(self, position: int) -> tuple[int, int]:
        """Return the view span of the sentence around ``position``."""
        index = bisect_right(self._starts, position) - 1
        start = self._starts[index]
        is_last = index + 1 == len(self._starts)
        end = len(self._view.text) if is_last else self._starts[index + 1]
        return start, end

    def spans(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the non-empty sentences that begin within the view span."""
        found = []
        position = start
        while position < end:
            first, last = self.bounds(position)
            first, last = max(first, start), min(last, end)
            if self._view.text[first:last].strip("\n。;, "):
                found.append((first, last))
            position = max(last, position + 1)
        return found

    def sentence(self, position: int) -> Sentence:
        """Return the sentence around a view position, in the original wording."""
        start, end = self.bounds(position)
        if start not in self._told:
            while end > start and self._view.text[end - 1] == "\n":
                end -= 1
            first, last = self._view.span(start, end)
            self._told[start] = Sentence(self._view.source[first:last], first, last)
        return self._told[start]


def _broken_up(text: str, starts: list[int]) -> list[int]:
    """Break what no full stop ends after so many characters, at a comma if there is one."""
    found: list[int] = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        found.append(start)
        while end - found[-1] > _LONGEST:
            last = found[-1] + _LONGEST
            comma = max(text.rfind(mark, found[-1], last) for mark in ",;")
            found.append(comma + 1 if comma > found[-1] else last)
    return found
