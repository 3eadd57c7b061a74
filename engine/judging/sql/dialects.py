"""The tree as the text that each database runs."""

from __future__ import annotations

import datetime as dt
from typing import Final

from sqlglot import exp
from sqlglot.generator import Generator
from sqlglot.generators.duckdb import DuckDBGenerator
from sqlglot.generators.sqlite import SQLiteGenerator

from engine.judging.sql.lite import US_PER_DAY

_WHOLE: Final = (exp.DataType.Type.BIGINT, exp.DataType.Type.INT128)


class _Duck(DuckDBGenerator):
    """DuckDB has what the tree says."""

    def paren_sql(self, expression: exp.Paren) -> str:
        return _bare(self, expression) or super().paren_sql(expression)


class _Lite(SQLiteGenerator):
    """Days are their numbers; each step is computed once, not written out where it is used."""

    def paren_sql(self, expression: exp.Paren) -> str:
        return _bare(self, expression) or super().paren_sql(expression)

    def cast_sql(self, expression: exp.Cast, safe_prefix: str | None = None) -> str:
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
        expression.set("materialized", True)
        return super().cte_sql(expression)


def _bare(generator: Generator, brackets: exp.Paren) -> str:
    """What stands in brackets that need not be there; empty where they must."""
    plain = isinstance(brackets.this, (exp.Column, exp.Boolean, exp.Literal))
    return generator.sql(brackets, "this") if plain else ""


def render(node: exp.Expression, dialect: str = "duckdb") -> str:
    """The text that a database runs."""
    return _GENERATORS[dialect](dialect=dialect).generate(node, copy=False)


_GENERATORS: Final[dict[str, type[Generator]]] = {"duckdb": _Duck, "sqlite": _Lite}
