"""Traces as lines: conditions under what joins them, values, what is wanting, masks."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from engine.explaining.steps import Steps
from engine.explaining.words import Words
from engine.model.values import ABSENT, Cause, Record, Source, Unknown
from tests.engine.small import (
    BLANK,
    SCHEMA,
    Fact,
    between,
    parts,
    strings,
    thing,
    traced,
)

D = dt.date
WORDS = Words(SCHEMA)
OPEN = Words(SCHEMA, unmask=True)


def _facts(text: str, record: Record) -> str:
    """What stands within 〔〕 in the trace's first line."""
    (first, *_) = Steps(WORDS).of(traced(text, record))
    return first.text.partition("〔")[2].removesuffix("〕")


MAY = D(2024, 5, 1)


@pytest.mark.parametrize(
    ("text", "values", "facts"),
    [
        # 2024-05-01 to 05-30 are 29 days
        (
            "days(thing.start, thing.on) >= 30",
            {"start": MAY, "on": D(2024, 5, 30)},
            "开始日期：2024年5月1日；办理日期：2024年5月30日；实为29日；少1日",
        ),
        (
            "days(thing.start, thing.on) <= 30",
            {"start": MAY, "on": D(2024, 6, 3)},
            "开始日期：2024年5月1日；办理日期：2024年6月3日；实为33日；多3日",
        ),
        (
            "days(thing.start, thing.on) > 30",
            {"start": MAY, "on": D(2024, 5, 31)},
            "开始日期：2024年5月1日；办理日期：2024年5月31日；实为30日；少1日",
        ),
        # a condition that is met lacks nothing
        (
            "days(thing.start, thing.on) >= 30",
            {"start": MAY, "on": D(2024, 5, 31)},
            "开始日期：2024年5月1日；办理日期：2024年5月31日；实为30日",
        ),
        # 6 to 10 May are five, Saturday 11 (worked) the sixth, Monday 13 the seventh; Sunday 12 is
        # in time for the seventh and too late for the sixth
        (
            "workdays(thing.start, deadline(thing.on)) <= 7",
            {"start": MAY, "on": D(2024, 5, 12)},
            "开始日期：2024年5月1日；办理日期：2024年5月12日；实为7个工作日",
        ),
        (
            "workdays(thing.start, deadline(thing.on)) <= 6",
            {"start": MAY, "on": D(2024, 5, 12)},
            "开始日期：2024年5月1日；办理日期：2024年5月12日；实为7个工作日；多1个工作日",
        ),
        # 2024-05-30 is 14 days after 05-16
        (
            "thing.on <= deadline(add_days(thing.start, 15))",
            {"start": MAY, "on": D(2024, 5, 30)},
            "办理日期：2024年5月30日；开始日期：2024年5月1日；算得2024年5月16日；晚14日",
        ),
        (
            "thing.on < thing.start",
            {"start": MAY, "on": MAY},
            "办理日期：2024年5月1日；开始日期：2024年5月1日；同一日",
        ),
        (
            "thing.on >= thing.start",
            {"start": MAY, "on": D(2024, 4, 28)},
            "办理日期：2024年4月28日；开始日期：2024年5月1日；早3日",
        ),
        ("thing.n >= 3", {"n": 2}, "件数：2件；少1件"),
        ("thing.n > 3", {"n": 3}, "件数：3件；少1件"),
        ("thing.amount > 10000", {"amount": Decimal(10000)}, "金额：10000元；正好相等"),
        ("thing.amount <= 200", {"amount": Decimal("200.5")}, "金额：200.5元；多0.5元"),
        (
            "thing.n * 20 >= thing.m",
            {"n": 2, "m": 41},
            "件数：2件；份数：41；实为40件；少1件",
        ),
        ("thing.n == 3", {"n": 2}, "件数：2件"),
        ("thing.n >= 30", {"n": between(20, 29)}, "件数：填写不完整：20至29"),
        ("thing.n >= 3", {"n": BLANK}, "件数：未填写"),
        ("has(thing.on)", {"on": ABSENT}, "办理日期：无"),
        ("has(thing.on)", {}, "办理日期：台账没有这一列"),
        (
            "has(thing.on)",
            {"on": D(2024, 7, 9)},
            "办理日期：计划中，尚未发生：2024年7月9日",
        ),
        (
            "has(thing.on)",
            {"on": Unknown(Cause.ELSEWHERE)},
            "办理日期：填写为“详见附件”，未见内容",
        ),
    ],
)
def test_values_and_what_is_wanting(text: str, values: dict[str, Fact], facts: str) -> None:
    assert _facts(text, thing(**values)) == facts


@pytest.mark.parametrize(
    ("text", "computed"),
    [
        ("days(thing.start, thing.on) >= 30", True),
        ("days(thing.start, thing.on) >= 30 ? thing.flag : thing.done", True),
        ("size(thing.parts) >= 1", True),
        ("thing.n >= 3", False),  # a figure as it was written, and a threshold
        ("thing.on <= thing.start", False),  # days that are compared, not counted
        ("days(thing.start, thing.secret_on) >= 30", False),  # kept from the reader
        ("days(thing.start, thing.until) >= 30", False),  # nothing came out
        ("thing.flag", False),
    ],
)
def test_a_condition_says_whether_something_was_worked_out(text: str, computed: bool) -> None:  # noqa: FBT001
    """Broken by looking for the word in the text, which an office may have written itself."""
    record = parts(thing(), {"ok": True})
    known = {"start": MAY, "on": D(2024, 5, 30), "n": 2, "flag": True, "word": "实为"}
    record.values.update({**known, "secret_on": MAY, "until": BLANK})
    first = next(iter(Steps(WORDS).of(traced(text, record))))
    assert first.computed is computed


def test_what_was_worked_out_of_an_element_is_said_so() -> None:
    record = parts(thing(start=MAY), {"on": D(2024, 5, 3)})
    steps = list(
        Steps(WORDS).of(traced("thing.parts.all(p, days(thing.start, p.on) >= 3)", record))
    )
    assert [step.computed for step in steps] == [False, True]


def test_the_cell_stands_with_the_value() -> None:
    record = thing(n=2)
    record.sources["n"] = Source("台账.xlsx", "事项", "D5")
    assert _facts("thing.n >= 3", record) == "件数：2件；少1件"
    (step,) = Steps(WORDS).of(traced("thing.n >= 3", record))
    assert step.source == ("件数：台账.xlsx〔事项〕D5",)


def _lines(text: str, record: Record, words: Words = WORDS) -> list[tuple[int, bool | None, str]]:
    return [(step.depth, step.truth, step.text) for step in Steps(words).of(traced(text, record))]


def test_conditions_are_listed_under_what_joins_them() -> None:
    assert _lines("thing.flag && (has(thing.on) || !thing.done)", thing(flag=True)) == [
        (0, None, "以下须同时具备"),
        (1, True, "“是否甲”为“是”〔是否甲：是〕"),
        (1, None, "以下具备一项即可"),
        (2, None, "有“办理日期”〔办理日期：台账没有这一列〕"),
        (2, None, "“是否办完”为“否”〔是否办完：台账没有这一列〕"),
    ]


def test_what_must_not_hold_together_is_listed_under_its_heading() -> None:
    assert _lines("!(thing.flag && thing.done)", thing(flag=True, done=False)) == [
        (0, True, "以下不得成立"),
        (1, False, "以下须同时具备"),
        (2, True, "“是否甲”为“是”〔是否甲：是〕"),
        (2, False, "“是否办完”为“是”〔是否办完：否〕"),
    ]


def test_elements_are_listed_one_by_one() -> None:
    record = parts(thing(), {"ok": True, "word": "甲项"}, {"ok": False}, closed=False)
    assert _lines("thing.parts.all(p, p.ok)", record) == [
        (0, False, "“分项”〔2项（清单未封闭，可能还有）〕每一项都须："),
        (1, True, "分项“分1”甲项：“是否合格”为“是”〔是否合格：是〕"),
        (1, False, "分项“分2”：“是否合格”为“是”〔是否合格：否〕"),
    ]


def test_a_count_shows_which_elements_count() -> None:
    """Two valid certificates are wanted: which one of the three is not valid?"""
    record = parts(thing(), {"ok": True}, {"ok": False}, {"ok": BLANK})
    assert _lines("at_least(2, thing.parts, p, p.ok)", record) == [
        (0, None, "“分项”中（“是否合格”为“是”）的项数不少于2项〔分项：3项；实为1至2项〕"),
        (1, True, "分项“分1”：“是否合格”为“是”〔是否合格：是〕"),
        (1, False, "分项“分2”：“是否合格”为“是”〔是否合格：否〕"),
        (1, None, "分项“分3”：“是否合格”为“是”〔是否合格：未填写〕"),
    ]


def test_a_sum_shows_what_was_added() -> None:
    record = parts(thing(), {"n": 40}, {"n": 3})
    assert _lines("sum(thing.parts, p, p.n) >= 60", record) == [
        (0, False, "“分项”的“分项件数”合计不少于60件〔分项：2项；实为43件；少17件〕"),
        (1, None, "分项“分1”〔分项件数：40件〕"),
        (1, None, "分项“分2”〔分项件数：3件〕"),
    ]


def test_only_the_chosen_branch_is_shown() -> None:
    record = thing(flag=True, n=1)
    assert _lines("thing.flag ? thing.n > 1 : thing.m > 1", record) == [
        (0, True, "看是否“是否甲”为“是”〔是否甲：是〕"),
        (1, False, "“件数”大于1件〔件数：1件；少1件〕"),
    ]


def test_a_term_is_shown_by_its_title_and_what_it_means() -> None:
    assert _lines("term.big", thing(n=2)) == [
        (0, False, "大事项"),
        (1, False, "“件数”不少于10件〔件数：2件；少8件〕"),
    ]


def test_elements_beyond_twenty_are_counted() -> None:
    record = parts(thing(), *({"ok": True} for _ in range(23)))
    lines = _lines("thing.parts.all(p, p.ok)", record)
    assert len(lines) == 22
    assert lines[-1] == (1, None, "其余3项从略")


SECRET_DAY = D(2024, 6, 2)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("thing.secret == '机密'", {"secret": "机密"}),
        ("has(thing.secret_on)", {"secret_on": SECRET_DAY}),
        ("has(thing.secret_on)", {"secret_on": between(D(2024, 6, 1), SECRET_DAY)}),
        ("has(thing.secret_on)", {"secret_on": Unknown(Cause.PLANNED, planned=SECRET_DAY)}),
        ("has(thing.secret_on)", {"secret_on": D(2025, 6, 2)}),
        ("days(thing.start, thing.secret_on) > 90", {"start": MAY, "secret_on": SECRET_DAY}),
        ("thing.secret_tags.exists(x, true)", {"secret_tags": strings("泄密")}),
        ("has(thing.secret_tags)", {"secret_tags": strings("泄密")}),
    ],
)
def test_internal_content_is_never_shown(text: str, state: dict[str, Fact]) -> None:
    """Nor by an incomplete or planned date, an element of a set, or a count of days from it."""
    shown = "\n".join(line for _, _, line in _lines(text, thing(**state)))
    for leak in ("6月", "泄密", "32", "58", "机密〕", "：机密"):
        assert leak not in shown
    unmasked = "\n".join(line for _, _, line in _lines(text, thing(**state), OPEN))
    assert unmasked != shown


def test_a_choice_that_is_not_known_shows_what_it_hangs_on() -> None:
    assert _lines("thing.flag ? thing.done : thing.n > 1", thing(flag=BLANK)) == [
        (0, None, "看是否“是否甲”为“是”〔是否甲：未填写〕"),
    ]


def test_elements_with_several_conditions_have_a_heading_each() -> None:
    record = parts(thing(), {"n": 1, "ok": True}, {"n": 5, "ok": False})
    assert _lines("thing.parts.filter(p, p.ok).all(q, q.n > 1 && q.ok)", record) == [
        (0, False, "“分项”中（“是否合格”为“是”）的各项〔1项〕每一项都须："),
        (1, False, "分项“分1”："),
        (2, False, "以下须同时具备"),
        (3, False, "“分项件数”大于1件〔分项件数：1件；少1件〕"),
        (3, True, "“是否合格”为“是”〔是否合格：是〕"),
    ]


def test_what_is_compared_with_is_said_where_it_was_worked_out() -> None:
    """From 28 to 30 June are two days."""
    record = parts(thing(start=D(2024, 6, 28)), {"n": 1})
    assert _facts("size(thing.parts) >= days(thing.start, as_of)", record) == (
        "分项：1项；开始日期：2024年6月28日；实为1项；与之相比的是2日；少1项"
    )
