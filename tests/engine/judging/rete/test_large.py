"""durable_rules and the reference agree on expressions whose clauses would explode."""

from __future__ import annotations

import pytest

from engine.judging.judge import ReferenceJudge
from engine.judging.rete import ReteJudge, available
from tests.engine.judging.rete.world import YEAR, decisions, requirement, text, world

pytestmark = pytest.mark.skipif(not available(), reason="没有装 durable_rules")


def _nested(depth: int) -> str:
    found = "decision.flag"
    for n in range(depth):
        op = ("&&", "||")[n % 2]
        found = f"(decision.number > {n % 19} {op} ({found} || !has(decision.name)))"
    return found


def _chosen(depth: int) -> str:
    found = "decision.flag"
    for n in range(depth):
        found = f"(decision.number > {n % 19} ? {found} : decision.todo)"
    return found


def _steps(count: int) -> str:
    def step(n: int) -> str:
        taken = "(!has(decision.held_on) || !has(decision.done_on)"
        return f"{taken} || decision.held_on <= add_days(decision.done_on, {10 * n}))"

    return " && ".join(step(n) for n in range(count))


@pytest.mark.parametrize(
    "expression",
    [
        _steps(13),
        _steps(80),
        _nested(45),
        _chosen(90),
        " && ".join(f"decision.number != {n}" for n in range(0, 400, 3)),
        " || ".join(f"decision.number == {n}" for n in range(0, 400, 3)),
    ],
    ids=["13 steps", "80 steps", "nested", "chosen", "long and", "long or"],
)
def test_what_would_explode(expression: str) -> None:
    found = {"decision": decisions(11, 80)}
    for applies, lenient in (("true", None), (f"!({expression})", expression)):
        wanted = [
            requirement(
                text(expression, applies=applies, lenient=lenient, due="decision.until"),
                act_on="decision.held_on",
            )
        ]
        expected = ReferenceJudge().judge(wanted, found, world(), YEAR)
        assert ReteJudge().judge(wanted, found, world(), YEAR) == expected
