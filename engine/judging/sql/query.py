"""From scopes to a query: named steps, each over the one before.

Columns are computed in stages, so that a value used twice is written and computed once. A stage
passes on only what a later one reads: planning takes time for every column of every stage. Steps
stand side by side, not one within the other: the parsers of some databases go only so deep.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlglot import exp

from engine.judging.sql import nodes as n
from engine.judging.sql.scope import Held, Join, Scope

_DEEP: Final = 5
"""Values within values, beyond which one becomes a column: SQLite's parser keeps a hundred
symbols at a time."""


def query(scope: Scope, wanted: Sequence[exp.Expression]) -> exp.Select:
    """The wanted columns of every row of a scope, in the order of the rows' keys."""
    steps = _Steps()
    rows = steps.rows(scope, wanted)
    return exp.Select(
        expressions=[n.alias(value, f"o{i}") for i, value in enumerate(wanted)],
        order=exp.Order(expressions=[exp.Ordered(this=n.column("k0"))]),
        with_=exp.With(expressions=steps.made),
    ).from_(n.table(rows), copy=False)


@dataclass(slots=True)
class _Stage:
    """A query over the one before: what it passes on, what it computes, what it joins."""

    kept: list[Held] = field(default_factory=list)
    fresh: list[Held] = field(default_factory=list)
    joins: list[Join] = field(default_factory=list)


@dataclass(slots=True)
class _Steps:
    """The steps written so far."""

    made: list[exp.CTE] = field(default_factory=list)

    def _step(self, select: exp.Select) -> str:
        name = f"step {len(self.made) + 1}"
        self.made.append(exp.CTE(this=select, alias=exp.TableAlias(this=n.name(name))))
        return name

    def rows(self, scope: Scope, wanted: Sequence[exp.Expression]) -> str:
        """The step that has a scope's rows: their keys and the columns `wanted` is made of."""
        first_stage, *stages = _stages(scope, wanted)
        aggregates: dict[Scope, list[exp.Expression]] = {}
        for held in first_stage.fresh:
            if held.aggregate is not None:
                child, aggregate = held.aggregate
                aggregates.setdefault(child, []).append(aggregate)
        table, *joins = scope.joins.values()
        groups = [self._grouped(scope, child, found) for child, found in aggregates.items()]
        step = self._step(
            exp.Select(
                expressions=[
                    *(n.alias(key, f"k{i}") for i, key in enumerate(scope.keys)),
                    *(n.alias(held.value, held.name) for held in first_stage.fresh),
                ],
                joins=[*map(_joined, joins), *groups],
            ).from_(n.table(table.table, table.alias), copy=False)
        )
        keys = [n.column(f"k{i}") for i in range(len(scope.keys))]
        for stage in stages:
            select = exp.Select(
                expressions=[
                    *keys,
                    *(n.column(held.name) for held in stage.kept),
                    *(n.alias(held.value, held.name) for held in stage.fresh),
                ],
                joins=[_joined(join) for join in stage.joins],
            )
            step = self._step(select.from_(n.table(step), copy=False))
        return step

    def _grouped(self, scope: Scope, child: Scope, aggregates: list[exp.Expression]) -> exp.Join:
        """What is gathered from a child's rows, joined to the rows of its parent."""
        rows = self.rows(child, aggregates)
        keys = [n.column(f"k{i}") for i in range(len(scope.keys))]
        grouped = exp.Select(
            expressions=[*keys, *aggregates],
            group=exp.Group(expressions=keys),
        )
        step = self._step(grouped.from_(n.table(rows), copy=False))
        same = (n.compare("==", n.column(f"k{i}", step), key) for i, key in enumerate(scope.keys))
        return exp.Join(this=n.table(step), side="LEFT", on=n.both(*same))


def _stages(scope: Scope, wanted: Sequence[exp.Expression]) -> list[_Stage]:
    """The columns `wanted` is made of, each in the first stage that has what it needs.

    A value that is used once stays where it is used, unless it is deep; others become columns.
    """
    wanted_parts = [part for value in wanted for part in scope.parts(value)]
    uses: Counter[Held] = Counter()
    order: list[Held] = []
    _count(wanted_parts, uses, order)
    made_of: dict[Held, set[Held]] = {}
    depth: dict[Held, int] = {}
    at: dict[Held, int] = {}
    until: dict[Held, int] = {}
    for held in order:
        inputs = _inputs(held.parts, made_of)
        depth[held] = 1 + max((depth[part] for part in held.parts), default=0)
        if held.base or held.join is not None or uses[held] > 1 or depth[held] > _DEEP:
            depth[held] = 0
            held.brackets.set("this", n.column(held.name))
            at[held] = 0 if held.base else 1 + max((at[part] for part in inputs), default=0)
            until.update((part, max(until.get(part, 0), at[held])) for part in inputs)
        else:
            made_of[held] = inputs
    stages = [_Stage() for _ in range(1 + max(at.values(), default=0))]
    until.update((part, len(stages)) for part in _inputs(wanted_parts, made_of))
    for held, number in at.items():
        stages[number].fresh.append(held)
        if held.join is not None and held.join not in stages[number].joins:
            stages[number].joins.append(held.join)
        for stage in stages[number + 1 : until[held]]:
            stage.kept.append(held)
    return stages


def _count(parts: Iterable[Held], uses: Counter[Held], order: list[Held]) -> None:
    """Count the uses of values and of all they are made of; `order` has each after its parts."""
    for part in parts:
        uses[part] += 1
        if uses[part] == 1:
            _count(part.parts, uses, order)
            order.append(part)


def _inputs(parts: Iterable[Held], made_of: Mapping[Held, set[Held]]) -> set[Held]:
    """The columns that values are computed from; `made_of`: those of what is no column."""
    found: set[Held] = set()
    for part in parts:
        found |= made_of.get(part) or ({part} if part not in made_of else set())
    return found


def _joined(join: Join) -> exp.Join:
    # An edge has its item, so only a parent can be missing; an element's row must not be lost.
    side = None if join.alias.startswith("edge") else "LEFT"
    return exp.Join(this=n.table(join.table, join.alias), side=side, on=join.on)
