"""Where most facts of a table stand is said once; they are shown by their cells alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from engine.model.assessment import OutcomeEntry
from engine.model.shown import FactEntry
from engine.model.values import Source

BLANK: Final = "空白"


def home_of(entries: Iterable[OutcomeEntry]) -> Source:
    """The sheet that most facts stand in."""
    places = Counter(
        (item.source.file, item.source.sheet)
        for entry in entries
        for item in (*entry.evidence, *entry.missing)
        if item.source is not None and item.source.cell
    )
    (file, sheet), _ = next(iter(places.most_common(1)), (("", ""), 0))
    return Source(file, sheet)


def at_home(entry: OutcomeEntry, home: Source) -> OutcomeEntry:
    """The outcome with its facts as the form shows them."""
    evidence = tuple(plain_at(item, home) for item in entry.evidence)
    return replace(
        entry, evidence=evidence, missing=tuple(plain_at(i, home) for i in entry.missing)
    )


def plain_at(item: FactEntry, home: Source) -> FactEntry:
    """A fact by its cell alone where it stands in the sheet of most; what is blank is 空白."""
    source = item.source
    if (
        source is not None
        and source.cell
        and (source.file, source.sheet) == (home.file, home.sheet)
    ):
        source = replace(source, file=source.cell, sheet="", cell="")
    blank = item.value is not None and item.value.startswith(BLANK)
    return replace(item, source=source, value=BLANK if blank else item.value)
