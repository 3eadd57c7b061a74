"""Ledgers to fill in: what `fazhi template` writes, derived from the record types alone.

One workbook per top-level record type that an office keeps (one with `sheets`), its nested types
as further sheets that name their parent's key in the first columns; and a fazhi.yaml to complete.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from engine.model.field import Core, FieldKind, FieldType
from engine.model.record_type import RecordType
from engine.model.schema import Schema
from facts.ledgers.headers import Headings, Target
from facts.ledgers.notes import field_note, parent_note
from facts.writing.cells import CellReader
from facts.writing.text import EXAMPLE_WORD

CORE_BOOK: Final = "入门台账"
_YES_NO: Final = ("是", "否")
_THERE_OR_NOT: Final = ("有", "无")


@dataclass(frozen=True, slots=True)
class Column:
    """A column to fill in: its header, the note on it, what it takes, and the example's cell.

    `choices` are what its drop-down offers; empty where there is none. `key`: it names the record
    or the one it belongs to. `core`: how it is filled in a workbook for beginners.
    """

    header: str
    note: str
    kind: FieldKind
    target: Target
    choices: tuple[str, ...] = ()
    example: str | int | float | date | None = None
    article: str = ""
    key: bool = False
    core: Core | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to fill in, for one record type; `more` are columns of it that were left out."""

    title: str
    type: str
    note: str
    columns: tuple[Column, ...]
    more: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook to fill in: the ledger and the lists nested in it, `name` without ending."""

    name: str
    sheets: tuple[Sheet, ...]


def books(schema: Schema) -> list[Book]:
    """The workbooks to fill in, in the order of the record types' names."""
    return [
        Book(record_type.title, tuple(_sheet(schema, of) for of in _kept(schema, record_type)))
        for record_type in schema.types.values()
        if record_type.sheets and record_type.parent is None
    ]


def core_book(schema: Schema) -> Book:
    """The one workbook for beginners: of each ledger the columns of its core, where it has any."""
    sheets = (
        _core(_sheet(schema, record_type), record_type)
        for record_type in schema.types.values()
        if any(spec.core for spec in record_type.fields.values())
    )
    return Book(CORE_BOOK, tuple(sheets))


def _core(sheet: Sheet, record_type: RecordType) -> Sheet:
    kept: list[Column] = []
    more: list[Column] = []
    for column in sheet.columns:
        core = record_type.fields[column.target.path].core
        (more if core is None else kept).append(replace(column, core=core))
    return replace(sheet, columns=tuple(kept), more=tuple(more))


def _kept(schema: Schema, record_type: RecordType) -> list[RecordType]:
    """The type and those nested in it, outer ones first, that an office keeps."""
    if not record_type.sheets:
        return []
    found = [record_type]
    for nested in record_type.nested.values():
        found += _kept(schema, schema.types[nested.of])
    return found


def _sheet(schema: Schema, record_type: RecordType) -> Sheet:
    headings = Headings(record_type, schema)
    columns: list[Column] = []
    if record_type.parent is not None:
        parent = schema.types[record_type.parent]
        columns += [_parent_column(headings, parent, path) for path in parent.key]
    columns += [_column(headings, path, spec) for path, spec in _ordered(record_type)]
    return Sheet(record_type.title, record_type.type, record_type.note, tuple(columns))


def _ordered(record_type: RecordType) -> list[tuple[str, FieldType]]:
    """The fields, those of the key first."""
    return [
        *((path, record_type.fields[path]) for path in record_type.key),
        *((path, spec) for path, spec in record_type.fields.items() if path not in record_type.key),
    ]


def _column(headings: Headings, path: str, spec: FieldType) -> Column:
    record_type = headings.type
    names = [f"{spec.title}（{spec.unit}）"] if spec.unit else []
    outer = path.rpartition(".")[0]
    names += [spec.title, *([record_type.fields[outer].title + spec.title] if outer else [])]
    return Column(
        header=_header(headings, Target(path), [*names, *spec.synonyms, path]),
        note=field_note(record_type, path),
        kind=spec.type,
        target=Target(path),
        choices=_choices(spec),
        example=_example(spec),
        article=spec.article,
        key=path in record_type.key,
    )


def _parent_column(headings: Headings, parent: RecordType, path: str) -> Column:
    spec, target = parent.fields[path], Target(path, parent=True)
    names = [spec.title, f"{parent.title}{spec.title}", f"所属{parent.title}", *spec.synonyms]
    return Column(
        header=_header(headings, target, [*names, f"{parent.type}.{path}"]),
        note=parent_note(parent, path),
        kind=spec.type,
        target=target,
        choices=_choices(spec),
        example=_example(spec),
        key=True,
    )


def _header(headings: Headings, target: Target, names: list[str]) -> str:
    """The first of these names that the loader takes for this column, in the field's own unit."""
    unit = headings.owner(target).fields[target.path].unit if target.path else ""
    found = ((name, headings.find(name)) for name in names)
    return next(
        name
        for name, match in found
        if match is not None and match.target == target and match.unit in ("", unit)
    )


def _choices(spec: FieldType) -> tuple[str, ...]:
    if spec.type is FieldKind.BOOL:
        return _YES_NO
    if spec.type is FieldKind.OBJECT:
        return _THERE_OR_NOT
    return tuple(spec.values) if spec.type is FieldKind.ENUM else ()


def _example(spec: FieldType) -> str | int | float | date | None:
    """The example as a spreadsheet types it: a date or a number, else its text."""
    if not spec.example:
        return None
    if spec.type in (FieldKind.DATE, FieldKind.DATETIME, FieldKind.INT, FieldKind.NUMBER):
        state = CellReader(spec).read(spec.example).state
        if isinstance(state, date | int):
            return state
        return float(spec.example) if spec.type is FieldKind.NUMBER else spec.example
    return spec.example


def marked(example: object) -> str:
    """The first cell of the example row, by which the loader knows it."""
    return f"{EXAMPLE_WORD}：{example}" if example is not None else f"{EXAMPLE_WORD}："


def settings_text(schema: Schema) -> str:
    """A fazhi.yaml to complete: every key with what it is for; as it stands it says nothing."""
    lines = [
        "# 本文件夹的设置。可以不要这个文件；留空的键等于没有写。",
        "",
        "# 本地是哪里。层级和各机关的名称决定由谁审查、向谁报送。",
    ]
    place = schema.types.get("place")
    if place is not None:
        lines.append("place:")
        lines += [_place_line(path, spec) for path, spec in place.fields.items()]
    lines += [
        "",
        "# 自查年度，如 2024。不写的，取年度报告的年度，再看台账。",
        "year:",
        "",
        "# 用哪个省的参数，如 henan。不写的，由省里定的期限、数额都是不明。",
        "jurisdiction:",
        "",
        "# 录全了的台账。只有写在这里的，“台账里没有”才算“没有”。可写：",
    ]
    lines += [f"#   {'、'.join(sheet.title for sheet in book.sheets)}" for book in books(schema)]
    lines += [
        "closed: []",
        "",
        "# 自己的列名与模板列名的对照，如 {事项全称: 决策事项}。",
        "headers: {}",
        "",
        "# 单位的别名，如 {司法局: [县司法局, 某某县司法局]}。",
        "agencies: {}",
        "",
        "# 日历里还没有的年份的放假安排，如 [放假安排2027.yaml]。",
        "workdays: []",
        "",
        "# 与台账无关、不看的文件和文件夹，如 [会议通知.et, 往年]。",
        "ignore: []",
        "",
        "# 分不清的表是哪种台账，如 {导出.xlsx: 行政处罚案件}；与台账无关的写“不是台账”。",
        "sheets: {}",
        "",
        "# 整本都一样、只补没有填的，如 {目录.xlsx: {是否规范性文件: 是}}；写明谁确认的才作数。",
        "defaults: {}",
        "",
        "# 谁在哪一天确认的，如 {by: 丁某, on: 2025-01-10}。",
        "confirmed:",
    ]
    return "\n".join(lines) + "\n"


def _place_line(path: str, spec: FieldType) -> str:
    said = [spec.title, spec.note]
    if spec.values:
        said.append("可填：" + "、".join(spec.values))
    if spec.type is FieldKind.SET:
        said.append("写成 [甲, 乙]")
    if spec.example:
        said.append(f"如 {spec.example}")
    return f"  {path}:  # {'；'.join(filter(None, said))}"
