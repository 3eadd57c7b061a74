"""Which ledger a grid is and where its header stands, by its names and its headers together.

A sheet is what its distinctive headers say: those that few ledgers have. Names of people, of bodies
and numbers of rows stand in lists of every kind.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from facts.files.grid import Grid
from facts.ledgers.all_headings import AllHeadings
from facts.ledgers.form_headings import FormHeadings
from facts.ledgers.guesses import MANY, FormGuess, Found, Guess, rivals, says_all
from facts.ledgers.headers import Headings, bracket, counts_rows, header_text
from facts.ledgers.sheet_names import SheetNames, names_of, sheet_names
from facts.writing.text import clean, fold

HEADER_WITHIN: Final = 25
_MAX_COLUMNS: Final = 1000
_LONGEST: Final = 60
_NAMED: Final = 5
"""From here on a name speaks for a ledger by itself."""
_FORM: Final = 3
"""A form that fits has all that it needs, which says more than the names of columns."""
_TITLES: Final = 6
"""So many of the possible headers may be titles."""


def best_guess(
    grid: Grid,
    headings: AllHeadings,
    found: list[Head],
    aliases: Mapping[str, str],
    only: Container[str] | None = None,
) -> tuple[Found | None, tuple[Found, ...]]:
    """The type or form and the header that fit a grid best, None where none fits well enough.

    With the others that it may as well be. `only` are the names of those that it may be, where
    somebody has said so: then nothing is asked but a column that is known. Each text is looked
    up once in the words of all; only those that may know it then say what it means to them.
    """
    one_row = [[text for _, text, _ in texts] for _, texts, two in found[:_TITLES] if not two]
    names = sheet_names(grid, one_row, headings.names)
    guesses = list(_guesses(names, headings, found, aliases, only))
    plain = max((g for g in guesses if isinstance(g, Guess)), key=_score, default=None)
    form = max((g for g in guesses if isinstance(g, FormGuess)), key=_score, default=None)
    if plain is None or form is None:
        best: Found | None = form or plain
    else:
        best = plain if says_all(plain, form) or plain.score > form.score else form
    if best is None or only is not None:
        return best, ()
    others = [g for g in guesses if g is not best and rivals(best, g)]
    return best, (*others, *_titled(best, others, names, headings))


def _titled(
    best: Found, others: list[Found], names: SheetNames, headings: AllHeadings
) -> Iterator[Found]:
    """The ledgers that a title says, over columns of another that no title says."""
    if best.titled:
        return
    there = best.types.union(*(guess.types for guess in others))
    for name, heading in headings.items():
        near = {heading.type.parent, *(nested.of for nested in heading.type.nested.values())}
        if names.titled(names_of(heading.type)) and not there & {name, *near}:
            yield Guess(heading)


def _score(guess: Found) -> float:
    return guess.score


def _guesses(
    names: SheetNames,
    headings: AllHeadings,
    found: list[Head],
    aliases: Mapping[str, str],
    only: Container[str] | None,
) -> Iterator[Found]:
    lines = [_line(head) for head in found]
    known: dict[str, dict[int, list[_Text]]] = {}
    for place, line in enumerate(lines):
        for text in line.texts:
            means = aliases.get(header_text(text[1]), "")
            for name in headings.knowing(text[1], text[2]) | headings.knowing(means, text[2]):
                known.setdefault(name, {}).setdefault(place, []).append(text)
    for name, heading in headings.items():
        if only is not None and name not in only:
            continue
        guess = _guess(heading, lines, known.get(name, {}), aliases)
        if guess.at < 0:
            continue
        own = names_of(heading.type)
        guess.named, guess.titled = names.bonus(own), names.titled(own)
        real = [text for _, text, _ in guess.columns if not counts_rows(text)]
        distinctive = sum(headings.distinctive(text) for text in real)
        width = len({number for number, text, _ in found[guess.at][1] if text})
        named = bool(real) and guess.named >= _NAMED
        most = len(real) >= 2 and distinctive >= 1 and len(real) * 5 >= width * 2
        enough = distinctive >= MANY or (not names.strange and (named or most))
        if not (enough or (only is not None and real)):
            continue
        keys = {
            match.target.path
            for _, text, match in guess.columns
            if not match.target.list and not counts_rows(text)
        }
        guess.fits = len(real) + guess.named
        guess.score = len({match.target for _, _, match in guess.columns}) + guess.named
        guess.score += 2 if keys.issuperset(heading.type.key) else 0
        guess.score -= sum(column[2].rank for column in guess.columns) / 10000
        yield guess
    for name, form in headings.forms.items():
        if only is None or name in only:
            yield from _form_guess(form, lines, known.get(name, {}), names, told=only is not None)


def _form_guess(
    form: FormHeadings,
    lines: list[_Line],
    texts: Mapping[int, list[_Text]],
    names: SheetNames,
    *,
    told: bool,
) -> Iterator[FormGuess]:
    """A form on the line where most of its headers stand, if those it needs are all there."""
    own = list(map(fold, form.form.names))
    if form.form.named and not told and not names.mentions(own):
        return
    own += [word for record in form.records[:1] for word in names_of(record.type)]
    best = FormGuess(form, named=names.bonus(own), titled=names.titled(own))
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
        score = sum(form.knows(text, above) for text, above in real) + best.named + _FORM
        score += len(line.groups & form.groups.keys()) / 10
        if score > best.score:
            best.score, best.at, best.two_rows = score, place, line.two_rows
            best.reads = sum(form.reads(text, above) for text, above in real)
            best.known = sum(form.knows(text, above) for text, above in real)
    best.fits = best.known + best.named + _FORM
    if best.at >= 0:
        yield best


Head = tuple[int, list[tuple[int, str, str]], bool]
"""A possible header: the index of its last row, (column, text, text above), over two rows?"""


def possible_heads(grid: Grid) -> list[Head]:
    """Every row that may be the header, alone and with the row above it."""
    if grid.names:
        return [(-1, [(at, name, "") for at, name in enumerate(grid.names, 1)], False)]
    heads: list[Head] = []
    above: Sequence[object] = ()
    for index, (_, row) in enumerate(grid.rows[:HEADER_WITHIN]):
        texts = [cell_text(value) for value in row[:_MAX_COLUMNS]]
        upper = [cell_text(value) for value in above[:_MAX_COLUMNS]]
        heads.append((index, [(at, text, "") for at, text in enumerate(texts, 1)], False))
        if any(upper):
            width = max(len(texts), len(upper))
            texts += [""] * (width - len(texts))
            upper = _reaching([*upper, *[""] * (width - len(upper))], texts)
            pairs = [
                (at, low or up, "" if not low or low == up else up)
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


def guess_of(heading: Headings, heads: list[Head], aliases: Mapping[str, str]) -> Guess:
    """The header row on which most columns of this type are found; the first of equals.

    Of equals, one that is read below known groups comes first: where the other headers are merged
    over both rows, the lower row alone finds as many columns but not what they mean.
    """
    lines = [_line(head) for head in heads]
    texts = {place: line.texts for place, line in enumerate(lines)}
    return _guess(heading, lines, texts, aliases)


_Text = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class _Line:
    """A possible header as every type sees it; `groups` are the folded texts above.

    `title`: one text stands above all of it, and is no group of columns.
    """

    texts: list[_Text]
    groups: frozenset[str]
    two_rows: bool
    pointless: bool
    title: bool


def _line(head: Head) -> _Line:
    _, texts, two_rows = head
    groups = frozenset(header_text(above) for above in {above for _, _, above in texts})
    return _Line(
        [text for text in texts if text[1] and len(text[1]) <= _LONGEST],
        groups,
        two_rows,
        two_rows and not any(above for _, _, above in texts),
        len(groups) == 1,
    )


def _guess(
    heading: Headings,
    lines: list[_Line],
    texts: Mapping[int, list[_Text]],
    aliases: Mapping[str, str],
) -> Guess:
    """As `guess_of`, where `texts` are those of each line that may mean something to this type.

    What the settings call a header is asked first; where that means nothing to this type, the
    header means what it says.
    """
    best, most = Guess(heading), (0, 0, 0)
    for place, found_here in texts.items():
        line = lines[place]
        if line.pointless:
            continue
        columns, aliased, refused = [], set(), 0
        for number, text, above in found_here:
            means = aliases.get(header_text(text), "")
            match = heading.find(means, above) if means else None
            if match is not None:
                aliased.add(number)
            else:
                means, match = text, heading.find(text, above)
            if match is not None:
                columns.append((number, means, match))
            elif above and not line.title and heading.find(means) is not None:
                refused += 1  # the group makes it another thing: the row alone doesn't say more
        seen = len({match.target for _, _, match in columns})
        found = seen + refused, len(line.groups & heading.groups.keys()), refused
        if seen and found > most:
            best = Guess(heading, at=place, two_rows=line.two_rows, columns=columns)
            best.aliased = frozenset(aliased)
            most = found
    return best


def cell_text(value: object) -> str:
    """The text of a cell; nothing for a number or a date."""
    return clean(value) if isinstance(value, str) else ""
