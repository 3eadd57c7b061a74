"""Why an expression came out as it did: the value of every part.

Built for findings only: each part is evaluated anew by the reference, nothing is cut short.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engine.judging.reference import Frame, Reading, compile_expr, fact
from engine.language import tree as t
from engine.model.values import ABSENT, Elements, Record, State
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


class Tracer:
    """Evaluates every part of an expression, by one reading in one world."""

    def __init__(self, world: World, reading: Reading = Reading.JUDGE) -> None:
        self.world, self.reading = world, reading

    def trace(self, node: t.Expr, frame: Frame) -> Trace:
        """The trace of `node` for the records bound in `frame`."""
        if isinstance(node, t.Path):
            return self._field(node, frame)
        if isinstance(node, t.Filter):
            return self._listing(node, frame)
        value = self._value(node, frame)
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
        record, state = fact(node, frame, self.world, self.reading)
        value = state if isinstance(state, Elements) else self._value(node, frame)
        return Trace(node, value, (), record, None, state)

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


def reads(trace: Trace) -> Iterator[tuple[Record, t.Path, State | Elements]]:
    """Every field that was read, with its record and state; what decided comes first."""
    if isinstance(trace.node, t.Path) and trace.record is not None and trace.state is not None:
        yield trace.record, trace.node, trace.state
    parts = trace.parts
    if isinstance(trace.node, (t.And, t.Or)):
        parts = tuple(sorted(parts, key=lambda part: part.value is not trace.value))
    for part in parts:
        yield from reads(part)


def deciding(trace: Trace) -> Iterator[tuple[Record, t.Path]]:
    """The fields by which a truth came out as it did: another value there might turn it."""
    if isinstance(trace.node, t.Path) and trace.record is not None:
        yield trace.record, trace.node
    parts = trace.parts
    match trace.node:
        case t.And() | t.Or():
            parts = tuple(part for part in parts if part.value is trace.value)
        case t.If():
            test, then, other = parts
            parts = (test,) if test.value is None else (test, then if test.value else other)
        case t.Quantifier():
            listing, *bodies = parts
            parts = tuple(body for body in bodies if body.value is trace.value) or (listing,)
        case _:
            pass
    for part in parts:
        yield from deciding(part)


def leaves(
    trace: Trace, *, within: bool = False
) -> Iterator[tuple[Record, t.Path, State | Elements]]:
    """The fields read in reading order, without those of list elements unless asked for."""
    if isinstance(trace.node, t.Path) and trace.record is not None and trace.state is not None:
        yield trace.record, trace.node, trace.state
    for part in trace.parts:
        if within or part.element is None:
            yield from leaves(part, within=within)


def is_absent(state: State | Elements) -> bool:
    """Whether the ledger says that there is none."""
    return state is ABSENT or (isinstance(state, Elements) and state.absent)
