"""`tables` in fazhi.yaml: which table holds which records, and where it lies."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TextIO

from engine.model.errors import FazhiError, nearest
from engine.model.field import FieldKind
from engine.model.record_type import RecordType
from engine.model.schema import Schema
from facts.writing.text import fold
from tables.source import Column, Held, Source

_KEYS: Final = ("file", "database", "table", "columns", "parent", "place")
_UNITS: Final = ("十", "百", "千", "万", "亿", "%", "％")
_ROW_NUMBER: Final = "序号"
_LONGEST: Final = 1 << 20
"""Characters of the first line that are looked at."""


class WrongTableError(FazhiError):
    """What fazhi.yaml says of a table can't be gone by (wrong use, exit code 2)."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A table as fazhi.yaml has it: a file or a database, and what its columns are called."""

    type: RecordType
    files: tuple[str, ...]
    database: str
    table: str
    columns: Mapping[str, str] = field(default_factory=dict)
    parent: str = ""
    place: str = ""

    @property
    def called(self) -> str:
        """What people call the table: its file, or its name in the database; no password."""
        if not self.database:
            return "、".join(self.files)
        address = re.sub(r"^(\w+://[^:/@]*):.*@", r"\1:***@", self.database)
        address = re.sub(r"(password=)[^&]*", r"\1***", address)
        return f"{address}〔{self.table}〕"


def tables_of(raw: object, schema: Schema) -> list[Declared]:
    """The tables that settings declare under their key, none where nothing stands there.

    Raises `WrongTableError` with what is expected.
    """
    if raw is None:
        return []
    if not isinstance(raw, Mapping) or not raw:
        raise WrongTableError("fazhi.yaml 的 tables 应写成“台账名称: {file: 文件}”，一种台账一项")
    found = [_declared(str(name), said, schema) for name, said in raw.items()]
    types = [one.type.title for one in found]
    for title in {each for each in types if types.count(each) > 1}:
        raise WrongTableError(
            f"fazhi.yaml 的 tables 里“{title}”写了两次；几个文件请写在同一项的 file 里"
        )
    return found


def _declared(name: str, said: object, schema: Schema) -> Declared:
    names: dict[str, RecordType] = {}
    for one in schema.types.values():
        if one.generated is None and one.type != "place":
            for word in (one.type, one.title, *one.sheets):
                names.setdefault(fold(word), one)
    record_type = names.get(fold(name))
    if record_type is None:
        raise WrongTableError(f"tables 里的“{name}”不是台账的名称{nearest(fold(name), names)}")
    where = f"tables 的“{name}”"
    if not isinstance(said, Mapping):
        raise WrongTableError(f"{where}应写成 {{file: 文件}} 或 {{database: 库, table: 表}}")
    for key in said:
        if key not in _KEYS:
            raise WrongTableError(f"{where}没有“{key}”这一项，可写：" + "、".join(_KEYS))
    files, database = _files(said.get("file"), where), _word(said, "database", where)
    table = _word(said, "table", where)
    if bool(files) == bool(database) or bool(database) != bool(table):
        raise WrongTableError(f"{where}应写 file，或者 database 和 table，只写一样")
    parent = _word(said, "parent", where)
    if parent and record_type.parent is None:
        raise WrongTableError(f"{where}写了 parent，这种台账却不从属于别的")
    columns = said.get("columns") or {}
    if not isinstance(columns, Mapping) or not all(isinstance(v, str) for v in columns.values()):
        raise WrongTableError(f"{where}的 columns 应写成“栏目: 表里的列名”")
    paths = {}
    for key, column in columns.items():
        paths[_path(str(key), record_type, where)] = str(column)
    return Declared(record_type, files, database, table, paths, parent, _word(said, "place", where))


def _files(raw: object, where: str) -> tuple[str, ...]:
    files = [raw] if isinstance(raw, str) else raw or []
    if not isinstance(files, list) or not all(isinstance(each, str) and each for each in files):
        raise WrongTableError(f"{where}的 file 应为文件名，或文件名的清单")
    return tuple(files)


def _word(said: Mapping[str, object], key: str, where: str) -> str:
    raw = said.get(key)
    if raw is None or isinstance(raw, str):
        return raw or ""
    raise WrongTableError(f"{where}的 {key} 应为文字")


def _path(key: str, record_type: RecordType, where: str) -> str:
    titles = _titles(record_type)
    path = titles.get(fold(key))
    if path is None:
        raise WrongTableError(
            f"{where}的 columns 里“{key}”不是它的栏目{nearest(fold(key), titles)}"
        )
    if record_type.fields[path].type is FieldKind.OBJECT:
        raise WrongTableError(f"{where}的“{key}”是一组栏目，请写其中的每一栏")
    return path


def _titles(record_type: RecordType) -> dict[str, str]:
    """Every name of a field, folded, and its path: of several fields the one it is called most."""
    titles: dict[str, str] = {}
    for path in record_type.fields:
        titles.setdefault(fold(path), path)
    for path, spec in record_type.fields.items():
        titles.setdefault(fold(spec.title), path)
    for path, spec in record_type.fields.items():
        for synonym in spec.synonyms:
            if synonym != _ROW_NUMBER:  # it numbers the rows of one sheet
                titles.setdefault(fold(synonym), path)
    return titles


def source_of(
    declared: Declared, relation: str, there: Mapping[str, Held]
) -> tuple[Source, list[str]]:
    """The source with its columns found, and the columns that no field is read of.

    Raises `WrongTableError` where a column that is named isn't there, or holds another unit.
    """
    record_type, where = declared.type, f"“{declared.called}”"
    by_fold: dict[str, list[str]] = {}
    for column in there:
        by_fold.setdefault(fold(column), []).append(column)

    def named(said: str, what: str) -> Column:
        if said in there:
            return Column(said, there[said])
        alike = by_fold.get(fold(said), [])
        if len(alike) == 1:
            return Column(alike[0], there[alike[0]])
        if alike:
            raise WrongTableError(
                f"{where}有几列像“{said}”（{'、'.join(alike)}），请照原样写是哪一列"
            )
        raise WrongTableError(f"{where}没有“{said}”这一列（{what}）{nearest(said, there)}")

    columns = {
        path: named(said, record_type.fields[path].title) for path, said in declared.columns.items()
    }
    parent = named(declared.parent, "parent") if declared.parent else None
    place = named(declared.place, "place") if declared.place else None
    taken = {column.name for column in columns.values()}
    taken |= {column.name for column in (parent, place) if column is not None}
    titles = _titles(record_type)
    for name, held in there.items():
        meant = titles.get(fold(name))
        if meant is None or name in taken or meant in columns:
            continue
        if record_type.fields[meant].type is not FieldKind.OBJECT:
            if len(by_fold[fold(name)]) > 1:
                same = "、".join(by_fold[fold(name)])
                raise WrongTableError(
                    f"{where}有几列都叫“{name}”（{same}），请在 columns 里写明用哪一列"
                )
            columns[meant] = Column(name, held)
            taken.add(name)
    for path, read in columns.items():
        _same_unit(record_type, path, read.name, where)
    if not columns:
        raise WrongTableError(
            f"{where}的列没有一列对得上“{record_type.title}”的栏目，请在 columns 里写明"
        )
    if record_type.parent is not None and parent is None:
        raise WrongTableError(f"{where}的每一行属于哪一件，请写 parent: 列名")
    source = Source(record_type, relation, declared.called, columns, parent, place)
    return source, [name for name in there if name not in taken]


def _same_unit(record_type: RecordType, path: str, name: str, where: str) -> None:
    """A column of numbers that says another unit than the field's is not read as if in that."""
    spec = record_type.fields[path]
    if spec.type not in (FieldKind.INT, FieldKind.NUMBER):
        return
    head = name.replace(spec.title, "")
    other = [unit for unit in _UNITS if unit in head and unit not in spec.unit]
    if other:
        raise WrongTableError(
            f"{where}的列“{name}”写的单位是“{other[0]}”，“{spec.title}”按“{spec.unit or '个'}”核，"
            "请在表里换算以后再核"
        )


def header_of(file: TextIO, called: str) -> tuple[list[str], str]:
    """The names of the columns of a csv file and the mark between them.

    Raises `WrongTableError` where two columns have one name, or one has none.
    """
    first = file.readline(_LONGEST)
    mark = max(",\t;|", key=first.count) if first else ","
    file.seek(0)
    names = next(csv.reader(file, delimiter=mark), [])
    names = [name.removeprefix("\ufeff").strip() for name in names]
    folded = [name.casefold() for name in names]
    twice = [name for name in names if folded.count(name.casefold()) > 1]
    if not names or twice or not all(names):
        said = f"有两列都叫“{twice[0]}”" if twice and twice[0] else "第一行应是列名，每列都要有"
        raise WrongTableError(f"“{called}”{said}，请改好表头再核")
    return names, mark


def is_address(name: str) -> bool:
    """Whether a file is named by an address (`hdfs://`, `s3a://`, `file:`), not in the folder."""
    return "://" in name or name.startswith("file:")


def all_types(found: Iterable[Declared]) -> dict[str, Declared]:
    """The declared tables by record type."""
    return {one.type.type: one for one in found}
