"""The first screen: what a director reads in half a minute, thirty lines and no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from engine.model.outcome import SEVERITY_TITLES
from reporter import gates
from reporter.deadlines import Together, shown
from reporter.overview import Overview, Passing
from reporter.roots import Root
from reporter.since import in_short
from reporter.terminal.deadlines import COLOURS, MARKS
from reporter.terminal.page import Page
from reporter.titles import (
    WAIVED,
    by_severity,
    counts,
)
from reporter.visible import visible

_MOST_NOTICES: Final = 2
_MOST_AHEAD: Final = 4
_MOST_DEADLINES: Final = 4
_MOST_ROOTS: Final = 4
_MOST_WANTED: Final = 2


class FirstScreen:
    """Writes the screen of one assessment to a page; every line is cut to its width."""

    def __init__(self, overview: Overview, page: Page) -> None:
        self.overview, self.page = overview, page

    def write(self) -> None:
        """Decisions ahead, deadlines near, the gravest causes, what to fill in, one next step."""
        a = self.overview.assessment
        self.title()
        for notice in self.overview.notices[:_MOST_NOTICES]:
            self.page.short(f"注意　　{visible(notice)}", fg="yellow")
        if self.overview.scope:
            self.page.short(f"范围　　{self.overview.scope}", fg="yellow")
        if self.overview.reading:
            said = f"{len(a.inputs)}个文件，{self.overview.reading}"
            self.page.short(f"读取　　{said}", fg="yellow")
        self.totals()
        self._listed("快要上会、出台的", self.overview.ahead, _MOST_AHEAD, self._ahead)
        self._listed("期限", shown(a), _MOST_DEADLINES, self._deadline)
        self._listed("先处理这些", self.overview.roots, _MOST_ROOTS, self._root)
        for said, lines in self.overview.supposed:
            self.page.short(f"{said}（{len(lines)}件）：{lines[0]}", fg="yellow")
        wanted = self.overview.unlocking
        self._listed("补上这些，能判的最多", wanted, _MOST_WANTED, self._wanted)
        self.page.short(f"下一步　{next_step(self.overview)}", bold=True)
        self.totals()

    def title(self) -> None:
        """Which of the two jobs, which place, year and day."""
        a, place = self.overview.assessment, visible(self.overview.place)
        said = f"法治体检 · {self.overview.kind}　{place}　{a.year}年　检查日 {a.as_of}"
        self.page.short(said, bold=True)

    def totals(self) -> None:
        """How many of what: with this the screen begins and ends."""
        a, overview = self.overview.assessment, self.overview
        found = overview.left
        said = f"须处理　{len(found)}项{by_severity(found)}"
        undecided = len(a.findings) - len(overview.found)
        said += f"；判断不了、必须先解决的{undecided}项" if undecided else ""
        said += f"；{WAIVED}{a.summary.waived}项" if a.summary.waived else ""
        self.page.short(said, bold=True)
        if a.since is not None:
            self.page.short(f"比上次　{in_short(a.since)}（上次检查日 {a.since.as_of}）")
        if a.summary.disagreements:
            said = f"两个引擎有{a.summary.disagreements}处结论不一致，列为系统未核成"
            self.page.short(said, fg="magenta")
        self.page.short(f"全部　　{counts(a)}")

    def _listed(
        self, title: str, items: Sequence[object], most: int, line: Callable[..., None]
    ) -> None:
        """The first of some items under a title that counts them all; nothing of none."""
        if not items:
            return
        more = f"（共{len(items)}，下面{most}）" if len(items) > most else ""
        self.page.short(f"{title}{more}", bold=True)
        for item in items[:most]:
            line(item)

    def _ahead(self, one: Passing) -> None:
        as_of = self.overview.assessment.as_of
        listed = "；".join(
            f"{gate.assumed:%m-%d}（{gates.left(gate.assumed, as_of)}）"
            f"{gate.title}{gate.state_title}"
            for gate in one.gates
            if gate.assumed is not None
        )
        self.page.short(f"{visible(one.label)}　{listed}", 2)

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


def next_step(overview: Overview) -> str:
    """The one thing to do next."""
    a = overview.assessment
    lost = next((p for p in overview.problems(a.inputs) if p.level == "error"), None)
    if lost is not None:
        return f"先改没读进来的：{visible(lost.place or lost.text)}；全部用 --all 看"
    near = next((one for one in overview.ahead if one.gates[0].state != "open"), None)
    if near is not None:
        key = near.gates[0].subject_key
        return f"fazhi predecision 文件夹 {visible(key)}，看还差什么、谁来补"
    if overview.found:
        return "加 --all 看每一项的事实和整改；--output 台账.xlsx 写成整改台账"
    return "加 --output 待填.xlsx，把要补的格子发给各单位" if overview.wanted else "没有要办的"
