"""What the names of a sheet say it is: its own name, its title rows and the file's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from engine.model.facts import stem
from engine.model.record_type import RecordType
from facts.files.grid import Grid
from facts.writing.text import fold, words

_STRANGE: Final = words("通讯录 通信录 电话本 联系方式 联络表 签到 值班 考勤 座次 座位 请假 工资")


_ANY_BODY: Final = ("单位", "部门")
"""These stand in names of every kind, and say something only by themselves."""


@dataclass(frozen=True, slots=True)
class SheetNames:
    """The folded names in and around a sheet, and the words of ledgers that each says.

    A longer word says what a shorter one within it doesn't: 决策事项目录 is no 决策.
    """

    own: tuple[str, frozenset[str]]
    titles: tuple[tuple[str, frozenset[str]], ...]
    file: tuple[str, frozenset[str]]

    def bonus(self, known: Iterable[str]) -> float:
        """How much the names speak for what has these names, folded."""
        words_ = frozenset(known)
        around = (*self.titles, self.file)
        if self.own[0] in words_:
            return 100.0
        if any(name in words_ for name, _ in around):
            return 30.0
        bonus = max((4.0 + len(word) for word in words_ & self.own[1]), default=0.0)
        told = frozenset(word for _, said in around for word in said)
        return max((bonus, *(2 + len(word) / 2 for word in words_ & told)))

    def mentions(self, known: Iterable[str]) -> bool:
        """Whether any name has one of these words in it, folded, whatever else it says."""
        return any(word in name for word in known for name in self._all)

    def titled(self, known: Iterable[str]) -> bool:
        """Whether the sheet's own name or a title row says one of these names, folded."""
        words_ = frozenset(known)
        return any(name in words_ or words_ & said for name, said in (self.own, *self.titles))

    @property
    def strange(self) -> bool:
        """Whether they say that it is none of the ledgers: 通讯录, 签到表."""
        return self.mentions(_STRANGE)

    @property
    def _all(self) -> tuple[str, ...]:
        return self.own[0], self.file[0], *(name for name, _ in self.titles)


def sheet_names(grid: Grid, lines: Sequence[Iterable[str]], known: AbstractSet[str]) -> SheetNames:
    """The names of a sheet whose first rows hold these texts; `known` are all names of ledgers."""

    def said(name: str) -> tuple[str, frozenset[str]]:
        found = {word for word in known if says(name, word)}
        inner = {word for word in found for other in found if word != other and word in other}
        return name, frozenset(found - inner)

    rows = [frozenset(filter(None, line)) for line in lines]
    titles = tuple(said(fold(text)) for line in rows if len(line) == 1 for text in line)
    return SheetNames(said(fold(grid.sheet)), titles, said(fold(stem(grid.file))))


def says(name: str, word: str) -> bool:
    """Whether a folded name says a word; 部门预算 is not of bodies."""
    return word == name if word in _ANY_BODY else word in name


def names_of(record_type: RecordType) -> list[str]:
    """The folded names of a ledger."""
    return [fold(word) for word in (record_type.title, *record_type.sheets, record_type.type)]
