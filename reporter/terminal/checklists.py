"""Check-lists on a terminal: a line to tick for every item."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

from engine.model.checklist import ChecklistEntry
from reporter.terminal.page import Page
from reporter.titles import CHECKLIST_NOTE, tally, tells, ticked


def write_checklists(
    checklists: Iterable[ChecklistEntry], notices: Iterable[str], out: IO[str]
) -> None:
    """The lists alone: `fazhi checklist` on a terminal; `notices` are its head."""
    page = Page(out)
    page.notices(notices)
    render_checklists(checklists, page)


def render_checklists(checklists: Iterable[ChecklistEntry], page: Page) -> None:
    """Each list with its lines: what is there, and where what isn't is filled in."""
    for checklist in checklists:
        page.heading(f"清单：{checklist.title}")
        page.line(f"{checklist.subject_label}　{tally(checklist)}")
        for item in checklist.items:
            told = tells(item)
            page.line(f"{ticked(item)}　{item.title}{f'　{told}' if told else ''}", 2, 4)
        page.line(f"{CHECKLIST_NOTE}。")
