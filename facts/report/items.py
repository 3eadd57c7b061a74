"""The items of a part: what its list holds, else its sentences."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Final

from facts.report.contents import Part, PartName
from facts.report.context import Reading
from facts.report.sections import Heading
from facts.report.statements import looks_ahead
from facts.report.wording import wording

Span = tuple[int, int]

_FEWEST_ITEMS: Final = 2
_EDGE: Final = "\n,; #"


@dataclass(frozen=True, slots=True)
class Items:
    """The view spans of a part's items, and of the sentences that lead up to a list of them."""

    spans: tuple[Span, ...]
    lead: tuple[Span, ...]


def items_of(reading: Reading, name: PartName) -> Items:
    """What a part lists; without a list, its sentences."""
    part = next(part for part in reading.parts if part.name is name)
    spans: list[Span] = []
    lead: list[Span] = []
    for first, last in view_spans(reading, part):
        heading = next((h for h in reading.outline.headings if h.start == first), None)
        start = heading.body if heading is not None and part.found_by == "heading" else first
        inside = [h for h in reading.outline.headings if start <= h.start < last]
        listed = [(h.start, min(h.end, last)) for h in _leaves(inside)]
        if len(listed) < _FEWEST_ITEMS:
            spans += reading.sentences.spans(start, last)
        else:
            lead += reading.sentences.spans(start, inside[0].start)
            spans += [_own(reading, *span) for span in listed]
    return Items(_trimmed(reading, spans), _trimmed(reading, lead))


def view_spans(reading: Reading, part: Part) -> list[Span]:
    """Where a part stands, as view spans."""
    view = reading.view
    return [(view.position(start), view.position(end)) for start, end in part.spans]


def _leaves(inside: list[Heading]) -> list[Heading]:
    """The headings without deeper ones; one that only announces causes lists none."""
    return [
        heading
        for heading, following in zip_longest(inside, inside[1:])
        if (following is None or following.level <= heading.level)
        and not wording().only_causes.search(heading.title)
    ]


def _own(reading: Reading, start: int, end: int) -> Span:
    """An item without the paragraph on what comes next that follows the list."""
    spans = reading.sentences.spans(start, end)
    for (_, last), (first, until) in pairwise(spans):
        if looks_ahead(reading.view.text[first:until], reading.year):
            return start, last
    return start, end


def _trimmed(reading: Reading, spans: list[Span]) -> tuple[Span, ...]:
    text = reading.view.text
    return tuple((start, start + len(text[start:end].rstrip(_EDGE))) for start, end in spans)
