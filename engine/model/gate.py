"""Gates as an assessment shows them: each with every requirement that it stands on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from engine.model.outcome import GateState, Outcome
from engine.model.shown import FactEntry


class DayFrom(StrEnum):
    """Where the day comes from that a gate is looked at for.

    `check`: the ledger has none; it is the day of the check, or that of an earlier gate if later.
    """

    LEDGER = "ledger"
    ASKED = "asked"
    CHECK = "check"


class StepState(StrEnum):
    """How a requirement stands under a gate, the most pressing first.

    `untold`: it can't be told for want of a fact; `person`: a person has to judge; `not_asked`:
    nothing is asked of this subject.
    """

    WRONG = "wrong"
    TODO = "todo"
    PERSON = "person"
    UNTOLD = "untold"
    DONE = "done"
    NOT_ASKED = "not_asked"

    @property
    def rank(self) -> int:
        """0 for the most pressing to 5 for what isn't asked."""
        return list(StepState).index(self)


STEP_STATE_TITLES: Final = {
    StepState.WRONG: "不合要求",
    StepState.TODO: "还要做",
    StepState.PERSON: "须人认定",
    StepState.UNTOLD: "判断不了",
    StepState.DONE: "已经做到",
    StepState.NOT_ASKED: "这件不涉及",
}


@dataclass(frozen=True, slots=True)
class GateStep:
    """One requirement that a gate stands on, for the subject or a record nested in it.

    `record` names the nested record, and is empty for the subject itself. `decides`: it is among
    those that made the state what it is. `due` is the last day still in time; `missing`, what it
    waits for. One that is `done` for a meeting still to be held has the outcome pending.
    """

    requirement: str
    record: str
    state: StepState
    outcome: Outcome
    decides: bool
    due: dt.date | None = None
    missing: tuple[FactEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class GateEntry:
    """A permission for one subject: its state, and how all that it stands on stands.

    `assumed` is the day the gate took for what it assumes, named by `assumed_title`, and
    `day_from` where that day comes from. `doubted` says why the ledger's own can't be relied on,
    and is empty where it can, or where there is none.
    """

    gate: str
    title: str
    subject_type: str
    subject_key: str
    subject_label: str
    state: GateState
    state_title: str
    assumed: dt.date | None = None
    assumed_title: str = ""
    day_from: DayFrom = DayFrom.LEDGER
    doubted: str = ""
    steps: tuple[GateStep, ...] = ()
    disagreement: bool = False

    @property
    def deciding(self) -> tuple[str, ...]:
        """The requirements that made the state what it is."""
        return tuple(dict.fromkeys(step.requirement for step in self.steps if step.decides))

    @property
    def outcomes(self) -> Mapping[str, Outcome]:
        """The outcome of each requirement, of several records that of the last."""
        return {step.requirement: step.outcome for step in self.steps}
