"""The states a fact can be in, and where it came from.

A scalar is *known* (a plain Python value), *absent* (the ledger says there is none: `ABSENT`)
or *unknown* (an `Unknown` with its cause). Nothing here ever turns unknown into a default.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeAlias


class Cause(StrEnum):
    """Why a fact is unknown."""

    BLANK = "blank"
    NO_COLUMN = "no_column"
    UNREADABLE = "unreadable"
    INCOMPLETE = "incomplete"
    PLANNED = "planned"
    OPEN_LIST = "open_list"
    CALENDAR = "calendar"
    PARAMETER = "parameter"
    ELSEWHERE = "elsewhere"
    CLAIMED = "claimed"
    CLAIMED_NOT_APPLICABLE = "claimed_not_applicable"
    NEEDS_PERSON = "needs_person"
    CONTRADICTED = "contradicted"


CAUSE_TITLES: Final[Mapping[Cause, str]] = {
    Cause.BLANK: "未填写",
    Cause.NO_COLUMN: "台账没有这一列",
    Cause.UNREADABLE: "填写内容无法识别",
    Cause.INCOMPLETE: "填写不完整",
    Cause.PLANNED: "计划中，尚未发生",
    Cause.OPEN_LIST: "清单未声明完整",
    Cause.CALENDAR: "该年放假安排未录入",
    Cause.PARAMETER: "本地参数未设定",
    Cause.ELSEWHERE: "填写为“详见附件”，未见内容",
    Cause.CLAIMED: "只写了“有”，没有写明是什么",
    Cause.CLAIMED_NOT_APPLICABLE: "填报称不适用，待认定",
    Cause.NEEDS_PERSON: "待人工认定",
    Cause.CONTRADICTED: "与别处矛盾，不能作数",
}

UNEVIDENCED: Final = frozenset([Cause.BLANK, Cause.CLAIMED])
"""Nothing is written, or only that there is one: what the law wants on paper is not shown."""

Scalar: TypeAlias = bool | int | Decimal | str | dt.date | dt.datetime
"""A known value. `datetime` facts are naive local times."""

Ordered: TypeAlias = int | Decimal | dt.date | dt.datetime
"""A known value that has a before and an after."""

FIRST_YEAR: Final = 1949
LAST_YEAR: Final = 2100
"""No day of a record, and none that is asked about, lies before or after."""

YEARS: Final = f"年份应在{FIRST_YEAR}至{LAST_YEAR}之间"


def in_years(year: int) -> bool:
    """Whether a record may have a day of this year."""
    return FIRST_YEAR <= year <= LAST_YEAR


LIMIT: Final = 2**31
"""Numbers of this size and beyond are refused when read."""

DECIMALS: Final = 4
"""A known number has at most this many decimals; more are refused when read."""


class Absent:
    """The ledger says there is none. One instance: `ABSENT`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "ABSENT"

    def __reduce__(self) -> str:
        return "ABSENT"  # what is stored or copied is that instance again


ABSENT: Final = Absent()


@dataclass(frozen=True, slots=True)
class Unknown:
    """Not known, with the reason.

    `lo` and `hi` bound the value where something is known of it, both inclusive
    (`2024年5月` is 2024-05-01 to 2024-05-31; `20余` is 20 to 29; a day without a time is a day).
    `planned` is the day an event is planned for: only `due` and `act_on` read it.
    """

    cause: Cause
    lo: Ordered | None = None
    hi: Ordered | None = None
    planned: dt.date | dt.datetime | None = None


State: TypeAlias = Scalar | Absent | Unknown
"""What a record holds for a scalar field."""

Truth: TypeAlias = bool | None
"""True, False, or None where what is known does not tell."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact stands: file with sheet and cell, or file and line, or file and characters.

    `line` is 1-based, the cell of a line is its column (`D列`); `start` and `end` are code-point
    offsets in the decoded text; `text` is the content as the office wrote it, empty of a cell
    that holds nothing. `presumed` says why a fact is taken from here where nobody said that this
    is its column.
    """

    file: str = ""
    sheet: str = ""
    cell: str = ""
    line: int | None = None
    start: int | None = None
    end: int | None = None
    text: str = ""
    presumed: str = ""

    def place(self) -> str:
        """The place in words, such as `决策台账.xlsx〔决策〕D5`."""
        where = self.file + inside_file(self.sheet, self.cell, self.line)
        if self.start is not None:
            where += f" 第{self.start}—{self.end}字"
        return where


def inside_file(sheet: str, cell: str, line: int | None) -> str:
    """Where in a file something stands, in words: `〔决策〕D5`, ` 第5行D列`."""
    if line is not None:
        return (f"〔{sheet}〕" if sheet else " ") + f"第{line}行{cell}"
    return (f"〔{sheet}〕" if sheet else " " if cell else "") + cell


@dataclass(frozen=True, slots=True)
class Elements:
    """The content of a list field: records or scalars found, and whether there can be more.

    An absent list is empty and closed. `cause` says why an open list is open; where that is a
    single fact that isn't known, `waits` is its record and its field.
    """

    items: tuple[Record, ...] | tuple[Scalar, ...] = ()
    closed: bool = False
    cause: Cause = Cause.OPEN_LIST
    absent: bool = False
    waits: tuple[Record, str] | None = field(default=None, compare=False, repr=False)


NO_COLUMN: Final = Unknown(Cause.NO_COLUMN)
NEEDS_PERSON: Final = Unknown(Cause.NEEDS_PERSON)
OPEN_EMPTY: Final = Elements((), closed=False, cause=Cause.NO_COLUMN)
ABSENT_LIST: Final = Elements((), closed=True, absent=True)


@dataclass(slots=True, eq=False, repr=False)
class Record:
    """A ledger row or nested object: flat values by dotted field path, lists by field name.

    `values` lacks a field that no column carries: reading it gives `NO_COLUMN`. `sources` has
    the cells of the row's columns, those that hold nothing as well; `source` is the row itself.
    """

    type: str
    key: str
    values: dict[str, State | Elements] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    source: Source = field(default_factory=Source)
    parent: Record | None = None

    def __repr__(self) -> str:
        return f"Record({self.type!r}, {self.key!r})"

    def scalar(self, path: str) -> State:
        """The state of the scalar or object field at `path`."""
        value = self.values.get(path, NO_COLUMN)
        if isinstance(value, Elements):
            raise TypeError(path)
        return value

    def elements(self, path: str) -> Elements:
        """The content of the list field at `path`."""
        value = self.values.get(path, OPEN_EMPTY)
        return value if isinstance(value, Elements) else OPEN_EMPTY

    def source_of(self, path: str) -> Source:
        """The cell of the field, be it empty; the sheet where it has no column; else the row.

        An object without a cell of its own stands where the first thing known of it does.
        """
        found = self.sources.get(path)
        if found is not None:
            return found
        below = [source for name, source in self.sources.items() if name.startswith(f"{path}.")]
        if below:
            return next((source for source in below if source.text), below[0])
        state = self.values.get(path, NO_COLUMN)
        if isinstance(state, Unknown | Elements) and state.cause is Cause.NO_COLUMN:
            return Source(self.source.file, self.source.sheet)
        return self.source


Records: TypeAlias = Mapping[str, Sequence[Record]]
"""All records of a run by record type; nested records stand in their own type too."""
