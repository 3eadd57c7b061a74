"""What is written around a sheet's cells: in the page's head and foot, and in comments."""

from __future__ import annotations

import posixpath
import re
from typing import Final

from engine.model.facts import Input
from engine.model.regex import regex
from facts.files.archive import Archive
from facts.files.mend import MEND
from facts.files.xml import fromstring

_PAGE: Final = regex(rb"<(?:\w+:)?(odd|even|first)(Header|Footer)>(.*?)</", re.DOTALL)
_CODES: Final = regex(r"&(?:\"[^\"]*\"|[0-9]+|K[0-9A-F]{6}|[A-Za-z])")
_DRAWN: Final = regex(rb"<(?:[\w.-]+:)?legacyDrawing\s")
"""What draws the boxes of comments on a sheet, found by its list of links."""

_MOST: Final = 500
"""More comments than this are not asked for units."""


def remarks_of(xml: bytes, path: str, archive: Archive, entry: Input) -> list[str]:
    """The texts that stand around a sheet, whose XML is at `path` of the workbook.

    Comments that the workbook speaks of and lacks are a problem: they may have named a unit.
    """
    found = []
    # a plain search is many times as fast, and most sheets have neither
    paged = b"Header>" in xml or b"Footer>" in xml
    for page in _PAGE.finditer(xml) if paged else ():
        text = fromstring(b"<t>" + page[3] + b"</t>").text or ""
        found.append(_CODES.sub(" ", text).strip())
    folder, name = posixpath.split(path)
    links = f"{folder}/_rels/{name}.rels"
    drawn = b"legacyDrawing" in xml and _DRAWN.search(xml) is not None
    missing = drawn and links not in archive.names
    for link in fromstring(archive.read(links)) if links in archive.names else ():
        if str(link.get("Type", "")).endswith("/comments"):
            target = posixpath.normpath(posixpath.join("/", folder, link.get("Target", "")))
            missing |= target.lstrip("/") not in archive.names
            found += _comments(archive, target.lstrip("/"))
    if missing:
        entry.problem("批注不在文件里，没有读到；批注里写着单位的，数额可能不对", hint=MEND)
    return [text for text in found if text]


def _comments(archive: Archive, path: str) -> list[str]:
    if path not in archive.names:
        return []
    comments = [e for e in fromstring(archive.read(path)).iter() if e.tag.endswith("}comment")]
    return ["".join(one.itertext()) for one in comments[:_MOST]]
