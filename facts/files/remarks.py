"""What is written around a sheet's cells: in the page's head and foot, and in comments."""

from __future__ import annotations

import posixpath
import re
from typing import Final

from defusedxml.ElementTree import fromstring

from facts.files.open import Archive

_PAGE: Final = re.compile(rb"<(?:\w+:)?(odd|even|first)(Header|Footer)>(.*?)</", re.DOTALL)
_CODES: Final = re.compile(r"&(?:\"[^\"]*\"|[0-9]+|K[0-9A-F]{6}|[A-Za-z])")
_MOST: Final = 500
"""More comments than this are not asked for units."""


def remarks_of(xml: bytes, path: str, archive: Archive) -> list[str]:
    """The texts that stand around a sheet, whose XML is at `path` of the workbook."""
    found = []
    for page in _PAGE.finditer(xml):
        text = fromstring(b"<t>" + page[3] + b"</t>").text or ""
        found.append(_CODES.sub(" ", text).strip())
    folder, name = posixpath.split(path)
    links = f"{folder}/_rels/{name}.rels"
    for link in fromstring(archive.read(links)) if links in archive.names else ():
        if str(link.get("Type", "")).endswith("/comments"):
            target = posixpath.normpath(posixpath.join("/", folder, link.get("Target", "")))
            found += _comments(archive, target.lstrip("/"))
    return [text for text in found if text]


def _comments(archive: Archive, path: str) -> list[str]:
    if path not in archive.names:
        return []
    comments = [e for e in fromstring(archive.read(path)).iter() if e.tag.endswith("}comment")]
    return ["".join(one.itertext()) for one in comments[:_MOST]]
