"""Ordered values in SQL: exact ones are compared at once, others by the bounds that decide."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlglot import exp

from engine.judging.sql import spans as s
from engine.judging.sql.dialects import render

X, Y, LO, HI, TEST = (exp.column(name) for name in ("x", "y", "lo", "hi", "test"))
EXACT, OTHER, WIDE = s.point(X), s.point(Y), s.Span(LO, HI)
BELOW, ABOVE, NOTHING = s.Span(None, HI), s.Span(LO, None), s.Span(None, None)


def written(node: exp.Expression) -> str:
    return render(node, "duckdb")


LESS = "CASE WHEN hi < y THEN TRUE WHEN lo >= y THEN FALSE END"
MORE = "CASE WHEN y < lo THEN TRUE WHEN y >= hi THEN FALSE END"
SAME = (
    "CASE WHEN (lo = hi) AND (hi = y) AND (y = y) THEN TRUE "
    "WHEN (hi < y) OR (y < lo) THEN FALSE END"
)


@pytest.mark.parametrize(
    ("op", "exact", "wide"),
    [
        ("==", "x = y", SAME),
        ("!=", "NOT (x = y)", f"NOT {SAME}"),
        ("<", "x < y", LESS),
        (">", "y < x", MORE),
        ("<=", "NOT (y < x)", f"NOT {MORE}"),
        (">=", "NOT (x < y)", f"NOT {LESS}"),
    ],
)
def test_comparisons(op: str, exact: str, wide: str) -> None:
    assert written(s.compare(op, EXACT, OTHER)) == exact
    assert written(s.compare(op, WIDE, OTHER)) == wide


@pytest.mark.parametrize(
    ("op", "a", "text"),
    [
        ("<", BELOW, "CASE WHEN hi < y THEN TRUE END"),
        ("<", ABOVE, "CASE WHEN lo >= y THEN FALSE END"),
        (">", BELOW, "CASE WHEN y >= hi THEN FALSE END"),
        ("==", BELOW, "CASE WHEN hi < y THEN FALSE END"),
        ("==", ABOVE, "CASE WHEN y < lo THEN FALSE END"),
        ("==", NOTHING, "CASE WHEN FALSE THEN TRUE WHEN FALSE THEN FALSE END"),
    ],
)
def test_a_bound_that_is_not_there_decides_nothing(op: str, a: s.Span, text: str) -> None:
    assert written(s.compare(op, a, OTHER)) == text


def test_exact_is_one_bound_not_two_that_look_alike() -> None:
    assert EXACT.exact
    assert not s.Span(exp.column("x"), exp.column("x")).exact
    assert not NOTHING.exact


def bounds(span: s.Span) -> tuple[str | None, str | None, int]:
    """The texts of the bounds, and the decimals."""
    lo, hi = (None if bound is None else written(bound) for bound in (span.lo, span.hi))
    return lo, hi, span.digits


def test_constants() -> None:
    assert bounds(s.literal(dt.date(2024, 5, 1))) == (
        *["CAST('2024-05-01' AS DATE)"] * 2,
        0,
    )
    assert bounds(s.literal(3)) == ("3", "3", 0)
    assert bounds(s.literal(Decimal("0.50"))) == ("50", "50", 2)
    assert bounds(s.number(Decimal("3E+2"))) == ("300", "300", 0)
    assert s.number(3).exact


@pytest.mark.parametrize(
    ("value", "digits"),
    [(0, 0), (120, 0), (Decimal("1.5"), 1), (Decimal("1.50"), 2), (Decimal("1E+3"), 0)],
)
def test_decimals(value: int | Decimal, digits: int) -> None:
    assert s.decimals(value) == digits


def capped(text: str, digits: int = 0) -> str:
    """A computed number, unknown beyond the limit."""
    return f"CAST(CAPPED({text}, CAST('{2**31 * 10**digits}' AS BIGINT)) AS BIGINT)"


def test_sums_and_differences_of_bounds() -> None:
    assert bounds(s.added("+", EXACT, OTHER)) == (capped("x + y"), capped("x + y"), 0)
    assert s.added("+", EXACT, OTHER).exact
    assert bounds(s.added("+", WIDE, OTHER)) == (capped("lo + y"), capped("hi + y"), 0)
    assert bounds(s.added("-", WIDE, OTHER)) == (capped("lo - y"), capped("hi - y"), 0)
    assert bounds(s.added("-", OTHER, WIDE)) == (capped("y - hi"), capped("y - lo"), 0)
    assert bounds(s.added("-", OTHER, BELOW)) == (capped("y - hi"), None, 0)
    assert bounds(s.added("+", BELOW, OTHER)) == (None, capped("hi + y"), 0)
    assert bounds(s.added("+", OTHER, ABOVE)) == (capped("y + lo"), None, 0)
    assert not s.added("+", WIDE, OTHER).exact


def test_decimals_are_made_equal_before_anything_is_computed() -> None:
    fine = s.point(Y, 2)
    total = capped("(x * 100) + y", 2)
    assert bounds(s.added("+", EXACT, fine)) == (total, total, 2)
    assert written(s.compare("<", EXACT, fine)) == "(x * 100) < y"
    assert written(s.compare("<", fine, EXACT)) == "y < (x * 100)"
    assert s.aligned([EXACT, OTHER]) == [EXACT, OTHER]
    assert [bounds(one) for one in s.aligned([WIDE, fine, BELOW])] == [
        ("lo * 100", "hi * 100", 2),
        ("y", "y", 2),
        (None, "hi * 100", 2),
    ]


def times(bound: str, factor: str) -> str:
    """A product that can be computed however large it is."""
    return f"CAST({bound} AS INT128) * {factor}"


def test_multiples() -> None:
    assert bounds(s.scaled(WIDE, 2)) == (capped(times("lo", "2")), capped(times("hi", "2")), 0)
    turned = "CAST('-2' AS BIGINT)"
    assert bounds(s.scaled(WIDE, -2)) == (
        capped(times("hi", turned)),
        capped(times("lo", turned)),
        0,
    )
    assert bounds(s.scaled(WIDE, 0)) == (capped(times("lo", "0")), capped(times("hi", "0")), 0)
    assert bounds(s.scaled(s.Span(LO, HI, 2), Decimal("0.5"))) == (
        capped(times("lo", "5"), 3),
        capped(times("hi", "5"), 3),
        3,
    )
    assert s.scaled(s.Span(LO, HI, 8), Decimal("0.5")).digits == 9
    with pytest.raises(OverflowError, match="10"):
        s.scaled(s.Span(LO, HI, 9), Decimal("0.5"))


def test_a_choice_knows_nothing_where_its_test_is_unknown() -> None:
    both = "CASE WHEN test THEN {} WHEN NOT test THEN {} END"
    one = s.chosen(TEST, EXACT, OTHER, "BIGINT")
    assert bounds(one) == (both.format("x", "y"), both.format("x", "y"), 0)
    assert one.exact
    other = s.chosen(TEST, EXACT, BELOW, "BIGINT")
    assert bounds(other) == (both.format("x", "CAST(NULL AS BIGINT)"), both.format("x", "hi"), 0)
    assert not other.exact
    assert bounds(s.chosen(TEST, ABOVE, EXACT, "DATE")) == (
        both.format("lo", "x"),
        both.format("CAST(NULL AS DATE)", "x"),
        0,
    )
