"""Procedures as they are read: every field looked up, every value one that its field can hold."""

from __future__ import annotations

import pytest

from engine.language import tree as t
from engine.model.errors import InvalidRulesetError
from engine.model.values import ABSENT, ABSENT_LIST, Elements
from engine.ruleset.model import Place, Supposal
from tests.engine.small import ruleset

WHOLE = """
thing:
  title: 办事
  gates: [go]
  requirements: [a-two]
  left: {amount: 不能假定}
  suppose: {flag: true, n: 3, word: null, tags: [红], parts: [], fixed: null}
  steps:
    - {title: 甲, by: 甲处, days: [start, 'on'], always: true, facts: {kind: {is: 甲, over: [乙]}}}
    - title: 乙
      by: 乙处
      days: [parts.on]
      goal: true
      which: {parts.word: {as: "'丙'"}}
      otherwise: {done: false}
      each: {parts.word: tags}
"""
GATES = "go: {title: 闸, subject: thing, classification: a-one, requirements: [a-one]}"


def _load(procedures: str):  # noqa: ANN202 - the ruleset's own type
    return ruleset({}, {"id": "a-two"}, gates=GATES, procedures=procedures)


def test_a_procedure_with_all_its_parts() -> None:
    procedure = _load(WHOLE).procedures["thing"]
    assert (procedure.subject, procedure.title) == ("thing", "办事")
    assert (procedure.gates, procedure.requirements) == (("go",), ("a-two", "a-one"))
    assert {one.place.path: one.value for one in procedure.suppose} == {
        "flag": True,
        "n": 3,
        "word": ABSENT,
        "tags": Elements(("红",), closed=True),
        "parts": Elements((), closed=True),
        "fixed": ABSENT_LIST,
    }
    assert procedure.left == (Place("thing", "amount"),)
    first, second = procedure.steps
    assert (first.title, first.by, first.always, first.goal, first.of) == (
        "甲",
        "甲处",
        True,
        False,
        "",
    )
    assert first.days == (Place("thing", "start"), Place("thing", "on"))
    assert first.facts == (Supposal(Place("thing", "kind"), "甲", ("乙",)),)
    assert (second.goal, second.of, second.days) == (True, "parts", (Place("part", "on", "parts"),))
    (which,) = second.which
    assert which.place == Place("part", "word", "parts")
    assert isinstance(which.value, t.Lit)
    assert (first.each, second.each) == (None, (Place("part", "word", "parts"), "tags"))
    assert second.otherwise == (Supposal(Place("thing", "done"), False),)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("gates: [go]", "gates: [gone]", "没有“gone”"),
        ("requirements: [a-two]", "requirements: [a-tow]", "没有“a-tow”，是否指“a-two”"),
        ("  left: {", "  apart: {a-two: 不是闸门的}\n  left: {", "没有“a-two”，是否指“a-one”"),
        ("days: [start, 'on']", "days: [strat]", "没有“strat”，是否指“start”"),
        ("days: [start, 'on']", "days: [flag]", "“flag”须是日期字段"),
        ("days: [start, 'on']", "days: [parts]", "“parts”须是日期字段"),
        (
            "days: [start, 'on']",
            "days: [start, parts.on]",
            "“甲”的各个日子、which、each 须在同一条记录里",
        ),
        ("{parts.word: tags}", "{word: tags}", "each 的“word”须是清单里各条的文字字段"),
        ("{parts.word: tags}", "{parts.n: tags}", "each 的“parts.n”须是清单里各条的文字字段"),
        ("{parts.word: tags}", "{parts.word: word}", "each 的“word”须是本事项的一个 set 字段"),
        ("flag: true", "flag: 3", "“3”不是“是否甲”要的内容"),
        ("n: 3", "n: true", "“True”不是“件数”要的内容"),
        ("n: 3", "n: {as: thing.flag}", "第1列：这里要整数"),
        ("tags: [红]", "tags: [黄]", "“tags”没有“黄”这个取值"),
        ("tags: [红]", "tags: 红", "“tags”是清单"),
        ("tags: [红]", "tags: {as: thing.word}", "“tags”不能由式子得出"),
        ("parts: []", "parts: [甲]", "“parts”是清单"),
        ("parts: []", "parts: {as: thing.word}", "“parts”不能由式子得出"),
        ("over: [乙]", "over: [丁]", "“kind”没有“丁”这个取值"),
        ("kind: {is: 甲", "kind: {is: 丁", "“丁”不是“种类”要的内容"),
        ("kind: {is: 甲", "parts: {is: 甲", "“parts”没有“乙”这个取值"),
        ("{done: false}", "{done: 否}", "“否”不是“是否办完”要的内容"),
    ],
)
def test_what_is_refused(old: str, new: str, reason: str) -> None:
    with pytest.raises(InvalidRulesetError) as caught:
        _load(WHOLE.replace(old, new))
    assert caught.value.file == "procedures.yaml"
    assert caught.value.reason.startswith(reason)


def test_what_a_gate_stands_on_can_stay_apart() -> None:
    """Fails if the timetable looked at what its procedure leaves aside."""
    apart = WHOLE.replace("  left: {", "  apart: {a-one: 时间表以前的事}\n  left: {")
    procedure = _load(apart).procedures["thing"]
    assert (procedure.requirements, procedure.apart) == (("a-two",), {"a-one": "时间表以前的事"})
    about_part = {"id": "a-part", "subject": "part", "act_on": "part.on", "require": "part.ok"}
    with pytest.raises(InvalidRulesetError, match="apart 的“a-part”须是关于“thing”本身的要求"):
        ruleset(
            {},
            {"id": "a-two"},
            about_part,
            gates=GATES.replace("[a-one]", "[a-one, a-part]"),
            procedures=apart.replace("{a-one:", "{a-part:"),
        )


def test_gates_and_requirements_are_about_the_subject() -> None:
    about_part = {"id": "a-part", "subject": "part", "act_on": "part.on", "require": "part.ok"}
    parts = "part: {title: 分, requirements: [a-part], steps: [{title: 甲, by: 乙, days: ['on']}]}"
    assert ruleset({}, about_part, procedures=parts).procedures["part"].requirements == ("a-part",)
    with pytest.raises(InvalidRulesetError, match="闸门“go”不是关于“part”的"):
        ruleset(
            {},
            about_part,
            gates=GATES,
            procedures=parts.replace("requirements: [a-part]", "gates: [go]"),
        )
    with pytest.raises(InvalidRulesetError, match="“a-one”不是关于“part”的要求"):
        ruleset({}, about_part, procedures=parts.replace("[a-part]", "[a-one]"))
