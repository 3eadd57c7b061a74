"""The ruleset for readers: a list of requirements, and one requirement in full."""

from __future__ import annotations

from typing import IO

from engine.errors import WrongNameError, nearest
from engine.outcome import OUTCOME_TITLES, SEVERITY_TITLES
from engine.ruleset.files import RequirementFile, RequirementKind
from engine.ruleset.model import Requirement, Ruleset, Text
from engine.words import Words
from reporter.page import Page

_KINDS = {
    RequirementKind.CHECKED: "程序核",
    RequirementKind.MANUAL: "人工认定",
    RequirementKind.COVERED: "由其他要求承担",
}


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


def render_requirement(ruleset: Ruleset, name: str, out: IO[str]) -> None:
    """Write one requirement in full. Raises `WrongNameError` with the nearest id."""
    page = Page(out)
    if name in ruleset.covered:
        _covered(ruleset.covered[name], page)
        return
    if name not in ruleset.requirements:
        known = [*ruleset.requirements, *ruleset.covered]
        raise WrongNameError(f"没有要求“{name}”{nearest(name, known)}")
    requirement = ruleset.requirements[name]
    file = requirement.file
    words = Words(ruleset.schema)
    page.line(f"{file.id}　{file.title}", bold=True)
    level = SEVERITY_TITLES[requirement.severities.default]
    subject = ruleset.schema.types[requirement.subject].title
    page.line(f"对象　{subject}　严重度　{level}　核法　{_KINDS[requirement.kind]}")
    if file.outline:
        page.line(f"纲要　{'、'.join(file.outline)}")
    for number, text in enumerate(requirement.texts):
        _text(ruleset, requirement, text, words, page, current=not number)
    page.heading("说明")
    page.line(file.rationale.strip())
    if not requirement.confirmed:
        page.line("依据待核：还没有对照原文，结果只供参考，不关闸门。", fg="yellow")
    page.heading(f"例子{len(file.examples)}个")
    for example in file.examples:
        page.line(
            f"{OUTCOME_TITLES[example.outcome]}：{example.why}（检查日{example.as_of}）", 2, 2
        )


def _covered(file: RequirementFile, page: Page) -> None:
    page.line(f"{file.id}　{file.title}", bold=True)
    page.line(f"由这些要求承担：{'、'.join(file.covered_by)}")
    page.line(file.rationale.strip())


def _text(  # noqa: PLR0913 - one text in its surroundings
    ruleset: Ruleset,
    requirement: Requirement,
    text: Text,
    words: Words,
    page: Page,
    *,
    current: bool,
) -> None:
    page.heading("现行规定" if current else "以前的规定")
    for window in text.windows:
        until = "" if window.end.year == 9999 else f"至 {window.end}"
        since = "" if window.start.year == 1 else f"自 {window.start} 起"
        page.line(f"施行　{since}{until}", 2)
    for basis in text.basis:
        instrument = ruleset.instruments[basis.instrument]
        number = f"（{instrument.number}）" if instrument.number else ""
        support = "" if basis.carries else "，佐证"
        page.line(
            f"依据　《{instrument.name.strip('《》')}》{number}{basis.article}{support}", 2, 6
        )
    page.line(f"行为日　{words.expr(requirement.act_on)}", 2, 8)
    page.line(f"适用　{words.expr(text.applies)}", 2, 6)
    page.line(f"要求　{words.expr(text.require)}", 2, 6)
    if text.lenient is not None:
        page.line(f"存疑　{words.expr(text.lenient)}", 2, 6)
    if text.due is not None:
        page.line(f"期限　{words.expr(text.due)}", 2, 6)
    page.line(f"问题　{text.message}", 2, 6)
    page.line(f"整改　{text.remedy}", 2, 6)
