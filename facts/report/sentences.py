"""Sentences and clauses of the folded text, as sorted spans that answer by bisection."""

from __future__ import annotations

import re
from bisect import bisect_right

from facts.report.model import Sentence
from facts.report.view import View

_END = re.compile(
    r"[。!?][”’\")]?|\n|;(?=[一二三四五六七八九十]{1,2}是|[(][一二三四五六七八九十\d])"
)


class Sentences:
    """The sentences of a view; positions are view positions."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._starts = [0] + [match.end() for match in _END.finditer(view.text)]

    def bounds(self, position: int) -> tuple[int, int]:
        """Return the view span of the sentence around ``position``."""
        index = bisect_right(self._starts, position) - 1
        start = self._starts[index]
        is_last = index + 1 == len(self._starts)
        end = len(self._view.text) if is_last else self._starts[index + 1]
        return start, end

    def before(self, position: int) -> tuple[int, int] | None:
        """Return the view span of the sentence before the one around ``position``."""
        index = bisect_right(self._starts, position) - 2
        return None if index < 0 else (self._starts[index], self._starts[index + 1])

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
        while end > start and self._view.text[end - 1] == "\n":
            end -= 1
        first, last = self._view.span(start, end)
        return Sentence(self._view.source[first:last], first, last)
