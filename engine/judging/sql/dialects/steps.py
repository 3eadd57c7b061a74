"""A query in steps, so that what stands in it more than once is written and planned once.

DuckDB finds out by itself what is the same. Spark plans every part wherever it stands: a table of
many columns, each the value of a cell and then its state, would be more than it can plan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from sqlglot import exp

from engine.judging.sql import nodes as n

_LEAVES: Final = (exp.Column, exp.Literal, exp.Boolean, exp.Null, exp.DataType, exp.Identifier)
_MUCH: Final = 2
"""How many times as long a text must be as it need be, for steps to be worth their columns."""

_ROWS: Final = "rows"
"""What each step selects from goes by this name."""


def in_steps(select: exp.Expr) -> exp.Expr:
    """The same rows, by way of a query within the query for each depth of shared values.

    A value is shared that is one and the same node in two places, and never ends a query: a cast
    stands behind the tests that let it be made, unless the value is a column of the query's own.
    """
    if not isinstance(select, exp.Select) or not _simple(select):
        return select
    shared = _Shared([each.unalias() for each in select.expressions])
    if not shared.depth or shared.written < _MUCH * shared.different:
        return select
    called = {key: f"{key[0]}.{key[1]}" for key in shared.columns}
    named = {id(node): f"s{place}" for place, node in enumerate(shared.nodes)}
    rest = {key: value for key, value in select.args.items() if key != "expressions"}
    columns = [n.alias(column, called[key]) for key, column in shared.columns.items()]
    found = exp.Select(expressions=columns, **rest)
    kept = [n.column(name) for name in called.values()]
    for depth in range(1, max(shared.depth.values()) + 1):
        fresh = [node for node in shared.nodes if shared.depth[id(node)] == depth]
        made = [
            n.alias(_rebuilt(node, named, called, within=True), named[id(node)]) for node in fresh
        ]
        found = _over(found, [*kept, *made])
        kept += [n.column(named[id(node)]) for node in fresh]
    last = [
        n.alias(_rebuilt(each.unalias(), named, called), each.alias) for each in select.expressions
    ]
    return _over(found, last)


def _simple(select: exp.Select) -> bool:
    """Whether every row of the query is made of one row of what it selects from."""
    if select.args.get("with_") or select.args.get("group") or select.args.get("distinct"):
        return False
    return not any(
        isinstance(node, (exp.Star, exp.Window, exp.AggFunc, exp.Subquery))
        for node in _all([each.unalias() for each in select.expressions])
    )


def _over(found: exp.Select, columns: list[exp.Expression]) -> exp.Select:
    held = exp.Subquery(this=found, alias=exp.TableAlias(this=n.name(_ROWS)))
    return exp.Select(expressions=columns).from_(held, copy=False)


class _Shared:
    """The values that stand in several places, each after what it is made of, and how deep."""

    def __init__(self, wanted: list[exp.Expression]) -> None:
        self.nodes: list[exp.Expression] = []
        self.columns: dict[tuple[str, str], exp.Column] = {}
        self.different = self.written = 0
        self._size: dict[int, int] = {}
        self.depth: dict[int, int] = {}
        self._below: dict[int, int] = {}
        self._total: dict[int, bool] = {}
        uses = Counter(id(node) for node in wanted)
        for node in _all(wanted):
            uses.update(id(part) for part in _parts(node))
        own = {id(node) for node in wanted}
        for node in _all(wanted):
            self._look_at(node, shared=uses[id(node)] > 1, own=id(node) in own)
        self.different = len(self._size)
        self.written = sum(self._size.get(id(node), 0) for node in wanted)

    def _look_at(self, node: exp.Expression, *, shared: bool, own: bool) -> None:
        if isinstance(node, exp.Column):
            self.columns[node.table, node.name] = node
        if isinstance(node, _LEAVES):
            return
        parts = [part for part in _parts(node) if not isinstance(part, _LEAVES)]
        depth = max((self._below[id(part)] for part in parts), default=0)
        total = not isinstance(node, (exp.Cast, exp.Anonymous)) or _never_ends(node)
        self._total[id(node)] = total and all(self._total[id(part)] for part in parts)
        if shared and (own or self._total[id(node)]):
            depth += 1
            self.nodes.append(node)
            self.depth[id(node)] = depth
        self._below[id(node)] = depth
        self._size[id(node)] = 1 + sum(self._size[id(part)] for part in parts)


def _never_ends(node: exp.Expression) -> bool:
    """Whether a cast is that of a constant, a call one that takes any text."""
    if isinstance(node, exp.Anonymous):
        return node.name == "REPLACE"
    return isinstance(node.this, (exp.Literal, exp.Null))


def _parts(node: exp.Expression) -> Iterator[exp.Expression]:
    for value in node.args.values():
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, exp.Expression):
                yield part


def _all(wanted: list[exp.Expression]) -> Iterator[exp.Expression]:
    """Every node once, each after its parts."""
    seen: set[int] = set()
    waiting = [(node, False) for node in reversed(wanted)]
    while waiting:
        node, opened = waiting.pop()
        if opened:
            yield node
        elif id(node) not in seen:
            seen.add(id(node))
            waiting.append((node, True))
            if not isinstance(node, (exp.Column, exp.DataType)):
                waiting += [(part, False) for part in _parts(node)]


def _rebuilt(
    node: exp.Expression,
    named: dict[int, str],
    called: dict[tuple[str, str], str],
    *,
    within: bool = False,
) -> exp.Expression:
    """A value with columns in place of what a step before has; of `node` itself, if `within`."""
    if not within and id(node) in named:
        return n.column(named[id(node)])
    if isinstance(node, exp.Column):
        return n.column(called[node.table, node.name])
    if isinstance(node, _LEAVES):
        return node
    args = {
        key: [_part(each, named, called) for each in value]
        if isinstance(value, list)
        else _part(value, named, called)
        for key, value in node.args.items()
    }
    return type(node)(**args)


def _part(value: object, named: dict[int, str], called: dict[tuple[str, str], str]) -> object:
    return _rebuilt(value, named, called) if isinstance(value, exp.Expression) else value
