"""Symbolic truths and intervals, worked out where every part of them is plain."""

from __future__ import annotations

from itertools import product

import pytest
import z3

from engine.guard.verify import algebra as a
from engine.guard.verify.algebra import FALSE, TRUE, Bool, Number, Span, Truth3

P, Q = z3.Bool("p"), z3.Bool("q")
X, Y = z3.Int("x"), z3.Int("y")
YES, NO, OPEN = Truth3(TRUE, FALSE), Truth3(FALSE, TRUE), Truth3(FALSE, FALSE)


def plain(truth: Truth3) -> bool | None:
    """What a truth without variables is."""
    true, false = (z3.is_true(z3.simplify(part)) for part in (truth.true, truth.false))
    assert not (true and false)
    assert z3.is_true(z3.simplify(truth.unknown)) is not (true or false)
    return True if true else False if false else None


def span(lo: int | None, hi: int | None, *, level: bool = False) -> Span:
    """An interval; a bound that is missing has a number that must not be looked at.

    `level`: that number is the other bound's, so that the interval looks like one value.
    """
    low, high = (1 if hi is None else hi, 1 if lo is None else lo) if level else (99, -99)
    return Span(
        z3.IntVal(low if lo is None else lo),
        z3.IntVal(high if hi is None else hi),
        z3.BoolVal(lo is not None),
        z3.BoolVal(hi is not None),
    )


def bounds(found: Span) -> tuple[int | None, int | None]:
    """The bounds of an interval without variables, None where missing."""

    def one(number: Number, has: Bool) -> int | None:
        return z3.simplify(number).as_long() if z3.is_true(z3.simplify(has)) else None

    return one(found.lo, found.has_lo), one(found.hi, found.has_hi)


def test_plain_parts_leave_no_trace() -> None:
    assert a.all_() is TRUE
    assert a.any_() is FALSE
    assert a.all_(TRUE, P).eq(P)
    assert a.any_(FALSE, P).eq(P)
    assert a.all_(P, FALSE, Q).eq(FALSE)
    assert a.any_(P, TRUE, Q).eq(TRUE)
    assert a.all_(P, TRUE, Q).eq(z3.And(P, Q))
    assert a.any_(P, FALSE, Q).eq(z3.Or(P, Q))
    assert (a.not_(TRUE), a.not_(FALSE)) == (FALSE, TRUE)
    assert a.not_(P).eq(z3.Not(P))
    assert a.choice(TRUE, X, Y).eq(X)
    assert a.choice(FALSE, X, Y).eq(Y)
    assert a.choice(P, X, Y).eq(z3.If(P, X, Y))


def test_truths_are_joined_as_kleene_has_it() -> None:
    for one, other in product((YES, NO, OPEN), repeat=2):
        both = {plain(one), plain(other)}
        joined = False if False in both else None if None in both else True
        either = True if True in both else None if None in both else False
        assert plain(a.conjunction([one, other])) is joined
        assert plain(a.disjunction([one, other])) is either
    assert [plain(one.negated()) for one in (YES, NO, OPEN)] == [False, True, None]
    assert (plain(a.conjunction([])), plain(a.disjunction([]))) == (True, False)


BOUNDS = (None, 0, 1, 2)
SPANS = [(lo, hi) for lo, hi in product(BOUNDS, repeat=2) if lo is None or hi is None or lo <= hi]


def possible(lo: int | None, hi: int | None) -> range:
    """The numbers of an interval, as far as they tell it from those of `SPANS`."""
    return range(-3 if lo is None else lo, 6 if hi is None else hi + 1)


@pytest.mark.parametrize("op", ["==", "!=", "<", "<=", ">", ">="])
def test_a_comparison_is_known_where_it_is_the_same_for_all_values(op: str) -> None:
    said = {
        "==": int.__eq__, "!=": int.__ne__, "<": int.__lt__,
        "<=": int.__le__, ">": int.__gt__, ">=": int.__ge__,
    }[op]  # fmt: skip
    for one, other in product(SPANS, repeat=2):
        truths = {said(x, y) for x, y in product(possible(*one), possible(*other))}
        expected = truths.pop() if len(truths) == 1 else None
        for level in (False, True):
            found = a.compare(op, span(*one, level=level), span(*other, level=level))
            assert plain(found) is expected, (one, other)


def test_sums_opposites_least_and_greatest() -> None:
    for one, other in product(SPANS, repeat=2):
        (lo, hi), (low, high) = one, other
        los, his = [n for n in (lo, low) if n is not None], [n for n in (hi, high) if n is not None]
        added = (sum(los) if len(los) == 2 else None, sum(his) if len(his) == 2 else None)
        assert bounds(a.add(span(*one), span(*other))) == added
        least = (min(los) if len(los) == 2 else None, min(his) if his else None)
        assert bounds(a.least([span(*one), span(*other)])) == least
        greatest = (max(los) if los else None, max(his) if len(his) == 2 else None)
        assert bounds(a.greatest([span(*one), span(*other)])) == greatest
    assert bounds(span(1, None).negative) == (None, -1)
    assert bounds(span(1, 2).negative) == (-2, -1)
    assert bounds(a.exactly(z3.IntVal(7))) == (7, 7)


def test_a_choice_is_known_as_far_as_its_test_and_the_chosen() -> None:
    one, other = span(1, None), span(None, 4)
    assert bounds(a.chosen(YES, one, other)) == (1, None)
    assert bounds(a.chosen(NO, one, other)) == (None, 4)
    assert bounds(a.chosen(OPEN, span(1, 2), span(1, 2))) == (None, None)
    assert bounds(a.chosen(YES, span(1, 2), span(None, None))) == (1, 2)
    assert bounds(a.chosen(NO, span(None, None), span(1, 2))) == (1, 2)


def test_a_total_of_none_is_nothing() -> None:
    assert z3.simplify(a.total([])).as_long() == 0
    assert z3.simplify(a.total(iter([z3.IntVal(2), z3.IntVal(5)]))).as_long() == 7
