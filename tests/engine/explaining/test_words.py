"""Expressions, fields and values as a clerk reads them: every construct, masks."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from engine.explaining.words import Words, interval, plain
from engine.language import tree as t
from engine.language.check import check
from engine.language.vocabulary import Vocabulary
from engine.model.values import ABSENT_LIST, Elements, Record
from facts.records.load import read_schema
from tests.engine.small import (
    BLANK,
    SCHEMA,
    Fact,
    parts,
    strings,
    thing,
    traced,
    tree,
)

D = dt.date
MAY = D(2024, 5, 1)
WORDS = Words(SCHEMA)
OPEN = Words(SCHEMA, unmask=True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("thing.flag && !thing.done", "“是否甲”为“是”，并且“是否办完”为“否”"),
        ("thing.flag == false", "“是否甲”为“否”"),
        ("thing.flag != false", "“是否甲”为“是”"),
        ("!(thing.flag && thing.done)", "并非（“是否甲”为“是”，并且“是否办完”为“是”）"),
        ("has(thing.on) || !has(thing.parts)", "有“办理日期”，或者没有“分项”"),
        ("thing.n >= 3", "“件数”不少于3件"),
        ("thing.m >= 3", "“份数”不少于3"),
        ("thing.amount > 10000", "“金额”大于10000元"),
        ("thing.amount * 1.5 <= 2", "“金额”的1.5倍不超过2元"),
        ("-thing.n < 2", "负的“件数”小于2件"),
        ("thing.kind == '甲'", "“种类”是“甲”"),
        ("thing.kind != '甲'", "“种类”不是“甲”"),
        ("thing.kind in ['甲', '乙']", "“种类”属于“甲”、“乙”"),
        ("thing.kind in ['甲']", "“种类”是“甲”"),
        ("thing.n in [1, 2]", "“件数”属于1、2"),
        ("place.level == '县级'", "本地的“层级”是“县级”"),
        ("days(thing.start, thing.on) >= 30", "“开始日期”至“办理日期”的自然日数不少于30日"),
        ("workdays(thing.start, as_of) < 7", "“开始日期”至检查日的工作日数小于7个工作日"),
        (
            "workdays(thing.start, deadline(thing.on)) <= 7",
            "“开始日期”至“办理日期”的工作日数（止于休息日的，算到其后的工作日）不超过7个工作日",
        ),
        ("hours(thing.at, thing.then) <= 24", "“批准时刻”至“实施时刻”的小时数不超过24小时"),
        ("thing.on < thing.until", "“办理日期”早于“截止日期”"),
        ("thing.on == thing.until", "“办理日期”同日于“截止日期”"),
        (
            "thing.on <= deadline(add_days(thing.start, 15))",
            "“办理日期”不晚于“开始日期”后15日（遇休息日顺延）",
        ),
        ("thing.on >= add_days(thing.start, -7)", "“办理日期”不早于“开始日期”前7日"),
        ("thing.on >= add_days(thing.start, 0)", "“办理日期”不早于“开始日期”后0日"),
        ("thing.on > add_workdays(thing.start, 7)", "“办理日期”晚于“开始日期”后第7个工作日"),
        ("thing.on > add_months(thing.start, 3)", "“办理日期”晚于“开始日期”后3个月"),
        ("thing.on < date(thing.m + 1, 3, 1)", "“办理日期”早于“份数”的次年3月1日"),
        ("thing.on < date(thing.m, 3, 1)", "“办理日期”早于“份数”当年3月1日"),
        ("thing.on < date(2024, 3, 1)", "“办理日期”早于2024年3月1日"),
        ("max(thing.on, thing.start) <= as_of", "“办理日期”、“开始日期”中最晚的不晚于检查日"),
        ("min(thing.n, thing.m) > 2", "“件数”、“份数”中最小的大于2"),
        ("min(thing.on, thing.start) <= as_of", "“办理日期”、“开始日期”中最早的不晚于检查日"),
        ("max(thing.n, thing.m) > 2", "“件数”、“份数”中最大的大于2"),
        ("thing.n + thing.m - 1 == 3", "“件数”加“份数”减1等于3件"),
        ("thing.n <= param.most_days", "“件数”不超过本地参数“most_days”"),
        ("size(thing.parts) >= 2", "“分项”的项数不少于2项"),
        ("at_least(2, thing.parts, p, p.ok)", "“分项”中（“是否合格”为“是”）的项数不少于2项"),
        ("sum(thing.parts, p, p.n) >= 60", "“分项”的“分项件数”合计不少于60件"),
        ("thing.parts.all(p, p.ok)", "“分项”每一项都须（“是否合格”为“是”）"),
        ("thing.tags.exists(x, x == '红')", "“标签”至少一项（该项是“红”）"),
        (
            "thing.flag ? thing.n > 1 : thing.m > 1",
            "若“是否甲”为“是”则“件数”大于1件，否则“份数”大于1",
        ),
        ("term.big || term.late", "大事项，或者办晚了"),
        ("true", "是"),
    ],
)
def test_expressions(text: str, words: str) -> None:
    assert WORDS.expr(tree(text)) == words


def test_a_field_of_the_parent_names_whose_it_is() -> None:
    node = tree("parent.n > part.n", subject="part")
    assert WORDS.expr(node) == "事项的“件数”大于“分项件数”"


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ((None, None), "不明"),
        ((3, 3), "3"),
        ((20, 29), "20至29"),
        ((None, 29), "不超过29"),
        ((20, None), "不少于20"),
        ((None, MAY), "不晚于2024年5月1日"),
        ((MAY, None), "不早于2024年5月1日"),
        ((MAY, D(2024, 5, 31)), "2024年5月1日至2024年5月31日"),
    ],
)
def test_intervals(bounds: tuple[Fact, Fact], words: str) -> None:
    assert interval(bounds) == words


@pytest.mark.parametrize(
    ("known", "words"),
    [
        (True, "是"),
        (False, "否"),
        (Decimal("1.50"), "1.5"),
        (Decimal(100), "100"),
        (Decimal("2.00"), "2"),
        (dt.datetime(2024, 5, 1, 9, 5), "2024年5月1日09:05"),  # noqa: DTZ001
        ("文字", "文字"),
    ],
)
def test_plain(known: Fact, words: str) -> None:
    assert plain(known) == words


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (ABSENT_LIST, "无"),
        (Elements((), closed=False), "无（清单未封闭，可能还有）"),
        (strings("红", "绿"), "红、绿"),
        (strings("红", closed=False), "红（清单未封闭，可能还有）"),
    ],
)
def test_lists(held: Elements, words: str) -> None:
    assert WORDS.state(held) == words


def test_label() -> None:
    assert WORDS.label(thing(word="甲事")) == "“事1”甲事"
    assert WORDS.label(thing(word=BLANK)) == "“事1”"
    assert WORDS.label(Record("thing", "甲事", {"word": "甲事"})) == "“甲事”"


def test_years_and_the_titles_of_parameters() -> None:
    node = tree("thing.until <= add_months(thing.start, param.most_days * 12)")
    assert WORDS.expr(node) == "“截止日期”不晚于“开始日期”后（本地参数“most_days”）年"
    titled = Words(SCHEMA, parameters={"most_days": "最多日数"})
    assert titled.expr(node) == "“截止日期”不晚于“开始日期”后（本地参数“最多日数”）年"


def test_codes_are_called_by_what_they_stand_for() -> None:
    """Fails if a reader could meet a code: in a value, in a list, or in a condition."""
    words = Words(SCHEMA, called={"red_ones": "红的件数"})
    assert words.value("red_ones") == "红的件数"
    assert words.state(Elements(("red_ones",), closed=True)) == "红的件数"
    assert words.expr(tree("thing.word == 'red_ones'")) == "“名称”是“红的件数”"
    coded = read_schema(
        {"a.yaml": "type: a\ntitle: 甲\nfields: {c: {type: string, coded: true, title: 代码}}\n"}
    )
    said = {
        "a.c in ['x', 'y']": "“代码”属于指定的2种",
        "a.c == 'x'": "“代码”是指定的一种",
        "a.c != 'x'": "“代码”不是指定的一种",
    }
    for text, expected in said.items():
        node = check(text, "a", t.Kind.BOOL, Vocabulary(coded, {}, {}))
        assert Words(coded).expr(node) == expected


def test_what_an_element_keeps_from_the_reader_counts_too() -> None:
    record = parts(thing(), {"note": "甲", "word": "甲"})
    for field, hidden in (("note", True), ("word", False)):
        trace = traced(f"thing.parts.exists(p, p.{field} == '甲')", record)
        assert Words(SCHEMA, unmask=False).reads_hidden(trace) is hidden
        assert not Words(SCHEMA, unmask=True).reads_hidden(trace)
