"""Quotation marks in a csv file: which lines can't be told apart for certain, and are no rows.

Whoever takes a mark without its fellow for the beginning of a cell swallows the rows after it.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from engine.model.regex import regex

QUOTE: Final = '"'
_FARTHEST: Final = 1000
"""Lines that one cell may go over."""


class Quotes:
    """Reads the lines below a header of so many columns, with this mark between them."""

    def __init__(self, columns: int, mark: str) -> None:
        self._columns, self._mark = columns, mark
        between, inside = re.escape(mark), f'{QUOTE}[^"]*(?:""[^"]*)*'
        cell = f"(?:{inside}{QUOTE}|(?![{between}{QUOTE}])[^{between}\n]+|)"
        self._whole = regex(f"{cell}(?:{between}{cell})*")
        self._open = regex(f"(?:{cell}{between})*{inside}")
        self._cell = regex(f"{cell}(?:{between}|$)")

    def told_apart(self, lines: Iterable[str]) -> Iterator[str]:
        """The same lines; in place of each that can't be told apart one with a cell too many."""
        waiting: deque[str] = deque()
        rest = iter(lines)
        while (line := waiting.popleft() if waiting else next(rest, None)) is not None:
            record = [line.removesuffix("\n")]
            if QUOTE not in line or self._whole.fullmatch(record[0]):
                yield line
                continue
            while self._goes_on(record) and len(record) < _FARTHEST:
                more = waiting.popleft() if waiting else next(rest, None)
                if more is None:
                    break
                record.append(more.removesuffix("\n"))
            text = "\n".join(record)
            if not self._whole.fullmatch(text):
                # what follows was never in a cell that this line begins
                yield self._spoilt(record[0])
                waiting.extendleft(f"{each}\n" for each in reversed(record[1:]))
            elif self._cells(text) != self._columns or self._rows_in(record):
                yield from map(self._spoilt, record)
            else:
                yield f"{text}\n"

    def _goes_on(self, record: list[str]) -> bool:
        if len(record) > 1 and QUOTE not in record[-1]:
            return True
        return bool(self._open.fullmatch("\n".join(record)))

    def _rows_in(self, record: list[str]) -> bool:
        """Whether a line that a cell goes over could be a row."""
        return any(self._cells(line) == self._columns for line in islice(record, 1, None))

    def _cells(self, text: str) -> int:
        """How many cells a record has."""
        many, at = 0, 0
        while found := self._cell.match(text, at):
            many, at = many + 1, found.end()
            if not found[0].endswith(self._mark):
                break
        return many

    def _spoilt(self, line: str) -> str:
        return self._mark * self._columns + line.replace(QUOTE, "”") + "\n"
