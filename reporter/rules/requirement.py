"""One requirement as a page: the text of `fazhi rules show` and of docs/requirements/."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from engine.explaining.words import Words
from engine.language import tree as t
from engine.language.check import check
from engine.model.errors import WrongNameError, nearest
from engine.model.outcome import OUTCOME_TITLES, SEVERITY_TITLES
from engine.ruleset.files import Basis, InstrumentFile, RequirementFile, RequirementKind
from engine.ruleset.model import Requirement, Ruleset, Text, Window

KINDS: Final = {
    RequirementKind.CHECKED: "程序核",
    RequirementKind.MANUAL: "人工认定",
    RequirementKind.COVERED: "由其他要求承担",
}
_READ: Final = {
    "full": "读过全文",
    "excerpt": "只读到节录",
    "secondary": "凭转述，未读原文",
    "unread": "未读原文",
}
_UNCONFIRMED: Final = (
    "> **依据待核**：还没有对照原文，或者所用的本地参数没有核实。结果只供参考，有缺口也不关闸门。\n"
)


def requirement_page(ruleset: Ruleset, name: str) -> str:
    """The page of one requirement, in Markdown. Raises `WrongNameError` with the nearest id."""
    if name in ruleset.covered:
        return "\n".join(_covered(ruleset, ruleset.covered[name]))
    if name not in ruleset.requirements:
        known = [*ruleset.requirements, *ruleset.covered]
        raise WrongNameError(f"没有要求“{name}”{nearest(name, known)}")
    return "\n".join(_page(ruleset, ruleset.requirements[name]))


def _page(ruleset: Ruleset, requirement: Requirement) -> Iterator[str]:
    file, words = requirement.file, Words(ruleset.schema, parameters=ruleset.parameter_titles)
    yield from _head(ruleset, file)
    yield f"- 严重度：{_severity(ruleset, requirement, words)}"
    gates = [gate.title for gate in ruleset.gates.values() if requirement.id in gate.requirements]
    if gates:
        yield f"- 关系闸门：{'、'.join(gates)}"
    yield from ([f"- 由谁补：{file.supplier}"] if file.supplier else [])
    yield ""
    if not requirement.confirmed:
        yield _UNCONFIRMED
    for number, text in enumerate(requirement.texts):
        yield "## 现行规定\n" if not number else f"## 以前的规定（{_days(text.windows)}）\n"
        yield from _text(ruleset, requirement, text, words)
    yield from _terms(ruleset, requirement, words)
    yield from _parameters(ruleset, requirement)
    yield f"## 说明\n\n{file.rationale.strip()}\n"
    yield f"## 例子（{len(file.examples)}个）\n"
    for example in file.examples:
        level = f"，{SEVERITY_TITLES[example.severity]}" if example.severity is not None else ""
        title = OUTCOME_TITLES[example.outcome]
        yield f"- **{title}**{level}（检查日{_day(example.as_of)}）：{example.why}"
    yield ""


def _head(ruleset: Ruleset, file: RequirementFile) -> Iterator[str]:
    yield f"# {file.title}（{file.id}）\n"
    yield f"- 判什么：每一条“{ruleset.schema.types[file.subject].title}”"
    yield f"- 核法：{KINDS[file.kind]}"
    for section in file.outline:
        known = ruleset.outline.get(section)
        yield f"- 纲要：{section}{known.title if known is not None else ''}"


def _covered(ruleset: Ruleset, file: RequirementFile) -> Iterator[str]:
    yield from _head(ruleset, file)
    yield f"\n## 由这些要求承担\n\n{_named(ruleset, file.covered_by)}\n"
    yield "## 依据\n"
    yield from _bases(ruleset, file.basis)
    yield f"\n## 说明\n\n{file.rationale.strip()}\n"


def _named(ruleset: Ruleset, names: Iterable[str]) -> str:
    return "\n".join(f"- {ruleset.requirements[name].title}（{name}）" for name in names)


def _severity(ruleset: Ruleset, requirement: Requirement, words: Words) -> str:
    severities = requirement.severities
    default = SEVERITY_TITLES[severities.default]
    said = [f"{words.expr(when)}的，{SEVERITY_TITLES[level]}" for when, level in severities.cases]
    said.append(f"其余{default}" if said else default)
    subject = requirement.subject
    lower = [e.title for e in ruleset.adjustments.values() if e.subject == subject]
    return "；".join([*said, *(f"{title}的，降一级" for title in lower)])


def _text(ruleset: Ruleset, requirement: Requirement, text: Text, words: Words) -> Iterator[str]:
    manual = requirement.kind is RequirementKind.MANUAL
    yield "依据：\n"
    yield from _bases(ruleset, text.basis)
    yield f"\n施行：{_days(text.windows)}。{_policy(text)}\n"
    yield f"- **按哪一天的规定**：{words.expr(requirement.act_on)}"
    applies = text.applies.items[0] if manual and isinstance(text.applies, t.And) else text.applies
    always = applies == t.Lit(value=True, kind=t.Kind.BOOL)
    yield f"- **适用**：{'一律适用' if always else words.expr(applies)}"
    if manual:
        yield "- **符合要求**：由人逐件认定，记在人工认定台账；没有认定的，信息不全"
    else:
        yield f"- **符合要求**：{words.expr(text.require)}"
    if text.lenient is not None:
        yield f"- **从宽的读法**（只合这一种的，存疑待核）：{words.expr(text.lenient)}"
    if text.due is not None:
        yield f"- **到期**（到这天为止还可以补）：{words.expr(text.due)}"
    if text.evidence:
        fields = "、".join(f"“{words.title(*field)}”" for field in sorted(text.evidence))
        yield f"- **须有书面留痕**（只缺这些的，佐证不足）：{fields}"
    if text.note is not None:
        yield f"- **符合但要提醒**：{words.expr(text.note[0])}的，{text.note[1].strip()}"
    yield f"- **问题**：{text.message}"
    yield f"- **整改**：{text.remedy}\n"


def _policy(text: Text) -> str:
    """What becomes of the duty once only expired policy papers carry it."""
    if text.lawful == text.windows:
        return ""
    return f"其中{_days(text.lawful)}有现行的依据承载，此外只作提示。"


def _bases(ruleset: Ruleset, bases: Iterable[Basis]) -> Iterator[str]:
    for basis in bases:
        instrument = ruleset.instruments[basis.instrument]
        start, end = basis.start or instrument.start, basis.end or instrument.end
        about = [instrument.number, _span(start, end), _READ[instrument.read]]
        if not basis.carries:
            about.append("佐证，不单独承载义务")
        shown = "，".join(part for part in about if part)
        yield f"- 《{plain_name(instrument)}》{basis.article}（{shown}）"


def plain_name(instrument: InstrumentFile) -> str:
    """The name of a law without its own book-title marks."""
    return instrument.name.removeprefix("《").removesuffix("》")


def _days(windows: Iterable[Window]) -> str:
    spans = [
        _span(
            None if window.start == dt.date.min else window.start,
            None if window.end == dt.date.max else window.end,
        )
        for window in windows
    ]
    return "；".join(span or "起止日期不详" for span in spans) or "没有一天"


def _span(start: dt.date | None, end: dt.date | None) -> str:
    if start is None and end is None:
        return ""
    if end is None:
        return f"{_day(start)}起"
    return f"{_day(start)}至{_day(end)}" if start is not None else f"至{_day(end)}止"


def _day(day: dt.date | None) -> str:
    return "" if day is None else f"{day.year}年{day.month}月{day.day}日"


def _terms(ruleset: Ruleset, requirement: Requirement, words: Words) -> Iterator[str]:
    """The definitions that the conditions name, those that definitions name included."""
    found = dict.fromkeys(part.name for part in _parts(requirement) if isinstance(part, t.Named))
    if not found:
        return
    yield "## 用到的定义\n"
    for name in found:
        term = ruleset.terms[name]
        typed = check(term.expr, term.subject, t.Kind.BOOL, ruleset.vocabulary)
        cited = "；".join(
            f"《{plain_name(ruleset.instruments[b.instrument])}》{b.article}" for b in term.basis
        )
        note = "".join(line.strip() for line in term.note.splitlines())
        yield f"- **{term.title}**：{words.expr(typed)}。{note}" + (f"（{cited}）" if cited else "")
    yield ""


def _parameters(ruleset: Ruleset, requirement: Requirement) -> Iterator[str]:
    """What each province sets for the parameters that the conditions name."""
    found = dict.fromkeys(part.name for part in _parts(requirement) if isinstance(part, t.Param))
    if not found:
        return
    yield "## 用到的本地参数\n"
    for name in found:
        for jurisdiction, table in ruleset.parameters.items():
            for period in table[name].periods if name in table else ():
                value = (
                    "未定，不判" if period.value is None else f"{period.value}{table[name].unit}"
                )
                about = [
                    "" if period.confirmed else "未核实",
                    _span(period.start, period.end),
                    period.source,
                ]
                shown = "，".join(part for part in about if part)
                yield f"- **{table[name].title}**（{jurisdiction}）：{value}（{shown}）"
    yield ""


def _parts(requirement: Requirement) -> Iterator[t.Expr]:
    """Every part of the conditions of a requirement, those of its terms included."""
    for text in requirement.texts:
        for node in (text.applies, text.require, text.lenient, text.due):
            if node is not None:
                yield from t.walk(node)


def index_page(ruleset: Ruleset, title: str, intro: str) -> str:
    """All requirements by domain, each with a link to its page."""
    lines = [f"# {title}\n", f"{intro}\n"]
    files = {r.id: r.file for r in ruleset.requirements.values()} | dict(ruleset.covered)
    for domain in sorted(set(ruleset.domains.values())):
        names = sorted(name for name, where in ruleset.domains.items() if where == domain)
        lines.append(f"## {domain}（{len(names)}条）\n")
        lines.append("| 要求 | 名称 | 判什么 | 核法 | 依据 | 例子 |\n|---|---|---|---|---|---|")
        for name in names:
            file = files[name]
            subject = ruleset.schema.types[file.subject].title
            first = file.basis[0]
            article = f"《{plain_name(ruleset.instruments[first.instrument])}》{first.article}"
            unconfirmed = name in ruleset.requirements and not ruleset.requirements[name].confirmed
            doubt = "〔待核〕" if unconfirmed else ""
            counts = len(file.examples)
            lines.append(
                f"| [{name}]({domain}/{name}.md) | {file.title} | {subject} | "
                f"{KINDS[file.kind]} | {article}{doubt} | {counts or ''} |"
            )
        lines.append("")
    return "\n".join(lines)
