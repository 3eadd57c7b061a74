"""Which sections of the outline and which articles have requirements, on a terminal."""

from __future__ import annotations

from itertools import groupby
from typing import IO

from engine.guard.pages.coverage import Coverage
from reporter.terminal.page import Page


def render_coverage(coverage: Coverage, out: IO[str]) -> None:
    """Write sections of the outline, then instruments, with the requirements under each."""
    page = Page(out)
    for chapter, sections in groupby(coverage.sections, lambda section: section.chapter):
        page.heading(chapter)
        for section in sections:
            page.line(section.title, 2, 4)
            if section.requirements:
                page.line("、".join(section.requirements), 6)
            else:
                page.line(section.reason or "没有要求", 6, fg="yellow")
    if coverage.indicators:
        page.heading("示范指标")
    for number, indicator in coverage.indicators:
        page.line(f"{number}　{indicator.title or '原文未读'}", 2, 4)
        if indicator.title:
            listed = "、".join(indicator.requirements)
            page.line(listed or indicator.reason, 6, fg=None if listed else "yellow")
    for instrument, articles in coverage.instruments:
        page.heading(instrument)
        for article in articles:
            page.line(f"{article.title}　{'、'.join(article.requirements)}", 2, 4)
        if not articles:
            page.line("没有要求", 2, fg="yellow")
    page.line()
    kinds = "，".join(f"{kind}{number}条" for kind, number in coverage.kinds.items())
    page.line(f"共{sum(coverage.kinds.values())}条：{kinds}")
    if coverage.sections:
        shown = f"：{'、'.join(coverage.bare)}" if coverage.bare else ""
        page.line(f"纲要{len(coverage.sections)}节，没有要求的{len(coverage.bare)}节{shown}")
