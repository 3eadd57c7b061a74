"""The outlines of a ruleset: the first, whose sections requirements name, and those after it.

An outline that takes another's place is a file `outlines/<instrument>.yaml`, whose sections name
the requirements under them; the instrument carries these duties from its first day on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from pydantic import RootModel

from engine.model.validated import validate
from engine.ruleset import files as f
from engine.ruleset.model import Requirement, Ruleset
from engine.ruleset.tables import Tables

FOLDER: Final = "outlines"

Sections = Mapping[str, f.SectionFile]


@dataclass(frozen=True, slots=True)
class Outline:
    """An outline: its instrument, empty where none is named; its sections; those of each duty."""

    instrument: str
    sections: Sections
    of: Mapping[str, tuple[str, ...]]


def later_outlines(
    tables: Tables, instruments: Mapping[str, f.InstrumentFile]
) -> dict[str, Sections]:
    """The outlines after the first, by instrument. Raises `InvalidRulesetError`."""
    found: dict[str, Sections] = {}
    for place in tables.ours:
        path = PurePosixPath(place)
        if path.parts[0] == FOLDER:
            tables.known(path.stem, instruments, place, "")
            table = RootModel[dict[str, f.SectionFile]]
            found[path.stem] = validate(table, tables.raw(place), place).root
    return found


def carried(later: Mapping[str, Sections]) -> dict[str, tuple[f.Basis, ...]]:
    """What later outlines carry: for each requirement the sections that name it, as bases."""
    found: dict[str, list[f.Basis]] = {}
    for instrument, sections in later.items():
        for number, section in sections.items():
            for name in section.requirements:
                basis = f.Basis.model_validate({"instrument": instrument, "article": number})
                found.setdefault(name, []).append(basis)
    return {name: tuple(bases) for name, bases in found.items()}


def last_begun(ruleset: Ruleset, day: dt.date) -> str:
    """The instrument of the last outline that had begun by a day; empty where none had."""
    starts = {
        name: ruleset.instruments[name].start or dt.date.min
        for name in (ruleset.outline_of, *ruleset.later_outlines)
        if name
    }
    begun = [(start, name) for name, start in starts.items() if start <= day]
    return max(begun)[1] if begun else ""


def outline_on(ruleset: Ruleset, day: dt.date, requirements: Iterable[Requirement]) -> Outline:
    """The outline of a day: the last that had begun by then, with the sections of these duties."""
    name = last_begun(ruleset, day)
    if name not in ruleset.later_outlines:
        of = {r.id: r.file.outline for r in requirements}
        return Outline(ruleset.outline_of, ruleset.outline, of)
    sections = ruleset.later_outlines[name]
    of = {
        r.id: tuple(n for n, section in sections.items() if r.id in section.requirements)
        for r in requirements
    }
    return Outline(name, sections, of)
