"""The first screen: what a director reads in half a minute, thirty lines and no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

from engine.model.outcome import SEVERITY_TITLES
from reporter.deadlines import Together, shown
from reporter.overview import Overview
from reporter.roots import Root
from reporter.since import in_short
from reporter.terminal.ahead import Named, lines_ahead
from reporter.terminal.deadlines import COLOURS, MARKS
from reporter.terminal.page import Page
from reporter.width import text_width

_Line: TypeAlias = tuple[str, dict[str, Any]]
"""A line and how it is set."""

_INDENT: Final = 2
_BETWEEN: Final = " · "
"""Stands between the parts of a row."""
_LINES: Final = 30
"""Of the screen."""
_MOST_NOTICES: Final = 4
_MOST_SUPPOSED: Final = 1
_MOST: Final = (4, 4, 2)
"""Lines of each list where there is room: deadlines, causes, what to fill in."""
_LEAST: Final = 2
"""Lines of such a list with its title, however many decisions there are ahead."""


class FirstScreen:
    """Writes the screen of one assessment to a page; every line is cut to its width.

    `understood` is what was made of a folder that has no settings yet.
    """

    def __init__(self, overview: Overview, page: Page, understood: Sequence[str] = ()) -> None:
        self.overview, self.page, self.understood = overview, page, understood

    def write(self) -> None:
        """Decisions ahead, deadlines near, the gravest causes, what to fill in, one next step."""
        o = self.overview
        lists: tuple[tuple[str, Sequence[Any], Callable[..., None]], ...] = (
            ("期限", shown(o.assessment), self._deadline),
            ("先处理这些", o.roots, self._root),
            ("补上这些，能判的最多", o.unknowns.unlocking, self._wanted),
        )
        rest = len(self._head()) + 2 * len(self._totals()) + len(self._supposed()) + 1
        least = _LEAST * sum(1 for _, items, _ in lists if items)
        named = lines_ahead(o, self.page.width - _INDENT, _LINES - rest - least - 1)
        taken = rest + len(named) + (1 if named else 0)
        most = _shared([len(items) for _, items, _ in lists], _LINES - taken)
        for said, style in self._head():
            self.page.short(said, **style)
        self.totals()
        self._ahead(named)
        for number, (title, items, line) in enumerate(lists):
            if number == len(lists) - 1:
                for said in self._supposed():
                    self.page.short(said, fg="yellow")
            self._listed(title, items, most[number], line)
        self.page.short(f"下一步　{next_step(o)}", bold=True)
        self.totals()

    def _head(self) -> list[_Line]:
        """What has to be known first."""
        a = self.overview.assessment
        found: list[_Line] = [(self._title(), {"bold": True})]
        told = [f"注意　　{notice}" for notice in self.overview.notices[:_MOST_NOTICES]]
        if self.overview.scope:
            told.append(f"范围　　{self.overview.scope}")
        if self.overview.reading:
            told.append(f"读取　　{len(a.inputs)}个文件，{self.overview.reading}")
        told += self.understood
        return found + [(said, {"fg": "yellow"}) for said in told]

    def _supposed(self) -> list[str]:
        """What would be a gap by what is supposed, the first of it."""
        supposed = self.overview.supposed[:_MOST_SUPPOSED]
        return [f"{said}（{len(lines)}件）：{lines[0]}" for said, lines in supposed]

    def title(self) -> None:
        """Which of the two jobs, which place, year and day."""
        self.page.short(self._title(), bold=True)

    def _title(self) -> str:
        a, place = self.overview.assessment, self.overview.place
        return f"法治体检 · {self.overview.kind}　{place}　{a.year}年　检查日 {a.as_of}"

    def totals(self) -> None:
        """How many of what: with this the screen begins and ends. No number is cut."""
        for said, style in self._totals():
            self.page.line(said, **style)

    def _totals(self) -> list[_Line]:
        a, overview = self.overview.assessment, self.overview
        found: list[_Line] = [(overview.to_act, {"bold": True})]
        if a.since is not None:
            said = f"比上次　{in_short(a.since)}（上次检查日 {a.since.as_of}）"
            found += [(line, {}) for line in packed(said, self.page.width)]
        if a.summary.disagreements:
            said = f"两个引擎有{a.summary.disagreements}处结论不一致，列为系统未核成"
            found.append((said, {"fg": "magenta"}))
        return found + [(said, {}) for said in packed(overview.in_all, self.page.width)]

    def _listed(
        self, title: str, items: Sequence[object], most: int, line: Callable[..., None]
    ) -> None:
        """The first of some items under a title that counts them all; nothing of none."""
        if not items or not most:
            return
        more = f"（共{len(items)}，下面{most}）" if len(items) > most else ""
        self.page.short(f"{title}{more}", bold=True)
        for item in items[:most]:
            line(item)

    def _ahead(self, lines: Sequence[Named]) -> None:
        """The decisions ahead; where the lines don't name all, where the others stand."""
        if not lines:
            return
        o, named = self.overview, sum(line.records for line in lines)
        number = len(o.ahead) + sum(len(records) for _, records in o.undated)
        more = f"（共{number}件，下面{named}件；全部见 --all 和各种文书的第一页）"
        self.page.short("快要上会、出台的" + (more if named < number else ""), bold=True)
        for line in lines:
            self.page.short(line.said, _INDENT)

    def _deadline(self, one: Together) -> None:
        said = f"{MARKS[one.urgency]} {one.day:%m-%d} {one.off}　{one.owner}　{one.subject}"
        self.page.short(f"{said}：{one.entries[0].title}{self._and_more(one.entries)}", 2,
                        fg=COLOURS[one.urgency])  # fmt: skip

    @staticmethod
    def _and_more(entries: Sequence[object]) -> str:
        return f"等{len(entries)}项" if len(entries) > 1 else ""

    def _root(self, root: Root) -> None:
        self.page.short(f"【{SEVERITY_TITLES[root.severity]}】{self.overview.root(root)}", 2)

    def _wanted(self, said: str) -> None:
        self.page.short(said, 2)


def packed(text: str, width: int) -> list[str]:
    """The parts of a row on as few lines as they fit, broken between them."""
    lines: list[str] = []
    for part in text.split(_BETWEEN):
        longer = f"{lines[-1]}{_BETWEEN}{part}" if lines else part
        if not lines or text_width(longer) > width:
            lines.append(f"　　　　{part}" if lines else part)
        else:
            lines[-1] = longer
    return lines


def _shared(lengths: Sequence[int], room: int) -> list[int]:
    """How many items of each list are shown, so that with their titles they fit into `room`."""
    most = [min(pair) for pair in zip(lengths, _MOST, strict=True)]
    while sum(number + 1 for number in most if number) > room and any(most):
        most[most.index(max(most))] -= 1
    return most


def next_step(overview: Overview) -> str:
    """The one thing to do next."""
    a = overview.assessment
    lost = next((p for p in overview.problems(a.inputs) if p.level == "error"), None)
    if lost is not None:
        return f"先改没读进来的：{lost.place or lost.text}；全部用 --all 看"
    near = next((one for one in overview.ahead if one.gates[0].state != "open"), None)
    if near is not None:
        key = near.gates[0].subject_key
        return f"fazhi predecision 文件夹 {key}，看还差什么、谁来补"
    if overview.found:
        return "加 --all 看每一项的事实和整改；--output 台账.xlsx 写成整改台账"
    return (
        "加 --output 待填.xlsx，把要补的格子发给各单位"
        if overview.unknowns.wanted
        else "没有要办的"
    )
