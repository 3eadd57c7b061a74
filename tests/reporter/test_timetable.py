"""The words of a timetable where engines differ, where nothing is late, where a gate is reached."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from engine.model.timetable import GoalEntry, MilestoneEntry, TimetableEntry
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


def test_engines_that_differ_are_said() -> None:
    entry = replace(ENTRY, goals=(replace(GOAL, day=None, reached=None),), confirmed=False)
    assert goals(entry) == [
        "提请集体讨论：系统未核成：两个引擎对这些日子的结论对不上，不给日子，须人工核对"
    ]
