"""A duty binds from its first day to its last: the day before, the day, the day after."""

from __future__ import annotations

import datetime as dt

import pytest

from engine.judging.judge import ReferenceJudge
from engine.judging.measure import Measurer
from engine.judging.rete import ReteJudge, available
from engine.judging.sql import SqlJudge
from engine.language import tree as t
from engine.model.outcome import Outcome
from engine.model.values import Record
from engine.model.workdays import WorkCalendar
from engine.model.world import World
from engine.ruleset.model import Ruleset, Window
from tests.agreement.generators import world as small
from tests.agreement.generators.requirements import requirement, text

D, DAY = dt.date, dt.timedelta(days=1)
WINDOWS = (
    (D(2024, 2, 29), D(2024, 7, 31)),  # from the leap day to the end of a month
    (D(2024, 1, 31), D(2024, 2, 29)),
    (D(2023, 3, 1), D(2024, 2, 28)),
    (D(2024, 1, 1), D(2024, 12, 31)),
    (D(2024, 6, 30), D(2024, 6, 30)),  # a single day
    (D(2023, 12, 31), D.max),
    (D.min, D(2025, 2, 28)),
)


@pytest.mark.parametrize(("start", "end"), WINDOWS, ids=str)
def test_the_days_around_both_ends_of_a_window(start: dt.date, end: dt.date) -> None:
    """Broken by a bound taken as exclusive, by any engine, or by a leap day skipped."""
    days = [
        edge + shift * DAY
        for edge in (start, end)
        if edge not in (D.min, D.max)
        for shift in (-1, 0, 1)
    ]
    acts = [Record("act", day.isoformat(), {"due_on": day}) for day in days]
    act_on = t.Path("act", 0, "act", "due_on", t.Kind.DATE)
    true = t.Lit(True, t.Kind.BOOL)
    wanted = [requirement("r", "act", act_on, text(true, windows=(Window(start, end),)))]
    expected = [Outcome.MET if start <= day <= end else Outcome.NOT_APPLICABLE for day in days]
    for judge in (
        ReferenceJudge(),
        SqlJudge("sqlite"),
        SqlJudge("duckdb"),
        *([ReteJudge()] if available() else []),
    ):
        found = judge.judge(wanted, {"act": acts}, small.world(), small.YEAR)["r"]
        assert list(found) == expected, judge.name


def _bases(ruleset: Ruleset, name: str) -> list[tuple[dt.date, dt.date]]:
    """When what carries a duty holds, read from the files anew; spent policy papers go on."""
    file = ruleset.requirements[name].file
    found = []
    for basis in (*file.basis, *(b for version in file.versions for b in version.basis)):
        if basis.carries:
            instrument = ruleset.instruments[basis.instrument]
            start = basis.start or instrument.start or D.min
            end = basis.end or (D.max if instrument.policy else instrument.end) or D.max
            found.append((start, end))
    return found


def test_every_shipped_requirement_begins_and_ends_on_its_days(
    ruleset: Ruleset, calendar: WorkCalendar
) -> None:
    """Broken by a loader or an engine that is a day off, or by a version that leaves a hole."""
    world = World(ruleset.schema, D(2026, 6, 1), calendar, Record("place", "本地"))
    checked = 0
    for name, wanted in ruleset.requirements.items():
        spans = _bases(ruleset, name)
        edges = {edge for span in spans for edge in span if edge not in (D.min, D.max)}
        measurer = Measurer(wanted, world, 2024)
        for day in sorted(edge + shift * DAY for edge in edges for shift in (-1, 0, 1)):
            truths = [x.in_force((day, day)) for x in wanted.texts]
            assert (True in truths) is any(start <= day <= end for start, end in spans), (name, day)
            checked += 1
            if isinstance(wanted.act_on, t.Path) and wanted.act_on.up == 0:
                record = Record(wanted.subject, "甲", {wanted.act_on.field: day})
                outcome = measurer.outcome(record)
                if True not in truths:
                    assert outcome is Outcome.NOT_APPLICABLE, (name, day)
    assert checked >= 300
