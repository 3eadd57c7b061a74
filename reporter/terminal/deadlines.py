"""Deadlines on a terminal: the soonest first, red and yellow where they are near."""

from __future__ import annotations

from typing import IO, Final

from engine.model.assessment import Assessment
from engine.model.deadline import Urgency
from reporter.deadlines import (
    UNDATED,
    UNDATED_HINT,
    URGENCY_TITLES,
    Together,
    by_owner,
    together,
    undated,
)
from reporter.notices import notices
from reporter.terminal.page import Page

COLOURS: Final = {Urgency.RED: "red", Urgency.YELLOW: "yellow", Urgency.LATER: None}
MARKS: Final = {Urgency.RED: "●", Urgency.YELLOW: "◐", Urgency.LATER: "○"}
LEGEND: Final = "　".join(f"{MARKS[one]} {title}" for one, title in URGENCY_TITLES.items())


def deadline_line(one: Together, page: Page) -> None:
    """One line: how near, the day, whose matter, the record, what to do."""
    said = f"{MARKS[one.urgency]} {one.on}{one.off}　{one.owner}　{one.subject}：{one.what}"
    page.line(said, 2, 4, fg=COLOURS[one.urgency])


def undated_lines(assessment: Assessment, page: Page) -> None:
    """What has to be done by a day that isn't known, a line each below what they are."""
    found = undated(assessment)
    if found:
        page.line(f"{UNDATED}　{len(found)}项：{UNDATED_HINT}", 0, 2)
    for one in found:
        page.line(f"· {one.said}", 2, 4)


def render_deadlines(assessment: Assessment, out: IO[str], days: int) -> None:
    """Write every deadline of the assessment, said to be those of the next `days` days."""
    a, page = assessment, Page(out)
    found = together(a.deadlines)
    page.line(f"法治体检 · 期限　{a.place or '（地区未写明）'}　检查日 {a.as_of}", bold=True)
    page.notices(notices(a))
    page.line(
        f"{days}日内到期　{len(found)}件" + (f"：{by_owner(a.deadlines)}" if found else ""), 0, 2
    )
    if found:
        page.line(LEGEND)
    for one in found:
        deadline_line(one, page)
    undated_lines(a, page)
    page.line("已经逾期的见 fazhi check")
