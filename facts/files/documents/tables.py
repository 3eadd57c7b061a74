"""Tables to sentences: each row with what its line and its columns are about.

A figure in a table is nothing without its row and its column. Under the heads 指标, 2024年, 2023年
a row 制发规范性文件, 12, 10 becomes 2024年制发规范性文件12，2023年制发规范性文件10。, which the
reader meets as it meets any other sentence. What is no table of figures is left to its format.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

from engine.model.regex import regex
from facts.files.documents.measured import default_unit, is_unit, measured

Row: TypeAlias = Sequence[str]
"""The texts of one row's cells; a cell over several columns or rows stands in each of them."""

Head: TypeAlias = tuple[str, ...]

Words: TypeAlias = tuple[str, int]
"""Words of a sentence, and the column of the cell that they are; -1 for all others."""

GAP: Final = "\t"
"""Between the cells of a row that is no row of figures: never read as one number's blank."""

_NUMBER: Final = regex(
    r"(?:约|近|超|逾)?[-+－﹣−]?[0-9０-９][0-9０-９,，]{0,20}(?:[.．][0-9０-９]{1,8})?(?:万|亿)?[余多]?"
    r"(?P<unit>%|％|‰|[\u4e00-\u9fff]{0,4})"
)
_DAY: Final = regex("(?:19|20)[0-9]{2}(?:年|[-./])|[0-9]{1,2}月")
_YEAR: Final = regex("(?:19|20)[0-9]{2}年?度?")
_YEARS_HEAD: Final = frozenset(["年份", "年度", "年"])
_SERIAL_HEAD: Final = frozenset(["序号", "序", "编号", "No", "No."])
_UNIT_HEAD: Final = frozenset(["单位", "计量单位"])
_BLANK: Final = frozenset(["", "/", "-", "—", "——", "－", "无"])
# these heads say only that a number follows
_EMPTY_HEAD: Final = regex(
    "(?:数量|数值|数据|数|个数|完成(?:数|数量|情况)|实际(?:数|完成)?|情况|结果)?"
)
_PERIOD: Final = regex(
    r"(?:19|20)[0-9]{2}年(?:度|上半年|下半年)?|[本今当上去]年(?:度|同期)?|上一?年度?|本期|上期|上半年|下半年|第?[一二三四]季度"
)
_CHANGE: Final = regex("同比|环比|增长|增幅|增减|降幅|[比较]上年|[比较]去年|变化")
_RATE: Final = regex("率|占比|比例|比重")
_TOTAL: Final = frozenset(["合计", "总计", "共计", "小计", "总数"])
_BODY_HEAD: Final = frozenset(
    ["单位", "部门", "地区", "乡镇", "镇办", "单位名称", "部门名称", "执法单位", "执法主体"]
)
_BODY: Final = regex("(?:局|委|办|镇|乡|街道|中心|大队|支队|村|所|院)$")
_CAPTION: Final = regex("表$|表[（(]|单位[:：]")
# 甲县2024年度行政强制实施情况统计表: what the table is of
_OF: Final = regex(
    "(?:^|[年度县市区局省0-9])([\u4e00-\u9fff]{2,6}?)(?:实施)?(?:情况|数据)?(?:统计|汇总|一览)?表(?:$|[（(])"
)
_COUNTS: Final = "共"
_LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class Table:
    """A table of figures, told: its titles and heads, then a sentence for each of its rows.

    ``rows[i]`` tells row ``at[i]`` of those given.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    at: tuple[int, ...]


def table_lines(rows: Sequence[Row], above: str = "") -> list[str] | None:
    """The lines of a table of figures: its head, then a sentence for each row; else None.

    ``above``: what stands over the table, which may say in what unit it counts.
    """
    table = tabulate(rows, above)
    if table is None:
        return None
    return [*table.heads, *("".join(words for words, _ in row) for row in table.rows)]


def last_lines(lines: Sequence[str]) -> str:
    """What stands right over a table: its caption, and a line that tells its unit."""
    return "\n".join([line.strip() for line in lines[-6:] if line.strip()][-2:])


def tabulate(rows: Sequence[Row], above: str = "") -> Table | None:
    """The table that ``rows`` are, if one of figures."""
    found = [
        (at, [" ".join(cell.split()) for cell in row])
        for at, row in enumerate(rows)
        if any(map(str.strip, row))
    ]
    width = max((len(row) for _, row in found), default=0)
    table = [(at, row + [""] * (width - len(row))) for at, row in found]
    first = next((at for at, (_, row) in enumerate(table) if _figures(row)), 0)
    if not first or width < 2 or not _is_table([row for _, row in table[first:]]):
        return None
    over = [row for _, row in table[:first]]
    titles = [row[0] for row in over if len(set(row)) == 1]
    heads = _heads([row for row in over if len(set(row)) > 1], width)
    if not any(heads) or any(len("".join(head)) > _LONGEST for head in heads):
        return None
    unit = default_unit([above, *titles])
    # a title over all columns is what they all count, unless it only names the table
    common = tuple(title for title in titles if not _CAPTION.search(title))
    named = GAP.join(dict.fromkeys(filter(None, map("".join, heads))))
    of = next((m[1] for line in (*above.splitlines(), *titles) if (m := _OF.search(line))), "")
    told = _Teller(tuple((*common, *head) for head in heads), heads, unit, of)
    body = [(at, row) for at, row in table[first:] if len(set(row)) > 1]
    first_column = _counts_first([row for _, row in body], heads[0])
    return Table(
        # a colon ends these lines, so that no row is read on from them
        tuple(f"{words.rstrip('：:。')}：" for words in (*titles, named)),
        tuple(tuple(told.sentence(row, _figures(row, first_column))) for _, row in body),
        tuple(at for at, _ in body),
    )


def is_number(cell: str) -> bool:
    """Whether a cell is a figure, with or without its unit; a day is none."""
    match = _NUMBER.fullmatch(cell.replace(" ", ""))
    if match is None or _DAY.match(cell):
        return False
    unit = match["unit"]
    return not unit or is_unit(unit)


def _figures(row: Row, first: int = 1) -> list[int]:
    """The columns of a row, from ``first`` on, that hold a figure; years are none."""
    return [
        at
        for at, cell in enumerate(row)
        if at >= first and is_number(cell) and not _YEAR.fullmatch(cell)
    ]


def _counts_first(body: Sequence[Row], head: Head) -> int:
    """0 where the first column holds figures as the others do, 1 where it names the rows."""
    words = "".join(head)
    cells = [row[0] for row in body if row[0] not in _BLANK]
    counts = bool(cells) and all(is_number(cell) and not _YEAR.fullmatch(cell) for cell in cells)
    names = not words or words in _SERIAL_HEAD or words in _YEARS_HEAD
    return 0 if counts and not names else 1


def _is_table(rows: Sequence[Row]) -> bool:
    """Every row has a figure or only blanks beside its name, and none runs on as prose does."""
    short = all(len(cell) <= 2 * _LONGEST for row in rows for cell in row)
    return short and sum(bool(_figures(row)) for row in rows) * 2 > len(rows)


def _heads(rows: Sequence[list[str]], width: int) -> list[Head]:
    """The head of each column, from above, of one level or several.

    What an upper head leaves blank beside it is under that head, if a lower one stands there.
    """
    filled = [list(row) for row in rows]
    for upper, lower in pairwise(filled):
        for at in range(1, width):
            if not upper[at] and lower[at] and upper[at - 1]:
                upper[at] = upper[at - 1]
    return [tuple(dict.fromkeys(filter(None, column))) for column in zip(*filled, strict=True)] or [
        ()
    ] * width


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells rows: ``levels`` are the heads of each column with the titles over all of them."""

    levels: Sequence[Head]
    heads: Sequence[Head]
    unit: str
    of: str
    """What the table is of by its caption."""

    def sentence(self, row: Row, columns: Iterable[int]) -> Iterable[Words]:
        """A row as a sentence."""
        figures = sorted(columns)
        label, own, notes = self._named(row, figures)
        label, unit = measured(label)
        whose = "".join(self.heads[0]) in _BODY_HEAD or _BODY.search(label) is not None
        mark = ""
        if not figures:
            yield label, -1
            mark = "，" if label else ""
        for at in figures:
            before, cell, after = self._part(
                label, at, row[at].replace(" ", ""), unit or own, whose=whose
            )
            yield mark + before, -1
            yield cell, at
            yield after, -1
            mark = "，"
        for note in notes:
            yield mark + note, -1
            mark = "，"
        yield "。", -1

    def _named(self, row: Row, figures: Sequence[int]) -> tuple[str, str, list[str]]:
        """What a row is called, the unit that it names in a cell, and its other words."""
        label, unit = "", ""
        notes: list[str] = []
        named = min(figures, default=len(row))
        for at, cell in enumerate(row):
            head = "".join(self.heads[at])
            serial = head in _SERIAL_HEAD and cell.strip(".、").isdigit()
            if at in figures or cell in _BLANK or serial:
                continue
            if head in _UNIT_HEAD and is_unit(cell):
                unit = cell
            elif at < named:
                year = head in _YEARS_HEAD and _YEAR.fullmatch(cell) is not None
                label += f"{cell}年" if year and cell.isdigit() else cell
            else:
                notes.append(f"{head}：{cell}")
        return label, unit, notes

    def _part(
        self, label: str, at: int, cell: str, unit: str, *, whose: bool
    ) -> tuple[str, str, str]:
        """One figure with its row and its column, in the order in which a sentence has them.

        `whose`: the row is one of several bodies. What such a row counts is not the place's, so
        the column stands in brackets, where nobody takes it for the figure's own noun.
        """
        period, topic = "", ""
        for level in self.levels[at]:
            words, own = measured(level)
            unit = own or unit
            if _PERIOD.fullmatch(words):
                period += words
            elif not _EMPTY_HEAD.fullmatch(words):
                topic += words
        if topic in _TOTAL:
            topic = self.of + topic
        if _PERIOD.fullmatch(label):
            period, label = label, ""
        if not unit and not _RATE.search(topic + label) and not _CHANGE.search(topic):
            unit = self.unit
        match = _NUMBER.fullmatch(cell)
        after = unit if match is not None and not match["unit"] else ""
        if cell.isdigit() and len(cell) == 1 and not after:
            # a lone digit without a unit is a number only behind such a word
            label += _COUNTS
        if _CHANGE.search(topic):
            return topic, cell, after
        if label.replace(" ", "") in _TOTAL:
            return f"{period}{label}{topic}", cell, after
        if whose:
            counted = _COUNTS if cell.isdigit() and not after else ""
            return f"{period}{label}（{topic or '数量'}）{counted}", cell, after
        return f"{period}{topic}{label}", cell, after
