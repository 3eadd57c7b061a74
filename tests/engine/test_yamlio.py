from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, RootModel, field_validator

from engine.errors import InvalidRulesetError
from engine.yamlio import MAX_DEPTH, YamlList, YamlMap, load_yaml, validate


def _refused(text: str) -> InvalidRulesetError:
    with pytest.raises(InvalidRulesetError) as caught:
        load_yaml(text, "规则.yaml")
    assert caught.value.file == "规则.yaml"
    return caught.value


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("1.50", Decimal("1.50")),
        ("2024-05-01", dt.date(2024, 5, 1)),
        ("'2024-05-01'", "2024-05-01"),
        ('"12"', "12"),
        *[
            (text, text)
            for text in (
                "no", "yes", "on", "off", "Yes", "True", "~", "012", "1:30", "1e5", "0x1f", "1_000",
                ".5", "+1", "１２", "2024-13-01", "2024-5-1", "2024-05-01 09:00", ".inf", "第25条",
            )
        ],
    ],
)  # fmt: skip
def test_plain_scalars_are_read_as_little_as_possible(written: str, read: object) -> None:
    value = load_yaml(f"a: {written}\n", "x")
    assert isinstance(value, dict)
    assert value["a"] == read
    assert type(value["a"]) is type(read)


def test_keys_are_always_text() -> None:
    value = load_yaml("on: 1\n12: 2\n2024-05-01: 3\nnull: 4\n", "x")
    assert value == {"on": 1, "12": 2, "2024-05-01": 3, "null": 4}


def test_lines_are_kept() -> None:
    value = load_yaml("\ufeffa: 1\nb:\n  - x\n\n  - y: 2\n", "x")
    assert isinstance(value, YamlMap)
    assert value.lines == {"a": 1, "b": 2}
    items = value["b"]
    assert isinstance(items, YamlList)
    assert items.lines == [3, 5]


def test_blocks_and_flow_are_read_alike() -> None:
    assert load_yaml("a: {b: [1, 甲、乙], c: {}}\n", "x") == {"a": {"b": [1, "甲、乙"], "c": {}}}
    assert load_yaml("a: |\n  一\n  二\n", "x") == {"a": "一\n二\n"}
    assert load_yaml("", "x") is None


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "键重复，第1行已有"),
        ("x:\n  a: {b: 1, b: 2}\n", 2, "键重复，第2行已有"),
        ("a: &k 1\nb: 2\n", 1, "不能用锚点（&）"),
        ("a: 1\nb: *k\n", 2, "不能用别名（*）"),
        ("a: &k {b: 1}\n", 1, "不能用锚点（&）"),
        ("a:\n  <<: 1\n", 2, "不能用合并键（<<）"),
        ("a: !!str 1\n", 1, "不能用标签（tag:yaml.org,2002:str）"),
        (
            "a: !!python/name:os.system x\n",
            1,
            "不能用标签（tag:yaml.org,2002:python/name:os.system）",
        ),
        ("a: !x [1]\n", 1, "不能用标签（!x）"),
        ("a: 1\n---\nb: 2\n", 2, "一个文件只能有一份内容（多余的 ---）"),
        ("? [a]\n: 1\n", 1, "键须是文字"),
        ('"": 1\n', 1, "键是空的"),
        ("a: 1\nb: [1\n", 3, "不是规范的 YAML"),
        ("a: 1234567890123456789\n", 1, "数字太长；编号请加引号"),
        ("[" * (MAX_DEPTH + 1), 1, f"嵌套超过{MAX_DEPTH}层"),
    ],
)
def test_what_is_not_strict_is_refused_with_its_line(text: str, line: int, words: str) -> None:
    error = _refused(text)
    assert error.line == line
    assert error.reason.split("（did not find")[0] == words


def test_an_alias_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x]\n" + "".join(f"{chr(98 + i)}: [*{chr(97 + i)}]\n" for i in range(9))
    assert _refused(bomb).line == 1


def test_control_characters_are_refused() -> None:
    assert "不是规范的 YAML" in str(_refused("a: \x00\n"))


class _Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")
    level: Literal["blocking", "minor"] = "minor"
    start: dt.date | None = Field(default=None, alias="from")
    known: bool = True

    @field_validator("known")
    @classmethod
    def _known(cls, value: bool) -> bool:  # noqa: FBT001 - pydantic calls it
        if not value:
            raise ValueError("须已确认")
        return value


class _Outer(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: str
    parts: tuple[_Inner, ...] = ()
    named: Mapping[str, _Inner] = {}


def _invalid(text: str) -> InvalidRulesetError:
    with pytest.raises(InvalidRulesetError) as caught:
        validate(_Outer, load_yaml(text, "x.yaml"), "x.yaml")
    return caught.value


def test_a_valid_text_becomes_the_model() -> None:
    text = "title: 题\nparts:\n  - {from: 2024-05-01}\nnamed: {a: {level: blocking}}\n"
    model = validate(_Outer, load_yaml(text, "x"), "x")
    assert model.parts[0].start == dt.date(2024, 5, 1)
    assert model.named["a"].level == "blocking"


@pytest.mark.parametrize(
    ("text", "line", "key", "words"),
    [
        ("title: 题\nparst: []\n", 2, "parst", "没有“parst”这一项，是否指“parts”？"),
        ("title: 题\nparts:\n  - {}\n  - levle: x\n", 4, "parts.2.levle", "是否指“level”？"),
        ("title: 题\nparts:\n  - form: x\n", 3, "parts.1.form", "是否指“from”？"),
        ("title: 题\nnamed:\n  a:\n    levels: x\n", 4, "named.a.levels", "是否指“level”？"),
        ("parts: []\n", 1, "title", "缺少这一项"),
        ("title: 12\n", 1, "title", "须是文字"),
        ("title: 题\nparts: 3\n", 2, "parts", "须是清单"),
        ("title: 题\nparts:\n  - level: blokcing\n", 3, "parts.1.level", "是否指“blocking”？"),
        ("title: 题\nparts:\n  - known: 3\n", 3, "parts.1.known", "须是 true 或 false"),
        ("title: 题\nparts:\n  - known: false\n", 3, "parts.1.known", "须已确认"),
        ("title: 题\nparts:\n  - from: 2024-13-01\n", 3, "parts.1.from", "须是日期"),
        ("- 1\n", 1, "", "须是“键: 值”"),
    ],
)
def test_an_error_names_line_key_and_spelling(text: str, line: int, key: str, words: str) -> None:
    error = _invalid(text)
    assert (error.line, error.key) == (line, key)
    assert words in str(error)


def test_further_errors_are_counted() -> None:
    assert "另有1处错误" in str(_invalid("title: 1\nparts: 2\n"))


def test_a_table_of_models_names_its_entry() -> None:
    table = RootModel[dict[str, _Inner]]
    with pytest.raises(InvalidRulesetError) as caught:
        validate(table, load_yaml("a: {}\nb: {levl: minor}\n", "x"), "x")
    assert (caught.value.line, caught.value.key) == (2, "b.levl")
    assert "是否指“level”" in str(caught.value)
