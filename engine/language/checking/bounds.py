"""The one bound on values beside their kinds: what `sum()` adds is never negative."""

from __future__ import annotations

import datetime as dt

from engine.language import tree as t


def adds_only(node: t.Expr) -> bool:
    """Whether every `sum()` within adds what is never negative."""
    return all(never_negative(x.body) for x in t.walk(node) if isinstance(x, t.Sum))


def never_negative(node: t.Expr) -> bool:
    """Whether a number can't be below zero, by how it is made up."""
    match node:
        case t.Lit(value):
            return not isinstance(value, (str, dt.date)) and value >= 0
        case t.Path() | t.Size() | t.Sum():
            return True
        case t.Arith("+", left, right) | t.If(then=left, other=right):
            return never_negative(left) and never_negative(right)
        case t.Scale(item, factor):
            return factor >= 0 and never_negative(item)
        case _:
            return False
