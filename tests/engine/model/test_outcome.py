"""The order in which an outcome is decided: every case of the table, and what is a finding."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from engine.model.outcome import (
    OUTCOME_TITLES,
    SEVERITY_TITLES,
    Due,
    Measures,
    Outcome,
    Severity,
    decide,
    is_finding,
)
from engine.model.values import Truth

T, F, U = True, False, None
PAST, AHEAD, WHEN = Due.PAST, Due.AHEAD, Due.UNKNOWN
O = Outcome  # noqa: E741


@pytest.mark.parametrize(
    ("in_force", "applies", "require", "curable", "lenient", "due", "blank", "outcome"),
    [
        # 1. not in force, or does not apply; a false one outweighs an unknown one
        (F, T, T, T, T, PAST, F, O.NOT_APPLICABLE),
        (T, F, T, T, T, PAST, F, O.NOT_APPLICABLE),
        (F, U, U, U, U, WHEN, F, O.NOT_APPLICABLE),
        (U, F, U, U, U, WHEN, F, O.NOT_APPLICABLE),
        (U, T, T, T, T, PAST, F, O.UNKNOWN),
        (T, U, T, T, T, PAST, F, O.UNKNOWN),
        (T, U, F, F, F, PAST, F, O.UNKNOWN),  # classification unknown: all that follows is
        # 2. met, even before or without a known due day
        (T, T, T, T, T, PAST, F, O.MET),
        (T, T, T, U, F, AHEAD, F, O.MET),
        (T, T, T, F, F, WHEN, F, O.MET),
        # 3. past cure: a gap now, not pending
        (T, T, F, F, F, AHEAD, F, O.GAP),
        (T, T, F, F, U, WHEN, F, O.GAP),
        (T, T, F, F, T, AHEAD, F, O.BORDERLINE),
        # 4. still in time, or not known whether
        (T, T, F, U, F, AHEAD, F, O.PENDING),
        (T, T, U, U, U, AHEAD, T, O.PENDING),
        (T, T, F, U, T, AHEAD, F, O.PENDING),
        (T, T, F, U, F, WHEN, F, O.UNKNOWN),
        (T, T, U, U, F, WHEN, T, O.UNKNOWN),
        # 5. not met in time
        (T, T, F, U, F, PAST, F, O.GAP),
        (T, T, F, U, U, PAST, T, O.GAP),
        (T, T, F, U, T, PAST, F, O.BORDERLINE),
        # 6. nothing to show for it
        (T, T, U, U, F, PAST, T, O.NOT_EVIDENCED),
        (T, T, U, U, T, PAST, F, O.UNKNOWN),
        (T, T, U, U, U, PAST, F, O.UNKNOWN),
    ],
)
def test_decide(  # noqa: PLR0913, PLR0917 - the measures
    in_force: Truth,
    applies: Truth,
    require: Truth,
    curable: Truth,
    lenient: Truth,
    due: Due,
    blank: Truth,
    outcome: Outcome,
) -> None:
    measures = Measures(
        in_force, applies, require, curable, lenient, due, blank_evidence=blank is True
    )
    assert decide(measures) is outcome


def test_met_means_in_force_applying_and_required() -> None:
    """Never a false pass: over all 1,458 measures, met stands on three truths."""
    truths = (T, F, U)
    for a, b, c, d, e in product(truths, repeat=5):
        for due, blank in product(Due, (True, False)):
            outcome = decide(Measures(a, b, c, d, e, due, blank_evidence=blank))
            assert (outcome is O.MET) == (a is b is c is True)
            if outcome is O.GAP:
                assert c is False or d is False
            if outcome is O.PENDING:
                assert due is AHEAD


def test_a_period_of_ours_makes_nothing_a_gap_that_can_still_be_supplied() -> None:
    """Only what was a gap for being late changes, and to doubtful; nothing else does."""
    truths = (T, F, U)
    for a, b, c, d, e in product(truths, repeat=5):
        for due, blank in product(Due, (True, False)):
            lawful = Measures(a, b, c, d, e, due, blank_evidence=blank)
            before, after = decide(lawful), decide(replace(lawful, house=True))
            late = before is O.GAP and d is not F
            assert after is (O.BORDERLINE if late else before)


@pytest.mark.parametrize("severity", list(Severity))
@pytest.mark.parametrize("outcome", list(Outcome))
def test_findings(outcome: Outcome, severity: Severity) -> None:
    always = {O.GAP, O.BORDERLINE, O.NOT_EVIDENCED, O.FAILED}
    expected = outcome in always or (outcome is O.UNKNOWN and severity is Severity.BLOCKING)
    assert is_finding(outcome, severity) is expected


def test_severities_step_down_and_stop() -> None:
    steps = [severity.lowered() for severity in Severity]
    assert steps == [Severity.MAJOR, Severity.MINOR, Severity.ADVISORY, Severity.ADVISORY]
    assert [severity.rank for severity in Severity] == [0, 1, 2, 3]


def test_labels() -> None:
    assert list(OUTCOME_TITLES.values()) == [
        "符合要求",
        "不符合",
        "存疑待核",
        "佐证不足",
        "信息不全",
        "期限未到",
        "不涉及",
        "系统未核成",
    ]
    assert set(SEVERITY_TITLES) == set(Severity)
