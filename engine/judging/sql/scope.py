"""A scope: the rows an expression is computed for, and the columns computed so far.

The root scope has a row per subject. A macro over a list opens a child scope with a row per
element; what the macro yields is aggregated and joined back by the outer row's key. No query is
correlated: DuckDB would turn it into a join of its own choosing, at worst with every pair.

Columns are computed in stages, each a query over the one before, so that a value used twice is
written and computed once. A stage passes on only what a later one reads: the database's planning
takes time for every column of every stage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from sqlglot import exp

from engine.judging.sql import nodes as n
from engine.judging.sql.tables import EDGE, ID, ITEM, OWNER, PARENT, edges
from engine.language import tree as t
from engine.language.canonical import variable
from engine.model.schema import Schema

_PLACE: Final = "place"


@dataclass(frozen=True, slots=True)
class _Join:
    table: str
    alias: str
    on: exp.Expression | None


@dataclass(frozen=True, slots=True)
class _Bound:
    """What a variable stands for: a row of a type's table, or (without type) a string."""

    type: str | None
    alias: str
    number: exp.Expression


@dataclass(eq=False, slots=True)
class _Group:
    """What is gathered from a child's rows for each row of its parent."""

    child: Scope
    aggregates: list[exp.Expression] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class _Held:
    """A value in brackets, and what it is called where it becomes a column.

    `join`: where the value is looked up; `base`: read from the rows as they are first joined.
    `parts` are the values that must have been computed before.
    """

    brackets: exp.Paren
    name: str
    value: exp.Expression
    parts: list[_Held]
    join: _Join | None = None
    base: bool = False
    aggregate: tuple[Scope, exp.Expression] | None = None


@dataclass(slots=True)
class _Stage:
    """A query over the one before: what it passes on, what it computes, what it joins."""

    kept: list[_Held] = field(default_factory=list)
    fresh: list[_Held] = field(default_factory=list)
    joins: list[_Join] = field(default_factory=list)


class Scope:
    """The rows for which every variable in sight has one value."""

    def __init__(
        self,
        schema: Schema,
        subject: str,
        place: int,
        steps: Sequence[t.Path] = (),
        serial: count[int] | None = None,
    ) -> None:
        self.schema, self.subject, self.place, self.steps = schema, subject, place, tuple(steps)
        self._serial = count(1) if serial is None else serial
        self._bound = {subject: _Bound(subject, "subject", n.column(ID, "subject"))}
        self._joins: dict[str, _Join] = {"subject": _Join(subject, "subject", None)}
        self._keys = [n.column(ID, "subject")]
        self._held: dict[int, _Held] = {}
        self._read: dict[tuple[str, str], exp.Expression] = {}
        self._children: dict[t.Path, Scope] = {}
        for depth, step in enumerate(self.steps):
            self._enter(step, depth)

    def _enter(self, step: t.Path, depth: int) -> None:
        alias = f"edge{depth}"
        on = n.compare("==", n.column(OWNER, alias), self._number(step.var, step.up))
        self._joins[alias] = _Join(edges((step.record, step.field)), alias, on)
        self._keys.append(n.column(EDGE, alias))
        item = n.column(ITEM, alias)
        self._bound[variable(depth)] = _Bound(step.target, f"item{depth}", item)

    # rows

    def _number(self, var: str, up: int) -> exp.Expression:
        """The row number of a record: of the one bound to `var`, or of an ancestor."""
        if var == _PLACE:
            return n.integer(self.place)
        return self._bound[var].number if not up else n.column(PARENT, self._row(var, up - 1))

    def _row(self, var: str, up: int) -> str:
        """The alias of a record's table, joined when first asked for."""
        if var == _PLACE:
            kind, alias = _PLACE, "the place"
        else:
            bound = self._bound[var]
            kind = bound.type or ""
            for _ in range(up):
                kind = self.schema.types[kind].parent or ""
            alias = f"{bound.alias} up {up}" if up else bound.alias
        if alias not in self._joins:
            on = n.compare("==", n.column(ID, alias), self._number(var, up))
            self._joins[alias] = _Join(kind, alias, on)
        return alias

    # columns

    def read(self, path: t.Path, suffix: str = "") -> exp.Expression:
        """A column of the record that `path` reads; NULL where there is no such record."""
        alias = self._row(path.var, path.up)
        return self._base(alias, path.field + suffix)

    def element(self, var: str) -> exp.Expression:
        """The string bound to `var`."""
        number = self._bound[var].number
        return self._base(number.text("table"), ITEM)

    def _base(self, alias: str, name: str) -> exp.Expression:
        if (alias, name) not in self._read:
            held = self._hold(n.column(name, alias), [])
            held.base = True
            self._read[alias, name] = held.brackets
        return self._read[alias, name]

    def _hold(self, value: exp.Expression, parts: list[_Held]) -> _Held:
        """`value` in brackets; what stands in them is settled when the query is written."""
        held = _Held(exp.Paren(this=value), f"c{next(self._serial)}", value, parts)
        self._held[id(held.brackets)] = held
        return held

    def _parts(self, value: exp.Expression) -> list[_Held]:
        """What is held directly within `value`, as often as it stands there."""
        found = value.dfs(prune=lambda node: id(node) in self._held)
        return [self._held[id(node)] for node in found if id(node) in self._held]

    def let(self, value: exp.Expression) -> exp.Expression:
        """`value`, which is then computed once however often it is used."""
        constant = isinstance(value, exp.Cast) and isinstance(value.this, (exp.Literal, exp.Null))
        if constant or id(value) in self._held or isinstance(value, (exp.Boolean, exp.Literal)):
            return value
        return self._hold(value, self._parts(value)).brackets

    def look_up(
        self, table: str, key: str, value: exp.Expression, *wanted: str
    ) -> list[exp.Expression]:
        """Columns of the row of `table` whose `key`, which is unique in it, equals `value`."""
        alias = f"look{next(self._serial)}"
        join = _Join(table, alias, n.compare("==", n.column(key, alias), value))
        found = [self._hold(n.column(each, alias), self._parts(value)) for each in wanted]
        for held in found:
            held.join = join
        return [held.brackets for held in found]

    # lists

    def child(self, source: t.Path) -> Scope:
        """The scope of the elements of a list that is read in this scope."""
        if source not in self._children:
            steps = (*self.steps, source)
            child = Scope(self.schema, self.subject, self.place, steps, self._serial)
            self._children[source] = child
        return self._children[source]

    def gather(
        self, child: Scope, aggregate: exp.Expression, none: exp.Expression
    ) -> exp.Expression:
        """An aggregate over a child's rows, `none` where there are none."""
        name = f"c{next(self._serial)}"
        held = self._hold(n.or_else(n.column(name), none), [])
        held.base, held.aggregate = True, (child, n.alias(aggregate, name))
        return held.brackets

    # queries

    def query(self, wanted: Sequence[exp.Expression]) -> exp.Select:
        """The wanted columns of every row, by the rows' keys."""
        rows = n.subquery(self.rows(wanted), "rows")
        named = [n.alias(value, f"o{i}") for i, value in enumerate(wanted)]
        ordered = exp.Order(expressions=[exp.Ordered(this=n.column("k0"))])
        select = exp.Select(expressions=named, order=ordered)
        return select.from_(rows, copy=False)

    def rows(self, wanted: Sequence[exp.Expression]) -> exp.Select:
        """The rows with their keys and the columns of which `wanted` is made."""
        first_stage, *stages = self._stages(wanted)
        groups: dict[int, _Group] = {}
        for held in first_stage.fresh:
            if held.aggregate is not None:
                child, aggregate = held.aggregate
                groups.setdefault(id(child), _Group(child)).aggregates.append(aggregate)
        table, *joins = self._joins.values()
        select = exp.Select(
            expressions=[
                *(n.alias(key, f"k{i}") for i, key in enumerate(self._keys)),
                *(n.alias(held.value, held.name) for held in first_stage.fresh),
            ],
            joins=[_joined(join) for join in joins]
            + [self._grouped(group, i) for i, group in enumerate(groups.values())],
        ).from_(_table(table), copy=False)
        keys = [n.column(f"k{i}") for i in range(len(self._keys))]
        for stage in stages:
            select = exp.Select(
                expressions=[
                    *keys,
                    *(n.column(held.name) for held in stage.kept),
                    *(n.alias(held.value, held.name) for held in stage.fresh),
                ],
                joins=[_joined(join) for join in stage.joins],
            ).from_(n.subquery(select, "rows"), copy=False)
        return select

    def _stages(self, wanted: Sequence[exp.Expression]) -> list[_Stage]:
        """The columns `wanted` is made of, each in the first stage that has what it needs.

        A value that is used once stays where it is used; only others become columns.
        """
        wanted_parts = [part for value in wanted for part in self._parts(value)]
        uses: Counter[_Held] = Counter()
        order: list[_Held] = []
        _count(wanted_parts, uses, order)
        made_of: dict[_Held, set[_Held]] = {}
        at: dict[_Held, int] = {}
        until: dict[_Held, int] = {}
        for held in order:
            inputs = _inputs(held.parts, made_of)
            if held.base or held.join is not None or uses[held] > 1:
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

    def _grouped(self, group: _Group, number: int) -> exp.Join:
        alias = f"group{number}"
        keys = [n.column(f"k{i}") for i in range(len(self._keys))]
        grouped = exp.Select(
            expressions=[*keys, *group.aggregates],
            group=exp.Group(expressions=keys),
        ).from_(n.subquery(group.child.rows(group.aggregates), "rows"), copy=False)
        on = n.both(
            *(n.compare("==", n.column(f"k{i}", alias), key) for i, key in enumerate(self._keys))
        )
        return exp.Join(this=n.subquery(grouped, alias), side="LEFT", on=on)


def _count(parts: Iterable[_Held], uses: Counter[_Held], order: list[_Held]) -> None:
    """Count the uses of values and of all they are made of; `order` has each after its parts."""
    for part in parts:
        uses[part] += 1
        if uses[part] == 1:
            _count(part.parts, uses, order)
            order.append(part)


def _inputs(parts: Iterable[_Held], made_of: Mapping[_Held, set[_Held]]) -> set[_Held]:
    """The columns that values are computed from; `made_of`: those of what is no column."""
    found: set[_Held] = set()
    for part in parts:
        found |= made_of.get(part) or ({part} if part not in made_of else set())
    return found


def _table(join: _Join) -> exp.Table:
    return exp.Table(this=n.name(join.table), alias=exp.TableAlias(this=n.name(join.alias)))


def _joined(join: _Join) -> exp.Join:
    # An edge has its item, so only a parent can be missing; an element's row must not be lost.
    side = None if join.alias.startswith("edge") else "LEFT"
    return exp.Join(this=_table(join), side=side, on=join.on)
