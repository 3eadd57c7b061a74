"""Tables that plain text sets with blanks, spelled out; every character knows where it came from.

警告　罚款 over 12　345 reads 警告12，罚款345。, as a table of a document does: see
:mod:`facts.files.documents.tables`. Words that are put in stand where the cell before them ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from engine.model.regex import regex
from facts.files.documents.seen import arranged, has_figures
from facts.files.documents.tables import GAP, Words, last_lines, tabulate

_APART: Final = regex(r"\S(?:[ ]{2,}|[\u3000\t]+|[ ](?=[0-9]))\S")
_GAP: Final = regex(r"[ \u3000\t]")
_BLANK: Final = regex(r"[ ]{2,}|[\u3000\t]")
_WORD: Final = regex(r"\S+")
_PROSE: Final = regex("[。；;]|[，：:,]$|，")
_LONGEST: Final = 400
_FEWEST: Final = 2

Cell = tuple[str, int]
"""A cell's text and where it begins."""


@dataclass
class Spelled:
    """Text being spelled out: its pieces, and the place of every character."""

    pieces: list[str] = field(default_factory=list)
    origin: list[int] = field(default_factory=list)

    def copied(self, source: str, start: int, end: int) -> None:
        """Take a span over as it is."""
        self.pieces.append(source[start:end])
        self.origin.extend(range(start, end))

    def said(self, words: str, at: int) -> None:
        """Put words in that stand for the place ``at``."""
        self.pieces.append(words)
        self.origin.extend([at] * len(words))


def spelled_out(source: str) -> tuple[str, list[int]] | None:
    """``source`` with its tables as sentences and each character's place; None without tables."""
    if not _APART.search(source):
        return None
    lines = _lines(source)
    told = Spelled()
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _may_be_row(source, *lines[end]):
            end += 1
        if end - at >= _FEWEST:
            above = last_lines([source[a:b] for a, b in lines[max(0, at - 6) : at]])
            _table(source, lines[at:end], above, told)
            at = end
        else:
            for start, stop in lines[at : max(end, at + 1)]:
                told.copied(source, start, stop)
            at = max(end, at + 1)
    return "".join(told.pieces), told.origin


def _lines(source: str) -> list[tuple[int, int]]:
    """The spans of the lines, each with its line break."""
    ends = [match.end() for match in re.finditer("\n", source)]
    starts = [0, *ends]
    stops = [*ends, len(source)]
    return [(a, b) for a, b in zip(starts, stops, strict=True) if a < b]


def _may_be_row(source: str, start: int, end: int) -> bool:
    line = source[start:end].strip()
    return 0 < len(line) < _LONGEST and bool(_GAP.search(line)) and not _PROSE.search(line)


def _cells(source: str, start: int, end: int, *, single: bool) -> list[Cell]:
    """The cells of a line: parted by wide blanks, or by any."""
    line = source[start:end]
    if single:
        return [(match.group(), start + match.start()) for match in _WORD.finditer(line)]
    found = []
    position = 0
    for gap in [*_BLANK.finditer(line), None]:
        stop = gap.start() if gap else len(line)
        text = line[position:stop]
        if text.strip():
            lead = len(text) - len(text.lstrip())
            found.append((text.strip(), start + position + lead))
        position = gap.end() if gap else stop
    return found


def _table(source: str, lines: Sequence[tuple[int, int]], above: str, told: Spelled) -> None:
    """Lines that look like a table's: as sentences, or with their cells kept apart."""
    for single in (False, True):
        rows = [_cells(source, *line, single=single) for line in lines]
        places = arranged([[text for text, _ in row] for row in rows])
        if places is None:
            continue
        grid = [
            [("", 0) if place is None else row[place] for place in found]
            for row, found in zip(rows, places, strict=True)
        ]
        table = tabulate([[text for text, _ in row] for row in grid], above)
        if table is not None:
            sentences = dict(zip(table.at, table.rows, strict=True))
            for at, (row, line) in enumerate(zip(rows, lines, strict=True)):
                if at in sentences:
                    _sentence(sentences[at], grid[at], line, told)
                else:
                    _head(row, line, told)
            return
    rows = [_cells(source, *line, single=True) for line in lines]
    apart = sum(has_figures([text for text, _ in row]) for row in rows) >= _FEWEST
    for row, (start, end) in zip(rows, lines, strict=True):
        if apart:
            _apart(row, (start, end), told)
        else:
            told.copied(source, start, end)


def _sentence(
    words: Sequence[Words], row: Sequence[Cell], line: tuple[int, int], told: Spelled
) -> None:
    place = line[0]
    for said, column in words:
        if column < 0:
            told.said(said, place)
            continue
        text, start = row[column]
        kept = [at for at, char in enumerate(text) if char != " "]
        told.pieces.append(said)
        told.origin.extend(start + at for at in kept)
        place = start + kept[-1]
    told.said("\n", line[1] - 1)


def _head(row: Sequence[Cell], line: tuple[int, int], told: Spelled) -> None:
    """A line of heads, closed by a colon, so that no row is read on from it."""
    _apart(row, line, told, "：\n")


def _apart(row: Sequence[Cell], line: tuple[int, int], told: Spelled, end: str = "\n") -> None:
    """The cells of a line with what keeps them apart."""
    for at, (text, start) in enumerate(row):
        if at:
            told.said(GAP, start)
        told.pieces.append(text)
        told.origin.extend(range(start, start + len(text)))
    told.said(end, line[1] - 1)
