"""Blanks, of which databases know fewer than offices write."""

from __future__ import annotations

from typing import Final

BLANKS: Final = "".join(
    map(chr, (0x20, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000))
)
"""What may stand at the ends of a cell and is nothing, as DuckDB has it: Chinese blanks too."""
