"""Facts that a requirement does not read never change its outcome."""

from __future__ import annotations

import pytest

from engine.judging.measure import Measurer
from engine.model.field import FieldKind
from engine.model.values import Record
from engine.model.workdays import WorkCalendar
from engine.ruleset.model import Ruleset
from tests.agreement.differential import comparison as c
from tests.agreement.differential.comparison import Material
from tests.agreement.generators.completions import read_by
from tests.agreement.generators.records import RecordDice
from tests.agreement.generators.ties import Field
from tests.agreement.properties.material import dice_of, generated, judged


def _scrambled(record: Record, reads: set[Field], dice: RecordDice) -> dict[str, object]:
    """What the record held in fields that are not read, now holding something else."""
    before: dict[str, object] = {}
    for name, spec in dice.schema.types[record.type].fields.items():
        if (record.type, name) not in reads and spec.type is not FieldKind.OBJECT:
            before[name] = record.values.get(name)
            record.values[name] = dice.fact(record, name)
    return before


def _check(material: Material, seed: int) -> int:
    dice = dice_of(material, seed)
    dice.known = 0.6
    changed = 0
    for requirement in material.requirements:
        reads = read_by(requirement)
        measurer = Measurer(requirement, material.world, material.year)
        for record in material.records.get(requirement.subject, ()):
            outcome = measurer.outcome(record)
            kin = [record] if record.parent is None else [record, record.parent]
            held = [(each, _scrambled(each, reads, dice)) for each in kin]
            assert measurer.outcome(record) is outcome, f"{requirement.id} {record.key}"
            for each, before in held:
                changed += len(before)
                for name, value in before.items():
                    if value is None:
                        del each.values[name]
                    else:
                        each.values[name] = value  # type: ignore[assignment]
    return changed


@pytest.mark.rounds(8, nightly=100)
def test_facts_not_read_change_nothing(rounds: int) -> None:
    """Broken by an engine that looks at more than the expressions name."""
    for seed in range(rounds):
        assert _check(generated(seed), seed) > 0
        assert list(judged(generated(seed)))


@pytest.mark.rounds(1, nightly=3)
def test_facts_not_read_change_nothing_for_shipped_requirements(
    rounds: int, ruleset: Ruleset, calendar: WorkCalendar
) -> None:
    """Broken by a title, a name or any other column that leaks into a verdict."""
    for seed in range(rounds):
        assert _check(c.shipped(seed, ruleset, calendar, 0.01), seed) > 2_000
