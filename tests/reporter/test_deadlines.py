"""Deadlines in words, on a terminal and as a calendar."""

from __future__ import annotations

import datetime as dt
import io
import json
from dataclasses import replace

from icalendar import Calendar

from engine.model.assessment import Assessment
from engine.model.assessment_json import deadlines_json
from engine.model.deadline import DeadlineEntry, Urgency
from engine.model.outcome import HOUSE, Outcome, Severity
from engine.model.values import Cause
from reporter.deadlines import by_owner, later, shown, together, undated, within
from reporter.documents.ics import render
from reporter.formats import FORMATS
from reporter.terminal.deadlines import render_deadlines
from reporter.visible import visible
from tests.reporter.golden import text_of
from tests.reporter.sample import fact, sample

D = dt.date


def deadline(
    day: int, subject: str, title: str, *, house: bool = False, month: int = 7
) -> DeadlineEntry:
    """One of 2024, of July where no other month is named."""
    return DeadlineEntry(
        day=D(2024, month, day),
        urgency=Urgency.RED if day < 3 else Urgency.LATER,
        workdays=day if day != 4 else None,
        title=title,
        requirement="x",
        subject_type="decision",
        subject_key=subject,
        subject_label=f"“{subject}”",
        owner="" if subject == "决3" else "甲局",
        supplier="乙股" if title == "公布" else "",
        todo="照办。",
        fingerprint=f"{subject}{title}",
        severity=Severity.MAJOR,
        house=house,
    )


def test_what_has_no_day_yet_stands_at_the_end_with_what_is_missing() -> None:
    """Fails if something still to be done could be left out because its day isn't known."""
    (pending,) = (e for e in sample().outcomes if e.outcome is Outcome.PENDING)
    waits = replace(pending, due=None, owner="甲局", undated=(fact("出台日期", None, Cause.BLANK),))
    late = replace(assessment(), outcomes=(waits,))
    out = io.StringIO()
    render_deadlines(within(late, 1), out, 1)
    label = visible(waits.subject_label)
    title = late.requirements[waits.requirement].title
    said = f"甲局　{label}：{title}；缺：出台日期：未填写（决策台账.xlsx〔决策〕D5）"
    assert [one.said for one in undated(late)] == [said]
    lines = out.getvalue().splitlines()
    assert lines[-1] == "已经逾期的见 fazhi check"
    at = lines.index("待定日期　1项：还没有做到，哪天到期要补上缺的才算得出")
    assert "".join(line.strip() for line in lines[at + 1 : -1]) == f"· {said}"
    for form in ("terminal", "markdown", "html", "docx", "xlsx"):
        assert "待定日期" in text_of(FORMATS[form].render(late), form)
    assert [one["subject_key"] for one in json.loads(deadlines_json(late))["undated"]] == [
        waits.subject_key
    ]


def assessment() -> Assessment:
    """The sample, as of 20 June 2024, with these deadlines."""
    found = (
        deadline(1, "决1", "公布"),
        deadline(1, "决2", "归档", house=True),
        *(deadline(4, "决1", title) for title in ("甲", "乙", "丙", "丁")),
        deadline(31, "决3", "备案"),
    )
    return replace(sample(), deadlines=found)


def test_what_is_due_together_is_one_line() -> None:
    lines = [(one.on, one.off, one.owner, one.subject, one.what) for one in
             together(assessment().deadlines)]  # fmt: skip
    house = "（这个期限是本产品约定的等待期，不是法定期限）"
    assert lines == [
        ("2024-07-01（周一）", "还有1个工作日", "甲局", "“决1”", "公布（乙股）"),
        ("2024-07-01（周一）", "还有1个工作日", "甲局", "“决2”", f"归档{house}"),
        ("2024-07-04（周四）", "工作日数要看当年的放假安排", "甲局", "“决1”", "甲、乙、丙等4项"),
        ("2024-07-31（周三）", "还有31个工作日", "（单位未写明）", "“决3”", "备案"),
    ]
    assert together(assessment().deadlines)[2].all == "甲、乙、丙、丁"
    assert by_owner(assessment().deadlines) == "甲局3件、（单位未写明）1件"


def test_a_page_shows_thirty_days_and_counts_the_rest() -> None:
    """20 June and 30 days is 20 July: that of 31 July is counted."""
    assert [one.day for one in shown(assessment())] == [D(2024, 7, 1), D(2024, 7, 1), D(2024, 7, 4)]
    assert later(assessment()) == 1
    assert [d.day.day for d in within(assessment(), 11).deadlines] == [1, 1]
    assert len(within(assessment(), 41).deadlines) == len(assessment().deadlines)
    assert within(assessment(), 10).deadlines == ()


def test_a_calendar_has_an_event_for_each_line_and_the_same_ids_again() -> None:
    events = Calendar.from_ical(render(assessment())).walk("VEVENT")
    assert [(str(e["SUMMARY"]), e.decoded("DTSTART"), e.decoded("DTEND")) for e in events] == [
        ("“决1”：公布（乙股）", D(2024, 7, 1), D(2024, 7, 2)),
        ("“决2”：归档（这个期限是本产品约定的等待期，不是法定期限）", D(2024, 7, 1), D(2024, 7, 2)),
        ("“决1”：甲、乙、丙等4项", D(2024, 7, 4), D(2024, 7, 5)),
        ("“决3”：备案", D(2024, 7, 31), D(2024, 8, 1)),
    ]
    assert len({str(event["UID"]) for event in events}) == 4
    assert render(assessment()) == render(assessment())


def test_a_terminal_shows_the_soonest_first() -> None:
    out = io.StringIO()
    render_deadlines(within(assessment(), 12), out, 12)
    assert out.getvalue().splitlines() == [
        "法治体检 · 期限　青岚县　检查日 2024-06-20",
        "12日内到期　2件：甲局2件",
        "● 3个工作日内　◐ 10个工作日内　○ 以后",
        "  ● 2024-07-01（周一）还有1个工作日　甲局　“决1”：公布（乙股）",
        f"  ● 2024-07-01（周一）还有1个工作日　甲局　“决2”：归档{HOUSE[:-4]}",
        f"      {HOUSE[-4:]}",
        "已经逾期的见 fazhi check",
    ]
    empty = io.StringIO()
    render_deadlines(within(assessment(), 1), empty, 1)
    assert empty.getvalue().splitlines()[1] == "1日内到期　0件"
