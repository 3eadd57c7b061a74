"""程序核对附表: goes with the reviewer's opinion on one decision, and judges nothing lawful."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.model.assessment import FormEntry, OutcomeEntry
from engine.model.gate import STEP_STATE_TITLES, GateEntry
from engine.model.outcome import OUTCOME_TITLES, SETTLED, SEVERITY_TITLES, Outcome
from reporter import timetable, titles
from reporter.documents.word.paper import Paper
from reporter.overview import Overview

_FOR_THE_REVIEWER: Final = ("权限", "程序", "内容", "法律顾问意见", "建议")
_MOST_FACTS: Final = 6
_BLANK: Final = "\n\n"
"""Room to write in."""


def write_form(overview: Overview, paper: Paper) -> None:
    """The whole form; what a person concludes, signs and seals stays blank."""
    a = overview.assessment
    paper.title(f"{_subject(overview)}程序核对附表")
    paper.text(
        f"本表由程序自动核对{overview.place}台账生成，核对日{a.as_of}，供审查人随审查意见参考，"
        "只反映程序和材料，不判断决策是否合法。"
    )
    for notice in overview.notices:
        paper.text(f"注意：{notice}。")
    paper.table(_head(a.form), [27, 51, 27, 51], head=False)
    paper.heading("一、能否往下走")
    for gate in a.gates:
        paper.text(_gate(gate))
    paper.heading("二、还要办的")
    to_do = list(_to_do(overview))
    if to_do:
        paper.table([["事项", "怎样", "谁办", "最迟"], *to_do], [72, 24, 36, 24])
    else:
        paper.text("没有。")
    paper.heading("三、审查意见（由审查人填写）")
    rows = [[name, _BLANK] for name in _FOR_THE_REVIEWER]
    paper.table(
        [*rows, ["结论", _BLANK], ["签发、印章", f"{_BLANK}\n　　年　　月　　日"]],
        [36, 120],
        head=False,
    )
    paper.page()
    paper.heading("附一　时间表")
    for entry in a.timetables:
        for line in timetable.goals(entry):
            paper.text(line.strip() + "。")
        if entry.milestones:
            paper.table(
                [list(timetable.COLUMNS), *map(list, timetable.rows(entry))],
                [32, 20, 22, 22, 42, 18],
            )
        for line in timetable.supposed(entry):
            paper.text(f"假定：{line}。")
    paper.heading("附二　程序和材料核对情况")
    paper.table([_COLUMNS, *_checked(overview)], [10, 30, 32, 20, 64])
    paper.heading("附三　怎么补")
    wanting = list(_wanting(overview))
    if wanting:
        paper.table([["事项", "怎么补", "谁来补"], *wanting], [36, 84, 36])
    else:
        paper.text("没有。")
    for checklist in a.checklists:
        paper.heading(f"清单：{checklist.title}")
        paper.text(f"{titles.tally(checklist)}。{titles.CHECKLIST_NOTE}。")
        lines = [[item.title, titles.ticked(item), titles.tells(item)] for item in checklist.items]
        paper.table([["项目", "有没有", "在哪里填"], *lines], [56, 30, 70])


def _to_do(overview: Overview) -> Iterator[list[str]]:
    """What isn't done at any gate."""
    for step in overview.left_to_do:
        requirement = overview.requirements[step.requirement]
        named = f"{requirement.title}{step.record}"
        state = STEP_STATE_TITLES[step.state]
        yield [named, state, requirement.supplier, str(step.due or "")]


_COLUMNS: Final = ["序号", "核对事项", "依据", "核对结果", "事实和出处"]


def _subject(overview: Overview) -> str:
    """What kind of record the gates are for."""
    gate = overview.assessment.gates[0]
    named = [overview.requirements[name] for name in gate.outcomes]
    return next(r.subject_title for r in named if r.subject == gate.subject_type)


def _head(form: tuple[FormEntry, ...]) -> list[list[str]]:
    """Two lines of the form beside each other in each row."""
    cells = [(entry.title, _filled(entry)) for entry in form]
    if len(cells) % 2:
        cells.append(("", ""))
    return [[*left, *right] for left, right in zip(cells[::2], cells[1::2], strict=True)]


def _filled(entry: FormEntry) -> str:
    """What the ledger says, nothing where it says nothing."""
    return entry.fact.value or "" if entry.fact is not None else ""


def _gate(gate: GateEntry) -> str:
    day = f"（按{gate.assumed_title}{gate.assumed}核对）" if gate.assumed is not None else ""
    return f"{gate.title}：{gate.state_title}{day}。"


def _checked(overview: Overview) -> Iterator[list[str]]:
    for number, entry in enumerate(_in_order(overview), 1):
        requirement = overview.requirements[entry.requirement]
        result = OUTCOME_TITLES[entry.outcome]
        if entry.outcome not in SETTLED:
            result += f"\n（{SEVERITY_TITLES[entry.severity]}）"
        applies = entry.outcome is not Outcome.NOT_APPLICABLE
        shown = titles.facts(entry, _MOST_FACTS) if applies else []
        said = [text for text in (entry.note, titles.waiver(entry.waiver)) if text]
        yield [
            str(number),
            requirement.title,
            titles.basis(requirement, entry.text),
            result,
            "\n".join([*shown, *said]),
        ]


def _in_order(overview: Overview) -> list[OutcomeEntry]:
    """The outcomes as the gates name them."""
    order: dict[str, int] = {}
    for gate in overview.assessment.gates:
        for name in gate.outcomes:
            order.setdefault(name, len(order))
    return sorted(overview.assessment.outcomes, key=lambda e: order.get(e.requirement, len(order)))


def _wanting(overview: Overview) -> Iterator[list[str]]:
    for entry in _in_order(overview):
        if entry.outcome not in SETTLED:
            requirement = overview.requirements[entry.requirement]
            yield [
                requirement.title,
                titles.remedy_of(entry, requirement, who=False),
                requirement.supplier,
            ]
