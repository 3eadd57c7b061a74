"""YAML ledgers and settings: no aliases, no tags, no duplicate keys, every scalar as its text.

`no`, `012`, `1:30` and `2024-13-01` stay what the office wrote; the field's type reads them.
"""

from __future__ import annotations

from typing import Final

import yaml
from yaml.nodes import Node, ScalarNode, SequenceNode

from facts.files.open import RefusedError, decode

MAX_DEPTH: Final = 50
MAX_TEXT: Final = 4_000_000
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
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
        _check_events(text)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"第{mark.line + 1}行：" if mark is not None else ""
        raise RefusedError(f"{line}不是正确的 YAML") from error
    return None if node is None else _value(node)


def _check_events(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark is not None else 0
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise RefusedError(f"第{line}行：不接受 YAML 的锚点和别名（& *）")
        tag = getattr(event, "tag", None)
        if tag not in (None, "!"):
            raise RefusedError(f"第{line}行：不接受 YAML 标签“{tag}”")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise RefusedError(f"第{line}行：嵌套超过{MAX_DEPTH}层")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _value(node: Node) -> object:
    if isinstance(node, ScalarNode):
        text = str(node.value)
        return None if not node.style and text in _NULLS else text
    if isinstance(node, SequenceNode):
        return [_value(item) for item in node.value]
    found: dict[str, object] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, ScalarNode):
            raise RefusedError(f"第{line}行：键应为文字")
        if key.value in found:
            raise RefusedError(f"第{line}行：键“{key.value}”重复")
        found[str(key.value)] = _value(value)
    return found
