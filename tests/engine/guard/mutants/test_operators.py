"""Every operator on an expression written for it: exactly these changes, in this order.

Broken by an operator that is lost, added, or changes another part than it says.
"""

from __future__ import annotations

import pytest

from engine.guard.mutants.operators import changed
from engine.language import tree as t
from engine.language.checking.bounds import adds_only
from tests.engine.small import tree

TABLE: list[tuple[str, list[tuple[str, str]]]] = [
    ("thing.flag", [("1 negate", "!thing.flag")]),
    ("!thing.flag", [("1 negate", "thing.flag")]),
    (
        "has(thing.on)",
        [("1 true", "true"), ("1 false", "false"), ("1 negate", "!has(thing.on)")],
    ),
    (
        "!has(thing.on)",
        [("1 negate", "has(thing.on)"), ("2 true", "!true"), ("2 false", "!false")],
    ),
    (
        "thing.on < thing.until",
        [
            ("1 strict", "thing.on <= thing.until"),
            ("1 swap", "thing.until < thing.on"),
            ("1 negate", "thing.on >= thing.until"),
        ],
    ),
    (
        "thing.n >= 3",
        [
            ("1 strict", "thing.n > 3"),
            ("1 swap", "3 >= thing.n"),
            ("1 negate", "thing.n < 3"),
            ("3 more", "thing.n >= 4"),
            ("3 less", "thing.n >= 2"),
        ],
    ),
    (
        "thing.n == thing.m",
        [
            ("1 strict", "thing.n <= thing.m"),
            ("1 other-side", "thing.n >= thing.m"),
            ("1 negate", "thing.n != thing.m"),
        ],
    ),
    (
        "thing.on != thing.until",
        [
            ("1 strict", "thing.on < thing.until"),
            ("1 other-side", "thing.on > thing.until"),
            ("1 negate", "thing.on == thing.until"),
        ],
    ),
    ("thing.kind == '甲'", [("1 negate", "thing.kind != '甲'")]),
    ("thing.kind in ['甲']", [("1 negate", "!(thing.kind in ['甲'])")]),
    (
        "thing.kind in ['甲', '乙']",
        [
            ("1 drop1", "thing.kind in ['乙']"),
            ("1 drop2", "thing.kind in ['甲']"),
            ("1 negate", "!(thing.kind in ['甲', '乙'])"),
        ],
    ),
    (
        "thing.flag && thing.done",
        [
            ("1 connective", "thing.flag || thing.done"),
            ("1 drop1", "thing.done"),
            ("1 drop2", "thing.flag"),
            ("2 negate", "!thing.flag && thing.done"),
            ("3 negate", "thing.flag && !thing.done"),
        ],
    ),
    (
        "thing.flag || thing.done || thing.kind == '甲'",
        [
            ("1 connective", "thing.flag && thing.done && thing.kind == '甲'"),
            ("1 drop1", "thing.done || thing.kind == '甲'"),
            ("1 drop2", "thing.flag || thing.kind == '甲'"),
            ("1 drop3", "thing.flag || thing.done"),
            ("2 negate", "!thing.flag || thing.done || thing.kind == '甲'"),
            ("3 negate", "thing.flag || !thing.done || thing.kind == '甲'"),
            ("4 negate", "thing.flag || thing.done || thing.kind != '甲'"),
        ],
    ),
    (
        "thing.flag ? thing.done : true",
        [
            ("1 then", "thing.done"),
            ("1 otherwise", "true"),
            ("2 negate", "!thing.flag ? thing.done : true"),
            ("3 negate", "thing.flag ? !thing.done : true"),
            ("4 negate", "thing.flag ? thing.done : !true"),
        ],
    ),
    (
        "thing.parts.exists(p, p.ok)",
        [
            ("1 quantifier", "thing.parts.all(p, p.ok)"),
            ("1 negate", "!thing.parts.exists(p, p.ok)"),
            ("3 negate", "thing.parts.exists(p, !p.ok)"),
        ],
    ),
    (
        "size(thing.parts.filter(p, p.ok)) > 1",
        [
            ("1 strict", "size(thing.parts.filter(p, p.ok)) >= 1"),
            ("1 swap", "1 > size(thing.parts.filter(p, p.ok))"),
            ("1 negate", "size(thing.parts.filter(p, p.ok)) <= 1"),
            ("3 whole", "size(thing.parts) > 1"),
            ("5 negate", "size(thing.parts.filter(p, !p.ok)) > 1"),
            ("6 more", "size(thing.parts.filter(p, p.ok)) > 2"),
            ("6 less", "size(thing.parts.filter(p, p.ok)) > 0"),
        ],
    ),
    (
        "days(thing.on, thing.until) < workdays(thing.start, thing.until)",
        [
            ("1 strict", "days(thing.on, thing.until) <= workdays(thing.start, thing.until)"),
            ("1 swap", "workdays(thing.start, thing.until) < days(thing.on, thing.until)"),
            ("1 negate", "days(thing.on, thing.until) >= workdays(thing.start, thing.until)"),
            ("2 days", "workdays(thing.on, thing.until) < workdays(thing.start, thing.until)"),
            ("2 swap", "days(thing.until, thing.on) < workdays(thing.start, thing.until)"),
            ("5 days", "days(thing.on, thing.until) < days(thing.start, thing.until)"),
            ("5 swap", "days(thing.on, thing.until) < workdays(thing.until, thing.start)"),
        ],
    ),
    (
        "thing.n + 1 == thing.m * 2",
        [
            ("1 strict", "thing.n + 1 <= thing.m * 2"),
            ("1 other-side", "thing.n + 1 >= thing.m * 2"),
            ("1 negate", "thing.n + 1 != thing.m * 2"),
            ("2 sign", "thing.n - 1 == thing.m * 2"),
            ("4 more", "thing.n + 2 == thing.m * 2"),
            ("4 less", "thing.n + 0 == thing.m * 2"),
            ("5 more", "thing.n + 1 == thing.m * 3"),
            ("5 less", "thing.n + 1 == thing.m * 1"),
        ],
    ),
]
DATES: list[tuple[str, list[tuple[str, str]]]] = [
    ("thing.on", []),
    ("date(2024, 8, 1)", [("1 more", "date(2024, 8, 2)"), ("1 less", "date(2024, 7, 31)")]),
    (
        "date(thing.n, 3, 1)",
        [
            ("1 more", "add_days(date(thing.n, 3, 1), 1)"),
            ("1 less", "add_days(date(thing.n, 3, 1), -1)"),
        ],
    ),
    (
        "deadline(add_days(thing.on, 15))",
        [
            ("1 as-written", "add_days(thing.on, 15)"),
            ("2 days", "deadline(add_workdays(thing.on, 15))"),
            ("4 more", "deadline(add_days(thing.on, 16))"),
            ("4 less", "deadline(add_days(thing.on, 14))"),
        ],
    ),
    (
        "add_workdays(max(thing.on, thing.until), 7)",
        [
            ("1 days", "add_days(max(thing.on, thing.until), 7)"),
            ("2 extreme", "add_workdays(min(thing.on, thing.until), 7)"),
            ("5 more", "add_workdays(max(thing.on, thing.until), 8)"),
            ("5 less", "add_workdays(max(thing.on, thing.until), 6)"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), TABLE, ids=[text for text, _ in TABLE])
def test_a_condition_is_changed_in_these_ways(text: str, wanted: list[tuple[str, str]]) -> None:
    found = [(f"{number} {change}", new) for number, change, new in changed(tree(text))]
    assert found == [(name, tree(after)) for name, after in wanted]


@pytest.mark.parametrize(("text", "wanted"), DATES, ids=[text for text, _ in DATES])
def test_a_day_is_changed_in_these_ways(text: str, wanted: list[tuple[str, str]]) -> None:
    found = [
        (f"{number} {change}", new) for number, change, new in changed(tree(text, t.Kind.DATE))
    ]
    assert found == [(name, tree(after, t.Kind.DATE)) for name, after in wanted]


def test_a_term_is_changed_where_it_stands_and_not_inside() -> None:
    node = tree("thing.flag")
    named = t.Named("early", "早", node)
    assert [(f"{n} {change}", new) for n, change, new in changed(named)] == [
        ("1 negate", t.Not(named))
    ]


def test_a_change_of_a_number_is_told_as_one_of_its_condition() -> None:
    found = {f"{n} {change}": change for n, change, _ in changed(tree("thing.n + 1 >= 3"))}
    assert (found["4 more"].before, found["4 more"].after) == (
        tree("thing.n + 1 >= 3"),
        tree("thing.n + 2 >= 3"),
    )


def test_the_language_would_refuse_a_sum_that_could_shrink() -> None:
    found = changed(tree("sum(thing.parts, p, p.n + p.n) >= 1"))
    refused = [f"{number} {change}" for number, change, new in found if not adds_only(new)]
    assert refused == ["4 sign"]
