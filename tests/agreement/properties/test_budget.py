"""An outcome that took too many steps is failed, never met, whatever the other engine says."""

from __future__ import annotations

import pytest

from engine.judging.judge import ReferenceJudge
from engine.judging.reference import BUDGET
from engine.judging.run import judge
from engine.language import tree as t
from engine.model.outcome import Outcome
from engine.model.values import Elements, Record
from tests.agreement.generators import world as small
from tests.agreement.generators.requirements import requirement, text
from tests.runs import a_run

INNER = "act.words.all(c, a == b && b == c)"
CUBED = f"act.words.all(a, act.words.all(b, {INNER}))"


@pytest.mark.parametrize("size", [1, 40, 101])
def test_a_budget_exceeded_is_failed(size: int) -> None:
    """Broken by a step not counted, or by a comparison that believes the engine that went on."""
    steps = (size + 1) * (1 + size * (1 + size))
    words = Elements(("甲",) * size, closed=True)
    records = {"act": [Record("act", "重", {"words": words}), Record("act", "轻", {"n": 1})]}
    wanted = [
        requirement("costly", "act", t.AsOf(), text(small.tree(CUBED))),
        requirement("cheap", "act", t.AsOf(), text(small.tree("has(act.n)"))),
    ]
    exceeded = steps > BUDGET
    expected = Outcome.FAILED if exceeded else Outcome.MET
    alone = ReferenceJudge().judge(wanted, records, small.world(), small.YEAR)
    assert alone["costly"][0] is expected
    judged = judge(a_run(records, small.world(), small.YEAR), wanted)
    assert judged.outcomes == {
        "costly": [expected, Outcome.UNKNOWN],
        "cheap": [Outcome.UNKNOWN, Outcome.MET],
    }
