"""The typed tree taken apart and put together again: every kind of node."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.language import tree as t
from tests.engine.small import tree

EVERY = [
    "!thing.flag",
    "thing.flag && thing.done",
    "thing.flag || thing.done",
    "term.big",
    "has(thing.n)",
    "thing.n + thing.m > 3",
    "thing.n * 2 > 3",
    "thing.n in [1, 2]",
    "(thing.flag ? thing.n : thing.m) > 3",
    "min(thing.n, 3) > 2",
    "size(thing.parts.filter(p, p.n > 1)) > 2",
    "thing.parts.all(p, p.n > 1)",
    "sum(thing.parts, p, p.n) > 1",
]


def counted(node: t.Expr) -> t.Expr:
    """The same with 10 more in every whole number, and every record field called x."""
    match node:
        case t.Lit(value=int(value)) if node.kind is t.Kind.INT:
            return replace(node, value=value + 10)
        case t.Path():
            return replace(node, field="x")
        case _:
            return t.rebuilt(node, counted)


@pytest.mark.parametrize("text", EVERY)
def test_every_part_is_changed_and_nothing_else(text: str) -> None:
    before = tree(text)
    after = counted(before)
    assert [type(part) for part in t.walk(after)] == [type(part) for part in t.walk(before)]
    for old, new in zip(t.walk(before), t.walk(after), strict=True):
        if isinstance(old, t.Path):
            assert new == replace(old, field="x")
        elif isinstance(old, t.Lit):
            assert new == counted(old)
        else:
            assert t.children(new) == tuple(map(counted, t.children(old)))
            assert replaced(new) == replaced(old)


def replaced(node: t.Expr) -> dict[str, object]:
    """What a node says besides its parts."""
    parts = ("item", "items", "left", "right", "test", "then", "other", "args", "source", "body")
    names = (name for name in type(node).__slots__ if name not in (*parts, "path"))
    return {name: getattr(node, name) for name in names}


@pytest.mark.parametrize("text", EVERY)
def test_what_is_not_changed_is_the_same_node(text: str) -> None:
    node = tree(text)
    assert t.rebuilt(node, lambda part: part) is node


def test_a_leaf_has_no_parts() -> None:
    for leaf in (t.Lit(1, t.Kind.INT), t.AsOf(), t.Element("x"), t.Param("p", t.Kind.INT)):
        assert t.children(leaf) == ()
        assert t.rebuilt(leaf, counted) is leaf
