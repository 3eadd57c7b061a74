"""Records at their gates: which lie ahead, what is still to do, how many stand in which state.

过闸：各件事在各道闸门前怎样，哪些就在前头，还有什么没办，各种格式一样。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from engine.model.assessment import Assessment
from engine.model.gate import GateEntry, GateStep
from engine.model.outcome import GATE_STATE_TITLES, GateState
from reporter.gates import BRIEFLY, lies_ahead, next_gate


@dataclass(frozen=True, slots=True)
class Passing:
    """A record at its gates, in the order of the gates."""

    label: str
    gates: tuple[GateEntry, ...]

    @property
    def key(self) -> str:
        """The key of the record."""
        return self.gates[0].subject_key


def passing(assessment: Assessment) -> tuple[Passing, ...]:
    """Every record that has gates, with all of them."""
    found: dict[tuple[str, str], list[GateEntry]] = {}
    for gate in assessment.gates:
        found.setdefault((gate.subject_type, gate.subject_key), []).append(gate)
    return tuple(Passing(gates[0].subject_label, tuple(gates)) for gates in found.values())


def ahead(assessment: Assessment) -> tuple[Passing, ...]:
    """The records with a gate that lies ahead, the soonest first, with those gates."""
    found = [
        Passing(one.label, gates)
        for one in passing(assessment)
        if (gates := tuple(gate for gate in one.gates if lies_ahead(gate, assessment.as_of)))
    ]
    return tuple(sorted(found, key=lambda one: (str(one.gates[0].assumed), one.label)))


def undated(assessment: Assessment) -> tuple[tuple[str, tuple[Passing, ...]], ...]:
    """What lies ahead on no known day: the gate with its state, and the records before it.

    A record stands at the first gate it hasn't passed.
    """
    found: dict[str, list[Passing]] = {}
    for one in passing(assessment):
        first = next_gate(one.gates, assessment.as_of)
        if first is not None and first.assumed is None:
            found.setdefault(first.title + first.state_title, []).append(one)
    return tuple((said, tuple(records)) for said, records in found.items())


def left_to_do(gates: Iterable[GateEntry]) -> tuple[GateStep, ...]:
    """The steps of one record's gates that aren't done, the most pressing first.

    One that several gates stand on is there once, as it stands where it is worst.
    """
    worst: dict[tuple[str, str], GateStep] = {}
    for gate in gates:
        for step in gate.steps:
            held = worst.setdefault((step.requirement, step.record), step)
            if step.state.rank < held.state.rank:
                worst[step.requirement, step.record] = step
    found = (step for step in worst.values() if step.state not in BRIEFLY)
    return tuple(sorted(found, key=lambda step: step.state.rank))


def gate_states(
    assessment: Assessment,
) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
    """For each gate, how many records stand in which state."""
    gates = sorted(assessment.gates, key=lambda gate: gate.title)
    return tuple(
        (title, _states(tuple(group))) for title, group in groupby(gates, key=lambda g: g.title)
    )


def _states(gates: Sequence[GateEntry]) -> tuple[tuple[str, int], ...]:
    found = Counter(gate.state for gate in gates)
    return tuple((GATE_STATE_TITLES[state], found[state]) for state in GateState if found[state])
