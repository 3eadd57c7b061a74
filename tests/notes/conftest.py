"""The judge that all traps go through."""

from __future__ import annotations

import pytest

from engine.ruleset.model import Ruleset
from engine.workdays import WorkCalendar
from tests.notes.judged import Judged


@pytest.fixture(scope="session")
def judged(ruleset: Ruleset, calendar: WorkCalendar) -> Judged:
    return Judged(ruleset, calendar)
