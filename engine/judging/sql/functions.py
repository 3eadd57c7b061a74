"""The language's functions of ordered values, bound by bound."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never, cast

from sqlglot import exp

from engine.judging.sql import database as db
from engine.judging.sql import nodes as n
from engine.judging.sql import spans as s
from engine.judging.sql.scope import Scope
from engine.judging.sql.spans import Pair, Span
from engine.language import tree as t
from engine.model.values import DECIMALS


def call(scope: Scope, node: t.Call, args: Sequence[Span]) -> Span:
    """The bounds of a function's value; the arguments are columns or constants."""
    a, b = args[0], args[-1]
    match node.name:
        case "min" | "max":
            return _extreme(node.name, s.aligned(args))
        case "days":
            return _between(lambda x, y: n.call("days_between", x, y), a, b)
        case "hours":
            return _between(lambda x, y: n.call("hours_between", x, y), a, b, DECIMALS)
        case "workdays":
            return _between(lambda x, y: _workdays(scope, x, y), a, b)
        case "add_days":
            return s.pairwise(lambda day, k: n.call("plus_days", day, k), a, b)
        case "add_months":
            return s.pairwise(lambda day, k: n.call("plus_months", day, k), a, b)
        case "add_workdays":
            return s.pairwise(lambda day, k: _add_workdays(scope, day, k), a, b)
        case "deadline":
            return s.each(lambda day: scope.look_up(db.WORK, db.DAY, day, db.ROLLED)[0], a)
        case "date":
            fixed = [cast("exp.Expression", part.lo) for part in args[1:]]
            return s.each(lambda year: n.call("day_of", year, *fixed), a)
        case _:
            assert_never(node.name)


def _between(step: Pair, a: Span, b: Span, digits: int = 0) -> Span:
    """From a to b: least from the latest start to the earliest end, most the other way round."""
    return s.pairwise(step, s.flipped(a), b, digits)


def _extreme(name: str, spans: Sequence[Span]) -> Span:
    """Of `min` the upper bound is the least known one; the lower needs every one. `max` dual."""
    function = "least" if name == "min" else "greatest"
    strict = [span.lo if name == "min" else span.hi for span in spans]
    loose = [span.hi if name == "min" else span.lo for span in spans]
    known = [bound for bound in strict if bound is not None]
    whole = None
    if len(known) == len(spans):
        # The functions pass over NULL.
        complete = n.both(*(n.not_null(bound) for bound in known))
        whole = n.case((complete, n.call(function, *known)))
    found = [bound for bound in loose if bound is not None]
    some = n.call(function, *found) if found else None
    lo, hi = (whole, some) if name == "min" else (some, whole)
    return Span(lo, hi, spans[0].digits)


def _workdays(scope: Scope, a: exp.Expression, b: exp.Expression) -> exp.Expression:
    """Working days in (a, b]; where b is the earlier day the difference is negative of itself."""
    a_upto, a_run = scope.look_up(db.WORK, db.DAY, a, db.UPTO, db.RUN)
    b_upto, b_run = scope.look_up(db.WORK, db.DAY, b, db.UPTO, db.RUN)
    covered = n.compare("==", a_run, b_run)
    return n.case((n.compare("==", a, b), n.integer(0)), (covered, n.minus(b_upto, a_upto)))


def _add_workdays(scope: Scope, day: exp.Expression, k: exp.Expression) -> exp.Expression:
    """The k-th working day after `day`, or before it."""
    zero = n.integer(0)
    back = n.compare("<", k, zero)
    eve = n.call("plus_days", day, n.integer(-1))
    start = scope.let(n.case((back, eve), default=day))
    upto, run = scope.look_up(db.WORK, db.DAY, start, db.UPTO, db.RUN)
    # Counting back, the day before is itself the first.
    steps = n.plus(k, n.case((back, n.integer(1)), default=zero))
    wanted = scope.let(n.plus(upto, steps))
    found, found_run = scope.look_up(db.NTH, db.UPTO, wanted, db.DAY, db.RUN)
    return n.case((n.compare("==", k, zero), day), (n.compare("==", run, found_run), found))
