"""Reasons that an assessment does not keep, worked out from the folder anew."""

from __future__ import annotations

from dataclasses import replace

from engine.assessing.assess import entries_of
from engine.explaining.words import Words
from engine.judging.ahead import come
from engine.judging.answers import answered
from engine.judging.run import Run, judge
from engine.model.assessment import OutcomeEntry
from engine.ruleset.model import Ruleset


def explained(ruleset: Ruleset, run: Run, requirement: str, key: str) -> list[OutcomeEntry]:
    """The outcomes of a requirement for the records called `key`, each with its reasons.

    Judged by both engines as in a check; none where the ruleset or the folder has no such thing.
    """
    if requirement not in ruleset.requirements:
        return []
    run = replace(answered(run, ruleset), explain_all=True)
    run = run.on(come(run.records, run.world))
    wanted = ruleset.requirements[requirement]
    words = Words(ruleset.schema, unmask=run.unmask, parameters=ruleset.parameter_titles)
    entries = entries_of(wanted, run, judge(run, [wanted]), words)
    return [entry for entry in entries if entry.subject_key == key]
