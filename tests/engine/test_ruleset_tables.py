"""Reading a ruleset: every file lands where it belongs, and a fault in it is told by its place."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pytest

from engine.errors import InvalidRulesetError
from engine.language import tree as t
from engine.language.check import Term
from engine.outcome import Severity
from engine.ruleset.load import load_ruleset
from engine.ruleset.model import Ruleset, Severities, Window
from tests.engine.small import SCHEMA, tree

D = dt.date
K = t.Kind
RULE = """\
id: a-one
title: 办理
subject: thing
basis: [{instrument: LAW, article: 第一条}]
severity: major
act_on: thing.on
require: thing.flag
message: 没有办
remedy: 去办
rationale: 理由
"""
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
    assert found.profiles == {"short": ("a-two", "a-one")}
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


# what a requirement is made of


FULL = """\
id: a-one
title: 办理
subject: thing
basis: [{instrument: LAW, article: 新, from: 2023-01-01}]
severity: [{when: thing.n > 1, level: blocking}, {when: thing.done, level: major}, {level: minor}]
act_on: thing.on
applies: thing.done
require: thing.flag
lenient: thing.n > 2
due: thing.until
evidence: [thing.flag, part.ok]
show: [thing.word]
note: {when: thing.n == 4, text: 恰好}
message: 没有办
remedy: 去办
rationale: 理由
versions:
  - basis: [{instrument: OLD, article: 旧旧}]
    message: 旧旧话
  - basis: [{instrument: LAW, article: 旧}]
    applies: thing.n > 3
    require: thing.n > 4
    lenient: thing.n > 5
    due: thing.on
    evidence: [thing.n]
    note: {when: thing.n == 6, text: 旧注}
    message: 旧话
    remedy: 旧去办
"""


def test_a_requirement_with_everything(tmp_path: Path) -> None:
    found = load(tmp_path, **{"dom__a-one": FULL}).requirements["a-one"]
    assert (found.id, found.title, found.subject, found.kind) == (
        "a-one",
        "办理",
        "thing",
        "checked",
    )
    assert found.act_on == tree("thing.on", K.DATE)
    assert found.severities == Severities(
        ((tree("thing.n > 1"), Severity.BLOCKING), (tree("thing.done"), Severity.MAJOR)),
        Severity.MINOR,
        (tree("thing.flag"),),
    )
    assert found.show == (("thing", "word"),)
    newest, middle, oldest = found.texts
    assert [text.basis[0].article for text in found.texts] == ["新", "旧", "旧旧"]
    assert [text.windows for text in found.texts] == [
        (Window(D(2023, 1, 1), D.max),),
        (Window(D(2020, 1, 1), D(2022, 12, 31)),),
        (Window(D(2010, 1, 1), D(2019, 12, 31)),),
    ]
    assert (newest.applies, newest.require) == (tree("thing.done"), tree("thing.flag"))
    assert (newest.lenient, newest.due) == (tree("thing.n > 2"), tree("thing.until", K.DATE))
    assert newest.evidence == {("thing", "flag"), ("part", "ok")}
    assert newest.note == (tree("thing.n == 4"), "恰好")
    assert (newest.message, newest.remedy) == ("没有办", "去办")
    assert (middle.applies, middle.require) == (tree("thing.n > 3"), tree("thing.n > 4"))
    assert (middle.lenient, middle.due) == (tree("thing.n > 5"), tree("thing.on", K.DATE))
    assert middle.evidence == {("thing", "n")}
    assert middle.note == (tree("thing.n == 6"), "旧注")
    assert (middle.message, middle.remedy) == ("旧话", "旧去办")
    # All but its words is as in the current text.
    assert (oldest.applies, oldest.require) == (newest.applies, newest.require)
    assert (oldest.lenient, oldest.due) == (newest.lenient, newest.due)
    assert (oldest.evidence, oldest.note) == (newest.evidence, newest.note)
    assert (oldest.message, oldest.remedy) == ("旧旧话", "去办")


def test_what_is_not_written_is_not_there(tmp_path: Path) -> None:
    found = load(tmp_path, **{"dom__a-one": RULE.replace("act_on: thing.on", "act_on: as_of")})
    requirement = found.requirements["a-one"]
    (text,) = requirement.texts
    assert requirement.act_on == t.AsOf()
    assert requirement.show == ()
    assert (text.applies, text.lenient, text.due, text.note) == (
        t.Lit(True, K.BOOL),
        None,
        None,
        None,
    )
    assert text.evidence == frozenset()


def test_the_answer_of_a_person_settles_a_manual_requirement(tmp_path: Path) -> None:
    (text,) = load(tmp_path).requirements["a-two"].texts
    answer = t.Path("thing", 0, "thing", "manual:a-two", K.STRING)
    beside = t.Compare("!=", answer, t.Lit("不涉及", K.STRING))
    assert text.applies == t.And((tree("thing.done"), beside))
    assert text.require == t.Compare("==", answer, t.Lit("符合", K.STRING))


@pytest.mark.parametrize(
    ("old", "new", "confirmed"),
    [
        ("require: thing.flag", "require: thing.n <= param.most_days", True),
        ("require: thing.flag", "require: thing.amount <= param.share", False),
        ("require:", "applies: thing.amount <= param.share\nrequire:", False),
        ("require:", "due: 'thing.amount > param.share ? thing.on : as_of'\nrequire:", False),
        ("rationale:", "confirmed: false\nrationale:", False),
    ],
)
def test_what_rests_on_a_doubtful_value_is_doubtful(
    tmp_path: Path,
    old: str,
    new: str,
    confirmed: bool,  # noqa: FBT001
) -> None:
    found = load(tmp_path, **{"dom__a-one": RULE.replace(old, new)})
    assert found.requirements["a-one"].confirmed is confirmed


def test_a_value_not_yet_known_is_a_whole_number_or_not_by_the_others(tmp_path: Path) -> None:
    here = "most_days: {title: 日数, periods: [{value: null}, {value: 3}]}\nshare: {title: 比例}\n"
    there = "share: {title: 比例, periods: [{value: 1.5}, {value: 2}]}\n"
    files = {"parameters__here": here, "parameters__there": there}
    assert load(tmp_path, **files).vocabulary.params == {"most_days": K.INT, "share": K.NUMBER}


@pytest.mark.parametrize(
    ("name", "text", "line", "key", "reason"),
    [
        (
            "dom__a-one",
            RULE.replace("subject: thing", "subject: thin"),
            3,
            "subject",
            "未知的记录类型“thin”，是否指“thing”？",
        ),
        (
            "dom__a-one",
            RULE + "evidence: [think.on]\n",
            11,
            "evidence",
            "未知的记录类型“think”，是否指“thing”？",
        ),
        (
            "gates",
            "\n" + GATES.replace("subject: thing", "subject: thin"),
            2,
            "go",
            "未知的记录类型“thin”，是否指“thing”？",
        ),
        (
            "terms",
            TERM.replace("subject: thing", "subject: thin"),
            1,
            "big",
            "未知的记录类型“thin”，是否指“thing”？",
        ),
        (
            "adjustments",
            "low: {subject: qqq, title: 轻, when: thing.flag, basis: []}\n",
            1,
            "low",
            "未知的记录类型“qqq”",
        ),
    ],
)
def test_an_unknown_record_type_is_told_by_its_place(  # noqa: PLR0913, PLR0917 - as above
    tmp_path: Path, name: str, text: str, line: int, key: str, reason: str
) -> None:
    """It was told without the file, or with the file for a key."""
    place = (name.replace("__", "/") + ".yaml", line, key)
    assert refused(tmp_path, name, text) == (*place, reason)


def test_the_form_without_a_gate_has_no_subject(tmp_path: Path) -> None:
    with pytest.raises(InvalidRulesetError) as caught:
        load(tmp_path, gates="{}\n")
    assert (caught.value.file, caught.value.line, caught.value.key) == (
        "form.yaml",
        1,
        "事项名称",
    )
