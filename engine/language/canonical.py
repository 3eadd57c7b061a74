"""Expressions in one form, so that what means the same is one tree.

Terms are opened, and the variables of macros are named by their depth. The engines share the
tree and this form of it, and nothing else.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from engine.language import tree as t


def variable(depth: int) -> str:
    """What the variable of a macro is called that stands within `depth` others."""
    return f"${depth}"


def canonical(node: t.Expr, names: Mapping[str, str] | None = None) -> t.Expr:
    """The same expression without terms, its variables named by depth.

    `names` renames variables that are bound outside of it.
    """
    return _canonical(node, names or {}, 0)


def _canonical(node: t.Expr, names: Mapping[str, str], depth: int) -> t.Expr:
    def same(part: t.Expr) -> t.Expr:
        return _canonical(part, names, depth)

    match node:
        case t.Named(item=item):
            return same(item)
        case t.Path(var=var) | t.Element(var=var):
            return dataclasses.replace(node, var=names.get(var, var))
        case (
            t.Filter(source, var, body)
            | t.Quantifier(_, source, var, body)
            | t.Sum(source, var, body)
        ):
            inner = _canonical(body, {**names, var: variable(depth)}, depth + 1)
            listed = same(source)
            return dataclasses.replace(node, source=listed, var=variable(depth), body=inner)  # type: ignore[arg-type]
        case _:
            return t.rebuilt(node, same)
