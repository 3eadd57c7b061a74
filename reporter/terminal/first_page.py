"""The first page of a folder: what was read file by file, and what it suggests for settings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Final

from engine.model.facts import Facts, Input, InputKind, Level, Problem
from reporter.terminal.page import Page
from reporter.visible import visible

MOST_LINES: Final = 40
_MOST_FILES: Final = 8
_MOST_NAMED: Final = 5
_LONGEST: Final = 96


def render_first_page(
    facts: Facts,
    titles: Mapping[str, str],
    suggested: Iterable[tuple[str, str, str]],
    screened: Iterable[tuple[str, str, list[str]]],
    out: IO[str],
) -> None:
    """Write at most `MOST_LINES` lines: the files, what isn't read and why, and suggestions.

    `titles` are what record types are called; `suggested` are items of the settings with what
    they may say and why; `screened` is what is worth a look, with what to do and the records.
    """
    page = Page(out)
    files = [item for item in facts.inputs if item.kind is not InputKind.SETTINGS]
    page.line(f"读到什么（{len(files)}个文件，按{facts.year}年）", bold=True)
    if not files:
        page.line("没有读到任何文件：把台账和年度报告放进文件夹", 2)
    for item in files[:_MOST_FILES]:
        page.line(_cut(f"{item.path}　{_what(item, titles)}"), 2)
        for text in list(_apart(item))[:2]:
            page.line(_cut(text), 6)
    if len(files) > _MOST_FILES:
        page.line(f"其余{len(files) - _MOST_FILES}个文件见末尾的“读取”", 2)
    looked = list(screened)
    if looked:
        page.line("先看这些（照台账写的筛出来，不是结论）", bold=True)
    for title, hint, shown in looked:
        page.line(_cut(f"{title}：{len(shown)}件　{_listed(shown)}"), 2)
        page.line(_cut(hint), 6)
    page.line("这个文件夹还没有设置，看出来的是（确认了才算）", bold=True)
    for name, value, why in suggested:
        page.line(_cut(f"{name}：{value.replace(chr(10), '、')}　——{why}"), 2)
    page.line("录全的台账：没有写，少一件都不能当作没有", 2)
    page.line("下一步：fazhi setup 文件夹，逐项确认，写进“设置.xlsx”", bold=True)
    page.line()


def _cut(text: str) -> str:
    """What fits on one line."""
    line = visible(text)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _what(item: Input, titles: Mapping[str, str]) -> str:
    """What a file was read as."""
    read = "、".join(f"{titles.get(name, name)}{count}件" for name, count in item.records.items())
    if item.kind is InputKind.REPORT:
        return read or "年度报告"
    used = sum(item.used.values())
    lacking = sum(map(len, item.missing.values()))
    return f"{read}（用了{used}列，模板另有{lacking}列）" if read else "没有读出台账"


def _apart(item: Input) -> Iterator[str]:
    """What of a file isn't read: rows by the column to blame, columns by their headers."""
    if not item.records and item.problems:
        yield item.problems[0].expected
        return
    unknown = [p.found for p in item.problems if "不认识的列" in p.expected and p.found]
    if unknown:
        yield f"没有读的列：{_listed(list(dict.fromkeys(unknown)))}"
    by_column = Counter(_column(p) for p in item.problems if p.level is Level.ERROR)
    if by_column:
        said = [f"{where}{count}处" for where, count in by_column.most_common()]
        yield f"读不出的：{_listed(said)}"


def _column(problem: Problem) -> str:
    """The sheet and the column that a problem is in."""
    letters = "".join(char for char in problem.cell if char.isalpha())
    return f"{problem.sheet}{letters}列" if letters else problem.sheet or "整个文件"


def _listed(names: list[str]) -> str:
    more = f"等{len(names)}" if len(names) > _MOST_NAMED else ""
    return "、".join(names[:_MOST_NAMED]) + more
