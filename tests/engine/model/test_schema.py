"""Record types held against each other: each fault with the place it is told by, in whole words.

How their files are read: tests/facts/records/test_load.py.
"""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from engine.model.errors import InvalidRulesetError
from engine.model.field import FieldType
from engine.model.record_type import RecordType
from engine.model.schema import Schema
from tests.engine.small import SCHEMA


def made(*, thing: dict[str, Any], part: dict[str, Any] | None = None) -> Schema:
    """A thing with a name, a number and a yes or no; a part of it with a name and a yes or no."""
    text, number, yes = ({"type": kind, "title": kind} for kind in ("string", "int", "bool"))
    types = (
        {"type": "thing", "fields": {"name": text, "count": number, "has": yes}, **thing},
        {"type": "part", "parent": "thing", "fields": {"note": text, "ok": yes}, **(part or {})},
    )
    return Schema([RecordType.model_validate({"title": one["type"], **one}) for one in types])


def listed(**keys: object) -> dict[str, Any]:
    return {"nested": {"parts": {"of": "part", "title": "分项", **keys}}}


def linked(on: dict[str, str], to: str = "part") -> dict[str, Any]:
    return {"links": {"seen": {"to": to, "title": "所见", "on": on}}}


def agency(**keys: object) -> dict[str, Any]:
    return {"fields": {"name": {"type": "string", "title": "名", "agency": True, **keys}}}


TERM = {"type": "date", "title": "日", "time": "term"}


def dated(by: str) -> dict[str, Any]:
    return {"type": "string", "title": "文", "dated": by}


def generated(*fields: str, each: str | None = None) -> dict[str, Any]:
    text = {"type": "string", "title": "文字"}
    return {"fields": dict.fromkeys(fields, text), "generated": {"each": each}}


@pytest.mark.parametrize(
    ("thing", "key", "reason"),
    [
        ({"parent": "part1"}, "thing", "未知的记录类型“part1”，是否指“part”？"),
        (
            {"nested": {"parts": {"of": "pert", "title": "分项"}}},
            "thing.parts",
            "未知的记录类型“pert”，是否指“part”？",
        ),
        (
            {"nested": {"parts": {"of": "thing", "title": "分项"}}},
            "thing.parts",
            "“thing”须写明 parent: thing",
        ),
        (listed(cell="note1"), "thing.parts", "“part”没有字段“note1”，是否指“note”？"),
        (
            listed(tally={"count": "okk"}),
            "thing.parts",
            "“part”没有 bool 字段“okk”，是否指“ok”？",
        ),
        (
            listed(tally={"count": "note"}),
            "thing.parts",
            "“part”没有 bool 字段“note”，是否指“note”？",
        ),
        (linked({"note": "name"}, "pert"), "thing.seen", "未知的记录类型“pert”，是否指“part”？"),
        (linked({"nota": "name"}), "thing.seen", "“part”没有字段“nota”，是否指“note”？"),
        (linked({"note": "nam"}), "thing.seen", "“thing”没有字段“nam”，是否指“name”？"),
        (
            linked({"parent.nam": "name"}),
            "thing.seen",
            "“thing”没有字段“nam”，是否指“name”？",
        ),
        (
            linked({"parent.name": "name"}, "thing"),
            "thing.seen",
            "“thing”没有字段“parent.name”，是否指“name”？",
        ),
        (
            {"links": {"seen": {"to": "part", "title": "所见", "on": {}, "without": {"ok": "是"}}}},
            "thing.seen",
            "“part”没有取值为“是”的字段“ok”",
        ),
        (generated("note", each="pert"), "thing", "未知的记录类型“pert”，是否指“part”？"),
        (
            generated("note", "nota", each="part"),
            "thing.nota",
            "生成的记录没有“nota”的来源，是否指“note”？",
        ),
        (generated("year", "note"), "thing.note", "生成的记录没有“note”的来源"),
    ],
)
def test_what_does_not_fit_together_is_told_by_its_place(
    thing: dict[str, Any], key: str, reason: str
) -> None:
    with pytest.raises(InvalidRulesetError) as refused:
        made(thing=thing)
    assert (refused.value.key, refused.value.reason) == (key, reason)


@pytest.mark.parametrize(
    "thing",
    [
        listed(cell="note", count="count", any="has", tally={"count": "ok"}),
        linked({"note": "name"}),
        linked({"parent.name": "name"}),
        linked({"name": "name"}, "thing"),
        generated("year", "start", "end"),
        generated("year", "start", "end", "note", "ok", each="part"),
    ],
)
def test_what_fits_together_is_taken(thing: dict[str, Any]) -> None:
    assert list(made(thing=thing).types) == ["thing", "part"]


@pytest.mark.parametrize(
    ("thing", "reason"),
    [
        (
            listed(count="cound"),
            "“parts”的 shown_by、count 须指向本记录的字段，不是“cound”，是否指“count”？",
        ),
        (listed(count="has"), "“parts”的 count 须是 int 字段，不是“has”，是否指“has”？"),
        (listed(any="hos"), "“parts”的 any 须是 bool 字段，不是“hos”，是否指“has”？"),
        (listed(any="count"), "“parts”的 any 须是 bool 字段，不是“count”，是否指“count”？"),
        (
            listed(tally={"cound": "ok"}),
            "“parts”的 tally 须从 int 字段到 bool 字段，不是“cound”，是否指“count”？",
        ),
        (
            listed(tally={"has": "ok"}),
            "“parts”的 tally 须从 int 字段到 bool 字段，不是“has”，是否指“has”？",
        ),
        ({"key": ["nam"]}, "键字段“nam”未声明，是否指“name”？"),
        (
            agency(within="nam"),
            "“name”的 within 须指向本记录的 agency 字段，不是“nam”，是否指“name”？",
        ),
        (
            {
                "fields": {
                    "name": {
                        "type": "string",
                        "title": "名",
                        "told_by": "nam",
                        "endings": {"某法": ["局"]},
                    }
                }
            },
            "“name”的 told_by 须指向本记录的字段，不是“nam”，是否指“name”？",
        ),
        (
            {
                "fields": {
                    "count": {
                        "type": "int",
                        "title": "数",
                        "told_by": "name",
                        "endings": {"某法": ["局"]},
                    }
                }
            },
            "told_by 只用于 string 字段",
        ),
        (
            {"fields": {"name": {"type": "string", "title": "名", "told_by": "has"}}},
            "told_by 和 endings、parts 要写都写",
        ),
        (
            {"key": ["name"], "roster": {"name": "name", "unit": "hos"}},
            "roster 须在单个键的类型里指向已声明的字段，不是“hos”，是否指“has”？",
        ),
        (
            {"roster": {"name": "name", "unit": "name"}},
            "roster 须在单个键的类型里指向已声明的字段，不是“name”，是否指“name”？",
        ),
        (
            {"fields": {"count": {"type": "int", "title": "数", "holds": "person"}}},
            "holds 只用于 string 字段",
        ),
        (
            {
                "nested": {"name": {"of": "part", "title": "甲"}},
                "links": {"count": {"to": "part", "title": "乙", "on": {}}},
            },
            "同名的字段与清单：count、name",
        ),
        (
            {
                "nested": {"both": {"of": "part", "title": "甲"}},
                "links": {"both": {"to": "part", "title": "乙", "on": {}}},
            },
            "同名的字段与清单：both",
        ),
        ({"distinct": ["name"]}, "distinct 只用于没有键的嵌套类型"),
        (
            {"happens": "nam"},
            "“happens”须指向一个 event 日期字段，不是“nam”，是否指“name”？",
        ),
        (
            {"fields": {"note": dated("name"), **dict.fromkeys(("name",), TERM)}},
            "“note”须指向一个 event 日期字段，不是“name”，是否指“name”？",
        ),
        (
            {"key": ["name"], "latest": "nam"},
            "latest 须指向有键的记录的一个日期字段，不是“nam”，是否指“name”？",
        ),
        (
            {"key": ["name"], "latest": "name"},
            "latest 须指向有键的记录的一个日期字段，不是“name”，是否指“name”？",
        ),
        (
            {"fields": {"until": TERM}, "latest": "until"},
            "latest 须指向有键的记录的一个日期字段，不是“until”，是否指“until”？",
        ),
        ({"owner": "nam"}, "owner 须指向本记录的一个 agency 字段，不是“nam”，是否指“name”？"),
        ({"owner": "name"}, "owner 须指向本记录的一个 agency 字段，不是“name”，是否指“name”？"),
        *(
            (
                {
                    "fields": {
                        "name": {"type": "string", "title": "名"},
                        "until": {**TERM, "of": of},
                    }
                },
                f"“until”的 of 须指向一个 holds: paper 的字段，不是“{of}”，是否指“name”？",
            )
            for of in ("nam", "name")
        ),
    ],
)
def test_a_type_at_odds_with_itself_is_refused(thing: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValidationError) as refused:
        made(thing=thing)
    assert [error["msg"] for error in refused.value.errors()] == [f"Value error, {reason}"]


def test_what_a_type_has_by_name() -> None:
    thing = made(
        thing={
            "nested": {"parts": {"of": "part", "title": "分项", "progress": True}},
            "links": {"seen": {"to": "thing", "title": "所见", "on": {}}},
        }
    ).types["thing"]
    assert thing.names() == ["name", "count", "has", "parts", "seen"]
    assert [thing.list_target(name) for name in ("parts", "seen", "name", "nothing")] == [
        "part",
        "thing",
        None,
        None,
    ]
    assert [thing.in_progress(name) for name in ("parts", "seen", "name", "nothing")] == [
        True,
        False,
        False,
        False,
    ]
    assert SCHEMA.types["thing"].in_progress("done")


def test_a_type_by_name() -> None:
    assert SCHEMA.get("thing") is SCHEMA.types["thing"]
    for where in ("", "here"):
        with pytest.raises(InvalidRulesetError) as refused:
            SCHEMA.get("thinn", where)
        assert (refused.value.key, refused.value.reason) == (
            where,
            "未知的记录类型“thinn”，是否指“thing”？",
        )


def test_the_types_whose_records_fazhi_makes() -> None:
    schema = made(thing=generated("year"))
    assert schema.generated == (schema.types["thing"],)
    assert SCHEMA.generated == ()


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        ({"type": "int", "holds": "paper"}, "holds 只用于 string 字段"),
        (
            {"type": "string", "agency": True, "holds": "paper"},
            "agency 字段写的是单位：holds: unit",
        ),
        ({"type": "string", "whose": ["政府"]}, "whose 只用于 enum 字段"),
        ({"type": "string", "words": {"可": "true"}}, "words 里的 true、false 只用于 bool 字段"),
        ({"type": "bool", "words": {"可": "present"}}, "words 里的 present 只用于 string 字段"),
    ],
)
def test_what_words_say_fits_what_the_field_is(field: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValidationError) as refused:
        FieldType.model_validate({"title": "本列", **field})
    assert [error["msg"] for error in refused.value.errors()] == [f"Value error, {reason}"]


def test_the_ledger_that_a_record_stands_in() -> None:
    """A row's own; a nested record's is its parent's; a made one's is what it is made from."""
    types = (
        {"type": "thing", "title": "事项"},
        {"type": "part", "title": "分项", "parent": "thing"},
        {"type": "bit", "title": "细项", "parent": "part"},
        {"type": "thing_year", "title": "事项年度", "generated": {"each": "thing"}},
        {"type": "year", "title": "年度", "generated": {}},
    )
    schema = Schema([RecordType.model_validate(one) for one in types])
    found = {name: schema.ledger(name) for name in schema.types}
    assert {name: one and one.type for name, one in found.items()} == {
        "thing": "thing",
        "part": "thing",
        "bit": "thing",
        "thing_year": "thing",
        "year": None,
    }
