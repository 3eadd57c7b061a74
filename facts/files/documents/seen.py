"""Tables as they are seen on a page: cells with blanks between them, one line for each row.

Nothing but the number of pieces on its lines tells what stands under what. Where that leaves two
ways to read a table it is none; its cells stay apart all the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, TypeAlias

from engine.model.regex import regex
from facts.files.documents.tables import is_number

Places: TypeAlias = list[int | None]
"""For each column which piece of its line stands in it; None for none."""

_YEAR: Final = regex("(?:19|20)[0-9]{2}年?度?")
_PROSE: Final = regex("[，。；：;:]|,(?![0-9])")
_OF_A_DAY: Final = regex("(?<=[0-9])[ ](?=[年月日])")
_NOTES: Final = regex("备注|说明|附注")
# these heads stand for one column, beside others that stand over several
_ALONE: Final = regex(
    "单位$|名称|序号|项目$|指标|类别|部门$|地区$|乡镇$|合计|总计|总数|金额|备注|计量单位"
)


def pieces_of(line: str) -> list[str]:
    """What may be the cells of a line; a line of prose is one piece."""
    whole = _OF_A_DAY.sub("", line).strip()
    return [whole] if _PROSE.search(whole) else whole.split()


def arranged(lines: Sequence[Sequence[str]]) -> list[Places] | None:
    """The lines of a table on its columns, heads first; None if they can't be told."""
    first = next((at for at, line in enumerate(lines) if has_figures(line)), 0)
    heads, body = lines[:first], lines[first:]
    if not heads:
        return None
    width = Counter(map(len, body)).most_common(1)[0][0]
    noted = _NOTES.fullmatch(heads[-1][-1]) is not None
    rows = [_row(line, width, noted=noted) for line in body]
    named = not all(is_number(line[0]) for line in body)
    over = _heads(heads, width, named=named)
    told = [row for row in rows if row is not None]
    if over is None or width < 2 or len(told) < len(rows):
        return None
    return [*over, *told]


def has_figures(line: Sequence[str]) -> bool:
    """Whether a line holds a figure beside another cell; years are none."""
    figures = [cell for cell in line if is_number(cell) and not _YEAR.fullmatch(cell)]
    return len(line) > 1 and bool(figures)


def _row(line: Sequence[str], width: int, *, noted: bool) -> Places | None:
    """A row; one short of a cell has no number before its name: 合计 stands under no 序号.

    Where the last column is of remarks (`noted`), it may have none.
    """
    if len(line) == width:
        return list(range(width))
    if noted and len(line) == width - 1 and is_number(line[-1]):
        return [*range(width - 1), None]
    short = len(line) == width - 1 and not is_number(line[0])
    return [None, *range(width - 1)] if short else None


def _heads(heads: Sequence[Sequence[str]], width: int, *, named: bool) -> list[Places] | None:
    *upper, lower = heads
    if not upper:
        if len(lower) == width:
            return [list(range(width))]
        # the column of names has no head of its own
        return [[None, *range(width - 1)]] if named and len(lower) == width - 1 else None
    return _two(upper[0], lower, width, named=named) if len(upper) == 1 else None


def _two(
    upper: Sequence[str], lower: Sequence[str], width: int, *, named: bool
) -> list[Places] | None:
    """Two lines of heads: those above stand over one column, or over some of those below."""
    if len(upper) == len(lower) == width:
        return [list(range(width)), list(range(width))]
    if len(lower) == width:
        lead = int(named)
        share, rest = divmod(width - lead, len(upper))
        over = [None] * lead + [at for at in range(len(upper)) for _ in range(share)]
        return None if rest else [over, list(range(width))]
    alone = [at for at, head in enumerate(upper) if _ALONE.search(head)]
    groups = len(upper) - len(alone)
    if not groups or len(alone) != width - len(lower) or len(lower) % groups:
        return None
    above: Places = []
    below: Places = []
    for at in range(len(upper)):
        share = 1 if at in alone else len(lower) // groups
        taken = sum(place is not None for place in below)
        above += [at] * share
        below += [None] if at in alone else range(taken, taken + share)
    return [above, below]
