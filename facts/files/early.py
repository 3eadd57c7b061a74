"""What may be read of a folder before its settings are, while the program still starts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from facts.files.names import BOOK_SUFFIXES, NAMES, YAML_NAMES
from facts.files.open import MIB, Found, read_bytes, walk
from facts.files.refused import RefusedError

_SMALL: Final = 2 * MIB
"""A larger ledger would keep what is asked for waiting."""

_SUFFIXES: Final = BOOK_SUFFIXES | {".json"}
"""YAML may as well be a rule, or the settings themselves."""

_IGNORE: Final = b"ignore"
"""The setting that names files which nobody may open."""


def early_ledgers(folder: Path) -> Iterator[tuple[Found, bytes]]:
    """The small ledgers of a folder with their bytes, in order; none if any may be left alone."""
    walked, _ = walk(folder)
    if any(_leaves_alone(found) for found in walked if found.path in NAMES):
        return
    for found in walked:
        if found.suffix in _SUFFIXES:
            try:
                data = read_bytes(found, _SMALL)
            except RefusedError:
                continue  # told when it is asked for
            yield found, data


def _leaves_alone(settings: Found) -> bool:
    """Whether the settings may name files to leave alone: a sheet can't be looked into here."""
    if settings.path not in YAML_NAMES:
        return True
    try:
        data = read_bytes(settings, _SMALL)
    except RefusedError:
        return True
    return _IGNORE in data or b"\x00" in data
