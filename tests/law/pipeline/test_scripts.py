"""The words of a fault script, each worked out by hand, and what is said of a wrong one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from tests.law.city.build import AS_OF, YEAR
from tests.law.city.case import City
from tests.law.city.law import Kind, Script, ScriptError, plant, scripts

LETTER = {
    "ledger": "来信",
    "key": "编号",
    "row": {
        "编号": "信{n}",
        "收到": dt.date(2024, 9, 30),
        "答复": "=收到 + 2个工作日",
        "件数": 3,
        "附件": ["原信", "批示"],
        "正文": "已收到，已转办。",
    },
    "add": {"转办": [{"单位": "甲局", "日期": "=主.收到 + 1日"}, {"单位": "乙局", "日期": "无"}]},
}


def planted(said: dict[str, Any], matter: Any = LETTER, word: str = "fault") -> City:  # noqa: ANN401
    """A city with this one thing planted for an invented requirement."""
    city = City(1, YEAR, AS_OF)
    whole = {"record": "{}", word: "弄坏了", **said}
    plant(city, Kind("x-one", "第一条", "弄坏了", word, matter, whole))
    return city


def letter(said: dict[str, Any]) -> dict[str, object]:
    return planted(said).cases[0].row


def test_a_matter_of_its_own_is_written_out_in_the_file() -> None:
    """30 September 2024 is a Monday; 1 to 7 October are off, so two working days end on the 9th."""
    city = planted({})
    assert city.rows() == {
        "来信": [
            {
                "编号": "信1", "收到": dt.date(2024, 9, 30), "答复": dt.date(2024, 10, 9),
                "件数": 3, "附件": ["原信", "批示"], "正文": "已收到，已转办。",
            }
        ],
        "转办": [
            {"编号": "信1", "单位": "甲局", "日期": dt.date(2024, 10, 1)},
            {"编号": "信1", "单位": "乙局", "日期": "无"},
        ],
    }  # fmt: skip
    assert city.expected() == [("x-one", "信1", "不符合")]


@pytest.mark.parametrize(
    ("value", "worked_out"),
    [
        ("=收到", dt.date(2024, 9, 30)),
        ("=收到 - 30日", dt.date(2024, 8, 31)),
        ("=收到 + 1日 顺延", dt.date(2024, 10, 8)),
        ("=收到 + 1日 顺延 + 1日", dt.date(2024, 10, 9)),
        ("=收到 - 2个工作日", dt.date(2024, 9, 28)),
        ("=收到 + 5个月", dt.date(2025, 2, 28)),
        ("=收到 - 24个月", dt.date(2022, 9, 30)),
        ("=检查日", AS_OF),
        ("=件数 + 2", 5),
        ("=件数 - 1", 2),
        ("=件数 + 件数 + 1", 7),
        ("=附件 - 批示", ["原信"]),
        ("=转办[2].单位", "乙局"),
        ("=转办[单位=甲局].日期", dt.date(2024, 10, 1)),
        ("空着", None),
        ("无", "无"),
        ("是", True),
        ("否", False),
        (["甲"], ["甲"]),
        (9, 9),
    ],
)
def test_what_a_cell_is_to_hold(value: object, worked_out: object) -> None:
    """The working day before the last of September 2024 is Sunday the 29th, made up."""
    assert letter({"set": {"结果": value}})["结果"] == worked_out


def test_hours_are_counted_from_a_moment() -> None:
    later = letter({"set": {"时": dt.datetime(2024, 5, 1, 23, 0), "到": "=时 + 2小时"}})  # noqa: DTZ001
    assert later["到"] == dt.datetime(2024, 5, 2, 1, 0)  # noqa: DTZ001


def test_each_thing_that_can_be_done_to_a_matter() -> None:
    city = planted({
        "rows": {"转办": {"日期": "=主.收到"}, "转办[2]": {"单位": "丙局"}},
        "reword": {"正文": {"已转办": "未转办"}},
        "drop": ["转办[1]"],
        "add": {"督办": [{"日期": "=主.答复 + 1日"}]},
        "beside": [
            {"matter": LETTER, "set": {"件数": "=主.件数 + 1"}, "also": {"x-two": "不符合"}}
        ],
        "answer": {"对象类型": "letter", "认定结论": "不符合"},
        "also": {
            "x-three": {"outcome": "信息不全", "record": "{}/2024"},
            "x-year": {"record": "2024"},
        },
        "record": "{来信}",
        "outcome": "存疑待核",
    })  # fmt: skip
    rows = city.rows()
    assert [(r["编号"], r["正文"], r["件数"]) for r in rows["来信"]] == [
        ("信1", "已收到，未转办。", 3),
        ("信2", "已收到，已转办。", 4),
    ]
    assert [r for r in rows["转办"] if r["编号"] == "信1"] == [
        {"编号": "信1", "单位": "丙局", "日期": dt.date(2024, 9, 30)}
    ]
    assert rows["督办"] == [{"编号": "信1", "日期": dt.date(2024, 10, 10)}]
    (answer,) = rows["人工认定"]
    assert (answer["要求编号"], answer["对象编号"], answer["认定结论"]) == (
        "x-one",
        "信1",
        "不符合",
    )
    assert sorted(city.expected()) == [
        ("x-one", "信2", "存疑待核"),
        ("x-three", "信1/2024", "信息不全"),
        ("x-two", "信2", "不符合"),
        ("x-year", "2024", "不符合"),
    ]
    assert planted({"gone": True}).rows() == {"来信": []}


def test_a_near_miss_is_no_fault() -> None:
    city = planted({"outcome": "不涉及"}, word="near")
    assert city.faults == []
    assert [(p.kind, p.outcome, p.record) for p in city.harmless] == [("弄坏了", "不涉及", "信1")]


def test_what_is_unsure_is_planted_apart() -> None:
    city = planted({}, word="unsure")
    assert city.faults == city.harmless == []
    assert [(p.kind, p.outcome, p.record) for p in city.unsure] == [("弄坏了", "", "信1")]


def test_a_matter_is_drawn_again_until_it_is_as_asked() -> None:
    """A document's day of publication is drawn from seventy days, weekends among them."""
    for wanted in ("是工作日", "不是工作日"):
        city = planted({"where": [f"=公布日期 {wanted}"]}, matter="文件")
        published = city.cases[0].day("公布日期")
        october = published.month == 10 and published.day <= 7
        made_up = published in {dt.date(2024, 9, 14), dt.date(2024, 9, 29), dt.date(2024, 10, 12)}
        autumn = dt.date(2024, 9, 15) <= published <= dt.date(2024, 9, 17)
        works = made_up or (published.weekday() < 5 and not october and not autumn)
        assert works == (wanted == "是工作日")


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"set": {"甲": "=收道 + 1日"}}, "“来信”的这一行没有这一栏：收道。是不是“收到”？"),
        ({"set": {"甲": "=转办.日期"}}, "“转办”有2行，请写明第几行，如 转办[1]"),
        ({"set": {"甲": "=批办[1].日期"}}, "这件事下面没有“批办[1]”，有的是['转办']"),
        ({"set": {"甲": "=收到 * 2"}}, "算不出：=收到 * 2"),
        ({"set": {"甲": "=收到 +"}}, "算不出：=收到 +"),
        ({"set": {"甲": "=编号 + 2日"}}, "'信1' 不能 + 2日"),
        ({"set": {"甲": "=编号 顺延"}}, "不是日期：'信1'"),
        ({"set": {"甲": "=附件 - 附图"}}, "清单里没有“附图”：['原信', '批示']"),
        ({"rows": {"转办[": {}}}, "看不懂“转办[”"),
        ({"drop": ["转办[3]"]}, "这件事下面没有“转办[3]”"),
        ({"reword": {"正文": {"已": "未"}}}, "“正文”里没有唯一的“已”：已收到，已转办。"),
        ({"where": ["=收到 是周末"]}, "where 只认“… 是工作日”“… 不是工作日”：=收到 是周末"),
        ({"where": ["=编号 是工作日"]}, "不是日期：=编号"),
        ({"where": ["=收到 不是工作日"]}, "画了500次也没有这样的一件：['=收到 不是工作日']"),
        ({"beside": [{"matter": "决策", "sett": {}}]}, "不认识的键：sett。是不是“set”？"),
    ],
)
def test_what_is_wrong_is_said_with_its_file(said: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ScriptError) as caught:
        planted(said)
    assert str(caught.value).startswith("rulesets/…/x-one.expected.yaml “弄坏了”：")
    assert complaint in str(caught.value)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("planted: [{set: {甲: 无}}]\n", "每一项须有 fault、near、unsure 之一"),
        (
            "matter: 决策\nplanted: [{unsure: 甲, kind: 先后巅倒}]\n",
            "kind 没有这一种：先后巅倒。是不是“先后颠倒”？",
        ),
        ("matter: 决测\nplanted: [{fault: 甲}]\n", "没有这种合规的事：决测。是不是“决策”？"),
        ("plantted: []\n", "不认识的键：plantted。是不是“planted”？"),
        ("planted: [{fault: 甲, mater: 决策}]\n", "不认识的键：mater。是不是“matter”？"),
    ],
)
def test_what_can_not_be_read_is_said_with_its_file(
    text: str, complaint: str, tmp_path: Path
) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "x-one.expected.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ScriptError) as caught:
        scripts(tmp_path)
    assert str(caught.value).startswith("rulesets/…/x-one.expected.yaml：")
    assert complaint in str(caught.value)


def test_what_a_requirement_asks_every_lawful_row_to_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails if a new column could only be filled in by changing the lawful matters in Python."""
    asks = Script("x-two", "第二条", None, (), {"来信": {"密级": "无", "办结": "=答复 + 1日"}})
    monkeypatch.setattr("tests.law.city.law.scripts", lambda: (asks,))
    row = letter({"set": {"复核": "=办结"}})
    assert (row["密级"], row["复核"]) == ("无", dt.date(2024, 10, 10))
