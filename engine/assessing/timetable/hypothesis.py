"""One subject as it would be once its steps are taken: facts changed at will, judged each time.

The reference judges here, since a search asks it hundreds of times about one record; what comes
of the search is judged by both engines (`verified`).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from engine.assessing.subjects import copied, family
from engine.assessing.timetable.search import DAY, REACH
from engine.judging.doubt import Clashes, Doubt
from engine.judging.measure import Measurer
from engine.judging.run import Run
from engine.model.outcome import Outcome
from engine.model.values import Elements, Record, State
from engine.ruleset.model import Procedure, Requirement, Ruleset

Fact: TypeAlias = State | Elements | None
"""What a field holds; None where no column carries it."""

SOUND: Final = 0
DOUBTFUL: Final = 1
BROKEN: Final = 2
"""How bad an outcome is: none, one for a person to decide, one that is so."""

Ranks: TypeAlias = dict[tuple[object, ...], int]
"""How bad the worst outcome is, by the requirement and all that the fields it reads hold."""


class Hypothesis:
    """A copy of the subject, looked at from a day when all that may be tried has passed.

    `requirements` are those of the procedure that are asked of this subject, by their names;
    `ranks` what came out of them before, of this subject under other suppositions too.
    """

    def __init__(
        self, ruleset: Ruleset, run: Run, procedure: Procedure, subject: Record, ranks: Ranks
    ) -> None:
        self.ruleset, self.run, self.procedure = ruleset, run, procedure
        self.start = run.world.as_of
        self.subject = copied(subject, subject.parent)
        self.place = copied(run.world.place, None)
        self.world = replace(run.world, as_of=self.start + 2 * REACH * DAY, place=self.place)
        self.requirements = {name: ruleset.requirements[name] for name in procedure.requirements}
        self._measurers = {
            name: Measurer(requirement, self.world, self.start.year)
            for name, requirement in self.requirements.items()
        }
        self._ranks = ranks
        self._clashes = Clashes(self.world)
        self._reading: dict[tuple[str, str], list[Requirement]] = defaultdict(list)
        for requirement in self.requirements.values():
            for field in requirement.reads:
                self._reading[field].append(requirement)
        self._members: dict[str, list[Record]] = {}

    # facts

    def fact(self, record: Record, path: str) -> Fact:
        """What the field holds now."""
        return record.values.get(path)

    def put(self, record: Record, path: str, fact: Fact) -> None:
        """Let the field hold `fact` from now on; None takes its column away."""
        if fact is None:
            record.values.pop(path, None)
        else:
            record.values[path] = fact
        if isinstance(fact, Elements):
            self._members = {}

    def change(self, record: Record, path: str, change: Callable[[Fact], Fact]) -> None:
        """Let the field hold what `change` makes of what it holds now."""
        self.put(record, path, change(self.fact(record, path)))

    def members(self, name: str) -> list[Record]:
        """The subject and what nests in it, of one record type."""
        if not self._members:
            found: dict[str, list[Record]] = {self.subject.type: []}
            for record in family(self.subject):
                found.setdefault(record.type, []).append(record)
            self._members = found
        return self._members.get(name, [])

    def days(self) -> set[dt.date]:
        """Every day that stands in the subject and what nests in it."""
        return {
            value
            for record in family(self.subject)
            for value in record.values.values()
            if type(value) is dt.date
        }

    # judging

    def reading(self, record_type: str, path: str) -> list[Requirement]:
        """The requirements that read a field."""
        return self._reading.get((record_type, path), [])

    def resting(self, record: Record, path: str) -> list[str]:
        """The requirements whose outcomes a field or list may change."""
        nested = self.world.schema.types[record.type].nested.get(path)
        found = {requirement.id for requirement in self.reading(record.type, path)}
        return sorted(
            name
            for name, requirement in self.requirements.items()
            if name in found or (nested is not None and requirement.subject == nested.of)
        )

    def measurer(self, requirement: Requirement) -> Measurer:
        """What measures a requirement in this hypothesis."""
        return self._measurers[requirement.id]

    def outcomes(self, requirement: Requirement) -> Iterator[tuple[Record, Outcome]]:
        """What becomes of a requirement, for every record it is about.

        Where there may be more records than were read, one of which nothing is known is judged
        as well.
        """
        measurer = self._measurers[requirement.id]
        for record in self.members(requirement.subject):
            yield record, measurer.outcome(record)
        for name, nested in self.world.schema.types[self.subject.type].nested.items():
            if nested.of == requirement.subject and not self.subject.elements(name).closed:
                unseen = Record(nested.of, "", parent=self.subject)
                yield unseen, measurer.outcome(unseen)

    def rank(self, requirement: Requirement) -> int:
        """How bad the worst outcome of a requirement is.

        A search tries the same days once for what is sound, once more for what is doubtful, and
        again under each supposition: what it reads is the same most times.
        """
        key = (requirement.id, *self._held(requirement))
        found = self._ranks.get(key)
        if found is None:
            found = rank({outcome for _, outcome in self.outcomes(requirement)}, requirement)
            self._ranks[key] = found
        return found

    def _held(self, requirement: Requirement) -> Iterator[tuple[Fact, ...]]:
        """What each field that a requirement reads holds in every record that may change."""
        for record_type, path in requirement.reads:
            records = [self.place] if record_type == self.place.type else self.members(record_type)
            yield tuple([self.fact(record, path) for record in records])

    def broken(self, record_type: str, path: str, tolerated: int) -> set[str]:
        """The requirements that read a field and are worse than is tolerated."""
        return {r.id for r in self.reading(record_type, path) if self.rank(r) > tolerated}

    def doubts(self, field: tuple[str, str] | None = None) -> Mapping[str, Doubt]:
        """What can't be so, by the reason; of one field alone, where it is named."""
        self.members(self.subject.type)
        return {doubt.why: doubt for doubt in self._clashes.doubts(self._members, field=field)}

    def standing(self, names: Collection[str]) -> dict[str, list[Outcome]]:
        """The outcomes of the requirements named, those that don't apply left out."""
        found: dict[str, list[Outcome]] = {}
        for name in names:
            outcomes = (outcome for _, outcome in self.outcomes(self.requirements[name]))
            found[name] = [o for o in outcomes if o is not Outcome.NOT_APPLICABLE]
        return found


def rank(outcomes: Collection[Outcome], requirement: Requirement) -> int:
    """How bad the worst of some outcomes of a requirement is."""
    if Outcome.FAILED in outcomes or (Outcome.GAP in outcomes and requirement.confirmed):
        return BROKEN
    doubtful = Outcome.GAP in outcomes or Outcome.BORDERLINE in outcomes
    return DOUBTFUL if doubtful else SOUND
