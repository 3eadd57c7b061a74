"""The parts that every check goes by: the written expressions, and what is known in advance."""

from __future__ import annotations

import pytest

from engine.guard.lint.complaint import expressions, others
from engine.guard.lint.conditions import located, with_expression, with_truth
from engine.guard.lint.possible import certain
from engine.language import tree as t
from engine.language.check import check
from engine.language.vocabulary import Vocabulary
from engine.ruleset.model import Requirement
from facts.records.load import read_schema
from tests.engine.guard.lint.test_guards import SCHEMA as GENERATED
from tests.engine.small import ruleset, tree


def duty(**changes: object) -> Requirement:
    return ruleset(changes).requirements["a-one"]


FULL = duty(
    applies="thing.done",
    require="has(thing.on)",
    lenient="thing.n > 1",
    due="thing.until",
    note={"when": "thing.m == 7", "text": "请核"},
    severity=[
        {"when": "thing.kind == '甲'", "level": "blocking"},
        {"when": "thing.kind == '乙'", "level": "major"},
        {"level": "minor"},
    ],
)
DATE = t.Kind.DATE


def test_the_expressions_of_a_duty_by_key() -> None:
    assert list(expressions(FULL, FULL.texts[0])) == [
        ("applies", tree("thing.done")),
        ("require", tree("has(thing.on)")),
        ("lenient", tree("thing.n > 1")),
        ("due", tree("thing.until", DATE)),
        ("note", tree("thing.m == 7")),
    ]
    assert list(others(FULL)) == [
        ("act_on", tree("thing.start", DATE)),
        ("severity", tree("thing.kind == '甲'")),
        ("severity", tree("thing.kind == '乙'")),
    ]
    plain = duty()
    assert list(expressions(plain, plain.texts[0])) == [
        ("applies", tree("true")),
        ("require", tree("thing.flag")),
    ]
    assert list(others(plain)) == [("act_on", tree("thing.start", DATE))]


def test_of_a_manual_duty_only_what_somebody_wrote() -> None:
    manual = duty(kind="manual", require=None, applies="thing.done", act_on="as_of")
    assert list(expressions(manual, manual.texts[0])) == [("applies", tree("thing.done"))]


def test_every_condition_is_located_by_key_text_and_number() -> None:
    places = {
        (expression.key, expression.part): [str(place) for place in expression.places]
        for expression in located(FULL)
    }
    assert places == {
        ("act_on", 0): [],
        ("severity", 0): ["severity#1"],
        ("severity", 1): ["severity@1#1"],
        ("applies", 0): ["applies#1"],
        ("require", 0): ["require#1"],
        ("lenient", 0): ["lenient#1"],
        ("due", 0): [],
        ("note", 0): ["note#1"],
    }


@pytest.mark.parametrize("key", ["act_on", "applies", "require", "lenient", "due", "note"])
def test_one_expression_is_exchanged_and_no_other(key: str) -> None:
    (place,) = (found for found in located(FULL) if found.key == key)
    other = tree("as_of", DATE) if key in ("act_on", "due") else tree("thing.n == 9")
    changed = with_expression(FULL, place, other)
    before = dict(expressions(FULL, FULL.texts[0]))
    after = dict(expressions(changed, changed.texts[0]))
    if key == "act_on":
        assert changed.act_on == other
        assert after == before
    else:
        assert changed.act_on == FULL.act_on
        assert after == {**before, key: other}
    assert changed.severities == FULL.severities
    assert changed.texts[0].note is not None
    assert changed.texts[0].note[1] == "请核"


def test_the_condition_of_one_severity_is_exchanged() -> None:
    second = next(found for found in located(FULL) if (found.key, found.part) == ("severity", 1))
    (place,) = second.places
    changed = with_truth(FULL, second, place, truth=False)
    first, (condition, level) = changed.severities.cases
    assert first == FULL.severities.cases[0]
    assert (condition, level) == (t.Lit(False, t.Kind.BOOL), FULL.severities.cases[1][1])
    assert changed.severities.default is FULL.severities.default
    assert changed.texts == FULL.texts


def test_the_text_that_is_exchanged_is_that_of_its_number() -> None:
    two = duty(
        basis=[{"instrument": "PAPER", "article": "一"}],
        versions=[
            {
                "basis": [{"instrument": "LAW", "article": "一", "until": "2021-08-10"}],
                "require": "thing.done",
            }
        ],
    )
    older = next(found for found in located(two) if (found.key, found.part) == ("require", 1))
    changed = with_expression(two, older, tree("thing.n == 9"))
    assert changed.texts[0] == two.texts[0]
    assert changed.texts[1].require == tree("thing.n == 9")


def test_what_applies_to_a_manual_duty_keeps_the_answer_beside_it() -> None:
    manual = duty(kind="manual", require=None, applies="thing.done", act_on="as_of")
    (applies,) = (found for found in located(manual) if found.key == "applies")
    changed = with_expression(manual, applies, tree("thing.flag"))
    before, after = manual.texts[0].applies, changed.texts[0].applies
    assert isinstance(before, t.And)
    assert after == t.And((tree("thing.flag"), *before.items[1:]))


@pytest.mark.parametrize(
    ("text", "kind", "subject", "known"),
    [
        ("3", t.Kind.INT, "year", True),
        ("as_of", DATE, "year", True),
        ("year.year", t.Kind.INT, "year", True),
        ("year.start", DATE, "year", True),
        ("year.things.size()", t.Kind.INT, "year", False),
        ("thing.a", DATE, "thing", False),
        ("thing.no == '甲'", t.Kind.BOOL, "thing", False),
        ("date(year.year, 1, 1)", DATE, "year", True),
        ("days(year.start, as_of)", t.Kind.INT, "year", True),
        ("days(thing.a, as_of)", t.Kind.INT, "thing", False),
        ("workdays(year.start, as_of)", t.Kind.INT, "year", False),  # the calendar may not reach
        ("year.year + 1", t.Kind.INT, "year", True),
        ("year.year * 2", t.Kind.INT, "year", True),
        ("year.year >= 2024", t.Kind.BOOL, "year", True),
        ("year.year in [2023, 2024]", t.Kind.BOOL, "year", True),
        ("thing.n + 1", t.Kind.INT, "thing", False),
    ],
)
def test_what_is_always_known(text: str, kind: t.Kind, subject: str, known: bool) -> None:  # noqa: FBT001
    node = check(text, subject, kind, Vocabulary(GENERATED))
    assert certain(node, GENERATED) is known


def test_a_generated_year_and_its_days_are_known_though_no_key() -> None:
    spans = read_schema(
        {
            "span.yaml": "type: span\ntitle: 时段\ngenerated: {}\nkey: [start]\nfields:\n"
            "  year: {type: int, title: 年度}\n  start: {type: date, time: term, title: 起}\n"
            "  end: {type: date, time: term, title: 止}\n"
        }
    )
    for text in ("span.year > 2023", "span.start < as_of", "span.end > as_of"):
        assert certain(check(text, "span", t.Kind.BOOL, Vocabulary(spans)), spans)
