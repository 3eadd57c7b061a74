"""Truths, intervals and words as z3 terms: `engine.language.semantics` said symbolically."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, Final, TypeAlias

import z3

Bool: TypeAlias = Any
"""A z3 formula."""

Number: TypeAlias = Any
"""A z3 integer or real: a number, the ordinal of a day, or a moment in minutes."""

TRUE: Final = z3.BoolVal(val=True)
FALSE: Final = z3.BoolVal(val=False)
ZERO: Final = z3.IntVal(0)


def all_(*items: Bool) -> Bool:
    """The conjunction, without the parts that are plainly true."""
    left = [item for item in items if not z3.is_true(item)]
    if any(z3.is_false(item) for item in left):
        return FALSE
    return left[0] if len(left) == 1 else z3.And(*left) if left else TRUE


def any_(*items: Bool) -> Bool:
    """The disjunction, without the parts that are plainly false."""
    left = [item for item in items if not z3.is_false(item)]
    if any(z3.is_true(item) for item in left):
        return TRUE
    return left[0] if len(left) == 1 else z3.Or(*left) if left else FALSE


def not_(item: Bool) -> Bool:
    """The negation."""
    if z3.is_true(item) or z3.is_false(item):
        return FALSE if z3.is_true(item) else TRUE
    return z3.Not(item)


def choice(test: Bool, then: Number, other: Number) -> Number:
    """One of two numbers."""
    if z3.is_true(test) or z3.is_false(test):
        return then if z3.is_true(test) else other
    return z3.If(test, then, other)


@dataclass(frozen=True, slots=True)
class Truth3:
    """A truth: unknown where neither holds."""

    true: Bool
    false: Bool

    @property
    def unknown(self) -> Bool:
        """Whether it is neither true nor false."""
        return all_(not_(self.true), not_(self.false))

    def negated(self) -> Truth3:
        """Kleene's not."""
        return Truth3(self.false, self.true)


def conjunction(items: Sequence[Truth3]) -> Truth3:
    """Kleene's and."""
    return Truth3(all_(*(i.true for i in items)), any_(*(i.false for i in items)))


def disjunction(items: Sequence[Truth3]) -> Truth3:
    """Kleene's or."""
    return Truth3(any_(*(i.true for i in items)), all_(*(i.false for i in items)))


@dataclass(frozen=True, slots=True)
class Span:
    """A closed interval whose bounds may each be missing."""

    lo: Number
    hi: Number
    has_lo: Bool
    has_hi: Bool

    @property
    def negative(self) -> Span:
        """The interval of the opposite numbers."""
        return Span(-self.hi, -self.lo, self.has_hi, self.has_lo)


def exactly(value: Number) -> Span:
    """The interval of one value."""
    return Span(value, value, TRUE, TRUE)


@dataclass(frozen=True, slots=True)
class Word:
    """A string by its code; absent and unknown ones are not known."""

    code: Number
    known: Bool


def less(a: Span, b: Span) -> Truth3:
    """Whether a < b."""
    return Truth3(
        all_(a.has_hi, b.has_lo, a.hi < b.lo),
        all_(a.has_lo, b.has_hi, a.lo >= b.hi),
    )


def equal(a: Span, b: Span) -> Truth3:
    """Whether the two are one value."""
    known = all_(a.has_lo, a.has_hi, b.has_lo, b.has_hi)
    return Truth3(
        all_(known, a.lo == a.hi, b.lo == b.hi, a.lo == b.lo),
        any_(all_(a.has_hi, b.has_lo, a.hi < b.lo), all_(b.has_hi, a.has_lo, b.hi < a.lo)),
    )


def compare(op: str, a: Span, b: Span) -> Truth3:
    """One of the six comparisons."""
    match op:
        case "==":
            return equal(a, b)
        case "!=":
            return equal(a, b).negated()
        case "<":
            return less(a, b)
        case "<=":
            return less(b, a).negated()
        case ">":
            return less(b, a)
        case _:
            return less(a, b).negated()


def add(a: Span, b: Span) -> Span:
    """Sum of two numbers."""
    has_lo, has_hi = all_(a.has_lo, b.has_lo), all_(a.has_hi, b.has_hi)
    return Span(a.lo + b.lo, a.hi + b.hi, has_lo, has_hi)


def least(items: Sequence[Span]) -> Span:
    """The smallest: any known upper bound bounds it."""
    return reduce(_lesser, items)


def _lesser(a: Span, b: Span) -> Span:
    return Span(
        choice(a.lo <= b.lo, a.lo, b.lo),
        choice(all_(a.has_hi, any_(not_(b.has_hi), a.hi <= b.hi)), a.hi, b.hi),
        all_(a.has_lo, b.has_lo),
        any_(a.has_hi, b.has_hi),
    )


def greatest(items: Sequence[Span]) -> Span:
    """The largest: any known lower bound bounds it."""
    return least([item.negative for item in items]).negative


def chosen(test: Truth3, then: Span, other: Span) -> Span:
    """`test ? then : other`."""
    return Span(
        choice(test.true, then.lo, other.lo),
        choice(test.true, then.hi, other.hi),
        any_(all_(test.true, then.has_lo), all_(test.false, other.has_lo)),
        any_(all_(test.true, then.has_hi), all_(test.false, other.has_hi)),
    )


def total(numbers: Iterable[Number]) -> Number:
    """The sum of numbers, 0 of none."""
    return z3.Sum([ZERO, *numbers])
