"""Instruments that nothing in the ruleset cites."""

from __future__ import annotations

from collections.abc import Iterator

from engine.guard.lint.complaint import Complaint
from engine.ruleset.model import Ruleset


def uncited(ruleset: Ruleset) -> Iterator[Complaint]:
    """Instruments cited by no requirement, term or adjustment, of which something was read."""
    files = [*(r.file for r in ruleset.requirements.values()), *ruleset.covered.values()]
    cited = {b.instrument for file in files for b in file.basis}
    cited |= {b.instrument for file in files for v in file.versions for b in v.basis}
    cited |= {b.instrument for term in ruleset.terms.values() for b in term.basis}
    cited |= {b.instrument for entry in ruleset.adjustments.values() for b in entry.basis}
    cited |= {ruleset.outline_of, *ruleset.later_outlines}
    for name, instrument in ruleset.instruments.items():
        # Of an unread text no duty is made: it stands there for `rules currency` alone.
        if name not in cited and instrument.read != "none" and not instrument.replaces:
            message = "没有要求以它为依据，请写进相应要求的 basis，或者删去"
            yield Complaint(ruleset.file_of(name, "instruments.yaml"), name, message)
