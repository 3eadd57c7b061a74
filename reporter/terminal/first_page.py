"""The first page of a folder: what was read file by file, what it suggests, what it leaves open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Final

from engine.model.facts import Facts, Input, InputKind, Level, Problem
from reporter.terminal.page import Page
from reporter.visible import shown
from reporter.width import text_width

MOST_LINES: Final = 30
_MOST_NAMED: Final = 5
_NARROWEST: Final = 20
_FRAME: Final = 2
"""What to do next, and the blank line behind it."""
_MOST_APART: Final = 3

Block = Sequence[tuple[str, int]]
"""Lines that stand together, each with its indent."""


@dataclass(frozen=True, slots=True)
class _Section:
    """A part of the page: its heading, its blocks, `least` lines that it may fill in any case.

    `rest` is said, with their number, of blocks for which there is no room.
    """

    heading: str
    blocks: Sequence[Block]
    least: int
    rest: str = ""

    @property
    def lines(self) -> int:
        """How many lines all its blocks take."""
        return sum(map(len, self.blocks))


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
    parts = [_files(facts, titles), _looks(screened), _suggestions(suggested), _questions(facts)]
    sections = [section for section in parts if section.blocks]
    rooms = [min(section.least, section.lines) for section in sections]
    spare = MOST_LINES - _FRAME - len(sections) - sum(rooms)
    for place in reversed(range(len(sections))):
        more = min(spare, sections[place].lines - rooms[place])
        rooms[place] += more
        spare -= more
    for section, room in zip(sections, rooms, strict=True):
        _write(page, section, room)
    last = "下一步：fazhi setup 文件夹，逐项确认，写进“设置.xlsx”；信息科也可以写 fazhi.yaml"
    _line(page, last, 0, bold=True)
    page.line()


def understood(
    facts: Facts,
    titles: Mapping[str, str],
    suggested: Iterable[tuple[str, str, str]],
    screened: Iterable[tuple[str, str, list[str]]],
) -> list[str]:
    """The same in a line for each part, for a screen that says more than this."""
    files = [item for item in facts.inputs if item.kind is not InputKind.SETTINGS]
    read = Counter[str]()
    for item in files:
        read.update(item.records)
    listed = "、".join(f"{titles.get(name, name)}{count}件" for name, count in read.most_common())
    found = [f"读到　　{listed or '没有读到任何台账：把台账和年度报告放进文件夹'}"]
    apart = [item.path for item in files if not item.records]
    unread = [text for item in files if item.records for text in _apart(item)]
    if apart:
        found.append(f"没有读　{len(apart)}个文件：{_listed(apart)}")
    if unread:
        more = f"，另有{len(unread) - 1}样" if len(unread) > 1 else ""
        found.append(f"没读全　{unread[0]}{more}")
    looks = "；".join(f"{title}{len(shown)}件" for title, _, shown in screened)
    if looks:
        found.append(f"先看　　{looks}（筛出来的，不是结论）")
    said = "、".join(f"{name}{value}" for name, value, _ in suggested)
    asked = sum(len(item.questions) for item in facts.inputs)
    return [shown(line) for line in (*found, _settings(said, asked))]


def _settings(said: str, asked: int) -> str:
    """That there are no settings yet, and where to see and settle what they may say."""
    parts = [f"{asked}项说不准" if asked else "", f"看出来的：{said}" if said else ""]
    more = "；".join(filter(None, parts))
    return "设置　　还没有：fazhi setup 文件夹，逐项定" + (f"（{more}）" if more else "")


def _files(facts: Facts, titles: Mapping[str, str]) -> _Section:
    files = [item for item in facts.inputs if item.kind is not InputKind.SETTINGS]
    heading = f"读到什么（{len(files)}个文件，按{facts.year}年）"
    blocks = [
        [
            (f"{item.path}　{_what(item, titles)}", 2),
            *((text, 6) for text in list(_apart(item))[:_MOST_APART]),
        ]
        for item in files
    ]
    none = [[("没有读到任何文件：把台账和年度报告放进文件夹", 2)]]
    return _Section(heading, blocks or none, 10, "个文件见末尾的“读取”")


def _looks(screened: Iterable[tuple[str, str, list[str]]]) -> _Section:
    blocks = [
        [(f"{title}：{len(shown)}件　{_listed(shown)}", 2), (hint, 6)]
        for title, hint, shown in screened
    ]
    return _Section("先看这些（照台账写的筛出来，不是结论）", blocks, 6, "样")


def _suggestions(suggested: Iterable[tuple[str, str, str]]) -> _Section:
    blocks = [
        [(f"{name}：{value.replace(chr(10), '、')}　——{why}", 2)] for name, value, why in suggested
    ]
    blocks.append([("录全的台账：没有写，少一件都不能当作没有", 2)])
    return _Section("这个文件夹还没有设置，看出来的是（确认了才算）", blocks, 4, "项")


def _questions(facts: Facts) -> _Section:
    asked = [question for item in facts.inputs for question in item.questions]
    blocks = [
        [(f"{one.item}：{one.about}　——{one.why}{_choices(one.candidates)}", 2)] for one in asked
    ]
    heading = f"说不准、要人定的（{len(asked)}项，定了才读、才算）"
    return _Section(heading, blocks, 4, "项，setup 时一并问")


def _choices(candidates: Sequence[str]) -> str:
    return f"（可答：{'、'.join(candidates)}）" if candidates else ""


def _write(page: Page, section: _Section, room: int) -> None:
    """The heading and as many blocks as there is room for; one line says how many are left."""
    _line(page, section.heading, 0, bold=True)
    left = room
    for number, block in enumerate(section.blocks):
        behind = sum(map(len, section.blocks[number + 1 :]))
        if len(block) > left - (1 if behind > left - len(block) else 0):
            _line(page, f"其余{len(section.blocks) - number}{section.rest}", 2)
            return
        for text, indent in block:
            _line(page, text, indent)
        left -= len(block)


def _line(page: Page, text: str, indent: int, *, bold: bool = False) -> None:
    """A text on one line: what doesn't fit is cut."""
    room = max(_NARROWEST, page.width - indent)
    line = shown(text)
    if text_width(line) > room:
        while text_width(line) > room - 2:
            line = line[:-1]
        line += "…"
    page.line(line, indent, bold=bold)


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
    unread = Counter((_column(p), p.expected) for p in item.problems if p.level is Level.ERROR)
    for (where, why), count in unread.most_common():
        yield f"没读进来：{where}{count}处，{why}"


def _column(problem: Problem) -> str:
    """The sheet and the column that a problem is in."""
    letters = "".join(char for char in problem.cell if char.isalpha())
    return f"{problem.sheet}{letters}列" if letters else problem.sheet or "整个文件"


def _listed(names: list[str]) -> str:
    more = f"等{len(names)}" if len(names) > _MOST_NAMED else ""
    return "、".join(names[:_MOST_NAMED]) + more
