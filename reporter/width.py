"""How wide a text stands in columns, Chinese counted two wide.

字宽：一行字占几列。
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

_WIDE: Final = ("W", "F", "A")


@cache
def char_width(char: str) -> int:
    """Columns that a character takes; ambiguous ones count as wide, as Chinese fonts have them."""
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in _WIDE else 1


def text_width(text: str) -> int:
    """Columns that a text takes on one line."""
    return sum(map(char_width, text))
