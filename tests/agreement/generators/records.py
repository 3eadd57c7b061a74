"""Random records for any schema: every state, bound, cause, list and link a ledger can yield."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from engine.model.field import FieldKind, FieldType
from engine.model.record_type import RecordType
from engine.model.schema import Schema
from engine.model.values import ABSENT, ABSENT_LIST, Cause, Elements, Record, Scalar, State, Unknown
from tests.agreement.generators.landmarks import Landmarks
from tests.agreement.generators.ties import AS_OF, Field

_REACHES = ((-12, 12), (-12, 12), (-400, 400))
_WORDS = ("甲", "乙", "丙", "it's", "")


@dataclass
class RecordDice:
    """The same records for the same seed; days and numbers lie near the landmarks.

    One record in three knows nearly everything, so that not every outcome drowns in blanks.
    """

    schema: Schema
    dice: random.Random
    as_of: dt.date
    landmarks: Landmarks = field(default_factory=Landmarks)
    known: float = 0.6
    pool: dict[str, list[Record]] = field(default_factory=dict)
    _record: Record | None = None
    _at: Field = AS_OF

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
        if parent is None:
            self.known = self.dice.choice((0.6, 0.8, 0.97))
        self.pool.setdefault(record_type.type, []).append(record)
        for path, spec in record_type.fields.items():
            if spec.type is FieldKind.OBJECT or self.dice.random() < (1 - self.known) / 8:
                continue
            record.values[path] = self.fact(record, path)
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
        return Elements(tuple(items), closed=roll < self.known, cause=self._cause())

    def _cause(self) -> Cause:
        return self.dice.choice((Cause.BLANK, Cause.BLANK, *Cause))

    def fact(self, record: Record, path: str) -> State | Elements:
        """What the cell of a record's field may have been read as."""
        self._record, self._at = record, (record.type, path)
        spec = self.schema.types[record.type].fields[path]
        if spec.type is FieldKind.SET:
            words = tuple(spec.values) or _WORDS
            return self.elements(self.dice.choices(words, k=self.dice.randrange(4)))
        if self.dice.random() < self.known:
            return self._known(spec)
        roll = self.dice.random()
        if roll < 0.3:
            return ABSENT
        if roll < 0.6 and spec.type not in (FieldKind.BOOL, FieldKind.STRING, FieldKind.ENUM):
            return self._bounded(spec)
        return Unknown(self._cause())

    def known_value(self, record: Record, path: str) -> Scalar:
        """A value that a field may turn out to have."""
        self._record, self._at = record, (record.type, path)
        found: Scalar = self._known(self.schema.types[record.type].fields[path])
        return found

    def further(self, record: Record, name: str, count: int) -> list[Any]:
        """Elements that a list may yet turn out to have, everything about them known."""
        record_type = self.schema.types[record.type]
        target = record_type.list_target(name)
        if target is None:
            words = tuple(record_type.fields[name].values) or _WORDS
            return self.dice.choices(words, k=count)
        parent = record if name in record_type.nested else None
        pool, known = self.pool, self.known
        self.pool = {}
        made = [self.record(self.schema.types[target], f"又{n}", parent) for n in range(count)]
        self.pool, self.known = pool, known
        return made

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
        roll = self.dice.random()
        if roll < 0.05:
            return self.dice.choice((2**31 - 1, 1 - 2**31, -3, self.as_of.year, 10**9))
        if roll < 0.4:
            return int(self.dice.choice(self.landmarks.numbers)) + self.dice.randrange(-1, 2)
        return self.dice.randrange(12)

    def _number(self) -> int | Decimal:
        roll = self.dice.random()
        if roll < 0.05:
            return self.dice.choice((Decimal("2147483647.9999"), Decimal("-0.0001"), 7))
        if roll < 0.3:
            near = self.dice.choice(("-0.0001", "0", "0.0001", "1"))
            return self.dice.choice(self.landmarks.numbers) + Decimal(near)
        return Decimal(self.dice.randrange(120_000)).scaleb(-self.dice.choice((0, 1, 4)))

    def day(self) -> dt.date:
        """At a threshold, near a landmark, near the end of a month, or about `as_of`."""
        tied = self._at_threshold() if self.dice.random() < 0.5 else None
        if tied is not None:
            return self._moved(tied, self.dice.choice((-1, 0, 0, 1)))
        roll = self.dice.random()
        if roll < 0.15:
            return self._moved(self.dice.choice(self.landmarks.days), self.dice.randrange(-1, 2))
        if roll < 0.4:
            return self._month_end()
        return self._moved(self.as_of, self.dice.randrange(*self.dice.choice(_REACHES)))

    def _at_threshold(self) -> dt.date | None:
        """Where a requirement that compares this field with another turns, if that is known."""
        found = self.landmarks.ties.get(self._at)
        if not found:
            return None
        tie = self.dice.choice(found)
        start: object = self.as_of if tie.source == AS_OF else self._known_day(*tie.source)
        if type(start) is not dt.date:
            return None
        return self.dice.choice(tie.days(start, self.landmarks.calendar))

    def _known_day(self, record_type: str, path: str) -> object:
        record = self._record
        while record is not None and record.type != record_type:
            record = record.parent
        return None if record is None else record.values.get(path)

    def _month_end(self) -> dt.date:
        """One of the last days of a month before `as_of`, or the first of the next."""
        first = self._moved(self.as_of, -self.dice.randrange(400)).replace(day=1)
        return self._moved(first, self.dice.choice((-3, -2, -1, -1, 0)))

    @staticmethod
    def _moved(day: dt.date, days: int) -> dt.date:
        ordinal = day.toordinal() + days
        return dt.date.fromordinal(min(max(ordinal, 2), dt.date.max.toordinal() - 1))

    def _moment(self) -> dt.datetime:
        seconds = self.dice.choice((0, 1, 86_399, self.dice.randrange(86_400)))
        midnight = dt.datetime.combine(self.day(), dt.time())
        return midnight + dt.timedelta(seconds=seconds, microseconds=self.dice.choice((0, 0, 999)))
