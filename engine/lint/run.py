"""All faults of a ruleset together."""

from __future__ import annotations

from engine.lint import cited, guards, ids, infeasible, unread, whole
from engine.lint.model import Complaint
from engine.lint.truths import untried
from engine.ruleset.model import Ruleset
from engine.workdays import WorkCalendar


def lint(ruleset: Ruleset, calendar: WorkCalendar) -> list[Complaint]:
    """Every fault of `ruleset`, in the order of files and keys."""
    found = [
        *whole.unfinished(ruleset),
        *untried(ruleset, calendar),
        *infeasible.unshown(ruleset, calendar),
        *guards.unguarded(ruleset),
        *unread.unread(ruleset),
        *cited.uncited(ruleset),
        *ids.misused(ruleset),
    ]
    return sorted(set(found))
