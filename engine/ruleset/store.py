"""A loaded ruleset as bytes and back, under a stamp of everything that it was made from.

Reading YAML, typing expressions and writing rules and queries for the engines takes most of the
time of a check; what comes of it changes only with the files of rulesets, record types and the
engine itself.
"""

from __future__ import annotations

import gc
import hashlib
import os
import platform
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from engine.model.shipped import installed, shipped_bytes, shipped_files
from engine.ruleset import derived
from engine.ruleset.frozen import frozen, thawed
from engine.ruleset.model import Ruleset

_LIBRARIES: Final = ("duckdb", "lark", "pydantic", "sqlglot")
"""What the stored ruleset and its queries were made with."""

_SOURCES: Final = (".yaml", ".yml", ".py", ".lark")
_BYTES: Final = "surrogateescape"
"""A file's name may be bytes that are no text; they count as they are."""

_DIGEST: Final = hashlib.sha256().digest_size


def stamp(
    folders: Mapping[str, Path], texts: Mapping[str, Mapping[str, str]] | None = None
) -> bytes:
    """A digest of every source file in `folders` by its name, and of what reads them.

    `texts` holds files that were read already, by the name of their folder.
    """
    digest = hashlib.sha256()
    made_with = sys.version, platform.machine(), *map(installed, _LIBRARIES)
    digest.update("\0".join([*made_with, ""]).encode())
    for title, folder in sorted(folders.items()):
        for path in shipped_files(folder):
            if path.suffix in _SOURCES:
                content = shipped_bytes(path)
                name = title + str(path).removeprefix(str(folder)).replace(os.sep, "/")
                digest.update(f"{name}\0{len(content)}\0".encode(errors=_BYTES))
                digest.update(content)
    for title, files in (texts or {}).items():
        for name, text in sorted(files.items()):
            content = text.encode()
            digest.update(f"local/{title}/{name}\0{len(content)}\0".encode(errors=_BYTES))
            digest.update(content)
    return digest.digest()


def dump(ruleset: Ruleset, key: bytes) -> bytes:
    """The ruleset, and what was worked out from it, as bytes that `load` takes with this `key`."""
    worked = derived.entries(ruleset.requirements.values(), ruleset.schema)
    body = frozen([ruleset, worked])
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
        found = thawed(body)
    except Exception:  # noqa: BLE001 - bytes made by someone else may fail in any way
        return None
    finally:
        if collecting:
            gc.enable()
    match found:
        case [Ruleset() as ruleset, list(worked)]:
            derived.remember(worked)
            return ruleset
        case _:
            return None
