"""The table of texts of a workbook against its cells: whether it may be that of another.

Cells hold numbers of texts that stand in a part of their own. Were that part exchanged for one of
another workbook, every text cell would say something else, and nothing in the cell would show it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from io import BytesIO
from typing import Final, TypeAlias

from openpyxl.cell.text import Text
from openpyxl.xml.constants import SHEET_MAIN_NS

from engine.model.facts import Input, Level
from engine.model.regex import regex
from facts.files.refused import RefusedError
from facts.files.xml import Element, iterparse

_TEXT: Final = f"{{{SHEET_MAIN_NS}}}si"
_PLAIN: Final = f"{{{SHEET_MAIN_NS}}}t"
_HEAD: Final = regex(rb"<(?:\w+:)?sst\b[^>]{0,2000}>")
_COUNT: Final = regex(rb'\s(count|uniqueCount)="(\d{1,9})"')

Stated: TypeAlias = tuple[int | None, int | None]
"""How many uses and how many texts a table of texts states."""


def check_texts(
    said: Stated, table: Sequence[str], used: Collection[object], cells: int, entry: Input
) -> None:
    """Say of a table what the cells don't bear out; raise RefusedError where it isn't theirs.

    `said` is what the table states, `used` are the texts that cells hold, `cells` how many point
    into the table, 0 where that can't be seen. Programs that fill in templates leave texts behind,
    and then state more uses than there are; no program leaves texts behind and counts right, or
    states fewer uses than there are, but for those that state the number of texts twice.
    """
    idle = dict.fromkeys(text for text in table if text.strip() and text not in used)
    count, unique = said if cells else (None, None)
    many = count is not None and count > cells
    few = count is not None and count < cells and count != unique
    if not (idle or many or few):
        return
    told = f"表里有{len(table)}段"
    told += "" if count is None else f"，写明用{count}次，各格实际用{cells}次"
    if idle:
        told += f"，有{len(idle)}段没有一格用"  # what they say may be somebody's name
    if few or (idle and not many):
        raise RefusedError(
            f"文件里存文字的表和格子对不上：{told}；可能换成了别的文件的，各格的字都靠不住，没有读取；"
            "请在 WPS 里打开逐格看过，不对的换成原来的文件，对的另存一次再放进来"
        )
    entry.problem(
        f"文件里存文字的表和格子对不上：{told}",
        hint="由系统照模板导出的常这样；不是的，请在 WPS 里打开看各格对不对，另存一次",
        level=Level.NOTE,
    )


def texts_of(part: bytes) -> list[str]:
    """The texts of a table as they are written, signs and all."""
    found = []
    for _, node in iterparse(BytesIO(part)):
        if node.tag == _TEXT:
            found.append(text_of(node))
            node.clear()
    return found


def text_of(node: Element) -> str:
    """A text as openpyxl has it; one without runs, as nearly all are, isn't made an object of."""
    if len(node) == 1 and node[0].tag == _PLAIN and len(node[0]) == 0:
        return node[0].text or ""
    return Text.from_tree(node).content  # type: ignore[arg-type,union-attr]


def stated(part: bytes) -> Stated:
    """What a table states."""
    head = _HEAD.search(part[:4000])
    found = dict(_COUNT.findall(head[0])) if head is not None else {}
    return tuple(int(found[name]) if name in found else None for name in (b"count", b"uniqueCount"))  # type: ignore[return-value]
