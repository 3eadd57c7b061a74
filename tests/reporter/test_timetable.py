"""The words of a timetable where engines differ, where nothing is late, where a gate is reached."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from engine.model.timetable import (
    GoalEntry,
    GroundEntry,
    MilestoneEntry,
    RestEntry,
    TimetableEntry,
)
from reporter.timetable import goals, supposed

D = dt.date
GOAL = GoalEntry("meet", "提请集体讨论", D(2025, 3, 20), D(2025, 3, 25), reached=True)
ENTRY = TimetableEntry("程序", "decision", "决1", "“决1”", (GOAL,), ())


def test_a_day_that_can_be_kept_and_nothing_supposed() -> None:
    assert goals(ENTRY) == ["提请集体讨论：最早 2025-03-20", "　2025-03-25 赶得上"]
    assert supposed(ENTRY) == []


def test_a_day_too_early_with_no_step_late_yet() -> None:
    """The step that is late is named; a goal is no step that could be late for itself."""
    early = replace(GOAL, asked=D(2025, 3, 15), reached=False)
    late = MilestoneEntry(
        "会", "讨论日期", "办", "", None, D(2025, 3, 20), D(2025, 3, 9), 1, goal=True
    )
    entry = replace(ENTRY, goals=(early,), milestones=(late,))
    assert goals(entry)[1] == "　2025-03-15 赶不上"
    short = GroundEntry("保证审查时间", "c-time", "《条例》第二十六条",
                        (RestEntry("材料齐备日期", D(2025, 3, 11)),))  # fmt: skip
    asked = replace(late, planned=D(2025, 3, 15), because=(short,))
    told = goals(replace(entry, milestones=(asked,)))[1]
    assert told == (
        "　2025-03-15 赶不上：保证审查时间（《条例》第二十六条），按材料齐备日期2025-03-11"
    )


def test_engines_that_differ_are_said() -> None:
    entry = replace(ENTRY, goals=(replace(GOAL, day=None, reached=None),), confirmed=False)
    assert goals(entry) == [
        "提请集体讨论：系统未核成：两个引擎对这些日子的结论对不上，不给日子，须人工核对"
    ]


def test_a_day_beyond_the_known_holidays_is_not_called_unlawful() -> None:
    """Broken where a calendar that ends is told as if the law left no day."""
    short = GroundEntry("保证审查时间", "c-time", "《条例》第二十六条")
    end = GroundEntry("2026-12-31以后的放假安排没有录入，那以后的日子判不了", untold=True)
    goal = replace(GOAL, day=None, reached=None, blocked=(short, end))
    (said,) = goals(replace(ENTRY, goals=(goal,)))
    assert said == (
        "提请集体讨论：说不出哪天——保证审查时间（《条例》第二十六条）；"
        "2026-12-31以后的放假安排没有录入，那以后的日子判不了"
    )
    closed = replace(goal, blocked=(short,))
    assert goals(replace(ENTRY, goals=(closed,))) == [
        "提请集体讨论：没有合法的日子，补材料也不行——保证审查时间（《条例》第二十六条）"
    ]
