"""SQL and the reference agree on every outcome of random requirements over random records."""

from __future__ import annotations

import pytest
from sqlglot import exp

from engine.language import tree as t
from engine.outcome import Outcome
from engine.sql import compiler, lists
from engine.sql import nodes as n
from engine.sql.compiler import Compiler, Mode
from engine.sql.scope import Scope
from tests.engine.sql.world import differences, material


@pytest.mark.parametrize("seed", range(12))
def test_random_requirements(seed: int) -> None:
    wrong, counts = differences(*material(seed, each=5, count=20))
    assert not wrong
    assert counts[Outcome.FAILED] == 0


@pytest.mark.nightly
def test_many_random_requirements(pytestconfig: pytest.Config) -> None:
    if "nightly" not in pytestconfig.option.markexpr:
        pytest.skip("pytest -m nightly")
    for seed in range(1000, 1200):
        wrong, counts = differences(*material(seed, each=8, count=30))
        assert (seed, wrong, counts[Outcome.FAILED]) == (seed, [], 0)


def test_the_material_reaches_every_node_and_outcome() -> None:
    made = [material(seed, each=5, count=0)[0] for seed in range(12)]
    nodes = {
        type(part)
        for requirement in (r for requirements in made for r in requirements)
        for text in requirement.texts
        for tree in (requirement.act_on, text.applies, text.require, text.lenient, text.due)
        if tree is not None
        for part in t.walk(tree)
    }
    assert nodes == set(t.Expr.__args__)


def test_a_planted_error_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = lists.quantifier

    def skipping(
        compiling: Compiler, scope: Scope, node: t.Quantifier, mode: Mode
    ) -> exp.Expression:
        """As `bool_and` would: what is unknown is passed over, and an empty list is true."""
        truth = honest(compiling, scope, node, mode)
        return n.not_false(truth) if node.name == "all" else truth

    monkeypatch.setattr(compiler.lists, "quantifier", skipping)
    found = [differences(*material(seed, each=3, count=20))[0] for seed in range(4)]
    assert any(found)
