"""What every engine offers: outcomes for requirements and records, in one shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeAlias

from engine.judging.measure import Measurer
from engine.model.outcome import Outcome
from engine.model.values import Records
from engine.model.world import World
from engine.ruleset.model import Requirement

Outcomes: TypeAlias = Mapping[str, Sequence[Outcome]]
"""By requirement id, in the order of `records[requirement.subject]`."""


class Judge(Protocol):
    """An engine: a name for the assessment, and a way to judge."""

    name: str

    def judge(
        self, requirements: Sequence[Requirement], records: Records, world: World, year: int
    ) -> Outcomes:
        """The outcome of every requirement for every record of its subject type."""
        ...


class ReferenceJudge:
    """Direct evaluation."""

    name = "reference"

    def judge(
        self, requirements: Sequence[Requirement], records: Records, world: World, year: int
    ) -> Outcomes:
        """The outcome of every requirement for every record of its subject type."""
        outcomes = {}
        for requirement in requirements:
            measurer = Measurer(requirement, world, year)
            subjects = records.get(requirement.subject, ())
            outcomes[requirement.id] = [measurer.outcome(record) for record in subjects]
        return outcomes
