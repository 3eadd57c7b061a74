"""The steps of a gate: how each requirement that it stands on stands, and what that one waits for.

Nothing that the gate stands on is left out, whatever decided its state.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from engine.assessing.gate_states import Standing
from engine.assessing.subjects import family
from engine.explaining.detail import Detailer
from engine.explaining.words import Words
from engine.judging.run import Judged, Run
from engine.model.assessment import OutcomeEntry
from engine.model.gate import GateStep, StepState
from engine.model.outcome import SETTLED, Outcome
from engine.model.shown import FactEntry
from engine.model.values import Cause, Record
from engine.ruleset.files import RequirementKind
from engine.ruleset.model import Requirement

_STATES: Final = {
    Outcome.MET: StepState.DONE,
    Outcome.NOT_APPLICABLE: StepState.NOT_ASKED,
    Outcome.GAP: StepState.WRONG,
    Outcome.NOT_EVIDENCED: StepState.WRONG,
    Outcome.PENDING: StepState.TODO,
    Outcome.BORDERLINE: StepState.PERSON,
    Outcome.FAILED: StepState.PERSON,
    Outcome.UNKNOWN: StepState.UNTOLD,
}


Told: TypeAlias = dict[tuple[str, int], OutcomeEntry]
"""The entries of a judgement, by requirement and by the identity of the record."""


class StepWriter:
    """Writes the steps of gates that were looked at in one run.

    `told` are the entries of this judgement that are written already.
    """

    def __init__(self, run: Run, judged: Judged, words: Words, told: Told) -> None:
        self.run, self.judged, self.words = run, judged, words
        self._told = told
        self._detailers: dict[str, Detailer] = {}

    def step(
        self,
        requirement: Requirement,
        standing: Standing,
        subject: Record,
        *,
        decides: bool,
        done: bool,
    ) -> GateStep:
        """How the requirement stands for the subject, or for a record nested in it.

        `done`: it is pending for nothing but a day that is still to come.
        """
        outcome = standing.outcome
        record = self._record(requirement, standing, subject)
        nested = requirement.subject != subject.type
        if record is None:
            missing = tuple(self._unread(requirement, subject)) if nested else ()
            state = _STATES[outcome]
            return GateStep(requirement.id, "", state, outcome, decides, missing=missing)
        name = self.words.label(record) if nested else ""
        if done or outcome in SETTLED:
            state = StepState.DONE if done else _STATES[outcome]
            return GateStep(requirement.id, name, state, outcome, decides)
        entry = self._told.get((requirement.id, id(record)))
        if entry is None:
            entry = self._detailer(requirement).entry(record, outcome)
        state = _state(requirement, outcome, entry.missing)
        return GateStep(requirement.id, name, state, outcome, decides, entry.due, entry.missing)

    def _record(
        self, requirement: Requirement, standing: Standing, subject: Record
    ) -> Record | None:
        named = (requirement.subject, standing.record)
        return next((one for one in family(subject) if (one.type, one.key) == named), None)

    def _unread(self, requirement: Requirement, subject: Record) -> Iterator[FactEntry]:
        """The lists of which there may be more than was read."""
        for name, nested in self.words.schema.types[subject.type].nested.items():
            if nested.of == requirement.subject:
                key = self.words.key(subject)
                yield FactEntry(
                    subject.type, key, name, nested.title, "unknown", None, Cause.OPEN_LIST, None
                )

    def _detailer(self, requirement: Requirement) -> Detailer:
        if requirement.id not in self._detailers:
            self._detailers[requirement.id] = Detailer(
                requirement, self.run.world, self.run.year, self.words, self.judged.doubts
            )
        return self._detailers[requirement.id]


def _state(requirement: Requirement, outcome: Outcome, missing: tuple[FactEntry, ...]) -> StepState:
    """A question that waits for nothing but its answer is for a person to judge."""
    asked = requirement.kind is RequirementKind.MANUAL and outcome is Outcome.UNKNOWN
    if asked and any(item.cause is Cause.NEEDS_PERSON for item in missing):
        return StepState.PERSON
    return _STATES[outcome]
