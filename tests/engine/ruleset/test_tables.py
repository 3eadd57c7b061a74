"""Reading a ruleset: every file lands where it belongs, and a fault in it is told by its place."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pytest

from engine.language import tree as t
from engine.language.vocabulary import Term
from engine.model.errors import InvalidRulesetError
from engine.ruleset.load import load_ruleset
from engine.ruleset.model import Ruleset
from tests.engine.ruleset.test_load import REQUIREMENT as RULE
from tests.engine.small import SCHEMA

D = dt.date
K = t.Kind
MANUAL = RULE.replace("require: thing.flag", "kind: manual\napplies: thing.done").replace(
    "a-one", "a-two"
)
COVERED = """\
id: a-three
title: 由别条覆盖
kind: covered
subject: thing
basis: [{instrument: LAW, article: 第三条}]
severity: major
rationale: 理由
covered_by: [a-one]
"""
TERM = "big: {subject: thing, title: 大事项, expr: thing.n >= 10}\n"
GATES = "go: {title: 放行, subject: thing, classification: a-one, requirements: [a-one, a-part]}\n"
FILES = {
    "ruleset.yaml": "version: '1.5'\ntitle: 试\n",
    "instruments.yaml": (
        "LAW: {name: 某条例, from: 2020-01-01, read: full}\n"
        "OLD: {name: 旧办法, from: 2010-01-01, until: 2019-12-31, read: full}\n"
    ),
    "terms.yaml": TERM,
    "gates.yaml": GATES,
    "adjustments.yaml": (
        "low: {subject: thing, title: 轻, when: thing.flag,"
        " basis: [{instrument: LAW, article: 九}]}\n"
    ),
    "ids.yaml": "a-one: {title: 办理}\n",
    "outline.yaml": "'1.1': {title: 第一节}\n'1.2': {title: 第二节}\n",
    "unread.yaml": "thing.m: {reason: 为什么}\n",
    "form.yaml": "事项名称: {field: word}\n承办人签字: {}\n",
    "infeasible.yaml": "a-one: {stamp: abc, same: [require#1 negate]}\n",
    "accepted.yaml": "survives a-one x: {reason: 看不出}\n",
    "parameters/here.yaml": (
        "most_days: {title: 最多日数, periods: [{value: 3, confirmed: true}]}\n"
        "share: {title: 比例, periods: [{value: 0.5, confirmed: false}]}\n"
    ),
    "profiles/short.yaml": "title: 短\nrequirements: [a-two, a-one]\n",
    "profiles/gates.yaml": "title: 闸\nrequirements: [a-two, a-part]\ngates: [go]\n",
    "dom/a-one.yaml": RULE,
    "other/a-two.yaml": MANUAL,
    "other/a-three.yaml": COVERED,
    "dom/a-part.yaml": RULE.replace("a-one", "a-part")
    .replace("thing", "part")
    .replace("part.flag", "part.ok"),
}


def load(folder: Path, **changed: str) -> Ruleset:
    """The ruleset of these files, `__` standing for the slash and the ending left out."""
    named = {name.replace("__", "/") + ".yaml": text for name, text in changed.items()}
    for name, text in {**FILES, **named}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load_ruleset(folder, SCHEMA)


def refused(folder: Path, name: str, text: str) -> tuple[str, int | None, str, str]:
    with pytest.raises(InvalidRulesetError) as caught:
        load(folder, **{name: text})
    error = caught.value
    return error.file, error.line, error.key, error.reason


def test_every_file_lands_where_it_belongs(tmp_path: Path) -> None:
    found = load(tmp_path)
    assert found.version == "1.5"
    assert found.schema is SCHEMA
    assert list(found.requirements) == ["a-one", "a-part", "a-two"]
    assert list(found.covered) == ["a-three"]
    assert found.domains == {
        "a-one": "dom",
        "a-part": "dom",
        "a-three": "other",
        "a-two": "other",
    }
    assert {name: entry.domain for name, entry in found.requirements.items()} == {
        "a-one": "dom",
        "a-part": "dom",
        "a-two": "other",
    }
    assert {name: entry.name for name, entry in found.instruments.items()} == {
        "LAW": "某条例",
        "OLD": "旧办法",
    }
    assert {name: entry.title for name, entry in found.terms.items()} == {"big": "大事项"}
    assert {name: entry.title for name, entry in found.adjustments.items()} == {"low": "轻"}
    assert {name: entry.title for name, entry in found.ids.items()} == {"a-one": "办理"}
    assert {name: entry.title for name, entry in found.outline.items()} == {
        "1.1": "第一节",
        "1.2": "第二节",
    }
    assert {name: entry.reason for name, entry in found.unread.items()} == {"thing.m": "为什么"}
    assert {name: entry.field for name, entry in found.form.items()} == {
        "事项名称": "word",
        "承办人签字": None,
    }
    assert {name: (entry.stamp, entry.same) for name, entry in found.infeasible.items()} == {
        "a-one": ("abc", ("require#1 negate",))
    }
    assert {name: entry.reason for name, entry in found.accepted.items()} == {
        "survives a-one x": "看不出"
    }
    assert {name: list(table) for name, table in found.parameters.items()} == {
        "here": ["most_days", "share"]
    }
    assert found.profiles == {
        "short": ("a-two", "a-one"),
        "gates": ("a-two", "a-part", "a-one"),
    }
    gate = found.gates["go"]
    assert (gate.id, gate.title, gate.subject) == ("go", "放行", "thing")
    assert (gate.classification, gate.assumes) == ("a-one", None)
    assert gate.requirements == ("a-one", "a-part")


def test_expressions_may_name_terms_and_parameters(tmp_path: Path) -> None:
    found = load(tmp_path).vocabulary
    assert found.schema is SCHEMA
    assert found.terms == {"big": Term("thing", "大事项", "thing.n >= 10")}
    assert found.params == {"most_days": K.INT, "share": K.NUMBER}


def test_the_digest_is_of_names_and_texts_in_order(tmp_path: Path) -> None:
    whole = "".join(f"{name}\0{text}\0" for name, text in sorted(FILES.items()))
    assert load(tmp_path).sha256 == hashlib.sha256(whole.encode()).hexdigest()


def test_what_may_be_missing_is_empty(tmp_path: Path) -> None:
    kept = ("ruleset.yaml", "instruments.yaml", "dom/a-one.yaml")
    for name in kept:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(FILES[name], encoding="utf-8")
    found = load_ruleset(tmp_path, SCHEMA)
    assert list(found.requirements) == ["a-one"]
    tables = (found.terms, found.gates, found.adjustments, found.ids, found.outline, found.unread)
    assert tables == ({}, {}, {}, {}, {}, {})
    assert (found.form, found.infeasible, found.accepted) == ({}, {}, {})
    assert (found.parameters, found.profiles, found.covered) == ({}, {}, {})


@pytest.mark.parametrize(
    ("name", "text", "line", "key", "reason"),
    [
        *(
            (name, "one: {titel: 甲}\n", 1, "one.titel", None)
            for name in ("instruments", "terms", "gates", "adjustments", "ids", "outline")
        ),
        *(
            (name, "one: {titel: 甲}\n", 1, "one.titel", None)
            for name in ("unread", "form", "infeasible", "accepted", "parameters__here")
        ),
        ("ruleset", "version: '1'\ntitel: 试\n", 2, "titel", None),
        ("profiles__short", "titel: 短\nrequirements: [a-one]\n", 1, "titel", None),
        ("profiles__short", "title: 短\n", 1, "", "requirements 和 gates 至少写一样"),
        (
            "profiles__short",
            "title: 短\ngates: [gone]\n",
            2,
            "gates",
            "没有“gone”，是否指“go”？",
        ),
        (
            "profiles__short",
            "title: 短\nrequirements: [a-oen]\n",
            2,
            "requirements",
            "没有“a-oen”，是否指“a-one”？",
        ),
        (
            "terms",
            "one: {subject: thing, title: 甲, expr: thing.flag}\n" + TERM.replace(">= 10", ""),
            2,
            "big",
            None,
        ),
        (
            "adjustments",
            "\nlow: {subject: thing, title: 轻, when: thing.n, basis: []}\n",
            2,
            "low",
            None,
        ),
        (
            "gates",
            "\n" + GATES.replace("a-part", "a-prat"),
            2,
            "go",
            "没有“a-prat”，是否指“a-part”？",
        ),
        (
            "gates",
            GATES.replace("subject: thing", "subject: leaf"),
            None,
            "go",
            "“a-one”不是关于“leaf”的要求",
        ),
        (
            "gates",
            "\n" + GATES.replace("requirements", "assumes: strat, requirements"),
            2,
            "go",
            "没有“strat”，是否指“start”？",
        ),
        (
            "gates",
            GATES.replace("requirements", "assumes: until, requirements"),
            None,
            "go",
            "assumes 须是记录已发生之事的日期字段，“until”不是",
        ),
        (
            "other__a-three",
            COVERED.replace("[a-one]", "[a-on]"),
            8,
            "covered_by",
            "没有“a-on”，是否指“a-one”？",
        ),
        (
            "other__a-three",
            COVERED.replace("LAW", "LAV"),
            5,
            "basis",
            "没有“LAV”，是否指“LAW”？",
        ),
        (
            "dom__a-one",
            RULE + "outline: ['1.1', '1.3']\n",
            11,
            "outline",
            "没有“1.3”，是否指“1.2”？",
        ),
        (
            "dom__a-one",
            RULE + "versions: [{basis: [{instrument: OLA, article: 旧}]}]\n",
            4,
            "basis",
            "没有“OLA”，是否指“OLD”？",
        ),
        (
            "dom__a-one",
            RULE + "show: [thing.onn]\n",
            None,
            "evidence",
            "没有“onn”，是否指“on”？",
        ),
        (
            "dom__a-one",
            RULE.replace("LAW", "OLD").replace("一条}", "一条, from: 2020-02-01}"),
            4,
            "basis",
            "“OLD”到2019-12-31为止，早于开始的2020-02-01",
        ),
    ],
)
def test_a_fault_is_told_by_file_line_and_key(  # noqa: PLR0913, PLR0917 - a place and its words
    tmp_path: Path, name: str, text: str, line: int | None, key: str, reason: str | None
) -> None:
    """Where the words are another module's, the place alone is looked at."""
    file, found_line, found_key, found = refused(tmp_path, name, text)
    assert (file, found_line, found_key) == (name.replace("__", "/") + ".yaml", line, key)
    if reason is not None:
        assert found == reason


@pytest.mark.parametrize(
    ("key", "expression"),
    [
        ("act_on", "thing.flag"),
        ("applies", "thing.n"),
        ("require", "thing.n"),
        ("lenient", "thing.n"),
        ("due", "thing.n"),
        ("note", "{when: thing.n, text: 话}"),
        ("severity", "[{when: thing.n, level: major}, {level: minor}]"),
    ],
)
def test_an_expression_of_the_wrong_kind_is_told_by_its_key(
    tmp_path: Path, key: str, expression: str
) -> None:
    lines = [line for line in RULE.splitlines() if not line.startswith(f"{key}:")]
    text = "\n".join(["# 头一行", f"{key}: {expression}", *lines])
    wanted, got = ("日期", "整数") if key in ("act_on", "due") else ("是非", "整数")
    got = "是非" if key == "act_on" else got
    file, line, found, reason = refused(tmp_path, "dom__a-one", text)
    assert (file, line, found) == ("dom/a-one.yaml", 2, key)
    assert reason.splitlines()[0] == f"第1列：这里要{wanted}，得到的是{got}"
