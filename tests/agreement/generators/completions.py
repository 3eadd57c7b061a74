"""What may yet turn out of facts that are unknown and of lists that are open."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from math import prod
from typing import Any

from engine.language import tree as t
from engine.model.field import FieldKind, FieldType
from engine.model.values import ABSENT, NO_COLUMN, OPEN_EMPTY, Elements, Record, Unknown
from engine.ruleset.model import Requirement
from tests.agreement.generators.records import RecordDice
from tests.agreement.generators.ties import Field

MOST = 40
"""Completions tried of one record: all there are, or so many of them."""


def read_by(requirement: Requirement) -> set[Field]:
    """Every field and list that the outcome of a requirement may depend on."""
    trees = [requirement.act_on, *(e for text in requirement.texts for e in text.expressions())]
    return {
        (node.record, node.field)
        for tree in trees
        for node in t.walk(tree)
        if isinstance(node, t.Path)
    }


@dataclass(frozen=True)
class Gap:
    """One fact that is unknown or list that is open, and the ends it may have."""

    record: Record
    field: str
    ends: tuple[Any, ...]


def gaps(
    record: Record, reads: set[Field], dice: RecordDice, assumed: Collection[Field]
) -> list[Gap]:
    """What is open about a record, its parents and elements, of what is read.

    The planned day of a field in `assumed` is not: it is taken to come as planned.
    """
    found: list[Gap] = []
    for each in _reached(record):
        record_type = dice.schema.types[each.type]
        for place, name in sorted(reads):
            if place != each.type:
                continue
            spec = record_type.fields.get(name)
            if spec is not None and spec.type is not FieldKind.SET:
                value = each.values.get(name, NO_COLUMN)
                taken = isinstance(value, Unknown) and value.planned and (place, name) in assumed
                if isinstance(value, Unknown) and not taken:
                    found.append(Gap(each, name, tuple(_ends(each, name, spec, value, dice))))
            elif spec is not None or record_type.list_target(name) is not None:
                elements = each.values.get(name, OPEN_EMPTY)
                if not isinstance(elements, Elements):
                    elements = Elements(closed=elements is ABSENT)
                if not elements.closed:
                    found.append(Gap(each, name, tuple(_lists(each, name, elements, dice))))
    return found


def _reached(record: Record) -> Iterator[Record]:
    """The record, what it is nested in, and what it lists, each once."""
    waiting, seen = [record], set()
    while waiting:
        each = waiting.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        if each.parent is not None:
            waiting.append(each.parent)
        for value in each.values.values():
            if isinstance(value, Elements):
                waiting += [item for item in value.items if isinstance(item, Record)]


def _ends(
    record: Record, name: str, spec: FieldType, value: Unknown, dice: RecordDice
) -> Iterator[Any]:
    """Values at both ends of what is possible, at thresholds, and none at all."""
    bounded = value.lo is not None or value.hi is not None
    if bounded:
        low = value.lo if value.lo is not None else value.hi
        high = value.hi if value.hi is not None else value.lo
        ends: Iterable[Any] = (low, high)
    elif spec.type is FieldKind.BOOL:
        ends = (True, False)
    elif spec.type is FieldKind.ENUM:
        ends = (*spec.values, ABSENT)
    else:
        known = (_readable(dice.known_value(record, name)) for _ in range(2))
        ends = (*known, ABSENT)
    for end in ends:
        # What lies ahead has not happened: it is as unknown as before.
        day = end.date() if isinstance(end, dt.datetime) else end
        ahead = spec.time == "event" and isinstance(day, dt.date) and day > dice.as_of
        yield value if ahead else end


def _lists(record: Record, name: str, found: Elements, dice: RecordDice) -> Iterator[Elements]:
    """Closed as it stands, and with one or two further elements."""
    yield Elements(found.items, closed=True)
    for count in (1, 2):
        further = dice.further(record, name, count)
        for each in further:
            if isinstance(each, Record):
                each.values.update({k: _readable(value) for k, value in each.values.items()})
        yield Elements((*found.items, *further), closed=True)


def _readable(value: Any) -> Any:  # noqa: ANN401 - the state of any field
    """The value as a ledger holds it: sums rest on numbers that are not negative.

    Nor is it so large that a sum outgrows what is reckoned with, and is unknown again.
    """
    number = isinstance(value, (int, Decimal)) and not isinstance(value, bool)
    return min(abs(value), 10**8) if number else value


@contextmanager
def _filled(chosen: Iterable[tuple[Gap, Any]]) -> Iterator[None]:
    before = []
    for gap, end in chosen:
        before.append((gap, gap.record.values.get(gap.field)))
        gap.record.values[gap.field] = end
    try:
        yield
    finally:
        for gap, value in reversed(before):
            if value is None:
                del gap.record.values[gap.field]
            else:
                gap.record.values[gap.field] = value


def completions(
    record: Record, reads: set[Field], dice: RecordDice, assumed: Collection[Field]
) -> Iterator[str]:
    """Complete the record in every way, or in many, one after another; yields in words how.

    While one is looked at, the record holds it; afterwards it is as it was.
    """
    open_ends = gaps(record, reads, dice, assumed)
    ways: Iterable[tuple[Any, ...]]
    if prod(len(gap.ends) for gap in open_ends) <= MOST:
        ways = itertools.product(*(gap.ends for gap in open_ends))
    else:
        ways = (tuple(dice.dice.choice(gap.ends) for gap in open_ends) for _ in range(MOST))
    for way in ways:
        with _filled(zip(open_ends, way, strict=True)):
            yield "、".join(f"{g.field}={end!r}" for g, end in zip(open_ends, way, strict=True))
