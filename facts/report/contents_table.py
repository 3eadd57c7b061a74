"""The table of contents of a report: headings that stand together before what they head."""

from __future__ import annotations

from typing import Final

from engine.model.regex import regex
from facts.report.sections import Heading
from facts.report.view import View
from facts.report.wording import wording

_FEWEST: Final = 3
_WORD: Final = regex(r"[^\W\d_]")
_TAIL: Final = regex(r"[^\w]{0,60}[0-9]{0,4}[^\w]{0,4}$")
_CALLED: Final = "目录"
_BEFORE: Final = 12


def entries(view: View, headings: list[Heading]) -> frozenset[int]:
    """The indexes of the headings that only stand in a table of contents.

    They follow one another with nothing between, and are called 目录, have the pages behind them,
    come once more further down, or are numbered from the beginning again after them.
    """
    found: set[int] = set()
    names = [_TAIL.sub("", heading.title) for heading in headings]
    first = 0
    while first < len(headings):
        last = first
        # the first name that comes again begins what the table lists
        while (
            last + 1 < len(headings)
            and names[last + 1] not in names[first : last + 1]
            and _bare(view, headings[last], headings[last + 1])
        ):
            last += 1
        run = range(first, last + 1)
        if len(run) >= _FEWEST and _lists(view, headings, names, run):
            found |= set(run)
        first = last + 1
    return frozenset(found)


def _bare(view: View, heading: Heading, following: Heading) -> bool:
    """Whether no word stands between two headings."""
    return not _WORD.search(view.text, heading.body, following.start)


def _begins_again(view: View, headings: list[Heading], run: range) -> bool:
    """Whether a run names several parts, and the numbers begin again after it."""
    if run.stop >= len(headings):
        return False
    first, after = headings[run.start], headings[run.stop]
    titles = wording().titles.items()
    named = {name for at in run for name, title in titles if title.fits(headings[at].title)}
    same = _number(view, first) == _number(view, after)
    return same and len(named) > 1 and first.level == min(headings[at].level for at in run)


def _number(view: View, heading: Heading) -> tuple[int, str]:
    return heading.level, view.text[heading.start : heading.start + 2]


def _lists(view: View, headings: list[Heading], names: list[str], run: range) -> bool:
    start = headings[run.start].start
    if _CALLED in view.text[max(0, start - _BEFORE) : start]:
        return True
    if _begins_again(view, headings, run):
        return True
    paged = sum(headings[index].title[-1:].isdigit() for index in run)
    later = set(names[run.stop :])
    again = sum(names[index] in later for index in run)
    return paged + 1 >= len(run) or again >= _FEWEST - 1
