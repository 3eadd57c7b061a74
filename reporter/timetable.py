"""The timetable of a subject in words that every format uses.

时间表：哪一步最早、最迟哪天，凭什么，各种格式说法一样。
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from engine.model.outcome import OUTCOME_TITLES
from engine.model.timetable import (
    GoalEntry,
    GroundEntry,
    MilestoneEntry,
    SuppositionEntry,
    TimetableEntry,
)

COLUMNS: Final = ("步骤", "已定", "最早", "最迟", "因为", "谁")

NOTHING_AHEAD: Final = "没有还要办的步骤：各步都办了，或者不属这套程序"

UNCONFIRMED: Final = "系统未核成：两个引擎对这些日子的结论对不上，不给日子，须人工核对"


def rows(entry: TimetableEntry) -> list[tuple[str, str, str, str, str, str]]:
    """The table: a row a day, in the order of the procedure, as `COLUMNS`."""
    return [
        (
            name(milestone),
            _day(milestone.planned),
            _day(milestone.earliest) + ("（休息日）" if milestone.rest_day else ""),
            _day(milestone.latest) + (f"（已晚{milestone.late}日）" if milestone.late else ""),
            "；".join(reasons(milestone)),
            milestone.who,
        )
        for milestone in entry.milestones
    ]


def name(milestone: MilestoneEntry) -> str:
    """What a day is called: by its field, of one of several records by the step before it.

    It is marked where a goal follows from it.
    """
    step = f"{milestone.step}：" if milestone.record else ""
    return ("★" if milestone.decisive else "") + step + milestone.title


def reasons(milestone: MilestoneEntry) -> list[str]:
    """What sets the earliest day, and the latest."""
    why = []
    if milestone.because:
        why.append("最早：" + "；".join(map(ground, milestone.because)))
    if milestone.until:
        why.append("最迟：" + "；".join(map(ground, milestone.until)))
    return why


def ground(entry: GroundEntry) -> str:
    """A requirement with its article, or an order of events, and the days that it counts from."""
    basis = f"（{entry.basis}）" if entry.basis else ""
    rests = "、".join(f"{rest.title}{rest.day}" for rest in entry.rests)
    return entry.text + basis + (f"，按{rests}" if rests else "")


def goals(entry: TimetableEntry) -> list[str]:
    """What is said of every goal: the first day and what sets it, or why there is none."""
    return [line for goal in entry.goals for line in _goal(goal, entry)]


def _goal(goal: GoalEntry, entry: TimetableEntry) -> list[str]:
    lines = []
    if goal.day is not None:
        how = "（在下列假定下）" if entry.supposed else ""
        lines.append(f"{goal.title}：最早 {goal.day}{how}")
        if len(goal.chain) > 1:
            days = " → ".join(f"{rest.title}{rest.day}" for rest in goal.chain)
            lines.append(f"　由此定下：{days}")
    elif goal.blocked:
        why = "；".join(map(ground, goal.blocked))
        untold = any(one.untold for one in goal.blocked)
        said = "说不出哪天" if untold else "没有合法的日子，补材料也不行"
        lines.append(f"{goal.title}：{said}——{why}")
    elif goal.lacking:
        lines.append(f"{goal.title}：说不出哪天，缺：{'、'.join(goal.lacking)}")
    elif not entry.confirmed:
        lines.append(f"{goal.title}：{UNCONFIRMED}")
    if goal.asked is not None and goal.reached is not None:
        lines.append(f"　{goal.asked} {_reached(goal, entry)}")
    if goal.doubtful:
        doubtful = "、".join(dict.fromkeys(f"“{one.text}”" for one in goal.doubtful))
        lines.append(f"　{doubtful}存疑，须先由人认定")
    for one in goal.apart:
        title = OUTCOME_TITLES[one.outcome]
        lines.append(f"　没有算进去：{ground(one.ground)}，{title}；{one.why}")
    return lines


def _reached(goal: GoalEntry, entry: TimetableEntry) -> str:
    """Whether the day asked about can be met, and which step is late for it."""
    if goal.reached:
        return "赶得上"
    late = [one for one in entry.milestones if one.late and not one.goal]
    if goal.blocked:
        return "赶不上"
    if not late:
        own = (m for m in entry.milestones if m.goal and m.planned == goal.asked)
        why = "；".join(ground(one) for m in own if m.earliest == goal.day for one in m.because)
        return "赶不上" + (f"：{why}" if why else "")
    listed = "、".join(f"{one.title}最迟 {one.latest}，已晚{one.late}日" for one in late)
    return f"赶不上：{listed}"


def supposed(entry: TimetableEntry) -> list[str]:
    """Everything supposed, a line a step."""
    by_step: dict[str, list[str]] = {}
    for one in entry.supposed:
        by_step.setdefault(one.step, []).append(_supposed(one))
    return [(f"{step}：" if step else "") + "；".join(facts) for step, facts in by_step.items()]


def _supposed(one: SuppositionEntry) -> str:
    return f"{one.title}为“{one.supposed}”（{one.has}）"


def _day(day: dt.date | None) -> str:
    return "" if day is None else str(day)
