"""YAML ledgers and settings: every scalar as its text.

`no`, `012`, `1:30` and `2024-13-01` stay what the office wrote; the field's type reads them.
"""

from __future__ import annotations

from typing import Final

from engine.model.errors import YamlError
from engine.model.regex import regex
from engine.model.strict_yaml import read_yaml
from facts.files.decode import decode
from facts.files.refused import RefusedError

MAX_TEXT: Final = 4_000_000
_KEYED: Final = regex(r"^(\s*(?:- )?)([\w一-鿿]+)\s*(：|:(?=[^\s/:]))(.*)$")
"""A key at the beginning of a line with a colon that YAML doesn't take for one."""

_NULLS: Final = ("", "~", "null", "Null", "NULL")


def parse_yaml(data: bytes) -> tuple[object, str]:
    """The document and its encoding. Raises RefusedError with the line."""
    text, encoding = decode(data)
    return parse_yaml_text(text), encoding


def parse_yaml_text(text: str) -> object:
    """The document as mappings, lists and text. Raises RefusedError with the line."""
    if len(text) > MAX_TEXT:
        raise RefusedError(f"YAML 超过{MAX_TEXT}字，没有读取；请改用 csv 或 xlsx，或拆分")
    try:
        return read_yaml(text, _as_written)
    except YamlError as error:
        raise RefusedError(wrong_colon(text) or str(error)) from error


def wrong_colon(text: str) -> str:
    """The first key with a colon that is none for YAML, and how to mend it; "" of none."""
    for number, line in enumerate(text.splitlines(), 1):
        said = mended(line)
        if said:
            return f"第{number}行{said}"
    return ""


def mended(line: str) -> str:
    """How to mend a line whose colon is a full-width one or has no space behind it; else ""."""
    found = _KEYED.match(line)
    if found is None:
        return ""
    start, key, colon, value = found.groups()
    fault = "是全角的" if colon == "：" else "后面没有空格"
    rest = "…" if value.strip() else ""  # it may be somebody's name
    written, better = f"{start}{key}{colon}{rest}".strip(), f"{start}{key}: {rest}".strip()
    return f"“{written}”：冒号{fault}，请改成“{better}”（英文冒号，空一格）"


def _as_written(text: str) -> str | None:
    return None if text in _NULLS else text
