"""What the file of a form says: by what it is known, and what its columns are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator

from engine.model.field import Declared, Name, Path

Header = Annotated[str, Field(min_length=1)]
"""A header, or `组|列`: one below a group in a heading over two rows."""

Words = tuple[Header, ...]


class Given(Declared):
    """What a sheet says of a field for all rows that follow, where it has no column for it.

    `words`: a word in the heading of the section, the name of the sheet or its title, and what it
    says of the field. `unit`: the body that a section, the sheet or the title names. `year`: the
    year that the title names. `value`: what every sheet of this form says. `day`: the one day
    that a section, the sheet or the title names, before that the day in the row's own `column`;
    it is said of the rows whose fields are as in `when`, in which an empty cell is not none.
    """

    words: Mapping[str, str] = {}
    unit: bool = False
    year: bool = False
    value: str = ""
    day: bool = False
    column: tuple[Header, ...] = ()
    when: Mapping[Path, str] = {}

    @model_validator(mode="after")
    def _one(self) -> Self:
        if bool(self.words) + self.unit + self.year + bool(self.value) + self.day != 1:
            raise ValueError("words、unit、year、value、day 写一项")
        if not self.day and (self.column or self.when):
            raise ValueError("column、when 只与 day 同写")
        return self


class Where(Declared):
    """The rows that a record is made of: those with one of these words in this column."""

    column: Words = Field(min_length=1)
    words: Words = Field(min_length=1)


class FormRecord(Declared):
    """One record that a row of the form holds.

    `needs`: fields without whose columns there is none, and none in a row where all are empty.
    `columns`: headers by the field that they stand for, besides those of the record type; a field
    of a list as `list.field`, of the parent as `parent.field`. `instead`: headers that stand for
    a field where no other column does. `once`: one record a sheet. `values`: by field, words of
    the form and what they mean in it.
    """

    type: Name
    needs: tuple[Path, ...] = ()
    columns: Mapping[Path, Words] = {}
    instead: Mapping[Path, Words] = {}
    given: Mapping[Path, Given] = {}
    values: Mapping[Path, Mapping[str, str]] = {}
    where: Where | None = None
    once: bool = False


class Form(Declared):
    """A form: its name, what it rests on, and the records that its rows hold.

    `names`: words in the name of a file, a sheet or a title that speak for it; without one of
    them a form with `named` is none. `needs`: headers that it must have, one of each group.
    `aside`: headers that it has and nothing reads. `passed`: words in the column of `where`
    whose rows belong to no ledger. A form without `records` is known and read by nothing.
    """

    form: Name
    title: str
    source: str = Field(min_length=1)
    names: Words = ()
    named: bool = False
    needs: tuple[Words, ...] = Field(min_length=1)
    records: tuple[FormRecord, ...] = ()
    aside: Words = ()
    passed: Words = ()
