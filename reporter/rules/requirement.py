"""One requirement as a page in Markdown: `fazhi rules show` and docs/requirements/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from engine.guard.pages.requirement import (
    Article,
    CoveredPage,
    Head,
    RequirementPage,
    RuleText,
)
from engine.model.outcome import Unconfirmed

_UNCONFIRMED: Final[Mapping[Unconfirmed, str]] = {
    Unconfirmed.INFERRED: (
        "> **依据待核**：条文读过，没有这样直说，由它的目的推出。结果只供参考，有缺口也不关闸门。\n"
    ),
    Unconfirmed.UNREAD: (
        "> **依据待核**：还没有对照原文，或者所用的本地参数没有核实。"
        "结果只供参考，有缺口也不关闸门。\n"
    ),
}
_BY_PERSON: Final = "由人逐件认定，记在人工认定台账；没有认定的，信息不全"


def markdown(page: RequirementPage | CoveredPage) -> str:
    """The whole page."""
    return "\n".join(_judged(page) if isinstance(page, RequirementPage) else _covered(page))


def _judged(page: RequirementPage) -> Iterator[str]:
    yield from _head(page.head)
    yield f"- 严重度：{page.severity}"
    if page.gates:
        yield f"- 关系闸门：{'、'.join(page.gates)}"
    if page.supplier:
        yield f"- 由谁补：{page.supplier}"
    yield ""
    if page.unconfirmed is not None:
        yield _UNCONFIRMED[page.unconfirmed]
    for number, text in enumerate(page.texts):
        yield f"## 以前的规定（{text.windows}）\n" if number else "## 现行规定\n"
        yield from _text(text)
    terms = [f"- **{term.title}**：{term.meaning}" for term in page.terms]
    yield from _section("用到的定义", terms)
    set_by = [
        f"- **{item.title}**（{item.jurisdiction}）：{item.value}" for item in page.parameters
    ]
    yield from _section("用到的本地参数", set_by)
    yield f"## 说明\n\n{page.rationale}\n"
    yield f"## 例子（{len(page.examples)}个）\n"
    for example in page.examples:
        level = f"，{example.level}" if example.level else ""
        name = f"（{example.name}）" if example.name else ""
        like = f"同“{example.like}”，但" if example.like else ""
        day = f"检查日{example.as_of}"
        yield f"- **{example.outcome}**{level}{name}，{day}：{like}{example.why}"
    yield ""


def _covered(page: CoveredPage) -> Iterator[str]:
    yield from _head(page.head)
    yield "\n## 由这些要求承担\n"
    yield from (f"- {title}（{name}）" for name, title in page.covered_by)
    yield "\n## 依据\n"
    yield from _basis(page.basis)
    yield f"\n## 说明\n\n{page.rationale}\n"


def _head(head: Head) -> Iterator[str]:
    yield f"# {head.title}（{head.id}）\n"
    yield f"- 判什么：每一条“{head.subject}”"
    yield f"- 核法：{head.kind}"
    yield from (f"- 纲要：{section}" for section in head.outline)


def _text(text: RuleText) -> Iterator[str]:
    yield "依据：\n"
    yield from _basis(text.basis)
    lawful = f"其中{text.lawful}有现行的依据承载，此外只作提示。" if text.lawful else ""
    yield f"\n施行：{text.windows}。{lawful}\n"
    yield f"- **按哪一天的规定**：{text.act_on}"
    yield f"- **适用**：{text.applies or '一律适用'}"
    yield f"- **符合要求**：{text.require or _BY_PERSON}"
    if text.lenient:
        yield f"- **从宽的读法**（只合这一种的，存疑待核）：{text.lenient}"
    if text.due:
        yield f"- **到期**（到这天为止还可以补）：{text.due}"
    if text.evidence:
        fields = "、".join(f"“{title}”" for title in text.evidence)
        yield f"- **须有书面留痕**（只缺这些的，佐证不足）：{fields}"
    if text.note:
        yield f"- **符合但要提醒**：{text.note}"
    yield f"- **问题**：{text.message}"
    yield f"- **整改**：{text.remedy}"
    if text.redress:
        yield f"- **已经办过的**：{text.redress}"
    yield ""


def _basis(articles: Iterable[Article]) -> Iterator[str]:
    yield from (f"- {article.name}（{article.about}）" for article in articles)


def _section(heading: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"## {heading}\n"
        yield from lines
        yield ""
