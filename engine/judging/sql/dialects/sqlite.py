"""SQLite has no days: they are their numbers."""

from __future__ import annotations

import datetime as dt
from typing import Final

from sqlglot import exp
from sqlglot.generators.sqlite import SQLiteGenerator

from engine.judging.sql.dialects.brackets import Bare
from engine.judging.sql.lite import US_PER_DAY

_WHOLE: Final = (exp.DataType.Type.BIGINT, exp.DataType.Type.INT128)


class Lite(Bare, SQLiteGenerator):
    """The text for SQLite; each step is computed once, not written out where it is used."""

    def cast_sql(self, expression: exp.Cast, safe_prefix: str | None = None) -> str:
        """A day as its number; whole numbers are of one type."""
        value = self.sql(expression, "this")
        if isinstance(expression.this, exp.Null):
            return value
        if expression.is_type(*_WHOLE):
            return f"CAST({value} AS INTEGER)"
        if not expression.is_type(exp.DataType.Type.DATE):
            return super().cast_sql(expression, safe_prefix)
        if isinstance(expression.this, exp.Literal):
            return str(dt.date.fromisoformat(expression.this.name).toordinal())
        return f"({value} / {US_PER_DAY})"

    def cte_sql(self, expression: exp.CTE) -> str:
        """A step, kept once it is computed."""
        expression.set("materialized", True)
        return super().cte_sql(expression)
