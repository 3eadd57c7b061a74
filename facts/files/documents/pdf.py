"""A PDF with a text layer to text; page numbers and running heads left out."""

from __future__ import annotations

import io
import logging
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Final

from engine.model.regex import regex
from facts.files.documents.errors import ReportTextError
from facts.files.documents.seen import arranged, pieces_of
from facts.files.documents.tables import GAP, last_lines, table_lines
from facts.files.mend import MEND

if TYPE_CHECKING:
    import pypdf

MAX_PAGES: Final = 2000
MAX_TEXT: Final = 1_000_000
# a scanned page has a stamp or a page number at most
_CIPHERED: Final = (
    "PDF 加了密（设了打开密码，或者不许改、不许复制），这里解不开，没有读取；"
    "请放入 Word 原稿，或者在 WPS 里去掉保护、另存为新的 PDF"
)
_LEAST_PER_PAGE: Final = 10
_PAGE_NUMBER: Final = regex(
    r"^\s{0,20}(?:[-—–·]{0,2}\s?\d{1,4}\s?[-—–·]{0,2}|第\s?\d{1,4}\s?页(?:[,，]?\s?共\s?\d{1,4}\s?页)?"
    r"|\d{1,4}\s?/\s?\d{1,4})\s{0,20}$"
)
_SIDE_BY_SIDE: Final = regex(r"(?<=[0-9%％])[ ]{1,20}(?=[0-9])")
_NUMBERED: Final = regex("/(?:g|G|c|C|a|cid|CID|glyph|index|char|uni0*)?[0-9]{1,5}")
"""What a glyph is called that has no name but its number."""
_ILLEGIBLE: Final = 0.02
"""The share of characters without a meaning from which on a text can't be relied on."""
_REPEATED: Final = 0.6
_FEWEST_PAGES: Final = 4


def pdf_text(data: bytes) -> str:
    """Return the text layer of a PDF, pages joined by a line break.

    Raises ReportTextError (Chinese) for a scan, an encrypted or a damaged file, or one that is
    too long.
    """
    import pypdf  # noqa: PLC0415 - heavy, and only PDFs need it

    # What it warns of is either harmless or ends in an error below.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        locked = reader.is_encrypted and not reader.decrypt("")
        count = 0 if locked else len(reader.pages)
        pages = _pages(reader) if 0 < count <= MAX_PAGES else []
    except ReportTextError:
        raise
    except pypdf.errors.DependencyError as error:
        raise ReportTextError(_CIPHERED) from error
    except Exception as error:
        raise ReportTextError(f"PDF 已损坏，打不开：{type(error).__name__}；{MEND}") from error
    if locked:
        raise ReportTextError("PDF 设有打开密码，请去掉密码后再放入文件夹")
    if count > MAX_PAGES:
        raise ReportTextError(f"PDF 有{count}页，超过{MAX_PAGES}页，没有读取")
    size = sum(len(line.strip()) for page in pages for line in page)
    if size > MAX_TEXT:
        raise ReportTextError(f"报告超过{MAX_TEXT}字，没有读取")
    if size < _LEAST_PER_PAGE * max(1, count):
        raise ReportTextError(
            "这份 PDF 是扫描件，没有文字层，读不出文字；请改用 Word 原稿，或先做文字识别（OCR）"
        )
    return "\n".join(_with_tables(_bodies(pages)))


class _Meaning:
    """Counts characters by whether their font says what they mean."""

    def __init__(self) -> None:
        self.shown = self.unknown = 0

    def __call__(self, text: str, _cm: object, _tm: object, font: object, _size: object) -> None:
        """Take in a piece of text with the font that it is set in."""
        length = len(text.strip())
        self.shown += length
        if isinstance(font, dict) and _says_nothing(font):
            self.unknown += length


def _says_nothing(font: dict[str, object]) -> bool:
    """Whether a font has glyphs by number alone, and no table of what they mean."""
    if "/ToUnicode" in font:
        return False
    encoding = font.get("/Encoding")
    if font.get("/Subtype") == "/Type0":
        return str(encoding or "").startswith("/Identity")
    if isinstance(encoding, dict):
        names = [str(name) for name in encoding.get("/Differences", ()) if isinstance(name, str)]
        return bool(names) and all(map(_NUMBERED.fullmatch, names))
    return encoding is None and font.get("/Subtype") in ("/TrueType", "/Type3")


def _pages(reader: pypdf.PdfReader) -> list[list[str]]:
    """The lines of each page, until there is more text than may be read.

    Raises ReportTextError where the fonts don't say what their characters mean.
    """
    pages: list[list[str]] = []
    meaning = _Meaning()
    size = 0
    for page in reader.pages:
        text = page.extract_text(visitor_text=meaning)
        pages.append(text.splitlines())
        size += len(text)
        if size > 2 * MAX_TEXT:
            break
    if meaning.unknown > _ILLEGIBLE * meaning.shown:
        raise ReportTextError(
            "这份 PDF 的字体没有文字对照表，取出来的是乱码，没有读取；请放入 Word 原稿"
        )
    return pages


def _bodies(pages: list[list[str]]) -> list[str]:
    """Drop page numbers, and first and last lines that most pages share."""
    heads = Counter(page[0].strip() for page in pages if page)
    feet = Counter(page[-1].strip() for page in pages if page)
    often = max(_FEWEST_PAGES, int(_REPEATED * len(pages)))
    running = {line for line, n in (heads + feet).items() if n >= often and line}
    return [
        line
        for page in pages
        for index, line in enumerate(page)
        if not (index in (0, 1, len(page) - 2, len(page) - 1) and _is_furniture(line, running))
        and line.strip()
    ]


def _with_tables(lines: list[str]) -> list[str]:
    """Lines of several pieces are a table's rows, if their numbers and figures say so."""
    told: list[str] = []
    for several, group in groupby(lines, key=lambda line: len(pieces_of(line)) > 1):
        found = list(group)
        told += (_table(found, last_lines(told)) if several else None) or map(_columns, found)
    return told


def _table(lines: list[str], above: str) -> list[str] | None:
    rows = [pieces_of(line) for line in lines]
    places = arranged(rows)
    if places is None:
        return None
    cells = [
        ["" if place is None else row[place] for place in found]
        for row, found in zip(rows, places, strict=True)
    ]
    return table_lines(cells, above)


def _columns(line: str) -> str:
    """Numbers side by side are two columns; only a blank between them says so in a PDF."""
    return _SIDE_BY_SIDE.sub(GAP, line)


def _is_furniture(line: str, running: set[str]) -> bool:
    return line.strip() in running or bool(_PAGE_NUMBER.match(line))
