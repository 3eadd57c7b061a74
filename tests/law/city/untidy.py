"""The ledgers as offices keep them: real xlsx files, each cell written in one of many ways.

Title rows and merged cells above the header, headings by their synonyms and in any order, dates
as text in six spellings or as real dates, full-width digits, √ and 有 for yes, several sheets in
a workbook, columns of the office's own, empty rows, totals and signatures at the foot. What a
cell means never changes; the same dice write the same files.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.law.city.case import City, Row
from tests.law.city.lawful.report import texts
from tests.law.city.names import ALIASES, GOVERNMENT, PLACE, PLACE_SETTINGS, SUPERIOR

_HERE: Final = Path(__file__).parent
_WIDE: Final = str.maketrans("0123456789", "０１２３４５６７８９")
_CHINESE: Final = "〇一二三四五六七八九"
_OWN_COLUMNS: Final = ("备注", "经办人签名", "归口科室意见", "台账员")
_FOLLOWS: Final = {
    "公众参与": "重大行政决策台账", "听证会": "重大行政决策台账", "听证参加人": "重大行政决策台账",
    "备案": "规范性文件台账", "暂扣": "执法证件", "执法活动人员": "执法活动",
    "办案人员": "行政处罚案件", "引用文件": "行政处罚案件", "强制措施人员": "强制措施",
    "目录事项": "重大行政决策目录", "目录调整": "重大行政决策目录", "监督人员": "执法监督",
}  # fmt: skip
"""Sheets kept in the workbook of the ledger that they belong to."""


@cache
def _headings() -> dict[str, dict[str, Any]]:
    text = (_HERE / "headings.yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return found


def _known(ledger: str) -> dict[str, Any]:
    """How offices head a ledger; one that isn't listed goes by its own name alone."""
    return _headings().get(ledger, {"sheets": [ledger], "columns": {}})


def write(city: City, folder: Path) -> None:
    """The city's ledgers, its report and its fazhi.yaml, into an empty folder."""
    dice = random.Random(city.dice.random())  # noqa: S311 - a fixture, not a secret
    rows = city.rows()
    books: dict[str, Workbook] = {}
    for ledger in sorted(rows, key=lambda name: (name in _FOLLOWS, name)):
        book = books.setdefault(_FOLLOWS.get(ledger, ledger), Workbook())
        pen = _Pen(dice, ledger)
        sheet = book.create_sheet(dice.choice(_known(ledger)["sheets"]))
        pen.sheet(sheet, rows[ledger], city.year)
    for name, book in books.items():
        book.remove(book.worksheets[0])
        book.save(folder / f"{dice.randrange(1, 30):02d} {name}（{city.year}年汇总）.xlsx")
    for year, text in texts(city).items():
        name = f"{PLACE}{year}年法治政府建设年度报告.txt"
        (folder / name).write_text(text, encoding="utf-8")
    _settings(city, folder, rows)


def _settings(city: City, folder: Path, rows: Mapping[str, Sequence[Row]]) -> None:
    settings = {
        "place": PLACE_SETTINGS,
        "year": city.year,
        "jurisdiction": "henan",
        "filing_superior": SUPERIOR,
        "closed": sorted({*_headings(), *rows} - {"人工认定", "情况说明", "整改台账"}),
        "agencies": ALIASES,
    }
    (folder / "fazhi.yaml").write_text(
        yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8"
    )


class _Pen:
    """Writes one sheet: a hand that keeps to no spelling."""

    def __init__(self, dice: random.Random, ledger: str) -> None:
        self._dice, self._ledger = dice, ledger
        known = _known(ledger)
        self._columns: dict[str, list[str]] = known["columns"]
        self._words: dict[str, dict[str, list[str]]] = known.get("words", {})

    def sheet(self, sheet: Worksheet, rows: Sequence[Row], year: int) -> None:
        """Title, heading, rows in any order, and what stands below them."""
        dice = self._dice
        names = list(dict.fromkeys(name for row in rows for name in row)) or list(self._columns)
        dice.shuffle(names)
        width = len(names) + 3
        at = self._title(sheet, year, width)
        own = dice.sample(_OWN_COLUMNS, 2)
        titles = {name: self._head(name) for name in names}
        heads = ["序号", *titles.values(), *own]
        for column, head in enumerate(heads, 1):
            sheet.cell(at, column, head)
        shuffled = list(rows)
        dice.shuffle(shuffled)
        for number, row in enumerate(shuffled, 1):
            at += 1
            if dice.random() < 0.02:
                at += 1
            cells = [
                number,
                *(self._cell(name, _scaled(titles[name], row.get(name))) for name in names),
            ]
            for column, value in enumerate(cells, 1):
                if value is not None:
                    sheet.cell(at, column, value)
            if dice.random() < 0.1:
                sheet.cell(at, width, dice.choice(("已核", "见卷", "补录")))
        self._foot(sheet, at, len(rows))

    def _title(self, sheet: Worksheet, year: int, width: int) -> int:
        if self._dice.random() < 0.3:
            return 1
        sheet.cell(1, 1, f"{PLACE}{year}年{self._ledger}")
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
        if self._dice.random() < 0.5:
            return 2
        sheet.cell(2, 1, f"填报单位：{GOVERNMENT}")
        sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=min(4, width))
        sheet.cell(2, 5, f"统计至{year}年12月31日")
        return 4

    def _foot(self, sheet: Worksheet, at: int, number: int) -> None:
        if self._dice.random() < 0.6:
            sheet.cell(at + 1, 1, "合计")
            sheet.cell(at + 1, 3, number)
        if self._dice.random() < 0.6:
            sheet.cell(at + 3, 1, "填表人：张某")
            sheet.cell(at + 3, 4, "审核人：李某")

    def _head(self, name: str) -> str:
        dice = self._dice
        head = dice.choice([name, name, *self._columns.get(name, ())])
        if dice.random() < 0.1:
            head = f"{head[: len(head) // 2]}\n{head[len(head) // 2 :]}"
        return f"*{head}" if dice.random() < 0.05 else head

    def _cell(self, name: str, value: object) -> object:
        for kind, write_ in _SPELLINGS:
            if isinstance(value, kind):
                return write_(self._dice, value)
        if isinstance(value, list):
            mark = self._dice.choice(("、", "，", "；", "\n"))
            return mark.join(self._word(name, str(item)) for item in value)
        return value if value is None else self._word(name, str(value))

    def _word(self, name: str, word: str) -> str:
        others = self._words.get(name, {}).get(word) or ALIASES.get(word) or ()
        chosen = self._dice.choice([word, word, *others])
        return f" {chosen}　" if self._dice.random() < 0.03 else chosen


def _scaled(title: str, value: object) -> object:
    """What stands below 罚款（万元） is so many times ten thousand."""
    if "万元" not in title or not isinstance(value, int):
        return value
    return f"{Decimal(value) / 10000:f}"


def _spell_bool(dice: random.Random, value: bool) -> object:  # noqa: FBT001
    return dice.choice(("是", "是", "有", "√", "✓") if value else ("否", "否", "×", "无"))


def _spell_day(dice: random.Random, value: dt.date) -> object:
    year, month, date = value.year, value.month, value.day
    ways: tuple[Callable[[], object], ...] = (
        lambda: value,
        lambda: dt.datetime.combine(value, dt.time.min),
        lambda: f"{year}.{month}.{date}",
        lambda: f"{year}-{month:02d}-{date:02d}",
        lambda: f"{year}/{month}/{date}",
        lambda: f"{year}年{month}月{date}日",
        lambda: f"{year}年{month}月{date}日".translate(_WIDE),
        lambda: f"{_digits(year)}年{_count(month)}月{_count(date)}日",
    )
    return dice.choice(ways)()


def _spell_moment(dice: random.Random, value: dt.datetime) -> object:
    clock = f"{value.hour}:{value.minute:02d}"
    return dice.choice((
        value,
        f"{value.year}-{value.month:02d}-{value.day:02d} {clock}",
        f"{value.year}年{value.month}月{value.day}日 {clock}",
        f"{value.year}年{value.month}月{value.day}日{value.hour}时{value.minute:02d}分",
    ))  # fmt: skip


def _spell_number(dice: random.Random, value: float) -> object:
    return dice.choice((value, value, str(value), f"{value:,}", str(value).translate(_WIDE)))


_SPELLINGS: Final[tuple[tuple[type, Callable[[random.Random, Any], object]], ...]] = (
    (bool, _spell_bool),
    (dt.datetime, _spell_moment),
    (dt.date, _spell_day),
    (int, _spell_number),
    (float, _spell_number),
)


def _digits(year: int) -> str:
    return "".join(_CHINESE[int(digit)] for digit in str(year))


def _count(number: int) -> str:
    """A number up to 31 in Chinese: 二十一."""
    tens, ones = divmod(number, 10)
    lead = "" if not tens else "十" if tens == 1 else f"{_CHINESE[tens]}十"
    return lead + (_CHINESE[ones] if ones else "")
