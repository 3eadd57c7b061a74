"""Examples as written are whole as judged: what is usual, what another says, what each says itself.

Broken by a field that is taken over from the wrong place, or not, and by an error without a line.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from engine.model.errors import InvalidRulesetError
from engine.model.strict_yaml import load_yaml
from engine.model.validated import validate
from engine.ruleset.files import RequirementFile
from engine.ruleset.filled import filled

D = dt.date
HEAD = """\
id: a-one
title: 办理
subject: thing
basis: [{instrument: LAW, article: 第一条}]
severity: major
act_on: as_of
require: thing.flag
message: 没有办
remedy: 去办
rationale: 理由
"""
USUAL = """\
usual:
  as_of: 2024-07-01
  year: 2023
  given: {flag: true, n: 2, group.on: 2024-05-01}
  parent: {year: 2024, title: 甲}
  place: {level: 县级}
  params: {share: 0.5, most_days: 3}
"""
Whole = dict[str, Any]


def read(*examples: str, usual: str = USUAL) -> RequirementFile:
    listed = "".join(f"  - {{{example}}}\n" for example in examples)
    text = f"{HEAD}{usual}examples:\n{listed}"
    return validate(RequirementFile, filled(load_yaml(text, "a-one.yaml"), "a-one.yaml"), "a.yaml")


def last(*examples: str, usual: str = USUAL) -> Whole:
    """All of the last example but what is its own in any case."""
    found = read(*examples, usual=usual).examples[-1]
    return found.model_dump(include={"as_of", "year", "given", "parent", "place", "params"})


def refused(*examples: str, usual: str = USUAL) -> tuple[int | None, str, str]:
    with pytest.raises(InvalidRulesetError) as caught:
        read(*examples, usual=usual)
    assert caught.value.file == "a-one.yaml"
    return caught.value.line, caught.value.key, caught.value.reason


TAKEN: Whole = {
    "as_of": D(2024, 7, 1),
    "year": 2023,
    "given": {"flag": True, "n": 2, "group.on": D(2024, 5, 1)},
    "parent": {"year": 2024, "title": "甲"},
    "place": {"level": "县级"},
    "params": {"share": Decimal("0.5"), "most_days": 3},
}
NOTHING: Whole = {
    "as_of": D(2024, 7, 1),
    "year": None,
    "given": {},
    "parent": None,
    "place": {},
    "params": {},
}


def test_what_is_usual_is_so_in_every_example() -> None:
    assert last("outcome: met") == TAKEN
    assert last("outcome: met, given: {flag: true}", "outcome: gap") == TAKEN


def test_what_nobody_says_is_not_there() -> None:
    assert last("outcome: met, as_of: 2024-07-01", usual="") == NOTHING
    given = last("outcome: met, as_of: 2024-07-01, given: {n: 1}", usual="usual: {year: 2022}\n")
    assert given == {**NOTHING, "year": 2022, "given": {"n": 1}}


def test_what_is_said_goes_before_field_by_field() -> None:
    own = (
        "outcome: met, as_of: 2025-01-01, year: 2025, given: {n: 3, m: 4}, parent: {title: 乙}, "
        "place: {level: 市级}, params: {most_days: 5}"
    )
    assert last(own) == {
        "as_of": D(2025, 1, 1),
        "year": 2025,
        "given": {"flag": True, "n": 3, "group.on": D(2024, 5, 1), "m": 4},
        "parent": {"year": 2024, "title": "乙"},
        "place": {"level": "市级"},
        "params": {"share": Decimal("0.5"), "most_days": 5},
    }


def test_an_object_goes_before_what_is_usual_below_it_and_the_other_way_round() -> None:
    """Broken by an object that is said to be absent and still has a day taken over."""
    assert last("outcome: met, given: {group: null}")["given"] == {
        "flag": True,
        "n": 2,
        "group": None,
    }
    absent = "usual: {as_of: 2024-07-01, given: {group: null, groups: 1}}\n"
    there = last("outcome: met, given: {group.on: 2024-05-02}", usual=absent)
    assert there["given"] == {"groups": 1, "group.on": D(2024, 5, 2)}


def test_what_an_example_lacks_is_not_taken_over() -> None:
    lacking = "name: 缺列, outcome: unknown, without: [n, group]"
    assert last(lacking)["given"] == {"flag": True}
    assert last(lacking, "like: 缺列, outcome: gap, given: {m: 1}")["given"] == {
        "flag": True,
        "m": 1,
    }


def test_a_parent_that_is_said_not_to_be_there_is_not_taken_over() -> None:
    assert last("outcome: met, parent: null")["parent"] is None
    alone = "name: 独, outcome: met, parent: null"
    assert last(alone, "like: 独, outcome: met, parent: {year: 1}")["parent"] == {"year": 1}


def test_an_example_is_like_one_that_was_filled_in_itself() -> None:
    first = "name: 甲, outcome: met, as_of: 2025-01-01, given: {n: 3}, severity: major, note: true"
    second = "name: 乙, like: 甲, outcome: met, given: {m: 4}"
    found = read(first, second, "like: 乙, outcome: gap, why: 丙").examples
    assert [(e.name, e.like, e.as_of) for e in found] == [
        ("甲", None, D(2025, 1, 1)),
        ("乙", "甲", D(2025, 1, 1)),
        (None, "乙", D(2025, 1, 1)),
    ]
    assert found[2].given == {"flag": True, "n": 3, "group.on": D(2024, 5, 1), "m": 4}
    # What came of it is each example's own.
    assert [(e.outcome, e.severity, e.note, e.why) for e in found[1:]] == [
        ("met", None, None, ""),
        ("gap", None, None, "丙"),
    ]


def test_every_example_knows_its_line() -> None:
    assert [e.line for e in read("outcome: met", "outcome: gap").examples] == [19, 20]
    text = f"{HEAD}{USUAL}examples:\n  - outcome: met\n    why: 甲\n  - outcome: gap\n"
    raw = filled(load_yaml(text, "a-one.yaml"), "a-one.yaml")
    assert [e.line for e in validate(RequirementFile, raw, "a.yaml").examples] == [19, 21]


@pytest.mark.parametrize(
    ("examples", "line", "key", "reason"),
    [
        (
            ("name: 恰好, outcome: met", "like: 恰恰好, outcome: gap"),
            20,
            "examples.like",
            "前面没有名为“恰恰好”的例子，是否指“恰好”？",
        ),
        (
            ("outcome: met", "like: 1, outcome: gap"),
            20,
            "examples.like",
            "前面没有名为“1”的例子；like 写前面某一例的 name",
        ),
        (
            ("like: 后, outcome: gap", "name: 后, outcome: met"),
            19,
            "examples.like",
            "前面没有名为“后”的例子；like 写前面某一例的 name",
        ),
        (
            ("name: 甲, outcome: met", "name: 甲, outcome: gap"),
            20,
            "examples.name",
            "例子“甲”重名，第19行已有",
        ),
        (
            ("outcome: met, without: [flog]",),
            19,
            "examples.without",
            "取来的事实里没有“flog”，是否指“flag”？",
        ),
        (("outcome: met, line: 3",), 19, "examples.line", "没有“line”这一项"),
    ],
)
def test_what_cannot_be_taken_over_is_refused_on_its_line(
    examples: tuple[str, ...], line: int, key: str, reason: str
) -> None:
    assert refused(*examples) == (line, key, reason)


def test_there_is_nothing_to_go_without_where_nothing_is_taken_over() -> None:
    reason = "这一例没有从别处取来的事实，没有可以去掉的"
    assert refused("outcome: met, without: [n]", usual="") == (12, "examples.without", reason)
    bare = "usual: {year: 2024}\n"
    assert refused("outcome: met, without: [n]", usual=bare) == (13, "examples.without", reason)


@pytest.mark.parametrize(
    ("examples", "usual", "key", "reason"),
    [
        (("outcome: met, given: 3",), USUAL, "examples.1.given", "须是“键: 值”"),
        (("outcome: met, without: n",), USUAL, "examples.1.without", "须是清单"),
        (("outcome: met",), "usual: 3\n", "usual", "须是“键: 值”"),
        (
            ("outcome: met",),
            "usual: {gave: {}}\n",
            "usual.gave",
            "没有“gave”这一项，是否指“given”？",
        ),
        (("outcome: met",), USUAL.replace("2024-07-01", "早"), "usual.as_of", "须是日期"),
    ],
)
def test_what_is_not_written_as_it_should_be_is_refused_by_the_model(
    examples: tuple[str, ...], usual: str, key: str, reason: str
) -> None:
    with pytest.raises(InvalidRulesetError) as caught:
        read(*examples, usual=usual)
    assert caught.value.key == key
    assert caught.value.reason.startswith(reason)


@pytest.mark.parametrize("text", ["3\n", "examples: 3\n", "id: a-one\n"])
def test_what_has_no_list_of_examples_is_left_as_it_is(text: str) -> None:
    raw = load_yaml(text, "a-one.yaml")
    assert filled(raw, "a-one.yaml") is raw
