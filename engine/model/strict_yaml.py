"""The one reader of YAML: strict, with a line for every key, and errors in Chinese.

Keys are always text. Duplicate keys, anchors, aliases, merge keys, tags and second documents are
refused. Scalars in quotes are text; what plain ones are, whoever reads says. In our own files they
are read as little as possible: see `typed`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final, NoReturn, TypeAlias

import yaml

from engine.model.errors import InvalidRulesetError, YamlError
from engine.model.regex import regex

MAX_DEPTH: Final = 50
"""Nesting deeper than this is refused."""

MAX_DIGITS: Final = 18
"""Plain numbers with more digits are refused; in quotes they are text."""

_NUMBER: Final = regex(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?")
_DATE: Final = regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS: Final[Mapping[str, bool | None]] = {"true": True, "false": False, "null": None, "": None}

Plain: TypeAlias = "bool | int | Decimal | str | dt.date | YamlMap | YamlList | None"
"""What a YAML file can hold."""


class YamlMap(dict[str, "Plain"]):
    """A mapping that knows its own line and the line of each key, counted from 1."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class YamlList(list["Plain"]):
    """A list that knows its own line and the line of each element, counted from 1."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: list[int] = []


def load_yaml(text: str, file: str) -> Plain:
    """The content of a YAML text; mappings and lists carry line numbers.

    Raises `InvalidRulesetError` with `file` and line for whatever is not strict YAML.
    """
    try:
        return read_yaml(text, typed)
    except YamlError as error:
        raise InvalidRulesetError(error.reason, file=file, line=error.line, key=error.key) from None


def read_yaml(text: str, plain: Callable[[str], Plain]) -> Plain:
    """The content of a YAML text, each scalar without quotes as `plain` reads it.

    Mappings and lists carry line numbers. Raises `YamlError` with the line for whatever is not
    strict YAML; where `plain` raises `ValueError`, with its words.
    """
    reader = _Reader(plain)
    try:
        for event in yaml.parse(text.removeprefix("\ufeff"), Loader=_loader()):
            reader.read(event)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else None
        raise YamlError("不是规范的 YAML，请检查缩进、冒号后的空格和引号", line) from None
    return reader.value


def typed(text: str) -> Plain:
    """What a plain scalar of our own files is.

    `true`/`false`, decimal whole numbers, decimal fractions (as `Decimal`), `null` or nothing, and
    ISO dates; everything else is the text it is: `no`, `012`, `1:30`, `1e5`, `2024-13-01`. Raises
    `ValueError` for numbers too long to be any but codes.
    """
    if text in _WORDS:
        return _WORDS[text]
    if match := _NUMBER.fullmatch(text):
        if len(text) > MAX_DIGITS:
            raise ValueError("数字太长；编号请加引号")
        return Decimal(text) if match[1] else int(text)
    if _DATE.fullmatch(text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            return text
    return text


def _loader() -> Any:  # noqa: ANN401 - the C loader has no common base with the Python one
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Reader:
    """Builds the value out of parser events, so that anchors and aliases are seen."""

    def __init__(self, plain: Callable[[str], Plain]) -> None:
        self.plain = plain
        self.value: Plain = None
        self.documents = 0
        self.open: list[YamlMap | YamlList] = []
        self.keys: list[str | None] = []

    def refuse(self, message: str, line: int, key: str = "") -> NoReturn:
        """Raise an error at `line`."""
        raise YamlError(message, line, key)

    def read(self, event: Any) -> None:  # noqa: ANN401 - the events of the C parser are untyped
        """Take one event."""
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            self.refuse("不能用别名（*）", line)
        if getattr(event, "anchor", None) is not None:
            self.refuse("不能用锚点（&）", line)
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.refuse("一个文件只能有一份内容（多余的 ---）", line)
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            if event.tag is not None:
                self.refuse(f"不能用标签（{event.tag}）", line)
            made = YamlMap(line) if isinstance(event, yaml.MappingStartEvent) else YamlList(line)
            self._put(made, line)
            self.open.append(made)
            self.keys.append(None)
            if len(self.open) > MAX_DEPTH:
                self.refuse(f"嵌套超过{MAX_DEPTH}层", line)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self.open.pop()
            self.keys.pop()

    def _scalar(self, event: Any, line: int) -> None:  # noqa: ANN401 - see `read`
        plain_style = event.implicit[0]
        if event.tag is not None:
            self.refuse(f"不能用标签（{event.tag}）", line)
        target = self.open[-1] if self.open else None
        if isinstance(target, YamlMap) and self.keys[-1] is None:
            self._key(target, event.value, line, plain=plain_style)
        else:
            try:
                value = self.plain(event.value) if plain_style else event.value
            except ValueError as error:
                self.refuse(str(error), line)
            self._put(value, line)

    def _key(self, target: YamlMap, key: str, line: int, *, plain: bool) -> None:
        if plain and key == "<<":
            self.refuse("不能用合并键（<<）", line)
        if not key:
            self.refuse("键是空的", line)
        if key in target.lines:
            self.refuse(f"键重复，第{target.lines[key]}行已有", line, key)
        target.lines[key] = line
        self.keys[-1] = key

    def _put(self, value: Plain, line: int) -> None:
        if not self.open:
            self.value = value
            return
        target = self.open[-1]
        if isinstance(target, YamlList):
            target.append(value)
            target.lines.append(line)
            return
        key = self.keys[-1]
        if key is None:
            self.refuse("键须是文字", line)
        target[key] = value
        self.keys[-1] = None
