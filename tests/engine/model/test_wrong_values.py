"""What is wrong with a JSON text is said in Chinese: its place, what was found, what should be."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from engine.model.wrong_values import wrong_json


class Kind(StrEnum):
    """Two of a kind."""

    ONE = "one"
    TWO = "two"


class Row(BaseModel):
    """One of everything that our models hold."""

    model_config = ConfigDict(extra="forbid", strict=False)
    name: str = ""
    year: int = Field(default=3, gt=2, le=9)
    money: Decimal = Decimal(0)
    done: bool = False
    day: dt.date = dt.date(2024, 1, 1)
    at: dt.datetime | None = None
    kind: Kind = Kind.ONE
    level: Literal["高", "低"] = "高"
    of: tuple[str, ...] = ()
    by: dict[str, int] = {}
    either: int | dt.date = 1


class Page(BaseModel):
    """Rows, and one more."""

    rows: list[Row]
    last: Row = Row()


WRONG = [
    ("{}", "缺少“rows”这一项"),
    ("[]", "最外一层写的是“[]”，须是“键: 值”"),
    ('{"rows": 1}', "“rows”写的是“1”，须是清单"),
    ('{"rows": [{}, {"name": 1}]}', "“rows[2].name”写的是“1”，须是文字"),
    ('{"rows": [{"nmae": "甲"}]}', "“rows[1]”里没有“nmae”这一项"),
    ('{"rows": [{"year": "二〇二四"}]}', "“rows[1].year”写的是“二〇二四”，须是整数"),
    ('{"rows": [{"year": 2}]}', "“rows[1].year”写的是“2”，须大于2"),
    ('{"rows": [{"year": 10}]}', "“rows[1].year”写的是“10”，不能大于9"),
    ('{"rows": [{"money": "元"}]}', "“rows[1].money”写的是“元”，须是数"),
    ('{"rows": [{"done": "也许"}]}', "“rows[1].done”写的是“也许”，须是 true 或 false"),
    ('{"rows": [{"day": "去年"}]}', "“rows[1].day”写的是“去年”，须是日期，如 2024-05-01"),
    (
        '{"rows": [], "last": {"at": "昨天"}}',
        "“last.at”写的是“昨天”，须是日期和时间，如 2024-05-01T09:30:00",
    ),
    ('{"rows": [{"kind": "three"}]}', "“rows[1].kind”写的是“three”，只能是：one、two"),
    ('{"rows": [{"level": null}]}', "“rows[1].level”写的是“null”，只能是：高、低"),
    ('{"rows": [{"of": "甲"}]}', "“rows[1].of”写的是“甲”，须是清单"),
    ('{"rows": [{"of": [{"a": 1}]}]}', '“rows[1].of[1]”写的是“{"a": 1}”，须是文字'),
    ('{"rows": [{"by": []}]}', "“rows[1].by”写的是“[]”，须是“键: 值”"),
    ('{"rows": [{"by": {"甲": "x"}}]}', "“rows[1].by.甲”写的是“x”，须是整数"),
    ('{"rows": [{"either": "x"}]}', "“rows[1].either”写的是“x”，须是整数"),
    ('{"rows": [{"name": ' + "[" * 20 + "]" * 20 + "}]}", None),
    ('{"rows": [', "不是完整的 json（第1行第10个字符处断了）"),
    ('{"rows": [],\n "last": nul', "不是完整的 json（第2行第12个字符处断了）"),
    ("", "不是完整的 json（第1行第0个字符处断了）"),
]


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_what_is_wrong_is_said_with_its_place(text: str, said: str | None) -> None:
    with pytest.raises(ValidationError) as error:
        TypeAdapter(Page).validate_json(text)
    found = wrong_json(error.value, text)
    long = "“rows[1].name”写的是“" + "[" * 20 + "]" * 10 + "…”，须是文字"
    assert found == (said if said is not None else long)
