"""All requirements: on a terminal, and as the index of their pages; what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import IO

from engine.guard.lint.complaint import Complaint
from engine.guard.pages.listing import Row
from reporter.terminal.page import Page
from reporter.titles import doubtful


def render_list(rows: Sequence[Row], out: IO[str]) -> None:
    """Write one line for each requirement that is judged, by domain."""
    page = Page(out)
    judged = [row for row in rows if row.level]
    for domain, found in groupby(judged, lambda row: row.domain):
        page.heading(domain)
        for row in found:
            doubt = doubtful(row.unconfirmed)
            page.line(f"{row.id}　{row.title}　{row.level}　{row.subject}{doubt}", 2, 4)
    page.line()
    page.line(f"共{len(judged)}条，另有{len(rows) - len(judged)}条由其他要求承担")


def render_complaints(complaints: Sequence[Complaint], checked: int, out: IO[str]) -> None:
    """Write every fault that lint found in `checked` requirements, by file, then their number."""
    page = Page(out)
    for file, found in groupby(complaints, lambda complaint: complaint.file):
        page.line(file, bold=True)
        for complaint in found:
            line = f"第{complaint.line}行 " if complaint.line else ""
            page.line(f"{line}键“{complaint.key}”：{complaint.message}", 2, 2)
    faults = f"发现{len(complaints)}处问题" if complaints else "没有发现问题"
    page.line(f"查了{checked}条要求，{faults}")


def index_page(rows: Sequence[Row], title: str, intro: str) -> str:
    """All requirements by domain, each with a link to its page, in Markdown."""
    return "\n".join(_index(rows, title, intro))


def _index(rows: Sequence[Row], title: str, intro: str) -> Iterator[str]:
    yield f"# {title}\n"
    yield f"{intro}\n"
    for domain, found in groupby(rows, lambda row: row.domain):
        listed = list(found)
        yield f"## {domain}（{len(listed)}条）\n"
        yield "| 要求 | 名称 | 判什么 | 核法 | 依据 | 例子 |\n|---|---|---|---|---|---|"
        for row in listed:
            doubt = doubtful(row.unconfirmed)
            yield (
                f"| [{row.id}]({domain}/{row.id}.md) | {row.title} | {row.subject} | "
                f"{row.kind} | {row.article}{doubt} | {row.examples or ''} |"
            )
        yield ""
