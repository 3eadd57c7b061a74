"""Text to syntax: lark's LALR parser over `grammar.lark`, with errors a lawyer can follow."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedToken

from engine.errors import ExpressionError

Syntax = Tree[Token]

LONGEST: Final = 20_000
"""Characters an expression may have."""

DEEPEST: Final = 100
"""Brackets an expression may nest."""

_HINTS: Final = {
    "=": "比较相等请写 ==",
    "&": "“并且”请写 &&",
    "|": "“或者”请写 ||",
    "（": "括号请用半角 (",
    "）": "括号请用半角 )",
    "，": "逗号请用半角 ,",
    "“": "文字请用半角引号 '…'",
    "‘": "文字请用半角引号 '…'",
    "、": "列举请用半角逗号 ,",
}
_WORDS: Final = {"and": "&&", "or": "||", "not": "!", "AND": "&&", "OR": "||", "NOT": "!"}


@cache
def _lark() -> Lark:
    grammar = (Path(__file__).parent / "grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", propagate_positions=True, maybe_placeholders=False)


def parse(text: str) -> Syntax:
    """The syntax of `text`.

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
        return _lark().parse(text)
    except UnexpectedCharacters as error:
        at = error.pos_in_stream or 0
        hint = _HINTS.get(text[at], "请检查拼写，文字须用半角引号括起")
        message = f"这里不能出现“{text[at]}”，{hint}"
        raise ExpressionError(message, text=text, column=at + 1) from None
    except UnexpectedEOF:
        raise ExpressionError("表达式没有写完", text=text, column=len(text) + 1) from None
    except UnexpectedToken as error:
        if error.token.type == "$END":
            raise ExpressionError("表达式没有写完", text=text, column=len(text) + 1) from None
        found = str(error.token)
        hint = f"，请写 {_WORDS[found]}" if found in _WORDS else "，请检查运算符和括号"
        column = (error.token.start_pos or 0) + 1
        raise ExpressionError(f"这里不能出现“{found}”{hint}", text=text, column=column) from None
