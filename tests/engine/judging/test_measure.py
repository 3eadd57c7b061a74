"""From a requirement and a record to its outcome: force, days due, evidence, severity, budget."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from engine.judging.measure import DOUBTFULLY_GOVERNED, NOT_GOVERNED, Measurer
from engine.model.outcome import Due, Measures, Outcome, Severity
from engine.model.values import ABSENT, Cause, Record, Unknown
from engine.ruleset.model import Severities
from tests.engine.small import (
    BLANK,
    UNREADABLE,
    Fact,
    between,
    requirement,
    strings,
    thing,
    tree,
    world,
)

D = dt.date
AS_OF = D(2024, 6, 30)
MAY = D(2024, 5, 1)


def _outcome(record: Record, as_of: dt.date = AS_OF, **changes: Fact) -> Outcome:
    return Measurer(requirement(**changes), world(as_of), 2024).outcome(record)


@pytest.mark.parametrize(
    ("start", "outcome"),
    [
        (D(2019, 12, 31), Outcome.NOT_APPLICABLE),
        (D(2020, 1, 1), Outcome.GAP),
        (BLANK, Outcome.GAP),  # every day of 2024 is in force
        (between(D(2019, 12, 1), D(2020, 1, 31)), Outcome.UNKNOWN),
        (D(2025, 1, 1), Outcome.GAP),  # a planned day governs too
        (Unknown(Cause.PLANNED, planned=D(2019, 5, 1)), Outcome.NOT_APPLICABLE),
    ],
)
def test_the_law_of_the_day_governs(start: Fact, outcome: Outcome) -> None:
    assert _outcome(thing(start=start, flag=False)) is outcome


DUE: dict[str, Fact] = {"require": "has(thing.on)", "due": "add_days(thing.start, 30)"}


@pytest.mark.parametrize(
    ("as_of", "outcome"),
    [
        (D(2024, 5, 30), Outcome.PENDING),
        (D(2024, 5, 31), Outcome.PENDING),  # the 30th day is still in time
        (D(2024, 6, 1), Outcome.GAP),
    ],
)
def test_the_last_day_is_in_time(as_of: dt.date, outcome: Outcome) -> None:
    assert _outcome(thing(start=MAY, on=ABSENT), as_of, **DUE) is outcome


@pytest.mark.parametrize(
    ("until", "due"),
    [
        (AS_OF, Due.AHEAD),
        (D(2024, 6, 29), Due.PAST),
        (between(D(2024, 6, 1), D(2024, 6, 29)), Due.PAST),
        (between(AS_OF, D(2024, 7, 31)), Due.AHEAD),
        (between(D(2024, 6, 29), AS_OF), Due.UNKNOWN),
        (ABSENT, Due.UNKNOWN),
        (BLANK, Due.UNKNOWN),
    ],
)
def test_due(until: Fact, due: Due) -> None:
    made = requirement(require="has(thing.on)", due="thing.until")
    record = thing(start=MAY, on=ABSENT, until=until)
    assert Measurer(made, world(AS_OF), 2024).measures(record).due is due


def test_met_needs_no_due_day() -> None:
    record = thing(start=MAY, on=D(2024, 5, 2), until=BLANK)
    assert _outcome(record, require="has(thing.on)", due="thing.until") is Outcome.MET


@pytest.mark.parametrize(
    ("on", "outcome"),
    [
        (BLANK, Outcome.NOT_EVIDENCED),
        (UNREADABLE, Outcome.UNKNOWN),
        (Unknown(Cause.NO_COLUMN), Outcome.UNKNOWN),
        (ABSENT, Outcome.GAP),
    ],
)
def test_a_blank_in_evidence_is_not_evidenced(on: Fact, outcome: Outcome) -> None:
    changes: dict[str, Fact] = {"require": "has(thing.on)", "evidence": ["thing.on"]}
    assert _outcome(thing(start=MAY, on=on), **changes) is outcome


def test_a_blank_set_in_evidence_is_not_evidenced() -> None:
    changes: dict[str, Fact] = {
        "require": "thing.tags.exists(x, x == '红')",
        "evidence": ["thing.tags"],
    }
    record = thing(start=MAY, tags=strings(closed=False))
    assert _outcome(record, **changes) is Outcome.UNKNOWN


def test_applies_unknown_makes_all_that_follows_unknown() -> None:
    changes: dict[str, Fact] = {"applies": "thing.done", "require": "thing.flag"}
    assert _outcome(thing(start=MAY, done=BLANK, flag=False), **changes) is Outcome.UNKNOWN
    assert _outcome(thing(start=MAY, done=BLANK, flag=True), **changes) is Outcome.UNKNOWN


def test_a_parameter_is_that_of_the_day_of_the_act_and_unset_here() -> None:
    assert _outcome(thing(start=MAY, n=1), require="thing.n <= param.most_days") is Outcome.UNKNOWN


def test_more_steps_than_allowed_is_failed_never_met() -> None:
    record = thing(start=MAY, tags=strings(*(["红"] * 1100)))
    nested = "thing.tags.all(a, thing.tags.all(b, thing.tags.all(c, true)))"
    assert _outcome(record, require=nested) is Outcome.FAILED


SEVERITY = [
    {"when": "thing.n > 10", "level": "blocking"},
    {"when": "thing.m > 10", "level": "minor"},
    {"level": "advisory"},
]


@pytest.mark.parametrize(
    ("n", "m", "severity"),
    [
        (11, 11, Severity.BLOCKING),
        (1, 11, Severity.MINOR),
        (1, 1, Severity.ADVISORY),
        (BLANK, 1, Severity.BLOCKING),  # unknown: the graver holds
        (BLANK, 11, Severity.BLOCKING),
        (1, BLANK, Severity.MINOR),
    ],
)
def test_severity_by_case(n: Fact, m: Fact, severity: Severity) -> None:
    made = requirement(severity=SEVERITY)
    record = thing(start=MAY, n=n, m=m)
    assert Measurer(made, world(), 2024).severity(record) is severity


@pytest.mark.parametrize(
    ("instruments", "start", "severity"),
    [
        (["PAPER"], D(2023, 12, 31), Severity.MAJOR),
        (["PAPER"], D(2024, 1, 1), Severity.ADVISORY),  # only an expired paper carries it
        (["PAPER", "LAW"], D(2024, 1, 1), Severity.MAJOR),
        (["PAPER"], between(D(2023, 12, 1), D(2024, 1, 31)), Severity.MAJOR),
    ],
)
def test_what_only_expired_papers_carry_is_advisory(
    instruments: list[str], start: Fact, severity: Severity
) -> None:
    basis = [{"instrument": name, "article": "一"} for name in instruments]
    made = requirement(basis=basis)
    record = thing(start=start, flag=False)
    assert Measurer(made, world(), 2024).severity(record) is severity
    assert Measurer(made, world(), 2024).outcome(record) is Outcome.GAP


@pytest.mark.parametrize(
    ("facts", "measures"),
    [
        ({"n": 1, "flag": True}, Measures(*[True] * 5, Due.PAST, blank_evidence=False)),
        ({"n": 0}, Measures(True, False, None, None, None, Due.PAST, blank_evidence=False)),
        ({}, Measures(True, None, None, None, None, Due.PAST, blank_evidence=False)),
        (
            {"n": 1, "flag": False},
            Measures(True, True, False, False, False, Due.PAST, blank_evidence=False),
        ),
        (
            {"n": 1, "flag": False, "m": 2},
            Measures(True, True, False, False, True, Due.PAST, blank_evidence=False),
        ),
    ],
)
def test_every_measure(facts: dict[str, Fact], measures: Measures) -> None:
    """Would break if one measure stood for another, though the outcome came out the same."""
    record = thing(start=MAY, **facts)
    changes = {"applies": "thing.n == 1", "lenient": "thing.flag || thing.m == 2"}
    if "m" not in facts:
        record.values["m"] = 0
    assert Measurer(requirement(**changes), world(AS_OF), 2024).measures(record) == measures


def test_outside_its_time_nothing_else_is_measured() -> None:
    measurer = Measurer(requirement(), world(AS_OF), 2024)
    assert measurer.measures(thing(start=D(2019, 5, 1), flag=True)) == NOT_GOVERNED
    around = between(D(2019, 12, 1), D(2020, 1, 31))
    assert measurer.measures(thing(start=around, flag=True)) == DOUBTFULLY_GOVERNED


@pytest.mark.parametrize(
    ("start", "severity"),
    [
        (D(2024, 5, 1), Severity.MINOR),  # one step below major
        (D(2024, 4, 30), Severity.MAJOR),
        (BLANK, Severity.MAJOR),  # only a true condition takes a step off
    ],
)
def test_an_adjustment_takes_one_step_off_and_no_more(start: Fact, severity: Severity) -> None:
    on_things = tree("thing.start >= date(2024, 5, 1)"), tree("thing.flag")
    made = requirement()
    made = replace(made, severities=Severities((), Severity.MAJOR, on_things))
    record = thing(start=start, flag=start == D(2024, 5, 1))
    assert Measurer(made, world(), 2024).severity(record) is severity
