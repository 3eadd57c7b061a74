"""What to fill in: each cell once, columns apart, by unit, the gravest first."""

from __future__ import annotations

import io
from dataclasses import replace

from openpyxl import load_workbook

from engine.model.assessment import OutcomeEntry
from engine.model.outcome import Outcome, Severity
from engine.model.shown import FactEntry
from engine.model.values import Cause, Source
from reporter.blanks import blanks
from reporter.documents.blanks import render
from reporter.overview import Overview
from tests.reporter.sample import sample


def lacks(key: str, field: str, cause: Cause, cell: str = "D5", sheet: str = "决策") -> FactEntry:
    source = Source("台账.xlsx", sheet, cell)
    return FactEntry("decision", key, field, field, "unknown", None, cause, source)


def waits(
    number: int, key: str, severity: Severity, *missing: FactEntry, owner: str = "甲局"
) -> OutcomeEntry:
    return OutcomeEntry(
        f"dec-{number}", "decision", key, key, Outcome.UNKNOWN, severity, finding=False,
        missing=missing, owner=owner, fingerprint=f"{number}{key}",
    )  # fmt: skip


BLANK, COLUMN = Cause.BLANK, Cause.NO_COLUMN
MAJOR, BLOCKING = Severity.MAJOR, Severity.BLOCKING


def shown(*entries: OutcomeEntry) -> list[tuple[bool, str, str, str, int, int]]:
    overview = Overview(replace(sample(), outcomes=entries))
    return [
        (b.column, b.owner, b.fact.record_key, b.fact.field, len(b.entries), b.records)
        for b in blanks(overview)
    ]


def test_a_cell_is_one_row_whatever_waits_for_it() -> None:
    """Fails if one blank could be asked for twice, or a column once for every record."""
    found = shown(
        waits(0, "决1", MAJOR, lacks("决1", "x", BLANK), lacks("决1", "y", COLUMN, "")),
        waits(1, "决1", BLOCKING, lacks("决1", "x", BLANK)),
        waits(0, "决2", MAJOR, lacks("决2", "y", COLUMN, ""), lacks("决2", "x", BLANK, "D6")),
        waits(1, "决3", MAJOR, lacks("决3", "z", BLANK, "E7"), owner=""),
    )
    assert found == [
        (True, "甲局", "决1", "y", 2, 2),
        (False, "甲局", "决1", "x", 2, 1),
        (False, "甲局", "决2", "x", 1, 1),
        (False, "（单位未写明）", "决3", "z", 1, 1),
    ]


def test_what_nobody_can_write_down_is_not_asked_for() -> None:
    """A day that lies ahead, a parameter, the calendar, an open list: no cell settles them."""
    causes = (Cause.PLANNED, Cause.PARAMETER, Cause.CALENDAR, Cause.OPEN_LIST, Cause.CONTRADICTED)
    assert shown(*(waits(0, "决1", MAJOR, lacks("决1", c.value, c)) for c in causes)) == []
    parameter = replace(lacks("", "p", Cause.BLANK), record_type="")
    assert shown(waits(0, "决1", MAJOR, parameter)) == []


def test_one_column_of_two_sheets_is_two() -> None:
    one = lacks("决1", "y", COLUMN, "", "甲表")
    two = lacks("决2", "y", COLUMN, "", "乙表")
    assert len(shown(waits(0, "决1", MAJOR, one), waits(0, "决2", MAJOR, two))) == 2


def test_what_cannot_be_known_yet_is_not_asked_for_and_its_plan_is() -> None:
    """Fails if the minutes of a meeting to come could be asked for, or the day it is planned for
    not."""
    minutes = replace(lacks("决1", "minutes", BLANK), ahead=True)
    meeting = replace(lacks("决1", "held_on", BLANK), ahead=True, plan="拟上会日")
    assert shown(waits(0, "决1", MAJOR, minutes, meeting)) == [
        (False, "甲局", "决1", "held_on", 1, 1)
    ]
    book = load_workbook(io.BytesIO(render(replace(sample(), outcomes=(
        waits(0, "决1", MAJOR, minutes, meeting),
    )))))  # fmt: skip
    (row,) = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert row[5] == "拟上会日（已经办了的，到台账里补“held_on”）"
    assert row[15] == "拟上会日"
