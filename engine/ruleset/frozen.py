"""Values of ours as JSON and back: what they are, which is data, and nothing that runs.

Every value that is more than a text or a truth value is a node; a node names those it holds by
their numbers, so that what is one thing to two others stays one. A node comes after all that it
holds.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from importlib import import_module
from typing import Any, Final, Generic, TypeVar, cast

import pydantic

from engine.model.schema import Schema
from engine.model.strict_yaml import YamlList, YamlMap
from engine.model.values import ABSENT

_OURS: Final = "engine"
_MODEL_STATE: Final = (
    "__dict__",
    "__pydantic_fields_set__",
    "__pydantic_extra__",
    "__pydantic_private__",
)
_SCALARS: Final = (type(None), bool, float, str)

_Held = TypeVar("_Held")


class Later(Generic[_Held]):
    """A value that most runs have no need of: once stored, it is thawed when first asked for.

    What it holds is frozen by itself: it shares nothing with what holds it.
    """

    __slots__ = ("_frozen", "_value")

    def __init__(self, value: _Held | None, text: str = "") -> None:
        """Of a value, or of the text that `frozen` wrote of one."""
        self._value, self._frozen = value, text

    @property
    def value(self) -> _Held:
        """What it holds. Raises any error for a text that `frozen` didn't write."""
        if self._frozen:
            self._value, self._frozen = cast("_Held", thawed(self._frozen.encode())), ""
        return cast("_Held", self._value)

    def text(self) -> str:
        """What it holds as `frozen` writes it, without thawing it first."""
        return self._frozen or frozen(self._value).decode()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Later) and self.value == other.value

    def __hash__(self) -> int:
        return hash(Later)


_BUILT: Final[Mapping[str, Callable[[list[Any]], object]]] = {
    "list": lambda parts: parts,
    "int": lambda parts: int(*parts),
    "tuple": tuple,
    "set": set,
    "frozenset": frozenset,
    "dict": lambda parts: dict(zip(parts[::2], parts[1::2], strict=True)),
    "date": lambda parts: dt.date.fromisoformat(*parts),
    "datetime": lambda parts: dt.datetime.fromisoformat(*parts),
    "Decimal": lambda parts: Decimal(*parts),
    "absent": lambda _: ABSENT,
    "later": lambda parts: Later(None, *parts),
}


class NotOursError(ValueError):
    """A value, or the name of a class, that is none of ours."""


def frozen(value: object) -> bytes:
    """The value as JSON. Raises `NotOursError` for what is no data of ours."""
    writer = _Writer()
    top = writer.part(value)
    return json.dumps([writer.classes, writer.nodes, top], separators=(",", ":")).encode()


def thawed(data: bytes) -> object:
    """The value that was frozen. Raises any error for bytes that `frozen` didn't write."""
    classes, nodes, top = json.loads(data)
    made: list[object] = []
    makers = [_maker(_class(name)) for name in classes]
    for kind, *held in nodes:
        parts = [made[part] if type(part) is int else part for part in held]
        made.append(_BUILT[kind](parts) if type(kind) is str else makers[kind](parts))
    return made[top] if type(top) is int else top


class _Writer:
    """The nodes written so far."""

    def __init__(self) -> None:
        self.nodes: list[list[object]] = []
        self.classes: dict[str, int] = {}
        self._places: dict[int, int] = {}
        self._kept: list[object] = []  # an object of no name may leave its place to another

    def part(self, value: object) -> object:
        """The value as it stands in a node: itself, or the number of its own."""
        if type(value) in _SCALARS:
            return value
        place = self._places.get(id(value))
        if place is None:
            kind, held = self._taken_apart(value)
            self.nodes.append([kind, *map(self.part, held)])
            place = self._places[id(value)] = len(self.nodes) - 1
            self._kept.append(value)
        return place

    def _taken_apart(self, value: Any) -> tuple[str | int, Sequence[object]]:  # noqa: ANN401
        match value:
            case _ if value is ABSENT:
                return "absent", ()
            case Later():
                return "later", (value.text(),)
            case int() | Decimal() if type(value) in (int, Decimal):
                return type(value).__name__, (str(value),)
            case dt.datetime() | dt.date():
                return type(value).__name__, (value.isoformat(),)
            case Enum():
                return self._of(value), (value.name,)
            case YamlMap() | YamlList():
                plain = dict(value) if isinstance(value, YamlMap) else list(value)
                return self._of(value), (plain, vars(value))
            case pydantic.BaseModel():
                return self._of(value), [value.__getstate__()[name] for name in _MODEL_STATE]
            case Schema():
                return self._of(value), (vars(value),)
            case _ if is_dataclass(value):
                names = [field.name for field in fields(value)]
                return self._of(value), [getattr(value, name) for name in names]
            case dict() if type(value) is dict:
                return "dict", [part for item in value.items() for part in item]
            case list() if type(value) is list:
                return "list", value
            case tuple() | set() | frozenset() if type(value).__name__ in _BUILT:
                return type(value).__name__, tuple(value)
        raise NotOursError(f"{type(value).__module__}.{type(value).__qualname__}")

    def _of(self, value: object) -> int:
        name = f"{type(value).__module__}.{type(value).__qualname__}"
        _class(name)
        return self.classes.setdefault(name, len(self.classes))


def _maker(of: Any) -> Callable[[list[Any]], object]:  # noqa: ANN401 - any class of ours
    """What makes a value of a class from its parts, as `_taken_apart` has them."""
    if issubclass(of, Enum):
        return lambda parts: of[parts[0]]
    if issubclass(of, pydantic.BaseModel):
        state = _MODEL_STATE
        return lambda parts: _restored(
            of, lambda made: made.__setstate__(dict(zip(state, parts, strict=True)))
        )
    if issubclass(of, Schema):
        return lambda parts: _restored(of, lambda made: vars(made).update(parts[0]))
    if issubclass(of, YamlMap | YamlList):

        def filled(parts: list[Any]) -> object:
            made = of.__new__(of)
            (made.update if isinstance(made, YamlMap) else made.extend)(parts[0])
            vars(made).update(parts[1])
            return made

        return filled
    names = [field.name for field in fields(of)]
    put = object.__setattr__  # a frozen value has no other way

    def made(parts: list[Any]) -> object:
        value = of.__new__(of)
        for name, part in zip(names, parts, strict=True):
            put(value, name, part)
        return value

    return made


def _restored(of: Any, restore: Callable[[Any], object]) -> object:  # noqa: ANN401
    made = of.__new__(of)
    restore(made)
    return made


@cache
def _class(name: str) -> type:
    """The class of data of ours that is so called. Raises `NotOursError`."""
    module, _, own = name.rpartition(".")
    found = getattr(import_module(module), own, None) if module.split(".")[0] == _OURS else None
    kinds = (pydantic.BaseModel, Enum, Schema, YamlMap, YamlList)
    if not isinstance(found, type) or found.__module__ != module:
        raise NotOursError(name)
    if not (issubclass(found, kinds) or is_dataclass(found)):
        raise NotOursError(name)
    return found
