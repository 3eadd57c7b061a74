"""Gates: the permissions that follow from outcomes, concluded twice and compared.

The decision is written here in plain Python, and chained from the outcomes by durable_rules;
where the two differ a person decides. A gate is never open for want of an outcome, and waivers
do not enter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from engine.judging.rete.chain import OutcomeFact, chain_gates
from engine.judging.rete.session import available
from engine.model.outcome import GateState, Outcome
from engine.ruleset.model import Gate


@dataclass(frozen=True, slots=True)
class Standing:
    """One outcome a gate stands on: of which requirement, for the record with which key.

    `confirmed`: whether the requirement's basis has been read in the original.
    """

    requirement: str
    record: str
    outcome: Outcome
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class GateResult:
    """The state of a gate for one subject, by its key.

    `standing` holds every outcome the gate stands on, in the gate's order of requirements;
    `deciding` those that made the state what it is; of a gate that waits, without what only
    waits for the day of an earlier gate. `disagreement`: the two ways to the conclusion differed,
    which leaves it to a person.
    """

    gate: str
    subject: str
    state: GateState
    standing: tuple[Standing, ...]
    deciding: tuple[Standing, ...]
    disagreement: bool = False


_SHORT: Final = (Outcome.GAP, Outcome.NOT_EVIDENCED)
_DOUBTFUL: Final = (Outcome.UNKNOWN, Outcome.BORDERLINE, Outcome.FAILED)


def conclude(
    gate: Gate, subject: str, outcomes: Iterable[Standing], own: Iterable[str] = ()
) -> GateResult:
    """The gate for the subject with key `subject`, from its and its nested records' outcomes.

    `own` names the gate's requirements on the subject itself: each has an outcome, or has
    failed. Outcomes of requirements the gate does not name are left out.
    """
    return conclude_all(gate, [(subject, outcomes)], own)[0]


def conclude_all(
    gate: Gate, subjects: Iterable[tuple[str, Iterable[Standing]]], own: Iterable[str] = ()
) -> list[GateResult]:
    """The gate for every subject, given by key and outcomes, as `conclude` does for one."""
    own = tuple(own)
    cases = [(subject, _standing(gate, subject, outcomes, own)) for subject, outcomes in subjects]
    states = [decide_gate(gate, standing) for _, standing in cases]
    chained = _chained(gate, [standing for _, standing in cases], states)
    results = []
    for (subject, standing), plain, other in zip(cases, states, chained, strict=True):
        differs = plain is not other
        state = GateState.UNDETERMINED if differs else plain
        deciding = standing if differs else _deciding(gate, standing, state)
        results.append(GateResult(gate.id, subject, state, standing, deciding, differs))
    return results


def decide_gate(gate: Gate, standing: Sequence[Standing]) -> GateState:
    """The state in DESIGN's order; the first that fits holds."""
    others = _others(gate, standing)
    if all(s.outcome is Outcome.NOT_APPLICABLE for s in others):
        settled = [
            s.outcome is Outcome.MET for s in standing if s.requirement == gate.classification
        ]
        if others and settled and all(settled):
            return GateState.NOT_SUBJECT
        return GateState.UNDETERMINED
    listed = [s for s in standing if s.requirement in gate.requirements]
    if any(_closes(s) for s in listed):
        return GateState.CLOSED
    if any(_leaves_doubt(s) for s in listed):
        return GateState.UNDETERMINED
    if any(s.outcome is Outcome.PENDING for s in listed):
        return GateState.WAITING
    return GateState.OPEN


def _deciding(gate: Gate, standing: tuple[Standing, ...], state: GateState) -> tuple[Standing, ...]:
    """The outcomes that made the state what it is."""
    others = _others(gate, standing)
    listed = [s for s in standing if s.requirement in gate.requirements]
    if all(s.outcome is Outcome.NOT_APPLICABLE for s in others):
        settling = tuple(s for s in standing if s.requirement == gate.classification)
        return settling or standing
    match state:
        case GateState.CLOSED:
            return tuple(s for s in listed if _closes(s))
        case GateState.UNDETERMINED:
            return tuple(s for s in listed if _leaves_doubt(s))
        case GateState.WAITING:
            return tuple(s for s in listed if s.outcome is Outcome.PENDING)
        case _:
            return tuple(s for s in listed if s.outcome is Outcome.MET)


def _standing(
    gate: Gate, subject: str, outcomes: Iterable[Standing], own: Iterable[str]
) -> tuple[Standing, ...]:
    """The outcomes under the gate in its order; what should be there and is not has failed."""
    names = gate.stands_on()
    found: dict[str, list[Standing]] = {name: [] for name in names}
    for standing in outcomes:
        if standing.requirement in found:
            found[standing.requirement].append(standing)
    for name in own:
        if name in found and not found[name]:
            found[name].append(Standing(name, subject, Outcome.FAILED))
    return tuple(standing for name in names for standing in found[name])


def _chained(
    gate: Gate, cases: Sequence[Sequence[Standing]], plain: Sequence[GateState]
) -> Sequence[GateState | None]:
    """What durable_rules concludes; where it is not installed there is nothing to compare."""
    if not available():
        return plain
    return chain_gates(
        [
            [
                OutcomeFact(
                    standing.outcome,
                    standing.confirmed,
                    standing.requirement in gate.requirements,
                    standing.requirement == gate.classification,
                )
                for standing in case
            ]
            for case in cases
        ]
    )


def _others(gate: Gate, standing: Iterable[Standing]) -> list[Standing]:
    """The outcomes of the gate's requirements besides its classification."""
    return [
        s
        for s in standing
        if s.requirement in gate.requirements and s.requirement != gate.classification
    ]


def _closes(standing: Standing) -> bool:
    return standing.outcome in _SHORT and standing.confirmed


def _leaves_doubt(standing: Standing) -> bool:
    return standing.outcome in _DOUBTFUL or (standing.outcome in _SHORT and not standing.confirmed)
