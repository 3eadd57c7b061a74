"""A gate in words: its day, how many steps stand how, and each step with who does it and by when.

闸门的话：按哪一天核对、各步骤怎样，各种格式一样。
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from engine.model.assessment import RequirementEntry
from engine.model.gate import STEP_STATE_TITLES, DayFrom, GateEntry, GateStep, StepState
from engine.model.outcome import OUTCOME_TITLES, GateState, Outcome
from engine.model.shown import FactEntry
from engine.model.values import Cause
from reporter.titles import why
from reporter.visible import visible

DECIDES: Final = "▶"
"""Stands before a step that made the gate what it is."""

BRIEFLY: Final = (StepState.DONE, StepState.NOT_ASKED)
"""The states of which a step is named, with nothing to say about it."""

_LYING_AHEAD: Final = (GateState.OPEN, GateState.CLOSED, GateState.WAITING, GateState.UNDETERMINED)


def day(gate: GateEntry, as_of: dt.date) -> str:
    """For which day the gate was looked at, where that comes from, and how far off it is."""
    none = (
        f"{gate.assumed_title}{gate.doubted}" if gate.doubted else f"台账没有{gate.assumed_title}"
    )
    if gate.assumed is None:
        return none if gate.assumed_title else ""
    said = f"按{gate.assumed_title} {gate.assumed} 核对（{left(gate.assumed, as_of)}）"
    if gate.day_from is DayFrom.CHECK:
        return f"{none}，暂{said}"
    return said


def left(day: dt.date, as_of: dt.date) -> str:
    """How many natural days there are from the check to a day."""
    number = (day - as_of).days
    if number == 0:
        return "就在检查日"
    return f"还有{number}日" if number > 0 else f"已过{-number}日"


def lies_ahead(gate: GateEntry, as_of: dt.date) -> bool:
    """Whether what the gate is for is still to come."""
    if gate.state not in _LYING_AHEAD:
        return False
    return gate.assumed is not None and gate.assumed >= as_of


def next_gate(gates: Sequence[GateEntry], as_of: dt.date) -> GateEntry | None:
    """The first gate of a record after the last whose day has come; None where none is left.

    One that stands on no day, or isn't asked of the record, is not waited for.
    """
    left: list[GateEntry] = []
    for gate in gates:
        if gate.assumed is not None and gate.assumed < as_of:
            left = []
        elif gate.assumed_title and gate.state in _LYING_AHEAD:
            left.append(gate)
    return left[0] if left else None


def in_short(gate: GateEntry) -> str:
    """How many steps of a gate stand how."""
    return states_counted(step.state for step in gate.steps)


def states_counted(states: Iterable[StepState]) -> str:
    """How many there are of each state, the most pressing first; "" of none."""
    found = Counter(states)
    return " · ".join(f"{STEP_STATE_TITLES[s]}{found[s]}" for s in StepState if found[s])


def by_state(gate: GateEntry) -> list[tuple[str, list[GateStep]]]:
    """Every step of the gate under what its state is called, the most pressing first."""
    return [
        (STEP_STATE_TITLES[state], found)
        for state in StepState
        if (found := [step for step in gate.steps if step.state is state])
    ]


def named(step: GateStep, requirements: Mapping[str, RequirementEntry]) -> str:
    """What a step is called, marked where it decides, with the nested record that it is about."""
    mark = f"{DECIDES} " if step.decides else ""
    return visible(f"{mark}{requirements[step.requirement].title}{step.record}")


def said(step: GateStep, requirements: Mapping[str, RequirementEntry]) -> str:
    """A step in one line: what, who, by when, and what it waits for; of one that is wrong, how."""
    requirement = requirements[step.requirement]
    parts = [named(step, requirements)]
    if step.state in BRIEFLY:
        return parts[0]
    if requirement.supplier:
        parts.append(f"——{requirement.supplier}")
    if step.due is not None and step.state is StepState.TODO:
        parts.append(f"，最迟 {step.due}")
    more = what(step, requirement)
    return visible("".join([*parts, f"；{more}" if more else ""]))


def listed(steps: Iterable[GateStep], requirements: Mapping[str, RequirementEntry]) -> str:
    """Steps of one state by their names."""
    return "、".join(named(step, requirements) for step in steps)


def what(step: GateStep, requirement: RequirementEntry) -> str:
    """What is wrong with a step, and what it waits for; nothing of one that is done.

    A day that is planned and hasn't come is nothing that is lacking.
    """
    parts = []
    if step.state not in (*BRIEFLY, StepState.TODO):
        parts.append(_how(step, requirement))
    lacking = [item for item in step.missing if item.cause is not Cause.PLANNED]
    if lacking:
        parts.append("缺：" + "、".join(dict.fromkeys(map(_lacking, lacking))))
    return visible("；".join(parts))


def _how(step: GateStep, requirement: RequirementEntry) -> str:
    if step.outcome in (Outcome.GAP, Outcome.BORDERLINE):
        return f"{OUTCOME_TITLES[step.outcome]}：{requirement.message.rstrip('。')}"
    return OUTCOME_TITLES[step.outcome]


def _lacking(item: FactEntry) -> str:
    if item.source is None or item.cause in (None, Cause.NEEDS_PERSON):
        return f"{item.title}（{why(item.cause)}）"
    return f"{item.title}（{why(item.cause)}，{item.source.place()}）"
