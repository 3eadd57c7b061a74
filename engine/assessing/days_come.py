"""A run as it will be once the days of the earlier gates have come, as that of a meeting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from engine.assessing.gate_states import Standing
from engine.assessing.subjects import family
from engine.judging.doubt import Clashes, in_doubt
from engine.judging.measure import Measurer
from engine.judging.run import Run
from engine.model.outcome import SETTLED
from engine.model.values import Record
from engine.ruleset.model import Gate, Ruleset


class DaysCome:
    """Tells what at a gate is pending for nothing but the day of an earlier one.

    What is so by facts in doubt alone is not settled.
    """

    def __init__(self, ruleset: Ruleset, run: Run, gate: Gate, subjects: Sequence[Record]) -> None:
        before = list(_before(ruleset, gate))
        days = {(one.subject, one.assumes) for one in before if one.assumes is not None}
        world = run.world.assuming(run.world.assumed | days)
        self._ruleset, self._world, self._year = ruleset, world, run.year
        self._asked_before = {name for one in before for name in one.stands_on()}
        self._brought = set(_brought(ruleset, gate.subject, {path for _, path in days}))
        records: dict[str, list[Record]] = {}
        for subject in subjects:
            for record in family(subject):
                records.setdefault(record.type, []).append(record)
        found = Clashes(world).doubts(records, presumed=run.facts.presumed)
        self._without = {
            id(record): without
            for name, doubted in in_doubt(records, found).items()
            for record, without in zip(records[name], doubted, strict=True)
        }

    def settles(self, subject: Record, standing: Standing) -> bool:
        """Whether an outcome of the subject is settled once the days have come."""
        requirement = self._ruleset.requirements[standing.requirement]
        measurer = Measurer(requirement, self._world, self._year)
        named = (requirement.subject, standing.record)
        found = [record for record in family(subject) if (record.type, record.key) == named]
        return bool(found) and all(
            measurer.outcome(seen) in SETTLED
            for record in found
            for seen in (record, self._without.get(id(record), record))
        )

    def brings(self, standing: Standing) -> bool:
        """Whether it is for such a day itself to bring, as a meeting its kind and its minutes.

        Not what an earlier gate asks for: that is there before its day.
        """
        read = self._ruleset.requirements[standing.requirement].reads
        return standing.requirement not in self._asked_before and bool(read & self._brought)


def _before(ruleset: Ruleset, gate: Gate) -> Iterator[Gate]:
    """The gates of the same subject that come before this one."""
    earlier = takewhile(lambda other: other.id != gate.id, ruleset.gates.values())
    return (other for other in earlier if other.subject == gate.subject)


def _brought(ruleset: Ruleset, subject: str, days: set[str]) -> Iterator[tuple[str, str]]:
    """What is on file once a step of the subject's procedure is taken on one of these days."""
    procedure = ruleset.procedures.get(subject)
    for step in procedure.steps if procedure is not None else ():
        if any(not day.of and day.path in days for day in step.days):
            yield from ((fact.place.record, fact.place.path) for fact in step.facts)
