"""The annexes of the 自查报告: every section, finding, want, input, deadline and gate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Final

from engine.model.assessment import OutcomeEntry
from engine.model.outcome import OUTCOME_TITLES, SEVERITY_TITLES, Outcome
from reporter import deadlines, gates, titles, trend
from reporter.documents.word.home import at_home, home_of
from reporter.documents.word.paper import Paper
from reporter.overview import Overview
from reporter.since import gone

ANNEXES: Final = "附件"

_MOST_NAMED: Final = 6
_MOST_FACTS: Final = 4


def write_annexes(overview: Overview, paper: Paper) -> None:
    """All tables, on pages turned by a quarter."""
    a = overview.assessment
    paper.landscape()
    paper.heading(ANNEXES)
    paper.text("以下各表列出逐项的情况，供核对、整改时查。")
    paper.heading("附表1　对照纲要情况")
    paper.table([["节", "内容", "核对情况"], *_sections(overview)], [24, 86, 147])
    paper.heading("附表2　问题清单")
    columns = ["序号", "对象", "看到的", "严重度和结论", "责任单位"]
    if overview.found:
        paper.table([columns, *_findings(overview)], [13, 60, 121, 25, 38])
    else:
        paper.text("没有。")
    paper.heading("附表3　信息不全、判断不了的")
    supposed = [[said, line] for said, lines in overview.supposed for line in lines]
    if supposed:
        paper.table([["假定", "会是不符合的"], *supposed], [60, 197])
    if overview.unknowns.no_ledgers:
        paper.table(
            [[titles.NO_LEDGERS], *([item.said] for item in overview.unknowns.no_ledgers)], [257]
        )
        paper.text(f"{titles.NO_LEDGERS_HINT}。")
    if overview.unknowns.undecided:
        columns = ["必须先解决的要求", "缺什么", "对象", "怎么办"]
        paper.table([columns, *_undecided(overview)], [51, 69, 69, 68])
    wanted = [
        [w.title, w.why, f"{w.requirements}条", f"{w.outcomes}项"] for w in overview.unknowns.wanted
    ]
    paper.table([["缺的内容", "原因", "关系到的要求", "关系到的判断"], *wanted], [97, 80, 40, 40])
    if overview.unknowns.columns_hint:
        paper.text(f"{overview.unknowns.columns_hint}。")
    paper.heading("附表4　材料和读取中的问题")
    inputs = [
        [item.path, f"{sum(item.records.values())}", "\n".join(map(titles.problem, problems))]
        for item in a.inputs
        for problems in [overview.problems([item])]
    ]
    paper.table([["材料", "记录", "问题"], *inputs], [80, 20, 157])
    paper.heading(f"附表5　{deadlines.SHOWN_DAYS}日内到期的")
    found = [[d.on, d.off, d.owner, d.subject, d.all] for d in deadlines.shown(a)]
    found += [
        [deadlines.UNDATED, "", one.owner, one.subject, f"{one.title}；缺：{one.waits}"]
        for one in deadlines.undated(a)
    ]
    paper.table([["最迟", "还有", "单位", "事项", "要办的"], *found], [28, 27, 41, 60, 101])
    if overview.passing:
        paper.heading("附表6　决策逐件的情况")
        paper.table([["事项", "闸门", "各条要求"], *_passing(overview)], [42, 30, 185])
    if a.since is not None:
        paper.heading("附表7　与上次比")
        past = [[block.title, line] for block in gone(a.since) for line in block.lines]
        paper.table([["怎样", "哪一项"], *past], [60, 197])
    if a.earlier:
        paper.heading(f"附表8　{trend.SECTIONS}")
        paper.text(f"{trend.IN_A_CELL}。")
        years = len(a.earlier) + 1
        widths = [97, *[160 // years] * years]
        paper.table([trend.section_columns(a), *trend.section_rows(a)], widths)
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
    for item in overview.unknowns.undecided:
        requirement = overview.requirements[item.requirement]
        doubt = titles.doubtful(requirement.unconfirmed)
        subjects = "、".join(overview.subject(entry) for entry in item.entries[:_MOST_NAMED])
        more = f"等{len(item.entries)}件" if len(item.entries) > _MOST_NAMED else ""
        what = titles.remedy_of(item.entries[0], requirement)
        yield [f"{requirement.title}{doubt}", item.wanting, f"{subjects}{more}", what]


def _findings(overview: Overview) -> Iterator[list[str]]:
    """Every finding, under what it has in common with others: what is wrong, by what, what to do.

    The requirement with the gravest finding comes first. What isn't to be done alike stands with
    each.
    """
    alike: dict[tuple[str, ...], list[OutcomeEntry]] = {}
    for entry in overview.found:
        requirement = overview.requirements[entry.requirement]
        basis = titles.basis(requirement, entry.text)
        alike.setdefault((entry.requirement, entry.message, basis), []).append(entry)
    number = count(1)
    for (name, message, basis), entries in alike.items():
        requirement = overview.requirements[name]
        who = overview.named(requirement.supplier)
        remedies = [titles.remedy_of(entry, requirement, who=False) for entry in entries]
        shared = len(set(remedies)) == 1
        home = home_of(entries)
        where = f"（格号都在{home.place()}，另写明的除外）" if home.file else ""
        by = f"（{who}）" if who else ""
        common = f"\n整改：{remedies[0]}{by}" if shared else ""
        said = (
            f"{requirement.title}　{len(entries)}项。{message.rstrip('。')}。依据：{basis}{where}"
        )
        yield [said + common]
        for entry, remedy in zip(entries, remedies, strict=True):
            waived = [titles.waiver(entry.waiver)] if entry.waiver else []
            seen = "；".join(titles.facts(at_home(_deciding(entry), home), _MOST_FACTS))
            yield [
                str(next(number)),
                overview.subject(entry),
                seen if shared else f"{seen}\n整改：{remedy}{by}",
                "\n".join([*_grades(entry), *waived]),
                entry.owner or who,
            ]


def _deciding(entry: OutcomeEntry) -> OutcomeEntry:
    """The finding with the facts alone that made it one; with all where none is known to."""
    found = tuple(item for item in entry.evidence if item.decides)
    return replace(entry, evidence=found) if found else entry
