"""What asks for a field: terms, denials, groups within groups; what the examples have absent."""

from __future__ import annotations

import pytest

from engine.guard.lint.guards import _NONE, _absent_in_examples, _Finder, true_only_with, unguarded
from engine.language import tree as t
from engine.language.check import check
from engine.language.vocabulary import Term, Vocabulary
from engine.model.schema import Schema
from facts.records.load import read_schema
from tests.engine.guard.lint.test_guards import SCHEMA as THINGS
from tests.engine.small import SCHEMA, Fact, ruleset

DAY = "date(2024, 1, 1)"
TERMS = {
    "there": Term("thing", "有甲日", "has(thing.a)"),
    "none": Term("thing", "没有甲日", "!has(thing.a)"),
    "early": Term("thing", "甲日早", f"thing.a < {DAY}"),
}
GROUPS = read_schema(
    {
        "thing.yaml": """
type: thing
title: 事项
fields:
  group: {type: object, title: 一组}
  group.no: {type: int, title: 组内号}
  group.inner: {type: object, title: 内组, blank: absent}
  group.inner.no: {type: int, title: 内组号}
  group.inner.other: {type: int, title: 另号}
nested:
  parts: {of: part, title: 分项}
""",
        "part.yaml": "type: part\ntitle: 分项\nparent: thing\nfields:\n"
        "  n: {type: int, title: 数, blank: absent}\n",
        "place.yaml": "type: place\ntitle: 本地\nfields:\n"
        "  n: {type: int, title: 人口, blank: absent}\n",
    }
)


def unasked(
    text: str, given: str | None = None, schema: Schema = THINGS, subject: str = "thing"
) -> list[str]:
    """The fields that `text` reads unasked, where `given` is known to be true."""

    def tree(written: str) -> t.Expr:
        return check(written, subject, t.Kind.BOOL, Vocabulary(schema, TERMS))

    known = _NONE if given is None else true_only_with(tree(given))
    return [f"{p.record}.{p.field}" for p in _Finder(schema).found(tree(text), known)]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (f"term.there && thing.a < {DAY}", []),
        (f"!term.there || thing.a < {DAY}", []),
        (f"term.none || thing.a < {DAY}", []),
        (f"!term.none && thing.a < {DAY}", []),
        (f"term.none && thing.a < {DAY}", ["thing.a"]),
        # without either of them
        ("!(has(thing.a) && has(thing.b)) || thing.a < thing.b", []),
        ("!(!has(thing.a) || !has(thing.b)) && thing.a < thing.b", []),
        # without both of them
        ("!(!has(thing.a) && !has(thing.b)) && thing.a < thing.b", ["thing.a", "thing.b"]),
        ("!(has(thing.a) || has(thing.b)) || thing.a < thing.b", ["thing.a", "thing.b"]),
        (f"(has(thing.a) && thing.done || has(thing.a)) && thing.a < {DAY}", []),
        (f"!((has(thing.a) || thing.done) && has(thing.a)) || thing.a < {DAY}", []),
        # a term is looked at where it is written
        ("term.early", []),
    ],
)
def test_beside_what_asks(text: str, fields: list[str]) -> None:
    assert unasked(text) == fields


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ("term.there", []),
        ("term.early", []),
        ("!term.none", []),
        ("!term.early", []),
        ("term.none", ["thing.a"]),
        (f"!(thing.a < {DAY} && thing.a > thing.c)", []),
        (f"!(thing.a < {DAY} && thing.done)", ["thing.a"]),
        (f"!(thing.a < {DAY} || thing.done)", []),
        ("has(thing.a) && thing.done", []),
        (f"thing.a == {DAY}", []),
        ("days(thing.a, thing.c) + 1 > 3", []),
        ("days(thing.a, thing.c) * 2 > 3", []),
        ("(thing.done ? thing.a : thing.c) > as_of", ["thing.a"]),
        ("thing.parts.exists(p, p.on > thing.a)", ["thing.a"]),  # there may be no part
    ],
)
def test_where_something_is_known_to_be_true(given: str, fields: list[str]) -> None:
    assert unasked(f"thing.a < {DAY}", given) == fields


@pytest.mark.parametrize(
    ("text", "subject", "fields"),
    [
        ("thing.group.no > 1", "thing", []),
        ("thing.group.inner.no > 1", "thing", ["thing.group.inner.no"]),
        ("has(thing.group.inner.other) && thing.group.inner.no > 1", "thing", []),
        ("has(thing.group.no) && thing.group.inner.no > 1", "thing", ["thing.group.inner.no"]),
        ("place.n > 1", "thing", []),  # it is described once, not in a ledger
        ("part.n > 1", "part", ["part.n"]),
        ("has(parent.group.inner.no) && parent.group.inner.other > 1", "part", []),
        ("parent.group.inner.other > 1", "part", ["thing.group.inner.other"]),
        # each of its own parts asks for itself
        ("thing.parts.all(p, has(p.n) && thing.parts.all(q, q.n > 1))", "thing", ["part.n"]),
    ],
)
def test_groups_and_records_above(text: str, subject: str, fields: list[str]) -> None:
    assert unasked(text, schema=GROUPS, subject=subject) == fields


def absent(given: dict[str, Fact], subject: str = "thing", **keys: Fact) -> set[str]:
    """What an example with these facts has absent."""
    example = {"outcome": "met", "as_of": "2024-07-01", "why": "算法", "given": given, **keys}
    changes = {"subject": subject, "act_on": f"{subject}.on", "require": f"has({subject}.on)"}
    made = ruleset({**changes, "examples": [example]}).requirements["a-one"]
    return {".".join(found) for found in _absent_in_examples(made, SCHEMA)}


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"word": None, "n": 0, "flag": False, "on": {"unknown": "blank"}}, {"thing.word"}),
        ({"group": None}, {"thing.group", "thing.group.on"}),
        ({"group.on": None}, {"thing.group.on"}),
        ({"tags": None}, {"thing.tags"}),
        ({"parts": None}, set()),
        ({"parts": []}, set()),
        ({"parts": {"unknown": "blank"}}, set()),
        ({"parts": [{"n": 1}, {"n": None}]}, {"part.n"}),
        ({"parts": {"open": [{"ok": None}]}}, {"part.ok"}),
        ({"parts": [{"leaves": [{"ok": None}]}]}, {"leaf.ok"}),
        ({"parts": [{"parent": {"word": None}, "n": None}]}, {"part.n", "thing.word"}),
    ],
)
def test_what_an_example_has_absent(given: dict[str, Fact], found: set[str]) -> None:
    assert absent(given) == found


def test_what_the_record_above_an_example_has_absent() -> None:
    above = {"word": None, "parts": [{"note": None}]}
    assert absent({"ok": None}, "part", parent=above) == {"part.ok", "thing.word", "part.note"}
    assert absent({"ok": None}, "part") == {"part.ok"}
    # of a record with none above, nothing can be said of one
    assert absent({"n": None}, parent={"word": None}) == {"thing.n"}


def test_each_expression_is_held_to_what_applies_has_asked() -> None:
    """`on` may be 无, being progress; `due` is only a day to wait for."""

    def said(**changes: Fact) -> list[tuple[str, str]]:
        made = ruleset(changes)
        assert {c.file for c in unguarded(made)} <= {"rulesets/dom/a-one.yaml"}
        return [(c.key, c.message.partition("）")[0]) for c in unguarded(made)]

    on = "“办理日期”（thing.on"
    early, late = "thing.on < as_of", "thing.on > thing.start"
    assert said(applies=early, require=late) == [("applies", on)]
    assert said(applies="has(thing.on)", require=late) == []
    assert said(require=late, lenient=early) == [("require", on), ("lenient", on)]
    assert said(due="thing.on", note={"when": early, "text": "请核"}) == []


def test_the_complaint_says_what_to_do() -> None:
    (complaint,) = unguarded(ruleset({"require": "thing.on < as_of"}))
    assert complaint.message == (
        "“办理日期”（thing.on）可能是“无”，用它之前没有 has() 问过："
        "加 has()，或者编一个它为 null 的例子，写明那时应是什么结论"
    )
