"""What a sheet says of all its rows at once: in its name, its title, the headings of sections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

from engine.model.facts import stem
from engine.model.values import Cause, Unknown
from facts.forms.model import Given
from facts.ledgers.bodies import MARK, body_in_title, body_of, level_of
from facts.ledgers.headers import Target
from facts.ledgers.periods import SheetPeriod, section_period
from facts.ledgers.tables import Table
from facts.writing.cells import CellReader, Names
from facts.writing.meanings import CellState
from facts.writing.measure import PLAIN
from facts.writing.periods import day_named
from facts.writing.text import clean, fold, shown

_NOTHING: Final = Unknown(Cause.NO_COLUMN)
_ANY_YEAR: Final = 2000
_OWN_UNIT: Final = {"unit": Given(unit=True)}


@dataclass(slots=True)
class Surroundings:
    """What is said around the rows of a table, section by section.

    `given` are the fields that have no column of their own and may be said there; `sections` are
    the headings that the rows now stand under, the outermost first, each with its level.
    """

    table: Table
    names: Names
    given: Mapping[str, Given] = field(init=False)
    sections: list[tuple[int, str]] = field(default_factory=list)
    _readers: dict[str, CellReader] = field(default_factory=dict)

    def __post_init__(self) -> None:
        record = self.table.record
        every = record.given if record is not None else _own_unit(self.table)
        there = {c.match.target.path for c in self.table.columns if not c.match.target.list}
        self.given = {
            path: given for path, given in every.items() if given.day or path not in there
        }

    @property
    def _headings(self) -> list[str]:
        """The headings that the rows stand under, the nearest first."""
        return [text for _, text in reversed(self.sections)]

    @property
    def period(self) -> SheetPeriod | None:
        """The month that the rows now stand under."""
        months = (section_period(text, self.table.year) for text in self._headings)
        return next((month for month in months if month is not None), self.table.period)

    def is_section(self, row: Sequence[object]) -> bool:
        """Whether a row is the heading of a section; then what it says holds from here on."""
        text = _alone(row)
        if text is None or len(self.table.columns) < 2:
            return False
        month = section_period(text, self.table.year or _ANY_YEAR) is not None
        if not (month or MARK.match(fold(text)) or self._says(text)):
            return False
        level = level_of(text)
        self.sections = [one for one in self.sections if one[0] < level] + [(level, text)]
        return True

    def _says(self, text: str) -> bool:
        return any(
            any(fold(word) in fold(text) for word in given.words) or (given.unit and body_of(text))
            for given in self.given.values()
        )

    def cells(
        self, row: Sequence[object], there: Mapping[str, CellState]
    ) -> Iterator[tuple[Target, CellState, str, int]]:
        """What is said for a row: the field, what it says, the text that says so, its column.

        `there` is what the row itself says. The column is 0 where the text stands around it.
        """
        said: dict[str, CellState] = {}
        for path, given in self.given.items():
            target = self._target(path)
            if given.day:
                if path not in there and self._holds(given, {**there, **said}):
                    yield from self._dated(path, target, row)
                continue
            text, origin = self._said(given)
            if text:
                # what is said is no blank
                said[path] = cast("CellState", self._reader(path, target).read(text).state)
                yield target, said[path], origin, 0

    def _holds(self, given: Given, said: Mapping[str, CellState]) -> bool:
        return all(
            said.get(path, _NOTHING) == self._reader(path, self._target(path)).read(value).state
            for path, value in given.when.items()
        )

    def _dated(
        self, path: str, target: Target, row: Sequence[object]
    ) -> Iterator[tuple[Target, CellState, str, int]]:
        """The day in the row's own column, else the nearest that is named around it.

        Where there is a column and no day, the cell is empty, whatever that means elsewhere.
        """
        place = self.table.dated.get(path, 0)
        raw = row[place - 1] if 0 < place <= len(row) else None
        state = self._reader(path, target).read(raw).state
        if state is not None:
            yield target, state, shown(raw), place
            return
        for text in (*self._headings, self.table.grid.sheet):
            day = day_named(text)
            if day is not None:
                yield target, day, text, 0
                return
        days = {day: text for text in self.table.titles if (day := day_named(text)) is not None}
        own = [c.number for c in self.table.columns if c.match.target == target]
        if len(days) == 1:
            yield target, *days.popitem(), 0
        elif own or place:
            yield target, Unknown(Cause.BLANK), "", (*own, place)[0]

    def _target(self, path: str) -> Target:
        parent = path.startswith("parent.")
        return Target(path.removeprefix("parent."), parent=True) if parent else Target(path)

    def _reader(self, path: str, target: Target) -> CellReader:
        reader = self._readers.get(path)
        if reader is None:
            spec = self.table.headings.owner(target).fields[target.path]
            reader = self._readers[path] = CellReader(spec, PLAIN, self.table.year, *self.names)
        return reader

    def _said(self, given: Given) -> tuple[str, str]:
        """What the nearest text says, and that text."""
        grid = self.table.grid
        if given.value:
            return given.value, given.value
        if given.year:
            return str(self.table.year or ""), str(self.table.year or "")
        around, own = [*self.table.titles, stem(grid.file)], self.table.record is not None
        if given.unit:
            named = [(body_of(text), text) for text in (*self._headings, grid.sheet)]
            named += [(body_in_title(text, own=own), text) for text in around]
            return next((one for one in named if one[0]), ("", ""))
        for text in (*self._headings, grid.sheet, *around):
            meant = _meant(given.words, text)
            if len(meant) == 1:
                return meant.pop(), text
            if meant:
                break  # 继续有效、废止和失效的文件: it says something of each, and nothing of a row
        return "", ""


def _alone(row: Sequence[object]) -> str | None:
    """The one text of a row that holds nothing else, in one cell or in every cell."""
    said, filled = None, 0
    for value in row:
        if value is None or not str(value).strip():
            continue
        text = clean(value) if isinstance(value, str) else None
        if text is None or (filled and text != said):
            return None
        said, filled = text, filled + 1
    return said if filled in (1, len(row)) else None


def _meant(words: Mapping[str, str], text: str) -> set[str]:
    """What the words in a text mean, but for words that are part of longer ones: 拟废止."""
    found = [word for word in words if fold(word) in fold(text)]
    return {words[word] for word in found if not any(word in other for other in found
                                                     if other != word)}  # fmt: skip


def _own_unit(table: Table) -> Mapping[str, Given]:
    """A sheet of one body needs no column for it, where its record type has one."""
    spec = table.type.fields.get("unit")
    return _OWN_UNIT if spec is not None and spec.agency else {}
