"""Macros over lists: counts of true, false and unknown elements, and whether there are more."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlglot import exp

from engine.judging.reference import Reading
from engine.judging.sql import columns as c
from engine.judging.sql import nodes as n
from engine.judging.sql import spans as s
from engine.judging.sql.needs import stages
from engine.judging.sql.scope import Scope
from engine.judging.sql.spans import Span
from engine.language import tree as t

if TYPE_CHECKING:
    from engine.judging.sql.compiler import Compiler, Mode

_ZERO = n.integer(0)


class _Listing(NamedTuple):
    """A list's elements, whether each passes the filters (None: unfiltered), and its end."""

    rows: Scope
    member: exp.Expression | None
    closed: exp.Expression


def listing(compiler: Compiler, scope: Scope, source: t.ListExpr, mode: Mode) -> _Listing:
    """The elements of a list or filter in `scope`. An unknown filter leaves one possible."""
    path, filters = stages(source)
    rows = scope.child(path)
    tests = [compiler.truth(rows, body, mode) for body in filters]
    member = rows.let(n.both(*tests)) if tests else None
    return _Listing(rows, member, _closed(compiler, scope, path, mode))


def _closed(compiler: Compiler, scope: Scope, path: t.Path, mode: Mode) -> exp.Expression:
    """Whether there can be no further elements; never NULL."""
    closed = n.surely(scope.read(path, c.CLOSED))
    if mode.reading is not Reading.CURABLE:
        return closed
    if compiler.in_progress(path):
        return n.FALSE
    return n.both(closed, n.negate(n.surely(scope.read(path, c.NONE))))


def has(compiler: Compiler, scope: Scope, path: t.Path, mode: Mode) -> exp.Expression:
    """Whether there is an element."""
    found = listing(compiler, scope, path, mode)
    total = _count(scope, found.rows, n.TRUE)
    return n.truth(_some(total), found.closed)


def size(compiler: Compiler, scope: Scope, source: t.ListExpr, mode: Mode) -> Span:
    """At least the certain elements, at most the possible ones where the list is closed."""
    found = listing(compiler, scope, source, mode)
    least = _count(scope, found.rows, _certain(found))
    most = _count(scope, found.rows, _possible(found))
    return Span(least, n.case((found.closed, most)))


def quantifier(compiler: Compiler, scope: Scope, node: t.Quantifier, mode: Mode) -> exp.Expression:
    """`all` or `exists`: counts, for `bool_and` would pass over what is unknown."""
    found = listing(compiler, scope, node.source, mode)
    body = compiler.truth(found.rows, node.body, mode)
    if node.name == "exists":
        holds = body if found.member is None else n.both(found.member, body)
        decisive, outcome, other = n.surely(holds), n.TRUE, n.FALSE
    else:
        holds = body if found.member is None else n.either(n.negate(found.member), body)
        decisive, outcome, other = n.surely(n.negate(holds)), n.FALSE, n.TRUE
    deciding = _count(scope, found.rows, decisive)
    unknown = _count(scope, found.rows, n.is_null(holds))
    settled = n.both(found.closed, n.compare("==", unknown, _ZERO))
    return n.case((_some(deciding), outcome), (settled, other))


def total(compiler: Compiler, scope: Scope, node: t.Sum, mode: Mode) -> Span:
    """The sum: at least what the certain elements have; at most all, where none is unbounded."""
    found = listing(compiler, scope, node.source, mode)
    lo, hi, digits = compiler.span(found.rows, node.body, mode)
    none = n.decimal(0, digits) if digits else _ZERO
    certain, possible = _certain(found), _possible(found)
    least = n.call("sum", n.case((certain, lo if lo is not None else none)))
    unbounded = possible if hi is None else n.both(possible, n.is_null(hi))
    gaps = _count(scope, found.rows, unbounded)
    most = n.call("sum", n.case((possible, hi if hi is not None else none)))
    complete = n.both(found.closed, n.compare("==", gaps, _ZERO))
    upper = n.case((complete, scope.gather(found.rows, most, none)))
    return s.capped(Span(scope.gather(found.rows, least, none), upper, digits))


def _certain(found: _Listing) -> exp.Expression:
    return n.TRUE if found.member is None else n.surely(found.member)


def _possible(found: _Listing) -> exp.Expression:
    return n.TRUE if found.member is None else n.not_false(found.member)


def _count(scope: Scope, rows: Scope, condition: exp.Expression) -> exp.Expression:
    return scope.gather(rows, n.count(condition), _ZERO)


def _some(count: exp.Expression) -> exp.Expression:
    return n.compare(">", count, _ZERO)
