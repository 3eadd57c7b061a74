"""Which ledger a grid is and where its header stands, by its names and its headers together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from engine.model.facts import stem
from engine.model.record_type import RecordType
from facts.files.grid import Grid
from facts.ledgers.all_headings import AllHeadings
from facts.ledgers.headers import Headings, Match, header_text
from facts.writing.text import clean, fold

_HEADER_WITHIN: Final = 25
_MAX_COLUMNS: Final = 1000
_LONGEST: Final = 60


@dataclass(slots=True)
class Guess:
    """A type with the header row on which most of its columns are found."""

    headings: Headings
    score: float = 0.0
    at: int = -1
    two_rows: bool = False
    columns: list[tuple[int, str, Match]] = field(default_factory=list)


def best_guess(grid: Grid, headings: AllHeadings, found: list[Head]) -> Guess | None:
    """The type and header that fit a grid best; None where none fits well enough.

    Each text is looked up once in the words of all types; only the types that may know it then
    say what it means to them.
    """
    names = _names(grid, found)
    lines = [_line(head) for head in found]
    known: dict[str, dict[int, list[_Text]]] = {}
    for place, line in enumerate(lines):
        for text in line.texts:
            for name in headings.knowing(text[1], text[2]):
                known.setdefault(name, {}).setdefault(place, []).append(text)
    guesses = []
    for name, heading in headings.items():
        guess = _guess(heading, lines, known.get(name, {}))
        if guess.at < 0:
            continue
        bonus = _name_bonus(heading.type, names)
        matched = len(guess.columns)
        width = len({number for number, text, _ in found[guess.at][1] if text})
        enough = matched >= 2 and (matched * 5 >= width * 2 or bonus >= 5)
        if not enough and not (bonus >= 5 and matched >= 1):
            continue
        keys = {column[2].target.path for column in guess.columns if not column[2].target.list}
        guess.score = matched + bonus + (2 if keys.issuperset(heading.type.key) else 0)
        guess.score -= sum(column[2].rank for column in guess.columns) / 10000
        guesses.append(guess)
    return max(guesses, key=lambda guess: guess.score, default=None)


Head = tuple[int, list[tuple[int, str, str]], bool]
"""A possible header: the index of its last row, (column, text, text above), over two rows?"""


def possible_heads(grid: Grid, aliases: Mapping[str, str]) -> list[Head]:
    """Every row that may be the header, alone and with the row above it."""

    def alias(text: str) -> str:
        return aliases.get(header_text(text), text)

    if grid.names:
        return [(-1, [(at, alias(name), "") for at, name in enumerate(grid.names, 1)], False)]
    heads: list[Head] = []
    above: Sequence[object] = ()
    for index, (_, row) in enumerate(grid.rows[:_HEADER_WITHIN]):
        texts = [cell_text(value) for value in row[:_MAX_COLUMNS]]
        upper = [cell_text(value) for value in above[:_MAX_COLUMNS]]
        heads.append((index, [(at, alias(text), "") for at, text in enumerate(texts, 1)], False))
        if any(upper):
            width = max(len(texts), len(upper))
            texts += [""] * (width - len(texts))
            upper += [""] * (width - len(upper))
            pairs = [
                (at, alias(low or up), "" if not low or low == up else up)
                for at, (low, up) in enumerate(zip(texts, upper, strict=True), 1)
            ]
            heads.append((index, pairs, True))
        above = row
    return heads


def guess_of(heading: Headings, heads: list[Head]) -> Guess:
    """The header row on which most columns of this type are found; the first of equals.

    Of equals, one that is read below known groups comes first: where the other headers are merged
    over both rows, the lower row alone finds as many columns but not what they mean.
    """
    lines = [_line(head) for head in heads]
    return _guess(heading, lines, {place: line.texts for place, line in enumerate(lines)})


_Text = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class _Line:
    """A possible header as every type sees it; `groups` are the folded texts above."""

    texts: list[_Text]
    groups: frozenset[str]
    two_rows: bool
    pointless: bool


def _line(head: Head) -> _Line:
    _, texts, two_rows = head
    groups = frozenset(header_text(above) for above in {above for _, _, above in texts})
    return _Line(
        [text for text in texts if text[1] and len(text[1]) <= _LONGEST],
        groups,
        two_rows,
        two_rows and not any(above for _, _, above in texts),
    )


def _guess(heading: Headings, lines: list[_Line], texts: Mapping[int, list[_Text]]) -> Guess:
    """As `guess_of`, where `texts` are those of each line that may mean something to this type."""
    best, most = Guess(heading), (0, 0)
    for place, found_here in texts.items():
        line = lines[place]
        if line.pointless:
            continue
        columns = []
        for number, text, above in found_here:
            match = heading.find(text, above)
            if match is not None:
                columns.append((number, text, match))
        seen = len({match.target for _, _, match in columns})
        found = seen, len(line.groups & heading.groups.keys())
        if seen and found > most:
            best = Guess(heading, at=place, two_rows=line.two_rows, columns=columns)
            most = found
    return best


def _names(grid: Grid, heads: list[Head]) -> tuple[list[str], list[str]]:
    """The folded names of the sheet itself, and those around it: title rows and the file."""
    titles = [text for _, texts, two in heads[:6] if not two for _, text, _ in texts[:1] if text]
    return [fold(grid.sheet)], [fold(stem(grid.file)), *(fold(text) for text in titles)]


def _name_bonus(record_type: RecordType, names: tuple[list[str], list[str]]) -> float:
    own, around = names
    words = [fold(word) for word in (record_type.title, *record_type.sheets)]
    words.append(record_type.type)
    if any(name in words for name in own):
        return 100.0
    if any(name in words for name in around):
        return 30.0
    bonus = 0.0
    for word in words:
        if any(word in name for name in own):
            bonus = max(bonus, 4 + len(word))
        if any(word in name for name in around):
            bonus = max(bonus, 2 + len(word) / 2)
    return bonus


def cell_text(value: object) -> str:
    """The text of a cell; nothing for a number or a date."""
    return clean(value) if isinstance(value, str) else ""
