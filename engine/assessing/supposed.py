"""What would be a gap if a fact were so that nobody has written down: never met, never silent.

Judged by direct evaluation alone and counted nowhere: these are no outcomes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.assessing.subjects import copied, family
from engine.explaining.words import Words
from engine.judging.measure import Measurer
from engine.judging.run import Run
from engine.model.assessment import SupposedEntry
from engine.model.outcome import Outcome
from engine.model.values import Record, Unknown
from engine.ruleset.model import Requirement, Ruleset, Supposition


def supposed(
    ruleset: Ruleset, run: Run, requirements: Sequence[Requirement], words: Words
) -> Iterator[SupposedEntry]:
    """Each gap that there would be, by supposition, record and requirement."""
    for supposition in ruleset.suppositions:
        found = [
            record
            for record in run.records.get(supposition.subject, ())
            if isinstance(record.scalar(supposition.field), Unknown)
        ]
        types = {one.type for record in found for one in family(record)}
        measurers = [
            Measurer(requirement, run.world, run.year)
            for requirement in requirements
            if requirement.subject in types
        ]
        for record in found:
            yield from _of(supposition, record, measurers, words)


def _of(
    supposition: Supposition, record: Record, measurers: Sequence[Measurer], words: Words
) -> Iterator[SupposedEntry]:
    supposing = copied(record, record.parent)
    supposing.values[supposition.field] = supposition.value
    for path, value in supposition.besides.items():
        if isinstance(record.scalar(path), Unknown):
            supposing.values[path] = value
    pairs = list(zip(family(record), family(supposing), strict=True))
    for measurer in measurers:
        requirement = measurer.requirement
        for held, one in pairs:
            if one.type != requirement.subject or measurer.outcome(one) is not Outcome.GAP:
                continue
            if measurer.outcome(held) is Outcome.GAP:
                continue
            text, _ = measurer.governing(one)
            yield SupposedEntry(
                said=supposition.said,
                requirement=requirement.id,
                subject_type=held.type,
                subject_key=words.key(held),
                subject_label=words.label(held),
                owner=words.owner(held),
                severity=measurer.severity(one),
                message="" if text is None else text.message,
            )
