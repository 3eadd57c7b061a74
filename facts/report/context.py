"""What the reader's later stages share: the view and all that was found in it so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from engine.model.report import FigureKind
from facts.report.contents import Figure, Part
from facts.report.denials import Clause
from facts.report.quantity import Number
from facts.report.sections import Outline
from facts.report.sentences import Sentences
from facts.report.view import View


@dataclass(frozen=True)
class Reading:
    """``numbers[i]`` is the number in the view that ``figures[i]`` was made from."""

    view: View
    outline: Outline
    sentences: Sentences
    parts: tuple[Part, ...]
    figures: tuple[Figure, ...]
    numbers: tuple[Number, ...]
    year: int | None
    clauses: dict[int, Clause] = field(default_factory=dict, compare=False, repr=False)
    """The clauses around figures that were asked for, by index."""

    @cached_property
    def sentence_starts(self) -> tuple[int, ...]:
        """View position where the sentence of each figure begins."""
        return tuple(self.sentences.bounds(number.start)[0] for number in self.numbers)

    @cached_property
    def by_sentence(self) -> tuple[tuple[int, ...], ...]:
        """Indexes of the figures of each sentence that has any; one index per span."""
        groups: dict[int, list[int]] = {}
        last = -1
        for index, number in enumerate(self.numbers):
            if number.start != last:
                groups.setdefault(self.sentence_starts[index], []).append(index)
            last = number.start
        return tuple(tuple(group) for group in groups.values())

    @cached_property
    def _counts(self) -> tuple[bool, ...]:
        return tuple(
            not figure.approximate
            and figure.unit not in ("%", "‰", "百分点", "倍")
            and figure.kind is not FigureKind.TARGET
            and figure.value == figure.value.to_integral_value()
            for figure in self.figures
        )

    def is_count(self, index: int) -> bool:
        """Whether a figure is an exact whole number of things of this or another year."""
        return self._counts[index]

    def main_section(self, index: int) -> int | None:
        """The heading of level 2 or higher around a figure, as an index of the outline."""
        return self.outline.main_at(self.numbers[index].start)

    def same_unit(self, first: int, second: int) -> bool:
        """Whether two figures count alike: 批 and 批次 do, 人 and 人次 don't; no unit fits any."""
        one, other = _plain(self.figures[first].unit), _plain(self.figures[second].unit)
        return one == other or not one or not other

    def between(self, first: int, second: int) -> str:
        """The folded words between two figures' units and numbers."""
        return self.view.text[self.numbers[first].unit_end : self.numbers[second].start]

    def before(self, index: int, length: int = 40) -> str:
        """The folded words before a figure within its sentence."""
        start = self.numbers[index].start
        return self.view.text[max(self.sentence_starts[index], start - length) : start]

    def after(self, index: int, length: int = 20) -> str:
        """The folded words after a figure's unit."""
        end = self.numbers[index].unit_end
        return self.view.text[end : end + length]


def _plain(unit: str) -> str:
    return unit if unit in ("人次", "次") else unit.removesuffix("次")
