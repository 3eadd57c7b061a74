"""Headings of a report, found at line starts and in pages that run everything together."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from engine.model.regex import regex
from facts.report.contents import Section
from facts.report.lone_titles import lone_title
from facts.report.view import View

_CN: Final = "[一二三四五六七八九十]"
_MARKERS: Final[tuple[tuple[int, re.Pattern[str]], ...]] = (
    (1, regex(rf"{_CN}{{1,3}}(?:、|\.(?=[\u4e00-\u9fff]))|第{_CN}{{1,3}}(?:部分|章)[,、:]?")),
    (2, regex(rf"[(]{_CN}{{1,3}}[)]")),
    (3, regex(r"[0-9]{1,2}[.、](?![0-9])")),
    (4, regex(r"[(][0-9]{1,2}[)]|[①-⑳]")),
    (5, regex(rf"{_CN}{{1,2}}(?:是|要)(?!否)|(?:首先|其次|再次|最后),")),
)
_ANY: Final = regex(
    rf"(?:(?<=[\n。!?;:”)])|^)#{{0,6}}(?:{_CN}{{1,3}}(?:、|\.(?=[\u4e00-\u9fff]))|第{_CN}{{1,3}}(?:部分|章)|[(](?:{_CN}{{1,3}}|[0-9]{{1,2}})[)]"
    rf"|[①-⑳]|[0-9]{{1,2}}[.、](?![0-9])|{_CN}{{1,2}}(?:是|要)(?!否)|(?:首先|其次|再次|最后),)"
    r"|(?:(?<=\n)|^)#{1,6}(?=[^#\n]{1,60}(?:\n|$))"
    r"|(?<=[\u4e00-\u9fff])[0-9]{1,2}\.(?=[\u4e00-\u9fff])"
    rf"|(?<=[\u4e00-\u9fff])(?<!第)[(]{_CN}{{1,3}}[)](?=[\u4e00-\u9fff])(?![项款条])"
    # 还有薄弱环节,一是…;二是…: a list that begins within a sentence, known by its second item
    rf"|(?<=[\u4e00-\u9fff,])一是(?!否)(?=[^。\n]{{2,160}}[;。,]\n?二是)"
    rf"|(?<=,)(?:{_CN}{{1,2}}是(?!否)|[①-⑳]|[(](?:{_CN}{{1,3}}|[0-9]{{1,2}})[)](?![项款条]))"
)
_LINE: Final = regex(r"(?:(?<=\n)|^)(?P<head>[^#\n:。][^\n:。]{3,31})(?=\n|:|$)")
_TITLE_END: Final = regex(r"[。;:\n]")
_HAN: Final = regex("[\u4e00-\u9fff]")
_LONGEST_TITLE: Final = 60
_MAIN: Final = 2
_LONGEST_INLINE: Final = 40


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in view positions; the body reaches from ``body`` to ``end``."""

    title: str
    level: int
    start: int
    body: int
    end: int


def headings(view: View) -> list[Heading]:
    """Return all headings in text order, each with the end of what it governs."""
    found: list[tuple[int, int, int, str]] = []
    for match in _ANY.finditer(view.text):
        start = match.start()
        while view.text[start : start + 1] == "#":
            start += 1
        level = _level(view.text, start)
        if level is None and start > match.start():
            # a Markdown heading without a number of its own; # alone is the title of the whole
            level = min(5, start - match.start() - 1)
        if not level:
            continue
        body = _title_end(view, match.end(), level)
        title = view.text[match.end() : body].strip("#。;:,\n ")
        if title:
            found.append((start, body, level, title))
    found = sorted([*found, *_lone(view.text, {start for start, *_ in found})])
    ends = _ends([(start, level) for start, _, level, _ in found], len(view.text))
    return [
        Heading(title, level, start, body, end)
        for (start, body, level, title), end in zip(found, ends, strict=True)
    ]


def _lone(text: str, numbered: set[int]) -> list[tuple[int, int, int, str]]:
    """The names of parts that stand alone on a line, or at its head before a colon."""
    found = []
    for match in _LINE.finditer(text):
        title = "" if match.start() in numbered else lone_title(match["head"])
        if title:
            found.append((match.start(), match.end("head"), 1, title))
    return found


def _level(text: str, start: int) -> int | None:
    for level, pattern in _MARKERS:
        if pattern.match(text, start):
            return level
    return None


def _title_end(view: View, start: int, level: int) -> int:
    """A heading ends with its line or first sentence, at a blank or at the next marker."""
    text = view.text
    limit = min(len(text), start + (_LONGEST_TITLE if level <= 4 else _LONGEST_INLINE))
    following = _ANY.search(text, start + 2, limit)
    if following:
        limit = following.start()
    end = _TITLE_END.search(text, start, limit)
    stop = limit if end is None else end.start() if end.group() == "\n" else end.end()
    if level <= 2 and (blank := _blank_in(view, start + 3, stop)):
        return blank
    if end or following:
        return stop
    comma = text.find(",", start, limit)
    return comma if comma > 0 else limit


def _blank_in(view: View, start: int, end: int) -> int | None:
    """Where the page had a blank between Chinese characters that the view dropped."""
    for position in range(start, end):
        gap = view.offsets[position] - view.offsets[position - 1] > 1
        if gap and _HAN.match(view.text, position) and _HAN.match(view.text, position - 1):
            return position
    return None


def _ends(starts: list[tuple[int, int]], length: int) -> list[int]:
    """A section ends where the next one of its own or a higher level begins."""
    ends = [length] * len(starts)
    open_ones: list[int] = []
    for index, (start, level) in enumerate(starts):
        while open_ones and starts[open_ones[-1]][1] >= level:
            ends[open_ones.pop()] = start
        open_ones.append(index)
    return ends


class Outline:
    """The section tree of a view, with look-up of the deepest section at a position."""

    def __init__(self, view: View) -> None:
        self.headings = headings(view)
        self._starts = [heading.start for heading in self.headings]
        self._parents = _parents(self.headings)
        self._view = view

    def at(self, position: int) -> int | None:
        """Return the index of the deepest section around a view position."""
        # of the headings that begin before a position the last one's section reaches over it
        index = bisect_right(self._starts, position) - 1
        return None if index < 0 else index

    def title_at(self, position: int) -> str:
        """Return the title of the deepest section around a view position, "" outside of all."""
        index = self.at(position)
        return "" if index is None else self.headings[index].title

    def main_at(self, position: int) -> int | None:
        """Return the index of the heading of level 2 or higher around a view position."""
        section = self.at(position)
        while section is not None and self.headings[section].level > _MAIN:
            section = self.parent(section)
        return section

    def parent(self, index: int) -> int | None:
        """Return the index of the heading above a heading."""
        return self._parents[index]

    def sections(self) -> tuple[Section, ...]:
        """Return the sections with spans in the original text."""
        return tuple(
            Section(
                heading.title,
                heading.level,
                *self._view.span(heading.start, heading.end),
                parent=parent,
            )
            for heading, parent in zip(self.headings, self._parents, strict=True)
        )


def _parents(found: list[Heading]) -> list[int | None]:
    parents: list[int | None] = []
    stack: list[int] = []
    for index, heading in enumerate(found):
        while stack and found[stack[-1]].level >= heading.level:
            stack.pop()
        parents.append(stack[-1] if stack else None)
        stack.append(index)
    return parents
