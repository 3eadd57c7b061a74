"""Brackets that need not be there, in any dialect: the text is shorter, and read by people."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.generator import Generator


class Bare(Generator):
    """A column, a truth or a constant stands without the brackets it was given."""

    def paren_sql(self, expression: exp.Paren) -> str:
        """What stands in brackets, with them only where they decide something."""
        plain = isinstance(expression.this, (exp.Column, exp.Boolean, exp.Literal))
        return self.sql(expression, "this") if plain else super().paren_sql(expression)
