"""What a cell says, per field type: the table of review.md five."""

# ruff: noqa: DTZ001 - ledgers hold naive local times

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from engine.model.field import FieldType
from engine.model.schema import Schema
from engine.model.values import ABSENT, ABSENT_LIST, Cause, Elements, Unknown
from facts.writing.cells import CellReader
from facts.writing.meanings import Cell, blank_state
from facts.writing.measure import Measure


def spec(**more: object) -> FieldType:
    return FieldType.model_validate({"title": "本列", **more})


DATE = spec(type="date", time="event")
MOMENT = spec(type="datetime", time="event")
BOOL = spec(type="bool")
INT = spec(type="int", unit="人")
MONEY = spec(type="number", unit="元")
TEXT = spec(type="string")
ENUM = spec(type="enum", values={"常务会议": ["政府常务会议", "常务会"], "不合法": [], "合法": []})
SET = spec(type="set", complete=True)
OPEN_SET = spec(type="set")
OBJECT = spec(type="object")


def state(field: FieldType, raw: object) -> object:
    return CellReader(field).read(raw).state


@pytest.mark.parametrize("field", [DATE, INT, MONEY, TEXT, ENUM, OBJECT])
@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("无", ABSENT),
        ("没有", ABSENT),
        ("/", Unknown(Cause.CLAIMED_NOT_APPLICABLE)),
        ("—", Unknown(Cause.CLAIMED_NOT_APPLICABLE)),
        ("——", Unknown(Cause.CLAIMED_NOT_APPLICABLE)),
        ("－", Unknown(Cause.CLAIMED_NOT_APPLICABLE)),
        ("／", Unknown(Cause.CLAIMED_NOT_APPLICABLE)),
        ("不涉及", Unknown(Cause.CLAIMED_NOT_APPLICABLE)),
        ("不需要", Unknown(Cause.CLAIMED_NOT_APPLICABLE)),
        ("详见附件", Unknown(Cause.ELSEWHERE)),
        ("见附件2", Unknown(Cause.ELSEWHERE)),
        ("另附", Unknown(Cause.ELSEWHERE)),
        ("待补充", Unknown(Cause.BLANK)),
        ("", None),
        ("　 ", None),
        (None, None),
    ],
)
def test_words_that_stand_for_no_value(field: FieldType, raw: object, expected: object) -> None:
    assert CellReader(field).read(raw) == Cell(expected)  # type: ignore[arg-type]


@pytest.mark.parametrize("yes", ["是", "有", "√", "✓", "已", "Y", "对", 1, True])
def test_ways_to_say_yes(yes: object) -> None:
    assert state(BOOL, yes) is True


@pytest.mark.parametrize("no", ["否", "无", "×", "未", "N", "没有", 0, False])
def test_ways_to_say_no(no: object) -> None:
    assert state(BOOL, no) is False


@pytest.mark.parametrize("unclear", ["部分", "已部分公开", "基本完成", "2024-05-01", "大概"])
def test_what_is_neither_yes_nor_no_is_a_problem(unclear: str) -> None:
    cell = CellReader(BOOL).read(unclear)
    assert cell == Cell(Unknown(Cause.UNREADABLE), "“本列”应填“是”或“否”")


def test_none_means_what_the_field_declares() -> None:
    assert state(spec(type="string", none="unknown"), "无") == Unknown(Cause.NEEDS_PERSON)
    assert state(spec(type="set", none="unknown"), "无") == Elements(
        (), closed=False, cause=Cause.NEEDS_PERSON
    )
    assert state(SET, "无") == ABSENT_LIST
    assert state(spec(type="bool", none="unknown"), "无") == Unknown(Cause.NEEDS_PERSON)
    assert state(spec(type="bool", none="unknown"), "否") is False


@pytest.mark.parametrize("word", ["否", "×", "未完成"])
def test_no_in_the_place_of_an_object_is_none_of_it(word: str) -> None:
    """Broken by a hearing that is there because its cell says no."""
    assert state(OBJECT, word) == ABSENT


def test_truth_values_of_json() -> None:
    assert [state(OBJECT, value) for value in (True, False)] == [True, ABSENT]
    assert [state(TEXT, value) for value in (True, False)] == ["是", "否"]
    assert CellReader(INT).read(raw=True) == Cell(Unknown(Cause.UNREADABLE), "“本列”应为整数（人）")


def test_blank_means_what_the_field_declares() -> None:
    assert blank_state(TEXT) == Unknown(Cause.BLANK)
    assert blank_state(spec(type="string", blank="absent")) is ABSENT
    assert blank_state(spec(type="bool", blank="false")) is False
    assert blank_state(SET) == Elements((), closed=False, cause=Cause.BLANK)
    assert blank_state(spec(type="set", blank="absent")) == ABSENT_LIST


def test_spreadsheet_dates() -> None:
    assert state(DATE, dt.datetime(2024, 5, 1)) == dt.date(2024, 5, 1)
    assert state(DATE, dt.datetime(2024, 5, 1, 9, 30)) == dt.date(2024, 5, 1)
    assert state(MOMENT, dt.datetime(2024, 5, 1, 9, 30)) == dt.datetime(2024, 5, 1, 9, 30)
    assert state(DATE, 20240501) == dt.date(2024, 5, 1)
    assert state(DATE, 2024) == Unknown(
        Cause.INCOMPLETE, dt.date(2024, 1, 1), dt.date(2024, 12, 31)
    )


def test_a_typed_date_or_time_where_another_thing_is_expected() -> None:
    day = dt.datetime(2024, 5, 1)
    assert state(TEXT, day) == "2024-05-01"
    assert CellReader(INT).read(day) == Cell(
        Unknown(Cause.UNREADABLE), "“本列”应为整数（人）", "这一格是日期"
    )
    assert CellReader(DATE).read(dt.time(9, 30)) == Cell(
        Unknown(Cause.UNREADABLE), "“本列”应为日期，如 2024-05-01"
    )


def test_a_moment_without_its_day_is_any_of_the_month() -> None:
    assert state(MOMENT, "2024年2月") == Unknown(
        Cause.INCOMPLETE, dt.datetime(2024, 2, 1), dt.datetime(2024, 2, 29, 23, 59, 59)
    )
    assert state(MOMENT, "2月") == Unknown(Cause.INCOMPLETE)


def test_a_moment_without_its_time_is_any_of_that_day() -> None:
    day = Unknown(Cause.INCOMPLETE, dt.datetime(2024, 5, 1), dt.datetime(2024, 5, 1, 23, 59, 59))
    assert state(MOMENT, "2024-05-01") == day
    assert state(MOMENT, dt.datetime(2024, 5, 1)) == day


def test_the_number_2024_1_may_have_been_typed_as_october() -> None:
    assert state(DATE, 2024.1) == Unknown(
        Cause.INCOMPLETE, dt.date(2024, 1, 1), dt.date(2024, 10, 31)
    )
    assert state(DATE, "2024.1") == Unknown(
        Cause.INCOMPLETE, dt.date(2024, 1, 1), dt.date(2024, 1, 31)
    )
    assert state(DATE, 2024.5) == Unknown(
        Cause.INCOMPLETE, dt.date(2024, 5, 1), dt.date(2024, 5, 31)
    )
    assert CellReader(DATE).read(2024.13).hint == "没有这个月份"


def test_two_dates_in_a_cell_are_a_problem() -> None:
    assert CellReader(DATE).read("4.3/4.20") == Cell(
        Unknown(Cause.UNREADABLE),
        "“本列”应为日期，如 2024-05-01",
        "一格写了两个日期，请分两列填写",
    )


def test_numbers_of_a_spreadsheet() -> None:
    assert state(INT, 3) == 3
    assert state(INT, 3.0) == 3
    assert state(MONEY, 1234.5600000000001) == Decimal("1234.56")
    assert CellReader(MONEY, Measure(Decimal(10000), "万元")).read(3.5).state == Decimal(35000)
    assert CellReader(INT).read(3.5).hint == "应为整数"
    assert CellReader(MONEY).read(-1).hint == "不能是负数"
    assert CellReader(MONEY).read(2**31).hint == "数字应小于2147483648"
    assert state(MONEY, float("nan")) == Unknown(Cause.UNREADABLE)


def test_decimals_of_json() -> None:
    assert state(MONEY, Decimal("1.5")) == Decimal("1.5")
    assert CellReader(MONEY).read(Decimal("1E+30")) == Cell(
        Unknown(Cause.UNREADABLE), "“本列”应为数字（元）", "数字太大或不是有限数"
    )


def test_a_column_in_another_currency_is_never_read_as_yuan() -> None:
    for written in (5, "5"):
        cell = CellReader(MONEY, Measure(None)).read(written)
        assert cell == Cell(Unknown(Cause.UNREADABLE), "列名的单位与“元”不同")


def test_numbers_in_text_columns() -> None:
    assert state(TEXT, 12) == "12"
    assert state(TEXT, 12.0) == "12"
    assert CellReader(TEXT).read(4_1282_3199_0010_1123_4).expected == "超过15位的号码请按文本填写"


@pytest.mark.parametrize(
    "text", ["常务会议", "政府常务会议", "第12次常务会", "2024年第十二次常务会议", " 常务会 "]
)
def test_enum_values_and_their_other_spellings(text: str) -> None:
    assert state(ENUM, text) == "常务会议"


MEETING = spec(
    type="enum",
    values={"常务会议": ["常务会"], "全体会议": [], "党委会议": ["县委全体会议", "县委全会"]},
    whose=["政府", "市政府", "县政府", "人民政府"],
)
COUNTY = frozenset(["清溪县", "清溪县人民政府"])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("县政府第9次常务会议", "常务会议"),
        ("清溪县人民政府常务会议", "常务会议"),
        ("清溪县政府2024年第9次常务会", "常务会议"),
        ("第十五届人民政府第三次常务会议", "常务会议"),
        ("清溪县第5次全体会议", "全体会议"),
        ("县委第5次全体会议", "党委会议"),
        ("县委全会", "党委会议"),
    ],
)
def test_a_meeting_is_known_by_its_whole_name(text: str, value: str) -> None:
    assert CellReader(MEETING, own=COUNTY).read(text).state == value


@pytest.mark.parametrize(
    "text",
    [
        "市政府第9次常务会议",
        "南河市人民政府常务会议",
        "青石县政府常务会议",
        "县人大常委会第9次全体会议",
        "指挥部第3次全体会议",
        "领导小组全体会议",
        "常务会议（扩大）",
        "县委常务会议",
    ],
)
def test_another_bodys_meeting_is_none_of_the_offices(text: str) -> None:
    """Fails if a value is found within other words that narrow or change it."""
    cell = CellReader(MEETING, own=COUNTY).read(text)
    assert cell.state == Unknown(Cause.UNREADABLE)
    assert cell.expected == "“本列”应为：常务会议、全体会议、党委会议"


def test_without_a_name_of_ones_own_any_level_of_government_is_meant() -> None:
    assert state(MEETING, "市政府第9次常务会议") == "常务会议"
    assert state(MEETING, "县政府第9次常务会议") == "常务会议"


@pytest.mark.parametrize("text", ["未认定", "未核实", "未研判", "未判断", "未确定", "待认定"])
def test_who_has_not_decided_says_neither_yes_nor_no(text: str) -> None:
    assert CellReader(BOOL).read(text) == Cell(Unknown(Cause.NEEDS_PERSON))


@pytest.mark.parametrize(
    "text", ["未评审", "已推迟", "已取消", "已发公告", "未公开", "未开展", "不公开"]
)
def test_no_truth_is_guessed_from_the_first_character(text: str) -> None:
    """Fails if any 未… is a no, or any 已… a yes, to a question it doesn't answer."""
    cell = CellReader(BOOL).read(text)
    assert cell == Cell(Unknown(Cause.UNREADABLE), "“本列”应填“是”或“否”")


def test_a_box_crossed_says_neither_yes_nor_no() -> None:
    """Word's ☒ is a box that is ticked; others cross out what isn't so."""
    assert CellReader(BOOL).read("☒").state == Unknown(Cause.UNREADABLE)


def test_a_field_declares_what_words_of_its_own_say() -> None:
    held = spec(
        type="bool",
        words={"已推迟": "planned", "改期": "unknown", "照常": "true", "作罢": "false"},
    )
    assert state(held, "已推迟") == Unknown(Cause.PLANNED)
    assert state(held, "改期") == Unknown(Cause.NEEDS_PERSON)
    assert (state(held, "照常"), state(held, "作罢")) == (True, False)
    ground = spec(type="string", holds="ground", words={"国家秘密": "present", "从略": "absent"})
    assert (state(ground, "国家秘密"), state(ground, "从略")) == ("国家秘密", ABSENT)
    assert state(ground, "商业秘密") == Unknown(Cause.UNREADABLE)


def test_an_unknown_enum_value_names_the_nearest() -> None:
    assert CellReader(ENUM).read("常务会义") == Cell(
        Unknown(Cause.UNREADABLE), "“本列”应为：常务会议、不合法、合法", "是否指“常务会议”？"
    )
    assert state(ENUM, "不合法") == "不合法"
    assert state(ENUM, "基本合法") == Unknown(Cause.UNREADABLE)


def test_sets_are_closed_if_complete_and_not_ending_in_etc() -> None:
    assert state(SET, "甲、乙；丙\n丁") == Elements(("甲", "乙", "丙", "丁"), closed=True)
    assert state(SET, "甲、乙等") == Elements(("甲", "乙"), closed=False)
    assert state(OPEN_SET, "甲，乙") == Elements(("甲", "乙"), closed=False)
    assert state(SET, "甲（乙、丙）、丁") == Elements(("甲（乙、丙）", "丁"), closed=True)
    assert state(SET, "/") == Elements((), closed=False, cause=Cause.CLAIMED_NOT_APPLICABLE)
    assert state(SET, ["甲", "乙"]) == Elements(("甲", "乙"), closed=True)
    assert state(SET, ["甲", " ", ""]) == Elements(("甲",), closed=True)
    assert state(SET, ["甲、乙", "丙"]) == Elements(("甲", "乙", "丙"), closed=True)


def test_lists_of_json_where_none_belongs() -> None:
    assert CellReader(TEXT).read(["甲"]) == Cell(
        Unknown(Cause.UNREADABLE), "“本列”应为文字", "这里不能是清单"
    )
    assert CellReader(SET).read([["甲"]]) == Cell(
        Unknown(Cause.UNREADABLE), "“本列”应为用顿号隔开的清单", "清单里应是文字"
    )


def test_a_strange_item_leaves_a_set_of_values_open(small: Schema) -> None:
    field = small.types["matter"].fields["materials"]
    cell = CellReader(field).read("决策草案、说名")
    assert cell.state == Elements(("草案",), closed=False, cause=Cause.UNREADABLE)
    assert cell.hint == "“说名”不是规定的项目，是否指“说明”？"


def test_a_formula_error_is_a_problem() -> None:
    assert CellReader(TEXT).read("#REF!") == Cell(
        Unknown(Cause.UNREADABLE), "公式出错，请改正后另存"
    )


def test_agencies_go_by_one_name() -> None:
    field = spec(type="string", agency=True)
    reader = CellReader(field, agencies={"市司法局": "司法局"})
    assert reader.read("市司法局 ").state == "司法局"
    assert reader.read("财政局").state == "财政局"
