"""The laws of truth hold for whatever expressions stand in them, over whatever is known."""

from __future__ import annotations

import random
import re

import pytest

from engine.judging.reference import Frame, Reading, compile_expr
from engine.language import tree as t
from engine.model.values import Truth
from tests.agreement.generators import world as small
from tests.agreement.generators.expressions import ExpressionDice
from tests.agreement.generators.records import RecordDice
from tests.agreement.generators.requirements import requirement, text
from tests.agreement.properties.material import generated, judged

A, B, C = "abc"
LAWS = (
    ("a && b", "b && a"),
    ("a || b", "b || a"),
    ("(a && b) && c", "a && (b && c)"),
    ("(a || b) || c", "a || (b || c)"),
    ("a && (b || c)", "a && b || a && c"),
    ("a || (b && c)", "(a || b) && (a || c)"),
    ("!(a && b)", "!a || !b"),
    ("!(a || b)", "!a && !b"),
    ("!(!a)", "a"),
    ("a && a", "a"),
    ("a || a", "a"),
    ("a && true", "a"),
    ("a || false", "a"),
    ("(a == b)", "(b == a)"),
    ("(a != b)", "!(a == b)"),
    ("act.parts.all(p, a)", "!act.parts.exists(p, !(a))"),
)


@pytest.mark.rounds(25, nightly=200)
@pytest.mark.parametrize("law", LAWS, ids=" is ".join)
def test_laws_of_truth(law: tuple[str, str], rounds: int) -> None:
    """Broken by `&&` or `||` that stops early or depends on order, or by a guess at unknown."""
    around = small.world()
    seen: set[Truth] = set()
    for seed in range(rounds):
        dice = random.Random(seed)  # noqa: S311 - dice
        maker = ExpressionDice(small.VOCABULARY, dice, "act")
        parts = {name: f"({maker.truth(dice.choice((0, 0, 1)))})" for name in (A, B, C)}
        sides = [compile_expr(small.tree(_with(side, parts)), around) for side in law]
        for record in RecordDice(small.SCHEMA, dice, small.AS_OF).population(2)["act"]:
            frame = Frame({"act": record}, (small.AS_OF,) * 2)
            left, right = (side(frame) for side in sides)
            assert left is right, (seed, parts)
            seen.add(left)
    assert seen == {True, False, None}


def _with(side: str, parts: dict[str, str]) -> str:
    """A law with parts in place of its letters."""
    return re.sub(r"\b[abc]\b", lambda letter: parts[letter[0]], side)


@pytest.mark.rounds(12, nightly=150)
def test_what_is_past_cure_is_not_met(rounds: int) -> None:
    """Broken by a CURABLE reading that knows what JUDGE does not: a gap beside a met."""
    known = 0
    for seed in range(rounds):
        material = generated(seed)
        for asked, record in judged(material):
            node = asked.texts[0].require
            frame = Frame({asked.subject: record}, (material.world.as_of,) * 2)
            curable = compile_expr(node, material.world, Reading.CURABLE)(frame)
            if curable is not None:
                known += 1
                assert compile_expr(node, material.world)(frame) is curable
    assert known >= 20 * rounds


def test_a_law_of_terms_is_the_law_of_their_text() -> None:
    """Broken by a term that means another thing than what it stands for."""
    dice = RecordDice(small.SCHEMA, random.Random(3), small.AS_OF)  # noqa: S311 - dice
    asked, written = small.tree("act.term.big"), small.tree(small.VOCABULARY.terms["big"].text)
    assert isinstance(asked, t.Named)
    both = [requirement("named", "act", t.AsOf(), text(each)) for each in (asked, written)]
    for record in dice.population(20)["act"]:
        frame = Frame({"act": record}, (small.AS_OF,) * 2)
        answers = {compile_expr(r.texts[0].require, small.world())(frame) for r in both}
        assert len(answers) == 1
