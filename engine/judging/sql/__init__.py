"""The tree as SQL on DuckDB, from the raw facts: an engine that shares no code with the others.

Nothing heavy is imported before something is judged.
"""

from engine.judging.sql.judge import SqlJudge

__all__ = ["SqlJudge"]
