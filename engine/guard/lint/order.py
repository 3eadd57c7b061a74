"""Pairs of events that a requirement compares, and what record types say of their order.

`b <= a + n` is met by a b before a. Whether b can lie before a is no matter of one requirement:
the record type says which event can't precede which (`order`), or that the law sets no order
between the two (`unordered`). A pair of which nothing is said is a pair nobody thought about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import reduce
from itertools import combinations, product
from typing import Final, TypeAlias

from engine.explaining.words import Words
from engine.guard.lint.complaint import Complaint
from engine.language import tree as t
from engine.model.errors import nearest
from engine.model.record_type import RecordType
from engine.model.schema import Schema
from engine.ruleset.local import is_local
from engine.ruleset.model import Ruleset

Event: TypeAlias = tuple[str, str]
"""A record type and one of its date fields."""

_DAYS: Final = (t.Kind.DATE, t.Kind.DATETIME)


def unsettled(ruleset: Ruleset) -> Iterator[Complaint]:
    """Pairs compared and not settled; orders that go in a circle, or are declined as well."""
    schema, words = ruleset.schema, Words(ruleset.schema)
    after = _after(schema)
    declined = {frozenset(pair) for _, pair in _pairs(schema, "unordered")}
    readers: defaultdict[frozenset[Event], set[str]] = defaultdict(set)
    for requirement in ruleset.requirements.values():
        for node in requirement.expressions():
            for pair in compared(node, schema):
                readers[pair].add(requirement.id)
    for pair, ids in readers.items():
        one, other = sorted(pair)
        if other in after[one] or one in after[other] or pair in declined:
            continue
        message = (
            f"{_shown(one, words)}与{_shown(other, words)}相比（{'、'.join(sorted(ids))}），"
            "没有写明先后：写进 order（哪个不能早于哪个）或者 unordered（为什么不分先后）"
        )
        if is_local(one[0]) or not all(map(is_local, ids)):
            yield Complaint(schema.file_of(*one), one[1], message)
        else:  # what ours say of it is not for a local folder to change
            own = f"；本地规则写在自己的 records/{one[0]}.yaml 的 unordered"
            yield Complaint(ruleset.file_of(min(ids)), "require", message + own)
    for record_type, (first, then) in _pairs(schema, "order"):
        place = schema.file_of(record_type.type)
        named = f"{_shown(first, words)}先于{_shown(then, words)}"
        if frozenset((first, then)) in declined:
            yield Complaint(place, "order", f"{named}，又写了不分先后，请删去一处")
        if first in after[then]:
            yield Complaint(place, "order", f"{named}，又绕回来写了反过来的先后，请删去一处")
    yield from _duties(ruleset)


def _duties(ruleset: Ruleset) -> Iterator[Complaint]:
    """Breaches left to a requirement that there isn't, or that judges other records."""
    for name, record_type in ruleset.schema.types.items():
        said = [("order", item.duty, item.why) for item in record_type.order]
        said += [("contradictions", item.duty, item.why) for item in record_type.contradictions]
        for key, duty, why in said:
            judged = ruleset.requirements.get(duty or "")
            if duty is not None and (judged is None or judged.subject != name):
                own = (r.id for r in ruleset.requirements.values() if r.subject == name)
                message = f"“{why}”写的 duty 须是判“{record_type.title}”的要求，不是“{duty}”"
                place = ruleset.schema.file_of(name)
                yield Complaint(place, key, message + nearest(duty, own))


def _shown(event: Event, words: Words) -> str:
    return f"“{words.title(*event)}”（{'.'.join(event)}）"


def _after(schema: Schema) -> Mapping[Event, set[Event]]:
    """For every event, those that can't precede it, directly or by a chain of orders."""
    following: defaultdict[Event, set[Event]] = defaultdict(set)
    for _, (first, then) in _pairs(schema, "order"):
        following[first].add(then)
    reached: defaultdict[Event, set[Event]] = defaultdict(set)
    for start in list(following):
        waiting = list(following[start])
        while waiting:
            event = waiting.pop()
            if event not in reached[start]:
                reached[start].add(event)
                waiting += following[event]
    return reached


def _pairs(schema: Schema, key: str) -> Iterator[tuple[RecordType, tuple[Event, Event]]]:
    """The pairs of events in `order` (the first first) or `unordered`, with who declares them."""
    for record_type in schema.types.values():
        for item in getattr(record_type, key):
            paths = item.fields if key == "unordered" else (item.first, item.then)
            one, other = (schema.holder(record_type, path) for path in paths)
            yield record_type, ((one[0].type, one[1]), (other[0].type, other[1]))


def compared(node: t.Expr, schema: Schema) -> Iterator[frozenset[Event]]:
    """Every two events between which `node` compares or counts, each pair as often as it does."""
    for part in t.walk(node):
        sides: tuple[t.Expr, ...]
        match part:
            case t.Compare(left=left, right=right):
                sides = (left, right)
            case t.Call(args=sides):
                pass
            case _:
                continue
        for one, other in combinations([_events(side, schema) for side in sides], 2):
            yield from (frozenset(pair) for pair in product(one, other) if pair[0] != pair[1])


def _events(node: t.Expr, schema: Schema) -> set[Event]:
    """The event fields that a day is made of; what a condition asks is looked at on its own."""
    match node:
        case _ if node.kind not in _DAYS:
            return set()
        case t.Path(record=record, field=field):
            return (
                {(record, field)} if schema.types[record].fields[field].time == "event" else set()
            )
        case t.If(then=then, other=other):
            return _events(then, schema) | _events(other, schema)
        case _:
            none: set[Event] = set()
            return reduce(set.union, (_events(part, schema) for part in t.children(node)), none)
