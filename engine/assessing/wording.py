"""The words of one run: what parameters, codes and kept content are in it."""

from __future__ import annotations

from engine.explaining.words import Words
from engine.judging.run import Run
from engine.ruleset.model import Ruleset


def words_of(ruleset: Ruleset, run: Run) -> Words:
    """What an assessment of the run is written with."""
    return Words(
        ruleset.schema,
        unmask=run.unmask,
        parameters=ruleset.parameter_titles,
        called=run.facts.called,
    )
