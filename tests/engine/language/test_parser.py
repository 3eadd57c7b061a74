"""Text to syntax: what parses, and what every wrong way of writing is told."""

from __future__ import annotations

import pytest

from engine.language.parser import DEEPEST, LONGEST, parse
from engine.model.errors import ExpressionError


def _error(text: str) -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("a.x and b.y", 5, "这里不能出现“and”，请写 &&"),
        ("a.x AND b.y", 5, "这里不能出现“AND”，请写 &&"),
        ("a.x or b.y", 5, "这里不能出现“or”，请写 ||"),
        ("not a.x", 1, "这里不能出现“not”，请写 !"),
        ("a.x && not b.y", 8, "这里不能出现“not”，请写 !"),
        ("a.x = 1", 5, "这里不能出现“=”，比较相等请写 =="),
        ("a.x & b.y", 5, "这里不能出现“&”，“并且”请写 &&"),
        ("a.x | b.y", 5, "这里不能出现“|”，“或者”请写 ||"),
        ("a.x / 2 > 1", 5, "这里不能出现“/”，没有除法，比例请移项写成乘法，如 a * 20 >= b"),
        ("a.x % 2 == 0", 5, "这里不能出现“%”，没有取余"),
        ("（a.x）", 1, "这里不能出现“（”，括号请用半角 ("),
        ("(a.x）", 5, "这里不能出现“）”，括号请用半角 )"),
        ("days(a.x，a.y)", 9, "这里不能出现“，”，逗号请用半角 ,"),
        ("a.x in ['甲'、'乙']", 12, "这里不能出现“、”，列举请用半角逗号 ,"),
        ("a.x == “甲”", 8, "这里不能出现““”，文字请用半角引号 '…'"),
        ("a.x == ‘甲’", 8, "这里不能出现“‘”，文字请用半角引号 '…'"),
        ("a.x == '甲", 8, "这里不能出现“'”，引号没有成对"),
        ("a.x ≥ 3", 5, "这里不能出现“≥”，不小于请写 >="),
        ("a.x ＞ 3", 5, "这里不能出现“＞”，大于请写半角 >"),
        ("a.x ？ 1 : 2", 5, "这里不能出现“？”，问号请用半角 ?"),
        ("！a.x", 1, "这里不能出现“！”，“不”请写半角 !"),
        ("a.x == 甲", 8, "这里不能出现“甲”，请检查拼写，文字须用半角引号括起"),
        ("[1, 2]", 1, "这里不能出现“[”，请检查运算符和括号"),
        ("a.xs[0]", 5, "这里不能出现“[”，请检查运算符和括号"),
        ("a.x > 1)", 8, "这里不能出现“)”，请检查运算符和括号"),
        ("1 < a.x < 3", 9, "这里不能出现“<”，请检查运算符和括号"),
        ("a.x in a.y", 8, "这里不能出现“a”，请检查运算符和括号"),
        ("", 1, "表达式没有写完"),
        ("   ", 4, "表达式没有写完"),
        ("a.x &&", 7, "表达式没有写完"),
        ("(a.x", 5, "表达式没有写完"),
        ("a.x ? 1", 8, "表达式没有写完"),
        ("a.x in ['甲'", 12, "表达式没有写完"),
    ],
)
def test_wrong_text_is_refused_at_its_column(text: str, column: int, message: str) -> None:
    error = _error(text)
    assert (error.column, error.reason) == (column, message)


def test_the_caret_stands_under_the_column_also_after_chinese() -> None:
    # Two spaces for each full-width character before column 12.
    shown = str(_error("a.x == '甲' and b.y"))
    assert shown.splitlines() == [
        "第12列：这里不能出现“and”，请写 &&",
        "    a.x == '甲' and b.y",
        "    " + " " * 8 + "  " + " " * 2 + "^",
    ]


def test_line_breaks_mean_nothing_and_count_as_one_column() -> None:
    assert parse("a.x\n  &&\n\tb.y") == parse("a.x && b.y")
    assert _error("a.x\n&& b and c").column == 10


@pytest.mark.parametrize(
    "text",
    [
        "true",
        "!true",
        "a.in_post",  # `in` is a word of its own only
        "a.trueish && falsely.x",
        "a.x in ['甲', '乙']",
        "a.x in [1]",
        'a.x == "it\'s"',
        "a.xs.filter(x, x.ok).size() > 1",
        "a ? b : c ? d : e",
        "-1 < a.x",
        "size() > 1",
    ],
)
def test_right_text_parses(text: str) -> None:
    parse(text)


def test_and_binds_more_tightly_than_or() -> None:
    assert parse("a || b && c") == parse("a || (b && c)")
    assert parse("a || b && c") != parse("(a || b) && c")
    assert parse("!a && b") == parse("(!a) && b")
    assert parse("a + b * 2 > c") == parse("(a + (b * 2)) > c")


def test_too_long_is_refused() -> None:
    parse("true" + " " * (LONGEST - 4))
    error = _error("true" + " " * (LONGEST - 3))
    assert (error.column, error.reason) == (1, f"表达式超过{LONGEST}字")


def test_too_many_brackets_are_refused_at_the_first_too_many() -> None:
    parse("(" * DEEPEST + "true" + ")" * DEEPEST)
    error = _error("(" * (DEEPEST + 1) + "true" + ")" * (DEEPEST + 1))
    assert (error.column, error.reason) == (DEEPEST + 1, f"括号嵌套超过{DEEPEST}层")


@pytest.mark.parametrize(
    "text",
    ["!" * 5000 + "true", "-" * 5000 + "1 > 0", "a ? " * 2000 + "b" + " : c" * 2000],
    ids=["not", "minus", "branches"],
)
def test_nesting_without_brackets_is_refused_not_a_crash(text: str) -> None:
    assert _error(text).reason == f"嵌套超过{DEEPEST}层"
