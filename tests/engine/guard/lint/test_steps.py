"""Procedures that leave something open: a day nothing sets, a paper that no step brings."""

from __future__ import annotations

import pytest

from engine.guard.lint.steps import unsteady
from tests.engine.small import ruleset

GATE = (
    "go: {title: 闸, subject: thing, classification: a-one, assumes: 'on', requirements: [b-two]}"
)
PROCEDURE = """
thing:
  title: 办事
  gates: [go]
  requirements: [c-part]
  suppose: {flag: true}
  left: {done: 不能假定}
  steps:
    - {title: 甲, by: 甲处, days: [start], always: true}
    - {title: 会, by: 乙处, days: ['on'], goal: true}
    - {title: 分, by: 乙处, days: [parts.on], which: {parts.word: 甲}, otherwise: {n: 0}}
"""


def _said(procedure: str) -> list[str]:
    rules = ruleset(
        {},
        {"id": "b-two", "title": "二", "require": "thing.done && thing.start < thing.on"},
        {"id": "c-part", "subject": "part", "act_on": "part.on", "require": "has(part.on)"},
        gates=GATE,
        procedures=procedure,
    )
    found = list(unsteady(rules))
    assert {(one.file, one.key) for one in found} <= {("rulesets/procedures.yaml", "thing")}
    return [one.message for one in found]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("", "", []),
        ("days: [start]", "days: [start, group.on]", ["没有一条要求读“组内日期”，定不出它的日子"]),
        (", goal: true", "", ["闸门“闸”假定的日子“on”须是写明 goal 的一步"]),
        (
            "{done: 不能假定}",
            "{}",
            ["“二”要的“是否办完”没有一步补上，也没有假定，left 里也没有说"],
        ),
        (
            "{flag: true}",
            "{flag: true, done: true}",
            ["left 里的“是否办完”没有要求要它，或者有一步补上，请删去"],
        ),
    ],
)
def test_what_is_told(old: str, new: str, said: list[str]) -> None:
    """Every fault by itself; a procedure that leaves nothing open is told nothing of."""
    assert _said(PROCEDURE.replace(old, new)) == said


def test_a_gate_that_assumes_no_day_needs_no_goal() -> None:
    rules = ruleset(
        {},
        gates="go: {title: 闸, subject: thing, classification: a-one, requirements: [a-one]}",
        procedures="thing: {title: 办, gates: [go], steps: [{title: 甲, by: 乙, days: [start]}]}",
    )
    assert list(unsteady(rules)) == []
