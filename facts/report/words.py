"""Word lists, written as one line of text per list."""

from __future__ import annotations


def words(text: str) -> tuple[str, ...]:
    """Split a list that is written with blanks between its words."""
    return tuple(text.split())
