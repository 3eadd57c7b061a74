"""The shipped ruleset under its mutants: every one noticed by an example, or proved the same.

Broken by a threshold, an operator or a condition that nobody would miss if it were written wrong.
"""

from __future__ import annotations

from collections.abc import Callable

from engine.mutants.mutants import Mutant
from engine.mutants.telling import described
from engine.mutants.trial import Fate, tried
from engine.ruleset.model import Ruleset
from engine.words import Words
from engine.workdays import WorkCalendar


def alive(
    ruleset: Ruleset, calendar: WorkCalendar, chosen: Callable[[int], bool] = lambda _number: True
) -> tuple[list[str], int]:
    """The mutants alive, in words, and how many were looked at."""
    words = Words(ruleset.schema, parameters=ruleset.parameter_titles)

    def told(mutant: Mutant) -> str:
        return f"{mutant.owner} {mutant.id}：{described(mutant.change, words)}"

    found = list(tried(ruleset, calendar, chosen))
    return [told(mutant) for mutant, fate in found if fate is Fate.ALIVE], len(found)
