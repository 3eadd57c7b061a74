"""Which sections of the outline and which articles have requirements, and which have none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import IO, Final

from engine.ruleset.files import RequirementFile, RequirementKind
from engine.ruleset.model import Ruleset
from reporter.rules.page import plain_name
from reporter.terminal.page import Page

_MARKS: Final = {
    RequirementKind.CHECKED: "",
    RequirementKind.MANUAL: "（人工）",
    RequirementKind.COVERED: "（承担）",
}
_NUMERALS: Final[Mapping[str, int]] = {
    char: number for number, char in enumerate("零一二三四五六七八九")
}
_TENS: Final[Mapping[str, int]] = {"十": 10, "百": 100}


def render_coverage(ruleset: Ruleset, out: IO[str]) -> None:
    """Write sections of the outline, then instruments, with the requirements under each."""
    page = Page(out)
    files = [*(r.file for r in ruleset.requirements.values()), *ruleset.covered.values()]
    files.sort(key=lambda file: file.id)
    bare = _outline(ruleset, files, page)
    for name, instrument in ruleset.instruments.items():
        articles = _articles(name, files)
        page.heading(f"《{plain_name(instrument)}》{instrument.number}")
        for article in sorted(articles, key=_order):
            page.line(f"{article}　{'、'.join(articles[article])}", 2, 4)
        if not articles:
            page.line("没有要求", 2, fg="yellow")
    kinds = {kind: sum(file.kind is kind for file in files) for kind in RequirementKind}
    page.line()
    page.line(
        f"共{len(files)}条：程序核{kinds[RequirementKind.CHECKED]}条，"
        f"人工认定{kinds[RequirementKind.MANUAL]}条，"
        f"由其他要求承担{kinds[RequirementKind.COVERED]}条"
    )
    if ruleset.outline:
        shown = f"：{'、'.join(bare)}" if bare else ""
        page.line(f"纲要{len(ruleset.outline)}节，没有要求的{len(bare)}节{shown}")


def _outline(ruleset: Ruleset, files: list[RequirementFile], page: Page) -> list[str]:
    """The sections; returns those without a requirement."""
    chapter, bare = "", []
    for number, section in ruleset.outline.items():
        if section.chapter != chapter:
            chapter = section.chapter
            page.heading(chapter)
        held = [_named(file) for file in files if number in file.outline]
        page.line(f"{number}{section.title}", 2, 4)
        if held:
            page.line("、".join(held), 6)
        else:
            bare.append(number)
            page.line(section.reason or "没有要求", 6, fg="yellow")
    return bare


def _articles(instrument: str, files: list[RequirementFile]) -> dict[str, list[str]]:
    """The articles of an instrument that requirements cite, with those requirements."""
    found: dict[str, list[str]] = {}
    for file in files:
        bases = (*file.basis, *(b for version in file.versions for b in version.basis))
        for article in dict.fromkeys(b.article for b in bases if b.instrument == instrument):
            found.setdefault(article, []).append(_named(file))
    return found


def _named(file: RequirementFile) -> str:
    return file.id + _MARKS[file.kind]


def _order(article: str) -> tuple[list[int], str]:
    """Articles by their numbers, as people count them."""
    return list(_numbers(article)), article


def _numbers(text: str) -> Iterator[int]:
    for run in re.findall(r"[零一二三四五六七八九十百]+|\d+", text):
        yield int(run) if run.isdigit() else _number(run)


def _number(run: str) -> int:
    total = digit = 0
    for char in run:
        if char in _TENS:
            total += (digit or 1) * _TENS[char]
            digit = 0
        else:
            digit = _NUMERALS[char]
    return total + digit
