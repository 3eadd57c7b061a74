"""The limits of a comparison: how far one of its facts can be moved, or has to be.

Nothing here knows a law. A fact is moved until the reference gives the other answer; what is shown
has been evaluated so, and the value one step short of it gives the answer of now.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, TypeAlias

from engine.explaining.words import Words, plain
from engine.judging.reference import Frame
from engine.language import tree as t
from engine.model.values import Record, Truth

Value: TypeAlias = int | Decimal | dt.date
"""What can be moved: a number or a day."""

_FARTHEST: Final = 1 << 14
"""Steps from where a fact stands that are looked at: some 44 years of days."""

_FINEST: Final = Decimal("0.01")
"""The step of a number that need not be whole."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Those of one fact of a comparison; a day is moved no earlier than that of the check."""

    record: Record
    path: t.Path
    truth: Callable[[Frame], Truth]
    frame: Frame
    as_of: dt.date
    words: Words

    def wanting(self, held: Value, want: bool) -> Iterator[str]:  # noqa: FBT001
        """The nearest value that gives `want`, and how far off it is."""
        if self._with(held) is not (not want):
            return
        found = [self._turned(held, sign, want=want) for sign in (1, -1)]
        near = [value for value in found if value is not None and not self._past(value)]
        if not near:
            return
        value = min(near, key=lambda value: abs(_apart(value, held)))
        later, dated = _apart(value, held) > 0, isinstance(value, dt.date)
        if dated:
            word, off = ("最早应为", "还差") if later else ("最迟应为", "晚了")
        else:
            word, off = ("至少应为", "还差") if later else ("至多可为", "多了")
        yield self._said(word, value, f"{off}{self._off(value, held)}")

    def days(self, want: bool) -> Iterator[str]:  # noqa: FBT001
        """Of a day that has not come the first and the last that give `want`."""
        today = self._with(self.as_of) is want
        start = self.as_of if today else self._turned(self.as_of, 1, want=want)
        if start is None:
            return
        last, first = (self._turned(start, sign, want=not want) for sign in (1, -1))
        said = []
        if first is not None and not self._past(first):
            said.append(f"最早应为{plain(_step(first, 1))}")
        if last is not None:
            said.append(f"最迟应为{plain(_step(last, -1))}")
        if said:
            yield self._title() + "，".join(said)

    def last(self) -> dt.date | None:
        """The last day from the check on that doesn't break the condition; None where none does."""
        if self._with(self.as_of) is False:
            return None
        broken = self._turned(self.as_of, 1, want=False)
        return None if not isinstance(broken, dt.date) else broken - dt.timedelta(days=1)

    def left(self, held: Value, want: bool) -> Iterator[str]:  # noqa: FBT001
        """The last values on either side that still give `want`, and how far off they are."""
        for sign, day, number in ((1, "最迟可到", "至多可到"), (-1, "最早可到", "至少要有")):
            value = self._turned(held, sign, want=not want)
            if value is None or self._past(value):
                continue
            last = _step(value, -sign)
            word = day if isinstance(last, dt.date) else number
            yield self._said(word, last, f"还有{self._off(last, held)}余地")

    def _said(self, word: str, value: Value, off: str) -> str:
        unit = "" if isinstance(value, dt.date) else self.words.unit(self.path)
        return f"{self._title()}{word}{plain(value)}{unit}，{off}"

    def _off(self, value: Value, held: Value) -> str:
        unit = "日" if isinstance(value, dt.date) else self.words.unit(self.path)
        return f"{plain(abs(_apart(value, held)))}{unit}"

    def _title(self) -> str:
        title = f"“{self.words.title(self.path.record, self.path.field)}”"
        return self.words.path(self.path) if self.path.up else title

    def _past(self, value: Value) -> bool:
        return isinstance(value, dt.date) and value < self.as_of

    def _with(self, value: Value) -> Truth:
        """The comparison as the reference evaluates it with this value in place."""
        values, field = self.record.values, self.path.field
        before = values.get(field)
        values[field] = value
        try:
            return self.truth(self.frame)
        finally:
            if before is None:
                del values[field]
            else:
                values[field] = before

    def _turned(self, start: Value, sign: int, *, want: bool) -> Value | None:
        """The first value from `start` on that gives `want`: strides doubled, then halved."""

        def moved(steps: int) -> Value | None:
            try:
                value = _step(start, sign * steps)
            except OverflowError:
                return None
            if not _below_nothing(value):
                return value
            return None if _below_nothing(start) else 0  # the stride went past the least there is

        def gives(steps: int) -> bool:
            value = moved(steps)
            return value is not None and self._with(value) is want

        far = 1
        while not gives(far):
            far *= 2
            if far > _FARTHEST:
                return None
        near = far // 2
        while far - near > 1:
            middle = (near + far) // 2
            near, far = (near, middle) if gives(middle) else (middle, far)
        return moved(far)


def _step(value: Value, steps: int) -> Value:
    if isinstance(value, dt.date):
        return value + dt.timedelta(days=steps)
    if isinstance(value, int):
        return value + steps
    return value + steps * (_FINEST if value % 1 else 1)


def _apart(one: Any, other: Any) -> Decimal:  # noqa: ANN401 - two of one kind
    """How much more `one` is: natural days between days."""
    difference: Any = one - other
    return Decimal(getattr(difference, "days", difference))


def _below_nothing(value: Value) -> bool:
    return not isinstance(value, dt.date) and value < 0
