"""The parts that an annual report must have: a part counts by what its body says of this year.

A heading announces a part; what stands under it has to say it. What no heading announces is found
by its sentence. The words are data: ``parts.yaml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from facts.report.contents import Part, PartName, Sentence
from facts.report.contents_table import entries
from facts.report.sections import Heading, Outline
from facts.report.sentences import Sentences
from facts.report.statements import (
    Says,
    admits,
    bare,
    gives_cause,
    looks_ahead,
    points_forward,
    says_nothing,
    states_problem,
    tells_leaders_act,
)
from facts.report.view import View
from facts.report.wording import wording

Span = tuple[int, int]

_DEEPEST: Final = 4
"""一是 begins a sentence, not a part."""
_DEEPEST_OF_LEADERS: Final = 5
_MAIN: Final = 2
_SHORTEST: Final = 4
_FEWEST_WORDS: Final = 200
"""Characters before the other parts from which on they are what was done."""


@dataclass(frozen=True, slots=True)
class _Found:
    """Where a part is: its spans in the view, and the sentence that says it (or may)."""

    spans: tuple[Span, ...]
    sentence: Span
    by: str
    sure: bool = True


def find_parts(
    view: View, outline: Outline, sentences: Sentences, year: int | None
) -> tuple[Part, ...]:
    """Return all five parts in the order of :class:`PartName`; absent ones have no span."""
    found = _Finder(view, outline, sentences, year).all()
    return tuple(_part(view, name, found.get(name)) for name in PartName)


def _part(view: View, name: PartName, found: _Found | None) -> Part:
    if found is None:
        return Part(name)
    spans = tuple(view.span(*span) for span in found.spans)
    first, last = found.sentence
    start, end = view.span(first, first + len(view.text[first:last].rstrip()))
    said = Sentence(view.source[start:end], start, end)
    return Part(name, *spans[0], found.by, said, doubtful=not found.sure, spans=spans)


class _Finder:
    """Looks for each part under the headings that announce it, then in the sentences."""

    def __init__(
        self, view: View, outline: Outline, sentences: Sentences, year: int | None
    ) -> None:
        self._view, self._outline = view, outline
        self._sentences, self._year = sentences, year
        self._listed = entries(view, outline.headings)
        self._announced = [self._names_of(index) for index in range(len(outline.headings))]

    def all(self) -> dict[PartName, _Found]:
        """The parts that are there or may be."""
        found: dict[PartName, _Found | None] = {
            name: self._headed(name) for name in PartName if name is not PartName.CAUSES
        }
        for name, look in (
            (PartName.PROBLEMS, self._admitted),
            (PartName.PLANS, self._ahead),
            (PartName.LEADERS, self._leaders),
        ):
            if (one := found[name]) is None or not one.sure:
                found[name] = look() or one
        found[PartName.CAUSES] = self._causes(found[PartName.PROBLEMS])
        if found[PartName.ACHIEVEMENTS] is None:
            found[PartName.ACHIEVEMENTS] = self._before_the_rest(found)
        return {name: one for name, one in found.items() if one is not None}

    def _names_of(self, index: int) -> frozenset[PartName]:
        """The parts that a heading announces."""
        heading = self._outline.headings[index]
        if index in self._listed:
            return frozenset()
        names = {name for name, title in wording().titles.items() if title.fits(heading.title)}
        if len(names) > 1:
            names.discard(PartName.ACHIEVEMENTS)
        deepest = {PartName.LEADERS: _DEEPEST_OF_LEADERS, PartName.ACHIEVEMENTS: _MAIN}
        return frozenset(n for n in names if heading.level <= deepest.get(n, _DEEPEST))

    def _says(self, name: PartName) -> Callable[[str, str], Says]:
        """What a sentence under a heading of a part has to say, the next of its item at hand."""
        match name:
            case PartName.PROBLEMS:
                return lambda said, after: states_problem(said, self._year, after)
            case PartName.LEADERS:
                return lambda said, _: tells_leaders_act(said, self._year, headed=True)
            case PartName.PLANS:
                return lambda said, _: points_forward(said, self._year)
            case _:
                return lambda said, _: _anything(said)

    def _headed(self, name: PartName) -> _Found | None:
        """The part under the highest headings that announce it and whose body says it."""
        says = self._says(name)
        best: _Found | None = None
        for level in range(1, _DEEPEST_OF_LEADERS + 1):
            found = [
                (self._span(heading), said)
                for heading in self._announcing(name, level)
                if (said := self._first(heading.body, heading.end, says)) is not None
            ]
            sure = [(span, sentence) for span, (sentence, surely) in found if surely]
            if sure:
                return _Found(tuple(span for span, _ in sure), sure[0][1], "heading")
            if found and best is None:
                span, (sentence, _) = found[0]
                best = _Found((span,), sentence, "heading", sure=False)
        return best

    def _announcing(self, name: PartName, level: int) -> Iterator[Heading]:
        """The headings of a level that announce a part, not those that a deeper one refines."""
        headings = self._outline.headings
        for index, heading in enumerate(headings):
            if heading.level == level and name in self._announced[index]:
                refined = len(self._announced[index]) > 1 and any(
                    self._announced[at] == {name}
                    and self._first(deeper.body, deeper.end, self._says(name)) is not None
                    for at, deeper in enumerate(headings)
                    if deeper.level > level and heading.start < deeper.start < heading.end
                )
                if not refined:
                    yield heading

    def _span(self, heading: Heading) -> Span:
        return heading.start, heading.end

    def _first(
        self, start: int, end: int, says: Callable[[str, str], Says]
    ) -> tuple[Span, bool] | None:
        """The first sentence that says it for certain, else the first that may."""
        maybe: Span | None = None
        spans = self._sentences.spans(start, end)
        for span, following in zip_longest(spans, spans[1:]):
            said = says(self._view.text[slice(*span)], self._after(following))
            if said is Says.YES:
                return span, True
            if said is Says.MAYBE and maybe is None:
                maybe = span
        return None if maybe is None else (maybe, False)

    def _after(self, following: Span | None) -> str:
        """The next sentence, where no heading or item begins with it."""
        if following is None or self._is_item(following[0]):
            return ""
        return self._view.text[slice(*following)]

    def _admitted(self) -> _Found | None:
        """What is admitted without a heading: 虽然……但仍存在……, with the list that follows."""
        says = self._says(PartName.PROBLEMS)
        for start, end in self._unannounced():
            if not admits(self._view.text[start:end], self._year):
                continue
            span = start, self._until_ahead(start, self._end_of_paragraph(end))
            if (said := self._first(*span, says)) is not None and said[1]:
                return _Found((span,), said[0], "text")
        return None

    def _ahead(self) -> _Found | None:
        """What is to come without a heading: 下一步，……, with the list that follows."""
        for start, end in self._unannounced():
            if not looks_ahead(self._view.text[start:end], self._year):
                continue
            span = start, self._end_of_paragraph(end)
            if (said := self._first(*span, self._says(PartName.PLANS))) is not None and said[1]:
                return _Found((span,), said[0], "text")
        return None

    def _unannounced(self) -> Iterator[Span]:
        """All sentences but the headings that announce a part."""
        announcing = {
            self._sentences.bounds(heading.start)[0]
            for index, heading in enumerate(self._outline.headings)
            if self._announced[index] or index in self._listed
        }
        for span in self._sentences.spans(0, len(self._view.text)):
            if span[0] not in announcing:
                yield span

    def _until_ahead(self, start: int, end: int) -> int:
        spans = self._sentences.spans(start, end)
        ahead = (s for s in spans if looks_ahead(self._view.text[slice(*s)], self._year))
        return next(ahead, (end, end))[0]

    def _end_of_paragraph(self, position: int) -> int:
        """The end of the paragraph around a sentence's end, and of the list that follows it."""
        text = self._view.text
        limit = self._limit(position)
        end = position if text[position - 1 : position] == "\n" else text.find("\n", position)
        while 0 <= end < limit and self._is_item(end + (text[end : end + 1] == "\n")):
            end = text.find("\n", end + 1)
        return limit if end < 0 else min(end, limit)

    def _limit(self, position: int) -> int:
        """Where the next section begins; what follows a colon is a list, whatever its level."""
        headings = self._outline.headings
        level = _MAIN
        for heading in headings:
            if heading.start < position or heading.level > level:
                continue
            if heading.start - position <= 1 and self._view.text[position - 2] == ":":
                level = heading.level - 1
                continue
            return heading.start
        return len(self._view.text)

    def _is_item(self, position: int) -> bool:
        """Whether a list's item begins at a position."""
        at = self._outline.at(position)
        heading = None if at is None else self._outline.headings[at]
        return heading is not None and heading.start == position

    def _leaders(self) -> _Found | None:
        """A sentence on the leaders' own acts, wherever it stands."""
        seen = -1
        for match in wording().leader.finditer(self._view.text):
            start, end = self._sentences.bounds(match.start())
            if start == seen:
                continue
            seen = start
            if tells_leaders_act(self._view.text[start:end], self._year) is Says.YES:
                span = start, start + len(self._view.text[start:end].rstrip("\n。"))
                return _Found((span,), span, "text")
        return None

    def _causes(self, problems: _Found | None) -> _Found | None:
        """The causes under a heading of their own, else the first sentence that gives one."""
        headed = self._headed(PartName.CAUSES)
        alone = headed is not None and any(
            self._announced[i] == {PartName.CAUSES} and h.start == headed.spans[0][0]
            for i, h in enumerate(self._outline.headings)
        )
        if alone:
            return headed
        for start, end in problems.spans if problems is not None and problems.sure else ():
            if (span := cause_in(self._view, self._sentences, start, end)) is not None:
                by = "heading" if headed is not None else "text"
                spans = (span,) if headed is None else headed.spans
                return _Found(spans, span, by)
        return None

    def _before_the_rest(self, found: dict[PartName, _Found | None]) -> _Found | None:
        """Reports that head their achievements by topic have them before the problems."""
        later = [
            one.spans[0][0]
            for name in (PartName.PROBLEMS, PartName.PLANS)
            if (one := found[name]) is not None
        ]
        end = min(later, default=len(self._view.text))
        spans = [
            span
            for span in self._sentences.spans(0, end)
            if _anything(self._view.text[slice(*span)]) is Says.YES
        ]
        if sum(last - first for first, last in spans) <= _FEWEST_WORDS:
            return None
        told = (s for s in spans if wording().measure.search(self._view.text[slice(*s)]))
        return _Found(((0, end),), next(told, spans[0]), "text")


def _anything(sentence: str) -> Says:
    words = bare(sentence)
    return Says.NO if says_nothing(words) or len(words) < _SHORTEST else Says.YES


def cause_in(view: View, sentences: Sentences, start: int, end: int) -> Span | None:
    """Return the first sentence within the view span that gives a cause, as a view span."""
    for first, last in sentences.spans(start, end):
        if gives_cause(view.text[first:last]):
            return first, first + len(view.text[first:last].rstrip("\n。"))
    return None
