"""Kleene formulas over measures, and their disjunctive normal form with named parts.

durable_rules matches conjunctions of conditions. A formula is true where one of its clauses
matches and false where one of its negation's does; where none matches it is unknown. That is
Kleene's reading, because a condition on a missing measure never matches.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import Final, Literal, NamedTuple, TypeAlias, assert_never

MOST_CLAUSES: Final = 12
"""A formula with more clauses has its parts judged in an earlier pass."""

LONGEST_CLAUSE: Final = 40
"""A clause with more conditions has its parts judged in an earlier pass."""

Operator: TypeAlias = Literal["==", "<", "<=", ">", ">="]
Side: TypeAlias = Literal["", "l", "h"]


class Condition(NamedTuple):
    """`measure op constant`; `side` picks the lower or upper bound of a measured interval."""

    measure: int
    side: Side
    op: Operator
    value: bool | int

    @property
    def field(self) -> str:
        """The name of the fact's field that holds the measure."""
        return f"m{self.measure}{self.side}"


Clause: TypeAlias = frozenset[Condition]
Clauses: TypeAlias = tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A measured truth: the clauses that make it true, and those that make it false."""

    yes: Clauses
    no: Clauses


@dataclass(frozen=True, slots=True)
class Const:
    """A constant truth."""

    value: bool


@dataclass(frozen=True, slots=True)
class Neg:
    """Kleene's not."""

    item: Formula


@dataclass(frozen=True, slots=True)
class All:
    """Kleene's and."""

    items: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """Kleene's or."""

    items: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """`test ? then : other`; unknown while the test is."""

    test: Formula
    then: Formula
    other: Formula


Formula: TypeAlias = Leaf | Const | Neg | All | Some | Choice


def truth(measure: int) -> Leaf:
    """The leaf of a measure that holds a truth."""
    return Leaf(
        (frozenset({Condition(measure, "", "==", True)}),),
        (frozenset({Condition(measure, "", "==", False)}),),
    )


def equals(measure: int, value: int) -> Leaf:
    """The leaf that is true where an enumerated measure has `value`; never used negated."""
    return Leaf((frozenset({Condition(measure, "", "==", value)}),), ())


def bounded(measure: int, op: str, value: int) -> Leaf:
    """The leaf of `interval op value`, decided from the interval's bounds alone."""

    def when(*conditions: tuple[Side, Operator]) -> Clause:
        return frozenset(Condition(measure, side, o, value) for side, o in conditions)

    table: dict[str, tuple[Clauses, Clauses]] = {
        "<": ((when(("h", "<")),), (when(("l", ">=")),)),
        "<=": ((when(("h", "<=")),), (when(("l", ">")),)),
        ">": ((when(("l", ">")),), (when(("h", "<=")),)),
        ">=": ((when(("l", ">=")),), (when(("h", "<")),)),
        "==": ((when(("l", "=="), ("h", "==")),), (when(("h", "<")), when(("l", ">")))),
    }
    if op == "!=":
        yes, no = table["=="]
        return Leaf(no, yes)
    return Leaf(*table[op])


@dataclass(slots=True)
class Part:
    """A formula judged in an earlier pass and asserted as a measure of its own.

    `level` counts from 1: a part's conditions refer to measured values and lower parts only.
    """

    measure: int
    level: int
    yes: Clauses
    no: Clauses


@dataclass(slots=True)
class Normaliser:
    """Turns formulas into clauses, naming parts wherever their product would grow too large.

    `first_part` is the number of the first part's measure: one more than the measured ones.
    """

    first_part: int
    parts: list[Part] = field(default_factory=list)
    _named: dict[Formula, Part] = field(default_factory=dict)
    _known: dict[tuple[Formula, bool], Clauses] = field(default_factory=dict)

    def clauses(self, formula: Formula, *, wanted: bool = True) -> Clauses:
        """The clauses of which one matches exactly where `formula` has the truth `wanted`."""
        key = (formula, wanted)
        if key not in self._known:
            self._known[key] = self._clauses(formula, wanted=wanted)
        return self._known[key]

    def _clauses(self, formula: Formula, *, wanted: bool) -> Clauses:
        match formula:
            case Leaf(yes, no):
                return yes if wanted else no
            case Const(value):
                return (frozenset(),) if value is wanted else ()
            case Neg(item):
                return self.clauses(item, wanted=not wanted)
            case All(items):
                combine = self._product if wanted else self._union
                return combine(items, wanted=wanted)
            case Some(items):
                combine = self._union if wanted else self._product
                return combine(items, wanted=wanted)
            case Choice(test, then, other):
                # An unknown test makes the whole unknown, so both branches need the test known.
                ends = (then, other) if wanted else (Neg(then), Neg(other))
                branches = All((test, ends[0])), All((Neg(test), ends[1]))
                return self._union(branches, wanted=True)
            case _:
                assert_never(formula)

    def level(self, clauses: Iterable[Clause]) -> int:
        """The highest level of any part that `clauses` refer to; 0 for measured values only."""
        numbers = {condition.measure for clause in clauses for condition in clause}
        parts = (self.parts[n - self.first_part] for n in numbers if n >= self.first_part)
        return max((part.level for part in parts), default=0)

    def _product(self, items: Sequence[Formula], *, wanted: bool) -> Clauses:
        options = [self.clauses(item, wanted=wanted) for item in items]
        if not all(options):
            return ()
        while (
            prod(len(option) for option in options) > MOST_CLAUSES
            or sum(_longest(option) for option in options) > LONGEST_CLAUSE
        ):
            at = max(range(len(options)), key=lambda i: (len(options[i]), _longest(options[i])))
            if _is_simple(options[at]):
                break
            options[at] = self._name(items[at], wanted=wanted)
        merged = (frozenset[Condition]().union(*choice) for choice in product(*options))
        return _absorbed(clause for clause in merged if not _contradicts(clause))

    def _union(self, items: Sequence[Formula], *, wanted: bool) -> Clauses:
        options = [self.clauses(item, wanted=wanted) for item in items]
        while sum(len(option) for option in options) > MOST_CLAUSES:
            at = max(range(len(options)), key=lambda i: len(options[i]))
            if len(options[at]) == 1:
                break
            options[at] = self._name(items[at], wanted=wanted)
        return _absorbed(clause for option in options for clause in option)

    def _name(self, formula: Formula, *, wanted: bool) -> Clauses:
        while isinstance(formula, Neg):
            formula, wanted = formula.item, not wanted
        if formula not in self._named:
            yes = self.clauses(formula, wanted=True)
            no = self.clauses(formula, wanted=False)
            level = self.level((*yes, *no)) + 1
            part = Part(self.first_part + len(self.parts), level, yes, no)
            self.parts.append(part)
            self._named[formula] = part
        condition = Condition(self._named[formula].measure, "", "==", wanted)
        return (frozenset({condition}),)


def grouped(items: Sequence[Formula], make: type[All | Some]) -> Formula:
    """`make(items)`, nested so that no node has more parts than a formula may have clauses."""
    while len(items) > MOST_CLAUSES:
        step = range(0, len(items), MOST_CLAUSES)
        items = [make(tuple(items[i : i + MOST_CLAUSES])) for i in step]
    return items[0] if len(items) == 1 else make(tuple(items))


def _longest(clauses: Clauses) -> int:
    return max(len(clause) for clause in clauses)


def _is_simple(clauses: Clauses) -> bool:
    return len(clauses) == 1 and len(clauses[0]) == 1


def _contradicts(clause: Clause) -> bool:
    """Whether a measure would have to equal two values at once."""
    equal = [(c.measure, c.side) for c in clause if c.op == "=="]
    return len(equal) != len(set(equal))


def _absorbed(clauses: Iterable[Clause]) -> Clauses:
    """Each clause once, without those that a shorter one already covers."""
    kept: list[Clause] = []
    for clause in sorted(set(clauses), key=lambda c: (len(c), sorted(c))):
        if not any(shorter <= clause for shorter in kept):
            kept.append(clause)
    return tuple(kept)
