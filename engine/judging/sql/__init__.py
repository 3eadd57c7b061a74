"""The tree as SQL, from the raw facts: an engine that shares no code with the others.

Nothing heavy is imported before something is judged.
"""

from engine.judging.sql.judge import SqlJudge, for_size

__all__ = ["SqlJudge", "for_size"]
