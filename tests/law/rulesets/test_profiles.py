"""What a kind of check stands on: the pre-decision check on what its two gates stand on."""

from __future__ import annotations

from click.testing import CliRunner

from cli import ExitCode, main
from engine.model.assessment import CORE
from engine.ruleset.model import Ruleset
from tests.conftest import ROOT

DISPUTES = "应诉复议"


def test_the_predecision_profile_is_what_the_gates_stand_on(ruleset: Ruleset) -> None:
    """Broken by a gate that the profile does not name, and by a requirement named twice."""
    named = {
        name
        for gate in ruleset.gates.values()
        for name in (gate.classification, *gate.requirements)
    }
    assert sorted(ruleset.profiles) == ["predecision", CORE, DISPUTES]
    assert sorted(ruleset.profiles["predecision"]) == sorted(named)


def test_the_profile_of_disputes_is_all_that_is_asked_of_them(ruleset: Ruleset) -> None:
    """Broken by a requirement on suits, reconsideration or advice that the profile forgets."""
    ledgers = {"litigation_case", "reconsideration_case", "advice"}
    asked = {r.id for r in ruleset.requirements.values() if r.subject in ledgers}
    assert len(asked) == len(ruleset.profiles[DISPUTES])
    assert set(ruleset.profiles[DISPUTES]) == asked


def test_an_unknown_profile_names_the_nearest() -> None:
    example = str(ROOT / "examples" / "qinglan")
    result = CliRunner().invoke(main, ["check", example, "--profile", "predesicion"])
    assert result.exit_code == ExitCode.WRONG_USE
    assert "是否指“predecision”？" in result.stderr
