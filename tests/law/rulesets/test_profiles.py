"""What a kind of check stands on: the pre-decision check on what its two gates stand on."""

from __future__ import annotations

from click.testing import CliRunner

from cli import ExitCode, main
from engine.model.assessment import CORE
from engine.ruleset.model import Ruleset
from tests.conftest import ROOT


def test_the_predecision_profile_is_what_the_gates_stand_on(ruleset: Ruleset) -> None:
    """Broken by a gate that the profile does not name, and by a requirement named twice."""
    named = {
        name
        for gate in ruleset.gates.values()
        for name in (gate.classification, *gate.requirements)
    }
    assert sorted(ruleset.profiles) == ["predecision", CORE]
    assert sorted(ruleset.profiles["predecision"]) == sorted(named)


def test_an_unknown_profile_names_the_nearest() -> None:
    example = str(ROOT / "examples" / "qinglan")
    result = CliRunner().invoke(main, ["check", example, "--profile", "predesicion"])
    assert result.exit_code == ExitCode.WRONG_USE
    assert "是否指“predecision”？" in result.stderr
