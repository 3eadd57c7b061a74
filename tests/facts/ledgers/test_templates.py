"""What `fazhi template` writes is what the loader reads, for every record type."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from cli import ExitCode, main
from engine.model.facts import Facts, Level
from engine.model.field import FieldKind, FieldType, Holds
from engine.model.record_type import RecordType
from engine.model.schema import Schema
from engine.model.values import ABSENT, ABSENT_LIST, Cause, Elements, State, Unknown
from facts.folder import read_folder
from facts.ledgers.templates import Book, Column, Sheet, books, marked
from facts.ledgers.workbook import GUIDE, OPTIONS, template_files
from facts.records.load import load_schema, read_schema
from reporter import files
from reporter.files import OutputError, write_whole

Said = State | Elements
Value = bool | int | float | str | dt.date | None
Row = dict[int, Value]
KNOWN, NONE, BLANK = "known", "none", "blank"


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


@pytest.fixture(scope="module")
def written(schema: Schema) -> dict[str, bytes]:
    return template_files(schema)


def folder_of(path: Path, content: dict[str, bytes], schema: Schema) -> Facts:
    for name, data in content.items():
        (path / name).write_bytes(data)
    return read_folder(path, schema, year=2024)


# --- empty templates ----------------------------------------------------------------------


def test_empty_templates_give_no_problem_and_no_record(
    tmp_path: Path, written: dict[str, bytes], schema: Schema
) -> None:
    facts = folder_of(tmp_path, written, schema)
    assert [problem.text() for problem in facts.problems] == []
    assert {name for name, found in facts.records.items() if found} == {"place", "place_year"}
    notes = [note for entry in facts.inputs for note in entry.notes]
    assert "工作表“重大行政决策”：模板的示例行，没有当作记录（第2行）" in notes


def test_every_type_that_an_office_keeps_has_its_sheet(schema: Schema) -> None:
    sheets = {sheet.type for book in books(schema) for sheet in book.sheets}
    assert sheets == {name for name, found in schema.types.items() if found.sheets}
    assert "manual_answer" in sheets
    assert "report_figure" not in sheets
    assert not any(schema.types[name].generated for name in sheets)


def test_every_field_has_one_column_with_its_title_and_a_note(schema: Schema) -> None:
    for sheet in (sheet for book in books(schema) for sheet in book.sheets):
        fields = schema.types[sheet.type].fields
        own = [column for column in sheet.columns if not column.target.parent]
        assert {column.target.path for column in own} == set(fields)
        headers = [column.header for column in sheet.columns]
        assert len(headers) == len(set(headers))
        for column in own:
            spec = fields[column.target.path]
            assert spec.title in column.header
            assert spec.article in column.note
            assert spec.note in column.note
            assert spec.unit in column.note
            assert all(value in column.note for value in spec.values)


def test_the_settings_name_every_key_and_say_nothing(
    written: dict[str, bytes], schema: Schema
) -> None:
    text = written["fazhi.yaml"].decode()
    keys = {line.split(":")[0].strip() for line in text.splitlines() if line[:1] not in ("", "#")}
    place = set(schema.types["place"].fields)
    assert keys - place == {
        "place", "year", "jurisdiction", "closed", "headers", "agencies", "workdays",
        "ignore", "sheets", "defaults", "confirmed",
    }  # fmt: skip
    assert place <= keys


def test_only_the_marked_row_is_an_example(tmp_path: Path, schema: Schema) -> None:
    rows = (
        "决策编号,决策事项,承办单位\n示例：决2024-01,某办法,司法局\n示例2024-02,示例工程,司法局\n"
    )
    (tmp_path / "重大行政决策.csv").write_text(rows, encoding="utf-8")
    facts = read_folder(tmp_path, schema, year=2024)
    assert [record.key for record in facts.records["decision"]] == ["示例2024-02"]
    assert any("示例行，没有当作记录（第2行）" in note for note in facts.inputs[0].notes)


# --- filled templates ---------------------------------------------------------------------


@dataclass(frozen=True)
class Filled:
    """A row that was filled in: what it is and what it must become."""

    type: str
    expected: dict[str, Said]


class Filler:
    """Fills the workbooks and remembers what each row must become."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.rows: dict[tuple[str, str, str], Filled] = {}
        self._keys: dict[str, tuple[Value, ...]] = {}

    def book(self, book: Book, data: bytes) -> bytes:
        workbook = load_workbook(io.BytesIO(data))
        for sheet in book.sheets:
            self._sheet(workbook, book, sheet)
        buffer = io.BytesIO()
        workbook.save(buffer)
        return buffer.getvalue()

    def _sheet(self, workbook: Workbook, book: Book, sheet: Sheet) -> None:
        record_type = self.schema.types[sheet.type]
        number = 3
        for how in self._ways(record_type):
            cells: Row = {}
            expected: dict[str, Said] = {}
            parents = iter(self._keys.get(record_type.parent or "", ()))
            for at, column in enumerate(sheet.columns, 1):
                if column.target.parent:
                    cells[at] = next(parents)
                    continue
                path = column.target.path
                spec = record_type.fields[path]
                way = KNOWN if path in record_type.key else how[path]
                # one element of the list says 否, so its tally is one less than its count
                less = any(path in nested.tally for nested in record_type.nested.values())
                cells[at], expected[path] = self._cell(column, spec, way, number - less)
            settle(record_type, expected)
            for at, value in cells.items():
                if value is not None:
                    workbook[sheet.title].cell(number, at, value)
            if number == 3:
                self._keys[record_type.type] = tuple(
                    cells[at]
                    for path in record_type.key
                    for at, column in enumerate(sheet.columns, 1)
                    if column.target.path == path and not column.target.parent
                )
            if any(value is not None for value in cells.values()):
                place = (f"{book.name}.xlsx", sheet.title, f"A{number}")
                self.rows[place] = Filled(record_type.type, expected)
            number += 1

    def _ways(self, record_type: RecordType) -> Iterator[dict[str, str]]:
        """All known; all 无; all blank; and each value of the longest enumeration, mixed."""
        for way in (KNOWN, NONE, BLANK):
            yield dict.fromkeys(record_type.fields, way)
        longest = max((len(spec.values) for spec in record_type.fields.values()), default=0)
        for _ in range(max(longest, 2)):
            # 无 beside a field below the same object would contradict: known or blank only
            yield {
                path: BLANK if (turn + len(path)) % 3 == 0 and "." not in path else KNOWN
                for turn, path in enumerate(record_type.fields)
            }

    def _cell(self, column: Column, spec: FieldType, way: str, number: int) -> tuple[Value, Said]:
        if way == BLANK:
            return None, blank(spec)
        if way == NONE:
            return "无", none(spec)
        return known(column, spec, number)


def known(column: Column, spec: FieldType, number: int) -> tuple[Value, Said]:
    """A cell that says something, and what it says; both ways of typing where there are two."""
    odd = number % 2 == 1
    match spec.type:
        case FieldKind.BOOL:
            return ("是", True) if odd else ("否", False)
        case FieldKind.OBJECT:
            return "有", True
        case FieldKind.INT:
            value = 2000 + number
            return (value if odd else str(value)), value
        case FieldKind.NUMBER:
            return (12.5 if odd else "12.5"), Decimal("12.5")
        case FieldKind.DATE:
            day = dt.date(2024, 5, number % 28 + 1)
            return (day if odd else day.isoformat()), day
        case FieldKind.DATETIME:
            moment = dt.datetime.combine(dt.date(2024, 5, number % 28 + 1), dt.time(9, 30))
            return (moment if odd else moment.strftime("%Y-%m-%d %H:%M")), moment
        case FieldKind.ENUM:
            value_ = column.choices[number % len(column.choices)]
            return value_, value_
        case FieldKind.SET:
            values = tuple(spec.values)[: number % 3 + 1] or ("甲项", "乙项")
            return "、".join(values), Elements(values, closed=spec.complete)
        case _:
            legal = spec.holds in (Holds.GROUND, Holds.ARTICLE)
            text = f"某条例第{number}条" if legal else f"文字{number}"
            return text, text


def none(spec: FieldType) -> Said:
    """What 无 means by the declaration."""
    if "无" in spec.values:
        return "无"
    if spec.type is FieldKind.BOOL:
        return False
    if spec.none == "unknown":
        cause = Cause.NEEDS_PERSON
        return (
            Elements((), closed=False, cause=cause)
            if spec.type is FieldKind.SET
            else Unknown(cause)
        )
    return ABSENT_LIST if spec.type is FieldKind.SET else ABSENT


def blank(spec: FieldType) -> Said:
    """What an empty cell means by the declaration."""
    if spec.blank == "false":
        return False
    if spec.blank == "absent" and spec.type is not FieldKind.OBJECT:
        return ABSENT_LIST if spec.type is FieldKind.SET else ABSENT
    if spec.type is FieldKind.SET:
        return Elements((), closed=False, cause=Cause.BLANK)
    return Unknown(Cause.BLANK)


def settle(record_type: RecordType, expected: dict[str, Said]) -> None:
    """Below an absent object all is absent; a known field shows that its object is there."""
    outer = [path for path, spec in record_type.fields.items() if spec.type is FieldKind.OBJECT]
    for path in sorted(outer, key=lambda item: -item.count(".")):
        below = [name for name in record_type.fields if name.startswith(f"{path}.")]
        if expected[path] is ABSENT:
            for name in below:
                is_set = record_type.fields[name].type is FieldKind.SET
                expected[name] = ABSENT_LIST if is_set else ABSENT
        elif any(shows(record_type, name, expected[name]) for name in below):
            expected[path] = True
    for path, spec in record_type.fields.items():
        if spec.planned is not None and expected[path] == Unknown(Cause.BLANK):
            planned = expected[spec.planned]
            if isinstance(planned, dt.date):
                expected[path] = Unknown(Cause.PLANNED, planned=planned)
        if spec.empty is not None and expected[path] == Unknown(Cause.BLANK):
            kinds = expected[spec.empty.field]
            whole = isinstance(kinds, Elements) and kinds.closed and kinds.items
            if whole and not {*kinds.items} & {*spec.empty.without}:
                expected[path] = Decimal(spec.empty.says)
        if spec.holds is Holds.ARTICLE and spec.told_by and expected[path] == Unknown(Cause.BLANK):
            expected[path] = expected[spec.told_by]  # every ground here says its article


def shows(record_type: RecordType, name: str, state: Said) -> bool:
    planned = {spec.planned for spec in record_type.fields.values()}
    if name in planned or isinstance(state, Unknown) or state is ABSENT or state is False:
        return False
    return bool(state.items) if isinstance(state, Elements) else True


def test_what_is_filled_in_is_what_is_read(
    tmp_path: Path, written: dict[str, bytes], schema: Schema
) -> None:
    """Every column of every ledger: known in both typings, 无, blank, every choice, nested rows."""
    filler = Filler(schema)
    for book in books(schema):
        name = f"{book.name}.xlsx"
        (tmp_path / name).write_bytes(filler.book(book, written[name]))
    facts = read_folder(tmp_path, schema, year=2024)
    errors = [
        problem.text()
        for problem in facts.problems
        if problem.level is Level.ERROR
        and "人工认定找不到" not in problem.expected
        and "人工认定没有" not in problem.expected
        and "没有填进去" not in problem.expected  # of a table of cells that nobody asked for
    ]
    assert errors == []
    assert not [p.text() for p in facts.problems if "列" in p.expected]
    left = dict(filler.rows)
    for record in (record for found in facts.records.values() for record in found):
        source = record.source
        row = left.pop((source.file, source.sheet, source.cell), None)
        if row is None:
            continue
        assert row.type == record.type
        read = {path: record.values.get(path) for path in row.expected}
        assert read == row.expected, (source.place(), record.key)
    assert left == {}


# --- the workbook itself ------------------------------------------------------------------


def test_a_workbook_is_ready_to_fill_in(written: dict[str, bytes], schema: Schema) -> None:
    for book in books(schema):
        workbook = load_workbook(io.BytesIO(written[f"{book.name}.xlsx"]))
        assert workbook.sheetnames[: len(book.sheets)] == [sheet.title for sheet in book.sheets]
        assert workbook.sheetnames[len(book.sheets)] == GUIDE
        for sheet in book.sheets:
            page = workbook[sheet.title]
            assert page.freeze_panes == "B2"
            assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
            assert str(page["A2"].value).startswith(marked(None))
            for number, column in enumerate(sheet.columns, 1):
                comment = page.cell(1, number).comment
                assert comment is not None
                assert comment.text == column.note
            rules = {
                str(part).rstrip("0123456789").split("2:")[0]: rule
                for rule in page.data_validations.dataValidation
                for part in str(rule.sqref).split()
            }
            kinds = [rules[letter].type if letter in rules else None for letter in letters(sheet)]
            assert kinds == [WANTED.get(column.kind) for column in sheet.columns]


WANTED = {
    FieldKind.BOOL: "list", FieldKind.OBJECT: "list", FieldKind.ENUM: "list",
    FieldKind.DATE: "date", FieldKind.DATETIME: "date",
    FieldKind.INT: "whole", FieldKind.NUMBER: "decimal",
}  # fmt: skip


def letters(sheet: Sheet) -> list[str]:
    page = Workbook().create_sheet()
    return [page.cell(1, at).column_letter for at in range(1, len(sheet.columns) + 1)]


def test_a_long_list_stands_in_a_hidden_sheet(tmp_path: Path) -> None:
    values = [f"第{number}种很长很长的取值" for number in range(40)]
    text = (
        "type: matter\ntitle: 事项\nsheets: [事项]\nkey: [no]\nfields:\n"
        "  no: {type: string, title: 事项编号, example: 事1}\n"
        "  kind: {type: enum, title: 事项类别, values: {"
        + ", ".join(f"{v}: []" for v in values)
        + "}}\n"
    )
    schema = read_schema({"facts/records/matter.yaml": text})
    content = template_files(schema)["事项.xlsx"]
    workbook = load_workbook(io.BytesIO(content))
    assert workbook[OPTIONS].sheet_state == "hidden"
    assert [row[0].value for row in workbook[OPTIONS].iter_rows()] == values
    (rule,) = workbook["事项"].data_validations.dataValidation
    assert workbook.defined_names[rule.formula1].attr_text == f"'{OPTIONS}'!$A$1:$A$40"
    workbook["事项"].append(["事2", values[39]])
    workbook.save(tmp_path / "事项.xlsx")
    facts = read_folder(tmp_path, schema, year=2024)
    assert [problem.text() for problem in facts.problems] == []
    assert [record.values["kind"] for record in facts.records["matter"]] == [values[39]]


# --- writing ------------------------------------------------------------------------------


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "培训记录.xlsx").write_bytes(b"mine")
    result = CliRunner().invoke(main, ["template", str(tmp_path)])
    assert result.exit_code == ExitCode.NOT_WRITTEN
    assert "培训记录.xlsx" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["培训记录.xlsx"]
    assert (tmp_path / "培训记录.xlsx").read_bytes() == b"mine"


def test_a_new_folder_is_made_and_the_files_named(tmp_path: Path, schema: Schema) -> None:
    result = CliRunner().invoke(main, ["template", str(tmp_path / "2024年")])
    assert result.exit_code == ExitCode.CLEAN, result.output
    names = {path.name for path in (tmp_path / "2024年").iterdir()}
    assert names == {"fazhi.yaml", *(f"{book.name}.xlsx" for book in books(schema))}
    assert all(name in result.stdout for name in names)


def test_all_files_are_written_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(path: Path, content: str | bytes) -> None:
        if path.name == "乙":
            raise OutputError("磁盘满了")
        write_whole(path, content)

    monkeypatch.setattr(files, "write_whole", failing)
    with pytest.raises(OutputError, match="磁盘满了"):
        files.write_new(tmp_path, {"甲": b"1", "乙": b"2", "丙": b"3"})
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "甲").write_bytes(b"")
    result = CliRunner().invoke(main, ["template", str(tmp_path / "甲")])
    assert result.exit_code == ExitCode.NOT_WRITTEN
    assert "不是文件夹" in result.stderr
