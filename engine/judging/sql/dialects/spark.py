"""Spark: Java's regular expressions, its own names of functions, and a language without macros."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from sqlglot import exp
from sqlglot.generators.spark import SparkGenerator

from engine.judging.sql import database as db
from engine.judging.sql.dialects.blanks import BLANKS
from engine.judging.sql.dialects.java import WIDE, OfJava, without_own
from engine.judging.sql.dialects.steps import in_steps

_DAYS: Final = (db.AS_OF, db.YEAR_START, db.YEAR_END)
"""Variables of the session."""


class Spark(OfJava, SparkGenerator):
    """The text for Spark with ANSI SQL on: what overflows or is no value ends the query."""

    TRANSFORMS: ClassVar = without_own(SparkGenerator.TRANSFORMS, exp.Trim)

    def generate(self, expression: exp.Expr, copy: bool = True) -> str:  # noqa: FBT001, FBT002
        """The text of a query, in steps."""
        return super().generate(in_steps(expression), copy)

    def anonymous_sql(self, expression: exp.Anonymous) -> str:
        """A function of the engine's own is written out."""
        if expression.name in _DAYS:
            return f"session.{expression.name}"
        written = _WRITTEN.get(expression.name)
        if written is None:
            return super().anonymous_sql(expression)
        return written(*(f"({self.sql(each)})" for each in expression.expressions))

    def datatype_sql(self, expression: exp.DataType) -> str:
        """Whole numbers wider than 64 bits are decimals."""
        wide = expression.is_type(exp.DataType.Type.INT128)
        return WIDE if wide else super().datatype_sql(expression)

    def trim_sql(self, expression: exp.Trim) -> str:
        """Without the blanks of any script at its ends, as DuckDB has it."""
        return f"TRIM(BOTH '{BLANKS}' FROM {self.sql(expression, 'this')})"

    def upper_sql(self, expression: exp.Upper) -> str:
        """Letter by letter: Java makes two of some."""
        return _letter_by_letter("UPPER", self.sql(expression, "this"))

    def lower_sql(self, expression: exp.Lower) -> str:
        """As the other way round."""
        return _letter_by_letter("LOWER", self.sql(expression, "this"))


def _letter_by_letter(function: str, text: str) -> str:
    changed = f"{function}({text})"
    return f"(CASE WHEN LENGTH({changed}) = LENGTH({text}) THEN {changed} ELSE {text} END)"


def _in_range(day: str) -> str:
    return f"(CASE WHEN {day} BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN {day} END)"


def _small(number: str, most: int) -> str:
    """A number of days or months, none where it would lead out of any calendar."""
    return f"CAST(CASE WHEN ABS({number}) < {most} THEN {number} END AS INT)"


def _floored(a: str, b: int) -> str:
    return f"(({a} - PMOD({a}, {b}L)) DIV {b}L)"


def _micros(moment: str) -> str:
    """Since 1970, as seen in the session's zone, which is UTC."""
    return f"UNIX_MICROS(CAST({moment} AS TIMESTAMP_LTZ))"


def _day_of(year: str, month: str, day: str) -> str:
    """None where the year has no such day."""
    four = f"LPAD(CAST(CASE WHEN {year} BETWEEN 1 AND 9999 THEN {year} END AS STRING), 4, '0')"
    return f"TRY_CAST(CONCAT({four}, '-', {month}, '-', {day}) AS DATE)"


_WRITTEN: Final[dict[str, Callable[..., str]]] = {
    "capped": lambda x, most: f"(CASE WHEN ABS({x}) < {most} THEN {x} END)",
    "sum": lambda x: f"SUM(CAST({x} AS DECIMAL(38, 0)))",
    "plus_days": lambda d, n: _in_range(f"DATE_ADD({d}, {_small(n, 4_000_000)})"),
    "plus_months": lambda d, n: _in_range(f"ADD_MONTHS({d}, {_small(n, 130_000)})"),
    "day_of": _day_of,
    "days_between": lambda a, b: f"CAST(DATEDIFF({b}, {a}) AS BIGINT)",
    # Hours are rounded down, in ten-thousandths.
    "hours_between": lambda a, b: _floored(
        "(" + _floored(f"({_micros(b)} - {_micros(a)})", 1_000_000) + " * 10000L)", 3600
    ),
}
"""What the macros of DuckDB are, as texts."""
