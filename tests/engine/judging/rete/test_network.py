"""No chunk lets a fact match more than durable_rules can hold, and none is wasted."""

from __future__ import annotations

import random

import pytest

from engine.judging.rete.formula import Clause, Condition
from engine.judging.rete.network import MOST_FIELDS, MOST_MATCHES, MOST_RULES, Chunk, pack
from engine.judging.rete.session import Matcher, available, written
from engine.model.errors import InvalidRulesetError

engine = pytest.mark.skipif(not available(), reason="没有装 durable_rules")


def holds(*measures: int) -> Clause:
    return frozenset(Condition(n, "", "==", True) for n in measures)


def body(facts: dict[str, bool | int]) -> str:
    words = {True: "true", False: "false"}
    return "".join(
        f',"{name}":{words[value] if isinstance(value, bool) else value}'
        for name, value in facts.items()
    )


def satisfied(clause: Clause, facts: dict[str, bool | int]) -> bool:
    def holds(c: Condition) -> bool:
        value = facts.get(c.field)
        if value is None:
            return False
        return {
            "==": value == c.value, "<": value < c.value, "<=": value <= c.value,
            ">": value > c.value, ">=": value >= c.value,
        }[c.op]  # fmt: skip

    return all(holds(c) for c in clause)


def test_formulas_are_spread_so_that_no_fact_matches_too_much() -> None:
    packing = pack((f"r{n}", [holds(n)]) for n in range(200))
    assert len(packing.chunks) == -(-200 // (MOST_MATCHES - 1))
    assert all(chunk.fits() for chunk in packing.chunks)
    assert set(packing.places.values()) == {
        (at, number)
        for at, chunk in enumerate(packing.chunks)
        for number in range(len(chunk.clauses))
    }


def test_one_formula_too_large_for_a_chunk_is_split() -> None:
    packing = pack([("big", [holds(n) for n in range(100)])])
    assert len(packing.chunks) == 2
    assert len(packing.places) == 100


def test_conditions_that_rule_each_other_out_are_not_added_up() -> None:
    # One number can equal only one of 300 constants.
    clauses = [frozenset({Condition(0, "", "==", n)}) for n in range(300)]
    assert len(pack([("enumerated", clauses)]).chunks) == 1


def test_never_more_rules_than_the_engine_holds() -> None:
    clauses = [frozenset({Condition(0, "", "==", n)}) for n in range(500)]
    packing = pack([("enumerated", clauses)])
    assert [len(chunk.clauses) < MOST_RULES for chunk in packing.chunks] == [True, True]


def test_bounds_count_as_many_as_one_number_can_meet() -> None:
    rising = [frozenset({Condition(0, "l", ">=", n)}) for n in range(100)]
    assert len(pack([("rising", rising)]).chunks) == 2


def test_never_more_fields_than_a_fact_holds() -> None:
    # Twenty fields in each rule, all rules shut out each other by measure 0.
    clauses = [
        frozenset({Condition(0, "", "==", n), *holds(*range(20 * n + 1, 20 * n + 21))})
        for n in range(30)
    ]
    packing = pack((f"r{n}", [clause]) for n, clause in enumerate(clauses))
    assert len(packing.chunks) == 3
    assert all(len(chunk.fields) <= MOST_FIELDS for chunk in packing.chunks)


def test_a_clause_that_no_chunk_can_hold_is_refused() -> None:
    with pytest.raises(InvalidRulesetError, match="dec-long"):
        pack([("dec-long", [holds(*range(MOST_FIELDS + 1))])])


def test_a_clause_used_twice_is_matched_once() -> None:
    packing = pack([("a", [holds(1), holds(1, 2)]), ("b", [holds(1)])])
    assert [len(chunk.clauses) for chunk in packing.chunks] == [2]


@engine
@pytest.mark.parametrize("seed", range(40))
def test_what_fits_is_matched_whole(seed: int) -> None:
    """Random rules packed to the limit, and facts that match as many of them as can be."""
    dice = random.Random(seed)  # noqa: S311 - dice
    measures = dice.choice((8, 20, 70))

    def condition() -> Condition:
        number = dice.randrange(measures)
        if number % 3:
            return Condition(number, "", "==", dice.random() < 0.9)
        return Condition(
            number, dice.choice("lh"), dice.choice(("<", "<=", ">", ">=", "==")), dice.randrange(6)
        )

    formulas = [
        (f"r{n}", [frozenset(condition() for _ in range(dice.randrange(1, 5))) for _ in range(3)])
        for n in range(60)
    ]
    packing = pack(formulas)
    facts: list[dict[str, bool | int]] = []
    for _ in range(60):
        fact: dict[str, bool | int] = {}
        for number in range(measures):
            if number % 3:
                fact[f"m{number}"] = dice.random() < 0.95
            else:
                fact[f"m{number}l"] = dice.randrange(-1, 7)
                fact[f"m{number}h"] = dice.randrange(-1, 7)
            if dice.random() < 0.02:
                fact.popitem()
        facts.append(fact)
    for chunk in packing.chunks:
        clauses = list(chunk.clauses)
        found = Matcher(written(chunk.patterns())).run(
            [body({k: v for k, v in fact.items() if k in chunk.fields}) for fact in facts]
        )
        assert found == [
            frozenset(n for n, clause in enumerate(clauses) if satisfied(clause, fact))
            for fact in facts
        ]


@engine
def test_the_bound_is_the_engines_own() -> None:
    """With 63 rules and the catch-all a fact comes back; with one more it is lost."""
    for rules, comes_back in ((63, True), (64, False)):
        chunk = Chunk()
        for n in range(rules):
            chunk.add(holds(n), tuple(holds(n)))
        assert not chunk.fits()
        [found] = Matcher(written(chunk.patterns())).run(
            [body({f"m{n}": True for n in range(rules)})]
        )
        assert (found is not None) is comes_back


def test_field_names_are_told_apart_by_their_hash() -> None:
    """durable_rules compares names by 32-bit FNV-1a only."""
    names = [f"m{n}{side}" for n in range(10_000) for side in ("", "l", "h")]
    names += ["kind", "rid", "id", "sid", "$s", "outcome", "confirmed", "listed", "settles"]
    names += ["seen", "applies", "settled", "unsettled", "closing", "doubtful", "pending"]

    def fnv(name: str) -> int:
        found = 2166136261
        for byte in name.encode():
            found = (found ^ byte) * 16777619 & 0xFFFFFFFF
        return found

    assert len({fnv(name) for name in names}) == len(names)
