"""JSON ledgers: strict, since a silent default here would be a false fact later."""

from __future__ import annotations

import json
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from typing import Final

from facts.files.decode import decode
from facts.files.refused import RefusedError

MAX_DEPTH: Final = 50
_MAX_DIGITS: Final = 40


def parse_json(data: bytes) -> tuple[object, str]:
    """The document and its encoding. Raises RefusedError with line and column.

    Refused: duplicate keys, NaN and Infinity, numbers of more than 40 digits, depth over 50.
    """
    text, encoding = decode(data)
    _check_depth(text)

    def whole(digits: str) -> object:
        return int(digits) if len(digits) <= _MAX_DIGITS else _refuse_number(text, digits)

    def decimal(digits: str) -> object:
        with suppress(InvalidOperation):  # an exponent that no number has
            number = Decimal(digits) if len(digits) <= _MAX_DIGITS else None
            if number is not None and abs(number.adjusted()) <= _MAX_DIGITS:
                return number
        return _refuse_number(text, digits)

    def constant(name: str) -> object:
        raise RefusedError(f"{_place(text, text.find(name))}：不接受 {name}")

    def pairs(items: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(items)
        if len(found) < len(items):
            seen: set[str] = set()
            name = next(key for key, _ in items if key in seen or seen.add(key))  # type: ignore[func-returns-value]
            mark = json.dumps(name, ensure_ascii=False)
            second = text.find(mark, text.find(mark) + 1)
            raise RefusedError(f"{_place(text, second)}：键“{name[:60]}”重复")
        return found

    try:
        content: object = json.loads(
            text,
            parse_int=whole,
            parse_float=decimal,
            parse_constant=constant,
            object_pairs_hook=pairs,
        )
    except json.JSONDecodeError as error:
        raise RefusedError(
            f"第{error.lineno}行第{error.colno}列：不是正确的 JSON（{error.msg}）"
        ) from error
    _check_whole(content, text)
    return content, encoding


def _check_whole(content: object, text: str) -> None:
    """Refuse an escape for one half of a character: nothing could write it out again."""
    try:
        json.dumps(content, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError as error:
        half = f"\\u{ord(error.object[error.start]):04x}"
        place = _place(text, text.lower().find(half))
        raise RefusedError(f"{place}：“{half}”只是半个字符，没有读取") from None


def _refuse_number(text: str, digits: str) -> object:
    raise RefusedError(f"{_place(text, text.find(digits))}：数字超过{_MAX_DIGITS}位，没有读取")


def _place(text: str, at: int) -> str:
    if at < 0:
        return "JSON"
    line = text.count("\n", 0, at) + 1
    return f"第{line}行第{at - text.rfind(chr(10), 0, at)}列"


def _check_depth(text: str) -> None:
    depth, quoted, escaped = 0, False, False
    for at, char in enumerate(text):
        if quoted:
            if escaped:
                escaped = False
            elif char == "\\":
                escaped = True
            elif char == '"':
                quoted = False
        elif char == '"':
            quoted = True
        elif char in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise RefusedError(f"{_place(text, at)}：嵌套超过{MAX_DEPTH}层")
        elif char in "]}":
            depth -= 1
