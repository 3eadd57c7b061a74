"""Where a workbook keeps its texts and its styles: as it says itself, not by a name one expects."""

from __future__ import annotations

import posixpath
from typing import Final

from openpyxl.xml.constants import (
    ARC_CONTENT_TYPES,
    ARC_SHARED_STRINGS,
    ARC_STYLE,
    ARC_WORKBOOK_RELS,
    SHARED_STRINGS,
    STYLES_TYPE,
)

from facts.files.archive import Archive
from facts.files.mend import MEND
from facts.files.refused import RefusedError
from facts.files.xml import fromstring

TEXTS: Final[str] = ARC_SHARED_STRINGS
"""The table of texts, once `usually_named`."""

_KINDS: Final = (
    (TEXTS, "/sharedStrings", SHARED_STRINGS, "存文字的表"),
    (ARC_STYLE, "/styles", STYLES_TYPE, "格式"),
)


def usually_named(archive: Archive) -> Archive:
    """The archive with the texts and the styles of its workbook where readers look for them.

    Programs that show a workbook go by its links. A part that merely bears the usual name is
    left out where another is named. Raises RefusedError where it can't be told which it is.
    """
    types, links = (
        fromstring(archive.read(_there(archive, name)))
        for name in (ARC_CONTENT_TYPES, ARC_WORKBOOK_RELS)
    )
    renamed = {}
    for usual, link, kind, title in _KINDS:
        named = {one.get("Target", "") for one in links if one.get("Type", "").endswith(link)}
        named |= {one.get("PartName", "") for one in types if one.get("ContentType") == kind}
        paths = {_part(archive, name) for name in named}
        if len(paths) > 1:
            said = "、".join(path[:60] for path in sorted(paths))
            raise RefusedError(f"文件里写着几处{title}：{said}，不知道是哪一处；{MEND}")
        for path in paths:
            if _there(archive, path) != usual:
                renamed[path] = usual
    return archive.renamed(renamed) if renamed else archive


def _there(archive: Archive, name: str) -> str:
    """The name of an entry. Raises RefusedError where there is none of that name."""
    if name not in archive.names:
        raise RefusedError(f"文件缺少“{name[:60]}”，已损坏；{MEND}")
    return name


def _part(archive: Archive, name: str) -> str:
    """The entry that a workbook means by a name: from its own folder, capitals or not."""
    path = posixpath.normpath(posixpath.join("/xl", name)).lstrip("/")
    if path in archive.names:
        return path
    return next((one for one in archive.names if one.lower() == path.lower()), path)
