"""What an undecided expression waits for: the facts that keep it unknown.

It decides 佐证不足, and explanations name what it finds. Every part is evaluated by the reference.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from engine.judging.reference import Frame, Reading, compile_expr, fact
from engine.language import tree as t
from engine.language.vocabulary import MANUAL
from engine.model.values import UNEVIDENCED, Absent, Cause, Elements, Record, Unknown
from engine.model.world import World

_CONDITIONS: Final = (t.And, t.Or, t.Not, t.Named, t.Compare, t.In, t.Has, t.Quantifier)
"""What waits for nothing once it is decided."""

ON_CALENDAR: Final = ("workdays", "add_workdays", "deadline")
"""Functions that ask for the working days of a year."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that an unknown truth waits for; `cause` is None where the ledger says 无.

    Without a record it is a parameter, or the working-day calendar.
    """

    record: Record | None
    field: str
    cause: Cause | None


def missing(
    node: t.Expr, frame: Frame, world: World, reading: Reading = Reading.JUDGE
) -> list[Missing]:
    """The facts that an unknown truth or value waits for, each once, in reading order.

    Raises `BudgetExceededError`.
    """
    return list(dict.fromkeys(_Search(world, reading).below(node, frame)))


def to_supply(gap: Missing) -> Missing:
    """The fact that would settle a gap: of a list that waits for a field, that field.

    Its place is `record.source_of(field)`: the very cell, the sheet of a column that isn't there.
    """
    held = None if gap.record is None else gap.record.values.get(gap.field)
    if not isinstance(held, Elements) or held.closed or held.waits is None:
        return gap
    record, field = held.waits
    state = record.scalar(field)
    return Missing(record, field, state.cause if isinstance(state, Unknown) else gap.cause)


def waits_for_blanks(
    node: t.Expr, frame: Frame, world: World, evidence: frozenset[tuple[str, str]]
) -> bool:
    """Whether an unknown truth waits for nothing but blanks in fields named as evidence.

    Raises `BudgetExceededError`.
    """
    found = missing(node, frame, world)
    return bool(found) and all(
        gap.cause in UNEVIDENCED
        and gap.record is not None
        and (gap.record.type, gap.field) in evidence
        for gap in found
    )


@dataclass(frozen=True, slots=True)
class _Search:
    world: World
    reading: Reading

    def value(self, node: t.Expr, frame: Frame) -> Any:  # noqa: ANN401 - by the node's kind
        return compile_expr(node, self.world, self.reading)(frame)

    def below(self, node: t.Expr, frame: Frame) -> Iterator[Missing]:
        """What is missing in a part, where that is not decided."""
        if isinstance(node, _CONDITIONS) and self.value(node, frame) is not None:
            return
        match node:
            case t.And(items) | t.Or(items):
                for item in items:
                    if self.value(item, frame) is None:
                        yield from self.below(item, frame)
            case t.If(test, then, other):
                truth = self.value(test, frame)
                chosen = test if truth is None else (then if truth else other)
                yield from self.below(chosen, frame)
            case t.Path():
                yield from self._field(node, frame)
            case t.Filter(source, var, body) | t.Quantifier(_, source, var, body):
                yield from self.below(source, frame)
                for element in self._elements(source, frame):
                    frame.bound[var] = element
                    if self.value(body, frame) is None:
                        yield from self.below(body, frame)
            case t.Sum(source, var, body):
                yield from self.below(source, frame)
                for element in self._elements(source, frame):
                    frame.bound[var] = element
                    yield from self.below(body, frame)
            case t.Param(name):
                if self.value(node, frame)[0] is None:
                    yield Missing(None, name, Cause.PARAMETER)
            case _:
                yield from self._operands(node, frame)

    def _field(self, path: t.Path, frame: Frame) -> Iterator[Missing]:
        record, state = fact(path, frame, self.world, self.reading)
        if isinstance(state, Elements):
            if not state.closed:
                yield Missing(record, path.field, state.cause)
        elif isinstance(state, Absent):
            # No ledger says 无 of an answer that it is too early to give.
            early = path.field.startswith(MANUAL)
            yield Missing(record, path.field, Cause.NEEDS_PERSON if early else None)
        elif isinstance(state, Unknown):
            yield Missing(record, path.field, state.cause)

    def _elements(self, source: t.ListExpr, frame: Frame) -> Sequence[Any]:
        """The elements of a list; of a filter those that may belong to it."""
        if isinstance(source, t.Path):
            return cast("Elements", fact(source, frame, self.world, self.reading)[1]).items
        kept = []
        for element in self._elements(source.source, frame):
            frame.bound[source.var] = element
            if self.value(source.body, frame) is not False:
                kept.append(element)
        return kept

    def _operands(self, node: t.Expr, frame: Frame) -> Iterator[Missing]:
        """Every operand of a comparison or computation that is not known."""
        found = [gap for part in t.children(node) for gap in self.below(part, frame)]
        yield from found
        counts = isinstance(node, t.Call) and node.name in ON_CALENDAR
        if counts and not found and None in self.value(node, frame):
            yield Missing(None, "calendar", Cause.CALENDAR)
