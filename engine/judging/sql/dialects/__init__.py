"""The tree as the text that each database runs."""

from __future__ import annotations

from typing import Final

from sqlglot import exp
from sqlglot.generator import Generator

from engine.judging.sql.dialects.duckdb import Duck
from engine.judging.sql.dialects.sqlite import Lite


def render(node: exp.Expression, dialect: str = "duckdb") -> str:
    """The text that a database runs."""
    return _GENERATORS[dialect](dialect=dialect).generate(node, copy=False)


_GENERATORS: Final[dict[str, type[Generator]]] = {"duckdb": Duck, "sqlite": Lite}
