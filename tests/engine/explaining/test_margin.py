"""How far off limits are, worked out by hand. Fails if a named value is a step off, if a past day
or anything recorded is advised upon, or if anything is said of a fact that is kept from readers.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.explaining.margin import Margins
from engine.explaining.trace import Tracer
from engine.explaining.words import Words
from engine.judging.reference import Frame
from engine.language import tree as t
from engine.language.check import check
from engine.language.vocabulary import Vocabulary
from engine.model.schema import Schema
from engine.model.values import ABSENT, Cause, Elements, Record, Unknown
from engine.model.world import Period, World
from facts.records.load import read_schema
from tests.engine.small import (
    AS_OF,
    BLANK,
    CALENDAR,
    SCHEMA,
    UNREADABLE,
    Fact,
    between,
    parts,
    strings,
    thing,
    tree,
    value,
    world,
)

D = dt.date
JULY_10, JULY_20 = D(2024, 7, 10), D(2024, 7, 20)
"""The check is of 30 June."""


def lines_in(around: World, node: t.Expr, record: Record, words: Words) -> tuple[str, ...]:
    frame = Frame({record.type: record}, (AS_OF, AS_OF))
    trace = Tracer(around).trace(node, frame)
    bound, values = dict(frame.bound), dict(record.values)
    found = Margins(around, words).lines(trace, frame, met=trace.value is True)
    assert (frame.bound, record.values) == (bound, values)
    return found


def lines(
    text: str, record: Record, assumed: frozenset[tuple[str, str]] = frozenset(), **how: bool
) -> tuple[str, ...]:
    """What is to be kept to by a thing as a text about it asks; of one that does, what is left."""
    node = tree(text, subject=record.type)
    return lines_in(world(assumed=assumed), node, record, Words(SCHEMA, **how))


def planned(day: dt.date) -> Unknown:
    return Unknown(Cause.PLANNED, planned=day)


LATE = "“办理日期”最迟应为2024年7月10日，晚了10日"
IN_TIME = "thing.on <= thing.until"
LATER = {"on": JULY_20, "until": JULY_10}
"""What is planned for 20 July, and may be done until 10 July."""


@pytest.mark.parametrize(
    ("text", "facts", "said"),
    [
        (IN_TIME, LATER, (LATE,)),
        (IN_TIME, {"on": planned(JULY_20), "until": JULY_10}, (LATE,)),
        ("thing.on >= thing.until", {"on": D(2024, 7, 5), "until": JULY_10},
         ("“办理日期”最早应为2024年7月10日，还差5日",)),
        ("thing.on < as_of", {"on": D(2024, 7, 2)}, ()),  # 29 June has gone
        ("thing.on <= as_of", {"on": D(2024, 7, 2)},
         ("“办理日期”最迟应为2024年6月30日，晚了2日",)),
        (IN_TIME, {"on": D(2024, 7, 5), "until": JULY_10}, ()),  # it will be so
        # 24 June to 8 July: ten working days; Monday 1 July is the fifth after 24 June
        ("workdays(thing.start, thing.on) <= 10", {"start": D(2024, 6, 24), "on": D(2024, 7, 9)},
         ("“办理日期”最迟应为2024年7月8日，晚了1日",)),
        # 1 to 5 July are five working days; Saturday the 6th is past the fifth, not the sixth
        ("workdays(thing.start, deadline(thing.on)) <= 5",
         {"start": D(2024, 6, 28), "on": D(2024, 7, 6)},
         ("“办理日期”最迟应为2024年7月5日，晚了1日",)),
        ("workdays(thing.start, deadline(thing.on)) <= 6",
         {"start": D(2024, 6, 28), "on": D(2024, 7, 9)},
         ("“办理日期”最迟应为2024年7月8日，晚了1日",)),
        # two that are ahead: either may give way
        ("days(thing.on, thing.group.on) >= 15", {"on": JULY_10, "group__on": JULY_20},
         ("“办理日期”最迟应为2024年7月5日，晚了5日；或者“组内日期”最早应为2024年7月25日，还差5日",)),
        # of two directions the nearer, of two alike the later; but none that has gone
        ("max(days(date(2024, 7, 10), thing.on), days(thing.on, date(2024, 7, 10))) >= 5",
         {"on": D(2024, 7, 9)}, ("“办理日期”最迟应为2024年7月5日，晚了4日",)),
        ("max(days(date(2024, 7, 10), thing.on), days(thing.on, date(2024, 7, 10))) >= 5",
         {"on": JULY_10}, ("“办理日期”最早应为2024年7月15日，还差5日",)),
        ("max(days(date(2024, 7, 3), thing.on), days(thing.on, date(2024, 7, 3))) >= 5",
         {"on": D(2024, 7, 2)}, ("“办理日期”最早应为2024年7月8日，还差6日",)),
        # read twice, said once
        ("max(thing.on, thing.on) <= thing.until", LATER, (LATE,)),
    ],
)  # fmt: skip
def test_a_planned_day_is_held_against_what_is_lawful_from_now_on(
    text: str, facts: dict[str, Fact], said: tuple[str, ...]
) -> None:
    assert lines(text, thing(**facts)) == said


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("thing.start < thing.until", {"start": D(2024, 6, 4), "until": D(2024, 6, 4)}),
        ("thing.start >= date(2024, 6, 5)", {"start": D(2024, 6, 4)}),
        (IN_TIME, {"on": AS_OF, "until": D(2024, 6, 29)}),  # done today
        ("thing.until <= date(2024, 7, 10)", {"until": JULY_20}),  # set, though ahead
        ("thing.n >= 5", {"n": 3}),
        ("thing.flag", {"flag": False}),
        ("thing.kind == '甲'", {"kind": "乙"}),
        ("thing.on == thing.until", LATER),
        ("thing.at <= thing.then",
         {"at": dt.datetime(2024, 7, 2), "then": dt.datetime(2024, 7, 1)}),  # noqa: DTZ001
    ],
)  # fmt: skip
def test_nothing_recorded_is_advised_upon(text: str, facts: dict[str, Fact]) -> None:
    """Nor met, had it been otherwise: no margin of days that have gone."""
    assert lines(text, thing(**facts)) == ()
    assert lines(f"!({text})", thing(**facts)) == ()


UP_TO = "thing.on <= add_days(thing.start, 15)"


@pytest.mark.parametrize(
    ("text", "facts", "said"),
    [
        (UP_TO, {"start": D(2024, 6, 20), "on": BLANK}, "“办理日期”最迟应为2024年7月5日"),
        (UP_TO, {"start": D(2024, 6, 20), "on": ABSENT}, "“办理日期”最迟应为2024年7月5日"),
        (UP_TO, {"start": D(2024, 6, 20)}, "“办理日期”最迟应为2024年7月5日"),
        (UP_TO, {"start": D(2024, 6, 20), "on": between(D(2024, 7, 1), D(2024, 7, 31))},
         "“办理日期”最迟应为2024年7月5日"),  # some day in July is ahead
        (UP_TO, {"start": D(2024, 6, 15), "on": BLANK}, "“办理日期”最迟应为2024年6月30日"),  # today
        (UP_TO, {"start": D(2024, 6, 14), "on": BLANK}, ""),  # yesterday
        (UP_TO, {"start": BLANK, "on": BLANK}, ""),
        ("thing.on > thing.until", {"on": BLANK, "until": AS_OF}, "“办理日期”最早应为2024年7月1日"),
        ("thing.on > thing.until", {"on": BLANK, "until": D(2024, 6, 29)}, ""),  # from today on
        # only days that are lawful and ahead: 13 to 17 July, 25 June to 5 July, from 1 July on
        ("max(days(date(2024, 7, 10), thing.on), days(thing.on, date(2024, 7, 20))) <= 7",
         {"on": BLANK}, "“办理日期”最早应为2024年7月13日，最迟应为2024年7月17日"),
        ("max(days(thing.start, thing.on), days(thing.on, thing.until)) <= 10",
         {"on": BLANK, "start": D(2024, 6, 25), "until": D(2024, 7, 5)},
         "“办理日期”最迟应为2024年7月5日"),
        ("max(days(as_of, thing.on), days(thing.on, as_of)) >= 1", {"on": BLANK},
         "“办理日期”最早应为2024年7月1日"),
        ("thing.on >= date(9999, 12, 31)", {"on": BLANK}, ""),  # farther than is looked
        ("thing.until >= date(2024, 7, 10)", {"until": BLANK}, "“截止日期”最早应为2024年7月10日"),
        # what is there, if illegibly, partly or elsewhere, has come
        (UP_TO, {"start": D(2024, 6, 20), "on": UNREADABLE}, ""),
        (UP_TO, {"start": D(2024, 6, 20), "on": Unknown(Cause.ELSEWHERE)}, ""),
        (UP_TO, {"start": D(2024, 6, 20), "on": Unknown(Cause.CONTRADICTED)}, ""),
        ("thing.until >= date(2024, 7, 10)", {"until": between(D(2024, 7, 1), D(2024, 7, 31))}, ""),
        ("thing.n >= 5", {"n": BLANK}, ""),
    ],
)  # fmt: skip
def test_a_day_that_is_not_there_has_its_first_and_last(
    text: str, facts: dict[str, Fact], said: str
) -> None:
    assert lines(text, thing(**facts)) == ((said,) if said else ())


ON = frozenset({("thing", "on"), ("part", "on")})
MET = {"on": JULY_10, "until": JULY_20}
LEFT = "“办理日期”最迟可到2024年7月20日，还有10日余地"


@pytest.mark.parametrize(
    ("text", "facts", "said"),
    [
        (IN_TIME, LATER, (LATE,)),
        (IN_TIME, MET, (LEFT,)),
        # 10 June to 10 July are thirty days
        ("days(thing.start, thing.on) >= 30", {"start": D(2024, 6, 10), "on": D(2024, 7, 5)},
         ("“办理日期”最早应为2024年7月10日，还差5日",)),
        ("days(thing.start, thing.on) >= 30", {"start": D(2024, 6, 1), "on": JULY_10},
         ("“办理日期”最早可到2024年7月1日，还有9日余地",)),
        ("days(thing.start, thing.on) >= 30", {"start": D(2024, 5, 1), "on": JULY_10}, ()),
        ("max(days(date(2024, 7, 5), thing.on), days(thing.on, date(2024, 7, 20))) <= 10",
         {"on": D(2024, 7, 12)},
         ("“办理日期”最迟可到2024年7月15日，还有3日余地",
          "“办理日期”最早可到2024年7月10日，还有2日余地")),
        (IN_TIME, {"on": D.max, "until": D.max}, ()),  # no day after it
        # a limit only where no other part would do
        (f"has(thing.until) && {IN_TIME}", MET, (LEFT,)),
        (f"{IN_TIME} && thing.on >= date(2024, 7, 8)", MET,
         (LEFT, "“办理日期”最早可到2024年7月8日，还有2日余地")),
        (f"thing.flag || {IN_TIME}", {**MET, "flag": False}, (LEFT,)),
        (f"thing.flag || {IN_TIME}", {**MET, "flag": True}, ()),
        ("!(term.late || thing.flag)", {**MET, "flag": False}, (LEFT,)),
        ("!(term.late && thing.flag)", {**MET, "flag": False}, ()),
        ("!(term.late && thing.flag)", {**MET, "flag": True}, (LEFT,)),
        (f"thing.flag ? {IN_TIME} : true", {**MET, "flag": True}, (LEFT,)),
        (f"thing.flag ? true : {IN_TIME}", {**MET, "flag": False}, (LEFT,)),
        # a day that does not matter has no limit
        ("max(days(thing.start, thing.until), 50) >= 30", {"start": BLANK, "until": JULY_10}, ()),
    ],
)  # fmt: skip
def test_a_day_that_a_gate_assumes_can_be_moved(
    text: str, facts: dict[str, Fact], said: tuple[str, ...]
) -> None:
    assert lines(text, thing(**facts), ON) == said


def test_elements_have_their_own_limits() -> None:
    def of(*days: dt.date) -> Record:
        return parts(thing(until=JULY_10), *({"on": day} for day in days))

    july = [D(2024, 7, day) for day in range(1, 10)]
    every = "thing.parts.all(p, p.on <= thing.until)"
    assert lines(every, of(*july[:6]), ON) == tuple(
        f"分项“分{n}”：“分项日期”最迟可到2024年7月10日，还有{10 - n}日余地" for n in (1, 2, 3, 4)
    )
    some = "thing.parts.exists(p, p.on <= date(2024, 7, 2))"
    assert lines(some, of(july[0], july[8]), ON) == (
        "分项“分1”：“分项日期”最迟可到2024年7月2日，还有1日余地",
    )
    assert lines(some, of(july[0], july[1]), ON) == ()
    late = [D(2024, 7, day) for day in range(11, 17)]
    assert lines(every, of(july[0], *late)) == tuple(
        f"分项“分{n}”：“分项日期”最迟应为2024年7月10日，晚了{n - 1}日" for n in (2, 3, 4, 5)
    )
    assert lines(some, of(july[2], july[3])) == (
        "；或者".join(f"分项“分{n}”：“分项日期”最迟应为2024年7月2日，晚了{n}日" for n in (1, 2)),
    )
    # one of them has gone by
    assert lines(every, parts(thing(until=D(2024, 6, 1)), {"on": D(2024, 6, 2)})) == ()
    assert lines(f"{every} && {IN_TIME}", thing(**LATER)) == (LATE,)  # what the list has is unknown


def test_elements_that_are_words_have_no_name() -> None:
    tagged = thing(tags=strings("红", "绿"), **LATER)
    assert lines(f"thing.tags.all(x, {IN_TIME})", tagged) == ()
    assert lines(f"thing.tags.all(x, {IN_TIME})", thing(tags=strings("红"), **MET), ON) == ()


TWO = [{"n": 1, "ok": False}, {"n": 2, "ok": False}]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # in progress: may grow, never shrink
        ("size(thing.parts) >= 4", "“分项”的项数至少应为4项，还缺2项"),
        ("size(thing.parts) > 2", "“分项”的项数至少应为3项，还缺1项"),
        ("!(size(thing.parts) < 4)", "“分项”的项数至少应为4项，还缺2项"),
        ("size(thing.parts) < 2", ""),
        ("size(thing.parts) <= 1", ""),
        ("size(thing.parts) < 4", "“分项”的项数至多可到3项，还有1项余地"),
        ("size(thing.parts) <= 4", "“分项”的项数至多可到4项，还有2项余地"),
        ("size(thing.parts) >= 2", ""),
        ("size(thing.parts) == 3", ""),
        ("sum(thing.parts, p, p.n) > 5", "“分项”的“分项件数”合计至少应为6件，还缺3件"),
        ("sum(thing.parts, p, p.n) > thing.amount",
         "“分项”的“分项件数”合计至少应为5.5件，还缺2.5件"),
        ("size(thing.parts) >= thing.m", ""),  # not known how many
        # the list is final
        ("size(thing.fixed) >= 4", ""),
        ("size(thing.fixed) <= 4", ""),
    ],
)  # fmt: skip
def test_counts_and_sums(text: str, said: str) -> None:
    record = parts(thing(amount=Decimal("5.5"), m=BLANK), *TWO)
    record.values["fixed"] = Elements((Record("fixed_part", "定1"),), closed=True)
    assert lines(text, record) == ((said,) if said else ())


def test_a_count_that_is_not_settled_has_no_margin() -> None:
    assert lines("size(thing.parts) >= 3", parts(thing(), {"ok": True}, closed=False)) == ()
    unknown = parts(thing(), {"n": 1}, {"n": BLANK})
    assert lines("sum(thing.parts, p, p.n) >= 5", unknown) == ()


LONG = f"{IN_TIME} || size(thing.parts) >= 4"
FOUR, FIVE, SIX = (f"“分项”的项数至少应为{n}项，还缺{n}项" for n in (4, 5, 6))


@pytest.mark.parametrize(
    ("text", "facts", "said"),
    [
        # all of it
        (f"{IN_TIME} && size(thing.parts) >= 4", {}, (LATE, FOUR)),
        (f"{IN_TIME} && has(thing.word)", {"word": ABSENT}, (LATE,)),
        (f"{IN_TIME} && thing.done", {"done": False}, (LATE,)),  # may still be done
        (f"{IN_TIME} && thing.flag", {"flag": BLANK}, (LATE,)),
        (f"{IN_TIME} && thing.flag", {"flag": False}, ()),  # can't be met any more
        (f"{IN_TIME} && thing.n >= 5", {"n": 3}, ()),
        (f"{IN_TIME} && !has(thing.word)", {"word": "水"}, ()),
        # one of it
        (f"thing.flag || {IN_TIME}", {"flag": False}, (LATE,)),
        (f"has(thing.word) || {IN_TIME}", {"word": ABSENT}, (LATE,)),
        (f"{IN_TIME} || size(thing.parts) >= 4", {}, (f"{LATE}；或者{FOUR}",)),
        (f"{IN_TIME} || {IN_TIME}", {}, (LATE,)),
        ("thing.flag || thing.n >= 5", {"flag": False, "n": 3}, ()),
        ("thing.flag || has(thing.word)", {"flag": False, "word": ABSENT}, ()),
        (f"thing.flag || ({IN_TIME} && size(thing.parts) >= 4)", {"flag": False},
         (LATE, FOUR)),
        (f"size(thing.parts) >= 5 || ({IN_TIME} && size(thing.parts) >= 4)", {},
         (f"{FIVE}；或者（{LATE}，并且{FOUR}）",)),
        (f"has(thing.word) || ({IN_TIME} && size(thing.parts) >= 4)", {"word": ABSENT},
         (LATE, FOUR)),
        (f"size(thing.parts) >= 6 || (({LONG}) && size(thing.parts) >= 5)", {},
         (f"{SIX}；或者（（{LATE}；或者{FOUR}），并且{FIVE}）",)),
        # denied
        ("!term.late", {}, (LATE,)),
        ("!(thing.flag || term.late)", {"flag": False}, (LATE,)),
        ("!(thing.flag || term.late)", {"flag": True}, ()),
        ("!(thing.flag && term.late)", {"flag": True}, (LATE,)),
        ("!(thing.done && term.late)", {"done": True}, (LATE,)),
        # a choice is followed where it is known which way it goes
        (f"thing.flag ? {IN_TIME} : thing.done", {"flag": True}, (LATE,)),
        (f"thing.flag ? thing.done : {IN_TIME}", {"flag": False}, (LATE,)),
        (f"(thing.flag ? {IN_TIME} : true) && {IN_TIME}", {"flag": BLANK}, (LATE,)),
        # lists: another part may come, another of those that are final may not
        (f"thing.parts.exists(p, p.n > 3) && {IN_TIME}", {}, (LATE,)),
        (f"thing.fixed.exists(p, p.ok) && {IN_TIME}", {}, ()),
        (f"!thing.fixed.exists(p, p.ok) && {IN_TIME}", {}, (LATE,)),
        (f"!thing.parts.all(p, p.ok) && {IN_TIME}", {}, (LATE,)),
    ],
)  # fmt: skip
def test_what_is_to_be_kept_to_of_conditions(
    text: str, facts: dict[str, Fact], said: tuple[str, ...]
) -> None:
    record = thing(**{**LATER, **facts})
    record.values["parts"] = record.values["fixed"] = Elements((), closed=True)
    assert lines(text, record) == said


def test_nothing_is_said_of_what_is_kept() -> None:
    record = thing(start=D(2024, 6, 1), secret_on=JULY_20)
    text = "thing.secret_on <= date(2024, 7, 10)"
    assert lines(text, record) == ()
    assert lines(text, record, unmask=True) == ("“内部日期”最迟应为2024年7月10日，晚了10日",)


def test_nothing_is_said_where_looking_takes_too_many_steps() -> None:
    """Each look costs 90,000 steps, of a million."""
    text = "days(thing.start, thing.on) <= size(thing.tags.filter(a, thing.tags.all(b, a == b)))"
    far, near = {"start": D(2024, 6, 1), "on": D(2025, 6, 1)}, {"start": AS_OF, "on": JULY_20}
    assert lines(text, thing(tags=strings(*["红"] * 300), **far)) == ()
    assert lines(text, thing(tags=strings("红"), **near)) == (
        "“办理日期”最迟应为2024年7月1日，晚了19日",
    )


def test_a_field_of_the_record_above_names_it() -> None:
    above = parts(thing(**LATER), {"n": 3})
    (part,) = above.elements("parts").items
    assert isinstance(part, Record)
    assert lines("parent.on <= parent.until", part) == (
        "事项的“办理日期”最迟应为2024年7月10日，晚了10日",
    )


def test_a_field_in_no_column_is_not_left_behind() -> None:
    record = thing(start=D(2024, 6, 20))
    assert lines(UP_TO, record) == ("“办理日期”最迟应为2024年7月5日",)
    assert record.values == {"start": D(2024, 6, 20)}


def test_a_parameter_is_that_of_the_day_of_the_act() -> None:
    """The act is of 1 May, the check of 30 June."""
    periods = Period(D(2024, 1, 1), D(2024, 5, 31), 5), Period(D(2024, 6, 1), D(2024, 12, 31), 9)
    around = world(params={"most_days": periods})
    record = thing(on=JULY_20)
    frame = Frame({"thing": record}, (D(2024, 5, 1), D(2024, 5, 1)))
    trace = Tracer(around).trace(tree("days(as_of, thing.on) <= param.most_days"), frame)
    assert Margins(around, Words(SCHEMA)).lines(trace, frame, met=False) == (
        "“办理日期”最迟应为2024年7月5日，晚了15日",
    )


GIVEN: Schema = read_schema(
    {
        "case.yaml": """
type: case
title: 案件
key: [no]
fields:
  no: {type: int, title: 案号, progress: true}
  found: {type: int, title: 发现数, unit: 条}
  done: {type: int, title: 已整改数, unit: 条, progress: true}
  left: {type: int, title: 未处理数, progress: true}
  paid: {type: number, title: 已付金额, unit: 元, progress: true}
nested:
  items: {of: item, title: 问题}
""",
        "item.yaml": """
type: item
title: 问题
parent: case
fields:
  done: {type: bool, title: 是否整改, progress: true}
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
        "place.yaml": """
type: place
title: 本地
fields:
  people: {type: int, title: 人口, progress: true}
""",
    }
)


def lines_of(text: str, record: Record) -> tuple[str, ...]:
    around = World(GIVEN, AS_OF, CALENDAR, Record("place", "本地", {"people": 7}), {})
    node = check(text, record.type, t.Kind.BOOL, Vocabulary(GIVEN))
    return lines_in(around, node, record, Words(GIVEN))


@pytest.mark.parametrize(
    ("text", "facts", "said"),
    [
        ("case.done >= case.found", {"done": 7, "found": 10}, "“已整改数”至少应为10条，还差3条"),
        ("case.done >= case.found", {"done": 12, "found": 10},
         "“已整改数”至少要有10条，还有2条余地"),
        ("case.found <= 5", {"found": 10}, ""),
        ("case.done >= 5", {"done": BLANK}, ""),
        ("case.done > place.people", {"done": 7}, "“已整改数”至少应为8条，还差1条"),
        ("case.no >= 5", {"no": 2}, ""),  # another number is another case
        # whole ones stay whole, others move by hundredths, none below nothing
        ("case.left <= 3", {"left": 2}, "“未处理数”至多可到3，还有1余地"),
        ("case.left < 2", {"left": 3}, "“未处理数”至多可为1，多了2"),  # not passed over on the way
        ("case.left < 1", {"left": 3}, "“未处理数”至多可为0，多了3"),
        ("case.left < 0", {"left": 2}, ""),
        ("case.left >= 2", {"left": -3}, "“未处理数”至少应为2，还差5"),
        ("case.left <= -5", {"left": -3}, ""),
        ("case.paid <= 1.5", {"paid": Decimal(3)}, "“已付金额”至多可为1元，多了2元"),
        ("case.paid <= 1.5", {"paid": Decimal("3.2")}, "“已付金额”至多可为1.5元，多了1.7元"),
        ("case.paid <= 0", {"paid": Decimal("0.125")}, "“已付金额”至多可为0元，多了0.125元"),
        ("max(case.done, 14 - case.done) >= 10", {"done": 5}, "“已整改数”至多可为4条，多了1条"),
        # as far as is looked: 16,384 steps
        ("case.left >= 16384", {"left": 0}, "“未处理数”至少应为16384，还差16384"),
        ("case.left >= 16385", {"left": 0}, ""),
        ("case.left >= 16385", {"left": 1}, "“未处理数”至少应为16385，还差16384"),
        # what its elements are chosen by is in progress, so a final list may still shrink or grow
        ("size(case.items.filter(i, !i.done)) <= 0", {},
         "“问题”中（“是否整改”为“否”）的项数至多可为0项，多了2项"),
        ("size(case.items.filter(i, !i.done)) >= 1", {},
         "“问题”中（“是否整改”为“否”）的项数至少要有1项，还有1项余地"),
    ],
)  # fmt: skip
def test_numbers_in_progress(text: str, facts: dict[str, Fact], said: str) -> None:
    record = Record("case", "1", dict(facts))
    items = tuple(Record("item", str(n), {"done": False}, parent=record) for n in (1, 2))
    record.values["items"] = Elements(items, closed=True)
    assert lines_of(text, record) == ((said,) if said else ())


def test_what_nobody_wrote_is_not_to_be_set() -> None:
    assert lines_of("year.start >= date(2024, 8, 1)", Record("year", "1", {"start": BLANK})) == ()


_DAYS = st.dates(D(2024, 1, 1), D(2025, 12, 31))
_TEXTS = (
    "thing.on <= add_workdays(thing.start, {n})",
    "workdays(thing.start, thing.on) >= {n}",
    "workdays(thing.start, deadline(thing.on)) <= {n}",
    "days(thing.start, thing.on) > {n}",
    "thing.on < deadline(add_days(thing.start, {n}))",
    "thing.on <= add_months(thing.start, {n})",
)
_SAID = re.compile(r"“办理日期”最(?:迟|早)应为(\d+)年(\d+)月(\d+)日")


@settings(max_examples=150, deadline=None)
@given(st.dates(D(2024, 1, 1), AS_OF), _DAYS, st.integers(0, 40), st.sampled_from(_TEXTS))
def test_the_named_day_turns_it_the_one_short_of_it_does_not_and_none_has_gone(
    start: dt.date, on: dt.date, n: int, shape: str
) -> None:
    """Broken by any error in the search, or by naming a day before that of the check."""
    text, later = shape.format(n=n), world(as_of=D(2030, 1, 1))
    for said in lines(text, thing(start=start, on=on)):
        (numbers,) = _SAID.findall(said)
        day = D(*map(int, numbers))
        short = day + dt.timedelta(days=1 if day < on else -1)
        assert day >= AS_OF
        assert value(text, thing(start=start, on=day), within=later) is True
        assert value(text, thing(start=start, on=short), within=later) is False
