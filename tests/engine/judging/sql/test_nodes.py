"""The few kinds of expression the engine writes, as DuckDB gets them; constants settled early."""

from __future__ import annotations

import datetime as dt

from sqlglot import exp

from engine.judging.sql import nodes as n
from engine.judging.sql.dialects import render

A, B, C = (exp.column(name) for name in "abc")
AND, OR = exp.and_(A, B), exp.or_(A, B)


def test_what_is_written() -> None:
    written = [
        (n.column("a b"), '"a b"'),
        (n.column("a", "t"), '"t"."a"'),
        (n.cast(A, "DATE"), "CAST(a AS DATE)"),
        (n.null("BIGINT"), "CAST(NULL AS BIGINT)"),
        (n.integer(0), "0"),
        (n.integer(2**15 - 1), "32767"),
        (n.integer(2**15), "CAST('32768' AS BIGINT)"),
        (n.integer(-1), "CAST('-1' AS BIGINT)"),
        (n.date(dt.date(2024, 2, 29)), "CAST('2024-02-29' AS DATE)"),
        (n.text("某'市"), "'某''市'"),
        (n.alias(A, "x"), 'a AS "x"'),
        (n.table("a b"), '"a b"'),
        (n.table("a b", "c"), '"a b" AS "c"'),
        (n.call("least_of", A, B), "LEAST_OF(a, b)"),
        (n.compare("==", A, B), "a = b"),
        (n.compare("!=", A, B), "a <> b"),
        (n.compare("<", A, B), "a < b"),
        (n.compare("<=", A, B), "a <= b"),
        (n.compare(">", A, B), "a > b"),
        (n.compare(">=", A, B), "a >= b"),
        (n.compare("==", AND, OR), "(a AND b) = (a OR b)"),
        (n.among(A, [n.text("x"), n.text("y")]), "a IN ('x', 'y')"),
        (n.among(AND, [n.TRUE]), "(a AND b) IN (TRUE)"),
        (n.both(A, B, C), "a AND b AND c"),
        (n.both(OR, C), "(a OR b) AND c"),
        (n.both(C, OR), "c AND (a OR b)"),
        (n.either(A, B, C), "a OR b OR c"),
        (n.either(AND, C), "(a AND b) OR c"),
        (n.negate(A), "NOT a"),
        (n.negate(AND), "NOT (a AND b)"),
        (n.is_null(A), "a IS NULL"),
        (n.is_null(AND), "(a AND b) IS NULL"),
        (n.not_null(A), "NOT (a IS NULL)"),
        (n.not_false(A), "COALESCE(a, TRUE)"),
        (n.surely(A), "COALESCE(a, FALSE)"),
        (n.case((A, B), (B, C)), "CASE WHEN a THEN b WHEN b THEN c END"),
        (n.case((A, B), default=C), "CASE WHEN a THEN b ELSE c END"),
        (n.case((A, B), (n.TRUE, C)), "CASE WHEN a THEN b ELSE c END"),
        (n.case((n.FALSE, B), (A, C)), "CASE WHEN a THEN c END"),
        (n.case((n.FALSE, B), (n.FALSE, C)), "CASE WHEN FALSE THEN b WHEN FALSE THEN c END"),
        (n.truth(A, B), "CASE WHEN a THEN TRUE WHEN b THEN FALSE END"),
        (n.plus(A, n.plus(B, C)), "a + (b + c)"),
        (n.minus(A, n.minus(B, C)), "a - (b - c)"),
        (n.times(n.plus(A, B), C), "(a + b) * c"),
        (n.count(n.TRUE), "COUNT(*)"),
        (n.count(A), "COUNT(*) FILTER(WHERE a)"),
        (n.any_of(A), "COUNT(*) FILTER(WHERE a) > 0"),
    ]
    assert [render(node, "duckdb") for node, _ in written] == [text for _, text in written]


def test_what_a_constant_settles() -> None:
    """Would break if the database were asked for what is known beforehand."""
    settled = [
        (n.both(), n.TRUE),
        (n.both(n.TRUE, A), A),
        (n.both(A, n.FALSE, B), n.FALSE),
        (n.either(), n.FALSE),
        (n.either(n.FALSE, A), A),
        (n.either(A, n.TRUE, B), n.TRUE),
        (n.negate(n.TRUE), n.FALSE),
        (n.negate(n.FALSE), n.TRUE),
        (n.is_null(n.TRUE), n.FALSE),
        (n.not_null(n.FALSE), n.TRUE),
        (n.surely(n.TRUE), n.TRUE),
        (n.not_false(n.FALSE), n.FALSE),
        (n.case((n.TRUE, A), (B, C)), A),
        (n.case((n.FALSE, A), default=B), B),
    ]
    assert [node is expected for node, expected in settled] == [True] * len(settled)
