"""The same tree as each database reads it."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlglot import exp

from engine.judging.sql import nodes as n
from engine.judging.sql.dialects import render

A = n.column("a")


@pytest.mark.parametrize(
    ("node", "duck", "lite"),
    [
        # The 29th of February 2024 is the 738,945th day, counted from the 1st of January 1.
        (n.date(dt.date(2024, 2, 29)), "CAST('2024-02-29' AS DATE)", "738945"),
        (n.null("DATE"), "CAST(NULL AS DATE)", "NULL"),
        (n.null("BIGINT"), "CAST(NULL AS BIGINT)", "NULL"),
        (n.cast(A, "DATE"), 'CAST("a" AS DATE)', '("a" / 86400000000)'),
        (n.cast(A, "HUGEINT"), 'CAST("a" AS INT128)', 'CAST("a" AS INTEGER)'),
        (n.cast(A, "VARCHAR"), 'CAST("a" AS TEXT)', 'CAST("a" AS TEXT)'),
        (n.integer(2**15), "CAST('32768' AS BIGINT)", "CAST('32768' AS INTEGER)"),
        (exp.Paren(this=A), '"a"', '"a"'),
        (exp.Paren(this=n.negate(A)), '(NOT "a")', '(NOT "a")'),
        (n.text("某'市"), "'某''市'", "'某''市'"),
    ],
    ids=str,
)
def test_what_each_is_given(node: exp.Expression, duck: str, lite: str) -> None:
    """Broken by a day that one database would take for a text, or a product that overflows."""
    assert (render(node, "duckdb"), render(node, "sqlite")) == (duck, lite)


def test_a_step_of_sqlite_is_computed_once() -> None:
    """Broken where SQLite writes a step out wherever it is used: its size doubles each time."""
    select = exp.Select(expressions=[A]).from_(n.table("t"))
    step = exp.CTE(this=select, alias=exp.TableAlias(this=n.name("s")))
    assert render(step, "sqlite") == '"s" AS MATERIALIZED (SELECT "a" FROM "t")'
    assert render(step.copy(), "duckdb").startswith('"s" AS ')
