"""The texts that a database runs. The one way to sqlglot: who recalls a text needs none of it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot.errors import SqlglotError

from engine.judging.sql.compiler import Compiler
from engine.judging.sql.dialects import render
from engine.judging.sql.query import query
from engine.judging.sql.scope import Scope
from engine.judging.sql.tables import Tables
from engine.judging.sql.verdict import outcome
from engine.model.world import World
from engine.ruleset.model import Requirement


def judging(
    tables: Tables, world: World, place: int, requirements: Sequence[Requirement], dialect: str
) -> str:
    """The query of the outcomes of requirements on one type: a column each, a row per subject.

    Depends on the tables' shape, not on what is in them. Raises ValueError, TypeError,
    LookupError or ArithmeticError for what cannot be written.
    """
    compiler = Compiler(tables, world)
    scope = Scope(world.schema, requirements[0].subject, place)
    try:
        wanted = [outcome(compiler, scope, each) for each in requirements]
        return render(query(scope, wanted), dialect)
    except SqlglotError as error:
        raise ValueError(str(error)) from error
