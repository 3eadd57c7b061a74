"""Which ledger a grid is and where its header stands, by its names and its headers together.

A sheet is what its distinctive headers say: those that few ledgers have. Names of people, of bodies
and numbers of rows stand in lists of every kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from engine.model.facts import stem
from engine.model.record_type import RecordType
from facts.files.grid import Grid
from facts.ledgers.all_headings import AllHeadings
from facts.ledgers.form_headings import FormHeadings
from facts.ledgers.headers import Headings, Match, bracket, counts_rows, header_text
from facts.writing.text import clean, fold, words

HEADER_WITHIN: Final = 25
_MAX_COLUMNS: Final = 1000
_LONGEST: Final = 60
_NAMED: Final = 5
"""From here on a name speaks for a ledger by itself."""
_MANY: Final = 3
"""Distinctive headers that say what a sheet is, however wide it is and whatever it is called."""
_FORM: Final = 3
"""A form that fits has all that it needs, which says more than the names of columns."""
_STRANGE: Final = words("通讯录 通信录 电话本 联系方式 联络表 签到 值班 考勤 座次 座位 请假 工资")


@dataclass(slots=True)
class Guess:
    """A type with the header row on which most of its columns are found."""

    headings: Headings
    score: float = 0.0
    at: int = -1
    two_rows: bool = False
    columns: list[tuple[int, str, Match]] = field(default_factory=list)


@dataclass(slots=True)
class FormGuess:
    """A form with the header row on which most of its headers are found; `known` are read."""

    form: FormHeadings
    score: float = 0.0
    at: int = -1
    two_rows: bool = False
    known: int = 0


def best_guess(grid: Grid, headings: AllHeadings, found: list[Head]) -> Guess | FormGuess | None:
    """The type or form and the header that fit a grid best; None where none fits well enough.

    Each text is looked up once in the words of all; only those that may know it then say what it
    means to them.
    """
    guesses = list(_guesses(grid, headings, found))
    plain = max((g for g in guesses if isinstance(g, Guess)), key=_score, default=None)
    form = max((g for g in guesses if isinstance(g, FormGuess)), key=_score, default=None)
    if plain is None or form is None:
        return form or plain
    return plain if _says_all(plain, form) or plain.score > form.score else form


def _says_all(plain: Guess, form: FormGuess) -> bool:
    """Whether a ledger reads all that its form reads and has columns for all that that gives."""
    mine = [record for record in form.form.records if record.type is plain.headings.type]
    there = {match.target for _, _, match in plain.columns}
    given = {
        record.target(path)
        for record in mine
        for path, said in record.record.given.items()
        if not said.day
    }
    known = sum(not counts_rows(text) for _, text, _ in plain.columns)
    return bool(mine) and known >= form.known and given <= there


def _score(guess: Guess | FormGuess) -> float:
    return guess.score


def _guesses(grid: Grid, headings: AllHeadings, found: list[Head]) -> Iterator[Guess | FormGuess]:
    names = _names(grid, found)
    lines = [_line(head) for head in found]
    known: dict[str, dict[int, list[_Text]]] = {}
    for place, line in enumerate(lines):
        for text in line.texts:
            for name in headings.knowing(text[1], text[2]):
                known.setdefault(name, {}).setdefault(place, []).append(text)
    strange = _is_strange(names)
    for name, heading in headings.items():
        guess = _guess(heading, lines, known.get(name, {}))
        if guess.at < 0:
            continue
        bonus = _name_bonus(_words_of(heading.type), names)
        real = [text for _, text, _ in guess.columns if not counts_rows(text)]
        distinctive = sum(headings.distinctive(text) for text in real)
        width = len({number for number, text, _ in found[guess.at][1] if text})
        named = bool(real) and bonus >= _NAMED
        most = len(real) >= 2 and distinctive >= 1 and len(real) * 5 >= width * 2
        if not (distinctive >= _MANY or (not strange and (named or most))):
            continue
        keys = {column[2].target.path for column in guess.columns if not column[2].target.list}
        guess.score = len(guess.columns) + bonus + (2 if keys.issuperset(heading.type.key) else 0)
        guess.score -= sum(column[2].rank for column in guess.columns) / 10000
        yield guess
    for name, form in headings.forms.items():
        yield from _form_guess(form, lines, known.get(name, {}), names)


def _form_guess(
    form: FormHeadings,
    lines: list[_Line],
    texts: Mapping[int, list[_Text]],
    names: tuple[list[str], list[str]],
) -> Iterator[FormGuess]:
    """A form on the line where most of its headers stand, if those it needs are all there."""
    own = list(map(fold, form.form.names))
    if form.form.named and not _name_bonus(own, names):
        return
    types = [word for record in form.records[:1] for word in _words_of(record.type)]
    bonus = _name_bonus([*own, *types], names)
    best = FormGuess(form)
    for place, found_here in texts.items():
        line = lines[place]
        there = frozenset(
            word
            for _, text, above in found_here
            for word in (header_text(text), bracket(header_text(text))[0],
                         bracket(header_text(above))[0] + header_text(text))
        )  # fmt: skip
        if line.pointless or not form.has(there):
            continue
        real = [(text, above) for _, text, above in found_here if not counts_rows(text)]
        known = sum(form.reads(text, above) for text, above in real)
        score = sum(form.knows(text, above) for text, above in real) + bonus + _FORM
        score += len(line.groups & form.groups.keys()) / 10
        if score > best.score:
            best = FormGuess(form, score, place, line.two_rows, known)
    if best.at >= 0:
        yield best


def _is_strange(names: tuple[list[str], list[str]]) -> bool:
    """Whether a list says by its name that it is none of the ledgers: 通讯录, 签到表."""
    return any(word in name for group in names for name in group for word in _STRANGE)


def _words_of(record_type: RecordType) -> list[str]:
    return [fold(word) for word in (record_type.title, *record_type.sheets, record_type.type)]


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
    for index, (_, row) in enumerate(grid.rows[:HEADER_WITHIN]):
        texts = [cell_text(value) for value in row[:_MAX_COLUMNS]]
        upper = [cell_text(value) for value in above[:_MAX_COLUMNS]]
        heads.append((index, [(at, alias(text), "") for at, text in enumerate(texts, 1)], False))
        if any(upper):
            width = max(len(texts), len(upper))
            texts += [""] * (width - len(texts))
            upper = _reaching([*upper, *[""] * (width - len(upper))], texts)
            pairs = [
                (at, alias(low or up), "" if not low or low == up else up)
                for at, (low, up) in enumerate(zip(texts, upper, strict=True), 1)
            ]
            heads.append((index, pairs, True))
        above = row
    return heads


def _reaching(upper: list[str], lower: list[str]) -> list[str]:
    """The texts above a row of headers, a group reaching on where its merge was lost."""
    reached, group = [], ""
    for at, (up, low) in enumerate(zip(upper, lower, strict=True)):
        if up or not low:
            group = up if low else ""
        elif at == 0 or not lower[at - 1]:
            group = ""
        reached.append(up or group)
    return reached


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
    lines = [{text for _, text, _ in texts if text} for _, texts, two in heads[:6] if not two]
    titles = [text for line in lines if len(line) == 1 for text in line]
    return [fold(grid.sheet)], [fold(stem(grid.file)), *(fold(text) for text in titles)]


def _name_bonus(words: list[str], names: tuple[list[str], list[str]]) -> float:
    """How much the names in and around a sheet speak for what has these names, folded."""
    own, around = names
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
