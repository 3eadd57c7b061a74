"""Values of ours as JSON and back: what they are, which is data, and nothing that runs.

Every value that is more than a text or a truth value is a node; a node names those it holds by
their numbers, so that what is one thing to two others stays one, and what is two stays two: lint
tells places in expressions apart by that. Of Python's own values that can't change, equal ones
become one. A node comes after all that it holds. Defaults aren't written. What is for later
stands behind the JSON, each by itself: who doesn't ask for it doesn't unpack it.
"""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
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
_SCALARS: Final = (type(None), bool, float, str)
_LENGTH: Final = 4
"""Bytes that say how long the JSON is."""
_HALF: Final = "surrogatepass"
"""A file's name may hold half a character, and so what was read of it."""

_Held = TypeVar("_Held")


class Later(Generic[_Held]):
    """A value that most runs have no need of: once stored, it is thawed when first asked for.

    What it holds is frozen by itself: it shares nothing with what holds it.
    """

    __slots__ = ("_frozen", "_thawed", "_value")

    def __init__(self, value: _Held | None, data: bytes = b"") -> None:
        """Of a value, or of the bytes that `frozen` made of one."""
        self._value, self._frozen, self._thawed = value, data, not data

    @property
    def value(self) -> _Held:
        """What it holds. Raises any error for bytes that `frozen` didn't write."""
        if not self._thawed:
            self._value, self._thawed = cast("_Held", thawed(self._frozen)), True
        return cast("_Held", self._value)

    def data(self) -> bytes:
        """What it holds as `frozen` writes it: written once, and not thawed for that."""
        self._frozen = self._frozen or frozen(self._value)
        return self._frozen

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
}
_UNCHANGING: Final = ("int", "tuple", "frozenset", "date", "datetime", "Decimal")
_LATER: Final = "later"


class NotOursError(ValueError):
    """A value, or the name of a class, that is none of ours."""


def frozen(value: object) -> bytes:
    """The value as bytes. Raises `NotOursError` for what is no data of ours."""
    writer = _Writer()
    top = writer.part(value)
    content = [[kind.split() for kind in writer.kinds], writer.nodes, top]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    packed = zlib.compress(text.encode(errors=_HALF), 1)
    return len(packed).to_bytes(_LENGTH) + packed + b"".join(writer.later)


def thawed(data: bytes) -> object:
    """The value that was frozen. Raises any error for bytes that `frozen` didn't write."""
    start = _LENGTH + int.from_bytes(data[:_LENGTH])
    kinds, nodes, top = json.loads(zlib.decompress(data[_LENGTH:start]).decode(errors=_HALF))
    later = data[start:]
    made: list[object] = []
    makers = [_maker(_class(name), names) for name, *names in kinds]
    for kind, *held in nodes:
        parts = [made[part] if type(part) is int else part for part in held]
        if type(kind) is int:
            made.append(makers[kind](parts))
        elif kind == _LATER:
            made.append(Later(None, _cut(later, *map(int, held))))
        else:
            made.append(_BUILT[kind](parts))
    return made[top] if type(top) is int else top


def _cut(data: bytes, begin: int, end: int) -> bytes:
    if not 0 <= begin < end <= len(data):
        raise ValueError(end)
    return data[begin:end]


class _Writer:
    """The nodes written so far."""

    def __init__(self) -> None:
        self.nodes: list[list[object]] = []
        self.kinds: dict[str, int] = {}
        """Classes, each with the names of what its nodes hold where not all do."""
        self.later: list[bytes] = []
        self._written = 0
        self._places: dict[int, int] = {}
        self._equal: dict[str, int] = {}
        self._kept: list[object] = []  # an object of no name may leave its place to another

    def part(self, value: object) -> object:
        """The value as it stands in a node: itself, or the number of its own."""
        if type(value) in _SCALARS:
            return value
        place = self._places.get(id(value))
        if place is None:
            kind, held = self._taken_apart(value)
            node = [kind, *map(self.part, held)]
            place = len(self.nodes)
            if kind in _UNCHANGING:
                place = self._equal.setdefault(repr(node), place)  # 1 is neither True nor 1.0
            if place == len(self.nodes):
                self.nodes.append(node)
            self._places[id(value)] = place
            self._kept.append(value)
        return place

    def _taken_apart(self, value: Any) -> tuple[str | int, Sequence[object]]:  # noqa: ANN401
        match value:
            case _ if value is ABSENT:
                return "absent", ()
            case dict() if type(value) is dict:
                return "dict", [part for item in value.items() for part in item]
            case list() if type(value) is list:
                return "list", value
            case tuple() | set() | frozenset() if type(value).__name__ in _BUILT:
                return type(value).__name__, tuple(value)
            case Later():
                self.later.append(value.data())
                begin = self._written
                self._written += len(self.later[-1])
                return _LATER, (str(begin), str(self._written))
            case int() | Decimal() if type(value) in (int, Decimal):
                return type(value).__name__, (str(value),)
            case dt.datetime() | dt.date():
                return type(value).__name__, (value.isoformat(),)
            case Enum():
                return self._of(value), (value.name,)
            case YamlMap() | YamlList():
                plain = dict(value) if isinstance(value, YamlMap) else list(value)
                return self._of(value), (plain, vars(value))
            case Schema():
                return self._of(value), (vars(value),)
            case pydantic.BaseModel():
                left = _left_out(type(value))
                told = {
                    name: held
                    for name, held in vars(value).items()
                    if name in value.model_fields_set or held != left[name]
                }
                return self._of(value, told), list(told.values())
            case _ if is_dataclass(value):
                return self._of(value), _told(value)
        raise NotOursError(f"{type(value).__module__}.{type(value).__qualname__}")

    def _of(self, value: object, names: Iterable[str] = ()) -> int:
        name = f"{type(value).__module__}.{type(value).__qualname__}"
        _class(name)
        return self.kinds.setdefault(" ".join((name, *names)), len(self.kinds))


@cache
def _left_out(of: type[pydantic.BaseModel]) -> dict[str, object]:
    """What the fields of a model hold that are left out, in their order."""
    return {
        name: info.get_default(call_default_factory=True) for name, info in of.model_fields.items()
    }


def _told(value: Any) -> list[object]:  # noqa: ANN401 - any value of ours
    """What the fields of a value hold, up to those behind which all hold their defaults."""
    told = [getattr(value, field.name) for field in fields(value)]
    for field in reversed(fields(value)):
        made = field.default_factory
        default = field.default if made is MISSING else made()
        empty = type(told[-1]) is type(default) and not told[-1] and not default
        if not (empty or told[-1] is default):
            break
        told.pop()
    return told


def _maker(of: Any, names: Sequence[str]) -> Callable[[list[Any]], object]:  # noqa: ANN401
    """What makes a value of a class from its parts, as `_taken_apart` has them."""
    if issubclass(of, Enum):
        return lambda parts: of[parts[0]]
    if issubclass(of, Schema):
        return lambda parts: _restored(of, lambda made: vars(made).update(parts[0]))
    if issubclass(of, YamlMap | YamlList):

        def filled(parts: list[Any]) -> object:
            made = of.__new__(of)
            (made.update if isinstance(made, YamlMap) else made.extend)(parts[0])
            vars(made).update(parts[1])
            return made

        return filled
    if issubclass(of, pydantic.BaseModel):
        left = _left_out(of)

        def model(parts: list[Any]) -> object:
            made = of.__new__(of)
            state = {
                "__dict__": left | dict(zip(names, parts, strict=True)),
                "__pydantic_fields_set__": set(names),
                "__pydantic_extra__": None,
                "__pydantic_private__": None,
            }
            made.__setstate__(state)
            return made

        return model
    return lambda parts: of(*parts)


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
