"""What people get to see of an outcome: severity, note, cure; and the text that governs."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from engine.judging.measure import DOUBTFULLY_GOVERNED, NOT_GOVERNED, Measurer, ShownOutcome
from engine.model.outcome import Due, Measures, Outcome, Severity
from engine.model.values import ABSENT, Cause, Record, Unknown
from engine.ruleset.model import Severities
from tests.engine.small import BLANK, Fact, between, requirement, thing, tree, world

D = dt.date
MAY = D(2024, 5, 1)
MET, GAP, UNKNOWN = Outcome.MET, Outcome.GAP, Outcome.UNKNOWN


def measurer(**changes: Fact) -> Measurer:
    return Measurer(requirement(**changes), world(), 2024)


NOTED: dict[str, Fact] = {"note": {"when": "thing.n == 7", "text": "恰好7件"}}


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        ({"flag": True, "n": 7}, ShownOutcome(MET, None, noted=True)),
        ({"flag": True, "n": 8}, ShownOutcome(MET, None, noted=False)),
        ({"flag": True, "n": BLANK}, ShownOutcome(MET, None, noted=False)),
        ({"flag": False, "n": 7}, ShownOutcome(GAP, Severity.MAJOR, noted=False)),
        ({"flag": BLANK, "n": 7}, ShownOutcome(UNKNOWN, Severity.MAJOR, noted=False)),
        (
            {"flag": True, "n": 7, "start": D(2019, 5, 1)},
            ShownOutcome(Outcome.NOT_APPLICABLE, None, noted=False),
        ),
    ],
)
def test_what_is_shown(facts: dict[str, Fact], shown: ShownOutcome) -> None:
    record = thing(**{"start": MAY, **facts})
    assert measurer(**NOTED).shown(record) == shown
    assert measurer().shown(record) == replace(shown, noted=False)


def test_only_where_evidence_is_wanting_it_is_shown_a_step_milder() -> None:
    found, record = measurer(), thing(start=MAY, flag=False)
    assert found.severity_shown(record, Outcome.NOT_EVIDENCED) is Severity.MINOR
    assert found.severity_shown(record, GAP) is Severity.MAJOR
    blank = measurer(require="has(thing.on)", evidence=["thing.on"])
    shown = blank.shown(thing(start=MAY, on=BLANK))
    assert shown == ShownOutcome(Outcome.NOT_EVIDENCED, Severity.MAJOR, noted=False)


@pytest.mark.parametrize(
    ("facts", "curable"),
    [({"flag": True}, True), ({"flag": False}, False), ({"flag": BLANK}, True)],
)
def test_more_paper_cures_what_it_can_still_change(facts: dict[str, Fact], curable: bool) -> None:  # noqa: FBT001
    assert measurer().curable(thing(start=MAY, **facts)) is curable
    assert measurer(require="has(thing.on)").curable(thing(start=MAY, on=ABSENT)) is True


def test_a_lower_severity_needs_a_case_that_is_known_not_to_be_graver() -> None:
    cases = [
        {"when": "thing.n > 10", "level": "minor"},
        {"when": "thing.m > 10", "level": "blocking"},
        {"level": "advisory"},
    ]
    found = measurer(severity=cases)
    for n, m, severity in (
        (11, BLANK, Severity.MINOR),  # the first that holds ends the looking
        (BLANK, 11, Severity.BLOCKING),
        (BLANK, 1, Severity.MINOR),
        (1, 1, Severity.ADVISORY),
    ):
        assert found.severity(thing(start=MAY, n=n, m=m)) is severity


def test_one_of_several_adjustments_is_enough_and_two_take_no_more() -> None:
    lower = tree("thing.flag"), tree("thing.done")
    made = replace(requirement(), severities=Severities((), Severity.BLOCKING, lower))
    found = Measurer(made, world(), 2024)
    for flag, done, severity in (
        (True, True, Severity.MAJOR),
        (False, True, Severity.MAJOR),
        (BLANK, False, Severity.BLOCKING),
    ):
        assert found.severity(thing(start=MAY, flag=flag, done=done)) is severity


VERSIONS: dict[str, Fact] = {
    "basis": [{"instrument": "LAW", "article": "新", "from": D(2024, 4, 1)}],
    "applies": "thing.done",
    "versions": [
        {
            "basis": [{"instrument": "LAW", "article": "旧", "until": D(2024, 3, 31)}],
            "require": "thing.n == 7",
        }
    ],
}


def test_the_text_of_the_day_governs_and_its_absence_may_be_certain_or_not() -> None:
    found = measurer(**VERSIONS)
    new, old = found.requirement.texts
    for start, governing in (
        (D(2024, 4, 1), (new, True)),
        (D(2024, 3, 31), (old, True)),
        (D(2019, 12, 31), (None, False)),
        (between(D(2024, 3, 1), D(2024, 4, 30)), (None, None)),
        (Unknown(Cause.PLANNED, planned=D(2024, 7, 9)), (new, True)),
    ):
        assert found.governing(thing(start=start)) == governing


def test_which_text_governs_need_not_be_known_where_none_applies() -> None:
    around = between(D(2024, 3, 1), D(2024, 4, 30))
    found = measurer(**VERSIONS)
    assert found.measures(thing(start=around, done=False)) == NOT_GOVERNED
    assert found.measures(thing(start=around, done=True)) == DOUBTFULLY_GOVERNED
    assert found.measures(thing(start=around, done=BLANK)) == DOUBTFULLY_GOVERNED
    assert Measures(False, None, None, None, None, Due.PAST, blank_evidence=False) == NOT_GOVERNED
    assert replace(NOT_GOVERNED, in_force=None) == DOUBTFULLY_GOVERNED


def test_the_act_lies_within_the_year_where_its_day_is_not_known() -> None:
    found = measurer()
    assert found.act(thing(start=MAY)) == (MAY, MAY)
    assert found.act(thing(start=BLANK)) == (D(2024, 1, 1), D(2024, 12, 31))
    record: Record = thing(start=MAY)
    frame = found.frame(record)
    assert (frame.bound, frame.act) == ({"thing": record}, (MAY, MAY))
