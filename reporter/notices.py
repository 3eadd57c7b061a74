"""What has to be known before anything else, as all that follows rests on it.

提醒：设置有误、没有写省份、纲要期满、依据靠不住，先说的几句，各种格式一样。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from engine.model.assessment import Assessment, PeriodEntry, Staleness
from engine.model.facts import InputKind

STALE_TITLES: Final[Mapping[Staleness, str]] = {
    Staleness.REPLACED: "已被取代",
    Staleness.UNREAD: "没有读到原文",
    Staleness.OVERDUE: "过了核对期",
}
_LOWERED: Final = 5
"""Lowered requirements that the head names."""
_NAMED: Final = 3
"""Texts that the head names of those that can't be relied on, those of most findings first."""


def notices(assessment: Assessment) -> tuple[str, ...]:
    """All of them, those about the settings first."""
    own = (item for item in assessment.inputs if item.kind == InputKind.SETTINGS)
    wrong = (problem for item in own for problem in item.problems if problem.level == "error")
    said = [f"设置有误：{problem.text}" for problem in wrong]
    rest = (_province(assessment), *period_notices(assessment), _stale(assessment))
    return (*said, *filter(None, rest))


def _province(a: Assessment) -> str:
    """That no province is named, and what that leaves unknown."""
    known = "、".join(a.ruleset.jurisdictions)
    return (
        ""
        if a.jurisdiction
        else "没有写明省份，由省里定的期限、数额都按不明处理；在“设置.xlsx”的“省份”或"
        f" fazhi.yaml 的 jurisdiction 里写（现有：{known}）"
    )


def period_notices(a: Assessment) -> tuple[str, ...]:
    """That the outline's period is over, and what that lowers; nothing while it lasts."""
    return period_over(a.period, {name: one.title for name, one in a.requirements.items()})


def period_over(period: PeriodEntry | None, called: Mapping[str, str]) -> tuple[str, ...]:
    """The same of a period, by what requirements are `called`."""
    if period is None:
        return ()
    titles = [called[name] for name in period.lowered]
    named = "、".join(titles[:_LOWERED]) + ("等" if len(titles) > _LOWERED else "")
    lowered = f"；只靠期满文件的{len(titles)}条要求降为提示：{named}" if titles else ""
    return (
        f"《{period.name}》的规划期到{period.until}为止，规则里还没有接续的文件",
        f"以下仍按期满的各节列示{lowered}",
    )


def _stale(a: Assessment) -> str:
    """How many findings rest on texts that can't be relied on as they are cited."""
    found, texts = Counter[Staleness](), Counter[str]()
    for entry in a.findings:
        carrying = [s for s in a.stale if s.carries(entry)]
        found.update({why for s in carrying for why in s.why})
        texts.update({s.name for s in carrying})
    counts = [f"{STALE_TITLES[why]}的{found[why]}项" for why in Staleness if found[why]]
    names = "、".join(f"《{name}》" for name, _ in texts.most_common(_NAMED))
    more = f"等{len(texts)}部" if len(texts) > _NAMED else ""
    return f"须处理和判断不了的，依据的文件{'、'.join(counts)}：{names}{more}" if counts else ""
