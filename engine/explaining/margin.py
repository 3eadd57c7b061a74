"""What would change an outcome: the conditions that would have to turn, and the nearest value.

Nothing here knows a law. A comparison is turned by moving one fact through the days or numbers
until the reference gives the other answer; what is shown has been evaluated so, and the value
one step short of it gives the answer of now.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final, TypeAlias

from engine.explaining.trace import Trace
from engine.explaining.words import Words, leaves, plain
from engine.judging.reference import Frame, Reading, compile_expr
from engine.language import tree as t
from engine.model.errors import BudgetExceededError
from engine.model.values import Elements, Record, Truth, Unknown
from engine.model.world import World

_FARTHEST: Final = 1 << 14
"""Steps from where a fact stands that are looked at: some 44 years of days."""

_FINEST: Final = Decimal("0.01")
"""The step of a number that need not be whole."""

_MOST: Final = 4
"""Alternatives that are named; further elements of a list are left out."""

_OPPOSITE: Final[Mapping[t.CompareOp, t.CompareOp]] = {
    "==": "!=",
    "!=": "==",
    "<": ">=",
    ">=": "<",
    ">": "<=",
    "<=": ">",
}

_Value: TypeAlias = int | Decimal | dt.date


@dataclass(frozen=True, slots=True)
class _Ways:
    """Parts that have to turn: all of them, or any one."""

    every: bool
    parts: tuple[_Ways | str, ...]


class Nearest:
    """Says what would turn conditions in one world."""

    def __init__(self, world: World, words: Words) -> None:
        self.world, self.words = world, words

    def turning(self, trace: Trace, frame: Frame, *, want: bool) -> tuple[str, ...]:
        """What would make the condition `want`, one line each.

        All of the lines are needed for true, any one of them is enough for false.
        """
        frame = Frame(dict(frame.bound), frame.act)
        try:
            ways = self._turn(trace, frame, want)
        except BudgetExceededError:
            return ()
        if isinstance(ways, _Ways) and ways.every is want:
            return tuple(dict.fromkeys(_said(part) for part in ways.parts))
        return (_said(ways),)

    def _turn(self, trace: Trace, frame: Frame, want: bool) -> _Ways | str:  # noqa: FBT001
        node = trace.node
        match node:
            case t.Named():
                return self._turn(trace.parts[0], frame, want)
            case t.Not(t.And() | t.Or() | t.Named() | t.Quantifier() | t.Compare()):
                return self._turn(trace.parts[0], frame, not want)
            case t.And() | t.Or():
                every = isinstance(node, t.And) is want
                turned = [part for part in trace.parts if part.value is not want]
                if want and not every:
                    turned = [part for part in turned if not _unmakes(part)] or turned
                return _joined(every, [self._turn(part, frame, want) for part in turned])
            case t.If() if node.kind is t.Kind.BOOL and trace.parts[0].value is not None:
                chosen = trace.parts[1 if trace.parts[0].value else 2]
                return self._turn(chosen, frame, want)
            case t.Quantifier(name, _, var, _) if trace.parts[1:]:
                every = (name == "all") is want
                return _joined(every, list(self._elements(trace, var, frame, want)))
            case t.Compare():
                return self._compare(trace, frame, want)
            case _:
                return self._plainly(node, want)

    def _elements(self, trace: Trace, var: str, frame: Frame, want: bool) -> Iterator[_Ways | str]:  # noqa: FBT001
        for body in [body for body in trace.parts[1:] if body.value is not want][:_MOST]:
            if not isinstance(body.element, Record) or isinstance(body.node, t.Quantifier):
                yield self._plainly(trace.node, want)
                return
            frame.bound[var] = body.element
            yield f"{self.words.record(body.element)}：{_said(self._turn(body, frame, want))}"

    def _plainly(self, node: t.Expr, want: bool) -> str:  # noqa: FBT001
        """A condition that has no nearest value, as it would have to be."""
        if want:
            return self.words.expr(node)
        if isinstance(node, t.Not):
            return self.words.expr(node.item)
        if isinstance(node, t.Compare):
            return self.words.expr(replace(node, op=_OPPOSITE[node.op]))
        return self.words.expr(t.Not(node))

    def _compare(self, trace: Trace, frame: Frame, want: bool) -> _Ways | str:  # noqa: FBT001
        node = trace.node
        if not isinstance(node, t.Compare) or node.op in ("==", "!="):
            return self._plainly(node, want)
        if self.words.reads_hidden(trace):
            return self._plainly(node, want)
        found = [*self._counted(trace, want), *self._moved(trace, frame, want)]
        return _joined(False, list(found[:_MOST])) if found else self._plainly(node, want)

    # lists: how many are wanting

    def _counted(self, trace: Trace, want: bool) -> Iterator[str]:  # noqa: FBT001
        """How far a size or sum on the left is from the last value that is lawful."""
        node, (left, right) = trace.node, trace.parts
        if not isinstance(node, t.Compare) or not isinstance(left.node, t.Size | t.Sum):
            return
        (lo, hi), (bound, other) = left.value, right.value
        if lo is None or lo != hi or bound is None or bound != other:
            return
        whole = t.Kind.NUMBER not in (left.node.kind, right.node.kind)
        strict = 1 if node.op in ("<", ">") and whole else 0
        least = node.op in (">", ">=")
        last = bound + strict if least else bound - strict
        unit, off = self.words.unit(left.node), plain(abs(last - lo))
        if want:
            word, said = ("至少应为", "还缺") if least else ("至多可为", "多了")
            said = f"{said}{off}{unit}"
        else:
            word, said = "至少要有" if least else "至多可到", f"还有{off}{unit}余地"
        yield f"{self.words.expr(left.node)}{word}{plain(last)}{unit}，{said}"

    # facts: moved until the answer turns

    def _moved(self, trace: Trace, frame: Frame, want: bool) -> Iterator[str]:  # noqa: FBT001
        truth = compile_expr(trace.node, self.world, Reading.PLAN)
        known = [v for part in trace.parts for v in part.value if isinstance(v, dt.date)]
        seen: set[tuple[int, str]] = set()
        for record, path, state in leaves(trace):
            if isinstance(state, Elements):
                continue
            if (id(record), path.field) in seen or self._given(path):
                continue
            seen.add((id(record), path.field))
            fact = _Fact(record, path, truth, frame)
            said = fact.sentence(want, [*known, self.world.as_of], self.words)
            if said:
                yield said

    def _given(self, path: t.Path) -> bool:
        """Whether a field is not one to change: of a key, of the year looked at, of the place."""
        record_type = self.world.schema.types[path.record]
        made = record_type.generated is not None
        return path.var == "place" or made or path.field in record_type.key


@dataclass(frozen=True, slots=True)
class _Fact:
    """One fact of a comparison, which can be moved."""

    record: Record
    path: t.Path
    truth: Callable[[Frame], Truth]
    frame: Frame

    def sentence(self, want: bool, starts: list[dt.date], words: Words) -> str:  # noqa: FBT001
        """The nearest value that gives `want`, in words; empty where none is found."""
        held: Any = self.record.values.get(self.path.field)
        if isinstance(held, Unknown):
            held = held.planned
        title = f"“{words.title(self.path.record, self.path.field)}”"
        if self.path.up:
            title = words.path(self.path)
        unit = words.unit(self.path)
        if type(held) is dt.date or (isinstance(held, int | Decimal) and held is not True):
            if self.with_(held) is not (not want):
                return ""
            value = self._nearest(held, want)
            return "" if value is None else _moved(title, unit, held, value, want=want)
        if self.path.kind is not t.Kind.DATE or not want:
            return ""
        return self._open(title, starts)

    def _open(self, title: str, starts: list[dt.date]) -> str:
        """Of a day that is not there: the last or the first that would do."""
        near = (day + dt.timedelta(days=n) for day in starts for n in (0, -1, 1))
        start = next((day for day in near if self.with_(day)), None)
        if start is None:
            return ""
        up, down = self._turned(start, 1, want=False), self._turned(start, -1, want=False)
        said = []
        if down is not None:
            said.append(f"最早应为{plain(_step(down, 1))}")
        if up is not None:
            said.append(f"最迟应为{plain(_step(up, -1))}")
        return f"{title}{'，'.join(said)}" if said else ""

    def with_(self, value: _Value) -> Truth:
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

    def _nearest(self, held: _Value, want: bool) -> _Value | None:  # noqa: FBT001
        found = [self._turned(held, sign, want=want) for sign in (1, -1)]
        turned = [value for value in found if value is not None]
        if len(turned) == 2 and abs(_apart(turned[1], held)) < abs(_apart(turned[0], held)):
            return turned[1]
        return turned[0] if turned else None

    def _turned(self, start: _Value, sign: int, *, want: bool) -> _Value | None:
        """The first value from `start` on that gives `want`: strides doubled, then halved."""

        def moved(steps: int) -> _Value | None:
            try:
                value = _step(start, sign * steps)
            except OverflowError:
                return None
            if not _below_nothing(value):
                return value
            return None if _below_nothing(start) else 0  # the stride went past the least there is

        def gives(steps: int) -> bool:
            value = moved(steps)
            return value is not None and self.with_(value) is want

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


def _unmakes(trace: Trace) -> bool:
    """Whether a condition asks that something which is there were not there."""
    node = trace.node
    return isinstance(node, t.Not) and isinstance(node.item, t.Has)


def _step(value: _Value, steps: int) -> _Value:
    if isinstance(value, dt.date):
        return value + dt.timedelta(days=steps)
    if isinstance(value, int):
        return value + steps
    return value + steps * (_FINEST if value % 1 else 1)


def _apart(one: Any, other: Any) -> Decimal:  # noqa: ANN401 - two of one kind
    """How much more `one` is: natural days between days."""
    difference: Any = one - other
    return Decimal(getattr(difference, "days", difference))


def _below_nothing(value: _Value) -> bool:
    return not isinstance(value, dt.date) and value < 0


def _moved(title: str, unit: str, held: _Value, value: _Value, *, want: bool) -> str:
    """The first value that does, or the last that still does, and how far off it is."""
    apart = _apart(value, held)
    later = apart > 0
    dated = isinstance(value, dt.date)
    if want:
        by = f"{plain(abs(apart))}{'日' if dated else unit}"
        if dated:
            said = (
                f"最早应为{plain(value)}，还差{by}"
                if later
                else f"最迟应为{plain(value)}，晚了{by}"
            )
        else:
            said = (
                f"至少应为{plain(value)}{unit}，还差{by}"
                if later
                else f"至多可为{plain(value)}{unit}，多了{by}"
            )
        return f"{title}{said}"
    last = _step(value, -1 if later else 1)
    left = f"还有{plain(abs(_apart(last, held)))}{'日' if dated else unit}余地"
    words = ("最迟可到", "最早可到") if dated else ("至多可到", "至少要有")
    return f"{title}{words[0 if later else 1]}{plain(last)}{'' if dated else unit}，{left}"


def _joined(every: bool, parts: list[_Ways | str]) -> _Ways | str:  # noqa: FBT001
    return parts[0] if len(parts) == 1 else _Ways(every, tuple(parts))


def _said(ways: _Ways | str) -> str:
    if isinstance(ways, str):
        return ways
    inner = [
        f"（{_said(part)}）" if isinstance(part, _Ways) and part.every is not ways.every
        else _said(part)
        for part in ways.parts[: _MOST * 2]
    ]  # fmt: skip
    return ("，并且" if ways.every else "；或者").join(dict.fromkeys(inner))
