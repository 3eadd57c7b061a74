"""The rounds that properties share: made once, however many of them look."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache

from engine.model.values import Record
from engine.ruleset.model import Requirement
from tests.agreement.differential import comparison as c
from tests.agreement.differential.comparison import Material
from tests.agreement.generators.landmarks import landmarks
from tests.agreement.generators.records import RecordDice


@cache
def generated(seed: int) -> Material:
    """A small round: many questions, few records."""
    return c.generated(seed, each=1, count=6)


def dice_of(material: Material, seed: int) -> RecordDice:
    """Dice that fall near the thresholds of the material's requirements."""
    world = material.world
    near = landmarks(material.requirements, world.params, world.calendar)
    rolled = random.Random(seed)  # noqa: S311 - dice
    return RecordDice(world.schema, rolled, world.as_of, near, known=0.97)


def judged(material: Material) -> Iterator[tuple[Requirement, Record]]:
    """Every requirement with every record that it judges."""
    for requirement in material.requirements:
        for record in material.records.get(requirement.subject, ()):
            yield requirement, record
