"""How much room texts take in the cells of a table, and texts cut to the room there is.

Reckoned from the widths of characters, so that a form stays on its page in every program: a
little more than it takes, never less.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from reporter.visible import visible
from reporter.width import char_width

LINE: Final = 4.94
"""Height in mm of a line of 14 points, as the style of tables has it."""

_COLUMN: Final = 3.704 / 2
"""Half a character of 10.5 points, in mm."""

_MARGINS: Final = 3.9
"""Left and right of a cell's text, in mm."""

_LOST: Final = 2
"""Columns of a character."""

_EDGE: Final = 0.4
"""Between two rows, in mm."""


def _columns(width: float) -> int:
    """Columns that a line of a cell of this width, in mm, has room for."""
    return max(4, int((width - _MARGINS) / _COLUMN))


def lines(text: str, width: float) -> int:
    """Lines that a text takes in a cell of this width, in mm."""
    return sum(_lines(_width(visible(part)), _columns(width)) for part in text.split("\n"))


def _width(text: str) -> int:
    """Columns of a text: half a one is left between Chinese and what isn't."""
    widths = [char_width(char) for char in text]
    changes = sum(1 for before, after in pairwise(widths) if before != after)
    return sum(widths) + -(-changes // 2)


def _lines(taken: int, room: int) -> int:
    """A line that is full may lose a character to the next: no line begins with a stop."""
    return 1 if taken <= room else -(-taken // (room - _LOST))


def height(rows: Sequence[Sequence[str]], widths: Sequence[float], least: float = 0) -> float:
    """The height of rows of a table, in mm, none lower than `least`."""
    return sum(max(least, LINE * max(map(lines, row, widths))) + _EDGE for row in rows)


class Cutter:
    """Cuts texts to the lines there are for them, and keeps the whole of what it cut."""

    def __init__(self, more: str) -> None:
        """`more` stands after a text that was cut."""
        self._more = more
        self.whole: list[str] = []

    def __call__(self, label: str, text: str, width: float, most: int) -> str:
        """The text if it takes at most so many lines of this width, else its beginning."""
        if lines(text, width) <= most:
            return text
        self.whole.append(f"{label}：{text}" if label else text)
        room = (_columns(width) - _LOST) * most - _width(self._more)
        kept = " ".join(text.split("\n"))[:room]
        while _width(visible(kept)) > room:
            kept = kept[:-1]
        return kept + self._more


def fitting(
    rows: Sequence[Sequence[str]], widths: Sequence[float], room: float
) -> Sequence[Sequence[str]]:
    """The first of these rows that stand in a room of so many mm."""
    taken = 0.0
    for number, row in enumerate(rows):
        taken += height([row], widths)
        if taken > room:
            return rows[:number]
    return rows
