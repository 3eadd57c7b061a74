"""Files to drafts: each file read by its kind, each sheet recognised, each row drafted.

收件：每个文件按种类读，每张表认出来，每行起草；看不了的说为什么。
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from engine.model.facts import Input, InputKind, Level, stem
from engine.model.schema import RecordType, Schema
from facts.files.csv import read_csv
from facts.files.documents.text import SUFFIXES as REPORT_SUFFIXES
from facts.files.documents.text import report_text
from facts.files.grid import Grid
from facts.files.json import parse_json
from facts.files.objects import grids_of
from facts.files.open import Found, RefusedError, read_bytes
from facts.files.xlsx import read_xlsx
from facts.files.yaml import parse_yaml
from facts.ledgers.all_headings import AllHeadings
from facts.ledgers.drafts import Draft, drafts_of
from facts.ledgers.headers import headings_of
from facts.ledgers.tables import Table, inside_table, table_of
from facts.place import Settings
from facts.report import Report
from facts.report.facts import is_report
from facts.writing.text import clean, fold, marking

LEDGER_SUFFIXES: Final = frozenset({".xlsx", ".xlsm", ".csv", ".json", ".yaml", ".yml"})
_OLD: Final = {
    ".xls": ".xlsx", ".et": ".xlsx", ".ods": ".xlsx", ".xlsb": ".xlsx", ".tsv": ".csv",
    ".doc": ".docx", ".wps": ".docx", ".rtf": ".docx", ".odt": ".docx",
}  # fmt: skip
_ANY: Final = "*"


@dataclass(slots=True)
class Text:
    """A report file as read; `report` is what was found in it, once it was looked for."""

    entry: Input
    text: str
    report: Report | None = None


@dataclass(slots=True)
class Intake:
    """Everything read from the files so far, before rows become records."""

    schema: Schema
    settings: Settings
    drafts: dict[str, list[Draft]] = field(default_factory=lambda: defaultdict(list))
    reports: list[Text] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    years: Counter[int] = field(default_factory=Counter)
    _headings: AllHeadings | None = None

    @property
    def headings(self) -> AllHeadings:
        """The headings of every ledger, made once."""
        if self._headings is None:
            self._headings = AllHeadings(headings_of(self.schema))
        return self._headings

    def read(self, found: Found) -> None:
        """Read one file; whatever keeps it from being read becomes its problem."""
        entry = found.entry
        try:
            if found.suffix in LEDGER_SUFFIXES:
                entry.kind = InputKind.LEDGER
                self._ledger(found)
            elif found.suffix in REPORT_SUFFIXES:
                self._report(found)
            elif found.suffix in _OLD:
                entry.kind = InputKind.LEDGER
                self._refuse(entry, f"不读取{found.suffix}格式，请另存为{_OLD[found.suffix]}")
            else:
                entry.problem("不是台账或报告的格式，没有读取", level=Level.NOTE)
        except RefusedError as error:
            self._refuse(entry, str(error))

    def _refuse(self, entry: Input, reason: str) -> None:
        """A file that isn't read may hold rows of the ledgers that its name suggests, or any."""
        lost = entry.kind is InputKind.LEDGER
        entry.problem(reason, lost_row=lost)
        if lost:
            self.lost |= _types_named(entry.path, self.schema)

    def _ledger(self, found: Found) -> None:
        data = read_bytes(found)
        entry = found.entry
        if found.suffix in (".xlsx", ".xlsm"):
            grids = read_xlsx(data, entry)
        elif found.suffix == ".csv":
            grids = read_csv(data, entry)
        else:
            parse = parse_json if found.suffix == ".json" else parse_yaml
            content, entry.encoding = parse(data)
            grids = grids_of(content, entry)
        for grid in grids:
            _refuse_secrets(grid)
        if not grids and not entry.problems:
            entry.problem("文件是空的，没有任何内容")
        tables: dict[int, tuple[Table, dict[int, Draft]]] = {}
        for grid in grids:
            self._grid(grid, entry, tables)

    def _grid(
        self, grid: Grid, entry: Input, tables: dict[int, tuple[Table, dict[int, Draft]]]
    ) -> None:
        before = len(entry.problems)
        parents: Mapping[int, Draft] = {}
        if grid.inside is None:
            table = table_of(grid, self.headings, entry, self.settings.headers)
        else:
            table, parents = self._inside(grid, entry, tables)
        if table is None:
            if any(problem.lost_row for problem in entry.problems[before:]):
                self.lost.add(_ANY)
            return
        if table.year is not None:
            self.years[table.year] += 1
        self.seen.add(table.type.type)
        self.seen |= {c.match.target.list and table.headings.owner(c.match.target).type
                      for c in table.columns} - {""}  # fmt: skip
        if not grid.whole:
            self.lost.add(table.type.type)
        made: dict[int, Draft] = {}
        for number, draft in drafts_of(table, entry, self.settings.agencies, self.lost):
            if grid.inside is not None:
                draft.inside = parents.get(grid.inside.parents.get(number, 0))
            self.drafts[table.type.type].append(draft)
            made[number] = draft
        tables[id(grid)] = (table, made)

    def _inside(
        self, grid: Grid, entry: Input, tables: dict[int, tuple[Table, dict[int, Draft]]]
    ) -> tuple[Table | None, Mapping[int, Draft]]:
        """A list written inside objects: its name says which nested list it is."""
        inside = grid.inside
        if inside is None or id(inside.grid) not in tables:
            return None, {}
        parent, drafts = tables[id(inside.grid)]
        child = _nested_type(parent.type, inside.name, self.schema)
        if child is None:
            close = parent.headings.nearest(inside.name)
            entry.problem(
                f"“{parent.type.title}”没有这个清单，没有读取",
                inside.name,
                sheet=grid.sheet,
                hint=f"是否指“{close}”？" if close else "",
                lost_row=True,
                record_type=parent.type.type,
            )
            return None, {}
        table = inside_table(grid, self.headings[child.type], entry, self.settings.headers)
        return table, drafts

    def _report(self, found: Found) -> None:
        entry = found.entry
        data = read_bytes(found)
        if found.suffix in (".pdf", ".docx"):
            entry.kind = InputKind.REPORT
        text, entry.encoding = report_text(data, found.suffix)
        if not is_report(stem(entry.path), text):
            entry.kind = InputKind.OTHER
            entry.problem(
                "不像法治政府建设年度报告，没有读取",
                level=Level.NOTE,
                hint="文件名或标题里应有“法治政府建设”和“报告”",
            )
            return
        entry.kind = InputKind.REPORT
        self.reports.append(Text(entry, text))


def _types_named(path: str, schema: Schema) -> set[str]:
    """The record types that a file may hold by its name; any if the name doesn't tell."""
    name = fold(stem(path))
    found = {
        record_type.type
        for record_type in schema.types.values()
        if any(fold(word) in name for word in (record_type.title, *record_type.sheets))
    }
    return found | {n.of for t in found for n in schema.types[t].nested.values()} or {_ANY}


def _nested_type(parent: RecordType, name: str, schema: Schema) -> RecordType | None:
    word = fold(name)
    for key, nested in parent.nested.items():
        child = schema.types[nested.of]
        known = (key, nested.of, nested.title, *nested.synonyms, child.title)
        if word in map(fold, known):
            return child
    return None


def _refuse_secrets(grid: Grid) -> None:
    for number, row in grid.rows:
        for column, value in enumerate(row, 1):
            if isinstance(value, str) and "密" in value:
                secret = marking(clean(value))
                if secret:
                    place = grid.source(number, column).place()
                    raise RefusedError(
                        f"{place}标有“{secret}”：涉密文件不得在本软件中处理，整个文件没有读取"
                    )
