"""A loaded ruleset as bytes and back, under a stamp of everything that it was made from.

Reading YAML, typing expressions and writing rules and queries for the engines takes most of the
time of a check; what comes of it changes only with the files of rulesets, record types and the
engine itself.
"""

from __future__ import annotations

import datetime as dt
import gc
import hashlib
import io
import pickle  # `_Reader` makes values of ours and nothing else
import platform
import sys
from collections.abc import Mapping
from dataclasses import is_dataclass
from decimal import Decimal
from enum import Enum
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Final

import pydantic

from engine.model.schema import Schema
from engine.model.strict_yaml import YamlList, YamlMap
from engine.model.values import ABSENT
from engine.ruleset import derived
from engine.ruleset.model import Ruleset

_LIBRARIES: Final = ("duckdb", "lark", "pydantic", "sqlglot")
"""What the stored ruleset and its queries were made with."""

_SOURCES: Final = frozenset({".yaml", ".yml", ".py", ".lark"})
_DIGEST: Final = hashlib.sha256().digest_size
_PLAIN: Final[Mapping[tuple[str, str], object]] = {
    ("builtins", "frozenset"): frozenset,
    ("builtins", "set"): set,
    ("datetime", "date"): dt.date,
    ("datetime", "datetime"): dt.datetime,
    ("decimal", "Decimal"): Decimal,
    ("engine.model.values", "ABSENT"): ABSENT,
}


def stamp(
    folders: Mapping[str, Path], texts: Mapping[str, Mapping[str, str]] | None = None
) -> bytes:
    """A digest of every source file in `folders` by its name, and of what reads them.

    `texts` holds files that were read already, by the name of their folder.
    """
    digest = hashlib.sha256()
    made_with = sys.version, platform.machine(), *map(version, _LIBRARIES)
    digest.update("\0".join([*made_with, ""]).encode())
    for title, folder in sorted(folders.items()):
        for path in sorted(folder.rglob("*.*")):
            if path.suffix in _SOURCES:
                content = path.read_bytes()
                name = f"{title}/{path.relative_to(folder).as_posix()}"
                digest.update(f"{name}\0{len(content)}\0".encode())
                digest.update(content)
    for title, files in (texts or {}).items():
        for name, text in sorted(files.items()):
            content = text.encode()
            digest.update(f"local/{title}/{name}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.digest()


def dump(ruleset: Ruleset, key: bytes) -> bytes:
    """The ruleset, and what was worked out from it, as bytes that `load` takes with this `key`."""
    worked = derived.entries(ruleset.requirements.values(), ruleset.schema)
    body = pickle.dumps((ruleset, worked), protocol=5)
    return key + hashlib.sha256(body).digest() + body


def load(content: bytes, key: bytes) -> Ruleset | None:
    """The ruleset stored in `content`; None where it is damaged, foreign or of another stamp.

    What was worked out from it is remembered again.
    """
    head, check, body = content[:_DIGEST], content[_DIGEST : 2 * _DIGEST], content[2 * _DIGEST :]
    if head != key or check != hashlib.sha256(body).digest():
        return None
    collecting = gc.isenabled()
    gc.disable()  # a hundred thousand new objects, none of them garbage: four times as fast
    try:
        found = _Reader(io.BytesIO(body)).load()
    except Exception:  # noqa: BLE001 - bytes made by someone else may fail in any way
        return None
    finally:
        if collecting:
            gc.enable()
    match found:
        case (Ruleset() as ruleset, list(worked)):
            derived.remember(worked)
            return ruleset
        case _:
            return None


class _Reader(pickle.Unpickler):
    """Makes our own values, enumerations and models, and days and numbers; calls nothing else."""

    def find_class(self, module: str, name: str) -> object:
        """The class called `name`. Raises `pickle.UnpicklingError` for any other thing."""
        if (module, name) in _PLAIN:
            return _PLAIN[module, name]
        if module.partition(".")[0] == "engine":
            found = getattr(import_module(module), name, None)
            if isinstance(found, type) and found.__module__ == module and _is_data(found):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def _is_data(found: type) -> bool:
    made = (pydantic.BaseModel, Enum, Schema, YamlMap, YamlList)
    return issubclass(found, made) or is_dataclass(found)
