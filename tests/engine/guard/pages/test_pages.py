"""What pages about rules say, of a small ruleset with everything in it, worked out by hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from engine.guard.lint.conditions import Place, tried
from engine.guard.mutants.mutants import mutants
from engine.guard.mutants.trial import MutantStatus
from engine.guard.pages.conditions import Counted, Owner, Unseen, conditions_of
from engine.guard.pages.coverage import Held, coverage_of
from engine.guard.pages.listing import Row, rows
from engine.guard.pages.mutants import mutants_of
from engine.guard.pages.proofs import Fault, ProofsPage, Unproved, proofs_of
from engine.guard.pages.requirement import (
    Article,
    CoveredPage,
    Definition,
    Head,
    RequirementPage,
    RuleText,
    Setting,
    Shown,
    page_of,
)
from engine.guard.pages.words import name, span, spans
from engine.guard.verify.objection import Objection
from engine.guard.verify.verify import Verification
from engine.model.errors import WrongNameError
from engine.model.outcome import Unconfirmed
from engine.ruleset.files import InstrumentFile
from engine.ruleset.load import load_ruleset
from engine.ruleset.model import Ruleset, Window
from facts.records.load import read_schema
from tests.engine.small import CALENDAR

D = dt.date
THING = """\
type: thing
title: 事项
sheets: [事项]
key: [no]
fields:
  no: {type: string, title: 编号}
  flag: {type: bool, title: 是否甲}
  n: {type: int, title: 件数, unit: 件}
  on: {type: date, time: event, title: 办理日期}
  until: {type: date, time: event, title: 截止日期}
"""
FILES = {
    "ruleset": "version: '1'\ntitle: 试\n",
    "instruments": """\
LAW: {name: 《某条例》, number: 令第1号, from: 2020-01-01, read: full}
PAPER: {name: 某纲要, from: 2021-08-11, until: 2023-12-31, policy: true, read: none}
BARE: {name: 某办法, read: excerpt}
""",
    "terms": """\
big: {subject: thing, title: 大事项, expr: thing.n >= 10, note: 按件数算。,
      basis: [{instrument: LAW, article: 第二条}]}
urgent: {subject: thing, title: 急事, expr: thing.flag}
""",
    "adjustments": """\
small: {subject: thing, when: thing.n == 1, title: 只有一件, basis: []}
""",
    "parameters/here": """\
most: {title: 最多件数, unit: 件, periods: [
  {value: 9, from: 2020-01-01, confirmed: true, source: 某文}, {value: null, until: 2019-12-31}]}
""",
    "parameters/there": "other: {title: 别的}\n",
    "gates": "go: {title: 放行, subject: thing, classification: a-one, requirements: [a-one]}\n",
    "indicators": "第1项: {title: 办得快, requirements: [a-one]}\n第2项: {}\n",
    "outline": "'1': {title: 总则, chapter: 一}\n'2': {title: 附则, chapter: 二, reason: 不办事}\n",
    "accepted": "survives a-two negated: {reason: 两样都行}\n",
    "dom/a-one": """\
id: a-one
title: 办理
subject: thing
outline: ['1']
basis:
  - {instrument: LAW, article: 第十条, from: 2022-01-01}
  - {instrument: PAPER, article: （一）, carries: false}
severity: [{when: thing.n >= 5, level: blocking}, {level: minor}]
act_on: thing.on
applies: term.big || term.urgent
require: thing.n <= param.most && has(thing.on)
lenient: has(thing.on) || thing.n <= param.most
due: thing.until
evidence: [thing.on, thing.n]
note: {when: thing.n == 2, text: 两件的请核}
message: 没有办
remedy: 去办
supplier: 承办单位
rationale: |
  理由一
versions:
  - {basis: [{instrument: LAW, article: 第三条, until: 2021-12-31}], require: thing.n <= 3}
examples:
  - {name: 晚, outcome: gap, as_of: 2024-07-01, why: 晚了, severity: minor, given: {flag: true}}
  - {like: 晚, outcome: met, as_of: 2024-07-02, why: 早了}
""",
    "dom/a-three": """\
id: a-three
title: 别的管
kind: covered
covered_by: [a-one]
subject: thing
severity: minor
basis: [{instrument: BARE, article: 第二条}]
rationale: 合在一处
""",
    "also/a-two": """\
id: a-two
title: 问人
kind: manual
subject: thing
severity: major
basis: [{instrument: PAPER, article: （二）}]
act_on: thing.on
applies: thing.flag
message: 没有认定
remedy: 去认定
rationale: 理由二
examples: []
""",
}

UNREAD = Unconfirmed.UNREAD


@pytest.fixture
def ruleset(tmp_path: Path) -> Ruleset:
    return read(tmp_path, FILES)


def read(tmp_path: Path, files: dict[str, str]) -> Ruleset:
    for where, text in files.items():
        path = tmp_path / f"{where}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load_ruleset(tmp_path, read_schema({"thing.yaml": THING}))


def test_rows_by_domain_and_id(ruleset: Ruleset) -> None:
    """Broken by a requirement left out that others carry, or the mark of one unconfirmed."""
    assert rows(ruleset) == [
        Row("also", "a-two", "问人", "事项", "人工认定", "重要", "《某纲要》（二）", None, 0),
        Row(
            "dom",
            "a-one",
            "办理",
            "事项",
            "程序核",
            "一般",
            "《某条例》第十条",
            Unconfirmed.UNREAD,
            2,
        ),
        Row("dom", "a-three", "别的管", "事项", "由其他要求承担", "", "《某办法》第二条", None, 0),
    ]


def test_the_page_of_a_requirement_that_is_judged(ruleset: Ruleset) -> None:
    days = "2021年8月11日至2023年12月31日"
    paper = Article("《某纲要》（一）", f"{days}，未读原文，佐证，不单独承载义务")
    first = RuleText(
        basis=(Article("《某条例》第十条", "令第1号，2022年1月1日起，读过全文"), paper),
        windows="2022年1月1日起",
        lawful="",
        act_on="“办理日期”",
        applies="大事项，或者急事",
        require="“件数”不超过本地参数“最多件数”，并且有“办理日期”",
        lenient="有“办理日期”，或者“件数”不超过本地参数“最多件数”",
        due="“截止日期”",
        evidence=("件数", "办理日期"),
        note="“件数”等于2件的，两件的请核",
        message="没有办",
        remedy="去办",
        redress="",
    )
    earlier = RuleText(
        basis=(Article("《某条例》第三条", "令第1号，2020年1月1日至2021年12月31日，读过全文"),),
        windows="2020年1月1日至2021年12月31日",
        lawful="",
        act_on="“办理日期”",
        applies="大事项，或者急事",
        require="“件数”不超过3件",
        lenient="",
        due="“截止日期”",
        evidence=(),
        note="",
        message="没有办",
        remedy="去办",
        redress="",
    )
    assert page_of(ruleset, "a-one") == RequirementPage(
        head=Head("a-one", "办理", "事项", "程序核", ("1总则",)),
        severity="“件数”不少于5件的，必须先解决；其余一般；只有一件的，降一级",
        gates=("放行",),
        supplier="承办单位",
        unconfirmed=Unconfirmed.UNREAD,
        texts=(first, earlier),
        terms=(
            Definition("大事项", "“件数”不少于10件。按件数算。（《某条例》第二条）"),
            Definition("急事", "“是否甲”为“是”。"),
        ),
        parameters=(
            Setting("最多件数", "here", "9件（2020年1月1日起，某文）"),
            Setting("最多件数", "here", "未定，不判（未核实，至2019年12月31日止）"),
        ),
        rationale="理由一",
        examples=(
            Shown("不符合", "一般", "2024年7月1日", "晚了", "晚", ""),
            Shown("符合要求", "", "2024年7月2日", "早了", "", "晚"),
        ),
    )


def test_the_page_of_one_that_a_person_answers_on_paper_alone(ruleset: Ruleset) -> None:
    """After the paper has expired the duty is advisory: no day of it is lawful then."""
    page = page_of(ruleset, "a-two")
    assert isinstance(page, RequirementPage)
    assert (page.gates, page.supplier, page.terms, page.parameters) == ((), "", (), ())
    assert page.severity == "重要；只有一件的，降一级"
    (text,) = page.texts
    assert (text.applies, text.require) == ("“是否甲”为“是”", "")
    assert (text.windows, text.lawful) == ("2021年8月11日起", "2021年8月11日至2023年12月31日")


def test_the_page_of_one_that_others_carry(ruleset: Ruleset) -> None:
    assert page_of(ruleset, "a-three") == CoveredPage(
        head=Head("a-three", "别的管", "事项", "由其他要求承担", ()),
        covered_by=(("a-one", "办理"),),
        basis=(Article("《某办法》第二条", "只读到节录"),),
        rationale="合在一处",
    )


def test_a_section_of_an_outline_that_is_not_there_is_a_number(tmp_path: Path) -> None:
    found = read(tmp_path, {name: text for name, text in FILES.items() if name != "outline"})
    assert page_of(found, "a-one").head.outline == ("1",)


def test_an_id_that_is_none_is_told_with_the_nearest(ruleset: Ruleset) -> None:
    with pytest.raises(WrongNameError, match=r"没有要求“a-tree”.*a-three"):
        page_of(ruleset, "a-tree")


def test_coverage(ruleset: Ruleset) -> None:
    found = coverage_of(ruleset)
    assert found.sections == (
        Held("1总则", ("a-one",), "一"),
        Held("2附则", (), "二", "不办事"),
    )
    assert found.bare == ("2",)
    assert found.indicators == (
        ("第1项", Held("办得快", ("a-one",))),
        ("第2项", Held("", ())),
    )
    assert found.instruments == (
        ("《某条例》令第1号", (Held("第三条", ("a-one",)), Held("第十条", ("a-one",)))),
        ("《某纲要》", (Held("（一）", ("a-one",)), Held("（二）", ("a-two（人工）",)))),
        ("《某办法》", (Held("第二条", ("a-three（承担）",)),)),
    )
    assert found.kinds == {"程序核": 1, "人工认定": 1, "由其他要求承担": 1}


def test_conditions_owed_and_counted(ruleset: Ruleset) -> None:
    """Term and requirement; what no example shows is owed, four aspects for each condition."""
    found = {
        place: shown
        for place, shown in tried(ruleset, CALENDAR).items()
        if place in (Place("urgent", 0, "term", 1), Place("a-two", 0, "applies", 1))
    }
    page = conditions_of(ruleset, found)
    # Both examples of a-one have a true flag. No day is given, so both come out unknown whatever
    # the flag: it decides nothing.
    assert page.owners == (
        Owner(
            "a-two",
            "问人",
            1,
            Counted(4, 0, 4),
            (Unseen(True, ("成立", "不成立", "不明", "左右结论"), "“是否甲”为“是”", "applies#1"),),
        ),
        Owner(
            "term.urgent",
            "急事",
            1,
            Counted(4, 0, 3),
            (Unseen(True, ("不成立", "不明", "左右结论"), "“是否甲”为“是”", "term#1"),),
        ),
    )
    assert (page.conditions, page.counted) == (2, Counted(8, 0, 7))
    assert (page.counted.wanted, page.counted.shown) == (8, 1)


def test_mutants_by_owner_with_those_missed(ruleset: Ruleset) -> None:
    found = list(mutants(ruleset))
    first = next(mutant for mutant in found if mutant.owner == "a-one")
    second = next(mutant for mutant in found if mutant.owner == "a-two")
    shared = next(mutant for mutant in found if mutant.owner == "term.big")
    statuses = [
        (first, MutantStatus.KILLED),
        (first, MutantStatus.ALIVE),
        (second, MutantStatus.ACCEPTED),
        (shared, MutantStatus.SAME),
    ]
    owners = mutants_of(ruleset, statuses)
    assert [(o.name, o.title, o.domain, dict(o.statuses)) for o in owners] == [
        ("a-one", "办理", "dom", {MutantStatus.KILLED: 1, MutantStatus.ALIVE: 1}),
        ("a-two", "问人", "also", {MutantStatus.ACCEPTED: 1}),
        ("term.big", "大事项", "（共用）", {MutantStatus.SAME: 1}),
    ]
    (alive,), (accepted,), none = (owner.missed for owner in owners)
    assert (alive.alive, alive.status, alive.reason) == (True, "存活", "")
    assert alive.place == f"rulesets/dom/a-one.yaml {first.id}"
    assert (accepted.alive, accepted.status) == (False, "写明等价")
    assert none == ()


def test_proofs(ruleset: Ruleset) -> None:
    fault = Objection("rulesets/dom/a-one.yaml", "never-fails", ("a-one",), "从不违反", "甲")
    known = Objection("rulesets/also/a-two.yaml", "survives", ("a-two", "negated"), "看不出", "")
    place, other = Place("a-one", 1, "require", 2), Place("big", 0, "term", 1)
    found = Verification(
        objections=(fault,),
        accepted=(known,),
        idle=("hole x",),
        same={"a-one": ("x", "y")},
        proofs={place: ("true", "unknown"), other: ("false",)},
        unproved={place: ("decides",)},
        refuted={other: ("true", "false")},
    )
    assert proofs_of(ruleset, found) == ProofsPage(
        faults=(Fault("rulesets/dom/a-one.yaml", "never-fails a-one", "从不违反", "甲"),),
        accepted=(
            Fault("rulesets/also/a-two.yaml", "survives a-two negated", "看不出", "", "两样都行"),
        ),
        idle=("hole x",),
        unproved=(
            Unproved(False, "a-one（require@1#2）", ("左右结论",)),
            Unproved(True, "big（term#1）", ("成立", "不成立")),
        ),
        requirements=2,
        gates=1,
        never=3,
        owed=1,
        same=2,
    )


def test_days_and_names() -> None:
    assert span(None, None) == ""
    assert span(D(2024, 1, 2), None) == "2024年1月2日起"
    assert span(None, D(2024, 1, 2)) == "至2024年1月2日止"
    assert spans([]) == "没有一天"
    assert spans([Window(D.min, D.max)]) == "起止日期不详"
    two = [Window(D.min, D(2020, 1, 1)), Window(D(2021, 1, 1), D(2021, 2, 1))]
    assert spans(two) == "至2020年1月1日止；2021年1月1日至2021年2月1日"
    assert name(InstrumentFile(name="《某条例》", read="full")) == "《某条例》"
    assert name(InstrumentFile(name="某条例", read="full")) == "《某条例》"
