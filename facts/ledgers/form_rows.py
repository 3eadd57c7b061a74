"""The rows of a form: whose a row is, what its empty cells say, and terms in one cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

from engine.model.facts import Input, Level
from engine.model.field import Empty
from engine.model.record_type import Term
from engine.model.values import Elements
from facts.forms.model import Form, FormRecord
from facts.ledgers.headers import Target, header_text
from facts.ledgers.tables import Table
from facts.writing.cells import CellReader
from facts.writing.meanings import CellState
from facts.writing.terms import after, term_in
from facts.writing.text import clean, fold

_MOST_NAMED: Final = 5


@dataclass(slots=True)
class FormRows:
    """How the rows of one record of a form are read; of a plain table nothing is different."""

    table: Table
    others: dict[str, list[int]] = field(default_factory=dict)
    _empty: Mapping[str, Empty] = field(init=False)

    def __post_init__(self) -> None:
        there = {column.match.target for column in self.table.columns}
        self._empty = {
            path: spec.empty
            for path, spec in self.table.type.fields.items()
            if spec.empty is not None and Target(path) in there
        }

    @property
    def _record(self) -> FormRecord | None:
        return self.table.record

    @property
    def once(self) -> bool:
        """Whether the sheet as a whole is one record."""
        return self._record is not None and self._record.once

    def passes(self, number: int, row: Sequence[object]) -> bool:
        """Whether a row holds none of these records."""
        if self._record is None:
            return False
        if self._record.where is not None:
            said = fold(_text(row, self.table.split))
            owner = _owner(self.table.form, said)
            if owner is None:
                self.others.setdefault(_text(row, self.table.split), []).append(number)
            return owner is not self._record
        return not self.table.first and bool(self._record.needs) and not self._any(row)

    def _any(self, row: Sequence[object]) -> bool:
        """Whether any field that the record needs has a cell in this row."""
        needs = set(self._record.needs) if self._record is not None else set()
        places = (c.number for c in self.table.columns if c.match.target.path in needs)
        return any(_text(row, place) for place in places)

    def say_others(self, entry: Input) -> None:
        """Say once what rows belong to no ledger, and which can't be told apart."""
        form = self.table.form
        for word, numbers in self.others.items():
            passed = form is not None and any(fold(w) in fold(word) for w in form.passed)
            rows = "、".join(map(str, numbers[:_MOST_NAMED]))
            more = f"等{len(numbers)}行" if len(numbers) > _MOST_NAMED else ""
            if passed:
                entry.problem(
                    f"不属于要核的台账，没有读取（第{rows}行{more}）", word,
                    sheet=self.table.grid.sheet, level=Level.NOTE,
                )  # fmt: skip
            else:
                entry.problem(
                    f"分不清这些行属于哪本台账，没有读取（第{rows}行{more}）", word,
                    sheet=self.table.grid.sheet, lost_row=True,
                    hint="；".join(self._choices()),
                )  # fmt: skip

    def _choices(self) -> list[str]:
        records = self.table.form.records if self.table.form is not None else ()
        types = self.table.headings.schema.types
        return [
            f"是{types[record.type].title}的填“{record.where.words[0]}”"
            for record in records
            if record.where is not None
        ]

    def complete(self, cells: MutableMapping[str, CellState], row: Sequence[object]) -> None:
        """Fill in what an empty cell says beside what others say, and terms by their length."""
        for path, empty in self._empty.items():
            said = cells.get(empty.field) if path not in cells else None
            items = said.items if isinstance(said, Elements) and said.closed else ()
            if items and not set(empty.without) & {str(item) for item in items}:
                reader = CellReader(self.table.type.fields[path])
                cells[path] = cast("CellState", reader.read(empty.says).state)  # it is no blank
        for term in self.table.type.terms:
            self._term(term, cells, row)

    def _term(
        self, term: Term, cells: MutableMapping[str, CellState], row: Sequence[object]
    ) -> None:
        """五年 under 有效期 counts from the day that it says, or from the day of issue."""
        words = set(map(fold, term.column))
        text = next(
            (_text(row, c.number) for c in self.table.columns if header_text(c.header) in words), ""
        )
        said = term_in(text)
        if said is None or not said.months:
            return
        start = cells.get(term.first if said.first else term.start)
        if isinstance(start, dt.date):
            cells.setdefault(term.first, start)
            cells.setdefault(term.last, after(start, said.months))


def _owner(form: Form | None, said: str) -> FormRecord | None:
    """The record whose word a cell says; the longest word decides."""
    found: Mapping[str, FormRecord] = {
        word: record
        for record in (form.records if form is not None else ())
        if record.where is not None
        for word in record.where.words
        if fold(word) in said
    }
    return found[max(found, key=len)] if found else None


def _text(row: Sequence[object], place: int) -> str:
    value = row[place - 1] if 0 < place <= len(row) else None
    return "" if value is None else clean(str(value))
