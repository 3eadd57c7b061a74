"""Deadlines as a calendar (iCalendar, RFC 5545): an all-day event for each day and record."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Final

from icalendar import Calendar, Event

from engine.model.assessment import Assessment
from reporter.deadlines import URGENCY_TITLES, Together, together
from reporter.notices import period_notices
from reporter.visible import visible

_IDS: Final = uuid.UUID("3f0f3c0e-7c0b-5d0e-9a51-6f1f0c3f7a10")
"""Events of one deadline have one id, so that a calendar that is loaded again replaces them."""


def render(assessment: Assessment) -> str:
    """The calendar, the same for the same assessment."""
    calendar = Calendar()
    calendar.add("prodid", "-//fazhi//deadlines//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", visible(f"{assessment.place}法治期限"))
    over = "；".join(period_notices(assessment))
    if over:
        calendar.add("x-wr-caldesc", visible(over))
    stamp = dt.datetime.combine(assessment.as_of, dt.time(), dt.UTC)
    for one in together(assessment.deadlines):
        calendar.add_component(_event(one, stamp))
    return bytes(calendar.to_ical()).decode("utf-8")


def _event(one: Together, stamp: dt.datetime) -> Event:
    event = Event()
    prints = "/".join(sorted(entry.fingerprint for entry in one.entries))
    event.add("uid", f"{uuid.uuid5(_IDS, prints)}@fazhi")
    event.add("dtstamp", stamp)
    event.add("dtstart", one.day)
    event.add("dtend", one.day + dt.timedelta(days=1))
    event.add("summary", visible(f"{one.subject}：{one.what}"))
    lines = [f"{entry.title}：{entry.todo.strip()}" for entry in one.entries]
    event.add("description", visible("；".join([one.owner, *lines])))
    event.add("categories", [one.owner, URGENCY_TITLES[one.urgency]])
    event.add("transp", "TRANSPARENT")
    return event
