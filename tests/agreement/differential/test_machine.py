"""Facts asserted, changed and retracted one after another: the engines agree after every step."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from engine.model.field import FieldKind
from engine.model.values import ABSENT, NO_COLUMN, Elements, Record
from engine.ruleset.model import Requirement
from tests.agreement.differential import comparison as c
from tests.agreement.differential.comparison import ENGINES, Comparison, Material
from tests.agreement.generators import world as small
from tests.agreement.generators.landmarks import landmarks
from tests.agreement.generators.records import RecordDice
from tests.agreement.generators.requirements import RequirementDice

SEEDS = st.integers(0, 2**32 - 1)
ACT, PART = small.SCHEMA.types["act"], small.SCHEMA.types["part"]
FIELDS = [name for name, spec in ACT.fields.items() if spec.type is not FieldKind.OBJECT]
LISTS = [*ACT.nested, *ACT.links]


def _questions() -> list[Requirement]:
    """Few, so that a step is quick; between them they read most of what an act has."""
    dice = random.Random(7)  # noqa: S311 - dice
    maker = RequirementDice(small.VOCABULARY, dice, small.AS_OF)
    return [
        *(maker.requirement(f"whole{n}", "act", 2) for n in range(2)),
        *(maker.duty(f"duty{n}", "act") for n in range(2)),
        *(maker.term_of_days(f"days{n}", "act") for n in range(1)),
    ]


QUESTIONS: Sequence[Requirement] = _questions()
NEAR = landmarks(QUESTIONS, small.PARAMS, small.CALENDAR)
TOTAL = Comparison()


class Ledger(RuleBasedStateMachine):
    """Two acts that start with nothing known, and everything that can happen to their facts."""

    def __init__(self) -> None:
        super().__init__()
        self.acts: list[Record] = []
        self.parts: list[Record] = []

    @initialize()
    def begin(self) -> None:
        self.acts = [Record("act", f"行为{n}") for n in range(2)]

    def _dice(self, seed: int) -> RecordDice:
        return RecordDice(small.SCHEMA, random.Random(seed), small.AS_OF, NEAR)  # noqa: S311

    @rule(act=st.integers(0, 1), field=st.sampled_from(FIELDS), seed=SEEDS)
    def assert_or_change(self, act: int, field: str, seed: int) -> None:
        dice = self._dice(seed)
        dice.known = 0.8
        self.acts[act].values[field] = dice.fact(self.acts[act], field)

    @rule(
        act=st.integers(0, 1),
        field=st.sampled_from([*FIELDS, *LISTS]),
        state=st.sampled_from([None, ABSENT, NO_COLUMN]),
    )
    def retract(self, act: int, field: str, state: Any) -> None:  # noqa: ANN401
        if state is None:
            self.acts[act].values.pop(field, None)
        elif field in FIELDS:
            self.acts[act].values[field] = state
        self._forget()

    @rule(act=st.integers(0, 1), seed=SEEDS, closed=st.booleans())
    def add_a_part(self, act: int, seed: int, *, closed: bool) -> None:
        parent = self.acts[act]
        part = self._dice(seed).record(PART, f"分项{seed}", parent)
        kept = parent.elements("parts").items
        parent.values["parts"] = Elements((*kept, part), closed=closed)  # type: ignore[arg-type]
        self._forget()

    @precondition(lambda self: any(act.elements("parts").items for act in self.acts))
    @rule(act=st.integers(0, 1), closed=st.booleans())
    def take_a_part_away(self, act: int, *, closed: bool) -> None:
        kept = self.acts[act].elements("parts").items[:-1]
        self.acts[act].values["parts"] = Elements(kept, closed=closed)
        self._forget()

    @rule(act=st.integers(0, 1), closed=st.booleans())
    def link(self, act: int, *, closed: bool) -> None:
        self.acts[act].values["earlier"] = Elements((self.acts[1 - act],), closed=closed)

    def _forget(self) -> None:
        """Only parts that an act still lists are records of the ledger."""
        self.parts = [part for act in self.acts for part in act.elements("parts").items]  # type: ignore[misc]

    @invariant()
    def engines_agree(self) -> None:
        records = {"act": self.acts, "part": self.parts}
        material = Material(QUESTIONS, records, small.world(), small.YEAR)
        expected = c.judged(material)
        before = len(TOTAL.differences)
        for engine in ENGINES:
            if c.has(engine):
                TOTAL.add(engine, material, expected)
        assert TOTAL.differences[before:] == []


@pytest.mark.rounds(3, nightly=30)
def test_engines_agree_after_every_step(rounds: int, say: Any) -> None:  # noqa: ANN401
    """Broken by an engine that keeps something of an earlier state of the facts."""
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Ledger,
        settings=settings(
            max_examples=rounds,
            stateful_step_count=8,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    say(f"step by step: {TOTAL.total} comparisons, {len(TOTAL.differences)} disagreements")
    assert TOTAL.total >= 150
