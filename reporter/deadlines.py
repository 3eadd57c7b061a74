"""Deadlines in words: by day, by whose matter it is, what is due together in one line.

期限的话：按日子、按单位，同一天同一件事合成一行，各种格式一样。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from engine.model.assessment import Assessment
from engine.model.deadline import RED, YELLOW, DeadlineEntry, Urgency
from engine.model.outcome import HOUSE
from reporter.titles import NOBODY, fact
from reporter.visible import visible

URGENCY_TITLES: Final = {
    Urgency.RED: f"{RED}个工作日内",
    Urgency.YELLOW: f"{YELLOW}个工作日内",
    Urgency.LATER: "以后",
}
SHOWN_DAYS: Final = 30
"""Natural days ahead that a page shows where nobody asks for another number."""

WEEKDAYS: Final = "一二三四五六日"
_MOST_NAMED: Final = 3
UNDATED: Final = "待定日期"
UNDATED_HINT: Final = "还没有做到，哪天到期要补上缺的才算得出"


@dataclass(frozen=True, slots=True)
class Together:
    """What is due on one day about one record."""

    day: dt.date
    urgency: Urgency
    owner: str
    subject: str
    entries: tuple[DeadlineEntry, ...]

    @property
    def what(self) -> str:
        """What has to be done: each thing and who does it, of many the first."""
        named = "、".join(map(_thing, self.entries[:_MOST_NAMED]))
        more = f"等{len(self.entries)}项" if len(self.entries) > _MOST_NAMED else ""
        return visible(named + more)

    @property
    def all(self) -> str:
        """Everything that has to be done, and who does it."""
        return visible("、".join(map(_thing, self.entries)))

    @property
    def off(self) -> str:
        """How far off the day is, in working days."""
        workdays = self.entries[0].workdays
        if workdays is None:
            return "工作日数要看当年的放假安排"
        return f"还有{workdays}个工作日" if workdays else "当天"

    @property
    def on(self) -> str:
        """The day with its day of the week."""
        return f"{self.day}（周{WEEKDAYS[self.day.weekday()]}）"


def within(assessment: Assessment, days: int) -> Assessment:
    """The assessment with the deadlines of the next `days` natural days alone."""
    last = assessment.as_of + dt.timedelta(days=days)
    return replace(assessment, deadlines=tuple(d for d in assessment.deadlines if d.day <= last))


def together(entries: Iterable[DeadlineEntry]) -> list[Together]:
    """The deadlines, what is due on one day about one record in one, the soonest first."""

    def key(entry: DeadlineEntry) -> tuple[dt.date, str, str, str]:
        return entry.day, entry.owner or NOBODY, entry.subject_label, entry.subject_type

    return [
        Together(day, found[0].urgency, visible(owner), visible(subject), tuple(found))
        for (day, owner, subject, _), group in groupby(sorted(entries, key=key), key)
        if (found := list(group))
    ]


def shown(assessment: Assessment) -> list[Together]:
    """The deadlines that a page shows."""
    return together(within(assessment, SHOWN_DAYS).deadlines)


def beyond(assessment: Assessment) -> list[Together]:
    """The deadlines that come after those."""
    near = within(assessment, SHOWN_DAYS).deadlines
    return together(assessment.deadlines[len(near) :])


def later(assessment: Assessment) -> int:
    """How many deadlines come after those that a page shows."""
    return len(assessment.deadlines) - len(within(assessment, SHOWN_DAYS).deadlines)


@dataclass(frozen=True, slots=True)
class Undated:
    """What has to be done by a day that isn't known, and what that waits for."""

    owner: str
    subject: str
    title: str
    waits: str

    @property
    def said(self) -> str:
        """All of it in one line."""
        return f"{self.owner}　{self.subject}：{self.title}；缺：{self.waits}"


def undated(assessment: Assessment) -> list[Undated]:
    """Everything that has to be done by a day that isn't known, by unit and record."""
    found = [
        Undated(
            visible(entry.owner or NOBODY),
            visible(entry.subject_label),
            assessment.requirements[entry.requirement].title,
            "、".join(map(fact, entry.undated)),
        )
        for entry in assessment.undated
    ]
    return sorted(found, key=lambda one: (one.owner, one.subject, one.title))


def by_owner(entries: Sequence[DeadlineEntry]) -> str:
    """How many are due of each unit's matters, the most first."""
    counts: dict[str, int] = {}
    for one in together(entries):
        counts[one.owner] = counts.get(one.owner, 0) + 1
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return "、".join(f"{visible(owner)}{number}件" for owner, number in ordered)


def _thing(entry: DeadlineEntry) -> str:
    who = f"（{entry.supplier}）" if entry.supplier else ""
    return f"{entry.title}{who}{HOUSE if entry.house else ''}"
