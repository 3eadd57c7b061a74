"""DuckDB has what the tree says."""

from __future__ import annotations

from sqlglot.generators.duckdb import DuckDBGenerator

from engine.judging.sql.dialects.brackets import Bare


class Duck(Bare, DuckDBGenerator):
    """The text for DuckDB."""
