"""Every kind of objection: a planted fault is found with a case, its repaired twin is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.ruleset.model import Ruleset
from engine.verify import gates, pairs, seams, single
from engine.verify.model import Objection
from tests.engine.lint.test_lint import LAW, RULE, loaded
from tests.engine.small import CALENDAR

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
  on: {type: date, time: event, title: 办理日期}
  until: {type: date, time: event, title: 截止日期}
"""


def rule(name: str = "a-one", **keys: str) -> str:
    written = {"act_on": "thing.until", "applies": "thing.flag", "require": "thing.n >= 1"} | keys
    body = "".join(f"{key}: {text}\n" for key, text in written.items())
    return HEAD.replace("a-one", name) + body + TAIL


def ruleset(folder: Path, **files: str) -> Ruleset:
    rules = {f"dom/{name.replace('_', '-')}": text for name, text in files.items() if "_" in name}
    shared = {name: text for name, text in files.items() if "_" not in name}
    return loaded(folder, {"dom/a-one": rule(), **shared, **rules}, THING)


def made(found: Ruleset) -> list[Objection]:
    kinds = (single, pairs, gates, seams)
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


def test_a_gate_that_never_opens(tmp_path: Path) -> None:
    rules = {
        "a_one": rule(require="thing.n >= 1"),
        "a_two": rule("a-two", require="thing.on < thing.until"),
        "a_six": rule("a-six", require="thing.on > thing.until"),
    }
    gate = (
        "go: {title: 放行, subject: thing, classification: a-one, requirements: [a-two, a-six]}\n"
    )
    found = [o for o in made(ruleset(tmp_path, gates=gate, **rules)) if "gate" in o.kind]
    assert [o.id for o in found] == ["gate-never-opens go"]
    assert "a-two" in found[0].message
    assert "a-six" in found[0].message
    assert "不符合" in found[0].case
    rules["a_six"] = rule("a-six", require="thing.on < thing.until", applies="thing.other")
    assert made(ruleset(tmp_path, gates=gate, **rules)) == []


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
    ],
)
def test_a_hole_between_two_rules(tmp_path: Path, low: str, high: str, *, hole: bool) -> None:
    rules = {
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
