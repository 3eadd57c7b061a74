"""The judge that all traps go through."""

from __future__ import annotations

import pytest

from engine.model.workdays import WorkCalendar
from engine.ruleset.model import Ruleset
from tests.law.notes.judged import Judged


@pytest.fixture(scope="session")
def judged(ruleset: Ruleset, calendar: WorkCalendar) -> Judged:
    return Judged(ruleset, calendar)
