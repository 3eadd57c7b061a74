"""Hive: text patterns are Java's, names of tables are plain."""

from __future__ import annotations

from string import ascii_lowercase, ascii_uppercase
from typing import ClassVar

from sqlglot import exp
from sqlglot.generators.hive import HiveGenerator

from engine.judging.sql.dialects.elsewhere import Elsewhere
from engine.judging.sql.dialects.java import WIDE, OfJava, without_own


class Hive(OfJava, Elsewhere, HiveGenerator):
    """The text for Hive 3.1 and later; a cast that fails is NULL."""

    called = "hive"
    TYPE_MAPPING: ClassVar = {**HiveGenerator.TYPE_MAPPING, exp.DType.INT128: WIDE}
    TRANSFORMS: ClassVar = without_own(HiveGenerator.TRANSFORMS)
    before = (("列名里可以有汉字", "SET hive.support.quoted.identifiers = column"),)

    def upper_sql(self, expression: exp.Upper) -> str:
        """Of Latin letters: Java's makes two letters of some others."""
        return (
            f"TRANSLATE({self.sql(expression, 'this')}, '{ascii_lowercase}', '{ascii_uppercase}')"
        )

    def lower_sql(self, expression: exp.Lower) -> str:
        """As the other way round."""
        return (
            f"TRANSLATE({self.sql(expression, 'this')}, '{ascii_uppercase}', '{ascii_lowercase}')"
        )

    def seconds_between(self, start: str, end: str) -> str:
        """Whole seconds from one moment to the other."""
        return f"(UNIX_TIMESTAMP({end}) - UNIX_TIMESTAMP({start}))"
