"""Requirement files as written: prose becomes one line, an example like another is filled in."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from engine.model.outcome import Outcome
from engine.ruleset.files import Example, RequirementFile

D = dt.date
FIRST: dict[str, Any] = {
    "outcome": "gap",
    "as_of": D(2024, 7, 1),
    "year": 2023,
    "severity": "major",
    "note": True,
    "why": "没办",
    "given": {"flag": False, "n": 2},
    "parent": {"year": 2024, "title": "甲"},
    "place": {"level": "县级"},
    "params": {"share": Decimal("0.5"), "most_days": 3},
}


def written(**keys: object) -> RequirementFile:
    return RequirementFile.model_validate(
        {
            "id": "a-one",
            "title": "办理",
            "subject": "thing",
            "basis": [{"instrument": "LAW", "article": "第一条"}],
            "severity": "major",
            "act_on": "as_of",
            "require": "thing.flag",
            "message": "没有办",
            "remedy": "去办",
            "rationale": "理由",
            **keys,
        }
    )


def second(*examples: object) -> Example:
    return written(examples=list(examples)).examples[-1]


def test_what_is_not_said_is_as_in_the_example_it_is_like() -> None:
    """The situation is taken over; what came of it, and why, is each example's own."""
    found = second(FIRST, {"like": 1, "outcome": "met"})
    assert found == Example(
        like=1,
        outcome=Outcome.MET,
        as_of=D(2024, 7, 1),
        year=2023,
        given=FIRST["given"],
        parent=FIRST["parent"],
        place=FIRST["place"],
        params=FIRST["params"],
    )


def test_what_is_said_goes_before_field_by_field() -> None:
    own = {
        "like": 1,
        "outcome": "met",
        "as_of": D(2025, 1, 1),
        "year": 2025,
        "given": {"n": 3, "m": 4},
        "parent": {"title": "乙"},
        "place": {"level": "市级"},
        "params": {"most_days": 5},
    }
    found = second(FIRST, own)
    assert (found.as_of, found.year) == (D(2025, 1, 1), 2025)
    assert found.given == {"flag": False, "n": 3, "m": 4}
    assert found.parent == {"year": 2024, "title": "乙"}
    assert found.place == {"level": "市级"}
    assert found.params == {"share": Decimal("0.5"), "most_days": 5}


def test_what_neither_says_is_not_there() -> None:
    plain = {"outcome": "gap", "as_of": D(2024, 7, 1)}
    found = second(plain, {"like": 1, "outcome": "met"})
    assert (found.year, found.parent) == (None, None)
    assert (found.given, found.place, found.params) == ({}, {}, {})
    said = second(plain, {"like": 1, "outcome": "met", "given": {"n": 1}, "parent": {"year": 1}})
    assert (said.given, said.parent) == ({"n": 1}, {"year": 1})


def test_an_example_is_like_one_already_filled_in() -> None:
    third = {"like": 2, "outcome": "met", "given": {"m": 4}}
    found = second(FIRST, {"like": 1, "outcome": "met", "given": {"n": 3}}, third)
    assert found.given == {"flag": False, "n": 3, "m": 4}
    assert found.as_of == D(2024, 7, 1)
    plain = {"outcome": "gap", "as_of": D(2024, 1, 1)}
    assert second(FIRST, plain, {"like": 1, "outcome": "met"}).given == FIRST["given"]
    assert second(FIRST, plain, {"like": 2, "outcome": "met"}).as_of == D(2024, 1, 1)


def test_a_parent_that_is_said_not_to_be_there_is_not_taken_over() -> None:
    assert second(FIRST, {"like": 1, "outcome": "met", "parent": None}).parent is None
    alone = {**FIRST, "parent": None}
    assert second(alone, {"like": 1, "outcome": "met", "parent": {"year": 1}}).parent == {"year": 1}


@pytest.mark.parametrize(
    ("like", "said"),
    [
        (0, "第2例的 like 须是前面某一例的序号（1至1）"),
        (2, "第2例的 like 须是前面某一例的序号（1至1）"),
        ("1", "第2例的 like 须是前面某一例的序号（1至1）"),
    ],
)
def test_an_example_is_like_an_earlier_one(like: object, said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        written(examples=[FIRST, {"like": like, "outcome": "met"}])
    [error] = refused.value.errors()
    assert (error["loc"], error["msg"]) == (("examples",), f"Value error, {said}")


def test_examples_that_are_no_list_are_refused_as_such() -> None:
    with pytest.raises(ValidationError) as refused:
        written(examples=3)
    [error] = refused.value.errors()
    assert (error["loc"], error["type"]) == (("examples",), "tuple_type")


def test_prose_is_one_line() -> None:
    found = written(message="没有\n  办，\n也没有说  \n", remedy=" 去办 ")
    assert (found.message, found.remedy) == ("没有办，也没有说", "去办")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"require": None}, "require 只能且必须写在 kind: checked 的要求里"),
        ({"kind": "manual"}, "require 只能且必须写在 kind: checked 的要求里"),
        ({"covered_by": ["a-two"]}, "covered_by 只能且必须写在 kind: covered 的要求里"),
        (
            {"kind": "covered", "require": None},
            "covered_by 只能且必须写在 kind: covered 的要求里",
        ),
        ({"act_on": None}, "缺少 act_on、message 或 remedy"),
        ({"message": None}, "缺少 act_on、message 或 remedy"),
        ({"remedy": None}, "缺少 act_on、message 或 remedy"),
        (
            {"kind": "manual", "require": None, "remedy": None},
            "缺少 act_on、message 或 remedy",
        ),
        *(
            ({"severity": cases}, "severity 逐条写 when，仅最后一条不写（即其余情形）")
            for cases in (
                [{"level": "major"}, {"level": "minor"}],
                [{"when": "true", "level": "major"}, {"when": "true", "level": "minor"}],
                [{"level": "major"}, {"when": "true", "level": "minor"}],
            )
        ),
    ],
)
def test_parts_that_do_not_go_together_are_refused(changes: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        written(**changes)
    assert [error["msg"] for error in refused.value.errors()] == [f"Value error, {said}"]


def test_a_covered_requirement_needs_no_act_and_no_words() -> None:
    keys = {"kind": "covered", "covered_by": ["a-two"]}
    nothing = dict.fromkeys(("require", "act_on", "message", "remedy"))
    assert written(**keys, **nothing).covered_by == ("a-two",)
