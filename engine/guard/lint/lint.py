"""All faults of a ruleset together."""

from __future__ import annotations

import dataclasses

from engine.guard.lint import (
    checklists,
    cited,
    guards,
    ids,
    infeasible,
    order,
    replaced,
    steps,
    unread,
    whole,
    worked,
)
from engine.guard.lint.complaint import Complaint
from engine.guard.lint.truths import untried
from engine.model.workdays import WorkCalendar
from engine.ruleset.model import Ruleset


def lint(ruleset: Ruleset, calendar: WorkCalendar) -> list[Complaint]:
    """Every fault of `ruleset`, in the order of files and lines."""
    found = [
        *whole.unfinished(ruleset),
        *worked.wrong(ruleset, calendar),
        *untried(ruleset, calendar),
        *infeasible.unshown(ruleset, calendar),
        *guards.unguarded(ruleset),
        *order.unsettled(ruleset),
        *steps.unsteady(ruleset),
        *unread.unread(ruleset),
        *cited.uncited(ruleset),
        *replaced.replaced(ruleset),
        *ids.misused(ruleset),
        *checklists.unbacked(ruleset),
    ]
    placed = {dataclasses.replace(c, line=c.line or ruleset.line_of(c.file, c.key)) for c in found}
    return sorted(placed, key=lambda c: (c.file, c.line, c.key, c.message))
