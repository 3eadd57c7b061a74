"""Requirement files as written: prose becomes one line, and parts that don't go together."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from engine.ruleset.files import RequirementFile


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


def test_examples_that_are_no_list_are_refused_as_such() -> None:
    with pytest.raises(ValidationError) as refused:
        written(examples=3)
    [error] = refused.value.errors()
    assert (error["loc"], error["type"]) == (("examples",), "tuple_type")


def test_prose_is_one_line() -> None:
    found = written(message="没有\n  办，\n也没有说  \n", remedy=" 去办 ")
    assert (found.message, found.remedy) == ("没有办，也没有说", "去办")
    example = {"outcome": "met", "as_of": "2024-07-01", "why": "两处，\n  都办了\n"}
    assert written(examples=[example]).examples[0].why == "两处，都办了"


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
        ({"due_basis": "house"}, "due_basis: house 说的是 due 的期限，没有 due 不能写"),
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
