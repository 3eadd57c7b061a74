"""The timetable on a terminal: the goals, the table, what is supposed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import IO, Final

from engine.model.timetable import TimetableEntry
from reporter.terminal.page import Page
from reporter.timetable import COLUMNS, NOTHING_AHEAD, goals, reasons, rows, supposed
from reporter.visible import visible
from reporter.width import text_width

_PLAIN: Final = (0, 1, 2, 3, 5)
"""The columns that stand in a row; the reasons have lines of their own."""


def render_timetables(
    entries: Sequence[TimetableEntry], notices: Iterable[str], out: IO[str]
) -> None:
    """Write the timetables: `fazhi timetable` on a terminal; `notices` are its head."""
    page = Page(out)
    page.notices(notices)
    for entry in entries:
        write_timetable(entry, page)
    if not entries:
        page.line(NOTHING_AHEAD)


def write_timetable(entry: TimetableEntry, page: Page) -> None:
    """Write one timetable below its heading."""
    page.heading(f"时间表：{entry.subject_label}")
    for line in goals(entry):
        page.line(line, 0, 4, bold=not line.startswith("　"))
    table = rows(entry)
    if table:
        shown = [tuple(row[n] for n in _PLAIN) for row in (COLUMNS, *table)]
        widths = [max(text_width(row[n]) for row in shown) for n in range(len(_PLAIN))]
        page.line()
        _row(shown[0], widths, page)
        for row, milestone in zip(shown[1:], entry.milestones, strict=True):
            _row(row, widths, page)
            for why in reasons(milestone):
                page.line(why, 4, 6, dim=True)
    for number, line in enumerate(supposed(entry)):
        page.line(f"{'假定' if not number else '　　'}　{line}", 0, 6)


def _row(cells: tuple[str, ...], widths: list[int], page: Page) -> None:
    padded = (
        visible(cell) + " " * (width - text_width(cell))
        for cell, width in zip(cells, widths, strict=True)
    )
    page.line("  ".join(padded).rstrip(), 2)
