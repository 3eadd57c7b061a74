"""Lines of check-lists that nothing stands behind."""

from __future__ import annotations

from collections.abc import Iterator

from engine.guard.lint.complaint import Complaint
from engine.ruleset.files import RequirementKind
from engine.ruleset.model import Ruleset


def unbacked(ruleset: Ruleset) -> Iterator[Complaint]:
    """Items without a requirement and without a reason, and items that nothing can tell."""
    file = ruleset.file_of("", "checklists.yaml")
    for checklist in ruleset.checklists.values():
        for item in checklist.items:
            kinds = {ruleset.requirements[name].kind for name in item.requirements}
            if not kinds and not item.reason.strip():
                message = f"“{item.title}”没有要求：写上 requirements，或者在 reason 写明为什么没有"
                yield Complaint(file, checklist.id, message)
            elif kinds and item.reason.strip():
                message = f"“{item.title}”有要求，reason 是没有要求的才写"
                yield Complaint(file, checklist.id, message)
            if item.present is None and kinds - {RequirementKind.MANUAL}:
                message = f"“{item.title}”没有写 present，它的要求又不都由人认定，看不出有没有"
                yield Complaint(file, checklist.id, message)
