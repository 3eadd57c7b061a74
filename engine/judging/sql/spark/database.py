"""A session of Spark as the database of a run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from engine.judging.sql import nodes as n
from engine.judging.sql.columns import Column
from engine.judging.sql.database import AS_OF, YEAR_END, YEAR_START, RefusedError, create_calendar
from engine.judging.sql.dialects import render
from engine.model.workdays import WorkCalendar

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_ANSWERS: Final[dict[str, str]] = {
    # what overflows or is no value ends the query: in no other way would it be heard of
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "false",
    "spark.sql.csv.parser.columnPruning.enabled": "false",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
    "spark.sql.parser.escapedStringLiterals": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
}
"""Settings that decide what a query yields."""

_PLANNING: Final[dict[str, str]] = {
    # what each column says of every other takes more memory than the rows
    "spark.sql.constraintPropagation.enabled": "false",
    # one method for all columns of a wide table is longer than Java compiles
    "spark.sql.codegen.wholeStage": "false",
}


class SparkDb:
    """The tables of one run in a session of Spark, which is given back without them."""

    dialect = "spark"
    at_once = 8

    def __init__(self, session: SparkSession, as_of: dt.date, year: int) -> None:
        self.session = session
        for name, value in (_ANSWERS | _PLANNING).items():
            session.conf.set(name, value)
        self._views: list[str] = []
        days = {AS_OF: as_of, YEAR_START: dt.date(year, 1, 1), YEAR_END: dt.date(year, 12, 31)}
        for name, day in days.items():
            session.sql(f"DECLARE OR REPLACE VARIABLE {name} DATE DEFAULT DATE '{day}'")

    def create(
        self,
        table: str,
        columns: Sequence[Column],
        key: str,  # noqa: ARG002 - it finds rows without an index
        *,
        unique: bool = True,  # noqa: ARG002
    ) -> None:
        """A table with these columns, handed over row by row."""
        kinds = ", ".join(
            f"{quoted(column.name)} {render(n.sql_type(column.type), self.dialect)}"
            for column in columns
        )
        rows = list(zip(*(column.values for column in columns), strict=True))
        self.hold(table, self.session.createDataFrame(rows, kinds))

    def add_calendar(self, calendar: WorkCalendar) -> None:
        """The tables of `create_calendar`: to be put in before any other."""
        create_calendar(self, calendar)

    def rows(self, text: str) -> Sequence[Sequence[Any]]:
        """What a query yields. Raises `RefusedError`."""
        with refusing():
            return [tuple(row) for row in self.session.sql(text).collect()]

    def stream(self, text: str) -> tuple[list[str], Iterator[Sequence[Any]]]:
        """The types of the columns of what a query yields, and its rows one after the other.

        Raises `RefusedError`.
        """
        with refusing():
            found = self.session.sql(text)
            kinds = [each.dataType.simpleString() for each in found.schema]
        return kinds, _each(found)

    def make(self, name: str, query: str, *, view: bool = False) -> None:
        """A table of what a query yields, or a view. Raises `RefusedError`."""
        with refusing():
            found = self.session.sql(query)
            # computed once, and no part of the plans of all that rests on it
            self.hold(name, found if view else found.localCheckpoint(eager=True))

    def hold(self, name: str, found: DataFrame) -> None:
        """What stands for a table by its name. Raises `RefusedError`."""
        with refusing():
            found.createOrReplaceTempView(quoted(name))
        self._views.append(name)

    def drop(self, name: str, *, view: bool = False) -> None:  # noqa: ARG002 - Spark has views alone
        """Forget a table, or a view."""
        self.session.catalog.dropTempView(quoted(name))
        self._views.remove(name)

    def close(self) -> None:
        """Forget all tables."""
        for name in list(self._views):
            self.drop(name)


def _each(found: DataFrame) -> Iterator[Sequence[Any]]:
    with refusing():
        for row in found.toLocalIterator(prefetchPartitions=True):
            yield tuple(row)


@contextmanager
def refusing() -> Iterator[None]:
    """What Spark says against a query as `RefusedError`: its first line, nothing of Java's."""
    from py4j.protocol import Py4JError  # noqa: PLC0415
    from pyspark.errors import PySparkException  # noqa: PLC0415

    try:
        yield
    except (PySparkException, Py4JError) as error:
        raise RefusedError(said(error)) from error


def said(error: Exception) -> str:
    """The first line of what Spark says, whichever language it says it in."""
    from py4j.protocol import Py4JJavaError  # noqa: PLC0415

    if isinstance(error, Py4JJavaError):
        thrown = error.java_exception
        return str(thrown.getMessage() or thrown.getClass().getName()).split("\n", 1)[0]
    return str(error).split("\n", 1)[0]


def quoted(name: str) -> str:
    """A name in a query."""
    doubled = name.replace("`", "``")
    return f"`{doubled}`"
