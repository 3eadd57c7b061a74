"""Which parts of an expression are measured, each once, and what is left to the rules."""

from __future__ import annotations

import datetime as dt

import pytest

from engine.judging.reference import Reading
from engine.judging.rete.evaluation import visits_lists
from engine.judging.rete.formula import (
    All,
    Choice,
    Const,
    Formula,
    Neg,
    Some,
    bounded,
    equals,
    truth,
)
from engine.judging.rete.variables import (
    Blank,
    Bounds,
    Deadline,
    Governing,
    Key,
    Truth,
    Variables,
    is_curable,
    uses_parameters,
)
from engine.language import tree as t
from engine.language.canonical import canonical
from engine.ruleset.model import Window
from tests.engine.small import SCHEMA, requirement, tree

K = t.Kind
ACT = tree("thing.start", K.DATE)
JUDGE, CURABLE = Reading.JUDGE, Reading.CURABLE
FLAG, DONE, COUNT = tree("thing.flag"), tree("thing.done"), tree("thing.n", K.INT)


def measured(text: str, reading: Reading = JUDGE) -> tuple[Formula, list[Key]]:
    """The formula of a text and the measures that it stands on, in order of their numbers."""
    measures = Variables(SCHEMA)
    formula = measures.formula(tree(text), ACT, reading)
    assert list(measures.keys.values()) == list(range(len(measures.keys)))
    return formula, list(measures.keys)


@pytest.mark.parametrize(
    ("text", "formula", "keys"),
    [
        ("true", Const(True), []),
        ("thing.flag", truth(0), [Truth(FLAG, JUDGE)]),
        ("!thing.flag", Neg(truth(0)), [Truth(FLAG, JUDGE)]),
        (
            "thing.flag && thing.done",
            All((truth(0), truth(1))),
            [Truth(FLAG, JUDGE), Truth(DONE, JUDGE)],
        ),
        (
            "thing.flag || thing.done",
            Some((truth(0), truth(1))),
            [Truth(FLAG, JUDGE), Truth(DONE, JUDGE)],
        ),
        # Each part is measured once.
        ("thing.flag || !thing.flag", Some((truth(0), Neg(truth(0)))), [Truth(FLAG, JUDGE)]),
        (
            "thing.flag ? thing.done : !thing.flag",
            Choice(truth(0), truth(1), Neg(truth(0))),
            [Truth(FLAG, JUDGE), Truth(DONE, JUDGE)],
        ),
        ("term.big", bounded(0, ">=", 10), [Bounds(COUNT, JUDGE)]),
        ("thing.n < 3", bounded(0, "<", 3), [Bounds(COUNT, JUDGE)]),
        ("thing.n == 3", bounded(0, "==", 3), [Bounds(COUNT, JUDGE)]),
        ("thing.n != 3", bounded(0, "!=", 3), [Bounds(COUNT, JUDGE)]),
        # A number on the left: the order turns round, equality does not.
        ("3 < thing.n", bounded(0, ">", 3), [Bounds(COUNT, JUDGE)]),
        ("3 <= thing.n", bounded(0, ">=", 3), [Bounds(COUNT, JUDGE)]),
        ("3 > thing.n", bounded(0, "<", 3), [Bounds(COUNT, JUDGE)]),
        ("3 >= thing.n", bounded(0, "<=", 3), [Bounds(COUNT, JUDGE)]),
        ("3 == thing.n", bounded(0, "==", 3), [Bounds(COUNT, JUDGE)]),
        ("3 != thing.n", bounded(0, "!=", 3), [Bounds(COUNT, JUDGE)]),
        # Fractions are not for durable_rules.
        ("thing.amount < 3", truth(0), [Truth(tree("thing.amount < 3"), JUDGE)]),
        ("3 > thing.amount", truth(0), [Truth(tree("3 > thing.amount"), JUDGE)]),
        ("thing.n < thing.m", truth(0), [Truth(tree("thing.n < thing.m"), JUDGE)]),
    ],
)
def test_what_is_measured_and_what_is_left(
    text: str, formula: Formula, keys: list[Truth | Bounds]
) -> None:
    assert measured(text) == (formula, [(key, None) for key in keys])


def test_what_reads_a_parameter_depends_on_the_act() -> None:
    text = "thing.n > param.most_days"
    assert measured(text) == (truth(0), [(Truth(tree(text), JUDGE), ACT)])
    whole = f"!({text}) && (thing.flag || {text}) && (thing.flag ? {text} : term.big)"
    _, keys = measured(whole)
    assert [act for _, act in keys] == [ACT, None, None]


def test_what_no_paper_can_cure_is_read_as_it_is_judged() -> None:
    """So that both readings share a measure."""
    text = "thing.flag && thing.done && thing.n > 1 && size(thing.parts) > 1"
    _, keys = measured(text, CURABLE)
    size = t.Size(t.Path("thing", 0, "thing", "parts", K.RECORDS, "part"))
    assert keys == [
        (Truth(FLAG, JUDGE), None),
        (Truth(DONE, CURABLE), None),
        (Bounds(COUNT, JUDGE), None),
        (Bounds(size, CURABLE), None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "!{}",
        "{} && true",
        "{} || false",
        "{} ? true : true",
        "true ? {} : true",
        "true ? true : {}",
    ],
)
def test_the_reading_and_the_act_reach_every_part(text: str) -> None:
    part = "(has(thing.on) == (thing.n > param.most_days))"
    _, keys = measured(text.format(part), CURABLE)
    assert keys == [(Truth(tree(part), CURABLE), ACT)]


def test_the_reading_and_the_act_reach_into_a_term() -> None:
    part = tree("has(thing.on) == (thing.n > param.most_days)")
    measures = Variables(SCHEMA)
    measures.formula(t.Named("far", "远", part, K.BOOL), ACT, CURABLE)
    assert list(measures.keys) == [(Truth(part, CURABLE), ACT)]


def test_a_term_is_read_as_what_it_stands_for() -> None:
    text = "thing.flag == term.big"
    assert measured(text)[1] == [(Truth(canonical(tree(text)), JUDGE), None)]


def test_the_measures_of_a_text() -> None:
    each, some = "thing.parts.all(p, p.n > param.most_days)", "thing.parts.exists(p, p.ok)"
    made = requirement(require=each, applies=some)
    (text,) = made.texts
    measures = Variables(SCHEMA)
    assert measures.governing(made.texts, ACT) == 0
    assert measures.blank(text, ACT) == equals(1, value=True)
    assert measures.governing(made.texts, ACT) == 0
    blank = Blank(
        (Window(dt.date(2020, 1, 1), dt.date.max),),
        canonical(tree(each)),
        frozenset(),
        canonical(tree(some)),
        None,
    )
    assert measures.keys == {(Governing((blank.windows,)), ACT): 0, (blank, ACT): 1}


def test_what_a_blank_is_told_by() -> None:
    due = "thing.parts.exists(p, p.ok) ? thing.until : as_of"
    made = requirement(due=due, evidence=["thing.flag"], applies="thing.done")
    measures = Variables(SCHEMA)
    assert measures.blank(made.texts[0], ACT) == equals(0, value=True)
    [(blank, act)] = measures.keys
    assert act == ACT
    assert blank == Blank(
        (Window(dt.date(2020, 1, 1), dt.date.max),),
        FLAG,
        frozenset({("thing", "flag")}),
        DONE,
        canonical(tree(due, K.DATE)),
    )


def test_a_deadline_depends_on_the_act_where_it_reads_a_parameter() -> None:
    measures = Variables(SCHEMA)
    plain = tree("term.big ? thing.until : as_of", K.DATE)
    ranged = tree("add_days(thing.until, param.most_days)", K.DATE)
    assert [measures.due(node, ACT) for node in (plain, ranged, plain)] == [0, 1, 0]
    opened = tree("thing.n >= 10 ? thing.until : as_of", K.DATE)
    assert list(measures.keys) == [(Deadline(opened), None), (Deadline(ranged), ACT)]


@pytest.mark.parametrize(
    ("text", "curable", "parameters", "lists"),
    [
        ("thing.flag", False, False, False),
        ("thing.done", True, False, False),  # may still be done
        ("has(thing.n)", True, False, False),
        ("thing.n > 1 && has(thing.word)", True, False, False),
        ("thing.on < as_of", False, False, False),
        ("thing.n > param.most_days", False, True, False),
        ("thing.flag || thing.n > param.most_days", False, True, False),
        ("size(thing.parts) > 1", True, False, True),
        ("size(thing.tags) > 1", True, False, True),
        ("thing.tags.exists(x, x == '红')", True, False, True),
        ("thing.parts.all(p, p.n > param.most_days)", True, True, True),
        ("has(thing.parts)", True, False, True),
    ],
)
def test_what_measures_must_know(
    text: str,
    curable: bool,  # noqa: FBT001
    parameters: bool,  # noqa: FBT001
    lists: bool,  # noqa: FBT001
) -> None:
    node = tree(text)
    assert (is_curable(node, SCHEMA), uses_parameters(node), visits_lists(node)) == (
        curable,
        parameters,
        lists,
    )


def test_a_field_that_the_schema_does_not_have_is_not_curable() -> None:
    """The answer of a person stands in none of its fields."""
    assert not is_curable(t.Path("thing", 0, "thing", "manual:a-one", K.BOOL), SCHEMA)
