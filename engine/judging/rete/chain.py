"""Forward chaining from outcomes to gates in durable_rules.

Each outcome is asserted as a fact; the rules that fire on it mark its gate. The marks of a gate
are derived facts, asserted in turn; the one rule that fires on them is the gate's state.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum, auto
from functools import cache
from typing import Final, NamedTuple, TypeAlias

from engine.judging.rete.apart import Matcher
from engine.judging.rete.session import Pattern, written
from engine.model.outcome import GateState, Outcome


class OutcomeFact(NamedTuple):
    """An outcome as a gate's rules read it.

    `listed`: among the requirements the gate names. `settles`: of the requirement that settles
    whether the procedure applies at all.
    """

    outcome: Outcome
    confirmed: bool
    listed: bool
    settles: bool


class Mark(IntEnum):
    """What an outcome says of its gate; each is a field of the gate's own fact."""

    judged = auto()
    applies = auto()
    settled = auto()
    unsettled = auto()
    closing = auto()
    doubtful = auto()
    pending = auto()


_Marking: TypeAlias = tuple[Outcome, bool | None, Mark]

_STANDING: Final[tuple[_Marking, ...]] = (
    (Outcome.GAP, True, Mark.closing),
    (Outcome.NOT_EVIDENCED, True, Mark.closing),
    (Outcome.GAP, False, Mark.doubtful),
    (Outcome.NOT_EVIDENCED, False, Mark.doubtful),
    (Outcome.UNKNOWN, None, Mark.doubtful),
    (Outcome.BORDERLINE, None, Mark.doubtful),
    (Outcome.FAILED, None, Mark.doubtful),
    (Outcome.PENDING, None, Mark.pending),
)

_STATES: Final[tuple[tuple[dict[Mark, bool], GateState], ...]] = (
    ({Mark.judged: False}, GateState.UNDETERMINED),
    (
        {Mark.judged: True, Mark.applies: False, Mark.settled: True, Mark.unsettled: False},
        GateState.NOT_SUBJECT,
    ),
    ({Mark.judged: True, Mark.applies: False, Mark.settled: False}, GateState.UNDETERMINED),
    ({Mark.judged: True, Mark.applies: False, Mark.unsettled: True}, GateState.UNDETERMINED),
    ({Mark.applies: True, Mark.closing: True}, GateState.CLOSED),
    ({Mark.applies: True, Mark.closing: False, Mark.doubtful: True}, GateState.UNDETERMINED),
    (
        {Mark.applies: True, Mark.closing: False, Mark.doubtful: False, Mark.pending: True},
        GateState.WAITING,
    ),
    (
        {Mark.applies: True, Mark.closing: False, Mark.doubtful: False, Mark.pending: False},
        GateState.OPEN,
    ),
)


def chain_gates(gates: Sequence[Sequence[OutcomeFact]]) -> list[GateState | None]:
    """The state of each gate; None where a fact was lost."""
    marking, marks = _marking()
    facts = [(number, fact) for number, gate in enumerate(gates) for fact in gate]
    fired = marking.run([_asserted(fact) for _, fact in facts])
    derived: list[set[Mark] | None] = [set() for _ in gates]
    for (number, _), rules in zip(facts, fired, strict=True):
        held = derived[number]
        if rules is None or held is None:
            derived[number] = None
        else:
            held.update(marks[rule] for rule in rules)
    deciding, states = _deciding()
    whole = [number for number, held in enumerate(derived) if held is not None]
    decided = deciding.run([_gate_fact(derived[number] or set()) for number in whole])
    found: list[GateState | None] = [None] * len(gates)
    for number, rules in zip(whole, decided, strict=True):
        proven = {states[rule] for rule in rules or ()}
        found[number] = proven.pop() if len(proven) == 1 else None
    return found


@cache
def _marking() -> tuple[Matcher, tuple[Mark, ...]]:
    rules: list[tuple[Pattern, Mark]] = []
    for outcome in Outcome:
        other = [*_is("outcome", outcome.value), *_is("listed", True), *_is("settles", False)]
        rules.append((other, Mark.judged))
        if outcome is not Outcome.NOT_APPLICABLE:
            rules.append((other, Mark.applies))
        settling = [*_is("outcome", outcome.value), *_is("settles", True)]
        rules.append((settling, Mark.settled if outcome is Outcome.MET else Mark.unsettled))
    for outcome, confirmed, mark in _STANDING:
        basis = [] if confirmed is None else _is("confirmed", confirmed)
        rules.append(([*_is("outcome", outcome.value), *_is("listed", True), *basis], mark))
    return Matcher(written([pattern for pattern, _ in rules])), tuple(mark for _, mark in rules)


@cache
def _deciding() -> tuple[Matcher, tuple[GateState, ...]]:
    patterns = [
        [c for mark, on in marks.items() for c in _is(mark.name, on)] for marks, _ in _STATES
    ]
    return Matcher(written(patterns)), tuple(state for _, state in _STATES)


def _is(name: str, value: bool | str) -> Pattern:  # noqa: FBT001 - a fact's value
    """That the field is there, and has the value."""
    return [{"$ex": {name: 1}}, {name: value}]


def _asserted(fact: OutcomeFact) -> str:
    flags = ("confirmed", fact.confirmed), ("listed", fact.listed), ("settles", fact.settles)
    return f',"outcome":"{fact.outcome.value}"' + "".join(_flag(n, on=on) for n, on in flags)


def _gate_fact(held: set[Mark]) -> str:
    return "".join(_flag(mark.name, on=mark in held) for mark in Mark)


def _flag(name: str, *, on: bool) -> str:
    return f',"{name}":{"true" if on else "false"}'
