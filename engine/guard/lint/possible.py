"""Which truths an expression could have on some record: never too few, sometimes too many."""

from __future__ import annotations

from itertools import product

from engine.language import tree as t
from engine.language.semantics import negate
from engine.model.schema import Schema
from engine.model.values import Truth

_ALL: frozenset[Truth] = frozenset({True, False, None})
_KNOWN: frozenset[Truth] = frozenset({True, False})


def possible(node: t.Expr, schema: Schema) -> frozenset[Truth]:
    """The truths that `node` could have, taking its parts as independent of each other."""
    match node:
        case t.Lit(value=bool(value)):
            return frozenset({value})
        case t.Named(item=item):
            return possible(item, schema)
        case t.Not(item):
            negated: frozenset[Truth] = frozenset(map(negate, possible(item, schema)))
            return negated
        case t.And(items) | t.Or(items):
            decisive = isinstance(node, t.Or)
            found: frozenset[Truth] = frozenset({not decisive})
            for item in items:
                pairs = product(found, possible(item, schema))
                found = frozenset(_joined(a, b, decisive=decisive) for a, b in pairs)
            return found
        case t.If(test, then, other):
            tests = possible(test, schema)
            first = possible(then, schema) if True in tests else frozenset[Truth]()
            second = possible(other, schema) if False in tests else frozenset[Truth]()
            return first | second | (tests & {None})
        case t.Has(path):
            return frozenset({True}) if certain(path, schema) else _ALL
        case _:
            return _KNOWN if certain(node, schema) else _ALL


def _joined(a: Truth, b: Truth, *, decisive: bool) -> Truth:
    if decisive in (a, b):
        return decisive
    return None if None in (a, b) else not decisive


def certain(node: t.Expr, schema: Schema) -> bool:
    """Whether the value is always known: constants, the day of the check, a generated year."""
    match node:
        case t.Lit() | t.AsOf():
            return True
        case t.Path(record=record, field=field):
            found = schema.types[record]
            if found.generated is None or field not in found.fields:
                return False
            return field in ("year", "start", "end") or field in found.key
        case t.Compare() | t.In() | t.Arith() | t.Scale() | t.Call(name="date" | "days"):
            return all(certain(part, schema) for part in t.children(node))
        case _:
            return False
