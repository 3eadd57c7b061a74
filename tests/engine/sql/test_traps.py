"""Where SQL says something else than the language: each trap by name, its outcome worked out."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, TypeAlias

import pytest

from engine.language import tree as t
from engine.outcome import Outcome
from engine.ruleset.model import Requirement
from engine.sql import SqlJudge
from engine.values import ABSENT, Cause, Elements, Record, Unknown
from tests.generators.requirements import requirement, text
from tests.generators.world import YEAR, tree, world

D = dt.date
Fact: TypeAlias = Any
BLANK = Unknown(Cause.BLANK)
MET, GAP, UNKNOWN, FAILED = Outcome.MET, Outcome.GAP, Outcome.UNKNOWN, Outcome.FAILED


def duty(written: str, name: str = "r") -> Requirement:
    return requirement(name, "act", t.AsOf(), text(tree(written)))


def act(**values: Fact) -> Record:
    return Record("act", "甲", values)


def with_parts(*oks: Fact, closed: bool = True, **values: Fact) -> Record:
    record = act(**values)
    items = tuple(
        Record("part", str(i), {"ok": ok, "on": D(2024, 3, 1)}, parent=record)
        for i, ok in enumerate(oks)
    )
    record.values["parts"] = Elements(items, closed=closed)
    return record


def outcome(written: str, record: Record) -> Outcome:
    return SqlJudge().judge([duty(written)], {"act": [record]}, world(), YEAR)["r"][0]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("min(act.n, 5) < 6", MET),
        ("min(act.n, 5) > 3", UNKNOWN),
        ("max(act.n, 5) > 4", MET),
        ("max(act.n, 5) < 6", UNKNOWN),
    ],
)
def test_least_and_greatest_pass_over_null(written: str, expected: Outcome) -> None:
    assert outcome(written, act(n=BLANK)) is expected


@pytest.mark.parametrize(
    ("oks", "closed", "expected"),
    [
        ((True, BLANK), True, UNKNOWN),
        ((False, BLANK), False, GAP),
        ((), True, MET),
        ((), False, UNKNOWN),
        ((True,), True, MET),
        ((True,), False, UNKNOWN),
    ],
)
def test_bool_and_passes_over_null(oks: tuple[Any, ...], closed: bool, expected: Outcome) -> None:  # noqa: FBT001
    record = with_parts(*oks, closed=closed)
    assert outcome("act.parts.all(p, p.ok == true)", record) is expected


def test_count_filter_takes_null_as_false() -> None:
    record = with_parts(True, BLANK)
    assert outcome("act.parts.filter(p, p.ok).size() == 1", record) is UNKNOWN
    assert outcome("act.parts.filter(p, p.ok).size() >= 1", record) is MET
    assert outcome("act.parts.filter(p, p.ok).size() > 2", record) is GAP


def test_case_else_takes_null_as_false() -> None:
    assert outcome("act.flag ? false : true", act(flag=BLANK)) is UNKNOWN


def test_not_exists_of_null_is_true() -> None:
    assert outcome("!act.parts.exists(p, p.ok)", with_parts(BLANK)) is UNKNOWN


def test_an_open_set_may_contain_anything() -> None:
    record = act(tags=Elements(("甲",), closed=False))
    assert outcome("act.tags.exists(x, x == '乙')", record) is UNKNOWN
    assert outcome("act.tags.exists(x, x in ['甲', '乙'])", record) is MET
    record = act(tags=Elements(("甲",), closed=True))
    assert outcome("act.tags.exists(x, x == '乙')", record) is GAP


@pytest.mark.parametrize(
    "written",
    [
        "act.n * 2147483647 > 0",
        "act.n + 2000000000 > 0",
        "add_days(as_of, act.n) > as_of",
        "add_months(as_of, act.n) > as_of",
        "add_workdays(as_of, act.n) > as_of",
        "date(act.n, 1, 1) > as_of",
        "act.amount * 0.0001 * 0.5 + 2147483647 > 0.5",
    ],
)
def test_overflow_is_unknown_and_ends_no_query(written: str) -> None:
    assert outcome(written, act(n=10**9, amount=Decimal("2147483647.9999"))) is UNKNOWN


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("add_months(act.due_on, 1) == date(2024, 2, 29)", MET),
        ("add_months(act.due_on, -2) == date(2023, 11, 30)", MET),
        ("days(add_months(act.due_on, 1), date(2024, 3, 1)) == 1", MET),
    ],
)
def test_date_plus_months_stays_a_date(written: str, expected: Outcome) -> None:
    assert outcome(written, act(due_on=D(2024, 1, 31))) is expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("workdays(date(2022, 12, 31), date(2023, 1, 3)) == 2", MET),
        ("workdays(date(2022, 12, 30), date(2023, 1, 3)) == 2", UNKNOWN),
        ("workdays(date(2023, 1, 3), date(2022, 12, 31)) == -2", MET),
        ("workdays(date(2022, 5, 1), date(2022, 5, 1)) == 0", MET),
        ("workdays(date(2024, 12, 30), date(2026, 1, 5)) > 0", UNKNOWN),
        ("workdays(date(2025, 12, 31), date(2026, 1, 2)) == 2", MET),
        ("add_workdays(date(2025, 12, 31), 1) == date(2026, 1, 1)", MET),
        ("add_workdays(date(2025, 1, 1), -1) == date(2024, 12, 31)", MET),
        ("add_workdays(date(2024, 12, 31), 1) > as_of", UNKNOWN),
        ("add_workdays(date(2025, 6, 1), 0) == date(2025, 6, 1)", MET),
        ("deadline(date(2024, 7, 20)) == date(2024, 7, 22)", MET),
        ("deadline(date(2025, 7, 20)) > as_of", UNKNOWN),
    ],
)
def test_the_calendar_starts_on_the_day_before(written: str, expected: Outcome) -> None:
    assert outcome(written, act()) is expected


def test_a_body_may_read_the_outer_record() -> None:
    record = with_parts(True, False, due_on=D(2024, 3, 1), flag=True)
    assert outcome("act.parts.all(p, p.on == act.due_on)", record) is MET
    nested = "act.parts.all(p, act.parts.exists(q, q.ok != p.ok && q.parent.flag))"
    assert outcome(nested, record) is MET


def test_hours_are_rounded_down_below_zero_too() -> None:
    nine = dt.datetime.combine(D(2024, 7, 1), dt.time(9))
    record = act(at=nine + dt.timedelta(seconds=1), until=nine)
    assert outcome("hours(act.at, act.until) == -0.0003", record) is MET
    assert outcome("hours(act.until, act.at) == 0.0002", record) is MET


def test_absent_is_false_to_has_and_unknown_to_all_else() -> None:
    assert outcome("has(act.n)", act(n=ABSENT)) is GAP
    assert outcome("act.n != 3", act(n=ABSENT)) is UNKNOWN
    assert outcome("has(act.n)", act(n=Unknown(Cause.INCOMPLETE, lo=3))) is MET


def test_half_a_surrogate_pair_is_a_string_like_any_other() -> None:
    assert outcome("act.word == '甲'", act(word="\ud800")) is GAP
    assert (
        outcome(
            "act.words.exists(x, x == act.word)",
            act(word="\ud800", words=Elements(("\ud800",), closed=True)),
        )
        is MET
    )


@pytest.mark.parametrize("value", [2**31, "三", D(2024, 1, 1), True, Decimal("0.5")], ids=str)
def test_a_value_its_field_cannot_hold_fails_only_what_reads_it(value: Fact) -> None:
    wanted = [duty("act.n > 0", "reads"), duty("act.flag", "other")]
    found = SqlJudge().judge(wanted, {"act": [act(n=value, flag=True)]}, world(), YEAR)
    assert found == {"reads": [FAILED], "other": [MET]}


def test_what_the_database_refuses_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.sql.database._MACROS", ())
    wanted = [duty("act.n + 1 > 0", "refused"), duty("act.flag", "other")]
    found = SqlJudge().judge(wanted, {"act": [act(n=1, flag=True)]}, world(), YEAR)
    assert found == {"refused": [FAILED], "other": [MET]}


def test_more_decimals_than_the_database_holds_fail_alone() -> None:
    product = "act.amount" + " * 0.0001" * 4
    wanted = [duty(f"{product} >= 0", "long"), duty("act.flag", "other")]
    records = {"act": [act(amount=Decimal(1), flag=True)]}
    assert SqlJudge().judge(wanted, records, world(), YEAR) == {"long": [FAILED], "other": [MET]}


def test_one_record_given_twice_and_no_record_at_all() -> None:
    record = act(flag=True)
    judge = SqlJudge()
    twice = judge.judge([duty("act.flag")], {"act": [record, act(), record]}, world(), YEAR)
    assert twice == {"r": [MET, UNKNOWN, MET]}
    assert judge.judge([duty("act.flag")], {}, world(), YEAR) == {"r": []}
    assert judge.judge([], {"act": [record]}, world(), YEAR) == {}
