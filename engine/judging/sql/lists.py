"""Macros over lists: counts of true, false and unknown elements, and whether there are more."""

from __future__ import annotations

from typing import NamedTuple

from sqlglot import exp

from engine.judging.sql import nodes as n
from engine.judging.sql import spans as s
from engine.judging.sql.scope import Scope
from engine.judging.sql.spans import Span

_ZERO = n.integer(0)


class Listing(NamedTuple):
    """A list's elements, whether each passes the filters (None: unfiltered), and its end.

    `closed`, whether there can be no further elements, is never NULL.
    """

    rows: Scope
    member: exp.Expression | None
    closed: exp.Expression


def has(scope: Scope, found: Listing) -> exp.Expression:
    """Whether there is an element."""
    total = _count(scope, found.rows, n.TRUE)
    return n.truth(_some(total), found.closed)


def size(scope: Scope, found: Listing) -> Span:
    """At least the certain elements, at most the possible ones where the list is closed."""
    least = _count(scope, found.rows, _certain(found))
    most = _count(scope, found.rows, _possible(found))
    return Span(least, n.case((found.closed, most)))


def quantifier(scope: Scope, found: Listing, name: str, body: exp.Expression) -> exp.Expression:
    """`all` or `exists`: counts, for `bool_and` would pass over what is unknown."""
    if name == "exists":
        holds = body if found.member is None else n.both(found.member, body)
        decisive, outcome, other = n.surely(holds), n.TRUE, n.FALSE
    else:
        holds = body if found.member is None else n.either(n.negate(found.member), body)
        decisive, outcome, other = n.surely(n.negate(holds)), n.FALSE, n.TRUE
    deciding = _count(scope, found.rows, decisive)
    unknown = _count(scope, found.rows, n.is_null(holds))
    settled = n.both(found.closed, n.compare("==", unknown, _ZERO))
    return n.case((_some(deciding), outcome), (settled, other))


def total(scope: Scope, found: Listing, body: Span) -> Span:
    """The sum: at least what the certain elements have; at most all, where none is unbounded."""
    lo, hi, digits = body
    certain, possible = _certain(found), _possible(found)
    least = n.call("sum", n.case((certain, lo if lo is not None else _ZERO)))
    unbounded = possible if hi is None else n.both(possible, n.is_null(hi))
    gaps = _count(scope, found.rows, unbounded)
    most = n.call("sum", n.case((possible, hi if hi is not None else _ZERO)))
    complete = n.both(found.closed, n.compare("==", gaps, _ZERO))
    upper = n.case((complete, scope.gather(found.rows, most, _ZERO)))
    return s.capped(Span(scope.gather(found.rows, least, _ZERO), upper, digits))


def _certain(found: Listing) -> exp.Expression:
    return n.TRUE if found.member is None else n.surely(found.member)


def _possible(found: Listing) -> exp.Expression:
    return n.TRUE if found.member is None else n.not_false(found.member)


def _count(scope: Scope, rows: Scope, condition: exp.Expression) -> exp.Expression:
    return scope.gather(rows, n.count(condition), _ZERO)


def _some(count: exp.Expression) -> exp.Expression:
    return n.compare(">", count, _ZERO)
