"""What changed since last time, on a terminal."""

from __future__ import annotations

from typing import IO

from engine.model.assessment import Assessment
from reporter.notices import period_notices
from reporter.since import Block, changed, gone, in_short
from reporter.terminal.page import Page


def render_comparison(assessment: Assessment, out: IO[str]) -> None:
    """Write what changed: `fazhi diff` on a terminal."""
    comparison = assessment.since
    if comparison is None:
        return
    page = Page(out)
    page.line(
        f"法治体检 · 与上次比　{assessment.place}　"
        f"{comparison.year}年（检查日 {comparison.as_of}）→ "
        f"{assessment.year}年（检查日 {assessment.as_of}）",
        bold=True,
    )
    page.notices(period_notices(assessment))
    page.line(in_short(comparison), bold=True)
    for note in comparison.notes:
        page.line(f"注意　{note}", 0, 6, fg="yellow")
    for block in (*changed(assessment), *gone(comparison)):
        write_block(block, page)


def write_block(block: Block, page: Page) -> None:
    """One heading with its lines."""
    page.heading(block.title)
    for line in block.lines:
        page.line(line, 2, 2)
