"""Where SQL says something else than the language: each trap by name, its outcome worked out."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, TypeAlias, get_args

import pytest
from sqlglot import exp
from sqlglot.errors import SqlglotError

from engine.judging.judge import Outcomes
from engine.judging.reference import Reading
from engine.judging.sql import SqlJudge, duck, lite, verdict, writer
from engine.judging.sql.compiler import Compiler, Mode
from engine.judging.sql.judge import DatabaseName
from engine.judging.sql.scope import Scope
from engine.judging.sql.tables import Tables
from engine.language import tree as t
from engine.model.outcome import Outcome
from engine.model.values import ABSENT, Cause, Elements, Record, Unknown
from engine.ruleset.model import Requirement
from tests.agreement.generators.requirements import requirement, text
from tests.agreement.generators.world import SCHEMA, YEAR, tree, world

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


def judged(wanted: list[Requirement], records: dict[str, list[Record]]) -> Outcomes:
    """What both databases say, which is one and the same."""
    found = [
        SqlJudge(name).judge(wanted, records, world(), YEAR) for name in get_args(DatabaseName)
    ]
    assert found[0] == found[1]
    return found[0]


def outcome(written: str, record: Record) -> Outcome:
    return judged([duty(written)], {"act": [record]})["r"][0]


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
    found = judged(wanted, {"act": [act(n=value, flag=True)]})
    assert found == {"reads": [FAILED], "other": [MET]}


@pytest.mark.parametrize(
    ("written", "facts"),
    [
        ("has(act.flag)", {"flag": Unknown(Cause.INCOMPLETE, lo=1, hi=2)}),  # no order to bound
        ("has(act.word)", {"word": Unknown(Cause.INCOMPLETE, hi=3)}),
        ("has(act.word)", {"word": 3}),
        ("act.at < act.until", {"at": dt.datetime(2024, 7, 1, 9, tzinfo=dt.UTC)}),
        ("act.words.exists(x, x == '甲')", {"words": Elements(("甲", 3), closed=True)}),
        ("act.parts.all(p, p.ok)", {"parts": Elements(("甲",), closed=True)}),
    ],
    ids=["bounds of yes/no", "bounds of words", "words", "time zone", "set", "list"],
)
def test_what_no_loader_gives_fails_alone(written: str, facts: dict[str, Fact]) -> None:
    records = {"act": [act(done=True, **facts)]}
    reads = duty(written, "reads")
    assert judged([reads], records) == {"reads": [FAILED]}
    both = judged([reads, duty("act.done", "other")], records)
    assert both == {"reads": [FAILED], "other": [MET]}


def test_what_cannot_be_written_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(compiler: Compiler, scope: Scope, made: Requirement) -> exp.Expression:
        if made.id == "refused":
            raise SqlglotError(made.id)
        return verdict.outcome(compiler, scope, made)

    monkeypatch.setattr(writer, "outcome", refuse)
    wanted = [duty("act.flag", "refused"), duty("act.flag", "other")]
    found = judged(wanted, {"act": [act(flag=True)]})
    assert found == {"refused": [FAILED], "other": [MET]}


@pytest.mark.parametrize("read", ["truth", "span", "string"])
def test_what_has_no_value_is_not_written(read: str) -> None:
    around = world()
    compiler = Compiler(Tables(), around)
    node = tree("size(act.parts.filter(p, p.ok)) > 0")
    assert isinstance(node, t.Compare)
    assert isinstance(node.left, t.Size)
    with pytest.raises(TypeError):
        getattr(compiler, read)(Scope(SCHEMA, "act", 0), node.left.source, Mode(Reading.JUDGE))


def test_words_that_are_no_text_leave_the_others_as_they_are() -> None:
    """Half a surrogate pair in one row: the words of the next row are what they were."""
    records = [act(word="\ud800"), act(word="甲"), act(word=ABSENT)]
    found = judged([duty("act.word == '甲'")], {"act": records})
    assert found == {"r": [GAP, MET, UNKNOWN]}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("min(act.n, param.unset) <= 3", MET),
        ("min(act.n, param.unset) >= 3", UNKNOWN),
        ("max(act.n, param.unset) >= 3", MET),
        ("max(act.n, param.unset) <= 3", UNKNOWN),
        ("min(param.unset, param.unset) <= 3", UNKNOWN),
    ],
)
def test_the_least_of_what_is_known_and_what_no_province_set(
    written: str, expected: Outcome
) -> None:
    assert outcome(written, act(n=3)) is expected


@pytest.mark.parametrize(
    ("written", "facts", "expected"),
    [
        ("has(act.word)", {}, Outcome.UNKNOWN),  # no such column
        ("has(act.word)", {"word": BLANK}, Outcome.NOT_EVIDENCED),
        ("has(act.word) || as_of < date(2024, 1, 1)", {"word": BLANK}, Outcome.NOT_EVIDENCED),
        # beyond the calendar: no paper shows that
        ("workdays(date(2024, 12, 30), date(2026, 1, 5)) > 0", {"word": BLANK}, Outcome.UNKNOWN),
        ("has(act.word) && workdays(as_of, date(2026, 1, 5)) > 0", {"word": BLANK}, UNKNOWN),
        ("as_of < date(2024, 1, 1)", {"word": BLANK}, Outcome.GAP),  # nothing to wait for
    ],
)
def test_only_blank_papers_are_wanting_as_evidence(
    written: str, facts: dict[str, Fact], expected: Outcome
) -> None:
    made = requirement(
        "r", "act", t.AsOf(), text(tree(written), evidence=frozenset({("act", "word")}))
    )
    found = judged([made], {"act": [act(**facts)]})
    assert found == {"r": [expected]}


def test_what_the_database_refuses_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duck, "_MACROS", ())
    monkeypatch.setattr(lite, "_FUNCTIONS", {})
    wanted = [duty("act.n + 1 > 0", "refused"), duty("act.flag", "other")]
    found = judged(wanted, {"act": [act(n=1, flag=True)]})
    assert found == {"refused": [FAILED], "other": [MET]}


def test_more_decimals_than_the_database_holds_fail_alone() -> None:
    product = "act.amount" + " * 0.0001" * 2
    wanted = [duty(f"{product} >= 0", "long"), duty("act.flag", "other")]
    records = {"act": [act(amount=Decimal(1), flag=True)]}
    assert judged(wanted, records) == {"long": [FAILED], "other": [MET]}


def test_one_record_given_twice_and_no_record_at_all() -> None:
    record = act(flag=True)
    twice = judged([duty("act.flag")], {"act": [record, act(), record]})
    assert twice == {"r": [MET, UNKNOWN, MET]}
    assert judged([duty("act.flag")], {}) == {"r": []}
    assert judged([], {"act": [record]}) == {}
