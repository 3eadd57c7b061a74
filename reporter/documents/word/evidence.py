"""What stands behind the first page of the 核对附表: how things are mended, what was seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from engine.model.assessment import OutcomeEntry
from engine.model.gate import STEP_STATE_TITLES
from engine.model.outcome import OUTCOME_TITLES, SETTLED, SEVERITY_TITLES, Outcome
from engine.model.values import Source
from reporter import gates, timetable, titles
from reporter.documents.word.home import at_home, home_of, plain_at
from reporter.documents.word.paper import Paper
from reporter.overview import Overview

TO_DO: Final = "附一"
DAYS: Final = "附二"
_EVERY_FACT: Final = 1000

_LEFT: Final = [13, 37, 20, 62, 38]
_CHECKED: Final = [13, 31, 36, 22, 68]
_WIDE_DAYS: Final = [34, 23, 25, 25, 37, 26]
_LISTED: Final = [60, 30, 80]


def write_evidence(overview: Overview, paper: Paper, cut: Sequence[str]) -> None:
    """Everything that the first page rests on; `cut` are the texts that it has no room for."""
    a = overview.assessment
    paper.page(f"{TO_DO}　还要办的，逐项怎么办")
    for text in cut:
        paper.small(text)
    home = home_of(a.outcomes)
    steps = list(_steps(overview, home))
    if home.file:
        paper.small(f"出处只写格号的，都在{home.place()}。")
    if steps:
        paper.table([["序号", "事项", "怎样", "怎么办", "谁来办，最迟"], *steps], _LEFT)
    else:
        paper.small("没有。")
    paper.heading(f"{DAYS}　时间表")
    if not a.timetables:
        paper.small(f"{timetable.NOTHING_AHEAD}。")
    for entry in a.timetables:
        for line in timetable.goals(entry):
            paper.small(line.strip() + "。")
        if entry.milestones:
            rows = [[*row[:-1], overview.named(row[-1])] for row in timetable.rows(entry)]
            paper.table([list(timetable.COLUMNS), *rows], _WIDE_DAYS)
        for line in timetable.supposed(entry):
            paper.small(f"假定：{line}。")
    paper.heading("附三　核对了什么，看到什么")
    checked = _checked(overview, home)
    paper.table([["序号", "核对事项", "依据", "核对结果", "事实和出处"], *checked], _CHECKED)
    for checklist in a.checklists:
        paper.heading(f"清单：{checklist.title}")
        paper.small(f"{titles.tally(checklist)}。{titles.CHECKLIST_NOTE}。")
        lines = [[item.title, titles.ticked(item), titles.tells(item)] for item in checklist.items]
        paper.table([["项目", "有没有", "在哪里填"], *lines], _LISTED)


def _steps(overview: Overview, home: Source) -> Iterator[list[str]]:
    """Each thing that isn't done at some gate, with what to do about it."""
    entries: dict[tuple[str, str], OutcomeEntry] = {}
    gated = {gate.subject_type for gate in overview.assessment.gates}
    for entry in overview.assessment.outcomes:
        record = "" if entry.subject_type in gated else entry.subject_label
        entries[entry.requirement, record] = entry
    for number, step in enumerate(overview.left_to_do, 1):
        requirement = overview.requirements[step.requirement]
        found = entries.get((step.requirement, step.record))
        remedy = (
            requirement.remedy
            if found is None or found.outcome in SETTLED
            else titles.remedy_of(found, requirement, who=False)
        )
        due = f"最迟 {step.due}" if step.due else ""
        there = replace(step, missing=tuple(plain_at(item, home) for item in step.missing))
        yield [
            str(number),
            f"{requirement.title}{step.record}",
            STEP_STATE_TITLES[step.state],
            "\n".join(filter(None, (gates.what(there, requirement), remedy))),
            "\n".join(filter(None, (overview.named(requirement.supplier), due))),
        ]


def _checked(overview: Overview, home: Source) -> Iterator[list[str]]:
    for number, entry in enumerate(_in_order(overview), 1):
        requirement = overview.requirements[entry.requirement]
        result = OUTCOME_TITLES[entry.outcome]
        if entry.outcome not in SETTLED:
            result += f"\n（{SEVERITY_TITLES[entry.severity]}）"
        applies = entry.outcome is not Outcome.NOT_APPLICABLE
        shown = titles.facts(at_home(entry, home), _EVERY_FACT) if applies else []
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
