"""Pairs of events that are compared: settled by an order, a chain of orders, or declined."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.guard.lint.order import unsettled
from engine.ruleset.load import load_ruleset
from facts.records.load import read_schema
from tests.engine.guard.lint.test_lint import FILES, RULE

CASE = """\
type: case
title: 案件
key: [no]
fields:
  no: {type: string, title: 编号}
  days: {type: int, title: 天数}
  opened: {type: date, time: event, title: 立案日期}
  decided: {type: date, time: event, title: 决定日期}
  served: {type: date, time: event, title: 送达日期}
  due: {type: date, time: term, title: 期限}
nested:
  acts: {of: act, title: 活动}
"""
ACT = """\
type: act
title: 活动
parent: case
fields:
  on: {type: date, time: event, title: 活动日期}
  at: {type: datetime, time: event, title: 活动时间}
  ended: {type: datetime, time: event, title: 结束时间}
"""
OPENED, DECIDED, SERVED, ON = "case.opened", "case.decided", "case.served", "act.on"


def found(folder: Path, require: str, case: str = CASE, act: str = ACT) -> set[tuple[str, ...]]:
    """What lint says of a requirement that asks this: file, key and the fields named."""
    rule = RULE.replace("subject: thing", "subject: case").replace("thing.until", "as_of")
    rule = rule.replace("applies: thing.flag\n", "").split("examples:")[0]
    rule = rule.replace("has(thing.on) && thing.on <= as_of", f'"{require}"')
    for name, text in {**FILES, "dom/a-one": rule}.items():
        path = folder / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    types = {"case.yaml": case, "act.yaml": act}
    complaints = list(unsettled(load_ruleset(folder, read_schema(types))))
    return {(c.file, c.key, c.message) for c in complaints}


TITLES = {OPENED: "立案日期", DECIDED: "决定日期", SERVED: "送达日期", ON: "活动日期"}
TITLES |= {"act.at": "活动时间", "act.ended": "结束时间"}


def asked(one: str, other: str) -> tuple[str, str, str]:
    """The complaint about a pair that nobody settled."""
    record, _, field = one.partition(".")
    return (
        f"{record}.yaml",
        field,
        (
            f"“{TITLES[one]}”（{one}）与“{TITLES[other]}”（{other}）相比（a-one），没有写明先后："
            "写进 order（哪个不能早于哪个）或者 unordered（为什么不分先后）"
        ),
    )


@pytest.mark.parametrize(
    ("require", "pairs"),
    [
        ("case.decided <= case.served", [(DECIDED, SERVED)]),
        ("case.decided == case.served", [(DECIDED, SERVED)]),
        ("days(case.decided, case.served) <= 7", [(DECIDED, SERVED)]),
        ("case.served <= deadline(add_workdays(case.decided, 7))", [(DECIDED, SERVED)]),
        ("case.opened < min(case.decided, case.served)",
         [(DECIDED, OPENED), (OPENED, SERVED), (DECIDED, SERVED)]),
        ("case.opened <= (has(case.decided) ? case.decided : case.served)",
         [(DECIDED, OPENED), (OPENED, SERVED)]),
        ("(case.opened < case.decided ? case.days : 1) > 0", [(DECIDED, OPENED)]),
        ("case.acts.exists(a, a.on <= case.served)", [(ON, SERVED)]),
        ("case.acts.all(a, a.parent.opened < a.on)", [(ON, OPENED)]),
        ("case.acts.all(a, hours(a.at, a.ended) < 24)", [("act.at", "act.ended")]),
        # nothing is compared that can come in the wrong order
        ("case.served <= case.due", []),
        ("case.served <= date(case.days, 1, 31)", []),
        ("case.served <= as_of && case.decided <= as_of", []),
        ("has(case.served) && has(case.decided)", []),
        ("days(case.opened, as_of) > days(case.decided, as_of)", []),
        ("case.decided <= case.decided", []),
    ],
)  # fmt: skip
def test_what_counts_as_compared(
    require: str, pairs: list[tuple[str, str]], tmp_path: Path
) -> None:
    """Broken by a pair that is compared or counted between and not asked about, or one too many."""
    assert found(tmp_path, require) == {asked(*pair) for pair in pairs}


def declared(text: str, case: str = CASE) -> str:
    return case + text


@pytest.mark.parametrize(
    "said",
    [
        "order:\n  - {first: opened, then: served, why: 先后}\n",
        "order:\n  - {first: served, then: opened, why: 先后}\n",
        (
            "order:\n  - {first: opened, then: decided, why: 先后}\n"
            "  - {first: decided, then: served, why: 先后}\n"
        ),
        "unordered:\n  - {fields: [served, opened], why: 不分}\n",
    ],
)
def test_what_settles_a_pair(said: str, tmp_path: Path) -> None:
    assert found(tmp_path, "days(case.opened, case.served) <= 7", declared(said)) == set()


def test_a_pair_is_settled_from_the_parent_or_from_a_list(tmp_path: Path) -> None:
    require = "case.acts.exists(a, a.on <= case.served)"
    above = declared("order:\n  - {first: acts.on, then: served, why: 先后}\n")
    assert found(tmp_path / "above", require, above) == set()
    below = ACT + "unordered:\n  - {fields: [on, parent.served], why: 不分}\n"
    assert found(tmp_path / "below", require, CASE, below) == set()


def test_two_events_before_a_third_are_not_settled(tmp_path: Path) -> None:
    said = declared(
        "order:\n  - {first: opened, then: served, why: 先后}\n"
        "  - {first: decided, then: served, why: 先后}\n"
    )
    assert found(tmp_path, "case.opened < case.decided", said) == {asked(DECIDED, OPENED)}


def test_an_order_that_goes_round_is_named_and_so_is_one_declined_as_well(tmp_path: Path) -> None:
    said = declared(
        "order:\n  - {first: opened, then: decided, why: 先后}\n"
        "  - {first: decided, then: served, why: 先后}\n"
        "  - {first: served, then: decided, why: 先后}\n"
        "unordered:\n  - {fields: [decided, opened], why: 不分}\n"
    )
    one, two = "“决定日期”（case.decided）", "“送达日期”（case.served）"
    assert found(tmp_path, "case.days > 1", said) == {
        ("case.yaml", "order", f"“立案日期”（case.opened）先于{one}，又写了不分先后，请删去一处"),
        ("case.yaml", "order", f"{one}先于{two}，又绕回来写了反过来的先后，请删去一处"),
        ("case.yaml", "order", f"{two}先于{one}，又绕回来写了反过来的先后，请删去一处"),
    }


@pytest.mark.parametrize(
    ("declared", "key"),
    [
        ("order:\n  - {first: opened, then: decided, duty: a-onne, why: 先立案}\n", "order"),
        (
            (
                "contradictions:\n"
                "  - {when: case.days < 0, fields: [days], duty: a-onne, why: 先立案}\n"
            ),
            "contradictions",
        ),
    ],
)
def test_a_breach_is_of_a_requirement_there_is(declared: str, key: str, tmp_path: Path) -> None:
    """Fails if a record type could name a duty that is not there, or lies with other records."""
    message = "“先立案”写的 duty 须是判“案件”的要求，不是“a-onne”，是否指“a-one”？"
    assert found(tmp_path / "1", "case.days > 1", CASE + declared) == {("case.yaml", key, message)}
    assert found(tmp_path / "2", "case.days > 1", CASE + declared.replace("onne", "one")) == set()
    act = ACT + "order:\n  - {first: on, then: ended, duty: a-one, why: 先开始}\n"
    assert {(file, key) for file, key, _ in found(tmp_path / "3", "case.days > 1", act=act)} == {
        ("act.yaml", "order")
    }
