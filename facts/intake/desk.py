"""Each file by its kind: a ledger, a report, or what is not read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from engine.model.facts import Input, InputKind
from engine.model.schema import Schema
from facts.files.ahead import read_ahead
from facts.files.grid import Grid
from facts.files.names import LEDGER_SUFFIXES, REPORT_SUFFIXES
from facts.files.open import Found, LeftOut, read_bytes
from facts.files.reader import Reader
from facts.files.refused import RefusedError, SecretError
from facts.forms.load import forms_for, load_forms
from facts.intake.found import Intake, Opened, together
from facts.intake.rows import Rows
from facts.intake.sheets import Sheets
from facts.intake.texts import Texts
from facts.intake.unread import Unread, save_as
from facts.ledgers.all_headings import AllHeadings
from facts.ledgers.form_headings import form_headings
from facts.ledgers.headers import headings_of
from facts.ledgers.presumed import columns_of
from facts.place import Settings

_OLD: Final = {".et": ".xlsx", ".ods": ".xlsx", ".xlsb": ".xlsx", ".numbers": ".xlsx",
               ".dbf": ".xlsx", ".tsv": ".csv"}  # fmt: skip
_LINES: Final = frozenset({".jsonl", ".ndjson"})
_AS_LIST: Final = "一行一件的 JSON 没有读取；请导出成一个清单（.json），或者 .csv、.xlsx"
_WORD: Final = frozenset({".doc", ".wps", ".rtf", ".odt"})
_PACKED: Final = frozenset({".zip", ".rar", ".7z"})
_UNPACK: Final = "是压缩包，没有读取；里面有台账、报告的，请解压到这个文件夹里再核"


def take_in(
    files: Iterable[Found],
    left_out: Iterable[LeftOut],
    schema: Schema,
    settings: Settings,
    reader: Reader,
) -> tuple[Intake, list[Input]]:
    """All that the files hold; what keeps one from being read is a problem of that file.

    Also what was left out, as inputs: it may hold rows of any ledger that isn't ruled out.
    """
    forms = form_headings(schema, forms_for(schema, load_forms()))
    headings = AllHeadings(headings_of(schema), forms)
    desk = _Desk(schema, settings, headings, reader)
    rows = Rows(schema, settings, headings)
    opened = [desk.file(found, held) for found, held in read_ahead(files, desk.contents)]
    # what an unknown column may be depends on the columns of every other sheet
    there = columns_of([table for one in opened for tables, _ in one.sheets for table in tables])
    left = [desk.left_out(one) for one in left_out]
    parts = [*(rows.of(one, there) for one in opened), *(one.intake for one in left)]
    return together(parts), [one.entry for one in left]


@dataclass(frozen=True, slots=True)
class _Contents:
    """What a file holds: the sheets of a ledger, or the text of a report and its encoding."""

    grids: list[Grid] = field(default_factory=list)
    text: tuple[str, str] = ("", "")


class _Desk:
    """What is needed to take in a file."""

    def __init__(
        self, schema: Schema, settings: Settings, headings: AllHeadings, reader: Reader
    ) -> None:
        self._settings, self._reader = settings, reader
        self._unread = Unread(schema)
        self._sheets = Sheets(schema, settings, headings)
        self._texts = Texts(self._unread)

    def contents(self, found: Found) -> _Contents:
        """What a file holds whose kind is read. Raises RefusedError."""
        if self._settings.ignores(found.path):
            return _Contents()
        if found.suffix in LEDGER_SUFFIXES:
            data = read_bytes(found)
            return _Contents(self._reader.grids(data, found.suffix, found.entry))
        if found.suffix in REPORT_SUFFIXES:
            data = read_bytes(found)
            if found.suffix in (".pdf", ".docx"):
                found.entry.kind = InputKind.REPORT
            return _Contents(text=self._reader.text(data, found.suffix))
        return _Contents()

    def file(self, found: Found, held: Callable[[], _Contents]) -> Opened:
        """What one file holds; whatever keeps it from being read becomes its problem."""
        entry = found.entry
        if self._settings.ignores(found.path):
            entry.notes.append("设置里写明不看，没有读取")
            return Opened(entry)
        try:
            if found.suffix in LEDGER_SUFFIXES:
                entry.kind = InputKind.LEDGER
                return self._sheets.opened(held().grids, entry)
            if found.suffix in REPORT_SUFFIXES:
                return Opened(entry, self._texts.text(held().text, found))
            if found.suffix in _OLD:
                entry.kind = InputKind.LEDGER
                why = save_as(found.suffix, _OLD[found.suffix])
                return Opened(entry, self._unread.refused(entry, why))
            if found.suffix in _LINES:
                entry.kind = InputKind.LEDGER
                return Opened(entry, self._unread.refused(entry, _AS_LIST))
            if found.suffix in _WORD:
                return Opened(entry, self._unread.document(found, save_as(found.suffix, ".docx")))
            if found.suffix in _PACKED:
                return Opened(entry, self._unread.document(found, _UNPACK))
            return Opened(entry, self._unread.neither(entry, "不是台账或报告的格式，没有读取", ""))
        except RefusedError as error:
            entry.secret = isinstance(error, SecretError)
            return Opened(entry, self._unread.refused(entry, str(error)))

    def left_out(self, left: LeftOut) -> Opened:
        """What nobody opens; one that may hold rows keeps their ledgers from being whole."""
        entry = Input(left.path)
        if self._settings.ignores(entry.path):
            entry.notes.append("设置里写明不看，没有读取")
            return Opened(entry)
        if left.many or left.suffix in LEDGER_SUFFIXES | _OLD.keys() | _LINES | {""}:
            entry.kind = InputKind.LEDGER
        return Opened(entry, self._unread.refused(entry, left.reason))
