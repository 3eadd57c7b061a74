"""Spark: Java's regular expressions, its own names of functions, and a language without macros."""

from __future__ import annotations

from typing import ClassVar

from sqlglot import exp
from sqlglot.generators.spark import SparkGenerator

from engine.judging.sql import database as db
from engine.judging.sql.dialects.blanks import BLANKS
from engine.judging.sql.dialects.elsewhere import Elsewhere
from engine.judging.sql.dialects.java import WIDE, OfJava, without_own
from engine.judging.sql.dialects.names import AsTheyAre
from engine.judging.sql.dialects.steps import in_steps


class Spark(OfJava, Elsewhere, SparkGenerator):
    """The text for Spark 3.4 and later, whether it ends a query at what is no value or not."""

    called = "spark"
    TYPE_MAPPING: ClassVar = {**SparkGenerator.TYPE_MAPPING, exp.DType.INT128: WIDE}
    TRANSFORMS: ClassVar = without_own(SparkGenerator.TRANSFORMS, exp.Trim)
    before = (("时刻不随这台机器的时区变", "SET spark.sql.session.timeZone = UTC"),)

    def generate(self, expression: exp.Expr, copy: bool = True) -> str:  # noqa: FBT001, FBT002
        """The text of a query, in steps."""
        return super().generate(in_steps(expression), copy)

    def trim_sql(self, expression: exp.Trim) -> str:
        """Without the blanks of any script at its ends, as DuckDB has it."""
        return f"TRIM(BOTH '{BLANKS}' FROM {self.sql(expression, 'this')})"

    def upper_sql(self, expression: exp.Upper) -> str:
        """Letter by letter: Java makes two of some."""
        return _letter_by_letter("UPPER", self.sql(expression, "this"))

    def lower_sql(self, expression: exp.Lower) -> str:
        """As the other way round."""
        return _letter_by_letter("LOWER", self.sql(expression, "this"))

    def plus_months(self, day: str, months: str) -> str:
        """A day so many months later; the last of the month where it hasn't so many."""
        return f"ADD_MONTHS({day}, CAST({months} AS INT))"

    def day_of(self, year: str, month: str, day: str) -> str:
        """The day of a year, none where it has no such day."""
        return super().day_of(year, month, day).replace("CAST(CONCAT", "TRY_CAST(CONCAT", 1)

    def seconds_between(self, start: str, end: str) -> str:
        """Whole seconds from one moment to the other, rounded down."""
        micros = f"({_micros(end)} - {_micros(start)})"
        return f"(({micros} - PMOD({micros}, 1000000L)) DIV 1000000L)"


class Running(Spark):
    """The same for a session of ours: tables go by their own names, the days are its variables."""

    def __init__(self, dialect: str) -> None:
        del dialect  # it is this one
        super().__init__(AsTheyAre(), {})

    def anonymous_sql(self, expression: exp.Anonymous) -> str:
        """A function of ours, written out."""
        name = str(expression.this)
        return f"session.{name}" if name in db.DAYS else super().anonymous_sql(expression)


def _letter_by_letter(function: str, text: str) -> str:
    changed = f"{function}({text})"
    return f"(CASE WHEN LENGTH({changed}) = LENGTH({text}) THEN {changed} ELSE {text} END)"


def _micros(moment: str) -> str:
    """Since 1970, as seen in the session's zone, which is UTC."""
    return f"UNIX_MICROS(CAST({moment} AS TIMESTAMP_LTZ))"
