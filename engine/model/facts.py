"""What reading a folder yields: records, the inputs they came from, and every problem met."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from engine.model.values import Record, Records, Source, inside_file

# The process that takes files apart has no use for reports, calendars and earlier results.
if TYPE_CHECKING:
    from engine.model.earlier import YearEntry
    from engine.model.report import ReportEntry
    from engine.model.workdays import WorkCalendar

ANY_LEDGER: Final = "*"
"""Stands for every ledger where what was lost may have belonged to any."""

QUOTE_LIMIT: Final = 120


class Level(StrEnum):
    """How much a problem matters: `error` means that something was not read (exit code 3)."""

    ERROR = "error"
    NOTE = "note"


class InputKind(StrEnum):
    """What an input file is."""

    LEDGER = "ledger"
    REPORT = "report"
    SETTINGS = "settings"
    CALENDAR = "calendar"
    EARLIER = "earlier"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the input that was not read as it stands, and what was expected instead.

    `file` is relative to the folder; `cell` is an address such as `D5`, `line` is 1-based.
    `found` quotes the offending text. `lost_row`: a whole row could not become a record, so the
    lists it may belong to stay open. `type` is the record type it belongs to, if known. `kept`:
    `found` is the content of a field that stays in the office.
    """

    file: str
    found: str
    expected: str
    sheet: str = ""
    cell: str = ""
    line: int | None = None
    hint: str = ""
    lost_row: bool = False
    level: Level = Level.ERROR
    type: str = ""
    kept: bool = False

    def place(self) -> str:
        """The place in words, such as `决策台账.xlsx〔决策〕D5`."""
        return self.file + inside_file(self.sheet, self.cell, self.line)

    def text(self, kept: str | None = None) -> str:
        """One line for the reader: place, what was found, what was expected, what to do.

        `kept` is put in place of what stays in the office.
        """
        said = kept if self.kept and kept is not None else self.found
        found = f"“{said}”" if self.found else ""
        hint = f"（{self.hint}）" if self.hint else ""
        return f"{self.place()}：{found}{'，' if found else ''}{self.expected}{hint}"


@dataclass(frozen=True, slots=True)
class Question:
    """What a file leaves open and its settings may say.

    `item` is the row of the settings, `about` what stands before the equals sign there, a sheet
    or a header; `candidates` are the answers that fit, the likeliest first: none where any name
    of a body may be the answer. `why` says in words for a clerk what is open.
    """

    item: str
    about: str
    candidates: tuple[str, ...]
    why: str


@dataclass(slots=True)
class Input:
    """One file of the folder, or one that was left out and why.

    `records` counts the records read by type; `used` counts the columns read, by sheet; `missing`
    lists, per sheet, the titles of the known columns that it lacks; `notes` says what was decided
    on the reader's behalf; `questions` are what its settings may say. `secret`: it is marked as a
    state secret.
    """

    path: str
    sha256: str = ""
    kind: InputKind = InputKind.OTHER
    encoding: str = ""
    records: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    used: dict[str, int] = field(default_factory=dict)
    missing: dict[str, tuple[str, ...]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    secret: bool = False

    def problem(  # noqa: PLR0913 - the fields of a problem
        self,
        expected: str,
        found: str = "",
        *,
        sheet: str = "",
        cell: str = "",
        line: int | None = None,
        hint: str = "",
        lost_row: bool = False,
        level: Level = Level.ERROR,
        record_type: str = "",
        kept: bool = False,
    ) -> None:
        """Put a problem of this file on record."""
        self.problems.append(
            Problem(
                self.path,
                quote(found),
                expected,
                sheet=sheet,
                cell=cell,
                line=line,
                hint=hint,
                lost_row=lost_row,
                level=level,
                type=record_type,
                kept=kept,
            )
        )


def problem_at(  # noqa: PLR0913 - the fields of a problem
    source: Source,
    expected: str,
    found: str = "",
    *,
    hint: str = "",
    lost_row: bool = False,
    level: Level = Level.ERROR,
    record_type: str = "",
    kept: bool = False,
) -> Problem:
    """A problem with what stands at `source`."""
    return Problem(
        source.file,
        quote(found),
        expected,
        sheet=source.sheet,
        cell=source.cell,
        line=source.line,
        hint=hint,
        lost_row=lost_row,
        level=level,
        type=record_type,
        kept=kept,
    )


def quote(text: str) -> str:
    """The text as it may be shown: one line, cut at 120 characters."""
    line = " ".join(text.split())
    return line if len(line) <= QUOTE_LIMIT else line[:QUOTE_LIMIT] + "…"


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of one office and year.

    `records` holds every record by type, nested ones in their own type too, in the order of
    their keys. `year` is the assessed year. `closed` names the record types whose ledgers are
    complete, `lost` those of which a row or a file that is theirs by name could not be read,
    `ANY_LEDGER` among them where it may have been any. `jurisdiction` is empty where nothing
    names one. `reports` is what the annual reports say, that of the assessed year first.
    `presumed` are the fields, by record type and path, that were read of columns which nobody
    named: the source of such a fact says why. `earlier` are the years before that earlier results
    in the folder speak of, the oldest first. `called` says what the codes in facts are called.
    """

    records: Records
    place: Record
    year: int
    jurisdiction: str
    calendar: WorkCalendar
    inputs: tuple[Input, ...]
    closed: frozenset[str]
    lost: frozenset[str]
    reports: tuple[ReportEntry, ...]
    presumed: frozenset[tuple[str, str]] = frozenset()
    earlier: tuple[YearEntry, ...] = ()
    called: Mapping[str, str] = field(default_factory=dict)

    @property
    def problems(self) -> list[Problem]:
        """Every problem of every input, in the order of the files."""
        return list(all_problems(self.inputs))


def all_problems(inputs: Iterable[Input]) -> Iterator[Problem]:
    """The problems of all inputs, in order."""
    for item in inputs:
        yield from item.problems


def stem(path: str) -> str:
    """The file name without folders and suffix."""
    return PurePosixPath(path).stem
