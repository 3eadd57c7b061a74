"""The words by which the parts of a report, its problems and its plans are known: data, compiled.

``parts.yaml`` has the lists; here each is one pattern.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from engine.model.shipped import shipped_text
from facts.report.catalogue import load_yaml
from facts.report.contents import PartName
from facts.report.phrases import any_of

Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Title:
    """What a heading says that announces a part, and what one says that only sounds like it."""

    announces: Pattern
    sounds: Pattern | None

    def fits(self, title: str) -> bool:
        """Whether a heading announces the part."""
        return bool(self.announces.search(title)) and not (
            self.sounds is not None and self.sounds.search(title)
        )


@dataclass(frozen=True, slots=True)
class Wording:
    """Every list of ``parts.yaml`` as one pattern, searched for within a sentence or a clause."""

    titles: dict[PartName, Title]
    lone: Pattern
    empty: Pattern
    lack: Pattern
    vague: Pattern
    none: Pattern
    tackles: Pattern
    mended: Pattern
    unmended: Pattern
    still: Pattern
    turn: Pattern
    past: Pattern
    present: Pattern
    cause: Pattern
    only_causes: Pattern
    leader: Pattern
    other_leader: Pattern
    own_act: Pattern
    named_act: Pattern
    no_own_act: Pattern
    times: Pattern
    next_step: Pattern
    forward: Pattern
    measure: Pattern
    done: Pattern
    admits: Pattern
    no_place: Pattern


@lru_cache(maxsize=1)
def wording() -> Wording:
    """The words that come with fazhi."""
    data = load_yaml(shipped_text(Path(__file__).with_name("parts.yaml")))
    titles = {PartName(name): _title(row) for name, row in data.pop("titles").items()}
    return Wording(titles, **{name: any_of(phrases) for name, phrases in data.items()})


def _title(row: dict[str, Any]) -> Title:
    return Title(any_of(row["announces"]), any_of(row["sounds"]) if "sounds" in row else None)
