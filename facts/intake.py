"""Files to drafts: each file read by its kind, each sheet recognised, each row drafted.

收件：每个文件按种类读，每张表认出来，每行起草；看不了的说为什么。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Final

from engine.model.facts import ANY_LEDGER, Input, InputKind, Level, Question, stem
from engine.model.record_type import RecordType
from engine.model.report import TO_FILL
from engine.model.schema import Schema
from engine.model.values import Cause
from facts.files.ahead import read_ahead
from facts.files.documents.text import count_numbers
from facts.files.grid import Grid, Inner
from facts.files.names import LEDGER_SUFFIXES, REPORT_SUFFIXES
from facts.files.open import Found, LeftOut, RefusedError, SecretError, read_bytes
from facts.files.reader import Reader
from facts.forms.load import forms_for, load_forms
from facts.ledgers.all_headings import AllHeadings
from facts.ledgers.defaults import Drafted, put_defaults, questions_of
from facts.ledgers.draft import Draft
from facts.ledgers.drafts import drafts_of
from facts.ledgers.form_headings import form_headings
from facts.ledgers.headers import header_text, headings_of
from facts.ledgers.outside import hold_to_periods
from facts.ledgers.presumed import Elsewhere, columns_of, mark_presumed, presume
from facts.ledgers.recognise import HEADER_WITHIN, cell_text
from facts.ledgers.sheet_names import names_of, says, sheet_names
from facts.ledgers.sheets import (
    Undecided,
    place_of_sheet,
    say_undecided,
    say_unfit,
    say_unknown,
    sheet_in_words,
    tables_of,
)
from facts.ledgers.tables import Table, inside_table, say_columns
from facts.place import Settings
from facts.report.facts import is_report
from facts.writing.text import clean, fold, marking

_TITLES: Final = 6
"""Rows in which a title may stand."""
_SHORT: Final = 2
_ENOUGH: Final = 2
MAX_ROWS: Final = 120_000
"""Rows of all ledgers of a folder; of more the files that come later are not read."""
MAX_NUMBERS: Final = 10_000
"""Numbers of all reports of a folder, each read with the words around it; a report has hundreds."""

_GUIDE_ROWS: Final = 200
"""So many rows of a sheet that is no ledger may say in what unit the ledgers are."""

_OLD: Final = {".et": ".xlsx", ".ods": ".xlsx", ".xlsb": ".xlsx", ".numbers": ".xlsx",
               ".dbf": ".xlsx", ".tsv": ".csv"}  # fmt: skip
_WORD: Final = frozenset({".doc", ".wps", ".rtf", ".odt"})
_PACKED: Final = frozenset({".zip", ".rar", ".7z"})
_LISTS: Final = ("台账", "登记簿", "登记表", "名册", "明细表", "一览表", "汇总表")
"""What a file calls itself that holds a ledger, whatever it is written with."""
_UNPACK: Final = "是压缩包，没有读取；里面有台账、报告的，请解压到这个文件夹里再核"
_TO_IGNORE: Final = (
    "与台账无关的，写进“设置.xlsx”的“不看的文件”，或在 fazhi.yaml 里加一行 ignore: [{}]"
)
IGNORED: Final = "不看的文件"
"""The row of the settings that names the files to leave alone."""


@dataclass(frozen=True, slots=True)
class Text:
    """A report file as read."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Intake:
    """What files hold, before rows become records.

    `lost` names the ledgers that something unread may have belonged to, `read` those of which a
    sheet was read. `years` counts the years that titles, sheets and files name. `sheets` are
    those that were looked at, each with its file. `presumed` are the fields, by record type
    and path, of columns that nobody named.
    """

    drafts: Sequence[Draft] = ()
    texts: Sequence[Text] = ()
    lost: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()
    years: Counter[int] = field(default_factory=Counter)
    sheets: frozenset[tuple[str, str]] = frozenset()
    presumed: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class _Contents:
    """What a file holds: the sheets of a ledger, or the text of a report and its encoding."""

    grids: list[Grid] = field(default_factory=list)
    text: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file whose sheets are known and whose rows are not read yet, or all that it holds.

    `sheets` are the tables of each sheet, with what was lost with it; `beside` is what sheets
    that hold none say of units.
    """

    entry: Input
    intake: Intake = field(default_factory=Intake)
    sheets: Sequence[tuple[list[Table], frozenset[str]]] = ()
    beside: list[str] = field(default_factory=list)


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
    desk = _Desk(schema, settings, AllHeadings(headings_of(schema), forms), reader)
    opened = [desk.file(found, held) for found, held in read_ahead(files, desk.contents)]
    # what an unknown column may be depends on the columns of every other sheet
    there = columns_of([table for one in opened for tables, _ in one.sheets for table in tables])
    left = [desk.left_out(one) for one in left_out]
    parts = [*(desk.rows(one, there) for one in opened), *(one.intake for one in left)]
    return _together(parts), [one.entry for one in left]


def _together(parts: Sequence[Intake]) -> Intake:
    return Intake(
        [draft for part in parts for draft in part.drafts],
        [text for part in parts for text in part.texts],
        frozenset().union(*(part.lost for part in parts)),
        frozenset().union(*(part.read for part in parts)),
        sum((part.years for part in parts), Counter()),
        frozenset().union(*(part.sheets for part in parts)),
        frozenset().union(*(part.presumed for part in parts)),
    )


@dataclass(frozen=True, slots=True)
class _Desk:
    """What is needed to take in a file."""

    schema: Schema
    settings: Settings
    headings: AllHeadings
    reader: Reader
    rows_read: Counter[str] = field(default_factory=Counter)
    numbers_read: Counter[str] = field(default_factory=Counter)

    def contents(self, found: Found) -> _Contents:
        """What a file holds whose kind is read. Raises RefusedError."""
        if self.settings.ignores(found.path):
            return _Contents()
        if found.suffix in LEDGER_SUFFIXES:
            data = read_bytes(found)
            return _Contents(self.reader.grids(data, found.suffix, found.entry))
        if found.suffix in REPORT_SUFFIXES:
            data = read_bytes(found)
            if found.suffix in (".pdf", ".docx"):
                found.entry.kind = InputKind.REPORT
            return _Contents(text=self.reader.text(data, found.suffix))
        return _Contents()

    def file(self, found: Found, held: Callable[[], _Contents]) -> _Opened:
        """What one file holds; whatever keeps it from being read becomes its problem."""
        entry = found.entry
        if self.settings.ignores(found.path):
            entry.notes.append("设置里写明不看，没有读取")
            return _Opened(entry)
        try:
            if found.suffix in LEDGER_SUFFIXES:
                entry.kind = InputKind.LEDGER
                return self._ledger(held().grids, entry)
            if found.suffix in REPORT_SUFFIXES:
                return _Opened(entry, self._report(held().text, found))
            if found.suffix in _OLD:
                entry.kind = InputKind.LEDGER
                why = _save_as(found.suffix, _OLD[found.suffix])
                return _Opened(entry, self._refused(entry, why))
            if found.suffix in _WORD:
                return _Opened(entry, self._document(found, _save_as(found.suffix, ".docx")))
            if found.suffix in _PACKED:
                return _Opened(entry, self._document(found, _UNPACK))
            return _Opened(entry, self._neither(entry, "不是台账或报告的格式，没有读取", ""))
        except RefusedError as error:
            entry.secret = isinstance(error, SecretError)
            return _Opened(entry, self._refused(entry, str(error)))

    def left_out(self, left: LeftOut) -> _Opened:
        """What nobody opens; one that may hold rows keeps their ledgers from being whole."""
        entry = Input(left.path)
        if self.settings.ignores(entry.path):
            entry.notes.append("设置里写明不看，没有读取")
            return _Opened(entry)
        if left.many or left.suffix in LEDGER_SUFFIXES | _OLD.keys() | {""}:
            entry.kind = InputKind.LEDGER
        return _Opened(entry, self._refused(entry, left.reason))

    def rows(self, opened: _Opened, there: Elsewhere) -> Intake:
        """The rows of a file's sheets; `there` are the fields that a column anywhere has."""
        aliases = self.settings.headers
        for tables, _ in opened.sheets:
            presume(tables, there, self.settings.agencies, aliases, opened.entry)
            for table in tables[:1]:
                say_columns(table, aliases, opened.entry)
        return _together(
            [
                opened.intake,
                *(self._sheet(tables, lost, opened) for tables, lost in opened.sheets),
            ]
        )

    def _document(self, found: Found, said: str) -> Intake:
        """A text or an archive holds a ledger only if its name says so, and a report likewise."""
        entry = found.entry
        named = _types_named(entry.path, self.schema)
        if named:
            entry.kind = InputKind.LEDGER
            return self._refused(entry, said)
        report = is_report(stem(entry.path), "")
        entry.kind = InputKind.REPORT if report else InputKind.OTHER
        entry.problem(said, level=Level.ERROR if report else Level.NOTE)
        return Intake()

    def _neither(self, entry: Input, said: str, hint: str) -> Intake:
        """What is read neither as a ledger nor as a report is noted, unless it is called one."""
        if self._is_called_ledger(entry):
            return self._refused(entry, f"{said}；看名称是台账，请另存为 .xlsx 再放进来")
        if is_report(stem(entry.path), ""):
            entry.kind = InputKind.REPORT
            entry.problem(f"{said}；看名称是年度报告，请另存为 .docx 再放进来")
            return Intake()
        entry.problem(said, level=Level.NOTE, hint=hint)
        return Intake()

    def _is_called_ledger(self, entry: Input) -> bool:
        name = fold(stem(entry.path))
        called = any(word in name for word in _LISTS)
        return called and bool(_types_named(entry.path, self.schema))

    def _refused(self, entry: Input, reason: str) -> Intake:
        """A file that isn't read may hold rows of the ledgers that its name suggests, or any."""
        if entry.kind is not InputKind.LEDGER and not self._is_called_ledger(entry):
            entry.problem(reason)
            return Intake()
        entry.kind = InputKind.LEDGER
        named = _types_named(entry.path, self.schema)
        entry.questions.append(Question(IGNORED, entry.path, ("是", "否"), f"读不了：{reason}"))
        if named:
            entry.problem(reason, lost_row=True)
            return Intake(lost=named)
        hint = "文件名看不出是哪本台账，读进来以前，哪一本都不能当作录全；"
        hint += _TO_IGNORE.format(entry.path)
        entry.problem(reason, hint=hint, lost_row=True)
        return Intake(lost=frozenset({ANY_LEDGER}))

    def _ledger(self, grids: list[Grid], entry: Input) -> _Opened:
        rows = sum(len(grid.rows) for grid in grids)
        if rows + self.rows_read.total() > MAX_ROWS:
            raise RefusedError(
                f"有{rows}行，连同前面的台账超过{MAX_ROWS}行，没有读取；"
                "请按单位或者月份分成几个文件夹核"
            )
        self.rows_read[entry.path] = rows
        for grid in grids:
            _refuse_secrets(grid)
        if not grids and all(problem.level is Level.NOTE for problem in entry.problems):
            raise RefusedError("文件是空的，没有任何内容")
        sheets = [(grid, *self._tables(grid, entry)) for grid in grids]
        beside = [text for grid, tables, _ in sheets if not tables for text in _texts(grid)]
        looked = Intake(sheets=frozenset((entry.path, grid.sheet) for grid in grids))
        return _Opened(entry, looked, [(tables, lost) for _, tables, lost in sheets], beside)

    def _report(self, held: tuple[str, str], found: Found) -> Intake:
        entry = found.entry
        text, entry.encoding = held
        if not is_report(stem(entry.path), text):
            entry.kind = InputKind.OTHER
            said = "不像法治政府建设年度报告，没有读取"
            return self._neither(entry, said, "文件名或标题里应有“法治政府建设”和“报告”")
        if TO_FILL in text:
            entry.kind = InputKind.OTHER
            entry.problem(
                f"还有“{TO_FILL}”的地方，是没有写完的自查报告，没有当作年度报告读",
                level=Level.NOTE,
                hint="写完了再放进来；定稿的年度报告里不要留这几个字",
            )
            return Intake()
        entry.kind = InputKind.REPORT
        numbers = count_numbers(text)
        if numbers + self.numbers_read.total() > MAX_NUMBERS:
            raise RefusedError(
                f"有{numbers}处数字，连同前面的报告超过{MAX_NUMBERS}处，没有读取；"
                "请只放报告的正文，附表、明细另放"
            )
        self.numbers_read[entry.path] = numbers
        return Intake(texts=[Text(entry.path, text)])

    def _tables(self, grid: Grid, entry: Input) -> tuple[list[Table], frozenset[str]]:
        """The tables that a sheet holds, or what was lost with it if it holds none."""
        only = self.settings.sheets.kind(entry.path, grid.sheet)
        if only is not None and not only:
            entry.notes.append(f"{sheet_in_words(grid)}：设置里写明不是台账，没有读取")
            return [], frozenset()
        found = tables_of(grid, self.headings, entry, self.settings.headers, only)
        if isinstance(found, Undecided):
            say_undecided(grid, found, entry)
            return [], _with_nested(found.types, self.schema)
        if found is not None:
            return found, frozenset()
        if only is None:
            return [], self._stranger(grid, entry)
        say_unfit(grid, entry)
        return [], _with_nested(self.headings.types_of(only), self.schema)

    def _stranger(self, grid: Grid, entry: Input) -> frozenset[str]:
        """The ledgers that a sheet may be of by its names or headers; none changes nothing.

        A header as short as 金额 or 时间 stands in tables of every kind: it takes two of those,
        and two of any kind in what calls itself a list of telephones.
        """
        rows = [[cell_text(value) for value in row] for _, row in grid.rows[:HEADER_WITHIN]]
        texts = {text for row in rows for text in row} | set(grid.names)
        fits: Counter[str] = Counter()
        for text in filter(self.headings.distinctive, texts):
            for name in self.headings.knowing(text) & self.schema.types.keys():
                fits[name] += 1 if len(header_text(text)) <= _SHORT else _ENOUGH
        strange = sheet_names(grid, rows[:_TITLES], frozenset()).strange
        enough = 2 * _ENOUGH if strange else _ENOUGH
        may_be = frozenset(name for name, found in fits.items() if found >= enough)
        if not strange:
            named = _types_named(entry.path, self.schema) | _types_named(grid.sheet, self.schema)
            may_be |= named & self.headings.keys()  # a year of a person or a place has no ledger
        say_unknown(grid, self.headings, entry, may_be=sorted(may_be))
        return may_be

    def _sheet(self, tables: list[Table], lost: frozenset[str], opened: _Opened) -> Intake:
        """The rows of a sheet's tables, with what was lost with it."""
        entry = opened.entry
        before = len(entry.problems)
        drafted = []
        for table in tables:
            if table.first:
                table.grid.remarks += opened.beside
            drafts = dict(drafts_of(table, entry, self.settings.names))
            mark_presumed(table, drafts.values())
            hold_to_periods(drafts.values(), entry)
            drafted.append((table, drafts))
        self._whole_ledger([(table, [*rows.values()]) for table, rows in drafted], entry)
        read = [self._whole(table, drafts, entry) for table, drafts in drafted]
        form = bool(tables) and tables[0].form is not None
        if form and any(problem.lost_row for problem in entry.problems[before:]):
            lost |= _types_of(tables)  # a row that may be of any of them is lost to all
        return _together([*read, Intake(lost=lost)])

    def _whole_ledger(self, drafted: Sequence[Drafted], entry: Input) -> None:
        """What the office says of a sheet as a whole, and what it may yet say."""
        for table, drafts in drafted[:1]:
            sheet = table.grid.sheet
            names = [name for one, _ in drafted for name in names_of(one.type)]
            said = self.settings.sheets.defaults_of(entry.path, sheet, names)
            put_defaults(drafted, said, self.settings.names, entry)
            entry.questions += questions_of(table, drafts, place_of_sheet(entry.path, sheet))

    def _whole(self, table: Table, drafts: Mapping[int, Draft], entry: Input) -> Intake:
        """The rows of a table with what is written inside their objects."""
        lists = {column.match.target.list for column in table.columns} - {""}
        unread = {
            draft.type.nested[name].of
            for draft in drafts.values()
            for name, state in draft.lists.items()
            if state.cause is Cause.UNREADABLE
        }
        holds = frozenset({table.type.type, *(table.type.nested[name].of for name in lists)})
        own = Intake(
            list(drafts.values()),
            lost=frozenset(unread) | (frozenset() if table.grid.whole else holds),
            read=holds,
            years=Counter() if table.year is None else Counter([table.year]),
            presumed=frozenset((table.type.type, path) for path in table.presumed),
        )
        return _together([own, *(self._inner(i, table, drafts, entry) for i in table.grid.inner)])

    def _inner(
        self, inner: Inner, parent: Table, objects: Mapping[int, Draft], entry: Input
    ) -> Intake:
        """The rows of a list written inside objects, each put into the draft of its object."""
        before = len(entry.problems)
        table, name = self._inner_table(inner, parent, entry)
        if table is None:
            return Intake(lost=self._lost_since(before, entry))
        drafts = dict(drafts_of(table, entry, self.settings.names))
        whole = self._whole(table, drafts, entry)
        for number, draft in drafts.items():
            objects[inner.parents[number]].inner.append((name, draft))
        return replace(whole, drafts=())

    def _inner_table(self, inner: Inner, parent: Table, entry: Input) -> tuple[Table | None, str]:
        """The table of a list inside objects: its name says which nested list it is."""
        name = _nested_list(parent.type, inner.name, self.schema)
        if name:
            headings = self.headings[parent.type.nested[name].of]
            return inside_table(inner.grid, headings, entry, self.settings.headers), name
        close = parent.headings.nearest(inner.name)
        entry.problem(
            f"“{parent.type.title}”没有这个清单，没有读取",
            inner.name,
            sheet=inner.grid.sheet,
            hint=f"是否指“{close}”？" if close else "",
            lost_row=True,
            record_type=parent.type.type,
        )
        return None, ""

    def _lost_since(self, before: int, entry: Input) -> frozenset[str]:
        """What a list that isn't read may have held: any ledger, unless it is said to be none."""
        lost = any(problem.lost_row for problem in entry.problems[before:])
        return _types_named(entry.path, self.schema) | {ANY_LEDGER} if lost else frozenset()


def _types_of(tables: Sequence[Table]) -> frozenset[str]:
    """The record types of tables and of the lists in them."""
    nested = {n.of for table in tables for n in table.type.nested.values()}
    return frozenset({table.type.type for table in tables} | nested)


def _types_named(path: str, schema: Schema) -> frozenset[str]:
    """The record types that a file may hold by its name; none if the name doesn't tell."""
    name = fold(stem(path))
    found = {
        record_type.type
        for record_type in schema.types.values()
        if any(says(name, word) for word in names_of(record_type))
    }
    return _with_nested(found, schema)


def _with_nested(types: AbstractSet[str], schema: Schema) -> frozenset[str]:
    """Record types with those of the lists in them."""
    return frozenset(types) | frozenset(
        n.of for t in types for n in schema.types[t].nested.values()
    )


def _save_as(suffix: str, better: str) -> str:
    return f"不读取{suffix}格式；请在 WPS 里打开，点“文件—另存为”，文件类型选 {better}，再放进来"


def _nested_list(parent: RecordType, name: str, schema: Schema) -> str:
    """The nested list of a type that a name means; empty if it means none."""
    word = fold(name)
    for key, nested in parent.nested.items():
        known = (key, nested.of, nested.title, *nested.synonyms, schema.types[nested.of].title)
        if word in map(fold, known):
            return key
    return ""


def _texts(grid: Grid) -> Iterator[str]:
    """The texts of a sheet that is no ledger: a cover, a guide."""
    for _, row in grid.rows[:_GUIDE_ROWS]:
        yield from (value for value in row if isinstance(value, str))


def _refuse_secrets(grid: Grid) -> None:
    for number, row in grid.rows:
        for column, value in enumerate(row, 1):
            if isinstance(value, str) and "密" in value:
                secret = marking(clean(value))
                if secret:
                    place = grid.source(number, column).place()
                    raise SecretError(
                        f"{place}标有“{secret}”：涉密文件不得在本软件中处理，整个文件没有读取"
                    )
    for inner in grid.inner:
        _refuse_secrets(inner.grid)
