"""What expressions may refer to besides their record: the day, the place, calendar and periods."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from engine.model.schema import Schema
from engine.model.values import Record
from engine.model.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Period:
    """A parameter's value from `start` to `end`, both inclusive."""

    start: dt.date
    end: dt.date
    value: int | Decimal
    confirmed: bool = True


@dataclass(frozen=True)
class World:
    """What expressions may refer to besides their record.

    `assumed` holds the fields (record type, path) whose planned day a gate takes as happened.
    """

    schema: Schema
    as_of: dt.date
    calendar: WorkCalendar
    place: Record
    params: Mapping[str, tuple[Period, ...]] = field(default_factory=dict)
    assumed: frozenset[tuple[str, str]] = frozenset()
    compiled: dict[Hashable, Any] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    """What the reference compiled for this world, kept as long as the world is."""
    _assuming: dict[frozenset[tuple[str, str]], World] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def assuming(self, fields: frozenset[tuple[str, str]]) -> World:
        """The world in which the planned days of these fields count; every time the same one."""
        if fields == self.assumed:
            return self
        if fields not in self._assuming:
            self._assuming[fields] = replace(self, assumed=fields)
        return self._assuming[fields]
