"""Whole tables judged, on the screen: the first lines, then table by table."""

from __future__ import annotations

from typing import IO

from engine.model.survey import Survey
from reporter.survey import Block, blocks, heading, opening, written
from reporter.visible import visible

_MOST = 20


def render(survey: Survey, out: IO[str], *, whole: bool = False) -> None:
    """The result as text; of each table the first rows, or the `whole` of it."""
    out.write(f"{heading(survey)}\n\n")
    for line in opening(survey):
        out.write(f"{visible(line)}\n")
    for block in blocks(survey):
        _draw(block, out, whole=whole)


def _draw(block: Block, out: IO[str], *, whole: bool) -> None:
    out.write(f"\n【{block.title}】{block.said}\n")
    shown = block.rows if whole else block.rows[:_MOST]
    for row in shown:
        cells = [
            f"{title}：{visible(written(cell))}"
            for title, cell in zip(block.columns, row, strict=True)
            if cell not in ("", 0)
        ]
        out.write("  " + "  ".join(cells) + "\n")
    if len(shown) < len(block.rows):
        out.write(f"  ……还有{len(block.rows) - len(shown)}行，加 --all 全列\n")
