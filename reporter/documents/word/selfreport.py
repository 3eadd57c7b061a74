"""法治政府建设自查报告: a draft for the office to edit and send up, marked 内部."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from engine.model.assessment import OutcomeEntry
from engine.model.outcome import OUTCOME_TITLES, SEVERITY_TITLES, Outcome, Severity
from reporter import deadlines, gates, titles
from reporter.documents.word.paper import Paper
from reporter.overview import Overview
from reporter.since import gone, in_short

_TO_FILL: Final = "（由起草人填写）"
_MOST_NAMED: Final = 6
_MOST_FACTS: Final = 4
_LEVELS: Final = "一二三四"


def write_self_report(overview: Overview, paper: Paper) -> None:
    """The whole report: the body upright, the tables turned."""
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
    paper.text(_TO_FILL)
    paper.heading("二、存在的不足和原因")
    _problems(overview, paper)
    paper.heading("三、党政主要负责人履行推进法治建设第一责任人职责情况")
    paper.text(_TO_FILL)
    paper.heading("四、下一年度工作安排")
    _plans(overview, paper)
    paper.heading("五、其他需要报告的情况")
    if a.since is not None:
        paper.text(f"与上次比：{in_short(a.since)}。")
        for block in gone(a.since):
            paper.text(f"{block.title}：")
            for line in block.lines:
                paper.text(line)
    if overview.wanted:
        paper.text(
            f"有{a.summary.outcomes.get(Outcome.UNKNOWN, 0)}项因信息不全没有判断，"
            "缺什么见附表3；补齐后再核。"
        )
    if overview.reading:
        paper.text(f"读取材料时有{overview.reading}，见附表4。")
    paper.text(_TO_FILL)
    paper.landscape()
    _tables(overview, paper)


def _problems(overview: Overview, paper: Paper) -> None:
    """By severity, then by requirement: how many, where, under which article."""
    if not overview.found:
        paper.text("逐项核对没有发现须处理的问题。")
    level = 0
    for severity in Severity:
        entries = [entry for entry in overview.found if entry.severity is severity]
        if not entries:
            continue
        name = SEVERITY_TITLES[severity]
        paper.heading(f"（{_LEVELS[level]}）{name}的问题（{len(entries)}项）", 2)
        level += 1
        for number, (requirement, found) in enumerate(_by_requirement(entries), 1):
            paper.text(f"{number}.{_problem(overview, requirement, found)}")
    paper.text(f"产生上述问题的原因：{_TO_FILL}")


def _by_requirement(
    entries: Sequence[OutcomeEntry],
) -> list[tuple[str, list[OutcomeEntry]]]:
    found: dict[str, list[OutcomeEntry]] = {}
    for entry in entries:
        found.setdefault(entry.requirement, []).append(entry)
    return list(found.items())


def _problem(overview: Overview, name: str, entries: list[OutcomeEntry]) -> str:
    requirement = overview.requirements[name]
    subjects = list(dict.fromkeys(overview.subject(entry) for entry in entries))
    more = f"等{len(subjects)}件" if len(subjects) > _MOST_NAMED else ""
    outcomes = "、".join(dict.fromkeys(OUTCOME_TITLES[entry.outcome] for entry in entries))
    listed = "、".join(subjects[:_MOST_NAMED])
    waived = sum(1 for entry in entries if entry.waiver)
    said = f"其中{waived}件已豁免。" if waived else ""
    return (
        f"{requirement.title}（{outcomes}，{len(entries)}件）。{entries[0].message}"
        f"涉及：{listed}{more}。依据：{titles.basis(requirement, entries[0].text)}。{said}"
    )


def _plans(overview: Overview, paper: Paper) -> None:
    """What is to be done, by who is to do it."""
    plans: dict[str, dict[str, None]] = {}
    for entry in overview.found:
        requirement = overview.requirements[entry.requirement]
        who = requirement.supplier or "有关单位"
        what = titles.remedy_of(entry, requirement, who=False)
        plans.setdefault(who, {})[f"{requirement.title}：{what}"] = None
    for number, (who, remedies) in enumerate(plans.items(), 1):
        paper.heading(f"{number}.{who}", 3)
        for what in remedies:
            paper.text(what)
    paper.text(_TO_FILL)


def _tables(overview: Overview, paper: Paper) -> None:
    a = overview.assessment
    paper.heading("附表1　对照纲要情况")
    paper.table([["节", "内容", "核对情况"], *_sections(overview)], [20, 80, 125])
    paper.heading("附表2　问题清单")
    columns = ["序号", "对象", "问题", "依据", "严重度和结论", "整改措施", "责任单位"]
    paper.table([columns, *_findings(overview)], [11, 33, 72, 30, 21, 40, 18])
    paper.heading("附表3　信息不全、判断不了的")
    supposed = [[said, line] for said, lines in overview.supposed for line in lines]
    if supposed:
        paper.table([["假定", "会是不符合的"], *supposed], [60, 165])
    if overview.no_ledgers:
        paper.table([[titles.NO_LEDGERS], *([item.said] for item in overview.no_ledgers)], [225])
        paper.text(f"{titles.NO_LEDGERS_HINT}。")
    if overview.undecided:
        columns = ["必须先解决的要求", "缺什么", "对象", "怎么办"]
        paper.table([columns, *_undecided(overview)], [45, 60, 60, 60])
    wanted = [[w.title, w.why, f"{w.requirements}条", f"{w.outcomes}项"] for w in overview.wanted]
    paper.table([["缺的内容", "原因", "关系到的要求", "关系到的判断"], *wanted], [85, 70, 35, 35])
    if overview.columns_hint:
        paper.text(f"{overview.columns_hint}。")
    paper.heading("附表4　材料和读取中的问题")
    inputs = [
        [item.path, f"{sum(item.records.values())}", "\n".join(map(titles.problem, problems))]
        for item in a.inputs
        for problems in [overview.problems([item])]
    ]
    paper.table([["材料", "记录", "问题"], *inputs], [70, 20, 135])
    paper.heading(f"附表5　{deadlines.SHOWN_DAYS}日内到期的")
    found = [[d.on, d.off, d.owner, d.subject, d.all] for d in deadlines.shown(a)]
    paper.table([["最迟", "还有", "单位", "事项", "要办的"], *found], [28, 25, 35, 50, 87])
    if overview.passing:
        paper.heading("附表6　决策逐件的情况")
        paper.table([["事项", "闸门", "各条要求"], *_passing(overview)], [40, 30, 155])
    engines = "、".join(engine.name for engine in a.engines)
    paper.text(
        f"规则集{a.ruleset.version}（{a.ruleset.sha256[:16]}）"
        f"{titles.local_rules(a.ruleset, 16)}，引擎{engines}。"
        "本报告只反映程序和佐证，不代替合法性判断。"
    )


def _grades(entry: OutcomeEntry) -> tuple[str, ...]:
    """Severity, outcome, and what stands beside them."""
    return (
        SEVERITY_TITLES[entry.severity],
        OUTCOME_TITLES[entry.outcome],
        *titles.marks_of(entry),
    )


def _sections(overview: Overview) -> Iterator[list[str]]:
    for section in overview.sections:
        counted = "，".join(
            f"{OUTCOME_TITLES[outcome]}{section.counts[outcome]}项"
            for outcome in Outcome
            if section.counts.get(outcome)
        )
        yield [section.name, section.entry.title, counted or section.entry.reason or "没有核到"]


def _passing(overview: Overview) -> Iterator[list[str]]:
    """Each record at each of its gates, with every requirement that the gate stands on."""
    for one in overview.passing:
        for gate in one.gates:
            lines = [
                f"{title}：{gates.listed(steps, overview.requirements)}"
                for title, steps in gates.by_state(gate)
            ]
            yield [one.label, f"{gate.title}：{gate.state_title}", "\n".join(lines)]


def _undecided(overview: Overview) -> Iterator[list[str]]:
    """The blocking requirements that can't be judged, by what is wanting."""
    for item in overview.undecided:
        requirement = overview.requirements[item.requirement]
        doubt = titles.doubtful(requirement.unconfirmed)
        subjects = "、".join(overview.subject(entry) for entry in item.entries[:_MOST_NAMED])
        more = f"等{len(item.entries)}件" if len(item.entries) > _MOST_NAMED else ""
        what = titles.remedy_of(item.entries[0], requirement)
        yield [f"{requirement.title}{doubt}", item.wanting, f"{subjects}{more}", what]


def _findings(overview: Overview) -> Iterator[list[str]]:
    for number, entry in enumerate(overview.found, 1):
        requirement = overview.requirements[entry.requirement]
        waived = [titles.waiver(entry.waiver)] if entry.waiver else []
        yield [
            str(number),
            overview.subject(entry),
            "\n".join([entry.message, *titles.facts(entry, _MOST_FACTS)]),
            titles.basis(requirement, entry.text),
            "\n".join([*_grades(entry), *waived]),
            titles.remedy_of(entry, requirement, who=False),
            requirement.supplier,
        ]
