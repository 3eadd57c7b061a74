"""Which indicators can be meant at all: those of which a word stands near enough to the figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from operator import add
from typing import Final

from engine.model.regex import regex
from facts.report.catalogue import Indicator, Pattern, indicators
from facts.report.windows import Window

_CLOSED: Final = regex("[。,;\n§#]")
"""What ends the stretch in which a close word has to stand; see ``catalogue.Beside``."""

_Place = tuple[int, int, int]
"""Reach of a pattern, position of its indicator in the catalogue, its own number there."""


@dataclass(slots=True)
class _Words:
    """The patterns by the word beside their figure: by its first two characters (or the one)."""

    starts: dict[str, dict[str, list[_Place]]] = field(default_factory=dict)
    reach: int = 0

    def add(self, word: str, place: _Place) -> None:
        self.starts.setdefault(word[:2], {}).setdefault(word, []).append(place)
        self.reach = max(self.reach, place[0])

    def within(self, near: str, *, after: bool) -> Iterator[tuple[int, int]]:
        """The patterns of which a word stands in ``near``, not too far from the figure."""
        starts = self.starts
        for pair in starts.keys() & {*map(add, near, near[1:]), *near}:
            for word, places in starts[pair].items():
                at = near.find(word) if after else near.rfind(word)
                if at >= 0:
                    distance = at + len(word) if after else len(near) - at
                    for reach, position, number in places:
                        if distance <= reach:
                            yield position, number


@cache
def _words(unit: str) -> dict[tuple[bool, bool], _Words]:
    """The words of the indicators counted in ``unit``, by whether they come after and are close."""
    found = {(after, close): _Words() for after in (False, True) for close in (False, True)}
    for position, indicator in enumerate(indicators()):
        if unit in indicator.units:
            for number, pattern in enumerate(indicator.patterns):
                beside = pattern.beside
                for word in beside.words:
                    place = beside.reach, position, number
                    found[beside.after, beside.close].add(word, place)
    return {key: words for key, words in found.items() if words.starts}


def candidates(window: Window, line: str, unit: str) -> list[tuple[Indicator, list[Pattern]]]:
    """The indicators in ``unit`` with those of their patterns that ``line`` may match."""
    catalogue = indicators()
    near: set[tuple[int, int]] = set()
    for (after, close), words in _words(unit).items():
        beside = window.right[: words.reach] if after else window.left[-words.reach :]
        if close:
            beside = _CLOSED.split(beside)[0 if after else -1]
        near.update(words.within(beside, after=after))
    spoken: dict[int, list[Pattern]] = {}
    for position, number in sorted(near):
        pattern = catalogue[position].patterns[number]
        if pattern.spoken_of(line):
            spoken.setdefault(position, []).append(pattern)
    return [(catalogue[position], patterns) for position, patterns in spoken.items()]
