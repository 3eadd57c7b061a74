"""Which records have a gate before them, on a known day or on none."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from engine.model.assessment import Assessment
from engine.model.gate import DayFrom, GateEntry
from engine.model.outcome import GATE_STATE_TITLES, GateState
from reporter.gates import day
from reporter.overview import Overview
from reporter.passing import undated
from tests.reporter.sample import sample

AS_OF = sample().as_of
PAST, COMING = AS_OF - dt.timedelta(1), AS_OF + dt.timedelta(9)


def gates(key: str, *days: dt.date | None, state: GateState = GateState.WAITING) -> list[GateEntry]:
    """A record at the gate of the meeting and, if two days are given, at that of its issue."""
    names = (("submit", "提请集体讨论", "讨论日期"), ("issue", "出台", "出台日期"))
    return [
        GateEntry(
            name, title, "decision", key, f"“{key}”", state, GATE_STATE_TITLES[state], on, title_of
        )
        for (name, title, title_of), on in zip(names, days, strict=False)
    ]


def assessed(*found: list[GateEntry]) -> Assessment:
    return replace(sample(), gates=tuple(gate for one in found for gate in one))


def test_what_lies_ahead_on_no_day_stands_at_the_first_gate_left() -> None:
    """A day that has come leaves its gate behind; one ahead is listed with its day instead."""
    a = assessed(
        gates("没有开会", None, None),
        gates("开过会", PAST, None),
        gates("定了会期", COMING, None),
        gates("都办了", PAST, PAST),
        gates("补登会期", None, PAST),
        gates("不属", None, None, state=GateState.NOT_SUBJECT),
    )
    assert [(said, [one.key for one in found]) for said, found in undated(a)] == [
        ("提请集体讨论待完成", ["没有开会"]),
        ("出台待完成", ["开过会"]),
    ]
    assert [one.label for one in Overview(a).ahead] == ["“定了会期”"]


def test_a_line_names_and_counts_all() -> None:
    """Broken where a record could be counted and not named on the first page of a document."""
    (line,) = Overview(assessed(*(gates(f"决{n}", None) for n in range(40)))).undated_lines
    assert line.startswith("提请集体讨论待完成、没有定日子的40件：“决0”、“决1”")
    assert line.count("“决") == 40
    (few,) = Overview(assessed(gates("决1", None))).undated_lines
    assert few == "提请集体讨论待完成、没有定日子的1件：“决1”"


@pytest.mark.parametrize(
    ("doubted", "said"),
    [
        ("", "台账没有讨论日期"),
        ("与别处矛盾，不能作数", "讨论日期与别处矛盾，不能作数"),
    ],
)
def test_a_day_that_contradicts_another_is_not_called_missing(doubted: str, said: str) -> None:
    (gate,) = gates("决1", None)
    assert day(replace(gate, doubted=doubted), AS_OF) == said
    checked = replace(gate, doubted=doubted, assumed=AS_OF, day_from=DayFrom.CHECK)
    assert day(checked, AS_OF) == f"{said}，暂按讨论日期 {AS_OF} 核对（就在检查日）"
