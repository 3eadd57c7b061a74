"""Tables to sentences: each row with what its line and its columns are about.

A figure in a table is nothing without its row and its column. Under the heads 指标, 2024年, 2023年
a row 制发规范性文件, 12, 10 becomes 2024年制发规范性文件12，2023年制发规范性文件10。, which the
reader meets as it meets any other sentence. What is no table of figures is left to its format.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, TypeAlias

from facts.writing.units import UNIT

Row: TypeAlias = Sequence[str]
"""The texts of one row's cells; a cell over several columns or rows stands in each of them."""

Head: TypeAlias = tuple[str, ...]

GAP: Final = "\t"
"""Between the cells of a row that is no row of figures: never read as one number's blank."""

_NUMBER: Final = re.compile(
    r"(?:约|近|超|逾)?[-+－﹣−]?[0-9０-９][0-9０-９,，]{0,20}(?:[.．][0-9０-９]{1,8})?(?:万|亿)?[余多]?"
    r"(?P<unit>%|％|‰|[\u4e00-\u9fff]{0,4})"
)
_DAY: Final = re.compile("(?:19|20)[0-9]{2}(?:年|[-./])|[0-9]{1,2}月")
_YEAR: Final = re.compile("(?:19|20)[0-9]{2}年?度?")
_YEARS_HEAD: Final = frozenset(["年份", "年度", "年"])
_SERIAL_HEAD: Final = frozenset(["序号", "序", "编号", "No", "No."])
_UNIT_HEAD: Final = frozenset(["单位", "计量单位"])
_BLANK: Final = frozenset(["", "/", "-", "—", "——", "－", "无"])
# these heads say only that a number follows
_EMPTY_HEAD: Final = re.compile(
    "(?:数量|数值|数据|数|个数|完成(?:数|数量|情况)|实际(?:数|完成)?|情况|结果)?"
)
_PERIOD: Final = re.compile(
    r"(?:19|20)[0-9]{2}年(?:度|上半年|下半年)?|[本今当上去]年(?:度|同期)?|上一?年度?|本期|上期|上半年|下半年|第?[一二三四]季度"
)
_CHANGE: Final = re.compile("同比|环比|增长|增幅|增减|降幅|[比较]上年|[比较]去年|变化")
_TOTAL: Final = frozenset(["合计", "总计", "共计", "小计", "总数"])
_MEASURE: Final = re.compile(r"[(（]\s?(?:单位[:：])?\s?(%|％|[\u4e00-\u9fff]{1,4})\s?[)）]")
_BODY_HEAD: Final = frozenset(
    ["单位", "部门", "地区", "乡镇", "镇办", "单位名称", "部门名称", "执法单位", "执法主体"]
)
_BODY: Final = re.compile("(?:局|委|办|镇|乡|街道|中心|大队|支队|村|所|院)$")
_LONGEST: Final = 40


def table_lines(rows: Sequence[Row]) -> list[str] | None:
    """The lines of a table of figures: its head, then a sentence for each row; else None."""
    table = [[" ".join(cell.split()) for cell in row] for row in rows if any(map(str.strip, row))]
    width = max(map(len, table), default=0)
    table = [row + [""] * (width - len(row)) for row in table]
    titles = [row for row in table if len(set(row)) == 1]
    body = [row for row in table if len(set(row)) > 1]
    first = next((at for at, row in enumerate(body) if _figures(row)), 0)
    if not first or width < 2 or not _is_table(body[first:]):
        return None
    heads = _heads(body[:first])
    if any(len("".join(head)) > _LONGEST for head in heads):
        return None
    named = GAP.join(dict.fromkeys(filter(None, map("".join, heads))))
    # a colon ends these lines, so that no row is read on from them
    lines = [f"{words.rstrip('：:。')}：" for words in (*(row[0] for row in titles), named)]
    return lines + [_sentence(heads, row) for row in body[first:]]


def _is_number(cell: str) -> bool:
    match = _NUMBER.fullmatch(cell.replace(" ", ""))
    if match is None or _DAY.match(cell):
        return False
    unit = match["unit"]
    return not unit or _is_unit(unit)


def _figures(row: Row) -> list[int]:
    """The columns of a row that hold a figure; a line's own name is none, nor are years."""
    return [at for at, cell in enumerate(row) if at and _is_number(cell) and not _is_year(cell)]


def _is_year(cell: str) -> bool:
    return _YEAR.fullmatch(cell) is not None


def _is_table(rows: Sequence[Row]) -> bool:
    """Every row has a figure or only blanks beside its name, and none runs on as prose does."""
    short = all(len(cell) <= 2 * _LONGEST for row in rows for cell in row)
    return short and sum(bool(_figures(row)) for row in rows) * 2 > len(rows)


def _heads(rows: Sequence[Row]) -> list[Head]:
    """The head of each column, from above, of one level or several."""
    return [tuple(dict.fromkeys(filter(None, column))) for column in zip(*rows, strict=True)]


def _sentence(heads: Sequence[Head], row: Row) -> str:
    label, unit = "", ""
    notes: list[str] = []
    figures = set(_figures(row))
    named = min(figures, default=len(row))
    for at, (levels, cell) in enumerate(zip(heads, row, strict=True)):
        head = "".join(levels)
        if (
            at in figures
            or cell in _BLANK
            or (head in _SERIAL_HEAD and cell.strip(".、").isdigit())
        ):
            continue
        if head in _UNIT_HEAD and _is_unit(cell):
            unit = cell
        elif at < named:
            year = head in _YEARS_HEAD and _is_year(cell)
            label += f"{cell}年" if year and cell.isdigit() else cell
        else:
            notes.append(f"{head}：{cell}")
    label, own = _measured(label)
    whose = "".join(heads[0]) in _BODY_HEAD or _BODY.search(label) is not None
    parts = [
        _part(label, heads[at], row[at].replace(" ", ""), own or unit, whose=whose)
        for at in sorted(figures)
    ]
    words = "，".join([*parts, *notes]) if parts else "，".join([label, *notes])
    return f"{words}。"


def _is_unit(text: str) -> bool:
    return text in ("%", "％", "‰") or UNIT.fullmatch(text) is not None


def _measured(text: str) -> tuple[str, str]:
    """A head or a name without the unit in its brackets, and that unit."""
    match = _MEASURE.search(text)
    if match is None or not _is_unit(match[1]):
        return text, ""
    return text[: match.start()] + text[match.end() :], match[1]


def _part(label: str, levels: Head, cell: str, unit: str, *, whose: bool) -> str:
    """One figure with its row and its column, in the order in which a sentence has them.

    `whose`: the row is one of several bodies. What such a row counts is not the place's, so the
    column stands in brackets, where nobody takes it for the figure's own noun.
    """
    period, topic = "", ""
    for level in levels:
        words, own = _measured(level)
        unit = own or unit
        if _PERIOD.fullmatch(words):
            period += words
        elif not _EMPTY_HEAD.fullmatch(words):
            topic += words
    if _PERIOD.fullmatch(label):
        period, label = label, ""
    match = _NUMBER.fullmatch(cell)
    figure = cell if match is None or match["unit"] else cell + unit
    if _CHANGE.search(topic):
        return f"{topic}{figure}"
    if label in _TOTAL:
        return f"{period}{label}{topic}{figure}"
    if whose:
        return f"{period}{label}（{topic or '数量'}）{'共' if figure.isdigit() else ''}{figure}"
    return f"{period}{topic}{label}{figure}"
