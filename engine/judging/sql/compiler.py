"""Expressions to columns: truths, strings, and the two bounds of ordered values.

A truth is a BOOLEAN whose NULL is unknown, so that SQL's own and, or, not are the language's.
An ordered value is a pair of columns, NULL where unbounded; where both bounds are one and the
same column, SQL's own comparison is the language's too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import cast

from sqlglot import exp

from engine.judging.reference import Reading
from engine.judging.sql import columns as c
from engine.judging.sql import database as db
from engine.judging.sql import functions, lists
from engine.judging.sql import nodes as n
from engine.judging.sql import spans as s
from engine.judging.sql.lists import Listing
from engine.judging.sql.needs import stages
from engine.judging.sql.scope import Scope
from engine.judging.sql.spans import Span
from engine.judging.sql.tables import Tables
from engine.language import tree as t
from engine.model.values import DECIMALS
from engine.model.world import World


@dataclass(frozen=True, slots=True)
class Mode:
    """How facts are read, and the expression of the day whose law governs (for parameters)."""

    reading: Reading
    act: t.Expr | None = None


class Compiler:
    """Compiles canonical trees for the tables that were loaded; remembers what it compiled."""

    def __init__(self, tables: Tables, world: World) -> None:
        self.tables, self.world = tables, world
        self._known: dict[tuple[int, t.Expr, Mode, str], exp.Expression | Span] = {}
        self._acts: dict[tuple[int, t.Expr], tuple[exp.Expression, exp.Expression]] = {}
        self._once: dict[Hashable, exp.Expression] = {}

    # entries

    def truth(self, scope: Scope, node: t.Expr, mode: Mode) -> exp.Expression:
        """A truth: true, false or NULL."""
        key = self._key(scope, node, mode, "truth")
        if key not in self._known:
            self._known[key] = scope.let(self._truth(scope, node, key[2]))
        return cast("exp.Expression", self._known[key])

    def string(self, scope: Scope, node: t.Expr, mode: Mode) -> exp.Expression:
        """A string, or NULL where it is not known."""
        match node:
            case t.Lit(value):
                return n.text(cast("str", value))
            case t.Path():
                return scope.read(node)
            case t.Element(var):
                return scope.element(var)
            case t.If(test, then, other):
                asked = self.truth(scope, test, mode)
                yes, no = (self.string(scope, part, mode) for part in (then, other))
                return n.case((asked, yes), (n.negate(asked), no))
            case _:
                raise TypeError(node)

    def span(self, scope: Scope, node: t.Expr, mode: Mode) -> Span:
        """The bounds of an ordered value."""
        key = self._key(scope, node, mode, "span")
        if key not in self._known:
            self._known[key] = s.let(scope, self._span(scope, node, key[2]))
        return cast("Span", self._known[key])

    def once(self, key: Hashable, make: Callable[[], exp.Expression]) -> exp.Expression:
        """What was made for `key`, made when first asked for."""
        if key not in self._once:
            self._once[key] = make()
        return self._once[key]

    def _key(
        self, scope: Scope, node: t.Expr, mode: Mode, kind: str
    ) -> tuple[int, t.Expr, Mode, str]:
        if mode.act is not None and not _reads_params(node):
            mode = replace(mode, act=None)
        if mode.reading is not Reading.JUDGE and not self._sensitive(node, mode.reading):
            mode = replace(mode, reading=Reading.JUDGE)
        return id(scope), node, mode, kind

    def _sensitive(self, node: t.Expr, reading: Reading) -> bool:
        """Whether a reading can change what `node` yields."""
        if reading is Reading.PLAN:
            return any(isinstance(part, t.Path) and part.kind in t.DATES for part in t.walk(node))
        return any(
            isinstance(part, t.Has)
            or (isinstance(part, t.Path) and (part.kind in t.LISTS or self._in_progress(part)))
            for part in t.walk(node)
        )

    def _in_progress(self, path: t.Path) -> bool:
        """Whether what the field or list lacks can still be supplied."""
        return self.world.schema.types[path.record].in_progress(path.field)

    # truths

    def _truth(self, scope: Scope, node: t.Expr, mode: Mode) -> exp.Expression:
        match node:
            case t.Lit(value):
                return n.TRUE if value else n.FALSE
            case t.Path():
                known = scope.read(node)
                curable = mode.reading is Reading.CURABLE and self._in_progress(node)
                return n.case((known, n.TRUE)) if curable else known
            case t.Has(path):
                return self._has(scope, path, mode)
            case t.Not(item):
                return n.negate(self.truth(scope, item, mode))
            case t.And(items):
                return n.both(*(self.truth(scope, item, mode) for item in items))
            case t.Or(items):
                return n.either(*(self.truth(scope, item, mode) for item in items))
            case t.If(test, then, other):
                asked = self.truth(scope, test, mode)
                yes, no = (self.truth(scope, part, mode) for part in (then, other))
                return n.case((asked, yes), (n.negate(asked), no))
            case t.Compare(op, left, right):
                if left.kind in t.ORDERED:
                    sides = [self.span(scope, side, mode) for side in (left, right)]
                    return s.compare(op, sides[0], sides[1])
                read = self.truth if left.kind is t.Kind.BOOL else self.string
                return n.compare(op, *(read(scope, side, mode) for side in (left, right)))
            case t.In(item, values):
                return self._in(scope, item, values, mode)
            case t.Quantifier():
                found = self._listing(scope, node.source, mode)
                body = self.truth(found.rows, node.body, mode)
                return lists.quantifier(scope, found, node.name, body)
            case _:
                raise TypeError(node)

    def _has(self, scope: Scope, path: t.Path, mode: Mode) -> exp.Expression:
        if path.kind in t.LISTS:
            return lists.has(scope, self._listing(scope, path, mode))
        state = scope.read(path, c.STATE)
        absent = n.compare("==", state, n.integer(c.IS_ABSENT))
        no = [] if mode.reading is Reading.CURABLE else [(absent, n.FALSE)]
        if path.kind not in t.ORDERED:
            return n.case((n.compare("==", state, n.integer(c.KNOWN)), n.TRUE), *no)
        span = self.span(scope, path, mode)
        bounds = [span.lo] if span.exact else [span.lo, span.hi]
        known = n.either(*(n.not_null(bound) for bound in bounds if bound is not None))
        return n.case((known, n.TRUE), *no)

    def _in(
        self, scope: Scope, item: t.Expr, values: Sequence[str | int], mode: Mode
    ) -> exp.Expression:
        if item.kind is t.Kind.STRING:
            named = [n.text(str(value)) for value in values]
            return n.among(self.string(scope, item, mode), named)
        span = self.span(scope, item, mode)
        numbers = [s.number(int(value)) for value in values]
        if span.lo is not None and span.exact and not span.digits:
            return n.among(span.lo, [number.lo for number in numbers if number.lo is not None])
        return n.either(*(s.compare("==", span, number) for number in numbers))

    # lists

    def _listing(self, scope: Scope, source: t.ListExpr, mode: Mode) -> Listing:
        """The elements of a list or filter in `scope`. An unknown filter leaves one possible."""
        path, filters = stages(source)
        rows = scope.child(path)
        tests = [self.truth(rows, body, mode) for body in filters]
        member = rows.let(n.both(*tests)) if tests else None
        return Listing(rows, member, self._closed(scope, path, mode))

    def _closed(self, scope: Scope, path: t.Path, mode: Mode) -> exp.Expression:
        """Whether there can be no further elements; never NULL."""
        closed = n.surely(scope.read(path, c.CLOSED))
        if mode.reading is not Reading.CURABLE:
            return closed
        if self._in_progress(path):
            return n.FALSE
        return n.both(closed, n.negate(n.surely(scope.read(path, c.NONE))))

    # ordered values

    def _span(self, scope: Scope, node: t.Expr, mode: Mode) -> Span:
        match node:
            case t.Lit(value):
                return s.literal(cast("dt.date | int | Decimal", value))
            case t.Path():
                return self._field(scope, node, mode)
            case t.AsOf():
                return s.point(n.call(db.AS_OF))
            case t.Param(name):
                return self._param(scope, name, mode)
            case t.Arith(op, left, right):
                return s.added(op, self.span(scope, left, mode), self.span(scope, right, mode))
            case t.Scale(item, factor):
                return s.scaled(self.span(scope, item, mode), factor)
            case t.If(test, then, other, kind):
                asked = self.truth(scope, test, mode)
                yes, no = (self.span(scope, part, mode) for part in (then, other))
                return s.chosen(asked, yes, no, c.SQL_TYPES[kind])
            case t.Call(args=args):
                spans = [self.span(scope, arg, mode) for arg in args]
                return functions.call(scope, node, spans)
            case t.Size(source):
                return lists.size(scope, self._listing(scope, source, mode))
            case t.Sum():
                found = self._listing(scope, node.source, mode)
                return lists.total(scope, found, self.span(found.rows, node.body, mode))
            case _:
                raise TypeError(node)

    def ahead(self, scope: Scope, path: t.Path) -> exp.Expression | None:
        """Whether an event is known to lie ahead of the day of the check, or may; never NULL.

        None where the field is no event, or a gate takes it as happened.
        """
        spec = self.world.schema.types[path.record].fields.get(path.field)
        if spec is None or spec.time != "event" or (path.record, path.field) in self.world.assumed:
            return None
        bounds = self._raw(scope, path)
        assert bounds.lo is not None and bounds.hi is not None  # noqa: S101, PT018 - columns
        day = n.cast(bounds.hi, "DATE") if path.kind is t.Kind.DATETIME else bounds.hi
        later = n.compare(">", day, n.call(db.AS_OF))
        if bounds.exact:
            return n.surely(later)
        parts = [n.either(n.is_null(bounds.hi), later)]
        parts.append(n.either(n.not_null(bounds.lo), n.not_null(bounds.hi)))
        if self.tables.has(path.record, path.field + c.PLAN):
            parts.append(n.is_null(scope.read(path, c.PLAN)))
        return n.surely(n.both(*parts))

    def assumed(self, path: t.Path, reading: Reading) -> bool:
        """Whether a planned day counts as known."""
        return reading is Reading.PLAN or (path.record, path.field) in self.world.assumed

    def _raw(self, scope: Scope, path: t.Path) -> Span:
        digits = DECIMALS if path.kind is t.Kind.NUMBER else 0
        lo = scope.read(path)
        bounded = self.tables.has(path.record, path.field + c.HI)
        return Span(lo, scope.read(path, c.HI) if bounded else lo, digits)

    def _field(self, scope: Scope, path: t.Path, mode: Mode) -> Span:
        raw = self._raw(scope, path)
        if path.kind not in t.DATES:
            return raw
        if self.assumed(path, mode.reading):
            if not self.tables.has(path.record, path.field + c.PLAN):
                return raw
            planned = scope.read(path, c.PLAN)
            return s.each(lambda bound: n.or_else(planned, bound), raw)
        ahead = self.ahead(scope, path)
        if ahead is None:
            return raw
        happened = n.negate(scope.let(ahead))
        return s.each(lambda bound: n.case((happened, bound)), raw)

    # the act's day, and what depends on it

    def act(self, scope: Scope, node: t.Expr) -> tuple[exp.Expression, exp.Expression]:
        """The first and last day on which the act may have been done; never NULL.

        Where nothing is known, the assessed year; a bound beyond it leaves the other side open.
        """
        first, last = n.call(db.YEAR_START), n.call(db.YEAR_END)
        if (id(scope), node) in self._acts:
            return self._acts[id(scope), node]
        span = self.span(scope, node, Mode(Reading.PLAN))
        lo, hi = span.lo or n.null("DATE"), span.hi or n.null("DATE")
        early = n.case((n.compare("<", hi, first), n.date(dt.date.min)))
        start = scope.let(n.or_else(n.or_else(lo, early), first))
        late = n.case((n.compare("<=", start, last), last))
        end = n.or_else(n.or_else(hi, late), n.date(dt.date.max))
        self._acts[id(scope), node] = found = start, scope.let(end)
        return found

    def _param(self, scope: Scope, name: str, mode: Mode) -> Span:
        """A parameter's value in the first period that holds the whole of the act's days."""
        periods = self.world.params.get(name, ())
        if mode.act is None or not periods:
            return Span(None, None)
        start, end = self.act(scope, mode.act)
        forward = n.compare("<=", start, end)
        digits = max(s.decimals(period.value) for period in periods)
        branches = []
        for period in periods:
            inside = n.compare("<=", n.date(period.start), start)
            inside = n.both(inside, forward, n.compare("<=", end, n.date(period.end)))
            branches.append((inside, n.integer(int(period.value * 10**digits))))
        return s.point(n.case(*branches), digits)


@cache
def _reads_params(node: t.Expr) -> bool:
    """Whether what the province sets matters, and so the act's day."""
    return any(isinstance(part, t.Param) for part in t.walk(node))
