"""The judge: facts loaded once, queries over them, failures kept to what they touch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, TypeAlias

from engine.judging.judge import Outcomes
from engine.model.values import Records
from engine.model.world import World
from engine.ruleset.model import Requirement

DatabaseName: TypeAlias = Literal["duckdb", "sqlite"]

LARGE: Final = 10_000
"""Records above which DuckDB is faster than SQLite: it takes its time before a query, not in it."""


def for_size(records: Records) -> SqlJudge:
    """The judge on the database that so many records are judged fastest in."""
    return SqlJudge("duckdb" if sum(map(len, records.values())) > LARGE else "sqlite")


class SqlJudge:
    """Judges in SQL, from the raw facts, in one of two databases."""

    def __init__(self, name: DatabaseName) -> None:
        self.name: str = name

    def judge(
        self, requirements: Sequence[Requirement], records: Records, world: World, year: int
    ) -> Outcomes:
        """The outcome of every requirement for every record of its subject type.

        What the database refuses is `failed`, for the requirements that need it alone.
        """
        # Only here, so that what judges nothing does not wait for a database.
        from engine.judging.sql.execution import Run  # noqa: PLC0415

        with Run(requirements, records, world, year, self.name) as run:
            return run.outcomes()
