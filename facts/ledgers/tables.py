"""Grids to tables: which ledger a sheet is, where its header stands, what each column holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from engine.model.facts import Input, Level, Question, stem
from engine.model.field import FieldKind, FieldType
from engine.model.record_type import RecordType
from engine.model.regex import regex
from facts.files.grid import Grid, is_empty
from facts.forms.model import Form, FormRecord
from facts.ledgers.guesses import Guess
from facts.ledgers.headers import Headings, Match, Target, bracket, header_text, ignored, is_closer
from facts.ledgers.periods import SheetPeriod, period_of
from facts.ledgers.recognise import Head, cell_text, guess_of, possible_heads
from facts.writing.cells import CellReader
from facts.writing.text import clean, fold

HEADERS: Final = "列名对照"
"""The row of the settings that says what the office's own headers stand for."""
UNREAD: Final = "不读"
"""What the settings say of a header that is to be left alone."""
_SAMPLE: Final = 20
"""Cells of a column that are looked at to tell what it may hold."""
_A_DAY: Final = FieldType(type=FieldKind.DATE, title="日期", time="event")
_YEAR: Final = regex(r"(?<![0-9])(20[0-9]{2})年?度?")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is read: its 1-based number, its header and what it holds."""

    number: int
    header: str
    match: Match


@dataclass(frozen=True, slots=True)
class Again:
    """The header written once more among the rows: the columns' units there, with what they say.

    `titles` are the rows right above it that belong to it.
    """

    number: int
    units: tuple[tuple[int, str, str], ...]
    titles: tuple[tuple[int, Sequence[object]], ...]


@dataclass(slots=True)
class Table:
    """A sheet whose kind and columns are known; `rows` are those below the header.

    The first `top` rows of the grid are the header and what stands above it. `again` are headers
    written once more: they, and their titles, are none of the rows. Of a form with several
    records in a row there is a table for each: `record` says which, `split` is the column that
    tells whose a row is, and only the `first` speaks of the sheet. `titles` stand above it all;
    `period` is the month that the sheet is of. `dated` are the columns of days that a form gives
    some rows alone, by field.
    """

    grid: Grid
    headings: Headings
    columns: list[Column]
    rows: list[tuple[int, Sequence[object]]]
    year: int | None = None
    top: int = 0
    again: list[Again] = field(default_factory=list)
    titles: Sequence[str] = ()
    form: Form | None = None
    record: FormRecord | None = None
    split: int = 0
    first: bool = True
    unread: list[tuple[int, str, str]] = field(default_factory=list)
    presumed: dict[str, str] = field(default_factory=dict)
    period: SheetPeriod | None = None
    dated: Mapping[str, int] = field(default_factory=dict)

    @property
    def type(self) -> RecordType:
        """The record type of the rows."""
        return self.headings.type

    def header_cell(self, number: int) -> str:
        """The address of the header of a column; nothing where places are none of cells."""
        above = self.grid.rows[: self.top]
        if self.grid.lines or self.grid.names or not above:
            return ""
        return self.grid.cell(above[-1][0], number)


def inside_table(
    grid: Grid, heading: Headings, entry: Input, aliases: Mapping[str, str]
) -> Table | None:
    """The table of a list written inside objects, whose kind is known from its name."""
    heads = possible_heads(grid)
    guess = guess_of(heading, heads, aliases)
    if guess.at < 0:
        entry.problem(
            f"“{heading.type.title}”里没有认识的项，没有读取",
            "、".join(grid.names[:5]),
            sheet=grid.sheet,
            hint="请按模板的列名填写",
            lost_row=True,
            record_type=heading.type.type,
        )
        return None
    table = plain_table(grid, guess, heads[guess.at], entry)
    say_columns(table, aliases, entry)
    return table


def plain_table(
    grid: Grid, guess: Guess, head: Head, entry: Input, said: AbstractSet[int] = frozenset()
) -> Table:
    """The table of a ledger; columns already spoken of are none of those left."""
    table = bare_table(grid, guess, head, entry)
    leave_columns(table, head, said | {number for number, _, _ in guess.columns})
    return table


def bare_table(grid: Grid, guess: Guess, head: Head, entry: Input) -> Table:
    """A table with the columns that are read."""
    index, _, two_rows = head
    above, rows = grid.rows[: index + 1], grid.rows[index + 1 :]
    if grid.covered:
        rows = grid.uncovered(rows)
    titles = [cell_text(value) for _, row in above for value in row if isinstance(value, str)]
    over = above[: -2 if two_rows else -1]
    lines = tuple(cell_text(value) for _, row in over for value in row if isinstance(value, str))
    year = _year(grid, titles)
    table = Table(grid, guess.headings, [], rows, year, len(above), titles=lines)
    table.period = period_of(grid, lines, year)
    _choose(table, guess, entry, _header_row(table))
    if not grid.names:
        _part(table, entry)
    return table


def _header_row(table: Table) -> str:
    above = table.grid.rows[: table.top]
    return "" if table.grid.lines or not above else str(above[-1][0])


def leave_columns(table: Table, head: Head, known: Container[int]) -> None:
    """Note what columns are not read, but for the numbers of those known, or hidden."""
    table.unread = [
        (number, text, above)
        for number, text, above in head[1]
        if text and number not in known and number not in table.grid.covered and not ignored(text)
    ]
    nameless = _nameless(head[1], table.rows)
    table.unread += [(number, "", "") for number in sorted(nameless)]


def say_columns(table: Table, aliases: Mapping[str, str], entry: Input) -> None:
    """Say what columns are not read, and what is missing; what they may be is asked once.

    `aliases` are those of the settings, which may say that a column isn't to be read.
    """
    meant: dict[str, list[str]] = {}
    for number, text, _ in table.unread:
        if aliases.get(header_text(text)) != UNREAD:
            close = _unknown_column(table, number, text, entry)
            meant.setdefault(close, []).append(text)
    for close, texts in meant.items():
        if close and len(texts) == 1:  # of two that may be one field, neither is asked for
            why = f"{table.grid.file}里不认识的列，列名与“{close}”相近"
            entry.questions.append(Question(HEADERS, texts[0], (close,), why))
    _missing(table, entry)


def _part(table: Table, entry: Input) -> None:
    """Take headers written once more out of the rows; rows below another header can't be read."""
    headers = {header_text(column.header) for column in table.columns}
    words = headers | {bracket(header)[0] for header in headers}
    rows: list[tuple[int, Sequence[object]]] = []
    for at, (number, row) in enumerate(table.rows):
        if not _is_header(row, words):
            rows.append((number, row))
            continue
        texts = {place: cell_text(value) for place, value in enumerate(row, 1)}
        units = []
        for column in table.columns:
            text = texts.get(column.number, "")
            match = table.headings.find(text) if text else None
            if header_text(text) == header_text(column.header) or not text:
                continue
            if match is None or match.target != column.match.target:
                _other_columns(table, number, len(table.rows) - at - 1, entry)
                table.rows = rows
                return
            if match.unit and match.unit != column.match.unit:
                units.append((column.number, text, match.unit))
        titles: list[tuple[int, Sequence[object]]] = []
        while rows and _is_title(rows[-1], number - len(titles) - 1):
            titles.insert(0, rows.pop())
        table.again.append(Again(number, tuple(units), tuple(titles)))
    table.rows = rows
    if table.again:
        skipped = [
            n for again in table.again for n in (*(t[0] for t in again.titles), again.number)
        ]
        said = f"又写了一遍表头，没有当作记录（第{'、'.join(map(str, skipped[:10]))}行）"
        sheet, name = table.grid.sheet, table.type.type
        entry.problem(said, sheet=sheet, level=Level.NOTE, record_type=name)


def _is_header(row: Sequence[object], words: set[str]) -> bool:
    """Whether most of a row's cells are words of the header, and none is anything but a text.

    Nearly every row is told by its first two texts to be none.
    """
    first = islice(filter(None, map(cell_text, row)), 2)
    if all(header_text(text) not in words for text in first):
        return False
    filled = [text for text in map(cell_text, row) if text]
    if len(filled) < 2 or sum(value is not None for value in row) != len(filled):
        return False
    known = [header_text(text) for text in filled]
    return 5 * sum(t in words or bracket(t)[0] in words for t in known) >= 3 * len(known)


def _is_title(line: tuple[int, Sequence[object]], number: int) -> bool:
    """Whether a row right above a header is its title: one text, or a few with one on units."""
    filled = [value for value in line[1] if value is not None and value != ""]
    texts = dict.fromkeys(cell_text(value) for value in filled)
    if line[0] != number or not all(texts) or len(texts) > 3:
        return False
    return len(texts) == 1 or any("单位" in fold(text) for text in texts)


def _other_columns(table: Table, number: int, rows: int, entry: Input) -> None:
    table.grid.whole = False
    entry.problem(
        f"这里的表头与前面的不同，下面的{rows}行没有读取",
        sheet=table.grid.sheet,
        cell="" if table.grid.lines else f"A{number}",
        line=number if table.grid.lines else None,
        hint="请分成两张表",
        lost_row=True,
        record_type=table.type.type,
    )


def _nameless(
    texts: list[tuple[int, str, str]], rows: list[tuple[int, Sequence[object]]]
) -> set[int]:
    """The columns that hold something under no header, or beyond the last one."""
    blank = [number for number, text, _ in texts if not text]
    return {
        number
        for _, row in rows
        for number in (*blank, *range(len(texts) + 1, len(row) + 1))
        if number <= len(row) and not is_empty((row[number - 1],))
    }


def _choose(table: Table, guess: Guess, entry: Input, where: str) -> None:
    """The columns that are read: of several for one key or list the closest header alone.

    Several for another field are all read, and have to agree. Both are said.
    """
    best: dict[Target, Column] = {}
    also: list[Column] = []
    given = _ceded(guess)
    seen = {match.target for number, _, match in given if number not in table.grid.covered}
    for number, text, match in given:
        if number in table.grid.covered and match.target in seen:
            continue  # what is hidden beside its like says nothing
        column = Column(number, clean(text), match)
        for target in (match.target, match.second):
            if target is None:
                continue
            other = best.get(target)
            if other is None:
                best[target] = column
                continue
            closer = is_closer((column.header, match.rank), (other.header, other.match.rank))
            worse = other if closer else column
            best[target] = column if closer else other
            both = not target.list and not target.parent and target.path not in table.type.key
            both = both and not worse.match.second and not best[target].match.second
            if both:
                also.append(worse)
            if not ignored(worse.header) and not table.headings.unites(target):
                cell = "" if not where else table.grid.cell(int(where), worse.number)
                entry.problem(
                    f"与“{best[target].header}”是同一项，两列都读，不一样的都不作数"
                    if both
                    else f"与“{best[target].header}”是同一列，只读取后者",
                    worse.header,
                    sheet=table.grid.sheet,
                    cell=cell,
                    level=Level.NOTE,
                    record_type=table.type.type,
                )
    chosen = {(column.number, column.match.target): column for column in (*best.values(), *also)}
    table.columns = sorted(chosen.values(), key=lambda column: column.number)


def _ceded(guess: Guess) -> list[tuple[int, str, Match]]:
    """The columns, those of one field told apart where its record type says which is which."""
    taken = Counter(match.target for _, _, match in guess.columns)
    found = []
    for number, text, match in guess.columns:
        spec = guess.headings.spec(match.target)
        cedes = spec.cedes if spec is not None and taken[match.target] > 1 else {}
        path = {fold(word): path for word, path in cedes.items()}.get(header_text(text))
        if path is not None and not taken[Target(path)]:
            found.append((number, text, replace(match, target=Target(path))))
        else:
            found.append((number, text, match))
    return found


def _unknown_column(table: Table, number: int, text: str, entry: Input) -> str:
    """Say that a column isn't read, and what it may be: a field that no column has yet.

    What stands in its cells has to be readable as that field.
    """
    taken = {target for c in table.columns for target in (c.match.target, c.match.second)}
    cells = [row[number - 1] for _, row in table.rows if len(row) >= number]
    sample = [cell for cell in cells if cell is not None and cell != ""][:_SAMPLE]

    def may_be(target: Target) -> bool:
        spec = table.headings.spec(target)
        return target not in taken and (spec is None or _fits(spec, sample))

    close = table.headings.nearest(text, may_be) if text else ""
    why = "，格里的内容合得上" if sample else ""
    entry.problem(
        "不认识的列，没有读取" if text else "这一列没有列名，没有读取",
        text,
        sheet=table.grid.sheet,
        cell=table.header_cell(number),
        line=1 if table.grid.lines else None,
        hint=f"是否指“{close}”？列名相近{why}。可在设置的“{HEADERS}”（headers）里写明"
        if close
        else "",
        level=Level.NOTE,
        record_type=table.type.type,
    )
    return close


def _fits(spec: FieldType, cells: Sequence[object]) -> bool:
    """Whether most cells can be read as a field; days are no text."""
    if spec.type in (FieldKind.STRING, FieldKind.SET, FieldKind.OBJECT):
        day = CellReader(_A_DAY)
        return not cells or any(day.read(cell).expected for cell in cells)
    reader = CellReader(spec)
    return sum(not reader.read(cell).expected for cell in cells) * 5 >= len(cells) * 4


def _missing(table: Table, entry: Input) -> None:
    """The titles of the fields that no column carries, for the reader to see."""
    present = {
        target.path
        for column in table.columns
        for target in (column.match.target, column.match.second)
        if target is not None and not target.list and not target.parent
    }
    titles = [
        spec.title
        for path, spec in table.type.fields.items()
        if path not in present and spec.type is not FieldKind.OBJECT
    ]
    sheet = table.grid.sheet or stem(table.grid.file)
    entry.used[sheet] = len({column.number for column in table.columns})
    entry.missing[sheet] = tuple(titles)


def _year(grid: Grid, titles: list[str]) -> int | None:
    """The year that the title rows, the sheet or the file name state, if it is one only."""
    years = {
        int(found) for text in (*titles, grid.sheet, stem(grid.file))
        for found in _YEAR.findall(fold(text))
    }  # fmt: skip
    return years.pop() if len(years) == 1 else None
