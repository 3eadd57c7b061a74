"""Shares as shown on pages about rules."""

from __future__ import annotations


def percent(part: int, whole: int) -> str:
    """A share with one decimal, cut off: 100 % is said only of all, and of all of nothing."""
    return f"{part * 1000 // whole / 10:g}%" if whole else "100%"
