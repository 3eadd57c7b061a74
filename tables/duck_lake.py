"""DuckDB in this process, for the tables of a folder and of databases."""

from __future__ import annotations

import csv
import datetime as dt
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from sqlglot import exp

from engine.judging.sql.dialects import render
from engine.judging.sql.duck import (
    DuckDb,
    csv_relation,
    numbered_parquet,
    numbered_relation,
    table_relation,
)
from engine.judging.sql.judge import LARGE
from engine.judging.sql.whole.statement import every
from tables.declared import Declared, WrongTableError, header_of, is_address
from tables.lake import Lake, short
from tables.names import ROW
from tables.postgres import copied
from tables.quotes import QUOTE, Quotes
from tables.source import Held

_PIECE: Final = 1 << 20
_ENCODINGS: Final = ("utf-8", "gb18030")
_HELD: Final = {
    "BOOLEAN": Held.BOOL,
    "DATE": Held.DATE,
    "TIMESTAMP": Held.TIMESTAMP,
    "TIMESTAMP_S": Held.TIMESTAMP,
    "TIMESTAMP_MS": Held.TIMESTAMP,
    "TIMESTAMP_NS": Held.TIMESTAMP,
}
_AS_TEXT: Final = (
    "VARCHAR", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT",
    "UINTEGER", "UBIGINT", "FLOAT", "DOUBLE", "UUID",
)  # fmt: skip


class DuckLake(Lake):
    """DuckDB in this process: it reaches the folder and nothing else.

    `empty`: of the tables only their columns are there, not one row is fetched.
    """

    engine = "duckdb"
    everyday = LARGE

    def __init__(self, folder: Path, as_of: dt.date, year: int, *, empty: bool = False) -> None:
        self._rows = "LIMIT 0" if empty else ""
        super().__init__(folder)
        spill = self.copies / "spill"
        self._database = DuckDb(as_of, year, [str(self._folder), str(self.copies)], str(spill))
        self._attached: dict[str, str] = {}

    @property
    def database(self) -> DuckDb:
        """The database itself."""
        return self._database

    def _opened(self, declared: Declared, name: str) -> Mapping[str, Held]:
        if declared.database:
            relation, view = self._relation(declared)
        else:
            relation, view = self._files(declared)
        self.database.make(name, f"SELECT * FROM {relation} {self._rows}", view=view)
        found = self.database.rows(f'DESCRIBE "{name}"')
        return {str(column): _held(str(kind)) for column, kind, *_ in found}

    @property
    def results(self) -> DuckDb:
        """Where the tables of results are: beside all others."""
        return self._database

    def fill(self, table: str, selects: Sequence[exp.Select]) -> None:
        """What queries yield into a table of results. Raises `RefusedError`."""
        self.database.rows(f'INSERT INTO "{table}" {render(every(selects))}')

    def broken(self) -> list[tuple[int, str, str]]:
        """The lines of the csv file opened last that are no rows.

        Each with its number, what is wrong, and what stands there.
        """
        there = "SELECT table_name FROM duckdb_tables() WHERE table_name = 'reject_errors'"
        if not self.database.rows(there):
            return []
        rows = self.database.rows(
            "SELECT DISTINCT line, CAST(error_type AS VARCHAR), csv_line FROM reject_errors "
            "ORDER BY line"
        )
        self.database.rows("DELETE FROM reject_errors")
        return [(int(line), str(kind), str(said)) for line, kind, said in rows]

    def _files(self, declared: Declared) -> tuple[str, bool]:
        for name in declared.files:
            if is_address(name):
                raise WrongTableError(f"“{name}”是地址，要用 --engine spark 读")
        paths = [path for name in declared.files for path in self._inside(name)]
        endings = {path.suffix.lower() for path in paths}
        if endings == {".parquet"}:
            named = [str(path.resolve()) for path in paths]
            return numbered_parquet(named, self.database.counts(named), ROW), True
        if endings <= {".csv", ".txt"} and len(paths) == 1:
            # as a table: the lines put aside are those of one reading
            return numbered_relation(self._csv(paths[0]), ROW), False
        raise WrongTableError(
            f"“{declared.called}”应为 parquet 文件（可以几个），或者一个 csv 文件；"
            "xlsx 台账不写在 tables 里"
        )

    def _csv(self, path: Path) -> str:
        encoding, ends, quotes = _text_of(path)
        own = "utf-8-sig" if encoding == "utf-8" else encoding
        with path.open(encoding=own, newline="") as file:
            names, mark = header_of(file, path.name)
        if encoding != "utf-8" or len(ends) > 1 or quotes:
            copy = self.copies / f"{len(list(self.copies.iterdir()))}.csv"
            with (
                path.open(encoding=encoding) as file,
                copy.open("w", encoding="utf-8", newline="\n") as out,
            ):
                out.write(file.readline())
                out.writelines(Quotes(len(names), mark).told_apart(file))
            path = copy
        return csv_relation(str(path.resolve()), names, mark)

    def _relation(self, declared: Declared) -> tuple[str, bool]:
        if urlsplit(declared.database).scheme in ("postgres", "postgresql"):
            return self._copied(declared, copied(declared, self._copy(declared), self._rows))
        path = self._inside(declared.database)[0]
        if path.suffix.lower() in (".sqlite", ".sqlite3", ".db"):
            return self._copied(
                declared, _from_sqlite(path, declared, self._copy(declared), self._rows)
            )
        name = self._attached.get(str(path))
        if name is None:
            name = self._attached[str(path)] = f"attached {len(self._attached)}"
            self.database.attach(str(path.resolve()), name)
        return numbered_relation(table_relation(name, declared.table), ROW), False

    def _copy(self, declared: Declared) -> Path:
        return self.copies / f"{declared.type.type}.csv"

    def _copied(self, declared: Declared, columns: list[str]) -> tuple[str, bool]:
        return numbered_relation(csv_relation(str(self._copy(declared)), columns, ","), ROW), False


def _held(kind: str) -> Held:
    if kind in _AS_TEXT or kind.startswith(("DECIMAL", "ENUM")):
        return Held.TEXT
    return _HELD.get(kind, Held.OTHER)


def _text_of(path: Path) -> tuple[str, set[str], bool]:
    """The encoding of a text file, how its lines end, and whether it has quotation marks.

    Raises `WrongTableError` where the encoding is none of ours.
    """
    for encoding in _ENCODINGS:
        try:
            quotes = False
            with path.open(encoding=encoding) as file:
                while piece := file.read(_PIECE):
                    if "\x00" in piece:
                        break
                    quotes = quotes or QUOTE in piece
                else:
                    ends = file.newlines or ()
                    return encoding, {ends} if isinstance(ends, str) else set(ends), quotes
        except UnicodeDecodeError:
            continue
    raise WrongTableError(
        f"“{path.name}”不是文本，或编码不是 UTF-8、GB18030，请另存为 UTF-8 的 csv"
    )


def _from_sqlite(path: Path, declared: Declared, copy: Path, which: str) -> list[str]:
    """The rows of a table of SQLite as csv; the names of its columns."""
    quoted = declared.table.replace('"', '""')
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            rows = connection.execute(f'SELECT * FROM "{quoted}" {which}')
            names = [str(each[0]) for each in rows.description]
            with copy.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(names)
                writer.writerows(rows)
    except (sqlite3.Error, UnicodeError) as error:
        raise WrongTableError(f"“{declared.called}”读不了：{short(error)}") from error
    return names
