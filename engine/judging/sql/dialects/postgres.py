"""PostgreSQL: no cast that may fail, names of 63 bytes, collations; it plans all that it sees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlglot import exp
from sqlglot.generators.postgres import PostgresGenerator

from engine.judging.sql.dialects.blanks import BLANKS
from engine.judging.sql.dialects.elsewhere import Elsewhere

_ONLY_UTF8: Final = (
    "DO $$ BEGIN IF current_setting('server_encoding') <> 'UTF8' THEN "
    "RAISE EXCEPTION '这个数据库的编码不是 UTF8，汉字比不准，没有核对'; END IF; END $$"
)


class Postgres(Elsewhere, PostgresGenerator):
    """The text for PostgreSQL 12 and later."""

    called = "postgres"
    wide = "NUMERIC"
    TYPE_MAPPING = {**PostgresGenerator.TYPE_MAPPING, exp.DType.INT128: "NUMERIC"}  # noqa: RUF012 - sqlglot's
    before = (
        ("要么全都做成，要么什么也没有改", "BEGIN"),
        ("本文件的编码；日期写成年月日", "SET LOCAL client_encoding = 'UTF8'"),
        ("", "SET LOCAL datestyle = 'ISO, YMD'"),
        ("语句多而短，不值得先编译", "SET LOCAL jit = off"),
        ("数一数每张表有几行，看几千行就够", "SET LOCAL default_statistics_target = 10"),
        ("没有旧表可丢时不用说", "SET LOCAL client_min_messages = warning"),
        (
            "汉字按次序比，只有 UTF8 的库才行",
            _ONLY_UTF8,
        ),
    )
    after = (("", "COMMIT"),)

    def create(self, table: str, select: exp.Expression) -> Iterator[str]:
        """A table, and how many rows it has: else it plans for a table of any size."""
        yield from super().create(table, select)
        yield f"ANALYZE {self._named(table)}"

    def unique(self, table: str, column: str) -> Iterator[str]:
        """Else it expects that a row finds many there, and of those each many more."""
        by = self.sql(exp.to_identifier(column, quoted=True))
        yield f"CREATE UNIQUE INDEX ON {self._named(table)} ({by})"

    def cte_sql(self, expression: exp.CTE) -> str:
        """A step, computed as it stands: written into the next, its size doubles each time."""
        expression.set("materialized", True)
        return super().cte_sql(expression)

    def filter_sql(self, expression: exp.Filter) -> str:
        """How many rows fulfil a condition."""
        return PostgresGenerator.filter_sql(self, expression)

    def cast_sql(self, expression: exp.Cast, safe_prefix: str | None = None) -> str:
        """Texts are compared character by character, whatever the database is set to."""
        text = super().cast_sql(expression, safe_prefix)
        is_text = expression.to.this in exp.DataType.TEXT_TYPES
        return f'{text} COLLATE "C"' if is_text else text

    def trim_sql(self, expression: exp.Trim) -> str:
        """Without blanks at its ends, Chinese ones neither."""
        return f"BTRIM({self.sql(expression, 'this')}, '{BLANKS}')"

    def extreme(self, name: str, values: list[str]) -> str:
        """The least or greatest of what is known."""
        return f"{name.upper()}({', '.join(values)})"

    def plus_days(self, day: str, days: str) -> str:
        """A day so many days later."""
        return f"{day} + CAST({days} AS INT)"

    def days_between(self, start: str, end: str) -> str:
        """The days from one to the other."""
        return f"{end} - {start}"

    def year(self, day: str) -> str:
        """The year of a day."""
        return f"EXTRACT(YEAR FROM {day})"

    def month(self, day: str) -> str:
        """The month of a day."""
        return f"EXTRACT(MONTH FROM {day})"

    def plus_months(self, day: str, months: str) -> str:
        """A day so many months later; the last of the month where it hasn't so many."""
        return f"CAST({day} + CAST({months} AS INT) * INTERVAL '1 MONTH' AS DATE)"

    def day_of(self, year: str, month: str, day: str) -> str:
        """The day of a year."""
        return f"MAKE_DATE(CAST({year} AS INT), {month}, {day})"

    def seconds_between(self, start: str, end: str) -> str:
        """Whole seconds from one moment to the other."""
        return f"FLOOR(EXTRACT(EPOCH FROM {end} - {start}))"
