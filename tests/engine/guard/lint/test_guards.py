"""Which operators read a field that nobody asked for: guarded patterns pass, others don't."""

from __future__ import annotations

import pytest

from engine.guard.lint.guards import _NONE, _Finder, true_only_with
from engine.guard.lint.possible import possible
from engine.language import tree as t
from engine.language.check import check
from engine.language.vocabulary import Vocabulary
from facts.records.load import read_schema

SCHEMA = read_schema(
    {
        "thing.yaml": """
type: thing
title: 事项
sheets: [事项]
key: [no]
fields:
  no: {type: string, title: 编号, blank: absent}
  a: {type: date, time: event, title: 甲日, progress: true}
  b: {type: date, time: event, title: 乙日, blank: absent}
  c: {type: date, time: event, title: 丙日}
  done: {type: bool, title: 是否办完, progress: true}
  perhaps: {type: bool, title: 是否有, blank: absent}
  n: {type: int, title: 件数, none: absent}
  group: {type: object, title: 一组, progress: true}
  group.on: {type: date, time: event, title: 组内日, progress: true}
  group.no: {type: string, title: 组内号}
  group.yes: {type: bool, title: 组内是否}
  tags: {type: set, title: 标签, progress: true}
nested:
  parts: {of: part, title: 分项}
""",
        "part.yaml": """
type: part
title: 分项
parent: thing
fields:
  on: {type: date, time: event, title: 分项日, progress: true}
  n: {type: int, title: 分项数, blank: absent}
""",
        "year.yaml": """
type: year
title: 年度
generated: {}
key: [year]
fields:
  year: {type: int, title: 年度}
  start: {type: date, time: term, title: 年初}
links:
  things: {to: thing, title: 事项, on: {}}
""",
    }
)
VOCABULARY = Vocabulary(SCHEMA)
DAY = "date(2024, 1, 1)"


def tree(text: str, subject: str = "thing") -> t.Expr:
    return check(text, subject, t.Kind.BOOL, VOCABULARY)


def unasked(text: str, given: str | None = None) -> list[str]:
    """The fields that `text` reads unasked, where `given` is known to be true."""
    known = _NONE if given is None else true_only_with(tree(given))
    return [path.field for path in _Finder(SCHEMA).found(tree(text), known)]


@pytest.mark.parametrize(
    "text",
    [
        f"has(thing.a) && thing.a < {DAY}",
        f"thing.a < {DAY} && has(thing.a)",
        f"!has(thing.a) || thing.a < {DAY}",
        f"!(has(thing.a) && !(thing.a < {DAY}))",
        f"has(thing.a) ? thing.a < {DAY} : thing.done",
        f"!has(thing.a) ? thing.done : thing.a < {DAY}",
        f"has(thing.a) && has(thing.b) && (thing.a < thing.b || thing.b > {DAY})",
        f"(has(thing.a) && thing.done) ? thing.a < {DAY} : thing.done",
        "has(thing.a) && thing.parts.all(p, has(p.on) && p.on <= thing.a)",
        "has(thing.group.on) && thing.group.yes",  # a group with one field is there
        "thing.parts.exists(p, has(p.on) && p.on == thing.c)",
        f"thing.parts.filter(p, has(p.on)).all(q, q.on < {DAY})",
        "thing.parts.filter(p, has(p.n) && p.n > 1).filter(q, q.n < 9).size() > 1",
        "sum(thing.parts.filter(p, has(p.n)), q, q.n) > 3",
        f"thing.c < {DAY}",  # nobody declared that there may be none
        "thing.done",  # 无 under a yes/no column means 否
        "thing.tags.exists(x, x == '甲')",
        "thing.no == '甲'",
        f"has(thing.group.on) && thing.group.on < {DAY}",
    ],
)
def test_guarded(text: str) -> None:
    assert unasked(text) == []


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (f"thing.a < {DAY}", ["a"]),
        (f"thing.a > {DAY} && thing.a < thing.c", ["a"]),  # two comparisons don't ask each other
        ("thing.a < thing.b", ["a", "b"]),
        ("has(thing.a) && thing.a < thing.b", ["b"]),
        (f"has(thing.a) || thing.a < {DAY}", ["a"]),
        (f"!has(thing.a) && thing.a < {DAY}", ["a"]),
        (f"(has(thing.a) || thing.done) && thing.a < {DAY}", ["a"]),
        (f"has(thing.a) ? thing.done : thing.a < {DAY}", ["a"]),
        (f"thing.done ? thing.a < {DAY} : has(thing.a)", ["a"]),
        ("thing.perhaps", ["perhaps"]),
        ("thing.n >= 3", ["n"]),
        ("days(thing.a, thing.c) >= 30", ["a"]),
        (f"thing.parts.all(p, p.on < {DAY})", ["on"]),
        (f"thing.parts.exists(p, has(p.on)) && thing.parts.all(p, p.on < {DAY})", ["on"]),
        (f"thing.parts.filter(p, has(p.n)).all(q, q.on < {DAY})", ["on"]),
        ("sum(thing.parts, p, p.n) > 3", ["n"]),
        (f"thing.group.on < {DAY}", ["group.on"]),
        ("thing.group.yes", ["group.yes"]),  # below an absent object everything is absent
        ("has(thing.group.on) || thing.group.yes", ["group.yes"]),
        ("thing.group.yes && thing.group.on == thing.c", ["group.yes", "group.on"]),
        ("has(thing.group.no) && thing.group.on == thing.c", ["group.on"]),
    ],
)
def test_unguarded(text: str, fields: list[str]) -> None:
    assert unasked(text) == fields


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ("has(thing.a)", []),
        (f"thing.a < {DAY}", []),
        ("days(thing.a, thing.c) > 3 && thing.done", []),
        (f"!(thing.a < {DAY})", []),
        ("has(thing.a) ? thing.done : false", ["a"]),
        (f"thing.done ? has(thing.a) : thing.a < {DAY}", []),
        ("has(thing.a) || thing.done", ["a"]),
        (f"has(thing.a) || thing.a > {DAY}", []),
        ("!has(thing.a)", ["a"]),
        ("thing.parts.all(p, has(p.on))", ["a"]),
        (f"min(thing.a, thing.c) < {DAY}", ["a"]),  # the other day alone may decide
        (f"max(thing.a, thing.c) < {DAY}", ["a"]),
    ],
)
def test_what_is_known_where_applies_is_true(given: str, fields: list[str]) -> None:
    assert unasked(f"thing.a < {DAY}", given) == fields


@pytest.mark.parametrize(
    ("text", "subject", "truths"),
    [
        ("true", "thing", {True}),
        ("false || true", "thing", {True}),
        ("thing.done", "thing", {True, False, None}),
        ("thing.done || true", "thing", {True}),
        ("thing.done && true", "thing", {True, False, None}),
        ("has(thing.a)", "thing", {True, False, None}),
        ("year.year >= 2024", "year", {True, False}),
        ("has(year.start)", "year", {True}),
        (f"as_of > {DAY}", "thing", {True, False}),
        ("!(year.start > date(2024, 1, 1))", "year", {True, False}),
        ("year.things.size() > 0", "year", {True, False, None}),
        ("year.things.exists(x, x.done)", "year", {True, False, None}),
        ("year.year > 2024 ? year.things.exists(x, x.done) : true", "year", {True, False, None}),
        ("year.year > 2024 ? false : true", "year", {True, False}),
        ("true ? false : true", "thing", {False}),
    ],
)
def test_possible_truths(text: str, subject: str, truths: set[bool | None]) -> None:
    assert possible(tree(text, subject), SCHEMA) == truths


@pytest.mark.parametrize(
    ("text", "there"),
    [
        # where it is false, whichever branch was taken
        ("!(thing.done ? thing.a > thing.c : thing.a > thing.b)", {"a", "done"}),
        ("!(thing.a > thing.c ? thing.done : thing.perhaps)", {"a", "c"}),
        ("!(has(thing.a) ? thing.b > as_of : thing.done)", set()),
        # and where it is true
        ("thing.done ? thing.a > thing.c : thing.a > thing.b", {"a", "done"}),
    ],
)
def test_what_is_there_where_a_choice_is_decided(text: str, there: set[str]) -> None:
    assert {field for _, _, field in true_only_with(tree(text))} == there
