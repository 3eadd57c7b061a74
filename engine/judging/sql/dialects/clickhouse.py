"""ClickHouse: NULL must be asked for, and there are no days before 1900 or after 2299."""

from __future__ import annotations

import datetime as dt

from sqlglot import exp
from sqlglot.generators.clickhouse import ClickHouseGenerator

from engine.judging.sql.dialects.blanks import BLANKS
from engine.judging.sql.dialects.elsewhere import Elsewhere


class ClickHouse(Elsewhere, ClickHouseGenerator):
    """The text for ClickHouse 23 and later.

    A day computed beyond those that it has is unknown. It cuts short the days without an end,
    which no day of a record reaches: those are read from 1949 to 2100.
    """

    called = "clickhouse"
    first = dt.date(1900, 1, 1)
    last = dt.date(2299, 12, 31)
    TYPE_MAPPING = {  # noqa: RUF012 - sqlglot's
        **ClickHouseGenerator.TYPE_MAPPING,
        exp.DType.INT128: "DECIMAL(38, 0)",
        exp.DType.DATE: "Date32",
        exp.DType.TIMESTAMP: "DateTime64(6)",
    }
    before = (
        ("没有连上的是空，不是零", "SET join_use_nulls = 1"),
        ("空转成别的类型还是空", "SET cast_keep_nullable = 1"),
        ("不成立的一支不去算", "SET short_circuit_function_evaluation = 'force_enable'"),
    )

    def made_of(self) -> str:
        """What must be said of a table that is made, besides its name."""
        return "ENGINE = MergeTree ORDER BY tuple() "

    def trim_sql(self, expression: exp.Trim) -> str:
        """Without blanks at its ends, Chinese ones neither."""
        text = self.sql(expression, "this")
        return f"replaceRegexpAll({text}, '^[{BLANKS}]+|[{BLANKS}]+$', '')"

    def day(self, day: dt.date) -> str:
        """A constant day."""
        return f"toDate32('{day}')"

    def plus_days(self, day: str, days: str) -> str:
        """A day so many days later."""
        return f"addDays({day}, {days})"

    def days_between(self, start: str, end: str) -> str:
        """The days from one to the other."""
        return f"dateDiff('day', {start}, {end})"

    def plus_months(self, day: str, months: str) -> str:
        """A day so many months later; the last of the month where it hasn't so many."""
        return f"addMonths({day}, {months})"

    def day_of(self, year: str, month: str, day: str) -> str:
        """The day of a year."""
        return f"makeDate32({year}, {month}, {day})"

    def seconds_between(self, start: str, end: str) -> str:
        """Whole seconds from one moment to the other."""
        return f"dateDiff('second', {start}, {end})"
