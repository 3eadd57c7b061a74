"""Ordered values in SQL: two bounds, NULL where unbounded, numbers exact.

A number with decimals is a whole number of tenths, hundredths, … : exact in every database.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from sqlglot import exp

from engine.judging.sql import nodes as n
from engine.judging.sql.scope import Scope
from engine.model.values import LIMIT

_MOST_DIGITS: Final = 9
"""Decimals beyond which a capped number may not fit 64 bits."""


class Span(NamedTuple):
    """The bounds of an ordered value, None where it surely has none.

    `digits` are the decimals of a number: its columns hold it times ten to the power of them.
    Integers, dates and times have none.
    """

    lo: exp.Expression | None
    hi: exp.Expression | None
    digits: int = 0

    @property
    def exact(self) -> bool:
        """Whether the bounds are one, so that the value is known or NULL."""
        return self.lo is not None and self.lo is self.hi


Step = Callable[[exp.Expression], exp.Expression]
Pair = Callable[[exp.Expression, exp.Expression], exp.Expression]


def point(value: exp.Expression, digits: int = 0) -> Span:
    """A value known exactly, or NULL."""
    return Span(value, value, digits)


def literal(value: dt.date | int | Decimal) -> Span:
    """A constant."""
    return point(n.date(value)) if isinstance(value, dt.date) else number(value)


def number(value: int | Decimal) -> Span:
    """A constant number with as many decimals as it has."""
    digits = decimals(value)
    return point(n.integer(int(value * 10**digits)), digits)


def decimals(value: int | Decimal) -> int:
    """How many decimals a number has."""
    exponent = Decimal(value).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def let(scope: Scope, span: Span) -> Span:
    """Columns for the bounds."""
    return each(scope.let, span)


def each(step: Step, span: Span, digits: int | None = None) -> Span:
    """`step` of each bound there is."""
    digits = span.digits if digits is None else digits
    if span.lo is not None and span.exact:
        return point(step(span.lo), digits)
    lo, hi = (None if bound is None else step(bound) for bound in span[:2])
    return Span(lo, hi, digits)


def pairwise(step: Pair, a: Span, b: Span, digits: int = 0) -> Span:
    """`step` of the lower bounds and of the upper bounds."""
    lo = None if a.lo is None or b.lo is None else step(a.lo, b.lo)
    if a.exact and b.exact:
        return Span(lo, lo, digits)
    return Span(lo, None if a.hi is None or b.hi is None else step(a.hi, b.hi), digits)


def flipped(span: Span) -> Span:
    """The bounds swapped, as for what is taken away."""
    return Span(span.hi, span.lo, span.digits)


def aligned(spans: Sequence[Span]) -> list[Span]:
    """The same numbers with equally many decimals."""
    digits = max(span.digits for span in spans)
    return [span if span.digits == digits else _widened(span, digits) for span in spans]


def _widened(span: Span, digits: int) -> Span:
    factor = n.integer(10 ** (digits - span.digits))
    return each(lambda bound: n.times(bound, factor), span, digits)


def capped(span: Span) -> Span:
    """A computed number, unknown from 2**31 on."""
    most = n.integer(LIMIT * 10**span.digits)
    return each(lambda bound: n.cast(n.call("capped", bound, most), "BIGINT"), span)


def added(op: str, a: Span, b: Span) -> Span:
    """Sum or difference."""
    a, b = aligned([a, b])
    if op == "+":
        return capped(pairwise(n.plus, a, b, a.digits))
    return capped(pairwise(n.minus, a, flipped(b), a.digits))


def scaled(span: Span, factor: int | Decimal) -> Span:
    """A number times a constant, a negative one swapping the bounds.

    Raises `OverflowError` where the product has more decimals than the database can hold.
    """
    constant = number(factor)
    digits = span.digits + constant.digits
    if digits > _MOST_DIGITS:
        raise OverflowError(digits)
    by = constant.lo or n.integer(0)
    # What is too large for a number of the language must not be too large to be computed.
    product = capped(each(lambda bound: n.times(n.cast(bound, "HUGEINT"), by), span, digits))
    return product if factor >= 0 else flipped(product)


def chosen(test: exp.Expression, a: Span, b: Span, of: str) -> Span:
    """`a` where `test` is true, `b` where it is false, else nothing known."""
    a, b = aligned([a, b])
    other = n.negate(test)

    def choose(yes: exp.Expression | None, no: exp.Expression | None) -> exp.Expression:
        return n.case((test, yes or n.null(of)), (other, no or n.null(of)))

    lo = choose(a.lo, b.lo)
    return Span(lo, lo if a.exact and b.exact else choose(a.hi, b.hi), a.digits)


def compare(op: str, a: Span, b: Span) -> exp.Expression:
    """The truth of a comparison: NULL where values within the bounds could go either way."""
    a, b = aligned([a, b])
    match op:
        case "==":
            return _equal(a, b)
        case "!=":
            return n.negate(_equal(a, b))
        case "<":
            return _less(a, b)
        case ">":
            return _less(b, a)
        case "<=":
            return n.negate(_less(b, a))
        case _:
            return n.negate(_less(a, b))


def _ordered(op: str, a: exp.Expression | None, b: exp.Expression | None) -> exp.Expression:
    return n.FALSE if a is None or b is None else n.compare(op, a, b)


def _less(a: Span, b: Span) -> exp.Expression:
    if a.lo is not None and b.lo is not None and a.exact and b.exact:
        return n.compare("<", a.lo, b.lo)
    return n.truth(_ordered("<", a.hi, b.lo), _ordered(">=", a.lo, b.hi))


def _equal(a: Span, b: Span) -> exp.Expression:
    if a.lo is not None and b.lo is not None and a.exact and b.exact:
        return n.compare("==", a.lo, b.lo)
    same = n.both(
        _ordered("==", a.lo, a.hi), _ordered("==", a.hi, b.lo), _ordered("==", b.lo, b.hi)
    )
    apart = n.either(_ordered("<", a.hi, b.lo), _ordered("<", b.hi, a.lo))
    return n.truth(same, apart)
