"""Whether an unknown requirement waits for nothing but blanks in fields named as evidence.

Follows an unknown value down to the facts it waits for. Two truths per part, never NULL (None
stands for false): something is missing below, and something other than such a blank is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlglot import exp

from engine.judging.sql import columns as c
from engine.judging.sql import nodes as n
from engine.judging.sql.compiler import Compiler, Mode
from engine.judging.sql.database import ON_CALENDAR
from engine.judging.sql.needs import stages
from engine.judging.sql.scope import Scope
from engine.language import tree as t


class Gaps(NamedTuple):
    """Whether anything is missing, and whether anything is that evidence cannot be."""

    some: exp.Expression | None = None
    bad: exp.Expression | None = None


class Evidence:
    """Reads a requirement as it is judged, for one set of fields named as evidence."""

    def __init__(self, compiler: Compiler, mode: Mode, named: frozenset[tuple[str, str]]) -> None:
        self.compiler, self.mode, self.named = compiler, mode, named

    def only_blanks(self, scope: Scope, node: t.Expr) -> exp.Expression:
        """Whether the unknown `node` waits for something, and only for blank evidence."""
        gaps = self.gaps(scope, node)
        if gaps.some is None:
            return n.FALSE
        return gaps.some if gaps.bad is None else n.both(gaps.some, n.negate(gaps.bad))

    def gaps(self, scope: Scope, node: t.Expr) -> Gaps:
        """What is missing below a part that is not decided."""
        match node:
            case t.And(items) | t.Or(items):
                return _joined(scope, (self._undecided(scope, item) for item in items))
            case t.Not(item):
                return self.gaps(scope, item)
            case t.Has(path):
                return self._field(scope, path)
            case t.Path():
                return self._field(scope, node)
            case t.If(test, then, other):
                asked = self.compiler.truth(scope, test, self.mode)
                branches = (
                    _where(scope, n.is_null(asked), self.gaps(scope, test)),
                    _where(scope, n.surely(asked), self.gaps(scope, then)),
                    _where(scope, n.surely(n.negate(asked)), self.gaps(scope, other)),
                )
                return _joined(scope, branches)
            case t.Filter(source=source):
                return self._list(scope, node)
            case t.Quantifier(_, source, _, body):
                return self._list(scope, source, body)
            case t.Sum(source, _, body):
                return self._list(scope, source, body, always=True)
            case t.Param():
                value = self.compiler.span(scope, node, self.mode).lo
                unset = n.TRUE if value is None else n.is_null(value)
                return Gaps(unset, unset)
            case _:
                below = _joined(scope, (self.gaps(scope, part) for part in t.children(node)))
                return self._beyond_calendar(scope, node, below)

    def _undecided(self, scope: Scope, node: t.Expr) -> Gaps:
        unknown = n.is_null(self.compiler.truth(scope, node, self.mode))
        return _where(scope, unknown, self.gaps(scope, node))

    def _field(self, scope: Scope, path: t.Path) -> Gaps:
        state = n.or_else(scope.read(path, c.STATE), n.integer(c.OTHER))
        missing = n.compare("!=", state, n.integer(c.KNOWN))
        blank = n.compare("==", state, n.integer(c.BLANK))
        if path.kind not in t.LISTS:
            place = (path.record, path.field + c.PLAN)
            planned = place in self.compiler.tables.columns
            if planned and self.compiler.assumed(path, self.mode.reading):
                missing = n.both(missing, n.is_null(scope.read(path, c.PLAN)))
            ahead = self.compiler.ahead(scope, path)
            if ahead is not None:
                missing = n.either(missing, ahead)
                blank = n.both(blank, n.negate(ahead))
        missing = scope.let(missing)
        if (path.record, path.field) not in self.named:
            return Gaps(missing, missing)
        return Gaps(missing, scope.let(n.both(missing, n.negate(blank))))

    def _list(
        self, scope: Scope, source: t.ListExpr, body: t.Expr | None = None, *, always: bool = False
    ) -> Gaps:
        """Its own end, the filters' unknowns, and those of `body` for the elements kept."""
        path, filters = stages(source)
        rows = scope.child(path)
        kept: exp.Expression = n.TRUE
        found: list[Gaps] = []
        for test in filters:
            value = self.compiler.truth(rows, test, self.mode)
            found.append(_where(rows, n.both(kept, n.is_null(value)), self.gaps(rows, test)))
            kept = n.both(kept, n.not_false(value))
        if body is not None and always:
            found.append(_where(rows, kept, self.gaps(rows, body)))
        elif body is not None:
            unknown = n.is_null(self.compiler.truth(rows, body, self.mode))
            found.append(_where(rows, n.both(kept, unknown), self.gaps(rows, body)))
        inner = _joined(rows, found)
        some, bad = (
            None if part is None else scope.gather(rows, n.any_of(part), n.FALSE) for part in inner
        )
        return _joined(scope, [self._field(scope, path), Gaps(some, bad)])

    def _beyond_calendar(self, scope: Scope, node: t.Expr, below: Gaps) -> Gaps:
        """Days that are known, but whose count the calendar does not have."""
        if not (isinstance(node, t.Call) and node.name in ON_CALENDAR):
            return below
        span = self.compiler.span(scope, node, self.mode)
        unbounded = [n.TRUE if bound is None else n.is_null(bound) for bound in span[:2]]
        outside = n.either(*unbounded)
        if below.some is not None:
            outside = n.both(outside, n.negate(below.some))
        outside = scope.let(outside)
        return _joined(scope, [below, Gaps(outside, outside)])


def _where(scope: Scope, condition: exp.Expression, gaps: Gaps) -> Gaps:
    some, bad = (None if part is None else scope.let(n.both(condition, part)) for part in gaps)
    return Gaps(some, bad)


def _joined(scope: Scope, all_gaps: Iterable[Gaps]) -> Gaps:
    parts = list(all_gaps)
    some = [gaps.some for gaps in parts if gaps.some is not None]
    bad = [gaps.bad for gaps in parts if gaps.bad is not None]
    return Gaps(
        scope.let(n.either(*some)) if some else None, scope.let(n.either(*bad)) if bad else None
    )
