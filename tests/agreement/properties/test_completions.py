"""What is unknown may turn out any way: no answer given before may be belied by one after."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.judging.measure import Measurer
from engine.judging.reference import Frame, compile_expr
from engine.model.outcome import Outcome
from engine.model.workdays import WorkCalendar
from engine.ruleset.model import Ruleset
from tests.agreement.differential import comparison as c
from tests.agreement.differential import planted
from tests.agreement.differential.comparison import Material
from tests.agreement.generators.completions import completions, read_by
from tests.agreement.properties.material import dice_of, generated, judged

STANDS = (Outcome.MET, Outcome.NOT_APPLICABLE)


def _false_passes(material: Material, seed: int) -> tuple[list[str], int]:
    """Outcomes that need no one to act, though a completion does; and how many were tried."""
    dice = dice_of(material, seed)
    wrong: list[str] = []
    tried = 0
    for requirement in material.requirements:
        reads = read_by(requirement)
        measurer = Measurer(requirement, material.world, material.year)
        for record in material.records.get(requirement.subject, ()):
            outcome = measurer.outcome(record)
            if outcome not in STANDS:
                continue
            first, last = measurer.act(record)
            for how in completions(record, reads, dice, material.world.assumed):
                tried += 1
                low, high = measurer.act(record)
                if not first <= low <= high <= last:
                    continue  # an act without a day is taken to be of the assessed year
                after = measurer.outcome(record)
                if after is not outcome:
                    wrong.append(f"{requirement.id} {record.key}: {outcome}, with {how} {after}")
    return wrong, tried


@pytest.mark.rounds(12, nightly=150)
def test_no_false_pass(rounds: int) -> None:
    """Broken by an open list taken as complete, or by unknown taken for either truth.

    If any completion of the unknown facts, or any further element of an open list, could fail,
    the outcome is not met (nor beside the point).
    """
    tried = 0
    for seed in range(rounds):
        wrong, more = _false_passes(generated(seed), seed)
        assert wrong == []
        tried += more
    assert tried >= 100 * rounds


@pytest.mark.rounds(1, nightly=3)
def test_no_false_pass_of_a_shipped_requirement(
    rounds: int, ruleset: Ruleset, calendar: WorkCalendar
) -> None:
    """Broken by a requirement that asks `==` where `has` was meant, or `all` of an open list."""
    for seed in range(rounds):
        wrong, tried = _false_passes(c.shipped(seed, ruleset, calendar, 0.04), seed)
        assert wrong == []
        assert tried >= 1_000


@pytest.mark.parametrize(
    "plant",
    [planted.open_list_taken_as_closed, planted.unknown_is_not_among],
    ids=lambda plant: plant.__name__,
)
def test_a_planted_false_pass_is_seen(
    plant: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken by completions that never come near what was planted."""
    plant(monkeypatch)
    # Made anew: the engine may remember what it compiled in a world.
    rounds = (c.generated(seed, each=1, count=6) for seed in range(12))
    assert any(_false_passes(material, seed)[0] for seed, material in enumerate(rounds))


@pytest.mark.rounds(12, nightly=150)
def test_learning_more_never_turns_an_answer_round(rounds: int) -> None:
    """Broken by any operator that guesses: a known answer from less must stay with more."""
    known = 0
    for seed in range(rounds):
        material = generated(seed)
        dice = dice_of(material, seed)
        for requirement, record in judged(material):
            asked = compile_expr(requirement.texts[0].require, material.world)
            frame = Frame({requirement.subject: record}, (material.world.as_of,) * 2)
            before = asked(frame)
            if before is None or dice.dice.random() < 0.5:
                continue
            known += 1
            reads = read_by(requirement)
            for how in completions(record, reads, dice, material.world.assumed):
                after = asked(frame)
                assert after is before, f"{requirement.id} {record.key}: {before}, {how}: {after}"
    assert known >= 20 * rounds
