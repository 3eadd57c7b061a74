"""Rules of an office or a province: a folder of its own beside ours, that can't weaken ours.

It adds requirements, terms, instruments, parameters and what gates stand on, under names that
begin with `local-` or `local_`. Ours never begin so: neither can clash with the other, now or
later. What would change one of ours is refused when it is read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

RECORDS: Final = "records/"
"""Where the record types of a local folder stand."""

_BEGINNINGS: Final = ("local-", "local_")

REFUSED: Final[Mapping[str, str]] = {
    "adjustments": "它会降低随附要求的严重度；本地要求的轻重写在它自己的 severity 里",
    "outline": "纲要的章节只由随附的规则集定",
    "indicators": "示范指标只由随附的规则集定",
    "outlines": "纲要的章节只由随附的规则集定",
    "form": "核对附表只由随附的规则集定",
    "profiles": "检查范围只由随附的规则集定",
    "procedures": "程序的步骤只由随附的规则集定",
}
"""Files of a ruleset that a local folder may not have, and why."""


def is_local(name: str) -> bool:
    """Whether a name is one that a local folder may give, and ours may not."""
    return name.startswith(_BEGINNINGS)


@dataclass(frozen=True, slots=True)
class LocalFolder:
    """The YAML files of a local folder, by path within it; `name` is what it is called by."""

    name: str
    texts: Mapping[str, str]

    @property
    def sha256(self) -> str:
        """The digest of all its files, as that of our ruleset is made."""
        return digest(self.texts)

    def records(self) -> dict[str, str]:
        """Its record types, by the path that people see."""
        return {
            f"{self.name}/{path}": text
            for path, text in self.texts.items()
            if path.startswith(RECORDS)
        }

    def rules(self) -> dict[str, str]:
        """Everything else, by path within the folder."""
        return {path: text for path, text in self.texts.items() if not path.startswith(RECORDS)}


@dataclass(frozen=True, slots=True)
class LocalRules:
    """What a ruleset took from a local folder: its name, its own version if it has one, digest."""

    name: str
    version: str
    sha256: str


def digest(texts: Mapping[str, str]) -> str:
    """The SHA-256 of files by name."""
    found = hashlib.sha256()
    for name, text in sorted(texts.items()):
        found.update(f"{name}\0{text}\0".encode(errors="surrogateescape"))
    return found.hexdigest()
