from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, RootModel, field_validator

from engine.model.errors import InvalidRulesetError
from engine.model.strict_yaml import MAX_DEPTH, MAX_DIGITS, YamlList, YamlMap, load_yaml
from engine.model.validated import validate


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
        ("a: 1\nb: [1\n", 3, "不是规范的 YAML，请检查缩进、冒号后的空格和引号"),
        ("a: 1234567890123456789\n", 1, "数字太长；编号请加引号"),
        ("[" * (MAX_DEPTH + 1), 1, f"嵌套超过{MAX_DEPTH}层"),
    ],
)
def test_what_is_not_strict_is_refused_with_its_line(text: str, line: int, words: str) -> None:
    error = _refused(text)
    assert error.line == line
    assert error.reason == words


def test_an_alias_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x]\n" + "".join(f"{chr(98 + i)}: [*{chr(97 + i)}]\n" for i in range(9))
    assert _refused(bomb).line == 1


def test_what_the_parser_cannot_read_is_said_in_chinese() -> None:
    error = _refused("a: 1\nb: [1\n")
    assert str(error) == "规则.yaml 第3行：不是规范的 YAML，请检查缩进、冒号后的空格和引号"
    assert error.key == ""


def test_control_characters_are_refused() -> None:
    error = _refused("a: \x00\n")
    assert str(error) == "规则.yaml：不是规范的 YAML，请检查缩进、冒号后的空格和引号"


def test_a_repeated_key_is_named_beside_its_line() -> None:
    error = _refused("a: 1\na: 2\n")
    assert (error.line, error.key, error.reason) == (2, "a", "键重复，第1行已有")


def test_nesting_and_digits_may_go_up_to_their_limits() -> None:
    assert load_yaml("[" * MAX_DEPTH + "]" * MAX_DEPTH, "x") is not None
    assert load_yaml(f"a: {'9' * MAX_DIGITS}\n", "x") == {"a": int("9" * MAX_DIGITS)}
    with_fraction = "1." + "0" * (MAX_DIGITS - 2)
    assert load_yaml(f"a: {with_fraction}\n", "x") == {"a": Decimal(with_fraction)}
    assert _refused(f"a: {with_fraction}0\n").reason == "数字太长；编号请加引号"


def test_only_a_plain_key_merges() -> None:
    assert load_yaml('"<<": 1\n', "x") == {"<<": 1}


def test_lists_stand_in_lists_and_a_key_follows_each_value() -> None:
    read = load_yaml("- [1, [2]]\n- {a: {b: 1}, c: 2}\n", "x")
    assert read == [[1, [2]], {"a": {"b": 1}, "c": 2}]
    assert isinstance(read, YamlList)
    assert (read.line, read.lines) == (1, [1, 2])


def test_a_mapping_and_a_list_know_where_they_begin() -> None:
    read = load_yaml("\n\na:\n  b: 1\nc:\n\n  - 1\n", "x")
    assert isinstance(read, YamlMap)
    inner, items = read["a"], read["c"]
    assert isinstance(inner, YamlMap)
    assert isinstance(items, YamlList)
    assert (read.line, inner.line, items.line) == (3, 4, 7)


class _Color(StrEnum):
    RED = "red"
    GREEN = "green"


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
        (
            "title: 题\nparts:\n  - {}\n  - levle: x\n",
            4,
            "parts.2.levle",
            "没有“levle”这一项，是否指“level”？",
        ),
        (
            "title: 题\nparts:\n  - form: x\n",
            3,
            "parts.1.form",
            "没有“form”这一项，是否指“from”？",
        ),
        (
            "title: 题\nnamed:\n  a:\n    levels: x\n",
            4,
            "named.a.levels",
            "没有“levels”这一项，是否指“level”？",
        ),
        # Only the names that stand there are near: `title` does not stand in a part.
        ("title: 题\nparts:\n  - titel: x\n", 3, "parts.1.titel", "没有“titel”这一项"),
        ("parts: []\n", 1, "title", "缺少这一项"),
        ("title: 12\n", 1, "title", "须是文字；数字、日期、true、false 请加引号"),
        ("title: 题\nparts: 3\n", 2, "parts", "须是清单（每项前加 - ，或写成 [ , ]）"),
        (
            "title: 题\nparts:\n  - level: blokcing\n",
            3,
            "parts.1.level",
            "不能是“blokcing”，只能是：blocking、minor，是否指“blocking”？",
        ),
        ("title: 题\nparts:\n  - known: 3\n", 3, "parts.1.known", "须是 true 或 false"),
        ("title: 题\nparts:\n  - known: false\n", 3, "parts.1.known", "须已确认"),
        ("title: 题\nparts:\n  - from: 2024-13-01\n", 3, "parts.1.from", "须是日期，如 2024-05-01"),
        ("title: 题\nnamed: []\n", 2, "named", "须是“键: 值”"),
        ("- 1\n", 1, "", "须是“键: 值”"),
    ],
)  # fmt: skip
def test_an_error_names_line_key_and_spelling(text: str, line: int, key: str, words: str) -> None:
    error = _invalid(text)
    assert (error.file, error.line, error.key, error.reason) == ("x.yaml", line, key, words)


def test_further_errors_are_counted() -> None:
    assert _invalid("title: 1\nparts: 2\n").reason == (
        "须是文字；数字、日期、true、false 请加引号（本文件另有1处错误）"
    )


def test_a_misspelt_key_is_told_rather_than_the_one_it_leaves_missing() -> None:
    error = _invalid("titel: 题\n")
    assert (error.line, error.key) == (1, "titel")
    assert error.reason == "没有“titel”这一项，是否指“title”？（本文件另有1处错误）"


class _Other(BaseModel):
    model_config = ConfigDict(extra="forbid")
    kind: _Color = _Color.RED
    count: int = Field(default=0, gt=2)
    share: Decimal = Decimal(0)
    words: Annotated[str, Field(pattern="^[a-z]+$")] = "a"
    parts: tuple[str, ...] = Field(default=("a",), min_length=1)
    name: str = Field(default="a", min_length=1)
    inner: _Inner | None = None


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("kind: rde\n", "kind", "不能是“rde”，只能是：red、green，是否指“red”？"),
        ("kind: 7\n", "kind", "不能是“7”，只能是：red、green"),
        ("count: 一\n", "count", "须是整数"),
        ("count: 1.5\n", "count", "须是整数"),
        ("count: 1\n", "count", "须大于2"),
        ("share: 一\n", "share", "须是数"),
        ("share: [1]\n", "share", "须是数"),
        ("words: A\n", "words", "写法不对，须用小写英文字母、数字、下划线，以字母开头"),
        ("parts: []\n", "parts", "不能是空的"),
        ("name: ''\n", "name", "不能是空的"),
        ("inner: 1\n", "inner", "须是“键: 值”"),
        ("inner: {levl: minor}\n", "inner.levl", "没有“levl”这一项，是否指“level”？"),
    ],
)
def test_each_kind_of_error_has_its_words(text: str, key: str, words: str) -> None:
    with pytest.raises(InvalidRulesetError) as caught:
        validate(_Other, load_yaml(text, "x"), "x")
    assert (caught.value.line, caught.value.key, caught.value.reason) == (1, key, words)


def test_what_is_no_yaml_is_put_on_the_first_line() -> None:
    with pytest.raises(InvalidRulesetError) as caught:
        validate(_Outer, {"title": 1}, "x")
    assert (caught.value.line, caught.value.key) == (1, "")


def test_a_table_of_models_names_its_entry() -> None:
    table = RootModel[dict[str, _Inner]]
    with pytest.raises(InvalidRulesetError) as caught:
        validate(table, load_yaml("a: {}\nb: {levl: minor}\n", "x"), "x")
    assert (caught.value.line, caught.value.key) == (2, "b.levl")
    assert caught.value.reason == "没有“levl”这一项，是否指“level”？"


def test_a_key_of_a_table_that_is_refused_is_named_once() -> None:
    table = RootModel[dict[Annotated[str, Field(pattern="^[a-z]+$")], _Inner]]
    with pytest.raises(InvalidRulesetError) as caught:
        validate(table, load_yaml("a: {}\nB: {}\n", "x"), "x")
    assert (caught.value.line, caught.value.key) == (2, "B")
    assert caught.value.reason == "写法不对，须用小写英文字母、数字、下划线，以字母开头"
