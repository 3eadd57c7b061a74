"""durable_rules and the reference agree on random requirements over random records."""

from __future__ import annotations

import pytest

from engine.judge import ReferenceJudge
from engine.rete import ReteJudge, available
from tests.engine.rete.world import YEAR, Dice, world

pytestmark = pytest.mark.skipif(not available(), reason="durable_rules is not installed")


def _compare(seed: int, requirements: int, records: int) -> None:
    dice = Dice(seed)
    wanted = [dice.requirement(f"r{n}", dice.pick(1, 2, 3)) for n in range(requirements)]
    found = {"decision": [dice.record(f"决策{n}") for n in range(records)]}
    expected = ReferenceJudge().judge(wanted, found, world(), YEAR)
    assert ReteJudge().judge(wanted, found, world(), YEAR) == expected


@pytest.mark.parametrize("seed", range(20))
def test_random_requirements(seed: int) -> None:
    _compare(seed, 12, 40)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(1000, 1100))
def test_many_random_requirements(seed: int) -> None:
    _compare(seed, 12, 60)
