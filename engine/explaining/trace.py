"""Why an expression came out as it did: the value of every part, and what is missing.

Built for findings only: each part is evaluated anew by the reference, nothing is cut short.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from engine.judging.reference import Frame, Reading, ancestor, compile_expr, reader
from engine.language import tree as t
from engine.model.values import ABSENT, Absent, Cause, Elements, Record, State, Unknown
from engine.model.world import World


@dataclass(frozen=True, slots=True)
class Trace:
    """One part of an expression with its value, its own parts, and the record it was read from.

    `value` is a truth, an interval, a string or, of a list, its `Elements`. `element` is the
    list element that a body was evaluated for. `state` is what a field's record holds, as read.
    """

    node: t.Expr
    value: Any
    parts: tuple[Trace, ...] = ()
    record: Record | None = None
    element: Record | str | None = None
    state: State | Elements | None = None


_LISTS = (t.Kind.RECORDS, t.Kind.STRINGS)


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that an unknown truth waits for; `cause` is None where the ledger says 无.

    Without a record it is a parameter, or the working-day calendar.
    """

    record: Record | None
    field: str
    cause: Cause | None


class Tracer:
    """Evaluates parts of expressions in one world.

    `undecided` goes only into conditions that are unknown: enough to say what is missing.
    """

    def __init__(
        self, world: World, reading: Reading = Reading.JUDGE, *, undecided: bool = False
    ) -> None:
        self.world, self.reading, self.undecided = world, reading, undecided
        self._readers: dict[t.Path, Callable[[Record], State]] = {}

    def trace(self, node: t.Expr, frame: Frame) -> Trace:
        """The trace of `node` for the records bound in `frame`."""
        if isinstance(node, t.Path):
            return self._field(node, frame)
        if isinstance(node, t.Filter):
            return self._listing(node, frame)
        value = self._value(node, frame)
        if self.undecided and isinstance(node, _CONDITIONS) and value is not None:
            return Trace(node, value)
        match node:
            case (
                t.Quantifier(source=source, var=var, body=body)
                | t.Sum(source=source, var=var, body=body)
            ):
                listing = self.trace(source, frame)
                bodies = self._bodies(listing, var, body, frame)
                return Trace(node, value, (listing, *bodies))
            case _:
                parts = tuple(self.trace(part, frame) for part in t.children(node))
                return Trace(node, value, parts)

    def _value(self, node: t.Expr, frame: Frame) -> Any:  # noqa: ANN401 - by the node's kind
        return compile_expr(node, self.world, self.reading)(frame)

    def _field(self, node: t.Path, frame: Frame) -> Trace:
        record = self.world.place if node.var == "place" else frame.bound[node.var]
        record = ancestor(record, node)
        if node.kind in _LISTS:
            found = record.elements(node.field)
            return Trace(node, found, (), record, None, found)
        if node not in self._readers:
            self._readers[node] = reader(self.world, node, self.reading)
        state = self._readers[node](record)
        return Trace(node, self._value(node, frame), (), record, None, state)

    def _listing(self, node: t.Filter, frame: Frame) -> Trace:
        source = self.trace(node.source, frame)
        bodies = tuple(self._bodies(source, node.var, node.body, frame))
        kept = tuple(body.element for body in bodies if body.value is not False)
        value = Elements(kept, closed=source.value.closed, cause=source.value.cause)  # type: ignore[arg-type]
        return Trace(node, value, (source, *bodies))

    def _bodies(self, listing: Trace, var: str, body: t.Expr, frame: Frame) -> Iterator[Trace]:
        for element in listing.value.items:
            frame.bound[var] = element
            inner = self.trace(body, frame)
            yield dataclasses.replace(inner, element=element)


_CONDITIONS = (t.And, t.Or, t.Not, t.Named, t.Compare, t.In, t.Has, t.Quantifier)
"""What is not gone into once it is decided."""


def missing(trace: Trace) -> list[Missing]:
    """The facts that an unknown truth or value waits for, each once, in reading order."""
    return list(dict.fromkeys(_missing(trace)))


def _missing(trace: Trace) -> Iterator[Missing]:
    """What is missing below a part that is not decided."""
    if isinstance(trace.node, _CONDITIONS) and trace.value is not None:
        return
    match trace.node:
        case t.And() | t.Or():
            for part in trace.parts:
                if part.value is None:
                    yield from _missing(part)
        case t.Not() | t.Named() | t.Has():
            yield from _missing(trace.parts[0])
        case t.If():
            test, then, other = trace.parts
            chosen = test if test.value is None else (then if test.value else other)
            yield from _missing(chosen)
        case t.Path() as path:
            yield from _missing_field(trace, path)
        case t.Filter() | t.Quantifier() | t.Sum():
            yield from _missing_list(trace)
        case t.Param(name):
            if trace.value[0] is None:
                yield Missing(None, name, Cause.PARAMETER)
        case _:
            yield from _missing_value(trace)


def _missing_field(trace: Trace, path: t.Path) -> Iterator[Missing]:
    state = trace.state
    if isinstance(state, Elements):
        if not state.closed:
            yield Missing(trace.record, path.field, state.cause)
    elif isinstance(state, Absent):
        yield Missing(trace.record, path.field, None)
    elif isinstance(state, Unknown):
        yield Missing(trace.record, path.field, state.cause)


def _missing_list(trace: Trace) -> Iterator[Missing]:
    listing, *bodies = trace.parts
    yield from _missing(listing)
    summed = isinstance(trace.node, t.Sum)
    for body in bodies:
        if summed or body.value is None:
            yield from _missing(body)


def _missing_value(trace: Trace) -> Iterator[Missing]:
    """Below a comparison or computation: every operand that is not known."""
    found = [gap for part in trace.parts for gap in _missing(part)]
    yield from found
    on_calendar = isinstance(trace.node, t.Call) and trace.node.name in (
        "workdays",
        "add_workdays",
        "deadline",
    )
    if on_calendar and not found and None in trace.value:
        yield Missing(None, "calendar", Cause.CALENDAR)


def waits_for_blanks(trace: Trace, evidence: frozenset[tuple[str, str]]) -> bool:
    """Whether an unknown truth waits for nothing but blanks in fields named as evidence."""
    gaps = missing(trace)
    return bool(gaps) and all(
        gap.cause is Cause.BLANK
        and gap.record is not None
        and (gap.record.type, gap.field) in evidence
        for gap in gaps
    )


def reads(trace: Trace) -> Iterator[tuple[Record, t.Path, State | Elements]]:
    """Every field that was read, with its record and state; what decided comes first."""
    if isinstance(trace.node, t.Path) and trace.record is not None and trace.state is not None:
        yield trace.record, trace.node, trace.state
    parts = trace.parts
    if isinstance(trace.node, (t.And, t.Or)):
        parts = tuple(sorted(parts, key=lambda part: part.value is not trace.value))
    for part in parts:
        yield from reads(part)


def is_absent(state: State | Elements) -> bool:
    """Whether the ledger says that there is none."""
    return state is ABSENT or (isinstance(state, Elements) and state.absent)
