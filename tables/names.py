"""What the tables and columns beside the facts are called."""

from __future__ import annotations

from typing import Final

from sqlglot import exp

from engine.judging.sql import nodes as n

KEY: Final = "|key"
UNIT: Final = "|unit"
PLACE: Final = "|place"
BAD: Final = "|bad"
TWIN: Final = "|twin"
NAMED: Final = "|named"
OWN: Final = "|own"
"""Columns of a table beside its facts: what the row is called, whose matter it is and of which
place, how many of its cells can't be read, whether another row has its key, its parent's key, its
own as others name it: NULL where that is not known."""

TABLE: Final = "|table"
SOURCE: Final = "|source"
ROW: Final = "|row"
VALUE: Final = "|value"
READ: Final = "|read"
TWINS: Final = "|twins"
KEYED: Final = "|keyed"
HOMELESS: Final = "|homeless"
WHOLE: Final = "|whole"
ITEM_OF: Final = "|item "
ONE: Final = "one"


def folded(value: exp.Expression) -> exp.Expression:
    """A value as others name it."""
    return exp.Upper(this=n.cast(value, "VARCHAR"))
