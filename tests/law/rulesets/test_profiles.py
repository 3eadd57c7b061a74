"""The frozen lists: what the pre-decision check and the annual self-assessment stand on."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from cli import ExitCode, main
from engine.ruleset.model import Ruleset
from tests.conftest import ROOT


def test_the_annual_profile_is_everything_that_is_judged(ruleset: Ruleset) -> None:
    assert list(ruleset.profiles["annual"]) == sorted(ruleset.requirements)


def test_the_predecision_profile_is_what_the_gates_stand_on(ruleset: Ruleset) -> None:
    named = {
        name
        for gate in ruleset.gates.values()
        for name in (gate.classification, *gate.requirements)
    }
    assert list(ruleset.profiles["predecision"]) == sorted(named)


@pytest.mark.parametrize("name", ["annual", "predecision"])
def test_a_profile_names_each_requirement_once(ruleset: Ruleset, name: str) -> None:
    listed = ruleset.profiles[name]
    assert len(set(listed)) == len(listed)


def test_an_unknown_profile_names_the_nearest() -> None:
    example = str(ROOT / "examples" / "qinglan")
    result = CliRunner().invoke(main, ["check", example, "--profile", "anual"])
    assert result.exit_code == ExitCode.WRONG_USE
    assert "annual" in result.stderr
