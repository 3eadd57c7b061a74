"""设置.xlsx: the settings of a folder in a sheet that a clerk can edit."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Final

from engine.model.facts import Input
from engine.model.values import Source
from facts.files.grid import Grid
from facts.writing.text import clean, fold, nearest, shown, split_items

SHEET: Final = "设置"
_HEAD: Final = ("项目", "内容", "怎样填")
CONFIRMED_BY: Final = "确认人"
CONFIRMED_ON: Final = "确认日期"

ITEMS: Final[Mapping[str, tuple[str, str]]] = {
    "地名": ("place.name", "如 青岚县"),
    "层级": ("place.level", "县级、市级或乡级"),
    "上一级": ("place.superior", "如 望州市"),
    "报备机关": ("filing_superior", "规范性文件向谁报备；不填就是上一级政府"),
    "年度": ("year", "四位年份"),
    "省份": ("jurisdiction", "用哪个省的期限和数额，如 河南；不填，由省里定的都按不明处理"),
    "录全的台账": ("closed", "确实一件不漏的才写，用顿号隔开；没有写的，少一件不算没有"),
    "列名对照": ("headers", "本单位的列名=认得的列名，一行一个"),
    "哪张表是哪种台账": (
        "sheets",
        "文件名〔工作表名〕=台账，一行一个；与台账无关的写“不是台账”",
    ),
    "整本默认": (
        "defaults",
        "文件名〔工作表名〕：栏目=内容，一行一个；只补没有填的，写明确认人和日期才作数",
    ),
    "单位别名": ("agencies", "单位全称=别名、别名，一行一个"),
    "不看的文件": ("ignore", "与台账无关的文件或文件夹，用顿号隔开"),
    CONFIRMED_BY: ("by", "谁看过这一页"),
    CONFIRMED_ON: ("on", "哪一天看的"),
}
"""What each row is called, the setting that it is, and how it is filled in."""

_TABLES: Final = (
    "要按表核的表这里写不了，没有核",
    "请连同这里的各项写在 fazhi.yaml 里",
)
_ELSEWHERE: Final = dict.fromkeys(("tables", "表", "按表核对"), _TABLES)
"""Items that other settings have: what is said of them, and what to do."""

_LISTS: Final = ("closed", "ignore")
_MAPPINGS: Final = ("headers", "agencies", "sheets", "defaults")


def settings_content(
    grids: Iterable[Grid], entry: Input
) -> tuple[dict[str, object], dict[str, Source]]:
    """What the sheets of a 设置.xlsx say, as fazhi.yaml would, and where.

    An item that isn't known is a problem, and so is a line that says nothing.
    """
    content: dict[str, object] = {}
    places: dict[str, Source] = {}
    place: dict[str, object] = {}
    confirmed: dict[str, str] = {}
    for grid in grids:
        for number, row in grid.rows:
            name, value = ([*map(shown, row), "", ""])[:2]
            if fold(name) in ("", fold(_HEAD[0])) or not value:
                continue
            known = {fold(item): key for item, (key, _) in ITEMS.items()}
            key = known.get(fold(name))
            if key is None:
                close = nearest(name, ITEMS)
                hint = f"是否指“{close}”？" if close else "可用：" + "、".join(ITEMS)
                said, hint = _ELSEWHERE.get(fold(name), ("设置里没有这一项", hint))
                entry.problem(said, name, sheet=grid.sheet, cell=f"A{number}", hint=hint)
            elif key in ("by", "on"):
                confirmed[key] = value
            elif key.startswith("place."):
                place[key.removeprefix("place.")] = value
            else:
                places[key] = grid.source(number, 2)
                content[key] = _value(key, value, places[key], entry)
    if place:
        content["place"] = place
    if confirmed:
        content["confirmed"] = confirmed
    return content, places


def _value(key: str, text: str, where: Source, entry: Input) -> object:
    if key in _LISTS:
        return split_items(text)
    if key not in _MAPPINGS:
        return text
    named: dict[str, str] = {}
    for line in filter(None, map(clean, text.replace("＝", "=").splitlines())):
        own, found, known = line.partition("=")
        if found and clean(known):
            named[clean(own)] = clean(known)
        else:
            entry.problem("这一行没有写成“…=…”，没有读取", line, sheet=where.sheet, cell=where.cell)
    if key == "agencies":
        return {own: split_items(said) for own, said in named.items()}
    return _by_place(named, where, entry) if key == "defaults" else named


def _by_place(named: Mapping[str, str], where: Source, entry: Input) -> dict[str, dict[str, str]]:
    """`文件：栏目` to what is said of it, as 文件 to what is said of each 栏目."""
    found: dict[str, dict[str, str]] = {}
    for own, said in named.items():
        place, colon, title = own.replace("：", ":").rpartition(":")
        if colon:
            found.setdefault(clean(place), {})[clean(title)] = said
        else:
            entry.problem(
                "这一行没有写成“文件名：栏目=内容”，没有读取",
                own,
                sheet=where.sheet,
                cell=where.cell,
            )
    return found


def settings_book(values: Mapping[str, str]) -> bytes:
    """A 设置.xlsx with these contents, by what the rows are called."""
    from openpyxl import Workbook  # noqa: PLC0415 - heavy, and few runs write settings
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    sheet.append(_HEAD)
    for item, (_, how) in ITEMS.items():
        sheet.append([item, values.get(item, ""), how])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column, width in zip("ABC", (14, 48, 64), strict=True):
        sheet.column_dimensions[column].width = width
    for (cell,) in sheet.iter_rows(min_row=2, min_col=2, max_col=2):
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.number_format = "@"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
