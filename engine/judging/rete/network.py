"""Rules packed into chunks small enough for durable_rules, proven so before a fact is sent.

durable_rules walks a tree of conditions with a stack of 64 entries; a fact that would need more
is lost. Rules share their leading conditions in that tree, so the same tree is built here and
the most that any fact could put on the stack is computed from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias, assert_never

from engine.judging.rete.formula import Clause, Condition
from engine.model.errors import InvalidRulesetError

MOST_MATCHES: Final = 60
"""Conditions, and rules, that one fact may match in one chunk; beyond 64 a fact is lost."""

MOST_RULES: Final = 400
"""Rules per chunk, the catch-all included."""

MOST_FIELDS: Final = 240
"""Fields per fact; with more than 252 a fact and all after it are lost."""

Order: TypeAlias = Callable[[Clause], tuple[Condition, ...]]
"""The order in which a clause's conditions are tested."""

_OPERATORS: Final = {"<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte"}


@dataclass(slots=True)
class _Node:
    """A condition of the tree: what comes next, and whether a rule ends here."""

    next: dict[tuple[str, Condition | None], _Node] = field(default_factory=dict)
    ends: bool = False
    most: tuple[int, int] | None = None


@dataclass(slots=True)
class Chunk:
    """Rules that are matched together: each a distinct clause, with its conditions in order."""

    clauses: dict[Clause, tuple[Condition, ...]] = field(default_factory=dict)
    fields: set[str] = field(default_factory=set)
    root: _Node = field(default_factory=_Node)

    def add(self, clause: Clause, order: tuple[Condition, ...]) -> None:
        """Take one more rule."""
        self.clauses[clause] = order
        self.fields.update(condition.field for condition in order)
        node = self.root
        node.most = None
        for key in _path(order):
            node = node.next.setdefault(key, _Node())
            node.most = None
        node.ends = True

    def fits(self) -> bool:
        """Whether no fact can match more than durable_rules can hold."""
        return (
            len(self.clauses) < MOST_RULES
            and len(self.fields) <= MOST_FIELDS
            and max(_most(self.root)) < MOST_MATCHES
        )

    def patterns(self) -> list[list[dict[str, Any]]]:
        """The rules in durable_rules' JSON: each measure's presence, then its conditions."""
        return [[_json(key) for key in _path(order)] for order in self.clauses.values()]


@dataclass(slots=True)
class Packing:
    """Chunks, and for every clause the chunk it stands in and its number there."""

    chunks: list[Chunk] = field(default_factory=list)
    places: dict[Clause, tuple[int, int]] = field(default_factory=dict)

    def place(self, name: str, clauses: Sequence[Clause], order: Order) -> None:
        """Find room for the clauses of one formula; each clause is matched once, however used."""
        new = [clause for clause in dict.fromkeys(clauses) if clause not in self.places]
        if self._taken(new, order):
            return
        self.chunks.append(Chunk())
        for clause in new:
            if self._taken([clause], order):
                continue
            self.chunks.append(Chunk())
            if not self._taken([clause], order):
                raise InvalidRulesetError("一项条件过长，匹配引擎无法处理，请拆分", key=name)

    def _taken(self, clauses: Sequence[Clause], order: Order) -> bool:
        """Whether the last chunk takes all of `clauses`; it takes all or none."""
        if not clauses:
            return True
        if not self.chunks:
            return False
        chunk = self.chunks[-1]
        held = dict(chunk.clauses)
        for clause in clauses:
            chunk.add(clause, order(clause))
        if not chunk.fits():
            self.chunks[-1] = again = Chunk()
            for clause, conditions in held.items():
                again.add(clause, conditions)
            return False
        for clause in clauses:
            number = len(held)
            held[clause] = chunk.clauses[clause]
            self.places[clause] = (len(self.chunks) - 1, number)
        return True


def pack(formulas: Iterable[tuple[str, Sequence[Clause]]]) -> Packing:
    """Chunks for all clauses of `formulas`, each given with the name of what it judges.

    Raises `InvalidRulesetError` for a clause that no chunk can hold.
    """
    formulas = list(formulas)
    often = Counter(c.field for _, clauses in formulas for clause in clauses for c in clause)

    def order(clause: Clause) -> tuple[Condition, ...]:
        # What many rules ask comes first, so that they share it.
        return tuple(sorted(clause, key=lambda c: (-often[c.field], c)))

    packing = Packing()
    for name, clauses in formulas:
        packing.place(name, clauses, order)
    return packing


def _most(node: _Node) -> tuple[int, int]:
    """The most stack entries and the most rules that any fact could need below `node`."""
    if node.most is None:
        node.most = _added_up(node)
    return node.most


def _added_up(node: _Node) -> tuple[int, int]:
    matched, fired, deepest = 0, int(node.ends), 0
    conditions: dict[str, list[tuple[Condition, int]]] = {}
    for (name, condition), child in node.next.items():
        stack, rules = _most(child)
        deepest = max(deepest, stack)
        if condition is None:
            matched += 1
            fired += rules
        else:
            conditions.setdefault(name, []).append((condition, rules))
    for on_field in conditions.values():
        held, rules = _at_once(on_field)
        matched, fired = matched + held, fired + rules
    return max(matched, matched - 1 + deepest), fired


def _at_once(on_field: Sequence[tuple[Condition, int]]) -> tuple[int, int]:
    """The most conditions on one field that a value can meet, and the most rules behind them."""
    held = fired = 0
    changes: dict[int, tuple[int, int]] = {}
    for condition, rules in on_field:
        lo, hi = _values(condition)
        if lo is None:
            held, fired = held + 1, fired + rules
        else:
            more, behind = changes.get(lo, (0, 0))
            changes[lo] = more + 1, behind + rules
        if hi is not None:
            more, behind = changes.get(hi + 1, (0, 0))
            changes[hi + 1] = more - 1, behind - rules
    most = held, fired
    for _, (more, behind) in sorted(changes.items()):
        held, fired = held + more, fired + behind
        most = max(most[0], held), max(most[1], fired)
    return most


def _values(condition: Condition) -> tuple[int | None, int | None]:
    """The least and the greatest number that meet a condition; None where there is no such."""
    match condition.op:
        case "==":
            return condition.value, condition.value
        case "<":
            return None, condition.value - 1
        case "<=":
            return None, condition.value
        case ">":
            return condition.value + 1, None
        case ">=":
            return condition.value, None
        case _:
            assert_never(condition.op)


def _path(order: Sequence[Condition]) -> Iterator[tuple[str, Condition | None]]:
    """The keys of the tree: before the first condition on a field, that the field is there."""
    guarded = set()
    for condition in order:
        if condition.field not in guarded:
            guarded.add(condition.field)
            yield condition.field, None
        yield condition.field, condition


def _json(key: tuple[str, Condition | None]) -> dict[str, Any]:
    name, condition = key
    if condition is None:
        return {"$ex": {name: 1}}
    if condition.op == "==":
        return {name: condition.value}
    return {_OPERATORS[condition.op]: {name: condition.value}}
