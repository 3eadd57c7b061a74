"""What pydantic finds wrong, in Chinese: where it stands, what was found, what was expected."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails, from_json

from engine.model.regex import regex

_LIST: Final = "须是清单"
_KEYS: Final = "须是“键: 值”"
_DATE: Final = "须是日期，如 2024-05-01"
_EXPECTED: Final[Mapping[str, str]] = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项",
    "string_type": "须是文字",
    **dict.fromkeys(("bool_type", "bool_parsing"), "须是 true 或 false"),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), "须是整数"),
    **dict.fromkeys(("decimal_type", "decimal_parsing", "float_type", "float_parsing"), "须是数"),
    **dict.fromkeys(
        ("finite_number", "decimal_not_finite", "int_parsing_size"), "须是平常大小的数"
    ),
    **dict.fromkeys(("date_type", "date_parsing", "date_from_datetime_parsing"), _DATE),
    **dict.fromkeys(
        ("datetime_type", "datetime_parsing", "datetime_from_date_parsing"),
        "须是日期和时间，如 2024-05-01T09:30:00",
    ),
    **dict.fromkeys(("tuple_type", "list_type", "set_type", "frozen_set_type"), _LIST),
    **dict.fromkeys(
        ("dict_type", "mapping_type", "model_type", "model_attributes_type", "dataclass_type"),
        _KEYS,
    ),
    "string_pattern_mismatch": "写法不对，须用小写英文字母、数字、下划线，以字母开头",
    **dict.fromkeys(("too_short", "string_too_short"), "不能是空的"),
    "none_required": "须是 null",
}
"""By pydantic's name of an error; the one table of them."""

CHOICES: Final = ("literal_error", "enum")
"""The errors of a value that is none of those allowed."""
_BOUNDS: Final = {"gt": "须大于", "ge": "不能小于", "lt": "须小于", "le": "不能大于"}
_ELSE: Final = "取值不对"
_AT: Final = regex("line ([0-9]+) column ([0-9]+)")
_QUOTED: Final = regex("'([^']*)'")
_SHOWN: Final = 30


def expected(error: ErrorDetails) -> str:
    """What was expected instead."""
    kind, context = error["type"], error.get("ctx", {})
    if kind == "value_error":
        return str(context.get("error", _ELSE))
    if kind in CHOICES:
        return "只能是：" + "、".join(choices(error))
    bounds = [f"{said}{context[name]}" for name, said in _BOUNDS.items() if name in context]
    return _EXPECTED.get(kind, "，".join(bounds) or _ELSE)


def choices(error: ErrorDetails) -> list[str]:
    """The values that are allowed."""
    return _QUOTED.findall(str(error.get("ctx", {}).get("expected", "")))


def wrong_json(error: ValidationError, text: str) -> str:
    """The first thing wrong with a JSON text: its place, what stands there, what should."""
    first = error.errors(include_url=False)[0]
    if first["type"] == "json_invalid":
        at = _AT.search(str(first.get("ctx", {}).get("error", "")))
        place = f"（第{at[1]}行第{at[2]}个字符处断了）" if at else ""
        return f"不是完整的 json{place}"
    place = _place(from_json(text), first["loc"])
    where = f"“{place}”" if place else "最外一层"
    if first["type"] in ("missing", "extra_forbidden"):
        word = first["loc"][-1] if first["loc"] else ""
        verb = "缺少" if first["type"] == "missing" else "没有"
        inner = place.removesuffix(f".{word}") if place != str(word) else ""
        return f"{f'“{inner}”里' if inner else ''}{verb}“{word}”这一项"
    return f"{where}写的是“{_shown(first['input'])}”，{expected(first)}"


def _place(value: object, loc: Iterable[int | str]) -> str:
    """The path in the text; of a union the branches are left out. People count from one."""
    said = ""
    for step in loc:
        if isinstance(value, dict) and step in value:
            value = value[step]
            said += f".{step}"
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
            said += f"[{step + 1}]"
    return said.removeprefix(".")


def _shown(value: object) -> str:
    said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"
