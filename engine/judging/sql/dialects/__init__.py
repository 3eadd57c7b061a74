"""The tree as the text that each database runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sqlglot import exp, parse_one
from sqlglot.generator import Generator

from engine.judging.sql.dialects.clickhouse import ClickHouse
from engine.judging.sql.dialects.duckdb import Duck
from engine.judging.sql.dialects.elsewhere import Elsewhere
from engine.judging.sql.dialects.hive import Hive
from engine.judging.sql.dialects.mysql import Doris, StarRocks
from engine.judging.sql.dialects.postgres import Postgres
from engine.judging.sql.dialects.spark import Running, Spark
from engine.judging.sql.dialects.sqlite import Lite

PRINTED: Final[dict[str, type[Elsewhere]]] = {
    each.called: each for each in (Postgres, Spark, Hive, StarRocks, Doris, ClickHouse)
}
"""Databases that statements are printed for, to be run where the data lies."""


def render(node: exp.Expr, dialect: str = "duckdb") -> str:
    """The text that a database runs for us."""
    return _GENERATORS[dialect](dialect=dialect).generate(node, copy=False)


def translated(text: str, dialect: str) -> str:
    """A query that is written for DuckDB, for another database."""
    return text if dialect == "duckdb" else render(parse_one(text, dialect="duckdb"), dialect)


_GENERATORS: Final[dict[str, Callable[..., Generator]]] = {
    "duckdb": Duck,
    "spark": Running,
    "sqlite": Lite,
}
