"""Sentences that deny what they count, or say that it is owed: no count of what was done.

Each is put together from an act (what is done to what, and the indicator of its being done) and a
way to deny it; beside the denied figure may stand another one of what was really done. Nothing
here is taken from a report.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from facts.writing.text import words

NUMBERS = (7, 12, 18, 23)
"""Denied figures; none is a figure of what was done."""

DONE = 31


@dataclass(frozen=True)
class Act:
    """What is done to what; `done` are the indicators that count that it was done."""

    noun: str
    verbs: tuple[str, ...]
    unit: str
    done: frozenset[str]
    where: str = ""
    """What a sentence before speaks of, where the noun alone doesn't say it."""


@dataclass(frozen=True)
class Denied:
    """A text with the figure that is denied or owed, and the one that was done, if any."""

    text: str
    denied: int
    done: int | None
    act: Act


def _act(noun: str, verbs: str, unit: str, done: str, where: str = "") -> Act:
    return Act(noun, words(verbs), unit, frozenset(words(done)), where)


ACTS = (
    _act(
        "规范性文件",
        "报送备案 备案 报备",
        "件",
        "normative_documents_filed normative_documents_issued",
    ),
    _act("规范性文件", "审核", "件", "normative_documents_reviewed normative_documents_issued"),
    _act("负责人", "出庭 出庭应诉", "件", "head_appearance_cases", "全年行政诉讼平稳有序。"),
    _act("行政复议案件", "审结 办结", "件", "reconsideration_closed reconsideration_accepted"),
    _act("行政复议申请", "受理", "件", "reconsideration_accepted reconsideration_received"),
    _act(
        "法治督察反馈问题",
        "完成整改 整改到位",
        "个",
        "inspection_rectified inspection_problems_found",
    ),
    _act("重大行政处罚决定", "备案", "件", "major_penalties_filed penalties_total"),
    _act(
        "信息公开申请",
        "答复",
        "件",
        "disclosure_requests_answered disclosure_requests_received",
    ),
    _act("重大行政决策", "合法性审查", "件", "decisions_reviewed major_decisions_made"),
    _act("行政执法案件", "结案 办结", "件", "enforcement_cases_closed"),
    _act("重大执法决定", "法制审核", "件", "enforcement_decisions_reviewed"),
    _act("信访事项", "办结", "件", "petition_letters_concluded petition_letters_accepted"),
    _act("人大代表建议", "办复", "件", "npc_suggestions_handled"),
    _act("执法人员", "参加培训", "人", "training_people enforcement_officers"),
    _act("政府合同", "审查", "份", "contracts_reviewed"),
    _act("行政许可申请", "办结", "件", "approvals_handled"),
    _act("法律援助申请", "受理", "件", "legal_aid_cases"),
    _act("矛盾纠纷", "化解 调解成功", "件", "mediation_cases"),
)
# {n} noun, {v} verb, # the denied figure with its unit, @ the done one
WAYS = (
    "未{v}的{n}#。",
    "{n}未{v}#。",
    "{n}有#未{v}。",
    "另有#{n}未{v}。",
    "{n}尚有#未{v}。",
    "{n}仍有#没有{v}。",
    "{n}逾期未{v}#。",
    "{n}应{v}未{v}#。",
    "{n}尚未{v}的有#。",
    "没有{v}的{n}共#。",
    "{n}应{v}#，实际{v}@。",
    "{n}应当{v}#，已{v}@。",
    "{n}待{v}#。",
    "{n}未能按期{v}#。",
    "{n}未按规定{v}#。",
    "{n}未及时{v}的#。",
    "{n}已{v}@，未{v}#。",
    "{n}已{v}@，尚有#未{v}。",
    "{n}共45{u}，其中未{v}#。",
    "{n}未予{v}#。",
    "{n}需{v}#，已{v}@。",
    "{n}拒不{v}#。",
    "{n}还有#至今未{v}。",
    "经核查，#{n}未经{v}。",
    "{n}漏{v}#。",
    "{n}不{v}#。",
    "{n}从未{v}的#。",
    "{n}（未{v}#）。",
)
AFFIRMED = (
    "{v}{n}@。",
    "{n}已{v}@。",
    "全年{n}{v}@。",
    "{n}全部{v}，共{v}@。",
    "对未及时上报的单位予以提醒，{n}{v}@。",
)


def denials() -> Iterator[Denied]:
    """Every act denied in every way."""
    for act in ACTS:
        for at, way in enumerate(WAYS):
            verb = act.verbs[at % len(act.verbs)]
            if way.startswith("{n}不") and len(verb) > len("备案"):
                continue  # nobody says 不合法性审查
            denied = NUMBERS[at % len(NUMBERS)]
            yield Denied(_said(way, act, verb, denied), denied, DONE if "@" in way else None, act)


def affirmations() -> Iterator[tuple[str, Act]]:
    """What was done, said plainly: no fear of a denial may take its indicator away."""
    for act in ACTS:
        for way in AFFIRMED:
            for verb in act.verbs:
                yield _said(way, act, verb, 0), act


def _said(way: str, act: Act, verb: str, denied: int) -> str:
    spoken = way.format(n=act.noun, v=verb, u=act.unit)
    spoken = spoken.replace("#", f"{denied}{act.unit}").replace("@", f"{DONE}{act.unit}")
    return f"2024年法治政府建设情况报告\n{act.where}{spoken}"


NONE_AT_ALL = (
    ("行政应诉案件无一起败诉。", "litigation_losses"),
    ("行政应诉案件没有一起败诉。", "litigation_losses"),
    ("行政应诉案件未有一件败诉。", "litigation_losses"),
    ("行政应诉案件未发生一起败诉。", "litigation_losses"),
    ("全年没有发生一起安全事故。", "safety_accidents"),
    ("全年未出现一例败诉。", "litigation_losses"),
    ("全年无一件败诉案件。", "litigation_losses"),
    ("全年未发生一起生产安全事故。", "safety_accidents"),
)
"""One negated is none: the value is 0 or there is no figure, and never 1."""
