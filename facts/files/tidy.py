"""What a workbook is written with beyond what it says: rows without content, another dialect."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from engine.model.regex import regex

_EMPTY: Final = regex(
    rb"""<row\b[^>]*?\sr\s*=\s*["'][0-9]+["'][^>]*?(?:/>|>(?:\s*<c\b[^>]*?(?:/>|></c>))*\s*</row>)\s*"""
)
"""A row that has its number and no more than formatted cells."""
_UNNUMBERED: Final = regex(rb"""<row\b(?![^>]*\sr\s*=)""")
_ROW: Final = b"<row"
_LONGEST: Final = 8_000_000
"""Bytes of one row; XML that has none in more than this is no sheet."""
_ESCAPED: Final = regex("_x([0-9A-Fa-f]{4})_")
_HALVES: Final = range(0xD800, 0xE000)
_STRICT: Final = (
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/drawingml/",
        b"http://schemas.openxmlformats.org/drawingml/2006/",
    ),
)
"""The strict form of the format calls the same elements and relations by other names."""


class UnnumberedRowsError(Exception):
    """Rows lack their numbers or are none: nothing can be left out."""


def without_empty_rows(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """A sheet's XML without the rows that hold nothing but formats, as it comes.

    Where columns are formatted to the last row, some programs write a million of them. What
    comes is as much as there is to read. Raises UnnumberedRowsError.
    """
    rest = b""
    for chunk in chunks:
        whole = rest + chunk
        cut = max(whole.rfind(_ROW), 0)
        rest = whole[cut:]
        if len(rest) > _LONGEST:
            raise UnnumberedRowsError
        yield _left(whole[:cut])
    yield _left(rest)


def _left(part: bytes) -> bytes:
    if _UNNUMBERED.search(part) is not None:
        raise UnnumberedRowsError
    return _EMPTY.sub(b"", part)


def is_strict(workbook: bytes) -> bool:
    """Whether a workbook is written in the strict form of the format."""
    return _STRICT[0][0] in workbook


def transitional(part: bytes) -> bytes:
    """A part of a strict workbook as the form that everybody reads."""
    for strict, known in _STRICT:
        part = part.replace(strict, known)
    return part


def unescaped(text: str) -> str:
    """A cell's text with `_x000D_` as the line break it stands for, and other such signs."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(_sign, text).replace("\r\n", "\n").replace("\r", "\n")


def _sign(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if code in _HALVES else chr(code)
