"""法治政府建设自查报告: a draft for the office to edit and send up, marked 内部.

Its body is what a director reads: how much, what comes first, whose it is. Every finding stands
in the annexes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from engine.model.assessment import OutcomeEntry
from engine.model.outcome import SEVERITY_TITLES, Outcome, Severity
from engine.model.report import TO_FILL
from reporter import deadlines, gates, titles, trend
from reporter.documents.word.annexes import write_annexes
from reporter.documents.word.paper import Paper
from reporter.overview import Overview
from reporter.roots import Root
from reporter.since import gone, in_short
from reporter.units import owner, units
from reporter.visible import visible

_MOST_ROOTS: Final = 12
_MOST_AHEAD: Final = 10
_MOST_UNITS: Final = 25
_MOST_KINDS: Final = 12
_MOST_PLANS: Final = 30
_MOST_OF_ONE: Final = 8
_MOST_PAST: Final = 3
_MOST_WANTED: Final = 5
_CUT: Final = 120
"""Characters of a line of the body."""


def write_self_report(overview: Overview, paper: Paper) -> None:
    """The whole report: the body upright, the annexes turned."""
    a = overview.assessment
    paper.mark("内部")
    paper.title(f"{overview.place}{a.year}年度法治政府建设自查报告")
    records = sum(sum(item.records.values()) for item in a.inputs)
    paper.text(
        f"根据法治政府建设与责任落实督察的有关要求，对照法治政府建设实施纲要和有关法律法规，"
        f"对{a.year}年度的台账和年度报告逐项核对。现将自查情况报告如下。"
    )
    for notice in overview.notices:
        paper.text(f"注意：{notice}。")
    paper.heading("一、主要举措和成效")
    paper.text(
        f"共读取材料{len(a.inputs)}份、记录{records}条，作出判断{len(a.outcomes)}项："
        f"{titles.counts(a)}。事实和数字的口径截止到{a.as_of}。"
    )
    paper.text(f"{overview.to_act}。")
    _coming(overview, paper)
    paper.text(TO_FILL)
    paper.heading("二、存在的不足和原因")
    _problems(overview, paper)
    paper.heading("三、党政主要负责人履行推进法治建设第一责任人职责情况")
    paper.text(TO_FILL)
    paper.heading("四、下一年度工作安排")
    _plans(overview, paper)
    paper.heading("五、其他需要报告的情况")
    _others(overview, paper)
    paper.text(TO_FILL)
    paper.text("经办：　　　　　　审核：　　　　　　签发：")
    paper.text("（印章）　　　　　　年　　月　　日")
    write_annexes(overview, paper)


def _coming(overview: Overview, paper: Paper) -> None:
    """Every decision whose meeting or issue lies ahead, with its state and the days left."""
    ahead, as_of = overview.ahead, overview.assessment.as_of
    if ahead or overview.undated:
        paper.text("快要上会、出台的：")
    for one in ahead[:_MOST_AHEAD]:
        said = "；".join(
            f"{gate.assumed}（{gates.left(gate.assumed, as_of)}）{gate.title}{gate.state_title}"
            for gate in one.gates
            if gate.assumed is not None
        )
        paper.text(f"{one.label}：{said}。")
    rest = [
        visible(f"“{one.key}”{gate.assumed}（{gates.left(gate.assumed, as_of)}）")
        + f"{gate.title}{gate.state_title}"
        for one in ahead[_MOST_AHEAD:]
        for gate in one.gates[:1]
        if gate.assumed is not None
    ]
    if rest:
        paper.text(f"其余{len(rest)}件：{'；'.join(rest)}。逐件的情况见附表6。")
    for line in overview.undated_lines:
        paper.text(f"{line}。")


def _problems(overview: Overview, paper: Paper) -> None:
    """How many, what they come down to, and whose they are."""
    if not overview.found:
        paper.text("能判断的各项里没有发现须处理的问题。")
        _untold(overview, paper)
        return
    waived = len(overview.found) - len(overview.left)
    paper.text(
        f"须处理的问题{len(overview.found)}项{titles.by_severity(overview.found)}"
        + (f"，其中{waived}项已豁免" if waived else "")
        + "。逐项的事实、依据和整改措施见附表2。"
    )
    _untold(overview, paper)
    paper.heading("（一）主要问题", 2)
    paper.text("同一个原因引出的几项合在一起，最重的在前。")
    for number, root in enumerate(overview.roots[:_MOST_ROOTS], 1):
        paper.text(f"{number}.{_root(overview, root)}")
    rest = overview.roots[_MOST_ROOTS:]
    if rest:
        number = sum(len(root.entries) for root in rest)
        paper.text(f"其余{len(rest)}处、{number}项见附表2。")
    paper.heading("（二）各单位的问题", 2)
    columns = ["单位", *SEVERITY_TITLES.values(), "是哪些（项数）"]
    paper.table([columns, *_units(overview)], [30, 15, 13, 13, 13, 72])
    paper.text(f"产生上述问题的原因：{TO_FILL}")


def _untold(overview: Overview, paper: Paper) -> None:
    """How much could not be told: what isn't found is not therefore in order."""
    a = overview.assessment
    number = a.summary.outcomes.get(Outcome.UNKNOWN, 0)
    if number:
        first = len(a.findings) - len(overview.found)
        grave = f"，其中{first}项必须先解决" if first else ""
        paper.text(
            f"另有{number}项因信息不全没有判断{grave}，不能当作符合要求；缺什么见附表3，补齐后再核。"
        )


def _root(overview: Overview, root: Root) -> str:
    """A root with whose matter it is and how grave; of a single finding, what is wrong."""
    grave = SEVERITY_TITLES[root.severity]
    whose = "、".join(dict.fromkeys(owner(entry) for entry in root.entries))
    said = overview.root(root)
    if root.fact is None:
        said += f"。{root.entries[0].message}"
    return f"{_short(said).rstrip('。')}（{_short(whose)}，{grave}）。"


def _units(overview: Overview) -> Iterator[list[str]]:
    """Each unit with how many of its findings are how grave, and which they are."""
    found = units(overview.found)
    for unit in found[:_MOST_UNITS]:
        kinds = [f"{overview.title(name)}{n}" for name, n in unit.counted.items()]
        said = "、".join(kinds[:_MOST_KINDS])
        more = f"等{len(kinds)}种" if len(kinds) > _MOST_KINDS else ""
        yield [unit.name, *(str(unit.of(severity) or "") for severity in Severity), said + more]
    rest = found[_MOST_UNITS:]
    if rest:
        counts = [str(sum(unit.of(severity) for unit in rest) or "") for severity in Severity]
        yield [f"其余{len(rest)}个单位", *counts, "见附表2"]


def _plans(overview: Overview, paper: Paper) -> None:
    """What has to be settled first, by who is to do it; the rest is in the annexes."""
    first = [entry for entry in overview.found if entry.severity is Severity.BLOCKING]
    plans = _remedies(overview, first or overview.found)
    if plans:
        said = "必须先解决的" if first else "须处理的"
        paper.text(f"{said}问题按下表整改，其余的整改措施见附表2。")
        paper.table([["谁来办", "怎么办"], *_planned(plans)], [34, 122])
    wanted = overview.unknowns.unlocking
    if wanted:
        paper.text("判断不了的，先补下面这些，能判的最多：")
        for number, line in enumerate(wanted[:_MOST_WANTED], 1):
            paper.text(f"{number}.{line}。")
    due = deadlines.shown(overview.assessment)
    if due:
        by_owner = deadlines.by_owner(
            deadlines.within(overview.assessment, deadlines.SHOWN_DAYS).deadlines
        )
        paper.text(
            f"{deadlines.SHOWN_DAYS}日内到期的{len(due)}件（{_short(by_owner)}），"
            f"最早的是{due[0].on}：{due[0].subject}{due[0].what}；逐件见附表5。"
        )
    paper.text(TO_FILL)


def _remedies(overview: Overview, entries: Sequence[OutcomeEntry]) -> dict[str, list[str]]:
    """What each has to do about which requirements, each thing once."""
    found: dict[str, dict[str, None]] = {}
    for entry in entries:
        requirement = overview.requirements[entry.requirement]
        who = overview.named(requirement.supplier) or "有关单位"
        what = titles.remedy_of(entry, requirement, who=False)
        found.setdefault(who, {})[f"{requirement.title}：{what}"] = None
    return {who: list(remedies) for who, remedies in found.items()}


def _planned(plans: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """What each has to do, the first things of each and of all."""
    left = _MOST_PLANS
    for who, remedies in plans.items():
        shown = remedies[: min(left, _MOST_OF_ONE)]
        left -= len(shown)
        rest = len(remedies) - len(shown)
        more = [f"另有{rest}条，见附表2"] if rest else []
        yield [who, "\n".join([*shown, *more])]


def _others(overview: Overview, paper: Paper) -> None:
    a = overview.assessment
    if a.since is not None:
        paper.text(f"与上次比：{in_short(a.since)}。")
        for block in gone(a.since):
            paper.text(f"{block.title}：")
            for line in block.lines[:_MOST_PAST]:
                paper.text(_short(line))
            if block.lines[_MOST_PAST:]:
                paper.text(f"另有{len(block.lines) - _MOST_PAST}行，见附表7。")
    if a.earlier:
        paper.text(f"{trend.TITLE}的情况如下；纲要各节见附表8。")
        if trend.note(a):
            paper.text(f"{trend.note(a)}。")
        paper.table([list(trend.COLUMNS), *trend.rows(a)], [16, 25, 23, 16, 16, 15, 15, 15, 15])
    if overview.unknowns.causes:
        causes = "、".join(f"{why}{number}项" for why, number in overview.unknowns.causes)
        paper.text(f"没有判断的原因：{causes}。")
    if overview.reading:
        paper.text(f"读取材料时有{overview.reading}，见附表4。")


def _short(text: str) -> str:
    return text if len(text) <= _CUT else text[:_CUT] + "……"
