"""Spark, for tables that lie where only it reaches: files of the folder, or at addresses."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlglot import exp

from engine.judging.sql.columns import Column
from engine.judging.sql.dialects import render
from engine.judging.sql.duck import DuckDb
from engine.judging.sql.spark.database import SparkDb
from engine.judging.sql.spark.files import first_line, plain, read_csv, read_parquet
from engine.judging.sql.spark.session import shown
from engine.judging.sql.whole.statement import every
from tables.declared import Declared, WrongTableError, header_of, is_address
from tables.lake import Lake
from tables.names import ROW
from tables.source import Held

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_HELD: Final = {"boolean": Held.BOOL, "date": Held.DATE, "timestamp_ntz": Held.TIMESTAMP}
_AS_TEXT: Final = ("string", "tinyint", "smallint", "int", "bigint", "float", "double")
_TYPES: Final = {"string": "VARCHAR", "int": "BIGINT", "bigint": "BIGINT", "boolean": "BOOLEAN"}
_AT_ONCE: Final = 100_000
_PIECE: Final = "piece"


class SparkLake(Lake):
    """A session of Spark: all is judged there, however little it is."""

    engine = "spark"
    everyday = 0

    def __init__(
        self, folder: Path, session: SparkSession, master: str, as_of: dt.date, year: int
    ) -> None:
        super().__init__(folder)
        self.note = f"Spark {session.version}，{shown(master)}"
        self._database = SparkDb(session, as_of, year)
        self._results = DuckDb(as_of, year, [str(self.copies)])
        self._broken: list[tuple[int, str, str]] = []

    @property
    def database(self) -> SparkDb:
        """The database itself."""
        return self._database

    def _opened(self, declared: Declared, name: str) -> Mapping[str, Held]:
        self._broken = []
        if declared.database:
            raise WrongTableError(
                f"“{declared.called}”是库里的表，--engine spark 读 parquet、csv：请先导出"
            )
        endings = {_ending(each) for each in declared.files}
        addresses = [address for each in declared.files for address in self._addresses(each)]
        if endings <= {".csv", ".txt"} and len(addresses) == 1:
            line = first_line(self.database, addresses[0])
            header = header_of(io.StringIO(line), declared.called)
            self._broken = read_csv(self.database, name, addresses[0], header, ROW)
            return dict.fromkeys(header[0], Held.TEXT)
        if endings <= {".parquet", ""}:
            kinds = read_parquet(self.database, name, addresses, ROW)
            return {column: _held(kind) for column, kind in kinds.items()}
        raise WrongTableError(
            f"“{declared.called}”应为 parquet 文件（可以几个），或者一个 csv 文件；"
            "xlsx 台账不写在 tables 里"
        )

    def _addresses(self, name: str) -> list[str]:
        if is_address(name):
            return [name]
        return [plain(f"file://{path.resolve().as_posix()}") for path in self._inside(name)]

    def broken(self) -> list[tuple[int, str, str]]:
        """The lines of the csv file opened last that are no rows.

        Each with its number, what is wrong, and what stands there.
        """
        return self._broken

    @property
    def results(self) -> DuckDb:
        """Where the tables of results are: brought home, in this process."""
        return self._results

    def fill(self, table: str, selects: Sequence[exp.Select]) -> None:
        """What queries yield into a table of results. Raises `RefusedError`."""
        kinds, rows = self.database.stream(render(every(selects), self.database.dialect))
        while piece := list(islice(rows, _AT_ONCE)):
            self.results.create(_PIECE, _columns(kinds, piece), "")
            self.results.rows(f'INSERT INTO "{table}" SELECT * FROM "{_PIECE}"')
            self.results.drop(_PIECE)

    def close(self) -> None:
        """Give back both databases."""
        self._results.close()
        super().close()


def _columns(kinds: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[Column]:
    return [
        Column(f"c{place}", _TYPES[kind], [row[place] for row in rows])
        for place, kind in enumerate(kinds)
    ]


def _ending(name: str) -> str:
    return Path(name).suffix.lower()


def _held(kind: str) -> Held:
    if kind in _AS_TEXT or kind.startswith("decimal"):
        return Held.TEXT
    return _HELD.get(kind, Held.OTHER)
