"""Only what a fact in doubt can be seen from is judged once more: no other outcome could differ."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest

from engine.judging.altered import altered, unknown
from engine.judging.doubt import Doubt, in_doubt, resting
from engine.judging.judge import ReferenceJudge
from engine.judging.run import run_of
from engine.model.values import Cause
from engine.ruleset.model import Ruleset
from facts.folder import read_folder
from tests.conftest import ROOT

FACTS = 8


@pytest.mark.rounds(1, nightly=10)
def test_what_sees_no_fact_in_doubt_is_what_it_was(rounds: int, ruleset: Ruleset) -> None:
    """Broken by a way from record to record that an expression can go and `altered` can't."""
    facts = read_folder(ROOT / "examples" / "qinglan", ruleset.schema)
    run = run_of(ruleset, facts, dt.date(2025, 3, 10))
    requirements, reference = list(ruleset.requirements.values()), ReferenceJudge()
    read = {field for requirement in requirements for field in requirement.reads}
    parents = {r.id: ruleset.schema.types[r.subject].parent for r in requirements}
    above = {field for r in requirements for field in r.reads if field[0] == parents[r.id]}
    every = [(r, path) for found in run.records.values() for r in found for path in r.values]
    dice = random.Random(rounds)  # noqa: S311 - dice
    chosen = [
        one
        for fields in (above, read - above)
        for one in dice.sample([o for o in every if (o[0].type, o[1]) in fields], rounds * FACTS)
    ]
    kept = again = 0
    for record, path in chosen:
        doubt = Doubt(((record, path),), "试")
        changes: dict[int, dict[str, Any]] = {
            id(one): {} for found in run.records.values() for one in found
        }
        changes[id(record)][path] = unknown(record.values[path], Cause.CONTRADICTED)
        everything, apart = altered(run.records, changes), in_doubt(run.records, [doubt])
        for name, found in run.records.items():
            assert not any(a is b for a, b in zip(found, everything[name], strict=True))
            same = sum(a is b for a, b in zip(found, apart[name], strict=True))
            kept, again = kept + same, again + len(found) - same
        shaken = resting(requirements, [doubt])
        one = reference.judge(shaken, apart, run.world, run.year)
        assert one == reference.judge(shaken, everything, run.world, run.year)
    assert kept > again > 0
