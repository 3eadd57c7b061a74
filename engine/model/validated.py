"""What a YAML file of ours holds as a model: the first error with its line, and in Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, TypeVar, get_args

from pydantic import BaseModel, RootModel, ValidationError
from pydantic_core import ErrorDetails

from engine.model.errors import InvalidRulesetError, nearest
from engine.model.strict_yaml import YamlList, YamlMap
from engine.model.wrong_values import CHOICES, choices, expected

_Model = TypeVar("_Model", bound=BaseModel)

_IN_YAML: Final[Mapping[str, str]] = {
    "须是文字": "；数字、日期、true、false 请加引号",
    "须是清单": "（每项前加 - ，或写成 [ , ]）",
}
"""How to write it in YAML."""


def validate(model: type[_Model], value: object, file: str) -> _Model:
    """`value` as a `model`; its first error as `InvalidRulesetError` with line and spelling."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        details = error.errors(include_url=False)
    # A misspelt key also leaves the right one missing: the misspelling says more.
    first = min(details, key=lambda detail: detail["type"] != "extra_forbidden")
    line, key = _where(value, first["loc"])
    message = _message(model, first)
    if len(details) > 1:
        message += f"（本文件另有{len(details) - 1}处错误）"
    raise InvalidRulesetError(message, file=file, line=line, key=key)


def _message(model: type[BaseModel], error: ErrorDetails) -> str:
    kind = error["type"]
    word = str(error["loc"][-1]) if error["loc"] else ""
    if kind == "extra_forbidden":
        return f"没有“{word}”这一项" + nearest(word, _names(model, error["loc"][:-1]))
    if kind in CHOICES:
        found = str(error["input"])
        return f"不能是“{found}”，{expected(error)}" + nearest(found, choices(error))
    said = expected(error)
    return said + _IN_YAML.get(said, "")


def _where(value: object, loc: Iterable[int | str]) -> tuple[int | None, str]:
    """The line of the deepest part of `loc` that stands in the file, and its dotted key."""
    line = value.line if isinstance(value, (YamlMap, YamlList)) else 1
    key: list[str] = []
    for step in loc:
        if isinstance(value, YamlMap) and step in value:
            line, value = value.lines[str(step)], value[str(step)]
        elif isinstance(value, YamlList) and isinstance(step, int) and step < len(value):
            line, value = value.lines[step], value[step]
            step = step + 1  # noqa: PLW2901 - people count from one
        elif not isinstance(value, YamlMap) or isinstance(step, int) or step == "[key]":
            continue
        key.append(str(step))
    return line, ".".join(key)


def _names(model: type[BaseModel], loc: Iterable[int | str]) -> list[str]:
    """The keys that stand at `loc` of `model`."""
    models = _models(model)
    for step in loc:
        below = [
            info.annotation
            for candidate in models
            for name, info in candidate.model_fields.items()
            if step in (name, info.alias)
        ]
        if below:
            models = [m for annotation in below for m in _models(annotation)]
    return [
        info.alias or name for candidate in models for name, info in candidate.model_fields.items()
    ]


def _models(annotation: object) -> list[type[BaseModel]]:
    """Every model within a type annotation."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if issubclass(annotation, RootModel):
            return _models(annotation.model_fields["root"].annotation)
        return [annotation]
    return [model for part in get_args(annotation) for model in _models(part)]
