"""Text to syntax: lark's LALR parser over `grammar.lark`, with errors a lawyer can follow."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedToken

from engine.model.errors import ExpressionError
from engine.model.regex import regex
from engine.model.shipped import shipped_text

Syntax = Tree[Token]

LONGEST: Final = 20_000
"""Characters an expression may have."""

DEEPEST: Final = 100
"""Levels an expression may nest: brackets, and signs, branches and calls within each other."""

MOST: Final = 4_000
"""Texts whose syntax is remembered: more than any ruleset has."""

_HINTS: Final = {
    "=": "比较相等请写 ==",
    "&": "“并且”请写 &&",
    "|": "“或者”请写 ||",
    "/": "没有除法，比例请移项写成乘法，如 a * 20 >= b",
    "%": "没有取余",
    "（": "括号请用半角 (",
    "）": "括号请用半角 )",
    "，": "逗号请用半角 ,",
    "、": "列举请用半角逗号 ,",
    "。": "取字段请用半角句点 .",
    "：": "冒号请用半角 :",
    "？": "问号请用半角 ?",
    "！": "“不”请写半角 !",
    "＝": "比较相等请写 ==",
    "＞": "大于请写半角 >",
    "＜": "小于请写半角 <",
    "≥": "不小于请写 >=",
    "≤": "不大于请写 <=",
    "≠": "不等于请写 !=",
    "×": "乘号请写 *",
    "“": "文字请用半角引号 '…'",
    "”": "文字请用半角引号 '…'",
    "‘": "文字请用半角引号 '…'",
    "’": "文字请用半角引号 '…'",
    "'": "引号没有成对",
    '"': "引号没有成对",
}
_OPERATORS: Final = {"and": "&&", "or": "||", "not": "!"}
_LAST_WORD: Final = regex(r"([A-Za-z_]+)\s*\Z")


def operator_for(word: str) -> str:
    """`，请写 &&` for `and` and its like, or nothing."""
    operator = _OPERATORS.get(word.lower())
    return f"，请写 {operator}" if operator else ""


@cache
def _lark() -> Lark:
    grammar = shipped_text(Path(__file__).parent / "grammar.lark")
    return Lark(grammar, parser="lalr", propagate_positions=True, maybe_placeholders=False)


@lru_cache(maxsize=MOST)
def parse(text: str) -> Syntax:
    """The syntax of `text`, which nobody changes: one text is parsed once, a term's wherever it is.

    Raises `ExpressionError` with the column (1-based, in code points) of what is wrong.
    """
    if len(text) > LONGEST:
        raise ExpressionError(f"表达式超过{LONGEST}字", text=text[:80], column=1)
    depth = 0
    for column, char in enumerate(text, 1):
        depth += (char in "([") - (char in ")]")
        if depth > DEEPEST:
            raise ExpressionError(f"括号嵌套超过{DEEPEST}层", text=text, column=column)
    try:
        tree = _lark().parse(text)
    except UnexpectedCharacters as error:
        at = error.pos_in_stream or 0
        hint = _HINTS.get(text[at], "请检查拼写，文字须用半角引号括起")
        message = f"这里不能出现“{text[at]}”，{hint}"
        raise ExpressionError(message, text=text, column=at + 1) from None
    except UnexpectedToken as error:
        raise _unexpected(error.token, text) from None
    _refuse_depth(tree, text)
    return tree


def _unexpected(token: Token, text: str) -> ExpressionError:
    if token.type == "$END":
        return ExpressionError("表达式没有写完", text=text, column=len(text) + 1)
    start = token.start_pos or 0
    before = _LAST_WORD.search(text[:start])
    if before is not None and (hint := operator_for(before[1])):
        column = before.start() + 1
        return ExpressionError(f"这里不能出现“{before[1]}”{hint}", text=text, column=column)
    hint = operator_for(str(token)) or "，请检查运算符和括号"
    return ExpressionError(f"这里不能出现“{token}”{hint}", text=text, column=start + 1)


def _refuse_depth(tree: Syntax, text: str) -> None:
    """Refuse what would exhaust the stack of whoever walks the tree."""
    level, depth = [tree], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            start = 0 if level[0].meta.empty else level[0].meta.start_pos
            raise ExpressionError(f"嵌套超过{DEEPEST}层", text=text, column=start + 1)
        level = [child for node in level for child in node.children if isinstance(child, Tree)]
