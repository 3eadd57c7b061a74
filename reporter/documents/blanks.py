"""待填: one row a cell that would settle something, to be filled in and put back."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from engine.model.assessment import Assessment
from engine.model.outcome import SEVERITY_TITLES
from engine.model.shown import FactEntry
from engine.model.values import Source
from reporter import titles
from reporter.blanks import Blank, blanks
from reporter.documents.sheet import CELL, fit, height, print_as
from reporter.overview import Overview
from reporter.visible import visible

SHEET: Final = "待填"
MANUAL: Final = "manual:"
"""Before the number of a requirement that a person answers: the field of the answer."""
COLUMNS: Final = "要加的列"
ABOUT: Final = "使用说明"

_CELLS: Final = (
    ("单位", 16), ("文件", 20), ("工作表", 12), ("格", 8), ("事项", 26), ("该填什么", 20),
    ("现在", 16), ("哪条要", 30), ("由谁提供", 14), ("关系到", 24), ("填在这里", 22),
    ("填写人", 10), ("填写日期", 12), ("对象类型", 12), ("对象编号", 16), ("栏目", 20),
)  # fmt: skip
_ADDED: Final = (
    ("文件", 24), ("工作表", 14), ("要加的列", 26), ("关系到的记录", 14), ("哪条要", 36),
    ("由谁提供", 18), ("关系到的判断", 44),
)  # fmt: skip
_FILLED: Final = ("填在这里", "填写人", "填写日期")
_MOST: Final = 3
"""Articles and requirements named in a cell; the rest are counted."""


def render(assessment: Assessment) -> bytes:
    """The workbook as an xlsx file, the same for the same assessment."""
    overview = Overview(assessment)
    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    day = dt.datetime.combine(assessment.as_of, dt.time(), dt.UTC)
    title = f"{overview.place}{SHEET}"
    book.set_properties({"title": title, "author": "fazhi", "created": day})
    text = book.add_format({**CELL, "align": "left"})
    head = book.add_format({**CELL, "bold": True, "align": "center", "bg_color": "#DDE7F0"})
    fills = book.add_format({**CELL, "align": "left", "bg_color": "#FFF9DB"})
    found = blanks(overview)
    cells = [_cell(blank, overview) for blank in found if not blank.column]
    added = [_column(blank, overview) for blank in found if blank.column]
    formats = [fills if name in _FILLED else text for name, _ in _CELLS]
    _table(book.add_worksheet(SHEET), _CELLS, cells, head, formats)
    _table(book.add_worksheet(COLUMNS), _ADDED, added, head, [text] * len(_ADDED))
    rules = f"规则集 {assessment.ruleset.version}{titles.local_rules(assessment.ruleset)}"
    about = [[line] for line in (*_GUIDE, *overview.notices, rules)]
    _table(book.add_worksheet(ABOUT), (("怎么填", 100),), about, head, [text])
    book.close()
    return buffer.getvalue()


def _table(
    page: Worksheet,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[str]],
    head: Format,
    formats: Sequence[Format],
) -> None:
    widths = [width for _, width in columns]
    for column, (name, width) in enumerate(columns):
        page.set_column(column, column, width)
        page.write_string(0, column, name, head)
    for number, row in enumerate(rows, 1):
        shown = [fit(cell) for cell in row]
        page.set_row(number, height(shown, widths))
        for column, cell in enumerate(shown):
            page.write_string(number, column, cell, formats[column])
    page.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    print_as(page, page.get_name())


_GUIDE: Final = (
    "一行一格，按单位、按轻重排；黄格里填：填在这里、填写人、填写日期，三样都要。",
    "日期写成 2024-05-01；有无、是否写“是”“否”；没有的写“无”；人工认定写“符合”“不符合”“不涉及”。",
    "填好放回台账文件夹，下次核对读进来；没有填写人、日期的不作数。",
    "台账那一格后来写了别的，两处都不作数，会说出是哪两格；台账是空的才用这里的。",
    f"“{COLUMNS}”里的，到那本台账里加这一列，逐件填。",
    "“对象类型、对象编号、栏目”不要改动，下次核对靠它对上。",
)


def _cell(blank: Blank, overview: Overview) -> list[str]:
    item = blank.fact
    source = item.source if item.source is not None else Source()
    now = titles.why(item.cause)
    row = f"第{source.line}行" if source.line is not None else ""
    return [
        blank.owner,
        source.file,
        source.sheet,
        row + source.cell,
        overview.subject(blank.entries[0]),
        f"{item.plan}（已经办了的，到台账里补“{item.title}”）" if item.plan else item.title,
        f"{now}：{source.text}" if source.text else now,
        _first(blank.articles(overview), "条"),
        "、".join(blank.suppliers(overview)),
        _waiting(blank, overview),
        "",
        "",
        "",
        overview.assessment.types.get(item.record_type, item.record_type),
        visible(item.record_key),
        _field(item, overview),
    ]


def _field(item: FactEntry, overview: Overview) -> str:
    """What a field is called; of a person's answer, with what it answers."""
    requirement = item.field.partition(MANUAL)[2]
    return f"{item.title}：{overview.title(requirement)}" if requirement else item.asked


def _column(blank: Blank, overview: Overview) -> list[str]:
    source = blank.fact.source if blank.fact.source is not None else Source()
    return [
        source.file,
        source.sheet,
        blank.fact.asked,
        f"{blank.records}件",
        _first(blank.articles(overview), "条"),
        "、".join(blank.suppliers(overview)),
        _waiting(blank, overview),
    ]


def _waiting(blank: Blank, overview: Overview) -> str:
    """How many outcomes wait for it, how grave the gravest is, and of which requirements."""
    names = dict.fromkeys(overview.requirements[e.requirement].title for e in blank.entries)
    number, grave = len(blank.entries), SEVERITY_TITLES[blank.severity]
    return f"{number}项（{grave}）：{_first(list(names), '条')}"


def _first(texts: Sequence[str], unit: str) -> str:
    """The first few of some texts, and how many there are in all."""
    more = f"等{len(texts)}{unit}" if len(texts) > _MOST else ""
    return "；".join(texts[:_MOST]) + more
