"""What would turn each kind of condition, by hand: choices, lists, plans, limits, whole lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest

from engine.explaining.margin import Nearest
from engine.explaining.trace import Tracer
from engine.explaining.words import Words
from engine.judging.reference import Frame
from engine.language import tree as t
from engine.language.check import Vocabulary, check
from engine.model.values import ABSENT, Cause, Elements, Record, Unknown
from engine.model.world import Period, World
from facts.records.load import read_schema
from tests.engine.small import (
    AS_OF,
    BLANK,
    CALENDAR,
    SCHEMA,
    Fact,
    between,
    parts,
    strings,
    thing,
    tree,
    world,
)

D = dt.date
ONE, TWO = D(2024, 5, 1), D(2024, 5, 11)


def lines(
    text: str, record: Record, *, params: Mapping[str, Sequence[Period]] | None = None
) -> tuple[str, ...]:
    """What would turn a condition, whichever way it stands."""
    around, frame = world(params=params), Frame({record.type: record}, (ONE, ONE))
    trace = Tracer(around).trace(tree(text, subject=record.type), frame)
    nearest = Nearest(around, Words(SCHEMA))
    bound = dict(frame.bound)
    found = nearest.turning(trace, frame, want=not trace.value)
    assert frame.bound == bound
    return found


def planned(day: dt.date) -> Unknown:
    return Unknown(Cause.PLANNED, planned=day)


@pytest.mark.parametrize(
    ("text", "facts", "said"),
    [
        # terms, and what is denied
        ("term.big", {"n": 3}, ("“件数”至少应为10件，还差7件",)),
        ("!term.big", {"n": 12}, ("“件数”至少要有10件，还有2件余地",)),
        ("!(thing.flag && thing.done)", {"flag": True, "done": True},
         ("“是否甲”为“否”；或者“是否办完”为“否”",)),
        ("!(thing.flag || thing.done)", {"flag": True, "done": True},
         ("“是否甲”为“否”", "“是否办完”为“否”")),
        ("!(thing.flag || thing.done)", {"flag": False, "done": False},
         ("“是否甲”为“是”", "“是否办完”为“是”")),  # one is enough
        ("!thing.flag", {"flag": True}, ("“是否甲”为“否”",)),
        ("!thing.flag", {"flag": False}, ("“是否甲”为“是”",)),
        ("!has(thing.word)", {"word": ABSENT}, ("有“名称”",)),
        # all, or any
        ("thing.flag && thing.done", {"flag": True, "done": True},
         ("“是否甲”为“否”", "“是否办完”为“否”")),
        ("thing.flag || thing.done", {"flag": True, "done": True},
         ("“是否甲”为“否”，并且“是否办完”为“否”",)),
        ("thing.flag || thing.done", {"flag": True, "done": False}, ("“是否甲”为“否”",)),
        ("thing.flag && thing.done", {"flag": BLANK, "done": True}, ("“是否甲”为“是”",)),
        ("!has(thing.word) || !has(thing.kind)", {"word": "水", "kind": "甲"},
         ("没有“名称”；或者没有“种类”",)),
        ("!has(thing.word) && thing.flag", {"word": "水", "flag": False},
         ("没有“名称”", "“是否甲”为“是”")),
        # said twice, told once
        ("thing.flag && (thing.flag && thing.flag)", {"flag": False}, ("“是否甲”为“是”",)),
        # a choice is followed where it is known which way it goes
        ("thing.flag ? thing.done : thing.n >= 5", {"flag": True, "done": False, "n": 1},
         ("“是否办完”为“是”",)),
        ("thing.flag ? thing.done : thing.n >= 5", {"flag": False, "done": False, "n": 1},
         ("“件数”至少应为5件，还差4件",)),
        ("thing.flag ? thing.done : thing.n >= 5", {"flag": BLANK, "done": False, "n": 1},
         ("若“是否甲”为“是”则“是否办完”为“是”，否则“件数”不少于5件",)),
        # what has no nearest value is said as it would have to be
        ("thing.kind == '甲'", {"kind": "乙"}, ("“种类”是“甲”",)),
        ("thing.kind == '甲'", {"kind": "甲"}, ("“种类”不是“甲”",)),
        ("thing.kind != '甲'", {"kind": "乙"}, ("“种类”是“甲”",)),
        ("thing.kind in ['甲', '乙']", {"kind": "乙"}, ("并非（“种类”属于“甲”、“乙”）",)),
        ("thing.n == 3", {"n": 4}, ("“件数”等于3件",)),
        ("thing.at <= thing.then",
         {"at": dt.datetime(2024, 5, 2), "then": dt.datetime(2024, 5, 1)},  # noqa: DTZ001
         ("“批准时刻”不晚于“实施时刻”",)),
        # what is kept tells only what the condition is, or its opposite
        ("thing.secret_on <= thing.start", {"secret_on": TWO, "start": ONE},
         ("“内部日期”不晚于“开始日期”",)),
        ("thing.secret_on <= thing.start", {"secret_on": ONE, "start": ONE},
         ("“内部日期”晚于“开始日期”",)),
        ("thing.secret_on < thing.start", {"secret_on": ONE, "start": TWO},
         ("“内部日期”不早于“开始日期”",)),
        ("thing.secret_on >= thing.start", {"secret_on": ONE, "start": ONE},
         ("“内部日期”早于“开始日期”",)),
        ("thing.secret_on > thing.start", {"secret_on": TWO, "start": ONE},
         ("“内部日期”不晚于“开始日期”",)),
    ],
)  # fmt: skip
def test_conditions(text: str, facts: dict[str, Fact], said: tuple[str, ...]) -> None:
    assert lines(text, thing(**facts)) == said


OK, BAD = {"ok": True}, {"ok": False}


@pytest.mark.parametrize(
    ("text", "given", "said"),
    [
        ("thing.parts.exists(p, p.ok)", [BAD, BAD],
         ("分项“分1”：“是否合格”为“是”；或者分项“分2”：“是否合格”为“是”",)),
        ("thing.parts.exists(p, p.ok)", [OK, BAD, OK],
         ("分项“分1”：“是否合格”为“否”，并且分项“分3”：“是否合格”为“否”",)),
        ("thing.parts.exists(p, p.ok)", [], ("“分项”至少一项（“是否合格”为“是”）",)),
        ("thing.parts.all(p, p.ok)", [BAD, OK, {"ok": BLANK}],
         ("分项“分1”：“是否合格”为“是”", "分项“分3”：“是否合格”为“是”")),
        ("thing.parts.all(p, p.ok)", [OK, OK],
         ("分项“分1”：“是否合格”为“否”", "分项“分2”：“是否合格”为“否”")),
        ("!thing.parts.exists(p, p.ok)", [OK, BAD], ("分项“分1”：“是否合格”为“否”",)),
        # the first four elements that would have to turn
        ("thing.parts.all(p, p.ok)", [BAD] * 5,
         tuple(f"分项“分{n}”：“是否合格”为“是”" for n in (1, 2, 3, 4))),
        # each with its own value
        ("thing.parts.all(p, p.n >= 3)", [{"n": 1}, {"n": 4}, {"n": 2}],
         ("分项“分1”：“分项件数”至少应为3件，还差2件",
          "分项“分3”：“分项件数”至少应为3件，还差1件")),
        # lists within lists
        ("thing.parts.all(p, p.leaves.exists(x, x.ok))", [{"leaves": Elements((), closed=True)}],
         ("“分项”每一项都须（“细项”至少一项（“是否齐全”为“是”））",)),
        # counts and sums of the parts, by each way of comparing
        ("size(thing.parts) > 2", [OK, BAD], ("“分项”的项数至少应为3项，还缺1项",)),
        ("size(thing.parts) < 2", [OK, BAD], ("“分项”的项数至多可为1项，多了1项",)),
        ("size(thing.parts) <= 1", [OK, BAD], ("“分项”的项数至多可为1项，多了1项",)),
        ("size(thing.parts) > 1", [OK, BAD, BAD], ("“分项”的项数至少要有2项，还有1项余地",)),
        ("size(thing.parts) < 4", [OK, BAD], ("“分项”的项数至多可到3项，还有1项余地",)),
        ("size(thing.parts) <= 4", [OK, BAD], ("“分项”的项数至多可到4项，还有2项余地",)),
        ("sum(thing.parts, p, p.n) > 5", [{"n": 1}, {"n": 2}],
         ("“分项”的“分项件数”合计至少应为6件，还缺3件",)),
        ("sum(thing.parts, p, p.n) >= 5", [{"n": 1}, {"n": BLANK}],
         ("“分项”的“分项件数”合计不少于5件",)),
    ],
)  # fmt: skip
def test_elements(text: str, given: list[dict[str, Fact]], said: tuple[str, ...]) -> None:
    assert lines(text, parts(thing(), *given)) == said


def test_elements_that_are_words_are_not_told_one_by_one() -> None:
    record = thing(tags=strings("红", "绿"))
    assert lines("thing.tags.all(x, x == '红')", record) == ("“标签”每一项都须（该项是“红”）",)


def test_a_sum_is_held_against_what_need_not_be_whole() -> None:
    """Three would exceed any amount below it: 2.99 is the first in steps of a hundredth."""
    record = parts(thing(amount=Decimal("5.5")), {"n": 1}, {"n": 2})
    assert lines("sum(thing.parts, p, p.n) > thing.amount", record) == (
        "“分项”的“分项件数”合计至少应为5.5件，还缺2.5件；或者“金额”至多可为2.99元，多了2.51元",
    )
    record.values["amount"] = between(Decimal(5), Decimal(6))
    assert lines("sum(thing.parts, p, p.n) > thing.amount", record) == (
        "“分项”的“分项件数”合计大于“金额”",
    )


@pytest.mark.parametrize(
    ("text", "facts", "said"),
    [
        # numbers: whole ones stay whole, others move by hundredths, none below nothing
        ("thing.n <= 10", {"n": 3}, "“件数”至多可到10件，还有7件余地"),
        ("thing.n < 1", {"n": 3}, "“件数”至多可为0件，多了3件"),
        ("thing.n < 2", {"n": 3}, "“件数”至多可为1件，多了2件"),  # not passed over on the way down
        ("thing.amount <= 0", {"amount": Decimal("0.125")}, "“金额”至多可为0元，多了0.125元"),
        ("thing.n >= 2", {"n": -3}, "“件数”至少应为2件，还差5件"),
        ("thing.n <= -5", {"n": -3}, "“件数”不超过-5件"),
        ("thing.n <= -1", {"n": 3}, "“件数”不超过-1件"),
        ("thing.n < 0", {"n": 0}, "“件数”小于0件"),
        ("thing.m >= 7", {"m": 5}, "“份数”至少应为7，还差2"),
        ("thing.amount <= 1.5", {"amount": Decimal(3)}, "“金额”至多可为1元，多了2元"),
        ("thing.amount <= 1.5", {"amount": Decimal("3.2")}, "“金额”至多可为1.5元，多了1.7元"),
        ("thing.amount >= 1.5", {"amount": Decimal("3.2")}, "“金额”至少要有1.5元，还有1.7元余地"),
        ("thing.n + thing.n >= 10", {"n": 3}, "“件数”至少应为5件，还差2件"),
        # yes and no are no numbers
        ("(thing.flag ? 1 : 2) <= 1", {"flag": False}, "若“是否甲”为“是”则1，否则2不超过1"),
        ("(thing.flag ? 2 : 1) <= 1", {"flag": True}, "若“是否甲”为“是”则2，否则1不超过1"),
        # as far as is looked: 16,384 steps
        ("thing.n >= 16384", {"n": 0}, "“件数”至少应为16384件，还差16384件"),
        ("thing.n >= 16385", {"n": 0}, "“件数”不少于16385件"),
        ("thing.n >= 16385", {"n": 1}, "“件数”至少应为16385件，还差16384件"),
        # days
        ("thing.on > date(2024, 5, 10)", {"on": ONE}, "“办理日期”最早应为2024年5月11日，还差10日"),
        ("thing.on < date(2024, 5, 1)", {"on": TWO}, "“办理日期”最迟应为2024年4月30日，晚了11日"),
        ("thing.on >= date(2024, 5, 1)", {"on": TWO},
         "“办理日期”最早可到2024年5月1日，还有10日余地"),
        ("thing.on <= date(2024, 5, 31)", {"on": TWO},
         "“办理日期”最迟可到2024年5月31日，还有20日余地"),
        ("thing.on <= as_of", {"on": D(2024, 7, 2)}, "“办理日期”最迟应为2024年6月30日，晚了2日"),
        # a planned day is moved like one that has come
        ("thing.on <= thing.until", {"on": planned(D(2024, 7, 20)), "until": D(2024, 7, 10)},
         "“办理日期”最迟应为2024年7月10日，晚了10日；或者“截止日期”最早应为2024年7月20日，还差10日"),
        ("thing.on <= thing.until", {"on": planned(D(2024, 7, 20)), "until": D(2024, 7, 30)},
         "“办理日期”不晚于“截止日期”"),  # it will be so: there is nothing to move
        # a day that is not there: beside the days that are, or the day of the check
        ("thing.on < thing.start", {"on": BLANK, "start": D(2024, 6, 20)},
         "“办理日期”最迟应为2024年6月19日"),
        ("thing.on > thing.start", {"on": BLANK, "start": D(2024, 6, 20)},
         "“办理日期”最早应为2024年6月21日"),
        ("max(days(thing.start, thing.on), days(thing.on, thing.until)) <= 10",
         {"on": BLANK, "start": D(2024, 6, 25), "until": D(2024, 7, 5)},
         "“办理日期”最早应为2024年6月25日，最迟应为2024年7月5日"),
        ("days(thing.start, thing.on) <= -90", {"on": BLANK, "start": D(2024, 6, 25)},
         "“开始日期”至“办理日期”的自然日数不超过-90日"),
        ("thing.n >= 5", {"n": BLANK}, "“件数”不少于5件"),
        ("max(days(thing.start, thing.on), days(thing.on, thing.until)) <= 5",
         {"on": BLANK, "start": D(2024, 6, 25), "until": D(2024, 7, 5)},
         "“办理日期”最早应为2024年6月30日，最迟应为2024年6月30日"),
        # any day but one: of both sides the earlier
        ("max(days(thing.start, thing.on), days(thing.on, thing.start)) >= 1",
         {"on": BLANK, "start": AS_OF}, "“办理日期”最迟应为2024年6月29日"),
        # any day at all
        ("max(days(thing.start, thing.on), days(thing.on, thing.start)) >= 0",
         {"on": BLANK, "start": AS_OF},
         "“开始日期”至“办理日期”的自然日数、“办理日期”至“开始日期”的自然日数中最大的不少于0"),
        # a fact read several times is one of those that are told
        ("thing.n + thing.n + thing.n + thing.n + thing.m >= 20", {"n": 3, "m": 0},
         "“件数”至少应为5件，还差2件；或者“份数”至少应为8，还差8"),
        ("thing.amount <= 2", {"amount": Decimal(3)}, "“金额”至多可为2元，多了1元"),
        # four facts of five
        ("days(thing.start, thing.on) + days(thing.until, thing.group.on) + thing.n >= 30",
         {"start": ONE, "on": TWO, "until": ONE, "group__on": TWO, "n": 0},
         ("“开始日期”最迟应为2024年4月21日，晚了10日；或者“办理日期”最早应为2024年5月21日，还差10日；"
          "或者“截止日期”最迟应为2024年4月21日，晚了10日；或者“组内日期”最早应为2024年5月21日，还差10日")),
    ],
)  # fmt: skip
def test_values(text: str, facts: dict[str, Fact], said: str) -> None:
    record = thing(**facts)
    before = dict(record.values)
    assert "；或者".join(lines(text, record)) == said
    assert record.values == before


def test_a_field_in_no_column_is_not_left_behind() -> None:
    record = thing(start=D(2024, 6, 20))
    assert lines("thing.on < thing.start", record) == ("“办理日期”最迟应为2024年6月19日",)
    assert record.values == {"start": D(2024, 6, 20)}


def test_a_field_of_the_record_above_names_it() -> None:
    above = parts(thing(n=5), {"n": 3})
    (part,) = above.elements("parts").items
    assert isinstance(part, Record)
    assert lines("part.n >= parent.n", part) == (
        "“分项件数”至少应为5件，还差2件；或者事项的“件数”至多可为3件，多了2件",
    )


def test_a_parameter_is_that_of_the_day_of_the_act() -> None:
    """The act is of 1 May, the check of 30 June."""
    periods = Period(D(2024, 1, 1), D(2024, 5, 31), 5), Period(D(2024, 6, 1), D(2024, 12, 31), 9)
    text = "thing.n >= param.most_days"
    assert lines(text, thing(n=3), params={"most_days": periods}) == ("“件数”至少应为5件，还差2件",)


GIVEN = read_schema(
    {
        "case.yaml": """
type: case
title: 案件
key: [no]
fields:
  no: {type: int, title: 案号}
  n: {type: int, title: 件数}
""",
        "year.yaml": """
type: year
title: 年度
generated: {}
key: [year]
fields:
  year: {type: int, title: 年度}
  start: {type: date, time: term, title: 年初}
""",
        "place.yaml": "type: place\ntitle: 本地\nfields:\n  people: {type: int, title: 人口}\n",
    }
)


@pytest.mark.parametrize(
    ("subject", "text", "said"),
    [
        ("case", "case.no >= 5", "“案号”不少于5"),  # another number is another case
        ("case", "case.n >= case.no", "“件数”至少应为2，还差1"),
        ("case", "case.n >= place.people", "“件数”至少应为7，还差6"),
        ("year", "year.start >= date(2024, 5, 1)", "“年初”不早于2024年5月1日"),  # nobody wrote it
    ],
)
def test_what_is_given_is_not_to_be_changed(subject: str, text: str, said: str) -> None:
    around = World(GIVEN, AS_OF, CALENDAR, Record("place", "本地", {"people": 7}), {})
    record = Record(subject, "1", {"no": 2, "n": 1, "start": D(2024, 1, 1)})
    frame = Frame({subject: record}, (AS_OF, AS_OF))
    node = check(text, subject, t.Kind.BOOL, Vocabulary(GIVEN))
    trace = Tracer(around).trace(node, frame)
    assert Nearest(around, Words(GIVEN)).turning(trace, frame, want=True) == (said,)
