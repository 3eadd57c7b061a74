"""Reference, durable_rules, SQL and Google's CEL agree on every outcome they are asked for.

A comparison is one outcome of one engine held against the reference's.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from engine.judging.judge import Outcomes
from engine.language import tree as t
from engine.model.outcome import Outcome
from engine.model.workdays import WorkCalendar
from engine.ruleset.model import Ruleset
from tests.agreement.differential import comparison as c
from tests.agreement.differential.comparison import CEL, ENGINES, Comparison, Material
from tests.conftest import is_nightly

Say = Callable[[str], None]


@cache
def _generated(seed: int, each: int, count: int) -> tuple[Material, Outcomes]:
    """One round for all engines."""
    material = c.generated(seed, each, count)
    return material, c.judged(material)


_SHIPPED: dict[int, tuple[Material, Outcomes]] = {}


def _least(config: pytest.Config) -> int:
    """Comparisons that each engine must have come to: together 5,000, at night 200,000."""
    return 60_000 if is_nightly(config) else 1_700


@pytest.mark.rounds(4, nightly=16)
@pytest.mark.parametrize("engine", ENGINES)
def test_generated_requirements(
    engine: str, rounds: int, say: Say, pytestconfig: pytest.Config
) -> None:
    """Broken by any engine that reads the language another way than the others."""
    c.need(engine)
    each, count = (4, 60) if is_nightly(pytestconfig) else (1, 40)
    found = Comparison()
    for seed in range(rounds):
        found.add(engine, *_generated(seed, each, count))
    say(f"generated: {engine} {found.total} comparisons, {len(found.differences)} disagreements")
    assert found.differences == []
    assert found.total >= _least(pytestconfig)
    assert set(found.outcomes) == set(Outcome) - {Outcome.FAILED}


@pytest.mark.rounds(1, nightly=4)
@pytest.mark.parametrize("engine", ENGINES)
def test_shipped_requirements(  # noqa: PLR0913, PLR0917 - fixtures
    engine: str,
    rounds: int,
    ruleset: Ruleset,
    calendar: WorkCalendar,
    say: Say,
    pytestconfig: pytest.Config,
) -> None:
    """Broken by a requirement whose wording an engine takes in another way than the others."""
    c.need(engine)
    found = Comparison()
    for seed in range(rounds):
        if seed not in _SHIPPED:
            share = 0.3 if is_nightly(pytestconfig) else 0.06
            material = c.shipped(seed, ruleset, calendar, share)
            _SHIPPED[seed] = material, c.judged(material)
        found.add(engine, *_SHIPPED[seed])
    say(f"shipped: {engine} {found.total} comparisons, {len(found.differences)} disagreements")
    assert found.differences == []
    assert found.total >= _least(pytestconfig)
    assert set(found.seen) == set(ruleset.requirements)
    assert found.outcomes[Outcome.FAILED] == 0
    if engine == CEL:
        whole = set(ruleset.requirements) - set(found.abstained) - found.partly
        say(f"shipped: CEL judges {len(whole)} requirements, and {len(found.partly)} in part")
        assert found.abstained == {}
        assert len(whole) >= 0.9 * len(ruleset.requirements)


def test_the_material_reaches_every_node() -> None:
    """Broken by a new kind of expression that the generators don't know."""
    made = [c.generated(seed, each=2, count=0).requirements for seed in range(12)]
    nodes = {
        type(part)
        for requirement in (r for requirements in made for r in requirements)
        for text in requirement.texts
        for tree in (requirement.act_on, *text.expressions())
        for part in t.walk(tree)
    }
    assert nodes == set(t.Expr.__args__)
