"""The parts of a Word document to text, with the numbers that Word itself puts before headings.

The archive is opened, and its sizes capped, by the caller; this module never sees the file.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from engine.model.regex import regex
from facts.files.documents.errors import ReportTextError
from facts.files.documents.markup import count_of
from facts.files.documents.tables import GAP, last_lines, table_lines
from facts.files.mend import MEND
from facts.files.xml import Element, iterparse

MAX_TEXT: Final = 1_000_000
MAX_PARAGRAPHS: Final = MAX_TEXT // 20
_LABEL: Final = 100
"""Characters of what stands before a paragraph of a list; no list has as many."""
_WIDEST: Final = 64
_FARTHEST: Final = 32_767
"""Where a numbered list may begin, in the format."""
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT: Final = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
"""The strict form of the format calls the same elements by another name."""
_ELSEWHERE: Final = frozenset(("moveFrom", "del"))
"""What revisions took away: it stands elsewhere now, or nowhere."""
_BEFORE: Final = frozenset(("rPrChange", "pPrChange", "tcPrChange", "trPrChange", "sectPrChange"))
"""How something looked before a revision; it says nothing of how it looks now."""
_AGAIN: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""What older programs show in place of what stands before it: the same text once more."""
_SIGNS: Final = {"tab": " ", "ptab": " ", "noBreakHyphen": "-"}
"""Characters that are elements."""
_ELSE: Final = frozenset(("altChunk", "subDoc"))
"""A whole other file that stands in this place."""
_OFF: Final = ("0", "false", "off", "none")
_PLACEHOLDER: Final = regex("%([1-9])")
_DIGITS: Final = "零一二三四五六七八九"


@dataclass
class _Level:
    """How one level of a list numbers its paragraphs."""

    form: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass
class _Numbering:
    """The lists of a document and how far each has counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, list[int]] = field(default_factory=dict)

    def label(self, number: str, level: int) -> str:
        """Return what Word prints before the next paragraph of a list level."""
        levels = self.levels.get(number)
        if not levels or level not in levels:
            return ""
        counts = self.counts.setdefault(number, [0] * 9)
        counts[level] = counts[level] + 1 if counts[level] else levels[level].start
        counts[level + 1 :] = [0] * (8 - level)

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            own = levels.get(at, _Level())
            return _numeral(counts[at] or own.start, own.form)

        if levels[level].form in ("bullet", "none"):
            return ""
        return _PLACEHOLDER.sub(shown, levels[level].text)


def docx_text(read: Callable[[str], bytes | None]) -> str:
    """Return the paragraphs of a Word document, one per line, table rows as lines.

    ``read`` gives the bytes of a part of the archive, or None if it isn't there. What revisions
    deleted or moved away, what is struck out or hidden, comments, headers and footers are left
    out; text boxes are read once. Raises ReportTextError (Chinese).
    """
    document = read("word/document.xml")
    if not document:
        raise ReportTextError(f"不是 Word 文档（docx），打不开；{MEND}")
    numbering = _numbering(read("word/numbering.xml"), read("word/styles.xml"))
    text = "\n".join(_paragraphs(document, numbering))
    if not text.strip():
        raise ReportTextError("Word 文档中没有文字；若正文是图片，请先做文字识别")
    return text


def _events(xml: bytes) -> Iterable[tuple[str, Element]]:
    xml = xml.replace(_STRICT, _W[1:-1].encode())
    return iterparse(io.BytesIO(xml), events=("start", "end"))


@dataclass
class _Paragraph:
    """A paragraph while it is read."""

    words: list[str] = field(default_factory=list)
    style: str = ""
    listed: tuple[str, int] | None = None


@dataclass
class _Cell:
    """A cell while it is read: how many columns it takes, and whether it goes on from above."""

    words: list[str] = field(default_factory=list)
    span: int = 1
    goes_on: bool = False


@dataclass
class _Body:
    """Collects lines while the body is walked once; what was read is cleared on the way."""

    numbering: _Numbering
    lines: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    cells: list[_Cell] = field(default_factory=list)
    held: int = 0
    size: int = 0
    """Characters of all paragraphs."""
    paragraphs: list[_Paragraph] = field(default_factory=list)
    depth: int = 0
    gone: int = 0
    """How many elements are open whose content doesn't stand here any more."""
    struck: bool = False
    """Whether the run being read is struck out or hidden."""
    before: int = 0
    """How many elements are open that say how something looked before a revision."""
    deleted: bool = False
    """Whether the row being read was deleted by a revision."""

    def start(self, tag: str) -> None:
        """Open a paragraph or a cell; a text box puts paragraphs inside a paragraph."""
        if tag in _ELSE:
            raise ReportTextError(f"正文里夹着另一个文件，那里的字读不到，没有读取；{MEND}")
        self.gone += tag in _ELSEWHERE or tag == _AGAIN
        self.before += tag in _BEFORE
        if tag == "tr" and not self.depth:
            self.deleted = False
        if tag == "r":
            self.struck = False
        if tag == "p":
            self.paragraphs.append(_Paragraph())
        if tag == "tc":
            if not self.depth:
                self.cells.append(_Cell())
            self.depth += 1

    def end(self, tag: str, element: Element) -> None:
        """Take in what has just been read whole."""
        paragraph = self.paragraphs[-1] if self.paragraphs else _Paragraph()
        self.before -= tag in _BEFORE
        if self.before:
            return
        if tag in _ELSEWHERE or tag == _AGAIN:
            self.gone -= 1
        elif tag in ("strike", "dstrike", "vanish"):
            self.struck = element.get(f"{_W}val", "true") not in _OFF
        elif tag == "t":
            if not self.gone and not self.struck:
                paragraph.words.append(element.text or "")
        elif tag in ("br", "cr"):
            paragraph.words.append("\n")
        elif tag in _SIGNS:
            if not self.gone and not self.struck:
                paragraph.words.append(_SIGNS[tag])
        elif tag == "pStyle":
            paragraph.style = element.get(f"{_W}val", "")
        elif tag == "numPr":
            paragraph.listed = _listed(element)
            if _value(element, "numId", "") == "0":
                paragraph.style = ""  # takes away the number that the style gives
        elif tag == "p":
            self._paragraph(self.paragraphs.pop())
            element.clear()
        else:
            self._grid(tag, element)

    def _grid(self, tag: str, element: Element) -> None:
        """Take in a part of a table."""
        if tag == "trPr" and not self.depth:
            self.deleted = element.find(f"{_W}del") is not None
        elif tag == "tc":
            self.depth -= 1
        elif tag == "gridSpan" and self.depth == 1:
            span = element.get(f"{_W}val", "1")
            self.cells[-1].span = count_of(span, _WIDEST)
        elif tag == "vMerge" and self.depth == 1:
            self.cells[-1].goes_on = element.get(f"{_W}val", "continue") == "continue"
        elif tag == "tr" and not self.depth:
            self._row()
            element.clear()
        elif tag == "tbl" and not self.depth:
            self._table()

    def _paragraph(self, paragraph: _Paragraph) -> None:
        words = "".join(paragraph.words)
        chosen = paragraph.listed or self.numbering.styles.get(paragraph.style)
        label = self.numbering.label(*chosen) if chosen and words.strip() else ""
        (self.cells[-1].words if self.depth else self.lines).append(label + words)
        self.held += bool(self.depth)
        self.size += len(label) + len(words)
        self._bounded()

    def _row(self) -> None:
        """A row by its grid: a cell over several columns stands in each, one over rows too."""
        above = self.rows[-1] if self.rows else []
        row: list[str] = []
        for cell in self.cells:
            text = " ".join(words.strip() for words in cell.words if words.strip())
            if cell.goes_on and len(row) < len(above):
                text = above[len(row)]
            row += [text] * cell.span
        if not self.deleted:
            self.rows.append(row)
        self.cells = []

    def _table(self) -> None:
        told = table_lines(self.rows, last_lines(self.lines))
        plain = (GAP.join(_once(row)) for row in self.rows)
        self.lines += told if told is not None else plain
        self.rows, self.held = [], 0
        self._bounded()

    def _bounded(self) -> None:
        if len(self.lines) + self.held > MAX_PARAGRAPHS:
            raise ReportTextError("报告的段落太多，没有读取")
        if self.size > MAX_TEXT:
            raise ReportTextError(f"报告超过{MAX_TEXT}字，没有读取")


def _once(row: list[str]) -> list[str]:
    """The cells of a row; one over several columns once, and its blanks not at all."""
    return [cell for at, cell in enumerate(row) if cell and (not at or cell != row[at - 1])]


def _paragraphs(xml: bytes, numbering: _Numbering) -> list[str]:
    body = _Body(numbering)
    try:
        for event, element in _events(xml):
            tag = element.tag.removeprefix(_W)
            if event == "start":
                body.start(tag)
            else:
                body.end(tag, element)
    except ReportTextError:
        raise
    except Exception as error:
        raise ReportTextError(f"Word 文档已损坏：{type(error).__name__}；{MEND}") from error
    return body.lines


def _value(properties: Element, name: str, default: str) -> str:
    """What an element states in the child called `name`."""
    child = properties.find(f"{_W}{name}")
    return default if child is None else child.get(f"{_W}val", default)


def _depth(written: str) -> int:
    """A list level from 0 to 8, as the format has them."""
    return count_of(written, 8) if written.isdecimal() else 0


def _listed(properties: Element) -> tuple[str, int] | None:
    number = _value(properties, "numId", "0")
    return None if number == "0" else (number, _depth(_value(properties, "ilvl", "0")))


def _numbering(lists: bytes | None, styles: bytes | None) -> _Numbering:
    """Read which lists there are; a document without them has none."""
    found = _Numbering()
    if not lists:
        return found
    try:
        abstract: dict[str, dict[int, _Level]] = {}
        for event, element in _events(lists):
            tag = element.tag.removeprefix(_W)
            if event == "end" and tag == "abstractNum":
                abstract[element.get(f"{_W}abstractNumId", "")] = _levels(element)
            elif event == "end" and tag == "num":
                of = _value(element, "abstractNumId", "")
                found.levels[element.get(f"{_W}numId", "")] = abstract.get(of, {})
        for event, element in _events(styles) if styles else []:
            if event == "end" and element.tag == f"{_W}style":
                for numbered in element.findall(f"{_W}pPr/{_W}numPr"):
                    # a style may state the list alone: then its level is the first
                    if (listed := _listed(numbered)) is not None:
                        found.styles[element.get(f"{_W}styleId", "")] = listed
    except Exception as error:
        raise ReportTextError(f"Word 文档已损坏：{type(error).__name__}；{MEND}") from error
    return found


def _levels(abstract: Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for element in abstract.findall(f"{_W}lvl"):
        start = _value(element, "start", "1")
        levels[_depth(element.get(f"{_W}ilvl", "0"))] = _Level(
            _value(element, "numFmt", "decimal"),
            _value(element, "lvlText", "")[:_LABEL],
            count_of(start, _FARTHEST),
        )
    return levels


def _numeral(value: int, form: str) -> str:
    if form.startswith(("chinese", "ideograph", "japanese", "taiwanese")) and value < 100:
        tens, ones = divmod(value, 10)
        head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
        return head + (_DIGITS[ones] if ones or not tens else "")
    return str(value)
