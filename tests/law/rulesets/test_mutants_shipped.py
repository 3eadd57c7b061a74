"""The shipped ruleset under its mutants: every one noticed by an example, or proved the same.

Broken by a threshold, an operator or a condition that nobody would miss if it were written wrong.
"""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from cli import ExitCode, main
from engine.explaining.words import Words
from engine.guard.mutants.description import described
from engine.guard.mutants.trial import MutantStatus, tried
from engine.model.workdays import WorkCalendar
from engine.ruleset.model import Ruleset

SHARE = 4
"""Of so many mutants the ordinary run looks at one, others whenever a rule changes; nightly all."""


def alive(ruleset: Ruleset, calendar: WorkCalendar, share: int, of: int) -> list[str]:
    """The mutants alive in a share of them, in words."""
    words = Words(ruleset.schema, parameters=ruleset.parameter_titles)
    found = tried(ruleset, calendar, lambda number: number % of == share)
    return [
        f"{mutant.owner} {mutant.id}：{described(mutant.change, words)}"
        for mutant, status in found
        if status is MutantStatus.ALIVE
    ]


@pytest.mark.rounds(1, nightly=SHARE)
def test_no_mutant_is_left_alive(ruleset: Ruleset, calendar: WorkCalendar, rounds: int) -> None:
    shares = range(SHARE) if rounds == SHARE else [int(ruleset.sha256, 16) % SHARE]
    assert [line for share in shares for line in alive(ruleset, calendar, share, SHARE)] == []


@pytest.mark.nightly
def test_the_command_says_so_of_all_of_them() -> None:
    result = CliRunner().invoke(main, ["rules", "coverage", "--mutants"])
    assert result.exit_code == ExitCode.CLEAN
    assert result.stdout.splitlines()[-1] == "变异得分 100%"
