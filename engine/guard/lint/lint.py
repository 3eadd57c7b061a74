"""All faults of a ruleset together."""

from __future__ import annotations

from engine.guard.lint import cited, guards, ids, infeasible, unread, whole
from engine.guard.lint.complaint import Complaint
from engine.guard.lint.truths import untried
from engine.model.workdays import WorkCalendar
from engine.ruleset.model import Ruleset


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
