"""Clauses and named parts say exactly what Kleene's truth tables say."""

from __future__ import annotations

import random
from itertools import product

import pytest

from engine.judging.rete.formula import (
    LONGEST_CLAUSE,
    MOST_CLAUSES,
    All,
    Choice,
    Clauses,
    Condition,
    Const,
    Formula,
    Leaf,
    Neg,
    Normaliser,
    Some,
    bounded,
    equals,
    grouped,
    truth,
)
from engine.model.values import Truth


def value(formula: Formula, facts: dict[int, Truth]) -> Truth:
    """The truth of a formula, worked out directly."""
    match formula:
        case Leaf(yes):
            [[condition]] = yes
            return facts[condition.measure]
        case Const(constant):
            return constant
        case Neg(item):
            inner = value(item, facts)
            return None if inner is None else not inner
        case All(items):
            found = {value(item, facts) for item in items}
            return False if False in found else (None if None in found else True)
        case Some(items):
            found = {value(item, facts) for item in items}
            return True if True in found else (None if None in found else False)
        case Choice(test, then, other):
            known = value(test, facts)
            return None if known is None else value(then if known else other, facts)


def matched(clauses: Clauses, facts: dict[int, Truth]) -> bool:
    """Whether any clause matches, a missing measure never matching."""
    return any(all(facts[c.measure] is c.value for c in clause) for clause in clauses)


def with_parts(normaliser: Normaliser, facts: dict[int, Truth]) -> dict[int, Truth]:
    """The facts with every part judged, lowest level first."""
    facts = dict(facts)
    for part in sorted(normaliser.parts, key=lambda p: p.level):
        yes, no = matched(part.yes, facts), matched(part.no, facts)
        assert not (yes and no)
        facts[part.measure] = True if yes else (False if no else None)
    return facts


def random_formula(dice: random.Random, depth: int, leaves: int) -> Formula:
    if depth == 0 or dice.random() < 0.1:
        return truth(dice.randrange(leaves)) if dice.random() < 0.95 else Const(dice.random() < 0.5)
    items = [random_formula(dice, depth - 1, leaves) for _ in range(dice.randrange(2, 5))]
    roll = dice.randrange(4)
    if roll == 0:
        return Neg(items[0])
    if roll == 1:
        return Choice(items[0], items[1], items[-1])
    return grouped(items, All if roll == 2 else Some)


def check_limits(normaliser: Normaliser, clauses: Clauses) -> None:
    assert len(clauses) <= MOST_CLAUSES
    assert all(len(clause) <= LONGEST_CLAUSE for clause in clauses)
    for part in normaliser.parts:
        assert len(part.yes) <= MOST_CLAUSES
        assert len(part.no) <= MOST_CLAUSES
        assert normaliser.level((*part.yes, *part.no)) == part.level - 1


@pytest.mark.parametrize("seed", range(150))
def test_clauses_are_the_formula(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - dice
    leaves = 5
    formulas = [random_formula(dice, dice.randrange(1, 5), leaves) for _ in range(4)]
    normaliser = Normaliser(leaves)
    ways = [
        (normaliser.clauses(formula), normaliser.clauses(formula, wanted=False))
        for formula in formulas
    ]
    for yes, no in ways:
        check_limits(normaliser, (*yes,))
        check_limits(normaliser, (*no,))
    for row in product((True, False, None), repeat=leaves):
        facts = with_parts(normaliser, dict(enumerate(row)))
        for formula, (yes, no) in zip(formulas, ways, strict=True):
            expected = value(formula, facts)
            assert matched(yes, facts) is (expected is True)
            assert matched(no, facts) is (expected is False)


def step(n: int) -> Formula:
    """Step n, if it was taken, was taken before step n + 1, if that was taken."""
    return Some((Neg(truth(2 * n)), Neg(truth(2 * n + 2)), truth(2 * n + 1)))


@pytest.mark.parametrize("steps", [13, 40])
def test_a_chain_of_optional_steps_does_not_explode(steps: int) -> None:
    chain = grouped([step(n) for n in range(steps)], All)
    normaliser = Normaliser(2 * steps + 2)
    for wanted in (True, False):
        check_limits(normaliser, normaliser.clauses(chain, wanted=wanted))
    assert len(normaliser.parts) <= 2 * steps
    dice = random.Random(steps)  # noqa: S311 - dice
    for _ in range(500):
        share = dice.random() / 4
        row: dict[int, Truth] = {
            n: dice.choice((True, False, None)) if dice.random() < share else n % 2 == 1
            for n in range(2 * steps + 2)
        }
        facts = with_parts(normaliser, row)
        expected = value(chain, facts)
        assert matched(normaliser.clauses(chain), facts) is (expected is True)
        assert matched(normaliser.clauses(chain, wanted=False), facts) is (expected is False)


def test_parts_within_parts_are_judged_level_by_level() -> None:
    pairs = [Some((truth(2 * n), truth(2 * n + 1))) for n in range(60)]
    inner = [All(tuple(pairs[n : n + 5])) for n in range(0, 60, 5)]
    outer = [Some((inner[n], inner[n + 1])) for n in range(0, 12, 2)]
    normaliser = Normaliser(120)
    check_limits(normaliser, normaliser.clauses(All(tuple(outer))))
    assert max(part.level for part in normaliser.parts) >= 2


def test_a_long_conjunction_becomes_short_clauses() -> None:
    wide = grouped([truth(n) for n in range(300)], All)
    normaliser = Normaliser(300)
    check_limits(normaliser, normaliser.clauses(wide))
    check_limits(normaliser, normaliser.clauses(wide, wanted=False))
    facts: dict[int, Truth] = dict.fromkeys(range(300), True)
    assert matched(normaliser.clauses(wide), with_parts(normaliser, facts))
    facts[299] = None
    assert not matched(normaliser.clauses(wide), with_parts(normaliser, facts))
    assert not matched(normaliser.clauses(wide, wanted=False), with_parts(normaliser, facts))
    facts[298] = False
    assert matched(normaliser.clauses(wide, wanted=False), with_parts(normaliser, facts))


def test_equal_formulas_share_one_part() -> None:
    pairs = tuple(Some((truth(2 * n), truth(2 * n + 1))) for n in range(6))
    normaliser = Normaliser(12)
    normaliser.clauses(All(pairs))
    named = len(normaliser.parts)
    normaliser.clauses(All((*pairs, truth(0))))
    assert named
    assert len(normaliser.parts) == named


def test_negation_of_a_part_reads_the_same_part() -> None:
    pairs = tuple(Some((truth(2 * n), truth(2 * n + 1))) for n in range(6))
    normaliser = Normaliser(12)
    normaliser.clauses(All(pairs))
    named = len(normaliser.parts)
    normaliser.clauses(All(tuple(Neg(Neg(pair)) for pair in pairs)))
    assert len(normaliser.parts) == named


def test_what_rules_itself_out_is_left_out() -> None:
    normaliser = Normaliser(2)
    assert normaliser.clauses(All((truth(0), Neg(truth(0))))) == ()
    assert normaliser.clauses(All((equals(1, 2), equals(1, 3)))) == ()
    assert normaliser.clauses(Const(value=True)) == (frozenset(),)
    assert normaliser.clauses(Const(value=True), wanted=False) == ()
    # What a shorter clause covers goes.
    assert normaliser.clauses(Some((truth(0), All((truth(0), truth(1)))))) == truth(0).yes


def test_an_interval_equals_a_constant_by_both_bounds() -> None:
    leaf = bounded(3, "==", 5)
    assert leaf.yes == (frozenset({Condition(3, "l", "==", 5), Condition(3, "h", "==", 5)}),)
    assert bounded(3, "!=", 5) == Leaf(leaf.no, leaf.yes)


def test_what_was_not_grouped_is_left_as_it_is() -> None:
    leaves = tuple(truth(n) for n in range(LONGEST_CLAUSE + 10))
    normaliser = Normaliser(len(leaves))
    assert len(normaliser.clauses(Some(leaves))) == len(leaves)
    [clause] = normaliser.clauses(All(leaves))
    assert len(clause) == len(leaves)
    assert not normaliser.parts


@pytest.mark.parametrize(
    ("op", "yes", "no"),
    [
        ("<", [{"h<"}], [{"l>="}]),
        ("<=", [{"h<="}], [{"l>"}]),
        (">", [{"l>"}], [{"h<="}]),
        (">=", [{"l>="}], [{"h<"}]),
        ("==", [{"l==", "h=="}], [{"h<"}, {"l>"}]),
        ("!=", [{"h<"}, {"l>"}], [{"l==", "h=="}]),
    ],
)
def test_an_interval_is_judged_by_the_bound_that_decides(
    op: str, yes: list[set[str]], no: list[set[str]]
) -> None:
    leaf = bounded(7, op, 3)
    for clauses, expected in ((leaf.yes, yes), (leaf.no, no)):
        assert [{c.side + c.op for c in clause} for clause in clauses] == expected
        assert {(c.measure, c.value) for clause in clauses for c in clause} == {(7, 3)}


def test_a_group_of_one_is_that_one() -> None:
    one = truth(1)
    assert grouped([one], All) is one
    assert grouped([one, truth(2)], All) == All((one, truth(2)))
