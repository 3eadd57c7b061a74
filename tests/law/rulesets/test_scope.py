"""Where an instrument does not reach: row nd-789-scope of the requirement sheet.

The Regulations on filing statutes and rules (State Council order 789) govern statutes and rules
alone. A county makes neither, so none of its duties may rest on them.
"""

from __future__ import annotations

from engine.ruleset.model import Ruleset

RULES_ONLY = "TL789"
ROW = "nd-789-scope"


def test_no_duty_rests_on_the_regulations_for_rules(ruleset: Ruleset) -> None:
    resting = [
        name
        for name, requirement in ruleset.requirements.items()
        for text in requirement.texts
        if any(b.instrument == RULES_ONLY and b.carries for b in text.basis)
    ]
    assert resting == []


def test_the_row_judges_nothing_itself(ruleset: Ruleset) -> None:
    assert ROW not in ruleset.requirements
    named = [
        name
        for name, covered in ruleset.covered.items()
        if any(b.instrument == RULES_ONLY for b in covered.basis)
    ]
    assert named == [ROW]
    assert set(ruleset.covered[ROW].covered_by) <= set(ruleset.requirements)
