"""What a requirement is made of: everything its file says, and a fault told by its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.language import tree as t
from engine.model.errors import InvalidRulesetError
from engine.model.outcome import Severity, Unconfirmed
from engine.ruleset.model import Severities, Window
from tests.engine.ruleset.test_tables import GATES, RULE, TERM, D, K, load, refused
from tests.engine.small import tree

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
redress: 补办
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
    redress: 旧补办
"""

INFERRED, UNREAD = Unconfirmed


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
    assert (newest.message, newest.remedy, newest.redress) == ("没有办", "去办", "补办")
    assert (middle.applies, middle.require) == (tree("thing.n > 3"), tree("thing.n > 4"))
    assert (middle.lenient, middle.due) == (tree("thing.n > 5"), tree("thing.on", K.DATE))
    assert middle.evidence == {("thing", "n")}
    assert middle.note == (tree("thing.n == 6"), "旧注")
    assert (middle.message, middle.remedy, middle.redress) == ("旧话", "旧去办", "旧补办")
    # All but its words is as in the current text.
    assert (oldest.applies, oldest.require) == (newest.applies, newest.require)
    assert (oldest.lenient, oldest.due) == (newest.lenient, newest.due)
    assert (oldest.evidence, oldest.note) == (newest.evidence, newest.note)
    assert (oldest.message, oldest.remedy, oldest.redress) == ("旧旧话", "去办", "补办")


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
    ("old", "new", "unconfirmed"),
    [
        ("require: thing.flag", "require: thing.n <= param.most_days", None),
        ("require: thing.flag", "require: thing.amount <= param.share", UNREAD),
        ("require:", "applies: thing.amount <= param.share\nrequire:", UNREAD),
        ("require:", "due: 'thing.amount > param.share ? thing.on : as_of'\nrequire:", UNREAD),
        ("rationale:", "confirmed: unread\nrationale:", UNREAD),
        ("rationale:", "confirmed: inferred\nrationale:", INFERRED),
    ],
)
def test_what_rests_on_a_doubtful_value_is_doubtful(
    tmp_path: Path, old: str, new: str, unconfirmed: Unconfirmed | None
) -> None:
    found = load(tmp_path, **{"dom__a-one": RULE.replace(old, new)}).requirements["a-one"]
    assert found.unconfirmed is unconfirmed
    assert found.confirmed is (unconfirmed is None)


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
        load(tmp_path, gates="{}\n", profiles__gates="title: 闸\nrequirements: [a-one]\n")
    assert (caught.value.file, caught.value.line, caught.value.key) == (
        "form.yaml",
        1,
        "事项名称",
    )
