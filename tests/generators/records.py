"""Random records for any schema: every state, bound, cause, list and link a ledger can yield."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from engine.schema import FieldKind, FieldType, RecordType, Schema
from engine.values import ABSENT, ABSENT_LIST, Cause, Elements, Record, State, Unknown

_WORDS = ("甲", "乙", "丙", "it's", "")
_FIXED_DAYS = (
    dt.date(2023, 12, 31),
    dt.date(2024, 1, 1),
    dt.date(2024, 2, 8),
    dt.date(2024, 2, 18),
    dt.date(2024, 2, 29),
    dt.date(2024, 10, 1),
    dt.date(2025, 1, 31),
    dt.date(1, 1, 3),
    dt.date(9999, 12, 30),
)
"""Around holidays, a leap day, ends of months and of the calendar, and of time itself."""


@dataclass
class RecordDice:
    """The same records for the same seed; days lie near `as_of` and near holidays."""

    schema: Schema
    dice: random.Random
    as_of: dt.date
    pool: dict[str, list[Record]] = field(default_factory=dict)

    def population(self, count: int) -> dict[str, list[Record]]:
        """`count` records of every type that is not nested, their children, links among all."""
        for record_type in self.schema.types.values():
            if record_type.parent is None and record_type.type != "place":
                for number in range(count):
                    self.record(record_type, f"{record_type.type}{number}")
            elif record_type.parent is not None:
                # A row whose parent is not in any ledger.
                self.record(record_type, f"{record_type.type}孤")
        for record_type in self.schema.types.values():
            for record in self.pool.get(record_type.type, ()):
                self._link(record_type, record)
        return self.pool

    def place(self) -> Record:
        """The place, with lists if its type has any."""
        record = self.record(self.schema.types["place"], "本地")
        self.pool.pop("place")
        return record

    def record(self, record_type: RecordType, key: str, parent: Record | None = None) -> Record:
        """One record with its children."""
        record = Record(record_type.type, key, parent=parent)
        self.pool.setdefault(record_type.type, []).append(record)
        for path, spec in record_type.fields.items():
            if spec.type is FieldKind.OBJECT or self.dice.random() < 0.05:
                continue
            record.values[path] = self.field(spec)
        for name, nested in record_type.nested.items():
            child = self.schema.types[nested.of]
            items = [
                self.record(child, f"{key}-{number}", record)
                for number in range(self.dice.choice((0, 0, 1, 1, 2, 3)))
            ]
            self._put(record, name, items)
        return record

    def _link(self, record_type: RecordType, record: Record) -> None:
        for name, link in record_type.links.items():
            targets = self.pool.get(link.to, [])
            self._put(
                record, name, self.dice.choices(targets, k=self.dice.randrange(3) if targets else 0)
            )

    def _put(self, record: Record, name: str, items: Sequence[Any]) -> None:
        if self.dice.random() < 0.95:
            record.values[name] = self.elements(items)

    def elements(self, items: Sequence[Any]) -> Elements:
        """A list: closed, open for some cause, or absent."""
        roll = self.dice.random()
        if roll < 0.1:
            return ABSENT_LIST
        return Elements(tuple(items), closed=roll < 0.65, cause=self._cause())

    def _cause(self) -> Cause:
        return self.dice.choice((Cause.BLANK, Cause.BLANK, *Cause))

    def field(self, spec: FieldType) -> State | Elements:
        """What a cell of this field may have been read as."""
        if spec.type is FieldKind.SET:
            words = tuple(spec.values) or _WORDS
            return self.elements(self.dice.choices(words, k=self.dice.randrange(4)))
        roll = self.dice.random()
        if roll < 0.6:
            return self._known(spec)
        if roll < 0.72:
            return ABSENT
        if roll < 0.85 and spec.type not in (FieldKind.BOOL, FieldKind.STRING, FieldKind.ENUM):
            return self._bounded(spec)
        return Unknown(self._cause())

    def _bounded(self, spec: FieldType) -> Unknown:
        low, high = sorted((self._known(spec), self._known(spec)))  # type: ignore[type-var]
        bounds = self.dice.choice(((low, high), (low, high), (low, None), (None, high)))
        planned: Any = None
        if spec.time is not None and self.dice.random() < 0.4:
            planned = self._known(spec)
            bounds = self.dice.choice(((None, None), (None, None), bounds))
        return Unknown(self._cause(), *bounds, planned=planned)

    def _known(self, spec: FieldType) -> Any:  # noqa: ANN401 - by the field's type
        makers: dict[FieldKind, Callable[[], Any]] = {
            FieldKind.BOOL: lambda: self.dice.random() < 0.6,
            FieldKind.INT: self._integer,
            FieldKind.NUMBER: self._number,
            FieldKind.STRING: lambda: self.dice.choice(_WORDS),
            FieldKind.ENUM: lambda: self.dice.choice(tuple(spec.values)),
            FieldKind.DATE: self.day,
            FieldKind.DATETIME: self._moment,
        }
        return makers[spec.type]()

    def _integer(self) -> int:
        if self.dice.random() < 0.05:
            return self.dice.choice((2**31 - 1, 1 - 2**31, -3, 2024, 10**9))
        return self.dice.randrange(12)

    def _number(self) -> int | Decimal:
        if self.dice.random() < 0.05:
            return self.dice.choice((Decimal("2147483647.9999"), Decimal("-0.0001"), 7))
        return Decimal(self.dice.randrange(120_000)).scaleb(-self.dice.choice((0, 1, 4)))

    def day(self) -> dt.date:
        """Mostly within weeks of the day of the check."""
        roll = self.dice.random()
        if roll < 0.15:
            return self.dice.choice(_FIXED_DAYS)
        reach = 400 if roll < 0.4 else 12
        return self.as_of + dt.timedelta(self.dice.randrange(-reach, reach))

    def _moment(self) -> dt.datetime:
        seconds = self.dice.choice((0, 1, 86_399, self.dice.randrange(86_400)))
        day = self.as_of + dt.timedelta(self.dice.randrange(-9, 9))
        midnight = dt.datetime.combine(day, dt.time())
        return midnight + dt.timedelta(seconds=seconds, microseconds=self.dice.choice((0, 0, 999)))
