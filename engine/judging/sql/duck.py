"""DuckDB in process: for many records. The one module that imports it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

import duckdb

from engine.judging.sql.columns import Column
from engine.judging.sql.database import (
    AS_OF,
    YEAR_END,
    YEAR_START,
    RefusedError,
    create_calendar,
)
from engine.model.workdays import WorkCalendar

_SETTINGS: Final[dict[str, str | bool | int | float | list[str]]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
    "threads": 2,
}

_HELD: Final = "3GB"
"""Memory of a database that has a folder for the rest."""

_FILE: Final = "|file"

_MACROS: Final = (
    # Numbers of the size `most` and beyond are unknown.
    "capped(x, most) AS CASE WHEN abs(x) < most THEN x END",
    # Days that the calendar of the language has; the database's goes further.
    "in_range(d) AS CASE WHEN d BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN d END",
    # The guards keep out what would end the whole query.
    "plus_days(d, n) AS in_range(d + CAST(CASE WHEN abs(n) < 4000000 THEN n END AS INTEGER))",
    "months(n) AS to_months(CAST(CASE WHEN abs(n) < 130000 THEN n END AS INTEGER))",
    "plus_months(d, n) AS in_range(CAST(d + months(n) AS DATE))",
    "day_of(y, m, d) AS make_date(CASE WHEN y BETWEEN 1 AND 9999 THEN y END, m, d)",
    "days_between(a, b) AS date_diff('day', a, b)",
    # Integer division is towards zero; hours are rounded down, in ten-thousandths.
    "floored(a, b) AS (a - ((a % b) + b) % b) // b",
    "seconds_between(a, b) AS floored(epoch_us(b) - epoch_us(a), 1000000)",
    "hours_between(a, b) AS floored(seconds_between(a, b) * 10000, 3600)",
)


class DuckDb:
    """A fresh database in memory. It reads and writes in `folders`, and reaches nothing else.

    What is too much for the memory it may take goes to the folder `spill` for the while.
    """

    dialect = "duckdb"
    at_once = 8
    """Planning grows faster than the number of requirements in a query."""

    def __init__(
        self, as_of: dt.date, year: int, folders: Sequence[str] = (), spill: str = ""
    ) -> None:
        self._connection = duckdb.connect(":memory:", config=_SETTINGS | {"temp_directory": spill})
        if spill:
            self._connection.execute(f"SET memory_limit = '{_HELD}'")
        if folders:
            listed = ", ".join(literal(folder) for folder in folders)
            self._connection.execute(f"SET allowed_directories = [{listed}]")
        self._connection.execute("SET enable_external_access = false")
        # a moment in some zone is shown alike on every machine
        self._connection.execute("SET TimeZone = 'UTC'")
        days = {AS_OF: as_of, YEAR_START: dt.date(year, 1, 1), YEAR_END: dt.date(year, 12, 31)}
        macros = [*_MACROS, *(f"{name}() AS DATE '{day}'" for name, day in days.items())]
        self._connection.execute("SET enable_progress_bar = false")
        self._connection.execute("".join(f"CREATE MACRO {macro};" for macro in macros))

    def create(
        self,
        table: str,
        columns: Sequence[Column],
        key: str,  # noqa: ARG002 - it finds rows without an index
        *,
        unique: bool = True,  # noqa: ARG002
    ) -> None:
        """A table with these columns, each handed over as one typed list."""
        lists = ", ".join(
            f"unnest(CAST(? AS {column.type}[])) AS {_quoted(column.name)}" for column in columns
        )
        made = f"CREATE TABLE {_quoted(table)} AS SELECT {lists}"
        self._connection.execute(made, [list(column.values) for column in columns])

    def add_calendar(self, calendar: WorkCalendar) -> None:
        """The tables of `create_calendar`: to be put in before any other."""
        create_calendar(self, calendar)

    def rows(self, text: str) -> Sequence[Sequence[Any]]:
        """What a query yields. Raises `RefusedError`."""
        try:
            return self._connection.execute(text).fetchall()
        except duckdb.Error as error:
            raise RefusedError(str(error)) from error

    def make(self, name: str, query: str, *, view: bool = False) -> None:
        """A table of what a query yields, or a view. Raises `RefusedError`."""
        kind = "VIEW" if view else "TABLE"
        self.rows(f"CREATE {kind} {_quoted(name)} AS {query}")

    def drop(self, name: str, *, view: bool = False) -> None:
        """Forget a table, or a view."""
        kind = "VIEW" if view else "TABLE"
        self.rows(f"DROP {kind} {_quoted(name)}")

    def attach(self, path: str, name: str) -> None:
        """A database of DuckDB by a name of its own, to be read. Raises `RefusedError`."""
        self.rows(f"ATTACH {literal(path)} AS {_quoted(name)} (READ_ONLY)")

    def export(self, query: str, path: str) -> None:
        """What a query yields as a parquet file. Raises `RefusedError`."""
        self.rows(f"COPY ({query}) TO {literal(path)} (FORMAT parquet)")

    def split(self, query: str, column: str, folder: str) -> None:
        """What a query yields as parquet files, a folder `column=…` of them for each value.

        The column itself is left out. Raises `RefusedError`.
        """
        self.rows(
            f"COPY ({query}) TO {literal(folder)} "
            f"(FORMAT parquet, PARTITION_BY ({_quoted(column)}), WRITE_PARTITION_COLUMNS false)"
        )

    def counts(self, paths: Sequence[str]) -> list[int]:
        """How many rows each of these parquet files has. Raises `RefusedError`."""
        listed = ", ".join(map(literal, paths))
        said = "SELECT file_name, num_rows FROM parquet_file_metadata"
        found = dict(map(tuple, self.rows(f"{said}([{listed}])")))
        return [int(found[path]) for path in paths]

    def close(self) -> None:
        """Give back what it holds."""
        self._connection.close()


def csv_relation(path: str, columns: Sequence[str], mark: str) -> str:
    """A csv file in UTF-8 as texts; the lines that have more or fewer cells are put aside."""
    held = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in columns)
    return (
        f"read_csv({literal(path)}, columns = {{{held}}}, auto_detect = false, header = true, "
        f"delim = {literal(mark)}, quote = '\"', escape = '\"', nullstr = '', strict_mode = true, "
        "store_rejects = true, rejects_limit = 0)"
    )


def parquet_relation(paths: Sequence[str]) -> str:
    """Parquet files of the same columns, one after the other."""
    return f"read_parquet([{', '.join(map(literal, paths))}], union_by_name = false)"


def numbered_relation(relation: str, row: str) -> str:
    """The rows of a relation, each with its number from 0 on in a column of that name."""
    number = f"row_number() OVER () - 1 AS {_quoted(row)}"
    return f"(SELECT {number}, * FROM {relation})"  # noqa: S608 - names of ours


def numbered_parquet(paths: Sequence[str], counts: Sequence[int], row: str) -> str:
    """The same of parquet files, of which the number of rows is known: read side by side."""
    before, branches = 0, ""
    for path, count in zip(paths, counts, strict=True):
        branches += f" WHEN {literal(path)} THEN {before}"
        before += count
    listed, file = ", ".join(map(literal, paths)), _quoted(_FILE)
    number = f"file_row_number + CASE {file}{branches} END AS {_quoted(row)}"
    rest = f"* EXCLUDE (file_row_number, {file})"
    named = f"file_row_number = true, filename = {literal(_FILE)}"
    return f"(SELECT {number}, {rest} FROM read_parquet([{listed}], {named}))"  # noqa: S608


def table_relation(database: str, table: str) -> str:
    """A table of an attached database; `table` may name its schema."""
    return ".".join(map(_quoted, (database, *table.split("."))))


def literal(value: str) -> str:
    """A text as a query has it."""
    doubled = value.replace("'", "''")
    return f"'{doubled}'"


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
