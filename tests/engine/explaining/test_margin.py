"""What would change an outcome, worked out by hand. Fails if a named value is a step off, if it
does not turn the condition, or if anything is said of a fact that is kept from readers.
"""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.explaining.margin import Nearest
from engine.explaining.words import Words
from engine.judging.reference import Frame
from engine.model.values import ABSENT, Record
from tests.engine.small import (
    AS_OF,
    BLANK,
    SCHEMA,
    Fact,
    parts,
    strings,
    thing,
    traced,
    value,
    world,
)

D = dt.date


def turning(text: str, record: Record, *, unmask: bool = False) -> tuple[str, ...]:
    """What would turn a condition, whichever way it stands."""
    trace = traced(text, record)
    nearest = Nearest(world(), Words(SCHEMA, unmask=unmask))
    return nearest.turning(trace, Frame({"thing": record}, (AS_OF, AS_OF)), want=not trace.value)


@pytest.mark.parametrize(
    ("text", "facts", "said"),
    [
        (
            "thing.start < thing.on",
            {"start": D(2024, 6, 4), "on": D(2024, 6, 4)},
            "“开始日期”最迟应为2024年6月3日，晚了1日；或者“办理日期”最早应为2024年6月5日，还差1日",
        ),
        (  # 1 May is not counted: 30 May is the 29th day
            "days(thing.start, thing.until) >= 30",
            {"start": D(2024, 5, 1), "until": D(2024, 5, 30)},
            "“开始日期”最迟应为2024年4月30日，晚了1日；或者“截止日期”最早应为2024年5月31日，还差1日",
        ),
        (  # 7 to 11 May are five (the 11th is worked), three full weeks more end on 31 May
            "thing.on <= add_workdays(thing.start, 20)",
            {"start": D(2024, 5, 6), "on": D(2024, 6, 5)},
            "“办理日期”最迟应为2024年5月31日，晚了5日；或者“开始日期”最早应为2024年5月9日，还差3日",
        ),
        ("thing.n >= 5", {"n": 3}, "“件数”至少应为5件，还差2件"),
        ("thing.n > 5", {"n": 3}, "“件数”至少应为6件，还差3件"),
        ("thing.amount <= 200", {"amount": 350}, "“金额”至多可为200元，多了150元"),
        ("size(thing.parts) >= 4", {}, "“分项”的项数至少应为4项，还缺2项"),
        (
            "sum(thing.parts, p, p.n) >= 10",
            {},
            "“分项”的“分项件数”合计至少应为10件，还缺7件",
        ),
        ("thing.flag", {"flag": False}, "“是否甲”为“是”"),
        ("has(thing.word)", {"word": ABSENT}, "有“名称”"),
    ],
)
def test_what_would_make_it_true(text: str, facts: dict[str, Fact], said: str) -> None:
    assert turning(text, parts(thing(**facts), {"n": 1}, {"n": 2})) == (said,)


@pytest.mark.parametrize(
    ("text", "facts", "said"),
    [
        (
            "days(thing.start, thing.until) >= 30",
            {"start": D(2024, 5, 1), "until": D(2024, 6, 3)},
            "“开始日期”最迟可到2024年5月4日，还有3日余地；或者“截止日期”最早可到2024年5月31日，还有3日余地",
        ),
        ("thing.n >= 5", {"n": 8}, "“件数”至少要有5件，还有3件余地"),
        ("size(thing.parts) >= 2", {}, "“分项”的项数至少要有2项，还有0项余地"),
        ("thing.flag", {"flag": True}, "“是否甲”为“否”"),
        ("thing.n == 8", {"n": 8}, "“件数”不等于8件"),
    ],
)
def test_what_would_make_it_false(text: str, facts: dict[str, Fact], said: str) -> None:
    lines = turning(text, parts(thing(**facts), {"n": 1}, {"n": 2}))
    assert "；或者".join(lines) == said


def test_a_day_that_is_not_there_has_its_last_day() -> None:
    record = thing(start=D(2024, 6, 20), on=BLANK)
    assert turning("thing.on <= add_days(thing.start, 15)", record) == (
        "“办理日期”最迟应为2024年7月5日",
    )


def test_all_that_is_wanting_is_named_and_alternatives_are_alternatives() -> None:
    record = thing(flag=False, n=1, kind="甲", word=ABSENT)
    assert turning("thing.flag && thing.n >= 2", record) == (
        "“是否甲”为“是”",
        "“件数”至少应为2件，还差1件",
    )
    assert turning("thing.n >= 2 || has(thing.word)", record) == (
        "“件数”至少应为2件，还差1件；或者有“名称”",
    )


def test_what_belongs_together_stands_in_brackets() -> None:
    record = thing(flag=False, done=False, n=3, word=ABSENT)
    assert turning("(thing.flag && thing.done) || thing.n >= 5", record) == (
        "（“是否甲”为“是”，并且“是否办完”为“是”）；或者“件数”至少应为5件，还差2件",
    )
    assert turning("thing.n >= 5 && (thing.flag || has(thing.word))", record) == (
        "“件数”至少应为5件，还差2件",
        "“是否甲”为“是”；或者有“名称”",
    )


def test_what_is_there_is_not_to_be_unmade_where_something_else_would_do() -> None:
    record = thing(word="甲", n=1)
    assert turning("!has(thing.word) || thing.n >= 2", record) == ("“件数”至少应为2件，还差1件",)


def test_elements_are_named() -> None:
    record = parts(thing(), {"ok": True}, {"ok": False})
    assert turning("thing.parts.all(p, p.ok)", record) == ("分项“分2”：“是否合格”为“是”",)


def test_a_count_that_is_not_settled_is_said_as_it_has_to_be() -> None:
    record = parts(thing(), {"ok": True}, closed=False)
    assert turning("size(thing.parts) >= 3", record) == ("“分项”的项数不少于3项",)


def test_nothing_is_said_where_looking_takes_too_many_steps() -> None:
    """Each look costs 90,000 steps, of a million; what is said of the count is let go too."""
    text = "size(thing.tags.filter(a, thing.tags.all(b, a == b))) >= thing.n"
    record = thing(n=301, tags=strings(*["红"] * 300))
    assert turning(text, record) == ()
    assert turning(text, thing(n=2, tags=strings("红"))) != ()


def test_the_last_day_that_there_is() -> None:
    record = thing(until=D.max)
    assert turning("thing.until >= date(9999, 12, 31)", record) == (
        "“截止日期”最早可到9999年12月31日，还有0日余地",
    )


def test_nothing_is_said_of_what_is_kept() -> None:
    text = "days(thing.start, thing.secret_on) >= 30"
    record = thing(start=D(2024, 5, 1), secret_on=D(2024, 5, 11))
    (said,) = turning(text, record)
    assert not re.search(r"2024|\d+日，", said)
    assert "2024年5月31日" in turning(text, record, unmask=True)[0]


def test_the_facts_are_as_they_were() -> None:
    record = thing(start=D(2024, 5, 1), until=D(2024, 5, 30), on=BLANK)
    before = dict(record.values)
    turning("days(thing.start, thing.until) >= 30 && thing.on < thing.start", record)
    assert record.values == before


_DAYS = st.dates(D(2023, 1, 1), D(2025, 12, 31))
_TEXTS = (
    "thing.on <= add_workdays(thing.start, {n})",
    "workdays(thing.start, thing.on) >= {n}",
    "days(thing.start, thing.on) > {n}",
    "thing.on < deadline(add_days(thing.start, {n}))",
    "thing.on <= add_months(thing.start, {n})",
)
_SAID = re.compile(r"“(开始日期|办理日期)”最(?:迟|早)应为(\d+)年(\d+)月(\d+)日")
_FIELDS = {"开始日期": "start", "办理日期": "on"}


@settings(max_examples=150, deadline=None)
@given(_DAYS, _DAYS, st.integers(0, 40), st.sampled_from(_TEXTS))
def test_the_named_day_turns_it_and_the_day_before_it_does_not(
    start: dt.date, on: dt.date, n: int, shape: str
) -> None:
    text, later = shape.format(n=n), world(as_of=D(2030, 1, 1))
    record = thing(start=start, on=on)
    if value(text, record, within=later) is not False:
        return
    for said in turning(text, record):
        for title, *numbers in _SAID.findall(said):
            field, day = _FIELDS[title], D(*map(int, numbers))
            held = {"start": start, "on": on}[field]
            short = day + dt.timedelta(days=1 if day < held else -1)
            assert value(text, thing(**{**record.values, field: day}), within=later) is True
            assert value(text, thing(**{**record.values, field: short}), within=later) is False


def test_of_two_directions_the_nearer_is_named() -> None:
    # Five is five short of 10, and one more than 4, of which 14 - 4 is 10.
    wide = "max(thing.n, 14 - thing.n) >= 10"
    assert turning(wide, thing(n=5)) == ("“件数”至多可为4件，多了1件",)
    assert turning(wide, thing(n=9)) == ("“件数”至少应为10件，还差1件",)
