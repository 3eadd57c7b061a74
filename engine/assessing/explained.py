"""Reasons that an assessment does not keep, worked out from the folder anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from engine.assessing.entries import entries_of
from engine.explaining.words import Words
from engine.judging.ahead import come_about
from engine.judging.answers import answered
from engine.judging.run import Run, judge
from engine.model.assessment import InputEntry, OutcomeEntry
from engine.model.outcome import OUTCOME_TITLES
from engine.ruleset.model import Ruleset


def explained(ruleset: Ruleset, run: Run, requirement: str, key: str) -> list[OutcomeEntry]:
    """The outcomes of a requirement for the records called `key`, each with its reasons.

    Judged by both engines as in a check; none where the ruleset or the folder has no such thing.
    """
    if requirement not in ruleset.requirements:
        return []
    run = come_about(replace(answered(run, ruleset), explain_all=True))
    wanted = ruleset.requirements[requirement]
    words = Words(ruleset.schema, unmask=run.unmask, parameters=ruleset.parameter_titles)
    entries = entries_of(wanted, run, judge(run, [wanted]), words)
    return [entry for entry in entries if entry.subject_key == key]


def changed(
    before: Sequence[InputEntry],
    now: Mapping[str, str],
    stood: Sequence[OutcomeEntry],
    stands: Sequence[OutcomeEntry],
) -> Iterator[str]:
    """What to say of a folder that is no longer what was checked: files by digest, outcomes."""
    files = [item.path for item in before if now.get(item.path) != item.sha256]
    files += sorted(set(now) - {item.path for item in before})
    if files:
        yield f"注意：核对以后文件夹改过（{'、'.join(files)}），下面是照现在的算的"
    if stands and [one.outcome for one in stood] != [one.outcome for one in stands]:
        was, is_now = (
            "、".join(OUTCOME_TITLES[e.outcome] for e in each) for each in (stood, stands)
        )
        yield f"注意：结果文件里是“{was}”，现在是“{is_now}”"
