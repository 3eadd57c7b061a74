"""Worked examples as records: every way to write a fact, and what is refused with its key."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from engine.guard.examples import Case, build
from engine.model.errors import InvalidRulesetError
from engine.model.values import ABSENT, ABSENT_LIST, Cause, Elements, Unknown
from engine.ruleset.files import Example
from engine.ruleset.model import Requirement
from tests.engine.small import CALENDAR, SCHEMA, Fact, requirement

D = dt.date
DAY = D(2024, 6, 30)
MOMENT = dt.datetime(2024, 5, 1, 8, 30)  # noqa: DTZ001


def example(given: dict[str, Fact], **keys: Fact) -> Example:
    written = {"outcome": "met", "as_of": DAY, "given": given, **keys}
    return Example.model_validate(written)


def case(given: dict[str, Fact], made: Requirement | None = None, **keys: Fact) -> Case:
    return build(made or requirement(), example(given, **keys), SCHEMA, CALENDAR)


@pytest.mark.parametrize(
    ("field", "written", "state"),
    [
        ("flag", False, False),
        ("n", 0, 0),
        ("amount", 2, Decimal(2)),
        ("amount", "2.50", Decimal("2.50")),
        ("kind", "乙", "乙"),
        ("word", "水", "水"),
        ("on", DAY, DAY),
        ("at", "2024-05-01 08:30", MOMENT),
        ("n", None, ABSENT),
        ("n", {"unknown": "unreadable"}, Unknown(Cause.UNREADABLE)),
        ("n", {"between": [1, 3]}, Unknown(Cause.INCOMPLETE, 1, 3)),
        ("on", {"planned": DAY}, Unknown(Cause.PLANNED, planned=DAY)),
        ("tags", ["红"], Elements(("红",), closed=True)),
        ("tags", {"open": ["红"]}, Elements(("红",), closed=False)),
        ("tags", {"unknown": "blank"}, Elements((), closed=False, cause=Cause.BLANK)),
        ("tags", None, ABSENT_LIST),
        ("parts", None, ABSENT_LIST),
        ("parts", {"unknown": "no_column"}, Elements((), closed=False, cause=Cause.NO_COLUMN)),
    ],
)
def test_a_fact_as_written(field: str, written: Fact, state: Fact) -> None:
    found = case({field: written}).subject.values[field]
    assert (found, type(found)) == (state, type(state))


def test_elements_are_records_below_their_owner() -> None:
    found = case({"parts": {"open": [{"ok": True}, {"ok": None}]}})
    listed = found.subject.elements("parts")
    assert [part.values for part in found.records["part"]] == [{"ok": True}, {"ok": ABSENT}]
    assert (listed.items, listed.closed) == (tuple(found.records["part"]), False)
    assert all(part.parent is found.subject for part in found.records["part"])


def test_the_record_above_is_given_or_empty() -> None:
    made = requirement(subject="part", act_on="part.on", require="part.ok")
    for keys, values in (({"parent": {"flag": True}}, {"flag": True}), ({}, {})):
        above = case({"ok": True}, made, **keys).subject.parent
        assert above is not None
        assert (above.type, above.values) == ("thing", values)


def test_what_is_around() -> None:
    around = case({}, place={"level": "县级"}, params={"most_days": 3, "share": None}, year=2023)
    assert around.world.place.values == {"level": "县级"}
    assert {name: [p.value for p in periods] for name, periods in around.world.params.items()} == {
        "most_days": [3]
    }
    assert (around.year, around.world.as_of) == (2023, DAY)
    assert case({}).year == 2024


def test_a_persons_answer_is_a_fact() -> None:
    made = requirement(kind="manual", require=None)
    assert case({"answer": "不涉及"}, made).subject.values == {"manual:a-one": "不涉及"}


@pytest.mark.parametrize(
    ("field", "written", "reason"),
    [
        ("flagg", True, "“事项”没有字段“flagg”，是否指“flag”？"),
        ("flag", "是", "“是”不是“是否甲”要的内容"),
        ("n", True, "“True”不是“件数”要的内容"),
        ("n", "3", "“3”不是“件数”要的内容"),
        ("amount", "三", "“三”不是“金额”要的内容"),
        ("amount", True, "“True”不是“金额”要的内容"),
        ("kind", "丁", "“丁”不是“种类”要的内容"),
        ("word", 3, "“3”不是“名称”要的内容"),
        ("on", "2024年5月", "“2024年5月”不是“办理日期”要的内容"),
        ("at", "八点", "“八点”不是“批准时刻”要的内容"),
        ("at", DAY, "“2024-06-30”不是“批准时刻”要的内容"),
        ("n", {"unknown": "blnk"}, "看不懂“{'unknown': 'blnk'}”，应是 unknown、planned 或 between"),
        (
            "n",
            {"unknown": "blank", "between": [1, 2]},
            "看不懂“{'unknown': 'blank', 'between': [1, 2]}”，应是 unknown、planned 或 between",
        ),
        ("n", {"between": [1, "二"]}, "“二”不是“件数”要的内容"),
        ("on", {"planned": "六月"}, "“六月”不是“办理日期”要的内容"),
        ("tags", ["红", "黑"], "没有“黑”这个取值"),
        ("tags", "红", "清单写成 […]、{open: […]}、{unknown: 原因} 或 null"),
        ("tags", {"unknown": "blnk"}, "清单写成 […]、{open: […]}、{unknown: 原因} 或 null"),
        ("parts", {"open": "一件"}, "清单写成 […]、{open: […]}、{unknown: 原因} 或 null"),
        ("parts", {"closed": []}, "清单写成 […]、{open: […]}、{unknown: 原因} 或 null"),
    ],
)
def test_a_fact_written_wrongly_is_refused(field: str, written: Fact, reason: str) -> None:
    with pytest.raises(InvalidRulesetError) as caught:
        case({field: written})
    error = caught.value
    assert (error.file, error.key, error.reason) == (
        "dom/a-one.yaml",
        f"examples.given.{field}",
        reason,
    )


def test_an_answer_that_nobody_can_give_is_refused() -> None:
    with pytest.raises(InvalidRulesetError) as caught:
        case({"answer": "符和"}, requirement(kind="manual", require=None))
    assert caught.value.reason == "没有“符和”这个取值，是否指“符合”？"
    assert caught.value.file == "dom/a-one.yaml"
