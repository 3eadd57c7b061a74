"""Every kind of objection: a planted fault is found with a case, its repaired twin is not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import TypeAlias

import pytest

from engine.guard.examples import Case, build
from engine.guard.verify import boundaries, gates, pairs, single
from engine.guard.verify.algebra import Bool
from engine.guard.verify.objection import Describer, Objection
from engine.guard.verify.search import Answer, Found, Search
from engine.model.schema import Schema
from engine.model.workdays import WorkCalendar
from engine.ruleset.files import Example
from engine.ruleset.load import load_ruleset
from engine.ruleset.model import Requirement, Ruleset
from facts.records.load import read_schema
from tests.engine.guard.lint.test_lint import FILES, LAW, RULE, loaded
from tests.engine.small import CALENDAR, SCHEMA, requirement

Holds: TypeAlias = Callable[[Case], bool]

EXAMPLES = RULE[RULE.index("examples:") :]
HEAD = RULE[: RULE.index("act_on:")]
TAIL = "message: 没有办\nremedy: 去办\nrationale: 理由\nexamples: []\n"
WORK, DAYS = (f"{name}(thing.on, thing.until)" for name in ("workdays", "days"))
THING = """\
type: thing
title: 事项
sheets: [事项]
key: [no]
fields:
  no: {type: string, title: 编号}
  flag: {type: bool, title: 是否甲}
  other: {type: bool, title: 是否乙}
  n: {type: int, title: 件数}
  size: {type: number, title: 面积}
  on: {type: date, time: event, title: 办理日期}
  until: {type: date, time: event, title: 截止日期}
"""


def rule(name: str = "a-one", **keys: str) -> str:
    written = {"act_on": "thing.until", "applies": "thing.flag", "require": "thing.n >= 1"} | keys
    body = "".join(f"{key}: {text}\n" for key, text in written.items())
    return HEAD.replace("a-one", name) + body + TAIL


PART = """\
type: part
title: 分项
parent: thing
fields:
  word: {type: string, title: 分项名称}
  ok: {type: bool, title: 是否合格}
  extra: {type: bool, title: 是否附加}
"""
WITH_PARTS = THING + "nested:\n  notes: {of: note, title: 附注}\n  parts: {of: part, title: 分项}\n"
NOTE = "type: note\ntitle: 附注\nparent: thing\n"
ONE = {"act_on": "part.parent.until", "applies": "'true'"}
GO = "go: {title: 放行, subject: thing, classification: a-one, requirements: [a-two, a-six]}\n"


def with_parts(folder: Path, **files: str) -> Ruleset:
    """The same, where things have parts: `a_two` and `a_six` are rules on these."""
    for name, text in {**FILES, "dom/a-one": rule(), "gates": GO}.items():
        write(folder, name, text)
    for name, text in files.items():
        write(
            folder, f"dom/{name.replace('_', '-')}", text.replace("subject: thing", "subject: part")
        )
    return load_ruleset(
        folder, read_schema({"thing.yaml": WITH_PARTS, "part.yaml": PART, "note.yaml": NOTE})
    )


def write(folder: Path, name: str, text: str) -> None:
    path = folder / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def ruleset(folder: Path, **files: str) -> Ruleset:
    rules = {f"dom/{name.replace('_', '-')}": text for name, text in files.items() if "_" in name}
    shared = {name: text for name, text in files.items() if "_" not in name}
    return loaded(folder, {"dom/a-one": rule(), **shared, **rules}, THING)


def made(found: Ruleset) -> list[Objection]:
    kinds = (single, pairs, gates, boundaries)
    return [objection for kind in kinds for objection in kind.objections(found, CALENDAR)]


def test_a_sound_rule_has_no_objection(tmp_path: Path) -> None:
    assert made(ruleset(tmp_path)) == []


@pytest.mark.parametrize(
    ("kind", "faulty", "repaired", "says", "outcome"),
    [
        (
            "never-applies",
            {"applies": "thing.flag && thing.n > 5 && thing.n < 3"},
            {"applies": "thing.flag && thing.n >= 0 && thing.n < 3"},
            "〔“件数”大于5〕和〔“件数”小于3〕不能同时成立",
            "不涉及",
        ),
        (
            "never-met",
            {"require": "days(thing.on, thing.until) >= 7 && thing.until < thing.on"},
            {"require": "days(thing.on, thing.until) >= 7 && thing.until > thing.on"},
            "不能同时成立",
            "不符合",
        ),
        (
            "never-met",
            {"require": f"thing.on < thing.until && {WORK} > {DAYS}"},
            {"require": f"thing.on < thing.until && {WORK} >= {DAYS}"},
            "适用的记录没有一条能符合",
            "不符合",
        ),
        (
            "never-fails",
            {"require": "thing.n >= 1 || thing.n < 1"},
            {"require": "thing.n >= 1 || thing.n < 0"},
            "没有一条会不符合",
            "符合要求",
        ),
    ],
)
def test_a_rule_that_rules_out_an_outcome(  # noqa: PLR0913, PLR0917 - a row of the table
    tmp_path: Path,
    kind: str,
    faulty: dict[str, str],
    repaired: dict[str, str],
    says: str,
    outcome: str,
) -> None:
    [found] = made(ruleset(tmp_path, a_one=rule(**faulty)))
    assert found.id == f"{kind} a-one"
    assert says in found.message
    assert "检查日20" in found.case
    assert found.case.endswith(f"（a-one）{outcome}")
    assert made(ruleset(tmp_path, a_one=rule(**repaired))) == []


def test_two_rules_that_no_record_meets_together(tmp_path: Path) -> None:
    early = rule(require="thing.on <= add_days(thing.until, -5)")
    late = rule("a-two", require="thing.on >= thing.until", applies="thing.other")
    [found] = made(ruleset(tmp_path, a_one=early, a_two=late))
    assert found.id == "contradiction a-one a-two"
    assert "（a-one）符合要求" in found.case or "（a-two）符合要求" in found.case
    assert "不符合" in found.case
    apart = rule("a-two", require="thing.on >= thing.until", applies="thing.other && !thing.flag")
    assert made(ruleset(tmp_path, a_one=early, a_two=apart)) == []


def test_a_gate_that_never_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = {
        "a_one": rule(require="thing.n >= 1"),
        "a_two": rule("a-two", require="thing.on < thing.until"),
        "a_six": rule("a-six", require="thing.on > thing.until"),
        "a_ten": rule("a-ten", require="thing.other"),  # keeps nobody from anything
    }
    gate = GO.replace("[a-two, a-six]", "[a-two, a-ten, a-six]")

    def shut(name: str) -> list[Objection]:
        found = ruleset(tmp_path / name, gates=gate, **rules)
        return list(gates.objections(found, CALENDAR))

    [found] = shut("shut")
    assert found.id == "gate-never-opens go"
    assert found.message == (
        "闸门“放行”永远打不开：“办理”（a-two）、“办理”（a-six）不能都符合要求或不涉及"
    )
    assert "（a-two）符合要求，“办理”（a-six）不符合" in found.case
    # Where z3 finds no case in time there is none to tell.
    find = Search.find

    def slow(search: Search, goal: Bool, holds: Holds, *, plain: bool = False) -> Found | Answer:
        return Answer.UNDECIDED if plain else find(search, goal, holds)

    with monkeypatch.context() as patch:
        patch.setattr(Search, "find", slow)
        assert shut("slow") == [replace(found, case="")]
    rules["a_six"] = rule("a-six", require="thing.on < thing.until", applies="thing.other")
    assert shut("open") == []


def test_a_gate_kept_shut_by_what_is_asked_of_nested_records(tmp_path: Path) -> None:
    rules = {
        "a_two": rule("a-two", **ONE, require="part.ok"),
        "a_six": rule("a-six", **ONE, require="'!part.ok'"),
    }
    shut = with_parts(tmp_path / "shut", **rules)
    [found] = [o for o in made(shut) if "gate" in o.kind]
    assert (found.id, found.file) == ("gate-never-opens go", "rulesets/gates.yaml")
    assert found.message == (
        "闸门“放行”永远打不开：“办理”（a-two）、“办理”（a-six）不能都符合要求或不涉及"
    )
    assert found.case == ""  # nothing is asked of the thing itself: no record of it to show
    # A thing whose parts are all without an extra, or have one and are no good, passes.
    beside = {**ONE, "applies": "part.extra"}
    rules["a_six"] = rule("a-six", **beside, require="'!part.ok'")
    open_ = with_parts(tmp_path / "open", **rules)
    assert [o for o in made(open_) if "gate" in o.kind] == []


@pytest.mark.parametrize(
    ("low", "high", "hole"),
    [
        ("thing.n < 10", "thing.n > 10", True),
        ("thing.n <= 10", "thing.n > 10", False),
        ("thing.n <= 8", "thing.n >= 10", True),
        ("thing.n <= 9", "thing.n >= 10", False),
        ("thing.on < date(2024, 5, 1)", "thing.on > date(2024, 5, 1)", True),
        ("thing.on < date(2024, 5, 1)", "!(thing.on < date(2024, 5, 1))", False),
        ("thing.on < thing.until", "thing.on > thing.until", True),
        ("thing.on < thing.until", "thing.until <= thing.on", False),
        ("thing.size < 10", "thing.size >= 10.5", True),  # 10.2 falls between
        ("thing.size < 10", "thing.size >= 10", False),
        ("thing.n < 10.5", "thing.n >= 11", False),  # no whole number between
        ("!(thing.n >= 10)", "11 <= thing.n", True),
        ("!(thing.n >= 10)", "10 <= thing.n", False),
        ("thing.n >= 10", "thing.n >= 12", False),  # both upwards
        ("thing.n < 12", "thing.n > 10", False),  # they overlap
        ("term.few", "thing.n > 10", True),
    ],
)
def test_a_hole_between_two_rules(tmp_path: Path, low: str, high: str, *, hole: bool) -> None:
    rules = {
        "terms": "few: {subject: thing, title: 少, expr: thing.n < 10}\n",
        "a_one": rule(applies=f"thing.flag && {low}", require="thing.other"),
        "a_two": rule("a-two", applies=f"thing.flag && {high}", require="thing.other"),
    }
    found = made(ruleset(tmp_path, **rules))
    assert [o.id for o in found] == (["hole a-one a-two"] if hole else [])
    assert all(o.case.count("不涉及") == 2 for o in found)
    # A third rule that fills the hole leaves none.
    third = rule("a-six", applies=f"thing.flag && !({low}) && !({high})", require="thing.other")
    assert made(ruleset(tmp_path, **rules, a_six=third)) == [] or not hole


def test_a_day_on_which_neither_text_of_a_duty_holds(tmp_path: Path) -> None:
    versions = (
        "versions:\n  - basis: [{instrument: OLD, article: 第二条}]\n    require: thing.n >= 2\n"
    )
    old = LAW.replace("from: 2020-01-01", "from: 2015-01-01, until: {}")
    for last, holes in (("2019-12-31", []), ("2019-12-29", ["hole a-one 2020-01-01"])):
        laws = f"LAW: {LAW}\nOLD: {old.replace('{}', last)}\n"
        text = rule().replace("message:", f"{versions}message:")
        found = made(ruleset(tmp_path, instruments=laws, a_one=text))
        assert [o.id for o in found] == holes
        assert all("2019年12月30日" in o.case or "2019年12月31日" in o.case for o in found)


def test_a_hole_that_applies_to_nobody_is_shown_all_the_same(tmp_path: Path) -> None:
    """No record applies in the hole; a record whose day is in it is shown, which nobody judges."""
    versions = (
        "versions:\n  - basis: [{instrument: OLD, article: 第二条}]\n    require: thing.n >= 2\n"
    )
    old = LAW.replace("from: 2020-01-01", "from: 2015-01-01, until: 2019-12-29")
    laws = f"LAW: {LAW}\nOLD: {old}\n"
    text = rule(applies="thing.until > date(2020, 1, 1)").replace("message:", f"{versions}message:")
    found = made(ruleset(tmp_path, instruments=laws, a_one=text))
    [hole] = [o for o in found if o.kind == "hole"]
    assert hole.message == (
        "2019-12-30至2019-12-31没有一个文本有效：前一个到2019-12-29为止，"
        "后一个2020-01-01才起，其间的行为无人管"
    )
    assert "2019年12月3" in hole.case
    assert hole.case.endswith("（a-one）不涉及")


def test_an_earlier_text_is_named_by_its_first_day(tmp_path: Path) -> None:
    versions = (
        "versions:\n  - basis: [{instrument: OLD, article: 第二条}]\n"
        "    require: thing.n >= 2 && thing.n < 2\n"
    )
    old = LAW.replace("from: 2020-01-01", "from: 2015-01-01, until: 2019-12-31")
    text = rule().replace("message:", f"{versions}message:")
    found = made(ruleset(tmp_path, instruments=f"LAW: {LAW}\nOLD: {old}\n", a_one=text))
    assert [o.id for o in found] == ["never-met a-one 1"]
    assert found[0].message.startswith("2015-01-01起的文本：适用的记录没有一条能符合：")
    assert found[0].case.endswith("（a-one）不符合")


SHOWN = """\
examples:
  - {outcome: met, as_of: 2024-07-01, given: {flag: true, n: 3, until: 2024-06-30}}
  - {outcome: gap, as_of: 2024-07-01, given: {flag: true, n: 0, until: 2024-06-30}}
  - {outcome: not_applicable, as_of: 2024-07-01, given: {flag: false, until: 2024-06-30}}
"""
EITHER = """\
examples:
  - {outcome: met, as_of: 2024-07-01, given: {flag: true, n: 2, until: 2024-06-30}}
  - {outcome: met, as_of: 2024-07-01, given: {flag: true, n: 9, other: true, on: 2024-06-29,
     until: 2024-06-30}}
  - {outcome: gap, as_of: 2024-07-01, given: {flag: true, n: 4, on: 2024-07-01, until: 2024-06-30}}
"""
LATER = """\
examples:
  - {outcome: met, as_of: 2024-07-01, given: {other: true, on: 2024-06-29, until: 2024-06-30}}
  - {outcome: gap, as_of: 2024-07-01, given: {other: true, on: 2024-07-01, until: 2024-06-30}}
"""


def refuse(*_args: object) -> None:
    raise AssertionError("z3 was asked")


def test_what_examples_show_spares_z3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both outcomes of each stand in examples, and two of them laid over each other meet all.

    With its first example a-six meets a-one in neither order: too few, or its day is not there.
    """
    one = rule(require="thing.n >= 3 && thing.until > date(2000, 1, 1)")
    two = rule("a-two", applies="thing.other", require="thing.on < thing.until")
    six = rule("a-six", require="thing.n <= 2 || thing.on < thing.until")
    rules = {
        "a_one": one.replace("examples: []\n", SHOWN),
        "a_two": two.replace("examples: []\n", LATER),
        "a_six": six.replace("examples: []\n", EITHER),
    }
    found = ruleset(tmp_path, **rules)
    for module in (single, pairs):
        monkeypatch.setattr(module, "Search", refuse)
    assert made(found) == []


def test_examples_laid_over_each_other() -> None:
    def example(day: int, **keys: object) -> Example:
        return Example.model_validate({"outcome": "met", "as_of": dt.date(2024, 7, day), **keys})

    below = example(
        2, given={"n": 1, "on": None, "parts": [{"ok": True}, {"n": 2}]}, params={"x": 1}
    )
    above = example(1, given={"n": 3, "parts": [{"n": 4}]}, parent={"flag": True})
    laid = pairs._laid_over(below, above)
    assert laid.given == {"n": 3, "on": None, "parts": [{"ok": True, "n": 4}, {"n": 2}]}
    assert (laid.parent, laid.params, laid.as_of) == ({"flag": True}, {"x": 1}, dt.date(2024, 7, 2))
    assert pairs._laid_over(below, below).parent is None


def test_one_record_that_meets_several_settles_every_pair_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without examples z3 is asked for a-one and a-six; its record meets a-two as well."""
    rules = {
        "a_one": rule(require="thing.n >= 1"),
        "a_two": rule("a-two", require="thing.n >= 0"),
        "a_six": rule("a-six", require="thing.n >= 2"),
    }
    asked: list[list[str]] = []

    def searching(
        requirements: list[Requirement], schema: Schema, calendar: WorkCalendar
    ) -> Search:
        asked.append([r.id for r in requirements])
        return Search(requirements, schema, calendar)

    monkeypatch.setattr(pairs, "Search", searching)
    assert list(pairs.objections(ruleset(tmp_path, **rules), CALENDAR)) == []
    assert asked == [["a-one", "a-six"]]


def test_a_case_in_words() -> None:
    """The record above, lists with their elements, the place and what the province sets."""
    made = requirement(subject="part", act_on="part.on", require="part.ok")
    above = {"flag": True, "fixed": [{"ok": False}], "parts": {"open": [{"n": 2}, {"n": 3}]}}
    example = Example.model_validate(
        {
            "outcome": "met",
            "as_of": dt.date(2024, 7, 1),
            "given": {"ok": True, "on": dt.date(2024, 6, 30)},
            "parent": above,
            "place": {"level": "县级"},
            "params": {"most_days": 5},
        }
    )
    case = build(made, example, SCHEMA, CALENDAR)
    describer = Describer(
        SimpleNamespace(schema=SCHEMA, parameter_titles={"most_days": "最多日数"})
    )
    assert describer.case(case, [made]) == (
        "检查日2024年7月1日；“是否合格”：是；“分项日期”：2024年6月30日；"
        "上级“事项”（“是否甲”：是，“固定分项”：第1项（“是否合格”：否），"
        "“分项”：第1项（“分项件数”：2件）、第2项（“分项件数”：3件），清单未封闭）；"
        "“层级”：县级；本地参数“最多日数”：5。结论：“办理”（a-one）符合要求"
    )
