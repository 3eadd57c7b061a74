"""Outcomes found by name in an assessment, and an assessment as a file; errors say what is."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from engine.assessing.assess import assess
from engine.model.assessment import Assessment, find_outcomes
from engine.model.assessment_json import UnreadableAssessmentError, from_json, json_schema, to_json
from engine.model.errors import WrongNameError
from engine.model.gate import GateEntry, GateState
from engine.model.outcome import Outcome
from engine.ruleset.model import Ruleset
from tests.engine.assessing.waivers.small import MAJOR, checked, decision, office
from tests.engine.small import ruleset as small_ruleset
from tests.engine.small import thing, world
from tests.runs import a_run


def test_outcomes_are_found_by_requirement_and_key(tmp_path: Path, ruleset: Ruleset) -> None:
    rows = decision("豫决1"), decision("豫决2"), decision("豫决1", title="水价")
    found = checked(office(tmp_path, *rows), ruleset)
    assert [e.subject_key for e in find_outcomes(found, MAJOR, "豫决1")] == ["豫决1", "豫决1"]
    for requirement, key, said in (
        ("dec-comment-30", "豫决1", f"这份结果里没有要求“dec-comment-30”，是否指“{MAJOR}”？"),
        (MAJOR, "豫决3", f"要求“{MAJOR}”没有核对过“豫决3”，是否指“豫决2”？"),
        (MAJOR, "绿化", f"要求“{MAJOR}”没有核对过“绿化”，有：豫决1、豫决1、豫决2"),
    ):
        with pytest.raises(WrongNameError) as error:
            find_outcomes(found, requirement, key)
        assert str(error.value) == said


def small() -> Assessment:
    """Two requirements on two things, of which one lacks the first."""
    made = small_ruleset({"id": "a-one"}, {"id": "b-two", "require": "thing.done"})
    facts = {"start": dt.date(2024, 5, 1), "done": True}
    things = [
        replace(thing(flag=flag, **facts), key=key) for key, flag in (("1", True), ("2", False))
    ]
    return assess(made, a_run({"thing": things}, world(), 2024))


def test_of_other_requirements_nothing_is_found() -> None:
    found = find_outcomes(small(), "b-two", "2")
    assert [(e.requirement, e.subject_key, e.outcome) for e in found] == [
        ("b-two", "2", Outcome.MET)
    ]
    assert [entry.requirement for entry in small().findings] == ["a-one"]


def test_of_many_records_ten_are_named() -> None:
    entry = small().outcomes[0]
    many = tuple(replace(entry, subject_key=f"甲{n}") for n in range(12))
    with pytest.raises(WrongNameError) as error:
        find_outcomes(replace(small(), outcomes=many), "a-one", "乙乙乙乙")
    listed = "、".join(f"甲{n}" for n in range(10))
    assert str(error.value) == f"要求“a-one”没有核对过“乙乙乙乙”，有：{listed}"


def test_what_is_written_is_read_back_and_hidden_characters_are_escaped() -> None:
    found = replace(small(), place="某\u202e县\u200b\ufeff")
    text = to_json(found)
    assert '\n "place": "某\\u202e县\\u200b\\ufeff",\n' in text
    assert text.startswith('{\n "schema": "fazhi-assessment/1",\n')
    assert text.endswith("}\n")
    assert from_json(text) == found


def test_an_assessment_of_nothing_is_read_back() -> None:
    """Fails if a list without rows were no JSON, or had a row that isn't there."""
    found = replace(small(), outcomes=(), gates=())
    text = to_json(found)
    assert '\n "subjects": {},\n "outcomes": [\n ],\n' in text
    assert '\n "gates": [],' in text
    assert from_json(text) == found


def test_what_a_gate_says_is_set_in_line_by_line_and_stays_what_it_was() -> None:
    """Broken by an end of a line within a text that is taken for one of the document."""
    label = "甲\u2028乙\x85丙\u2029丁\n戊"
    gate = GateEntry("meeting", "上会", "thing", "1", label, GateState.OPEN, "可以")
    found = replace(small(), gates=(gate,))
    text = to_json(found)
    assert '\n  {\n   "gate": "meeting",\n' in text
    assert from_json(text) == found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"year": 2024', '"year": "甲"', "“year”写的是“甲”，须是整数"),
        ('"year": 2024', '"yaer": 2024', "缺少“year”这一项"),
        ('"outcome":"gap"', '"outcome":"gp"', "“outcomes[2].outcome”写的是“gp”，只能是：met、"),
        ('"outcome":"gap"', '"outcome":["gap"]', '“outcomes[2].outcome”写的是“["gap"]”，只能是：'),
    ],
)
def test_what_is_no_assessment_is_refused_with_its_place(old: str, new: str, said: str) -> None:
    text = to_json(small())
    assert old in text
    with pytest.raises(UnreadableAssessmentError) as error:
        from_json(text.replace(old, new, 1))
    assert str(error.value).startswith(f"这不是核对写出的结果（json）：{said}")


def test_the_schema_is_readable_and_in_a_settled_order() -> None:
    text = json_schema()
    schema = json.loads(text)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert (schema["title"], schema["type"]) == ("Assessment", "object")
    assert "schema" in schema["required"]
    # what is always written is required, with a default too: it describes what is given out
    assert "rectified" in schema["properties"]
    assert text == json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    assert "整改台账" in text
