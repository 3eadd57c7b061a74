"""程序核对附表: goes with the reviewer's opinion on one decision, and judges nothing lawful.

Conclusion, what is left to do and the room to sign stand on the first page, however much there
is; what doesn't fit there is counted, and stands whole behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.model.gate import STEP_STATE_TITLES, DayFrom, GateEntry, GateStep, StepState
from engine.model.timetable import GoalEntry
from reporter import gates
from reporter.documents.word.evidence import DAYS, TO_DO, write_evidence
from reporter.documents.word.fitting import Cutter, fitting, height
from reporter.documents.word.home import BLANK
from reporter.documents.word.paper import (
    FORM_GAP,
    FORM_HEADING,
    FORM_MARGINS,
    FORM_TITLE,
    Paper,
    in_mm,
)
from reporter.overview import Overview

_TOP, _RIGHT, _BOTTOM, _LEFT_OF = FORM_MARGINS
_PAGE: Final = 297 - _TOP - _BOTTOM - 8.0
"""The room of a page in mm, less a line and what rounding may take."""

_WIDTH: Final = 210 - _LEFT_OF - _RIGHT
_HEAD: Final = [30, 55, 30, 55]
_CONCLUSION: Final = [30, 22, 68, 50]
_TO_DO: Final = [72, 20, 54, 24]
_OPINIONS: Final = [30, 55, 30, 55]
_OPINION: Final = 13
"""Room to write in, in mm."""

_FEW: Final = 2
_LINES: Final = 3
"""Lines that a cell, or a text above the table, has at most."""

_SIGNED: Final = "\n　　　　　年　　月　　日"
_OPINION_ROWS: Final = [
    ["权限", "", "程序", ""],
    ["内容", "", "法律顾问意见", ""],
    ["结论", "", "建议", ""],
    ["签发、印章", _SIGNED, "经办、审查", _SIGNED],
]
_CONCLUDED: Final = ["闸门", "结论", "按哪一天核对", "最早哪天可以"]
_LEFT: Final = ["事项", "怎样", "谁来办", "最迟"]


def write_form(overview: Overview, paper: Paper) -> None:
    """The whole form; what a person concludes, signs and seals stays blank."""
    cut = Cutter("……（全文附后）")
    said = _said(overview, cut)
    head, concluded = _head(overview, cut), [_CONCLUDED, *_concluded(overview, cut)]
    taken = (
        in_mm(FORM_TITLE)
        + height([[line] for line in said], [_WIDTH])
        + height(head, _HEAD)
        + height(concluded, _CONCLUSION)
        + height(_OPINION_ROWS, _OPINIONS, _OPINION)
        + 3 * in_mm(FORM_HEADING)
        + 4 * in_mm(FORM_GAP)
    )
    paper.title(f"{_subject(overview)}程序核对附表")
    for line in said:
        paper.small(line)
    if head:  # a table without rows is none that Word opens
        paper.table(head, _HEAD, head=False)
    paper.heading("一、能否往下走")
    paper.table(concluded, _CONCLUSION)
    paper.heading("二、还要办的")
    left = _left(overview, _PAGE - taken)
    if left:
        paper.table([_LEFT, *left], _TO_DO)
    else:
        paper.small("没有。")
    paper.heading("三、审查意见（由审查人填写）")
    paper.table(_OPINION_ROWS, _OPINIONS, head=False, least=_OPINION)
    write_evidence(overview, paper, cut.whole)


def _said(overview: Overview, cut: Cutter) -> list[str]:
    """What stands under the title."""
    what = (
        f"由程序自动核对{overview.place}台账生成，核对日{overview.assessment.as_of}，供审查人随"
        "审查意见参考，只反映程序和材料，不判断决策是否合法。依据、事实和出处附后。"
    )
    notices = "；".join(overview.notices)
    said = [what, *([f"注意：{notices}。"] if notices else [])]
    return [cut("", line, _WIDTH, _LINES) for line in said]


def _subject(overview: Overview) -> str:
    """What kind of record the gates are for; "" where they stand on nothing of its own."""
    gate = overview.assessment.gates[0]
    named = [overview.requirements[name] for name in gate.outcomes]
    return next((r.subject_title for r in named if r.subject == gate.subject_type), "")


def _head(overview: Overview, cut: Cutter) -> list[list[str]]:
    """Two lines of the form beside each other in each row."""
    cells = []
    for entry in overview.assessment.form:
        held = "" if entry.fact is None else entry.fact.value
        value = BLANK if held is None or held.startswith(BLANK) else held
        cells.append((entry.title, cut(entry.title, value, _HEAD[1], _FEW)))
    if len(cells) % 2:
        cells.append(("", ""))
    return [[*left, *right] for left, right in zip(cells[::2], cells[1::2], strict=True)]


def _concluded(overview: Overview, cut: Cutter) -> Iterator[list[str]]:
    """Each gate: its state, for which day, and the first day on which it opens."""
    a = overview.assessment
    goals = {
        goal.gate: _earliest(goal, rests=bool(entry.supposed), confirmed=entry.confirmed)
        for entry in a.timetables
        for goal in entry.goals
    }
    for gate in a.gates:
        said = [_day(overview, gate), goals.get(gate.gate, _no_goal(overview, gate))]
        day, first = (
            cut(f"{gate.title}，{title}", text, width, _LINES)
            for title, text, width in zip(_CONCLUDED[2:], said, _CONCLUSION[2:], strict=True)
        )
        yield [gate.title, gate.state_title, day, first]


def _day(overview: Overview, gate: GateEntry) -> str:
    if gate.assumed is None:
        return f"台账没有{gate.assumed_title}" if gate.assumed_title else ""
    off = gates.left(gate.assumed, overview.assessment.as_of)
    if gate.day_from is DayFrom.CHECK:
        return f"{gate.assumed}（台账没有{gate.assumed_title}，暂按这天）"
    return f"{gate.assumed_title} {gate.assumed}（{off}）"


def _earliest(goal: GoalEntry, *, rests: bool, confirmed: bool) -> str:
    """The first lawful day of a goal, or why there is none."""
    if not confirmed:
        return "系统未核成，须人工核对"
    if goal.day is not None:
        return f"{goal.day}" + (f"（假定见{DAYS}）" if rests else "")
    if goal.blocked:
        return "没有合法的日子，补材料也不行"
    return f"说不出，缺：{'、'.join(goal.lacking)}"


def _no_goal(overview: Overview, gate: GateEntry) -> str:
    past = gate.assumed is not None and gate.assumed < overview.assessment.as_of
    return f"{gate.assumed_title}已过" if past else "—"


def _left(overview: Overview, room: float) -> list[list[str]]:
    """What isn't done at any gate, so much of it as there is room for."""
    shorten = Cutter("……")
    rows = [_step(overview, step, shorten) for step in overview.left_to_do]
    head = height([_LEFT], _TO_DO)
    shown = fitting(rows, _TO_DO, room - head)
    if len(shown) == len(rows):
        return rows
    shown = fitting(rows, _TO_DO, room - 3 * head)  # and how many more there are
    behind = overview.left_to_do[len(shown) :]
    counted = gates.states_counted(step.state for step in behind)
    first = f"另有{len(behind)}项，见{TO_DO}：{counted}"
    return [*map(list, shown), [first, "", "", ""]]


def _step(overview: Overview, step: GateStep, cut: Cutter) -> list[str]:
    requirement = overview.requirements[step.requirement]
    named = cut("", f"{requirement.title}{step.record}", _TO_DO[0], _FEW)
    who = cut("", overview.named(requirement.supplier), _TO_DO[2], _FEW)
    due = step.due if step.state is StepState.TODO else None
    return [named, STEP_STATE_TITLES[step.state], who, str(due or "")]
