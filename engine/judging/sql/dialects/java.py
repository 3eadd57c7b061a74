"""What Hive and Spark have in common: their text patterns are Java's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlglot import exp
from sqlglot.generator import Generator

from engine.judging.sql.dialects.brackets import Bare

WIDE: Final = "DECIMAL(38, 0)"
"""Whole numbers wider than 64 bits."""

_OWN: Final = (exp.RegexpLike, exp.Upper, exp.Lower)


def without_own(
    transforms: Mapping[type[exp.Expr], Callable[..., Any]], *more: type[exp.Expr]
) -> dict[type[exp.Expr], Callable[..., Any]]:
    """How sqlglot writes kinds of nodes, but for those that are written here and for `more`."""
    return {kind: how for kind, how in transforms.items() if kind not in (*_OWN, *more)}


class OfJava(Bare, Generator):
    """Texts are matched as Java matches them."""

    def regexplike_sql(self, expression: exp.RegexpLike) -> str:
        """Whether a text matches; Java's `$` lets a line break stand at the end.

        None of our patterns has `$` as a character.
        """
        pattern = expression.expression.name.replace("$", r"\z")
        return f"{self.sql(expression, 'this')} RLIKE {self.sql(exp.Literal.string(pattern))}"
