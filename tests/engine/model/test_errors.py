"""The texts of errors, to the character: they are what the user sees."""

from __future__ import annotations

import pytest

from engine.model.errors import ExpressionError, InvalidRulesetError, closest, nearest


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ({}, "写错了"),
        ({"file": "a.yaml"}, "a.yaml：写错了"),
        ({"file": "a.yaml", "line": 3}, "a.yaml 第3行：写错了"),
        ({"file": "a.yaml", "line": 3, "key": "title"}, "a.yaml 第3行 键“title”：写错了"),
        ({"key": "title"}, " 键“title”：写错了"),
    ],
)
def test_an_invalid_ruleset_says_where(where: dict[str, object], text: str) -> None:
    error = InvalidRulesetError("写错了", **where)  # type: ignore[arg-type]
    assert str(error) == text
    assert error.reason == "写错了"
    assert (error.file, error.line, error.key) == (
        where.get("file", ""),
        where.get("line"),
        where.get("key", ""),
    )


def test_an_expression_is_shown_with_a_caret_under_the_column() -> None:
    error = ExpressionError("不认识", text="a.甲 ==\nb", column=6)
    # two blanks for the full-width character, one for each of the others
    assert str(error) == "第6列：不认识\n    a.甲 == b\n          ^"
    assert (error.text, error.column, error.reason) == ("a.甲 ==\nb", 6, "不认识")
    # U+2E80 is the first of the full-width characters
    assert str(ExpressionError("缺", text="\u2e80\u2e7fx", column=3)).endswith("\n" + " " * 7 + "^")
    assert str(ExpressionError("缺", text="x", column=1)) == "第1列：缺\n    x\n    ^"


def test_the_nearest_spelling() -> None:
    known = ["decision", "penalty"]
    assert nearest("decison", iter(known)) == "，是否指“decision”？"
    assert nearest("xyz", known) == ""
    assert closest("penalti", known) == "penalty"
    assert closest("xyz", known) is None
    # half of the letters in common is near enough, less is not
    assert closest("abxy", ["abcd"]) == "abcd"
    assert closest("axyz", ["abcd"]) is None
