"""What a sheet says of all its rows at once: in its name, its title, the headings of sections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

from engine.model.facts import stem
from facts.forms.model import Given
from facts.ledgers.headers import Target
from facts.ledgers.periods import SheetPeriod, section_period
from facts.ledgers.tables import Table
from facts.writing.cells import CellReader, Names
from facts.writing.meanings import CellState
from facts.writing.measure import PLAIN
from facts.writing.text import clean, fold

_MARK: Final = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}[、.部章节]|\([一二三四五六七八九十]{1,3}\))"
)
_BODIES: Final = (
    "人民政府办公室|委员会办公室|政府办公室|委办公室|管理委员会|委员会|人民政府|街道办事处|办事处"
    "|办公室|大队|支队|总队|中心|局|委|厅|院|处|站"
)
_BODY: Final = re.compile(rf"[一-鿿]{{2,20}}?(?:{_BODIES})(?![一-鿿]*(?:{_BODIES}))")
_TITLED: Final = re.compile(rf"[一-鿿]{{2,20}}?(?:{_BODIES})")
_COUNTED: Final = re.compile(r"[(（][^()（）]*[)）]$|[:：]$")
_ANY_YEAR: Final = 2000
_OWN_UNIT: Final = {"unit": Given(unit=True)}


@dataclass(slots=True)
class Surroundings:
    """What is said around the rows of a table, section by section.

    `given` are the fields that have no column of their own and may be said there; `section` is
    the heading of the section that the rows now stand in.
    """

    table: Table
    names: Names
    given: Mapping[str, Given] = field(init=False)
    section: str = ""
    _readers: dict[str, CellReader] = field(default_factory=dict)

    def __post_init__(self) -> None:
        record = self.table.record
        every = record.given if record is not None else _own_unit(self.table)
        there = {c.match.target.path for c in self.table.columns if not c.match.target.list}
        self.given = {path: given for path, given in every.items() if path not in there}

    @property
    def period(self) -> SheetPeriod | None:
        """The month that the rows now stand under."""
        return section_period(self.section, self.table.year) or self.table.period

    def is_section(self, row: Sequence[object]) -> bool:
        """Whether a row is the heading of a section; then what it says holds from here on."""
        filled = [value for value in row if value is not None and str(value).strip()]
        texts = {clean(value) for value in filled if isinstance(value, str)}
        alone = len(texts) == 1 and len(filled) in (1, len(row)) and len(self.table.columns) > 1
        if not alone or len(filled) != sum(isinstance(value, str) for value in filled):
            return False
        (text,) = texts
        month = section_period(text, self.table.year or _ANY_YEAR) is not None
        if not (month or _MARK.match(fold(text)) or self._says(text)):
            return False
        self.section = text
        return True

    def _says(self, text: str) -> bool:
        return any(
            any(fold(word) in fold(text) for word in given.words)
            or (given.unit and _BODY.fullmatch(_bare(text)) is not None)
            for given in self.given.values()
        )

    def cells(self) -> Iterator[tuple[Target, CellState, str]]:
        """What is said for the rows here: the field, what it says, and the text that says so."""
        for path, given in self.given.items():
            said, text = self._said(given)
            if said:
                target = self._target(path)
                # what is said is no blank
                yield target, cast("CellState", self._reader(path, target).read(said).state), text

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
        around = [*self.table.titles, stem(grid.file)] if self.table.record is not None else []
        if given.unit:
            for text in (self.section, grid.sheet):
                if _BODY.fullmatch(_bare(text)):
                    return _bare(text), text
            found = ((_TITLED.match(_bare(text)), text) for text in around)
            return next(((match[0], text) for match, text in found if match), ("", ""))
        for text in (self.section, grid.sheet, *around):
            words = [word for word in given.words if fold(word) in fold(text)]
            if words:
                return given.words[max(words, key=len)], text
        return "", ""


def _own_unit(table: Table) -> Mapping[str, Given]:
    """A sheet of one body needs no column for it, where its record type has one."""
    spec = table.type.fields.get("unit")
    return _OWN_UNIT if spec is not None and spec.agency else {}


def _bare(text: str) -> str:
    """A heading without its number and without what stands in brackets behind it."""
    return _COUNTED.sub("", _MARK.sub("", clean(text)))
