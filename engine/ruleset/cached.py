"""The ruleset with local rules, read once and kept from one run to the next.

What it can be kept in, and how record types are read, is handed in: the engine opens no folder
of the user's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, Protocol

from engine.model.schema import Schema
from engine.ruleset import derived, store
from engine.ruleset.local import LocalFolder
from engine.ruleset.model import Ruleset

OURS: Final = "ruleset.bin"
WITH_LOCAL: Final = "ruleset-local.bin"


class Cache(Protocol):
    """Where bytes are kept by name. It may have none of what it was given."""

    def kept(self, name: str, /) -> bytes | None:
        """What was kept under `name`, if it can be trusted."""

    def keep(self, name: str, content: bytes, /) -> object:
        """Keep `content` under `name`, whole or not at all."""


@dataclass(frozen=True)
class CachedRuleset:
    """The ruleset in `home` with the local `folders`, and the `cache` that keeps it.

    `records` reads the record types, given those of the local folders by file. `sources` are the
    folders of code, by name, whose every change makes what was kept worthless.
    """

    home: Path
    sources: Mapping[str, Path]
    records: Callable[[Mapping[str, str]], Schema]
    folders: Sequence[LocalFolder]
    cache: Cache

    def read(self) -> Ruleset:
        """The ruleset, from the cache where it was read before. Raises `InvalidRulesetError`."""
        content = self.cache.kept(self._name)
        ruleset = store.load(content, self.stamp) if content is not None else None
        if ruleset is None:
            # Only here, so that what is kept does not wait for the parser.
            from engine.ruleset.load import load_ruleset  # noqa: PLC0415

            local = {file: text for one in self.folders for file, text in one.records().items()}
            ruleset = load_ruleset(self.home, self.records(local), self.folders)
            self._keep(ruleset)
        return ruleset

    def remember(self, ruleset: Ruleset) -> None:
        """Keep what had to be worked out from the ruleset anew for the next run."""
        if derived.made():
            self._keep(ruleset)

    def _keep(self, ruleset: Ruleset) -> None:
        self.cache.keep(self._name, store.dump(ruleset, self.stamp))

    @property
    def _name(self) -> str:
        return WITH_LOCAL if self.folders else OURS

    @cached_property
    def stamp(self) -> bytes:
        """Of everything that it is made from, before it is read."""
        return store.stamp(
            {self.home.name: self.home, **self.sources},
            {one.name: one.texts for one in self.folders},
        )
