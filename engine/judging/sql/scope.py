"""A scope: the rows an expression is computed for, and the values computed of them so far.

The root scope has a row per subject. A macro over a list opens a child scope with a row per
element; what the macro yields is aggregated and joined back by the outer row's key. No query is
correlated: a database would turn it into a join of its own choosing, at worst with every pair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
class Join:
    """A table joined to the rows, and on what; the first has nothing to be joined on."""

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
class Held:
    """A value in brackets, and what it is called where it becomes a column.

    `join`: where the value is looked up; `base`: read from the rows as they are first joined.
    `parts` are the values that must have been computed before.
    """

    brackets: exp.Paren
    name: str
    value: exp.Expression
    parts: list[Held]
    join: Join | None = None
    base: bool = False
    aggregate: tuple[Scope, exp.Expression] | None = None


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
        self.joins: dict[str, Join] = {"subject": Join(subject, "subject", None)}
        self.keys = [n.column(ID, "subject")]
        self._held: dict[int, Held] = {}
        self._read: dict[tuple[str, str], exp.Expression] = {}
        self._children: dict[t.Path, Scope] = {}
        for depth, step in enumerate(self.steps):
            self._enter(step, depth)

    def _enter(self, step: t.Path, depth: int) -> None:
        alias = f"edge{depth}"
        on = n.compare("==", n.column(OWNER, alias), self._number(step.var, step.up))
        self.joins[alias] = Join(edges((step.record, step.field)), alias, on)
        self.keys.append(n.column(EDGE, alias))
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
        if alias not in self.joins:
            on = n.compare("==", n.column(ID, alias), self._number(var, up))
            self.joins[alias] = Join(kind, alias, on)
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

    def _hold(self, value: exp.Expression, parts: list[Held]) -> Held:
        """`value` in brackets; what stands in them is settled when the query is written."""
        held = Held(exp.Paren(this=value), f"c{next(self._serial)}", value, parts)
        self._held[id(held.brackets)] = held
        return held

    def parts(self, value: exp.Expression) -> list[Held]:
        """What is held directly within `value`, as often as it stands there."""
        found = value.dfs(prune=lambda node: id(node) in self._held)
        return [self._held[id(node)] for node in found if id(node) in self._held]

    def let(self, value: exp.Expression) -> exp.Expression:
        """`value`, which is then computed once however often it is used."""
        constant = isinstance(value, exp.Cast) and isinstance(value.this, (exp.Literal, exp.Null))
        if constant or id(value) in self._held or isinstance(value, (exp.Boolean, exp.Literal)):
            return value
        return self._hold(value, self.parts(value)).brackets

    def look_up(
        self, table: str, key: str, value: exp.Expression, *wanted: str
    ) -> list[exp.Expression]:
        """Columns of the row of `table` whose `key`, which is unique in it, equals `value`."""
        alias = f"look{next(self._serial)}"
        join = Join(table, alias, n.compare("==", n.column(key, alias), value))
        found = [self._hold(n.column(each, alias), self.parts(value)) for each in wanted]
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
