"""The outcome as z3 has it: worked out by hand, and the reference says the same."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from engine.judging.measure import Measurer
from engine.model.outcome import Outcome, Severity
from engine.model.values import ABSENT
from tests.engine.guard.verify.pinned import Pinned
from tests.engine.small import BLANK, Fact, between, requirement, thing, tree, world

D = dt.date
O = Outcome  # noqa: E741
MAY, JUNE = D(2024, 5, 1), D(2024, 6, 20)


def given(**values: Fact) -> dict[str, Fact]:
    return values


APPLIES = given(applies="thing.done")
DUE = given(require="has(thing.on)", due="add_days(thing.start, 30)")
DOUBTED = given(require="thing.n < 3", lenient="thing.n <= 3")
BOUGHT = given(require="thing.flag", due="thing.until", lenient="thing.kind == '甲'")
PAPER = [{"instrument": "PAPER", "article": "（一）"}]
NEWER = given(
    basis=[{"instrument": "LAW", "article": "第一条", "from": D(2024, 3, 1)}],
    require="thing.n >= 2",
    versions=[
        {
            "basis": [{"instrument": "LAW", "article": "旧", "until": D(2024, 1, 31)}],
            "require": "thing.n >= 1",
        }
    ],
)


@pytest.mark.parametrize(
    ("changes", "facts", "outcome"),
    [
        ({}, given(start=MAY, flag=True), O.MET),
        ({}, given(start=MAY, flag=False), O.GAP),
        ({}, given(start=MAY), O.UNKNOWN),
        ({}, given(start=D(2019, 12, 31), flag=False), O.NOT_APPLICABLE),
        ({}, given(start=D(2020, 1, 1), flag=False), O.GAP),
        # unknown: every day of 2024, and all are in force
        ({}, given(start=BLANK, flag=False), O.GAP),
        ({}, given(start=between(D(2019, 12, 1), D(2020, 1, 31)), flag=False), O.UNKNOWN),
        (APPLIES, given(start=MAY, done=False, flag=False), O.NOT_APPLICABLE),
        (APPLIES, given(start=MAY, done=BLANK, flag=True), O.UNKNOWN),
        (APPLIES, given(start=MAY, done=True, flag=False), O.GAP),
        (DUE, given(start=JUNE, on=MAY), O.MET),
        (DUE, given(start=JUNE, on=ABSENT), O.PENDING),  # until 20 July
        (DUE, given(start=MAY, on=ABSENT), O.GAP),  # until 31 May
        (DUE, given(start=BLANK, on=ABSENT), O.UNKNOWN),
        (DUE, given(start=MAY, on=BLANK), O.UNKNOWN),
        (DOUBTED, given(start=MAY, n=2), O.MET),
        (DOUBTED, given(start=MAY, n=3), O.BORDERLINE),
        (DOUBTED, given(start=MAY, n=4), O.GAP),
        # 否 of a field that nobody can still change is final before the day
        (BOUGHT, given(start=MAY, flag=False, until=D(2024, 7, 9), kind="乙"), O.GAP),
        (BOUGHT, given(start=MAY, flag=False, until=D(2024, 7, 9), kind="甲"), O.BORDERLINE),
        (BOUGHT, given(start=MAY, flag=BLANK, until=D(2024, 6, 30), kind="甲"), O.PENDING),
        (BOUGHT, given(start=MAY, flag=BLANK, until=D(2024, 6, 29), kind="甲"), O.UNKNOWN),
        # two texts, and a month without any
        (NEWER, given(start=MAY, n=1), O.GAP),
        (NEWER, given(start=MAY, n=2), O.MET),
        (NEWER, given(start=D(2024, 1, 31), n=1), O.MET),
        (NEWER, given(start=D(2024, 2, 1), n=0), O.NOT_APPLICABLE),
        (NEWER, given(start=BLANK, n=0), O.UNKNOWN),
        # a policy paper that has expired still asks, as advice
        (given(basis=PAPER), given(start=D(2023, 12, 31), flag=False), O.GAP),
        (given(basis=PAPER), given(start=D(2021, 8, 10), flag=False), O.NOT_APPLICABLE),
    ],
)
def test_z3_and_the_reference_judge_one_record_alike(
    changes: dict[str, Fact], facts: dict[str, Fact], outcome: Outcome
) -> None:
    made, record = requirement(**changes), thing(**facts)
    assert Measurer(made, world(), 2024).outcome(record) is outcome
    assert Pinned(record).outcomes(made) == {outcome}


GRAVE = given(
    severity=[{"when": "thing.n >= 10", "level": "blocking"}, {"level": "minor"}],
    note={"when": "thing.kind == '甲'", "text": "注意"},
)
S = Severity


@pytest.mark.parametrize(
    ("changes", "facts", "level", "note"),
    [
        (GRAVE, given(start=MAY, flag=True, n=10, kind="甲"), S.BLOCKING, True),
        (GRAVE, given(start=MAY, flag=True, n=9, kind="乙"), S.MINOR, False),
        (GRAVE, given(start=MAY, flag=True, n=BLANK, kind="甲"), S.BLOCKING, True),  # the graver
        (GRAVE, given(start=MAY, flag=False, n=9, kind="甲"), S.MINOR, False),  # not met
        ({}, given(start=MAY, flag=True), S.MAJOR, False),
        (given(basis=PAPER), given(start=D(2023, 12, 31), flag=True), S.MAJOR, False),
        (given(basis=PAPER), given(start=MAY, flag=True), S.ADVISORY, False),  # expired paper
    ],
)
def test_z3_and_the_reference_see_one_severity_and_note(
    changes: dict[str, Fact], facts: dict[str, Fact], level: Severity, *, note: bool
) -> None:
    made, record = requirement(**changes), thing(**facts)
    measurer = Measurer(made, world(), 2024)
    noted = measurer.noted(record, measurer.outcome(record))
    assert (measurer.severity(record), noted) == (level, note)
    assert Pinned(record).seen(made) == ({level}, {note})


def test_what_weighs_less_everywhere_weighs_less_by_one() -> None:
    """`adjustments.yaml` lowers by one level, and what is advisory stays so."""
    for level, lowered in ((S.MAJOR, S.MINOR), (S.ADVISORY, S.ADVISORY)):
        made = requirement(severity=level.value)
        lower = (tree("thing.done"),)
        made = replace(made, severities=replace(made.severities, lower=lower))
        for done, expected in ((True, lowered), (False, level), (BLANK, level)):
            record = thing(start=MAY, flag=True, done=done)
            assert Measurer(made, world(), 2024).severity(record) is expected
            assert Pinned(record).seen(made)[0] == {expected}
