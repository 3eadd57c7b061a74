"""The assessment on a terminal: what a director sees in ten seconds, then every finding."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import IO, Final

from engine.model.assessment import Assessment, OutcomeEntry
from engine.model.gate import GateEntry
from engine.model.outcome import SETTLED, Outcome
from reporter import gates, trend
from reporter.deadlines import SHOWN_DAYS, later, shown
from reporter.notices import period_notices
from reporter.overview import Overview
from reporter.since import Block, gone
from reporter.terminal.ahead import every_line
from reporter.terminal.checklists import render_checklists
from reporter.terminal.comparison import write_block
from reporter.terminal.deadlines import deadline_line, undated_lines
from reporter.terminal.first_screen import FirstScreen
from reporter.terminal.page import Page
from reporter.terminal.report_section import claim_lines, render_reports
from reporter.terminal.timetable import write_timetable
from reporter.titles import (
    NO_LEDGERS,
    NO_LEDGERS_HINT,
    TRUTH_MARKS,
    WAIVED,
    basis,
    counts,
    fact,
    headline,
    is_without_subject,
    local_rules,
    margin,
    originals,
    problem,
    rectification,
    remedy_of,
    settled,
    subject,
    waiver,
)
from reporter.unknowns import Undecided

_COLOURS: Final = {
    Outcome.GAP: "red",
    Outcome.BORDERLINE: "yellow",
    Outcome.NOT_EVIDENCED: "yellow",
    Outcome.UNKNOWN: "cyan",
    Outcome.FAILED: "magenta",
}
_STATE_COLOURS: Final = {"open": "green", "closed": "red"}
_MOST_FACTS: Final = 5
_BLANK_LEDGERS: Final = "空白台账用 fazhi template 写出"
_CLAIM_FACTS: Final = 2
_MOST_WAYS: Final = 3
_MOST_NAMED: Final = 8
_MOST_PROBLEMS: Final = 30
_MOST_GAPS: Final = 15


def render(
    assessment: Assessment, out: IO[str], *, whole: bool = True, understood: Sequence[str] = ()
) -> None:
    """Write the whole assessment; of a year, the first screen alone where not asked for more.

    There `understood` stands near the top.
    """
    terminal = _Terminal(assessment, out, understood)
    if whole or terminal.single:
        terminal.render()
    else:
        terminal.screen.write()


def plain_text(assessment: Assessment) -> str:
    """The whole assessment as on a terminal without colours."""
    out = io.StringIO()
    render(assessment, out)
    return out.getvalue()


def render_explanation(
    assessment: Assessment, entries: Iterable[OutcomeEntry], out: IO[str]
) -> None:
    """Write why each of `entries` came out as it did: facts, conditions, thresholds."""
    terminal = _Terminal(assessment, out)
    terminal.page.notices(period_notices(assessment))
    for entry in entries:
        terminal.explanation(entry)


def _failing(entry: OutcomeEntry) -> list[str]:
    """The computed conditions that fail, each with what it came to: `…；实为29日，少1日〕`."""
    return [step.text for step in entry.trace if step.truth is False and step.computed][:2]


class _Terminal:
    def __init__(
        self, assessment: Assessment, out: IO[str], understood: Sequence[str] = ()
    ) -> None:
        self.assessment, self.page = assessment, Page(out)
        self.line, self.heading = self.page.line, self.page.heading
        self.overview = Overview(assessment)
        self.screen = FirstScreen(self.overview, self.page, understood)
        self.single = self.overview.single
        self.claims = {
            (claim.requirement, claim.subject_key): claim
            for report in assessment.reports
            for claim in report.claims
        }

    def render(self) -> None:
        self._head()
        self._gates()
        for entry in self.assessment.timetables:
            write_timetable(entry, self.page)
        if self.assessment.findings:
            self._findings()
        self._passing()
        render_checklists(self.assessment.checklists, self.page)
        self._supposed()
        self._no_ledgers()
        self._rectified()
        render_reports(self.assessment.reports, self.page)
        if self.assessment.since is not None:
            for block in gone(self.assessment.since):
                write_block(block, self.page)
        if self.assessment.earlier:
            write_block(Block(trend.TITLE, tuple(trend.lines(self.assessment))), self.page)
        self._unsettled()
        self._deadlines()
        self._problems()
        self._foot()
        if not self.single:
            self.line()
            self.screen.totals()

    # the first half minute

    def _head(self) -> None:
        """The first screen; of one decision, what it comes to."""
        if self.single:
            self.screen.title()
        else:
            self.screen.write()
            self.heading("合计")
        a = self.assessment
        self.page.notices(self.overview.notices)
        if self.single:
            self.screen.totals()
            self.line(f"还没齐　{self.overview.to_do or '没有'}", bold=True)
        for note in a.since.notes if a.since is not None else ():
            self.line(f"注意　　{note}", 0, 8, fg="yellow")
        undecided = len(a.findings) - len(self.overview.found)
        if undecided:
            lacking = sum(len(item.blocking) for item in self.overview.unknowns.no_ledgers)
            parts = {"没有台账": lacking, "信息不全": undecided - lacking}
            listed = "、".join(f"{number}项{reason}" for reason, number in parts.items() if number)
            self.line(f"待补　　{undecided}项必须先解决的要求判断不了：{listed}", fg="cyan")
        if a.summary.waived:
            self.line(f"{WAIVED}　{a.summary.waived}项，照样列在下面")
        if not self.single:
            self.line(f"全部　　{counts(a)}")
        for title, states in () if self.single else self.overview.gate_states:
            self.line(f"{title}　" + " · ".join(f"{state} {number}件" for state, number in states))
        if self.overview.reading:
            said = f"{len(a.inputs)}个文件，{self.overview.reading}，见末尾"
            self.line(f"读取　　{said}", fg="yellow")

    def _gates(self) -> None:
        """Each gate of the one decision."""
        for gate in self.assessment.gates if self.single else ():
            self.line()
            self._gate(gate)

    def _gate(self, gate: GateEntry) -> None:
        """The gate and every requirement that it stands on, in full what isn't settled."""
        colour = _STATE_COLOURS.get(gate.state, "yellow")
        label = gate.subject_label
        self.line(f"{gate.title}：{gate.state_title}　{label}", fg=colour, bold=True)
        said = [gates.day(gate, self.assessment.as_of), gates.in_short(gate)]
        self.line("；".join(filter(None, said)), 2, 2)
        for title, steps in gates.by_state(gate):
            if steps[0].state in gates.BRIEFLY:
                listed = "、".join(
                    gates.named(step, self.assessment.requirements) for step in steps
                )
                self.line(f"{title}：{listed}", 2, 4)
                continue
            self.line(title, 2)
            for step in steps:
                self.line(gates.said(step, self.assessment.requirements), 4, 2)

    def _passing(self) -> None:
        """Every decision at each of its gates."""
        if self.single or not self.overview.passing:
            return
        if self.overview.ahead or self.overview.undated:
            self.heading("快要上会、出台的")
        for line in every_line(self.overview):
            self.line(line, 0, 4)
        self.heading("逐件看：每道闸门依据的各条要求")
        for one in self.overview.passing:
            self.line()
            for gate in one.gates:
                self._gate(gate)

    def _deadlines(self) -> None:
        """What falls due next, what is due together in one line."""
        found = shown(self.assessment)
        if self.single or not (found or self.assessment.undated):
            return
        self.heading(f"{SHOWN_DAYS}日内到期的")
        for one in found:
            deadline_line(one, self.page)
        if more := later(self.assessment):
            self.line(f"更晚的还有{more}项，用 fazhi due --days 看", 2)
        undated_lines(self.assessment, self.page)

    # findings

    def _findings(self) -> None:
        self.heading("须处理的问题")
        for group in self.overview.groups:
            self.line()
            self.line(group.title, bold=True, underline=True)
            for entry in group.entries:
                self._finding(entry)
        if self.overview.unknowns.undecided:
            self._undecided(self.overview.unknowns.undecided)

    def _supposed(self) -> None:
        """What would be a gap if a fact were so that isn't known."""
        for said, lines in self.overview.supposed:
            self.heading(said)
            for line in lines:
                self.line(f"· {line}", 2, 2)

    def _no_ledgers(self) -> None:
        """The ledgers of which nothing was read, a line each."""
        if not self.overview.unknowns.no_ledgers:
            return
        self.heading(NO_LEDGERS)
        for item in self.overview.unknowns.no_ledgers:
            self.line(f"· {item.said}", 2, 2, fg="cyan" if item.blocking else None)
        self.line(f"{NO_LEDGERS_HINT}；{_BLANK_LEDGERS}", 2, 2)

    def _rectified(self) -> None:
        """The rows of the 整改台账 whose findings are none now."""
        if not self.assessment.rectified:
            return
        self.heading("整改台账里已不再是问题的")
        for item in self.assessment.rectified:
            self.line(
                f"· {item.subject}　{self.overview.title(item.requirement)}　{settled(item)}",
                2,
                2,
            )

    def _undecided(self, waiting: Iterable[Undecided]) -> None:
        """The blocking requirements that cannot be judged: for want of which facts, of whom."""
        self.heading("必须先解决，但信息不全、判断不了的")
        for item in waiting:
            requirement = self.assessment.requirements[item.requirement]
            title = f"{requirement.title}　{item.wanting}"
            self.line(title, 2, 4, fg="cyan")
            found = item.entries
            if is_without_subject(found[0], requirement):
                continue
            listed = "、".join(entry.subject_label for entry in found[:_MOST_NAMED])
            more = f"等{len(found)}件" if len(found) > _MOST_NAMED else ""
            self.line(f"{requirement.subject_title}{listed}{more}", 4, 2)
            self.line(f"整改　{remedy_of(found[0], requirement)}", 4, 6)

    def _finding(self, entry: OutcomeEntry) -> None:
        requirement = self.assessment.requirements[entry.requirement]
        title = headline(entry, requirement)
        self.line(title, 2, fg=_COLOURS.get(entry.outcome), bold=True)
        self.line(f"问题　{entry.message}", 4, 6)
        if entry.waiver is not None:
            self.line(f"豁免　{waiver(entry.waiver)}", 4, 6)
        if entry.rectification is not None:
            self.line(f"台账　{rectification(entry)}", 4, 6)
        self.line(f"依据　{basis(requirement, entry.text)}", 4, 6)
        claim = self.claims.get((entry.requirement, entry.subject_key))
        for number, text in enumerate(_failing(entry) if claim is None else ()):
            self.line(f"{'核算' if not number else '　　'}　{text}", 4, 6)
        for text in entry.nearest[:_MOST_WAYS]:
            self.line(f"{margin(entry)}　{text}", 4, 6)
        if claim is not None:
            self.line(f"对照　{claim.difference}", 4, 6)
            for text in claim_lines(claim):
                self.line(f"　　　{text}", 4, 6)
        facts = entry.evidence[: _MOST_FACTS if claim is None else _CLAIM_FACTS]
        for number, item in enumerate(facts):
            self.line(f"{'事实' if not number else '　　'}　{fact(item)}", 4, 6)
        if len(entry.evidence) > len(facts):
            more = len(entry.evidence) - len(facts)
            self.line(f"　　　另有{more}项，用 fazhi explain 看全", 4)
        for name, answer in entry.answers.items():
            self.line(f"引擎　{name}：{answer}", 4)
        self.line(f"整改　{remedy_of(entry, requirement)}", 4, 6)

    def _unsettled(self) -> None:
        """The missing facts that would settle most, the most useful first."""
        wanted = self.overview.unknowns.wanted
        if not wanted:
            return
        self.heading("判断不了的：先补这些，能判的最多")
        for item in wanted[:_MOST_GAPS]:
            concerns = f"关系到{item.requirements}条要求、{item.outcomes}项判断"
            self.line(f"· {item.title}（{item.why}）：{concerns}", 2)
        if len(wanted) > _MOST_GAPS:
            self.line(f"另有{len(wanted) - _MOST_GAPS}种，加 --output 待填.xlsx 看全", 2)
        if self.overview.unknowns.columns_hint:
            self.line(f"{self.overview.unknowns.columns_hint}；{_BLANK_LEDGERS}", 2, 2)

    def _problems(self) -> None:
        found = self.overview.problems(self.assessment.inputs)
        if not found:
            return
        self.heading("读取中的问题")
        for item in found[:_MOST_PROBLEMS]:
            self.line(problem(item), 2, 2, fg="red" if item.level == "error" else None)
        if len(found) > _MOST_PROBLEMS:
            self.line(f"另有{len(found) - _MOST_PROBLEMS}处，加 --output 台账.xlsx 看全", 2)

    def _foot(self) -> None:
        a = self.assessment
        engines = "、".join(
            f"{engine.name}{'（抽样' + str(engine.judged) + '项）' if engine.sample else ''}"
            for engine in a.engines
        )
        self.line()
        local = local_rules(a.ruleset, 12)
        ours = f"规则集 {a.ruleset.version}（{a.ruleset.sha256[:12]}）"
        self.line(f"{ours}{local}；引擎 {engines}", dim=True)
        for engine in a.engines:
            if engine.note:
                self.line(engine.note, dim=True)
        self.line("本结果只核程序和佐证，不代替合法性判断。", dim=True)

    # explain

    def explanation(self, entry: OutcomeEntry) -> None:
        requirement = self.assessment.requirements[entry.requirement]
        self.line(subject(entry, requirement), bold=True, underline=True)
        self.line(headline(entry, requirement), bold=True)
        self.line(f"依据　{basis(requirement, entry.text)}", 0, 6)
        self.line(
            f"结论　{entry.message or '符合要求'}" + (f"；{entry.note}" if entry.note else "")
        )
        if entry.waiver is not None:
            self.line(f"豁免　{waiver(entry.waiver)}", 0, 6)
        if entry.due is not None:
            self.line(f"期限　最迟 {entry.due}")
        self.line("经过")
        if entry.trace:
            for step in entry.trace:
                mark = TRUTH_MARKS[step.truth]
                where = f"（{'；'.join(step.source)}）" if step.source else ""
                self.line(f"{mark} {step.text + where}", 2 + 2 * step.depth, 2)
        elif is_without_subject(entry, requirement):
            self.line(f"没有读到“{requirement.subject_title}”的记录，没有可核的", 2)
        else:
            self.line("结果文件里没有存经过；用 --folder 写明当时核对的文件夹，就照它重算", 2)
            self.line(f"适用条件：{requirement.applies}", 2)
            self.line(f"要求：{requirement.require}", 2)
        for text in originals(entry):
            self.line(f"原文　{text}", 0, 6)
        if entry.nearest:
            self.line(margin(entry))
            for text in entry.nearest:
                self.line(f"· {text}", 2, 2)
        if entry.missing:
            self.line("缺少")
            for item in entry.missing:
                self.line(f"· {fact(item)}", 2)
        if entry.outcome not in SETTLED:
            self.line(f"整改　{remedy_of(entry, requirement)}", 0, 6)
        self.line(f"说明　{requirement.rationale}", 0, 6)
