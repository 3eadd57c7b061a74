"""The Chinese names that every renderer uses, in one place.

称呼：结论、依据、出处在各种格式里叫什么，只写一处。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from engine.model.assessment import (
    Assessment,
    Doubtful,
    OutcomeEntry,
    ProblemEntry,
    ProblemLevel,
    RectifiedEntry,
    RequirementEntry,
    RulesetEntry,
    WaiverEntry,
)
from engine.model.checklist import ITEM_STATE_TITLES, ChecklistEntry, ItemEntry, ItemState
from engine.model.comparison import CHANGE_TITLES
from engine.model.outcome import (
    OUTCOME_TITLES,
    SETTLED,
    SEVERITY_TITLES,
    GateState,
    Outcome,
    Severity,
    Unconfirmed,
)
from engine.model.shown import FactEntry
from engine.model.values import CAUSE_TITLES, Cause
from reporter.visible import visible

TRUTH_MARKS: Final = {True: "✓", False: "✗", None: "？"}
_MOST_WAYS: Final = 3
"""Ways to comply that a document names of one finding."""

TO_FILL: Final = frozenset(
    {
        Cause.BLANK,
        Cause.CLAIMED,
        Cause.CLAIMED_NOT_APPLICABLE,
        Cause.ELSEWHERE,
        Cause.INCOMPLETE,
        Cause.NEEDS_PERSON,
        Cause.NO_COLUMN,
        Cause.UNREADABLE,
    }
)
"""Why a fact isn't known, where writing it down settles that."""

_PAST: Final = (Outcome.GAP, Outcome.BORDERLINE, Outcome.NOT_EVIDENCED)
"""Outcomes of what is past: nothing can be done in time any more."""

_SUPPLY: Final[Mapping[Cause | None, str]] = {
    None: "核对{}写的“无”，有的填上",
    Cause.BLANK: "补填{}",
    Cause.NO_COLUMN: "台账加列{}并填写",
    Cause.UNREADABLE: "把{}改写清楚",
    Cause.INCOMPLETE: "把{}填完整",
    Cause.PLANNED: "等{}的那天过了",
    Cause.OPEN_LIST: "把{}补全，在设置的“录全的台账”里声明",
    Cause.CALENDAR: "补上{}缺的年份",
    Cause.PARAMETER: "在设置里写明省份；省里还没有定{}的，由人核",
    Cause.ELSEWHERE: "把附件里的{}填进台账",
    Cause.CLAIMED: "写明{}是什么",
    Cause.CLAIMED_NOT_APPLICABLE: "写明{}为什么不适用，由人认定",
    Cause.NEEDS_PERSON: "由人看过，在“人工认定”里写明",
    Cause.CONTRADICTED: "对照原件核清{}",
}
"""What is to be done for facts that aren't known, by the cause; they are named at the braces."""

_DOUBTFUL: Final[Mapping[Doubtful, str]] = {
    "contradiction": "对照原件核清互相矛盾的几处，登记与原件不一样的照原件更正，再核一次",
    "presumed": "在设置的“列名对照”里写明这几列是哪一项，再核一次",
}
"""What is to be done where facts are in doubt."""

NOBODY: Final = "（单位未写明）"
"""Stands for the unit whose matter a record is, where nothing says which."""

QUOTE: Final = 60
"""Characters of a sentence that are quoted beside a fact."""

UNCONFIRMED: Final[Mapping[Unconfirmed, str]] = {
    Unconfirmed.INFERRED: "依据待核：条文读过，由目的推出",
    Unconfirmed.UNREAD: "依据待核：原文没有读到",
}
NO_LEDGERS: Final = "还没有的台账"
NO_LEDGERS_HINT: Final = (
    "本单位有这项工作的，把台账放进文件夹；没有台账的，照空白台账记；"
    "确实没有发生过的，放一张只有表头的空表，"
    "并在“设置.xlsx”的“录全的台账”（fazhi.yaml 的 closed）里声明录全"
)

WAIVED: Final = "已豁免"
NO_LAW: Final = "本软件的规则，不出自法条"
LEVELS: Final[Mapping[ProblemLevel, str]] = {"error": "没读进来", "note": "说明"}
"""What an input's problem is called by its level, the graver first."""

ITEM_MARKS: Final = {
    ItemState.PRESENT: "☑",
    ItemState.MISSING: "☒",
    ItemState.UNKNOWN: "☐",
    ItemState.MANUAL: "☐",
    ItemState.NOT_NEEDED: "—",
}
CHECKLIST_NOTE: Final = "清单供对照着打勾，不是结论；结论看各条要求"
CURABLE: Final = {True: "可以补正", False: "不能补正", None: ""}
"""Whether more paper can still cure a finding."""

UNSETTLED: Final = (GateState.CLOSED, GateState.WAITING, GateState.UNDETERMINED)
"""The states of a gate that may still open."""


def local_rules(ruleset: RulesetEntry, digits: int = 64) -> str:
    """The local rules judged with besides ours, with so much of their digests; nothing for none."""
    return "".join(
        f"；本地规则“{one.name}”{one.version}（{one.sha256[:digits]}）" for one in ruleset.local
    )


def basis(entry: RequirementEntry, text: int = 0) -> str:
    """The articles that carry the duty, as its current or an earlier text has them."""
    listed = entry.earlier[text - 1].basis if text else entry.basis
    named = "；".join(
        f"《{item.name.strip('《》')}》{item.article}" for item in listed if item.carries
    )
    return (named or NO_LAW) + doubtful(entry.unconfirmed)


def doubtful(unconfirmed: Unconfirmed | None) -> str:
    """What stands beside a basis that is not confirmed, in brackets; nothing beside one that is."""
    return "" if unconfirmed is None else f"〔{UNCONFIRMED[unconfirmed]}〕"


def problem(entry: ProblemEntry) -> str:
    """A problem of an input, with what kind it is."""
    return f"{LEVELS[entry.level]}：{entry.text}"


def remedy_of(entry: OutcomeEntry, requirement: RequirementEntry, *, who: bool = True) -> str:
    """What may still be done about an outcome, and `who` does it; nothing where nothing is to do.

    What isn't known is to be found out and written down, before anything else is advised.
    """
    if entry.outcome in SETTLED:
        return ""
    said = _advice(entry, requirement)
    return f"{said}（{requirement.supplier}）" if who and requirement.supplier else said


def _advice(entry: OutcomeEntry, requirement: RequirementEntry) -> str:
    if entry.outcome is Outcome.FAILED:
        return "由人对照台账核对这一项"
    if entry.doubtful is not None:
        return _DOUBTFUL[entry.doubtful]
    pending = entry.outcome is Outcome.PENDING
    supply = _supply(m for m in entry.missing if (m.cause in TO_FILL and m.asked) or not pending)
    if entry.outcome is Outcome.UNKNOWN:
        ledger = requirement.ledger_title or requirement.subject_title
        return f"{supply or f'把“{ledger}”的台账放进文件夹'}，再核一次"
    if entry.outcome is Outcome.NOT_EVIDENCED:
        return f"{supply}，附上材料；确实没有的写“无”，再核一次"
    said = _remedy(entry, requirement)
    if pending:
        return f"{said}已经办了的，{supply}。" if supply else said
    empty = _named(item.title for item in entry.evidence if item.decides and item.unfilled)
    return f"{empty}空着，按没有核的，当时有的先补填。{said}" if empty else said


def _remedy(entry: OutcomeEntry, requirement: RequirementEntry) -> str:
    """What to do, as the text of the duty has it that governs; once it is over, what is left."""
    text = requirement.earlier[entry.text - 1] if entry.text else requirement
    over = entry.over and entry.outcome is not Outcome.PENDING
    return text.redress if over and text.redress else text.remedy


def _supply(missing: Iterable[FactEntry]) -> str:
    """What is to be done for the facts that are missing, those with one cause together."""
    by_cause: dict[str, dict[str, None]] = {}
    for item in missing:
        by_cause.setdefault(_SUPPLY[item.cause], {})[item.asked or item.title] = None
    return "，".join(said.format(_named(titles)) for said, titles in by_cause.items())


def _named(titles: Iterable[str]) -> str:
    """Titles in a row, the first of them; of more how many there are."""
    found = list(dict.fromkeys(titles))
    more = f"等{len(found)}项" if len(found) > _MOST_WAYS else ""
    return "".join(f"“{title.strip('“”')}”" for title in found[:_MOST_WAYS]) + more


def why(cause: Cause | None) -> str:
    """Why a fact that is asked for isn't known; without a cause the ledger says that it is none."""
    return CAUSE_TITLES[cause] if cause is not None else "台账写“无”"


def fact(entry: FactEntry) -> str:
    """One fact: title, what it holds, and where it stands or has to be written."""
    if entry.value is not None:
        shown = entry.value
    else:
        shown = CAUSE_TITLES[entry.cause] if entry.cause is not None else "无"
    source = entry.source
    place = source.place() if source is not None else ""
    quoted = ""
    unread = entry.value is None or (source is not None and source.start is not None)
    if source is not None and source.text and unread:
        quoted = f"“{_short(source.text)}”"
    if entry.cause is Cause.NO_COLUMN and place:
        place += f"，请加一列“{entry.title}”"
    return visible(f"{entry.title}：{shown}" + (f"（{place}{quoted}）" if place else ""))


def originals(entry: OutcomeEntry) -> list[str]:
    """What a report says where the facts were read from, uncut, a line each."""
    read = [(item.title, item.source) for item in entry.evidence if item.source is not None]
    lines = (f"{title}：{at.text}" for title, at in read if at.start is not None and at.text)
    return list(dict.fromkeys(lines))


def facts(entry: OutcomeEntry, most: int) -> list[str]:
    """What was read, what is missing and what would change it, a line each.

    Facts beyond `most` are counted.
    """
    lines = list(dict.fromkeys(fact(item) for item in (*entry.evidence, *entry.missing)))
    more = [f"另有{len(lines) - most}项，网页里列全"] if len(lines) > most else []
    margins = [f"{margin(entry)}：{visible(text)}" for text in entry.nearest[:_MOST_WAYS]]
    return [*lines[:most], *more, *margins]


def rectification(entry: OutcomeEntry) -> str:
    """What the office wrote about a finding, and that it stays one though signed off."""
    row = entry.rectification
    if row is None:
        return ""
    said = {"责任人": row.responsible, "时限": row.deadline, "佐证": row.pages}
    listed = "；".join(f"{name}：{text}" for name, text in said.items() if text)
    closed = f"已销号（{row.closed}），但重新核对仍是问题" if row.closed else "未销号"
    return visible("；".join(filter(None, (listed, closed))))


def settled(entry: RectifiedEntry) -> str:
    """What has become of a row of the 整改台账 whose finding is none now."""
    now = OUTCOME_TITLES[entry.outcome] if entry.outcome is not None else "未再出现（需说明）"
    signed = f"；已销号（{entry.row.closed}）" if entry.row.closed else "；台账里还没有销号"
    return visible(f"现在：{now}{signed}")


def _short(text: str) -> str:
    return text if len(text) <= QUOTE else text[:QUOTE] + "…"


def headline(entry: OutcomeEntry, requirement: RequirementEntry) -> str:
    """Severity, outcome and title of a finding in one line."""
    level = SEVERITY_TITLES[entry.severity]
    marks = "".join(f"·{mark}" for mark in marks_of(entry))
    return f"【{level}·{OUTCOME_TITLES[entry.outcome]}{marks}】{requirement.title}"


def marks_of(entry: OutcomeEntry) -> tuple[str, ...]:
    """What stands beside an outcome: what became of it since last time, and a waiver."""
    change = (CHANGE_TITLES[entry.change],) if entry.change is not None else ()
    return (*change, *((WAIVED,) if entry.waiver is not None else ()))


def waiver(entry: WaiverEntry | None) -> str:
    """Until when a finding is waived, why, on what basis, by whom, and where that stands."""
    if entry is None:
        return ""
    place = f"（{entry.source.place()}）" if entry.source is not None else ""
    return visible(
        f"{entry.start}至{entry.until}：{entry.reason}；"
        f"豁免依据：{entry.basis}；批准人：{entry.approver}{place}"
    )


def margin(entry: OutcomeEntry) -> str:
    """What the lines of `nearest` say: what is left, what can still be kept to, what was short."""
    if entry.outcome is Outcome.MET:
        return "余地"
    return "差多少" if entry.outcome in _PAST else "还来得及"


def subject(entry: OutcomeEntry, requirement: RequirementEntry) -> str:
    """The record a finding is about; the year where there was none to judge."""
    if is_without_subject(entry, requirement):
        return f"{entry.subject_label}年度（没有读到“{requirement.subject_title}”）"
    return visible(f"{requirement.subject_title}{entry.subject_label}")


def is_without_subject(entry: OutcomeEntry, requirement: RequirementEntry) -> bool:
    """Whether no record was there to judge: the entry then stands on the year."""
    return entry.subject_type != requirement.subject


def counts(assessment: Assessment) -> str:
    """How many outcomes of each kind, in the order of their gravity."""
    return counted(assessment.summary.outcomes, always=(Outcome.MET, Outcome.GAP))


def counted(found: Mapping[Outcome, int], always: Collection[Outcome] = ()) -> str:
    """How many outcomes of each kind there are; none of a kind is left out but of `always`."""
    return " · ".join(
        f"{OUTCOME_TITLES[outcome]} {found.get(outcome, 0)}"
        for outcome in Outcome
        if found.get(outcome, 0) or outcome in always
    )


def by_severity(entries: Sequence[OutcomeEntry]) -> str:
    """How many of each severity, the gravest first, in brackets; nothing of none."""
    found = Counter(entry.severity for entry in entries)
    listed = " · ".join(f"{SEVERITY_TITLES[s]} {found[s]}" for s in Severity if found[s])
    return f"（{listed}）" if listed else ""


def ticked(item: ItemEntry) -> str:
    """The mark of a line of a check-list with its state."""
    return f"{ITEM_MARKS[item.state]} {ITEM_STATE_TITLES[item.state]}"


def tells(item: ItemEntry) -> str:
    """Where a line that isn't settled is filled in or answered, or why nothing asks for it."""
    if item.reason:
        return item.reason
    if item.state is ItemState.MANUAL:
        return f"在“人工认定”里写：{'、'.join(item.requirements.values())}"
    columns = "、".join(f"“{column}”" for column in item.columns)
    return f"台账栏：{columns}" if item.state in _TO_FILL else ""


_TO_FILL: Final = (ItemState.MISSING, ItemState.UNKNOWN)


def tally(checklist: ChecklistEntry) -> str:
    """How many lines of a check-list are in each state."""
    states = Counter(item.state for item in checklist.items)
    return "，".join(f"{ITEM_STATE_TITLES[s]}{states[s]}" for s in ItemState if states[s])
