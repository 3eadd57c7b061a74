"""A list told in one cell of its parent's row, and the objects that a row's cells lie in."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.model.schema import Schema
from engine.model.values import ABSENT, ABSENT_LIST, Cause, Elements, Record, Unknown
from facts.records.load import read_schema
from tests.facts.conftest import Office, errors

TYPES = {
    "plan.yaml": """
type: plan
title: 方案
sheets: [方案台账]
key: [no]
fields:
  no: {type: string, title: 编号}
  held: {type: bool, title: 是否开会}
  review: {type: object, title: 论证}
  review.by: {type: string, title: 论证人}
  review.topics: {type: set, title: 论证事项}
nested:
  visits: {of: visit, title: 走访}
  ways: {of: way, title: 参与方式, cell: form}
  meetings: {of: meeting, title: 会议, any: held}
""",
    "visit.yaml": """
type: visit
title: 走访记录
parent: plan
sheets: [走访记录]
fields:
  whom: {type: string, title: 走访对象}
""",
    "way.yaml": """
type: way
title: 公众参与
parent: plan
sheets: [公众参与]
fields:
  form: {type: enum, title: 方式, values: {座谈会: [座谈], 听证会: [听证]}}
""",
    "meeting.yaml": """
type: meeting
title: 会议记录
parent: plan
sheets: [会议记录]
fields:
  topic: {type: string, title: 议题}
""",
}
CLOSED = "closed: [走访记录, 公众参与, 会议记录]\n"
UNREAD = Elements((), closed=False, cause=Cause.UNREADABLE)


@pytest.fixture(scope="module")
def plans() -> Schema:
    return read_schema({f"facts/records/{name}": text for name, text in TYPES.items()})


@pytest.fixture
def desk(tmp_path: Path, plans: Schema) -> Office:
    return Office(tmp_path, plans)


def forms(record: Record) -> tuple[list[object], bool]:
    found = record.elements("ways")
    return [way.values["form"] for way in found.items if isinstance(way, Record)], found.closed


def test_a_count_a_none_and_yes(desk: Office) -> None:
    """有 says that there are some and not how many: the list stays open."""
    desk.xlsx(
        方案台账=[["编号", "走访"], ["1", 0], ["2", "2"], ["3", "无"], ["4", "有"], ["5", None]]
    )
    facts = desk.read()
    assert errors(facts) == []
    assert [record.elements("visits") for record in facts.records["plan"]] == [
        Elements((), closed=True),
        Elements((), closed=False),
        ABSENT_LIST,
        Elements((), closed=False),
        Elements((), closed=False),
    ]


def test_a_count_where_the_elements_could_stand(desk: Office) -> None:
    desk.xlsx(
        方案台账=[["编号", "参与方式"], ["1", 1], ["2", 2], ["3", "座谈、听证会"]],
        公众参与=[["编号", "方式"], ["1", "听证"], ["2", "座谈会"]],
    )
    facts = desk.read()
    assert errors(facts) == []
    assert [forms(record) for record in facts.records["plan"]] == [
        (["听证会"], True),
        (["座谈会"], False),
        (["听证会", "座谈会"], False),
    ]


@pytest.mark.parametrize(
    ("header", "cell", "problem"),
    [
        ("走访", "张家村、李家村", "“张家村、李家村”，“走访”应填件数或“无”，详情另列一表"),
        ("走访", "#REF!", "“#REF!”，公式出错，请改正后另存"),
        ("参与方式", "=A1", "公式没有算出结果，请在表格软件中打开并保存一次"),
    ],
)
def test_a_list_that_can_not_be_read_is_never_complete(
    desk: Office, header: str, cell: str, problem: str
) -> None:
    """Fails if a ledger declared complete closes a list whose cell named elements in vain."""
    desk.write("fazhi.yaml", CLOSED)
    name, ledger = {"走访": ("visits", "visit"), "参与方式": ("ways", "way")}[header]
    other = {"走访": "参与方式", "参与方式": "走访"}[header]
    desk.xlsx(方案台账=[["编号", header, other], ["1", cell, None], ["2", None, None]])
    facts = desk.read()
    assert errors(facts) == [f"台账.xlsx〔方案台账〕B2：{problem}"]
    first, second = facts.records["plan"]
    assert first.values[name] == UNREAD
    assert second.values[name] == Elements((), closed=False)
    # of the third list nothing was read: that it is declared complete says nothing
    assert facts.closed == {"visit", "way"} - {ledger}


def test_an_element_that_is_none_of_the_values_is_there_and_unknown(desk: Office) -> None:
    desk.xlsx(方案台账=[["编号", "参与方式"], ["1", "座谈、茶话"]])
    facts = desk.read()
    assert errors(facts) == ["台账.xlsx〔方案台账〕B2：“茶话”，“方式”应为：座谈会、听证会"]
    (record,) = facts.records["plan"]
    assert forms(record) == (["座谈会", Unknown(Cause.UNREADABLE)], False)


def test_no_beside_rows_is_open_and_a_problem(desk: Office) -> None:
    desk.xlsx(
        方案台账=[["编号", "是否开会"], ["1", "否"], ["2", "否"]],
        会议记录=[["编号", "议题"], ["2", "停车"]],
    )
    facts = desk.read()
    first, second = (record.elements("meetings") for record in facts.records["plan"])
    assert first == Elements((), closed=True)
    assert (len(second.items), second.closed) == (1, False)
    assert errors(facts) == ["台账.xlsx〔方案台账〕A3：“2”，写明没有“会议”，但读到1条，请核对"]


@pytest.mark.parametrize(
    ("word", "cause"), [("/", Cause.CLAIMED_NOT_APPLICABLE), ("详见附件", Cause.ELSEWHERE)]
)
def test_an_objects_own_word_speaks_for_the_fields_that_say_nothing(
    desk: Office, word: str, cause: Cause
) -> None:
    desk.xlsx(
        方案台账=[
            ["编号", "论证", "论证人", "论证事项"],
            ["1", word, None, None],
            ["2", word, "无", "无"],
        ]
    )
    first, second = (record.values for record in desk.read().records["plan"])
    assert (first["review"], first["review.by"], first["review.topics"]) == (
        Unknown(cause),
        Unknown(cause),
        Elements((), closed=False, cause=cause),
    )
    assert (second["review"], second["review.by"], second["review.topics"]) == (
        Unknown(cause),
        ABSENT,
        ABSENT_LIST,
    )


def test_an_object_whose_own_cell_is_blank_leaves_its_fields_blank(desk: Office) -> None:
    desk.xlsx(方案台账=[["编号", "论证", "论证人"], ["1", "待定", None]])
    values = desk.one("plan").values
    assert (values["review"], values["review.by"]) == (Unknown(Cause.BLANK),) * 2


NAMED = {
    "event.yaml": """
type: event
title: 活动
sheets: [活动台账]
key: [no]
fields:
  no: {type: string, holds: identifier, title: 编号}
nested:
  guests: {of: guest, title: 参加人, cell: name}
""",
    "guest.yaml": """
type: guest
title: 到场的人
parent: event
sheets: [到场名单]
fields:
  name: {type: string, holds: name, title: 姓名}
""",
}


def test_who_was_not_invited_is_no_guest(tmp_path: Path) -> None:
    """Fails if 未邀请 in a list of names is read as somebody called that."""
    schema = read_schema({f"facts/records/{name}": text for name, text in NAMED.items()})
    office = Office(tmp_path, schema)
    office.xlsx(
        活动台账=[
            ["编号", "参加人"],
            ["1", "王某、李某"],
            ["2", "未邀请"],
            ["3", "王某、未到"],
            ["4", "有"],
            ["5", "正在邀请"],
            ["6", "同意"],
            ["7", "3"],
        ]
    )
    facts = office.read()
    guests = {record.key: record.elements("guests") for record in facts.records["event"]}
    names = {
        key: {guest.values["name"] for guest in found.items if isinstance(guest, Record)}
        for key, found in guests.items()
    }
    assert names == {"1": {"王某", "李某"}, **{key: set() for key in "234567"}}
    assert guests["2"] == ABSENT_LIST
    assert [key for key, found in guests.items() if found.closed] == ["2"]
    assert [text.partition("：")[2] for text in errors(facts)] == [
        "“王某、未到”，“姓名”的清单里有的不是一项",
        "“有”，“姓名”的清单里有的不是一项",
        "“正在邀请”，“姓名”的清单里有的不是一项",
        "“同意”，“姓名”应写姓名或单位，没有的写“无”（看不出是谁，还是说没有）",
    ]
