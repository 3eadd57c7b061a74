"""Records near the worked examples of requirements: a field or two of each changed by the dice.

Most random records fail to meet the conditions of a duty; an example meets them, and what lies
one fact away from it is where answers turn.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable

from engine.guard.examples import build
from engine.model.field import FieldKind
from engine.model.schema import Schema
from engine.model.values import Elements, Record
from engine.model.workdays import WorkCalendar
from engine.ruleset.model import Requirement
from tests.agreement.generators.landmarks import Landmarks
from tests.agreement.generators.records import RecordDice


class ExampleDice(RecordDice):
    """The same records for the same seed; `as_of` is the day they will be judged on."""

    def fill(self, record: Record) -> None:
        """Give a record what its example does not speak of, so that other duties can judge it."""
        record_type = self.schema.types[record.type]
        for path, spec in record_type.fields.items():
            if spec.type is not FieldKind.OBJECT and path not in record.values:
                record.values[path] = self.fact(record, path)
        for name, nested in record_type.nested.items():
            if name not in record.values:
                child = self.schema.types[nested.of]
                count = self.dice.choice((0, 1, 1, 2))
                items = [self.record(child, f"{record.key}-{n}", record) for n in range(count)]
                record.values[name] = self.elements(items)
        for name in record_type.links:
            record.values.setdefault(name, self.elements(()))

    def near(self, record: Record) -> None:
        """Change a field or two of a record, or whether one of its lists is closed."""
        record_type = self.schema.types[record.type]
        fields = [p for p, s in record_type.fields.items() if s.type is not FieldKind.OBJECT]
        # What the example speaks of is more to the point than what it does not.
        spoken = [path for path in fields if path in record.values] or fields
        for path in self.dice.choices(spoken or ["-"], k=self.dice.choice((0, 1, 1, 2))):
            if path in record_type.fields:
                record.values[path] = self.fact(record, path)
        if fields and self.dice.random() < 0.2:
            path = self.dice.choice(fields)
            record.values[path] = self.fact(record, path)
        for name in (*record_type.nested, *record_type.links):
            found = record.values.get(name)
            if isinstance(found, Elements) and self.dice.random() < 0.15:
                record.values[name] = self.elements(found.items)


def near_examples(  # noqa: PLR0913, PLR0917 - what a population is made from
    requirements: Iterable[Requirement],
    schema: Schema,
    calendar: WorkCalendar,
    dice: random.Random,
    as_of: dt.date,
    around: Landmarks,
    share: float = 1.0,
) -> dict[str, list[Record]]:
    """Records by type: those of a share of the examples, each a little changed."""
    changing = ExampleDice(schema, dice, as_of, around)
    found = changing.pool
    for requirement in requirements:
        for example in requirement.examples:
            if dice.random() >= share:
                continue
            case = build(requirement, example, schema, calendar)
            changing.known = dice.choice((0.7, 0.9, 0.99))
            whole = dice.random() < 0.6
            for name, records in case.records.items():
                if name == "place":
                    continue
                for record in records:
                    changing.near(record)
                    if whole:
                        changing.fill(record)
                found.setdefault(name, []).extend(records)
    return found
