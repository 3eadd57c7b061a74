"""Which sections of the outline and which articles have requirements, and which have none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from engine.guard.pages.words import KIND_TITLES, name
from engine.ruleset.files import RequirementFile, RequirementKind
from engine.ruleset.model import Ruleset

_MARKS: Final = {
    RequirementKind.CHECKED: "",
    RequirementKind.MANUAL: "（人工）",
    RequirementKind.COVERED: "（承担）",
}
_NUMERALS: Final[Mapping[str, int]] = {
    char: number for number, char in enumerate("零一二三四五六七八九")
}
_TENS: Final[Mapping[str, int]] = {"十": 10, "百": 100}


@dataclass(frozen=True, slots=True)
class Held:
    """A section of the outline or an article, with the requirements under it, marked by kind.

    `reason` says of a section why it has none; `chapter` is empty of an article.
    """

    title: str
    requirements: tuple[str, ...]
    chapter: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The outline, and each instrument's title with its articles; how many there are by kind.

    `bare` are the numbers of the sections without a requirement. `indicators` are those by which
    places are compared: one without a title was not read.
    """

    sections: tuple[Held, ...]
    indicators: tuple[tuple[str, Held], ...]
    bare: tuple[str, ...]
    instruments: tuple[tuple[str, tuple[Held, ...]], ...]
    kinds: Mapping[str, int]


def coverage_of(ruleset: Ruleset) -> Coverage:
    """What the requirements of `ruleset` cover."""
    files = [*(r.file for r in ruleset.requirements.values()), *ruleset.covered.values()]
    files.sort(key=lambda file: file.id)
    sections = {
        number: Held(
            f"{number}{section.title}",
            tuple(_named(file) for file in files if number in file.outline),
            section.chapter,
            section.reason or "",
        )
        for number, section in ruleset.outline.items()
    }
    return Coverage(
        sections=tuple(sections.values()),
        indicators=tuple(
            (number, Held(one.title, tuple(map(str, one.requirements)), reason=one.reason))
            for number, one in ruleset.indicators.items()
        ),
        bare=tuple(number for number, held in sections.items() if not held.requirements),
        instruments=tuple(
            (f"{name(instrument)}{instrument.number}", tuple(_articles(found, files)))
            for found, instrument in ruleset.instruments.items()
        ),
        kinds={
            title: sum(file.kind is kind for file in files) for kind, title in KIND_TITLES.items()
        },
    )


def _articles(instrument: str, files: Sequence[RequirementFile]) -> Iterator[Held]:
    """The articles of an instrument that requirements cite, as people count them."""
    found: dict[str, list[str]] = {}
    for file in files:
        bases = (*file.basis, *(b for version in file.versions for b in version.basis))
        for article in dict.fromkeys(b.article for b in bases if b.instrument == instrument):
            found.setdefault(article, []).append(_named(file))
    for article in sorted(found, key=_order):
        yield Held(article, tuple(found[article]))


def _named(file: RequirementFile) -> str:
    return file.id + _MARKS[file.kind]


def _order(article: str) -> tuple[list[int], str]:
    """Articles by their numbers, as people count them."""
    return list(_numbers(article)), article


def _numbers(text: str) -> Iterator[int]:
    for run in re.findall(r"[零一二三四五六七八九十百]+|\d+", text):
        yield int(run) if run.isdigit() else _number(run)


def _number(run: str) -> int:
    total = digit = 0
    for char in run:
        if char in _TENS:
            total += (digit or 1) * _TENS[char]
            digit = 0
        else:
            digit = _NUMERALS[char]
    return total + digit
