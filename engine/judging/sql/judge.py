"""The judge: facts loaded once, a query per subject type, failures kept to what they touch."""

from __future__ import annotations

from collections.abc import Sequence

from engine.judging.judge import Outcomes
from engine.model.values import Records
from engine.model.world import World
from engine.ruleset.model import Requirement


class SqlJudge:
    """Judges in SQL, from the raw facts."""

    name = "duckdb"

    def judge(
        self, requirements: Sequence[Requirement], records: Records, world: World, year: int
    ) -> Outcomes:
        """The outcome of every requirement for every record of its subject type.

        What the database refuses is `failed`, for the requirements that need it alone.
        """
        # Only here, so that what judges nothing does not wait for DuckDB and sqlglot.
        from engine.judging.sql.execution import Run  # noqa: PLC0415

        with Run(requirements, records, world, year) as run:
            return run.outcomes()
