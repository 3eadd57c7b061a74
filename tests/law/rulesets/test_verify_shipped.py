"""The shipped ruleset under z3: nothing to object to, every note of the impossible still proved."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from cli import ExitCode, main
from engine.guard.lint.conditions import tried
from engine.guard.lint.infeasible import FILE, notes, owed, stale, written
from engine.guard.mutants.trial import SURVIVES
from engine.guard.verify.verify import verify
from engine.model.workdays import WorkCalendar
from engine.ruleset.model import Ruleset
from tests.conftest import ROOT


def test_every_condition_is_shown_by_examples_or_noted(
    ruleset: Ruleset, calendar: WorkCalendar
) -> None:
    found = tried(ruleset, calendar)
    lacking = {f"{p.owner} {p}": aspects for p, aspects in owed(ruleset, found).items()}
    assert (lacking, stale(ruleset)) == ({}, [])
    result = CliRunner().invoke(main, ["rules", "coverage", "--conditions"])
    assert result.exit_code == ExitCode.CLEAN
    assert result.stdout.splitlines()[-1] == "条件覆盖率 100%"


@pytest.mark.nightly
def test_the_shipped_ruleset_is_clean_and_its_notes_are_proved(
    ruleset: Ruleset, calendar: WorkCalendar
) -> None:
    found = verify(ruleset, calendar)
    assert found.clean
    assert all(objection.case for objection in found.accepted if objection.kind != SURVIVES)
    kept = (ROOT / FILE).read_text(encoding="utf-8")
    assert written(notes(ruleset, found.proofs, found.same)) == kept
