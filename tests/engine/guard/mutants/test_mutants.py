"""Each mutant is the requirement as it reads once its file is changed by hand in that one place."""

from __future__ import annotations

import dataclasses
import tempfile
from pathlib import Path

import pytest

from engine.guard.mutants.mutants import Mutant, mutants
from engine.ruleset.load import load_ruleset
from engine.ruleset.model import Requirement, Ruleset
from tests.engine.small import SCHEMA

ONE = """\
id: a-one
title: 办理
subject: thing
basis:
  - {instrument: LAW, article: 第一条, from: 2021-06-01}
  - {instrument: LAW, article: 第二条, carries: false}
severity:
  - {when: thing.kind == '甲', level: blocking}
  - {when: thing.kind == '乙', level: major}
  - {level: minor}
act_on: "thing.flag ? thing.start : thing.on"
applies: thing.done
require: thing.flag && thing.done
lenient: thing.flag
due: thing.until
note: {when: thing.kind == '丙', text: 恰好}
message: 没有办
remedy: 去办
rationale: 理由
versions:
  - {basis: [{instrument: LAW, article: 旧, from: 2020-02-01}], message: 旧话}
  - {basis: [{instrument: OLD, article: 旧旧, until: 2019-06-30}], require: thing.done}
"""
MANUAL = """\
id: a-two
title: 认定
kind: manual
subject: thing
basis: [{instrument: LAW, article: 第一条}]
severity: minor
act_on: as_of
applies: thing.flag
message: 没有办
remedy: 去办
rationale: 理由
"""
OTHER = """\
id: a-three
title: 分项
subject: part
basis: [{instrument: LAW, article: 第一条}]
severity: [{when: term.enough, level: major}, {level: minor}]
act_on: "term.enough ? part.on : as_of"
applies: term.enough
require: part.ok && term.enough
lenient: term.enough
due: "term.enough ? part.on : as_of"
note: {when: term.enough, text: 够了}
message: 没有办
remedy: 去办
rationale: 理由
"""
INSTRUMENTS = """\
LAW: {name: 某条例, from: 2020-01-01, read: full}
OLD: {name: 旧办法, from: 2010-01-01, until: 2019-12-31, read: full}
PAPER: {name: 某纲要, from: 2021-08-11, read: full}
"""
TERMS = """\
enough: {subject: thing, title: 够数, expr: thing.n >= 3}
unused: {subject: thing, title: 没有人用, expr: thing.flag}
"""
ADJUSTMENTS = """\
part: {subject: part, title: 分项的, when: term.enough, basis: [{instrument: LAW, article: 一}]}
one: {subject: thing, title: 甲, when: thing.flag, basis: [{instrument: LAW, article: 二}]}
two: {subject: thing, title: 乙, when: thing.done, basis: [{instrument: LAW, article: 三}]}
"""
FILES = {
    "ruleset": "version: '1'\ntitle: 试\n",
    "instruments": INSTRUMENTS,
    "terms": TERMS,
    "adjustments": ADJUSTMENTS,
    "dom/a-one": ONE,
    "dom/a-two": MANUAL,
    "dom/a-three": OTHER,
}


def ruleset(**files: str) -> Ruleset:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {**FILES, **files}.items():
            path = Path(folder, f"{name}.yaml")
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return load_ruleset(Path(folder), SCHEMA)


@pytest.fixture(scope="module")
def found() -> dict[str, Mutant]:
    return {f"{mutant.owner} {mutant.id}": mutant for mutant in mutants(ruleset())}


def as_written(mutant: Mutant, name: str, old: str, new: str) -> tuple[Requirement, ...]:
    """The requirements that a mutant makes, from the file with `new` written for `old`.

    What the file itself says stays the original's: the examples are in it.
    """
    assert old in FILES[name]
    written = ruleset(**{name: FILES[name].replace(old, new)}).requirements
    return tuple(dataclasses.replace(written[made.id], file=made.file) for made in mutant.made)


def test_every_mutant_by_owner(found: dict[str, Mutant]) -> None:
    enough = "expr#1 strict, expr#1 swap, expr#1 negate, expr#3 more, expr#3 less"
    expected = {
        "a-one": (
            "act_on#1 then, act_on#1 otherwise, act_on#2 negate, "
            "severity[1]#1 negate, severity[2]#1 negate, "
            "applies#1 negate, require#1 connective, require#1 drop1, require#1 drop2, "
            "require#2 negate, require#3 negate, lenient#1 negate, lenient gone, "
            "due gone, due more, due less, note#1 negate, note gone, "
            "require@2#1 negate, severity[1] gone, severity[2] gone, "
            "basis[1].from more, basis[1].from less, "
            "basis@1[1].from more, basis@1[1].from less, "
            "basis@2[1].until more, basis@2[1].until less"
        ),
        "a-three": (
            "act_on#1 then, act_on#1 otherwise, act_on#2 negate, severity[1]#1 negate, "
            "applies#1 negate, require#1 connective, require#1 drop1, require#1 drop2, "
            "require#2 negate, require#3 negate, lenient#1 negate, lenient gone, "
            "due#1 then, due#1 otherwise, due#2 negate, due gone, due more, due less, "
            "note#1 negate, note gone, severity[1] gone"
        ),
        "a-two": "applies#1 negate",
        "term.enough": enough,
        "adjustment.part": "when#1 negate, when gone",
        "adjustment.one": "when#1 negate, when gone",
        "adjustment.two": "when#1 negate, when gone",
        "instrument.LAW": "from more, from less",
        "instrument.OLD": "from more, from less",
    }
    listed: dict[str, list[str]] = {}
    for mutant in found.values():
        listed.setdefault(mutant.owner, []).append(mutant.id)
    assert {owner: ", ".join(ids) for owner, ids in listed.items()} == expected
    assert list(listed) == list(expected)
    assert all(mutant.made for mutant in found.values())


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("act_on#1 then", "thing.flag ? thing.start : thing.on", "thing.start"),
        ("act_on#2 negate", "thing.flag ?", "!thing.flag ?"),
        ("severity[1]#1 negate", "== '甲'", "!= '甲'"),
        ("severity[2]#1 negate", "== '乙'", "!= '乙'"),
        ("severity[1] gone", "  - {when: thing.kind == '甲', level: blocking}\n", ""),
        ("severity[2] gone", "  - {when: thing.kind == '乙', level: major}\n", ""),
        ("applies#1 negate", "applies: thing.done", "applies: '!thing.done'"),
        ("require#1 connective", "thing.flag && thing.done", "thing.flag || thing.done"),
        ("require#1 drop1", "thing.flag && thing.done", "thing.done"),
        ("require@2#1 negate", ", require: thing.done", ", require: '!thing.done'"),
        ("lenient#1 negate", "lenient: thing.flag", "lenient: '!thing.flag'"),
        ("lenient gone", "lenient: thing.flag\n", ""),
        ("due gone", "due: thing.until\n", ""),
        ("due more", "due: thing.until", "due: add_days(thing.until, 1)"),
        ("due less", "due: thing.until", "due: add_days(thing.until, -1)"),
        ("note#1 negate", "== '丙'", "!= '丙'"),
        ("note gone", "note: {when: thing.kind == '丙', text: 恰好}\n", ""),
        ("basis[1].from more", "2021-06-01", "2021-06-02"),
        ("basis[1].from less", "2021-06-01", "2021-05-31"),
        ("basis@1[1].from more", "2020-02-01", "2020-02-02"),
        ("basis@2[1].until less", "2019-06-30", "2019-06-29"),
    ],
)
def test_what_stands_in_the_file_itself(
    found: dict[str, Mutant], name: str, old: str, new: str
) -> None:
    mutant = found[f"a-one {name}"]
    assert [made.id for made in mutant.made] == ["a-one"]
    assert mutant.made == as_written(mutant, "dom/a-one", old, new)


def test_what_a_person_settles_is_asked_for_all_the_same(found: dict[str, Mutant]) -> None:
    mutant = found["a-two applies#1 negate"]
    changed = "applies: '!thing.flag'"
    assert mutant.made == as_written(mutant, "dom/a-two", "applies: thing.flag", changed)


@pytest.mark.parametrize(
    ("name", "new"),
    [("#1 strict", "thing.n > 3"), ("#1 swap", "3 >= thing.n"), ("#3 more", "thing.n >= 4")],
)
def test_a_term_changes_wherever_it_is_used(found: dict[str, Mutant], name: str, new: str) -> None:
    """In each of the expressions of a requirement, and in those of no other requirement."""
    mutant = found[f"term.enough expr{name}"]
    assert [made.id for made in mutant.made] == ["a-three"]
    assert mutant.made == as_written(mutant, "terms", "thing.n >= 3", new)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("two when#1 negate", "when: thing.done", "when: '!thing.done'"),
        ("one when#1 negate", "when: thing.flag", "when: '!thing.flag'"),
        ("two when gone", ADJUSTMENTS.splitlines(keepends=True)[2], ""),
        ("one when gone", ADJUSTMENTS.splitlines(keepends=True)[1], ""),
    ],
)
def test_an_adjustment_changes_all_requirements_on_its_subject(
    found: dict[str, Mutant], name: str, old: str, new: str
) -> None:
    mutant = found[f"adjustment.{name}"]
    assert [made.id for made in mutant.made] == ["a-one", "a-two"]
    assert mutant.made == as_written(mutant, "adjustments", old, new)


@pytest.mark.parametrize(
    ("name", "old", "new", "whose"),
    [
        # The texts of a-one have days of their own, but for where the oldest starts.
        ("LAW from more", "2020-01-01", "2020-01-02", ["a-three", "a-two"]),
        ("LAW from less", "2020-01-01", "2019-12-31", ["a-three", "a-two"]),
        ("OLD from more", "2010-01-01", "2010-01-02", ["a-one"]),
    ],
)
def test_an_instrument_changes_what_has_no_day_of_its_own(
    found: dict[str, Mutant], name: str, old: str, new: str, whose: list[str]
) -> None:
    mutant = found[f"instrument.{name}"]
    assert [made.id for made in mutant.made] == whose
    assert mutant.made == as_written(mutant, "instruments", old, new)


def test_what_the_language_refuses_is_stillborn_wherever_it_is_written() -> None:
    """A sum that could fall: nothing times what is counted, one less."""
    expr = "sum(thing.parts, p, p.n * 0) >= 1"
    written = ruleset(
        **{
            "dom/a-one": ONE.replace("require: thing.flag && thing.done", f"require: {expr}"),
            "terms": TERMS.replace("thing.n >= 3", f"'{expr}'"),
            "adjustments": ADJUSTMENTS.replace("when: thing.flag", f"when: '{expr}'"),
        }
    )
    stillborn = [f"{m.owner} {m.id}" for m in mutants(written) if not m.made]
    assert stillborn == [
        "a-one require#4 less",
        "term.enough expr#4 less",
        "adjustment.one when#4 less",
    ]
