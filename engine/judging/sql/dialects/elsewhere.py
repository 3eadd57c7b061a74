"""What databases outside this process have in common: they have no functions of ours.

What a function of ours means is written out. Nothing is printed that a database hasn't: sqlglot
raises. Where a database knows less than the language, what comes of it is unknown, never known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Final

from sqlglot import exp
from sqlglot.errors import ErrorLevel

from engine.judging.sql.dialects.blanks import BLANKS
from engine.judging.sql.dialects.brackets import Bare
from engine.judging.sql.dialects.names import Names

FIRST: Final = dt.date.min
LAST: Final = dt.date.max
MONTHS: Final = 12


class Elsewhere(Bare):
    """The text for a database that fazhi only prints statements for."""

    called: ClassVar[str]
    before: ClassVar[tuple[tuple[str, str], ...]] = ()
    """What is run first, each with what it is for."""
    after: ClassVar[tuple[tuple[str, str], ...]] = ()
    first: ClassVar[dt.date] = FIRST
    last: ClassVar[dt.date] = LAST
    """The days that the database has."""

    def __init__(self, names: Names, days: Mapping[str, dt.date]) -> None:
        super().__init__(dialect=self.called, unsupported_level=ErrorLevel.RAISE)
        self._names, self._days = names, days

    def text(self, node: exp.Expression) -> str:
        """The text of a query."""
        return self.generate(node, copy=False)

    def values(self, rows: Sequence[Sequence[object]]) -> str:
        """The text of rows of constants, for columns of their kinds."""
        written = (f"({', '.join(map(self._constant, row))})" for row in rows)
        return "VALUES " + ",\n".join(written)

    def _constant(self, value: object) -> str:
        match value:
            case None:
                return "NULL"
            case bool():
                return "TRUE" if value else "FALSE"
            case int():
                return str(value)
            case dt.date():
                return self.day(value)
            case _:
                return self.sql(exp.Literal.string(str(value)))

    def create(self, table: str, select: exp.Expression) -> Iterator[str]:
        """A table of what a query yields, instead of the one of an earlier run."""
        yield self.drop(table)
        yield f"CREATE TABLE {self._named(table)} {self.made_of()}AS\n{self.text(select)}"

    def made_of(self) -> str:
        """What must be said of a table that is made, besides its name."""
        return ""

    def unique(self, table: str, column: str) -> Iterator[str]:
        """Tell the database that a value stands in one row at most, where that matters to it."""
        del table, column
        yield from ()

    def drop(self, table: str) -> str:
        """Forget a table of ours."""
        self._names.made(table)
        return f"DROP TABLE IF EXISTS {self._named(table)}"

    def insert(self, table: str, rows: str) -> str:
        """Rows into a table: the text of a query, or of values."""
        return f"INSERT INTO {self._named(table)}\n{rows}"

    def _named(self, table: str) -> str:
        parts = (exp.to_identifier(part, quoted=True) for part in self._names.table(table))
        return ".".join(super(Elsewhere, self).identifier_sql(part) for part in parts)

    # what sqlglot leaves to the database

    def table_parts(self, expression: exp.Table) -> str:
        """A table's name as it is there."""
        return self._named(expression.name)

    def identifier_sql(self, expression: exp.Identifier) -> str:
        """A column's name as it is there."""
        name = exp.to_identifier(self._names.of(expression.name), quoted=True)
        return super().identifier_sql(name)

    def trim_sql(self, expression: exp.Trim) -> str:
        """Without blanks at its ends, Chinese ones neither."""
        return f"REGEXP_REPLACE({self.sql(expression, 'this')}, '^[{BLANKS}]+|[{BLANKS}]+$', '')"

    def filter_sql(self, expression: exp.Filter) -> str:
        """How many rows fulfil a condition."""
        condition = self.sql(expression.expression, "this")
        return f"COUNT(CASE WHEN {condition} THEN 1 END)"

    def cast_sql(self, expression: exp.Cast, safe_prefix: str | None = None) -> str:
        """A constant day within those that the database has."""
        if isinstance(expression.this, exp.Literal) and expression.to.this is exp.DType.DATE:
            day = dt.date.fromisoformat(expression.this.name)
            return self.day(min(max(day, self.first), self.last))
        return super().cast_sql(expression, safe_prefix)

    def anonymous_sql(self, expression: exp.Anonymous) -> str:
        """A function of ours, written out."""
        name = str(expression.this).lower()
        if name in self._days:
            return self.sql(exp.cast(exp.Literal.string(self._days[name].isoformat()), "DATE"))
        arguments = [self._operand(each) for each in expression.expressions]
        match name, arguments:
            case "capped", [value, most]:
                return f"CASE WHEN ABS({value}) < {most} THEN {value} END"
            case "sum", [value]:
                return f"SUM(CAST({value} AS {self.wide}))"
            case "least" | "greatest", _:
                return self.extreme(name, arguments)
            case "plus_days", [day, days]:
                since = self.days_between(self.day(self.first), day)
                inside = f"{since} + {days} BETWEEN 0 AND {(self.last - self.first).days}"
                return f"CASE WHEN {inside} THEN {self.plus_days(day, days)} END"
            case "plus_months", [day, months]:
                number = f"{self.year(day)} * {MONTHS} + {self.month(day)} - 1 + {months}"
                first, last = self.first.year * MONTHS, self.last.year * MONTHS + MONTHS - 1
                inside = f"{number} BETWEEN {first} AND {last}"
                return f"CASE WHEN {inside} THEN {self.plus_months(day, months)} END"
            case "day_of", [year, month, day]:
                inside = f"{year} BETWEEN {self.first.year} AND {self.last.year}"
                return f"CASE WHEN {inside} THEN {self.day_of(year, month, day)} END"
            case "days_between", [start, end]:
                return f"({self.days_between(start, end)})"
            case "hours_between", [start, end]:
                return f"({self.hours_between(start, end)})"
            case "replace" | "min", _:
                return super().anonymous_sql(expression)
            case _:
                raise ValueError(name)

    def _operand(self, value: exp.Expression) -> str:
        """A value that may be put beside an operator."""
        plain = isinstance(value, (exp.Column, exp.Literal, exp.Cast, exp.Paren))
        return self.sql(value) if plain else f"({self.sql(value)})"

    wide: ClassVar[str] = "DECIMAL(38, 0)"
    """Whole numbers of any size that a sum or product may have."""

    def extreme(self, name: str, values: list[str]) -> str:
        """The least or greatest of what is known."""
        found, *others = values
        op = "<=" if name == "least" else ">="
        for other in others:
            kept = f"{other} IS NULL OR {found} {op} {other}"
            found = f"CASE WHEN {kept} THEN {found} ELSE {other} END"
        return found

    def day(self, day: dt.date) -> str:
        """A constant day."""
        return f"CAST('{day}' AS DATE)"

    def plus_days(self, day: str, days: str) -> str:
        """A day so many days later; it is one that the database has."""
        return f"DATE_ADD({day}, CAST({days} AS INT))"

    def days_between(self, start: str, end: str) -> str:
        """The days from one to the other, negative if it lies before."""
        return f"DATEDIFF({end}, {start})"

    def year(self, day: str) -> str:
        """The year of a day."""
        return f"YEAR({day})"

    def month(self, day: str) -> str:
        """The month of a day."""
        return f"MONTH({day})"

    def plus_months(self, day: str, months: str) -> str:
        """A day so many months later; the last of the month where it hasn't so many.

        From the first of the month: of its last day, some databases make the last of the other.
        """
        first = self.months_on(f"{self.plus_days(day, f'1 - DAY({day})')}", months)
        last = f"CAST(LAST_DAY({first}) AS DATE)"
        whole = self.plus_days(first, f"DAY({day}) - 1")
        return f"CASE WHEN DAY({day}) > DAY({last}) THEN {last} ELSE {whole} END"

    def months_on(self, first: str, months: str) -> str:
        """The first of a month so many months later."""
        return f"CAST(ADD_MONTHS({first}, CAST({months} AS INT)) AS DATE)"

    def day_of(self, year: str, month: str, day: str) -> str:
        """The day of a year within those that the database has."""
        sizes = ((year, 4), (month, 2), (day, 2))
        parts = (f"LPAD(CAST({part} AS STRING), {size}, '0')" for part, size in sizes)
        return "CAST(CONCAT(" + ", '-', ".join(parts) + ") AS DATE)"

    def hours_between(self, start: str, end: str) -> str:
        """In ten-thousandths, rounded down."""
        return f"CAST(FLOOR({self.seconds_between(start, end)} * 10000 / 3600) AS BIGINT)"

    def seconds_between(self, start: str, end: str) -> str:
        """Whole seconds from one moment to the other."""
        return f"TIMESTAMPDIFF(SECOND, {start}, {end})"
