"""The Chinese names that every renderer uses, in one place.

称呼：结论、依据、出处在各种格式里叫什么，只写一处。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from engine.model.assessment import (
    Assessment,
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

_NOT_TOLD: Final = (Outcome.UNKNOWN, Outcome.NOT_EVIDENCED, Outcome.PENDING)

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
    "本单位有这项工作的，把台账放进文件夹；没有台账的，用 fazhi template 写出空白的照着记；"
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


def remedy(entry: RequirementEntry, text: int = 0) -> str:
    """What to do, and who supplies it."""
    said = remedy_alone(entry, text)
    return said + (f"（{entry.supplier}）" if entry.supplier else "")


def remedy_of(entry: OutcomeEntry, requirement: RequirementEntry, *, who: bool = True) -> str:
    """What to do about an outcome, and `who` does it; nothing where there is nothing to do.

    Of what nobody has written down the remedy is to write it down.
    """
    if entry.outcome in SETTLED:
        return ""
    said = (remedy if who else remedy_alone)(requirement, entry.text)
    blank = [item for item in entry.missing if item.cause in TO_FILL]
    if entry.outcome not in _NOT_TOLD or not blank:
        return said
    named = "、".join(dict.fromkeys(item.title for item in blank[:_MOST_WAYS]))
    more = f"等{len(blank)}项" if len(blank) > _MOST_WAYS else ""
    return f"先补填{named}{more}；确实没有的，{said}"


def remedy_alone(entry: RequirementEntry, text: int = 0) -> str:
    """What to do, as the current or an earlier text of the duty has it."""
    return entry.earlier[text - 1].remedy if text else entry.remedy


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


def facts(entry: OutcomeEntry, most: int) -> list[str]:
    """What was read, what is missing and what would change it, a line each.

    Facts beyond `most` are counted.
    """
    lines = list(dict.fromkeys(fact(item) for item in (*entry.evidence, *entry.missing)))
    more = [f"另有{len(lines) - most}项，用 fazhi explain 看全"] if len(lines) > most else []
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
        return f"在“人工认定”里写：{'、'.join(item.requirements)}"
    columns = "、".join(f"“{column}”" for column in item.columns)
    return f"台账栏：{columns}" if item.state in _TO_FILL else ""


_TO_FILL: Final = (ItemState.MISSING, ItemState.UNKNOWN)


def tally(checklist: ChecklistEntry) -> str:
    """How many lines of a check-list are in each state."""
    states = Counter(item.state for item in checklist.items)
    return "，".join(f"{ITEM_STATE_TITLES[s]}{states[s]}" for s in ItemState if states[s])
