"""Databases outside this process: what is printed for them means what the language does."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlglot
from sqlglot import exp

from commands.statements import DIALECTS
from engine.judging.sql import database as db
from engine.judging.sql import nodes as n
from engine.judging.sql.dialects import PRINTED
from engine.judging.sql.dialects.names import Names

DAYS = {
    db.AS_OF: dt.date(2025, 3, 10),
    db.YEAR_START: dt.date(2024, 1, 1),
    db.YEAR_END: dt.date(2024, 12, 31),
}


def _moment(text: str) -> exp.Expression:
    return n.cast(n.text(text), "TIMESTAMP")


def _day(text: str) -> exp.Expression:
    return n.date(dt.date.fromisoformat(text))


BIG = n.integer(2**40)
NOTHING = n.null("BIGINT")
COMPUTED: list[tuple[exp.Expression, object]] = [
    (n.call("as_of"), dt.date(2025, 3, 10)),
    (n.call("year_end"), dt.date(2024, 12, 31)),
    (n.call("plus_days", _day("2024-02-28"), n.integer(1)), dt.date(2024, 2, 29)),
    (n.call("plus_days", _day("2024-03-01"), n.integer(-1)), dt.date(2024, 2, 29)),
    (n.call("plus_days", _day("9999-12-30"), n.integer(1)), dt.date(9999, 12, 31)),
    (n.call("plus_days", _day("9999-12-31"), n.integer(1)), None),
    (n.call("plus_days", _day("0001-01-01"), n.integer(-1)), None),
    (n.call("plus_days", _day("2024-01-01"), BIG), None),
    (n.call("plus_months", _day("2024-01-31"), n.integer(1)), dt.date(2024, 2, 29)),
    (n.call("plus_months", _day("2024-02-29"), n.integer(1)), dt.date(2024, 3, 29)),
    (n.call("plus_months", _day("2024-02-29"), n.integer(12)), dt.date(2025, 2, 28)),
    (n.call("plus_months", _day("2024-01-31"), n.integer(-2)), dt.date(2023, 11, 30)),
    (n.call("plus_months", _day("9999-11-30"), n.integer(1)), dt.date(9999, 12, 30)),
    (n.call("plus_months", _day("9999-12-01"), n.integer(1)), None),
    (n.call("plus_months", _day("0001-01-31"), n.integer(-1)), None),
    (n.call("plus_months", _day("2024-01-01"), BIG), None),
    (n.call("day_of", n.integer(2024), n.integer(3), n.integer(31)), dt.date(2024, 3, 31)),
    (n.call("day_of", n.integer(0), n.integer(3), n.integer(31)), None),
    (n.call("day_of", n.integer(10_000), n.integer(3), n.integer(31)), None),
    (n.call("days_between", _day("2024-02-28"), _day("2024-03-01")), 2),
    (n.call("days_between", _day("2024-03-01"), _day("2024-02-28")), -2),
    (n.call("hours_between", _moment("2024-05-01 08:00"), _moment("2024-05-02 09:30")), 255_000),
    # a second less than none is 10000/3600 = 2.78 of a ten-thousandth, rounded down to 3 less
    (n.call("hours_between", _moment("2024-05-01 09:30:00"), _moment("2024-05-01 09:29:59")), -3),
    (n.call("capped", n.integer(2**31 - 1), n.integer(2**31)), 2**31 - 1),
    (n.call("capped", n.integer(2**31), n.integer(2**31)), None),
    (n.call("capped", n.integer(-(2**31)), n.integer(2**31)), None),
    (n.call("capped", n.times(n.cast(n.integer(2**62), "HUGEINT"), BIG), n.integer(2**31)), None),
    (n.call("least", NOTHING, n.integer(3), n.integer(2)), 2),
    (n.call("greatest", n.integer(3), NOTHING, n.integer(2)), 3),
    (n.call("greatest", NOTHING, NOTHING), None),
    (exp.Trim(this=n.cast(n.text("\u3000 a\u3000b\u00a0"), "VARCHAR")), "a\u3000b"),
    (exp.Length(this=n.text("行政〔2024〕")), 8),
    (exp.Upper(this=n.cast(n.text("ra\u00e9"), "VARCHAR")), "RA\u00e9"),
]


def test_every_dialect_has_its_name_on_the_command_line() -> None:
    assert set(DIALECTS) == set(PRINTED)


def test_postgresql_computes_what_the_language_means(postgresql: str) -> None:
    """Broken by a last of a month, a day beyond the calendar, a rounding, a NULL."""
    psycopg = pytest.importorskip("psycopg", reason="没有装 fazhi[web]")
    dialect = PRINTED["postgres"](Names(), DAYS)
    with psycopg.connect(postgresql) as connection:
        for node, wanted in COMPUTED:
            text = f"SELECT {dialect.text(node)}"
            found = connection.execute(text).fetchone()
            assert found == (wanted,), text


@pytest.mark.parametrize("name", sorted(PRINTED))
def test_every_dialect_reads_what_is_printed_for_it(name: str) -> None:
    """Broken by a function of ours that is printed as it stands: no other database has it."""
    ours = {
        "capped", "plus_days", "plus_months", "day_of", "days_between", "hours_between", *DAYS,
    }  # fmt: skip
    dialect = PRINTED[name](Names(), DAYS)
    for node, _ in COMPUTED:
        tree = sqlglot.parse_one(f"SELECT {dialect.text(node)}", dialect=name)
        called = {each.name.lower() for each in tree.find_all(exp.Anonymous)}
        assert not called & ours, tree


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("postgres", "\"a\" ~ '^x$'"),
        # Java's `$` also stands before a line break at the end
        ("hive", r"`a` RLIKE '^x\\z'"),
        ("spark", r"`a` RLIKE '^x\\z'"),
        ("starrocks", "REGEXP(`a`, '^x$')"),
        ("doris", "REGEXP(`a`, '^x$')"),
        ("clickhouse", "match(\"a\", '^x$')"),
    ],
)
def test_how_a_pattern_is_printed(name: str, wanted: str) -> None:
    """Broken by a line break at the end of a cell that one database passes over."""
    node = exp.RegexpLike(this=n.column("a"), expression=n.text("^x$"))
    assert PRINTED[name](Names(), DAYS).text(node) == wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("postgres", "(NULL, TRUE, FALSE, 1, CAST('2024-02-29' AS DATE), '甲''乙')"),
        ("hive", "(NULL, TRUE, FALSE, 1, CAST('2024-02-29' AS DATE), '甲\\'乙')"),
        ("clickhouse", "(NULL, TRUE, FALSE, 1, toDate32('2024-02-29'), '甲''乙')"),
    ],
)
def test_how_rows_of_constants_are_printed(name: str, wanted: str) -> None:
    """Broken by a yes printed as a number, or a quotation mark that ends the text."""
    row = (None, True, False, 1, dt.date(2024, 2, 29), "甲'乙")
    assert PRINTED[name](Names(), DAYS).values([row, row]) == f"VALUES {wanted},\n{wanted}"


@pytest.mark.parametrize("name", sorted(PRINTED))
def test_a_function_nobody_has_written_out_is_not_printed(name: str) -> None:
    """Broken by a name of ours that reaches a database which may mean something else by it."""
    for node in (n.call("weekday_of", n.integer(1)), n.call("plus_days", n.integer(1))):
        with pytest.raises(ValueError, match=f"^{node.this.lower()}$"):
            PRINTED[name](Names(), DAYS).text(node)


def test_days_that_clickhouse_has() -> None:
    """Broken by a day without an end that it wraps round to the beginning."""
    dialect = PRINTED["clickhouse"](Names(), DAYS)
    first, last = (dialect.text(n.date(day)) for day in (dt.date.min, dt.date.max))
    assert (first, last) == ("toDate32('1900-01-01')", "toDate32('2299-12-31')")


def test_names_are_short_and_no_two_alike() -> None:
    """Broken by a name that a database cuts, or folds into another's."""
    names = Names()
    names.there("officer|table", ("人", "名册"), ["人员编号", "Opened_On"])
    for table in ("officer", "officer|sure", "officer.sure", "办案"):
        names.made(table)
    found = {each: names.table(each) for each in ("officer|table", "officer", "officer|sure")}
    assert found == {
        "officer|table": ("人", "名册"),
        "officer": ("fazhi_officer",),
        "officer|sure": ("fazhi_officer_sure",),
    }
    assert names.table("officer.sure") == ("fazhi_officer_sure_2",)
    assert names.table("办案") == ("fazhi",)
    # a step within a query is called as columns are
    assert names.table("step 1") == ("step_1",)
    columns = {
        "人员编号": "人员编号",
        "opened_on": "opened_on_2",
        "opened.on": "opened_on_3",
        "|key": "key",
        "officer": "officer",
    }
    assert {each: names.of(each) for each in columns} == columns
    long = [names.of("a" * 70 + each) for each in ("b", "c")]
    assert long == ["a" * 56, "a" * 54 + "_2"]
