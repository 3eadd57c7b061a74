"""The ruleset for readers: a list of requirements, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO

from engine.guard.lint.complaint import Complaint
from engine.model.outcome import SEVERITY_TITLES
from engine.ruleset.model import Ruleset
from reporter.terminal.page import Page


def render_list(ruleset: Ruleset, out: IO[str]) -> None:
    """Write one line for each requirement, by domain."""
    page = Page(out)
    domain = ""
    for requirement in sorted(ruleset.requirements.values(), key=lambda r: (r.domain, r.id)):
        if requirement.domain != domain:
            domain = requirement.domain
            page.heading(domain)
        level = SEVERITY_TITLES[requirement.severities.default]
        doubt = "" if requirement.confirmed else "〔依据待核〕"
        subject = ruleset.schema.types[requirement.subject].title
        page.line(f"{requirement.id}　{requirement.title}　{level}　{subject}{doubt}", 2, 4)
    page.line()
    page.line(f"共{len(ruleset.requirements)}条，另有{len(ruleset.covered)}条由其他要求承担")


def render_complaints(complaints: Sequence[Complaint], ruleset: Ruleset, out: IO[str]) -> None:
    """Write every fault that lint found, by file, then how many there are."""
    page = Page(out)
    file = ""
    for complaint in complaints:
        if complaint.file != file:
            file = complaint.file
            page.line(file, bold=True)
        page.line(f"键“{complaint.key}”：{complaint.message}", 2, 2)
    whole = len(ruleset.requirements) + len(ruleset.covered)
    found = f"发现{len(complaints)}处问题" if complaints else "没有发现问题"
    page.line(f"查了{whole}条要求，{found}")
