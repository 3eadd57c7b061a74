"""An assessment made by hand: every outcome, a doubtful basis, a waiver, problems, hostile text."""

from __future__ import annotations

import datetime as dt

from engine.model.assessment import (
    SCHEMA,
    Assessment,
    BasisEntry,
    EngineEntry,
    InputEntry,
    OutcomeEntry,
    ProblemEntry,
    RequirementEntry,
    RulesetEntry,
    SectionEntry,
    Step,
    Summary,
    WaiverEntry,
)
from engine.model.checklist import ChecklistEntry, ItemEntry, ItemState
from engine.model.gate import DayFrom, GateEntry, GateStep, StepState
from engine.model.outcome import GateState, Outcome, Severity, Unconfirmed, is_finding
from engine.model.shown import FactEntry
from engine.model.timetable import (
    GoalEntry,
    GroundEntry,
    MilestoneEntry,
    RestEntry,
    SuppositionEntry,
    TimetableEntry,
)
from engine.model.values import Cause, Source

HOSTILE = '=1+1 <script>alert("x")</script> [点](javascript:alert) \u202e倒\x07\ufffe | `x` & 完'
"""A formula, markup, a link, a change of direction, a bell, and what XML can't hold."""

TITLES = ("合法性审查前置", "公开征求意见期限", "向社会公布", "材料归档")


WANTING = {
    Outcome.UNKNOWN: Cause.NO_COLUMN,
    Outcome.NOT_EVIDENCED: Cause.BLANK,
    Outcome.PENDING: Cause.PLANNED,
}


def requirement(number: int, *, confirmed: bool = True) -> RequirementEntry:
    return RequirementEntry(
        title=TITLES[number],
        domain="decision",
        kind="checked",
        subject="decision",
        subject_title="重大行政决策",
        severity=list(Severity)[number],
        confirmed=confirmed,
        unconfirmed=None if confirmed else Unconfirmed.UNREAD,
        basis=(BasisEntry("TL", "《示例条例》", f"第{number + 1}条", carries=True),),
        outline=("（一）",),
        applies="“是否重大”为是",
        require="“日期”不晚于“讨论日期”",
        message=f"没有做到：{TITLES[number]}。",
        remedy=f"补办{TITLES[number]}。",
        supplier="承办单位",
        rationale="示例。",
        ledger="decision",
        ledger_title="重大行政决策",
    )


D = dt.date


def fact(title: str, value: str | None, cause: Cause | None = None) -> FactEntry:
    return FactEntry(
        record_type="decision",
        record_key="决1",
        field="x",
        title=title,
        state="known" if value is not None else "unknown",
        value=value,
        cause=cause,
        source=Source(
            "决策台账.xlsx", "决策", "" if cause is Cause.NO_COLUMN else "D5", text=value or ""
        ),
    )


def entry(number: int, outcome: Outcome, severity: Severity, label: str) -> OutcomeEntry:
    settled = outcome in (Outcome.MET, Outcome.NOT_APPLICABLE)
    unknown = outcome in (Outcome.UNKNOWN, Outcome.NOT_EVIDENCED)
    finding = is_finding(outcome, severity)
    return OutcomeEntry(
        requirement=f"dec-{number}",
        subject_type="decision",
        subject_key=label,
        subject_label=f"“{label}”{HOSTILE if label == '决9' else '停车收费办法'}",
        outcome=outcome,
        severity=severity,
        finding=finding,
        message=""
        if settled
        else "信息不全，判断不了"
        if outcome is Outcome.UNKNOWN
        else f"没有做到：{TITLES[number]}。",
        due=dt.date(2024, 7, 1) if outcome is Outcome.PENDING else None,
        note="恰好第30日" if outcome is Outcome.MET else "",
        fingerprint=f"{number:08x}{list(Outcome).index(outcome):08x}",
        missing=(fact("公布日期", None, WANTING[outcome]),) if outcome in WANTING else (),
        evidence=(fact("讨论日期", HOSTILE if label == "决9" else "2024年6月3日"),)
        if finding and not unknown
        else (),
        trace=(
            Step(0, False, "要求"),
            Step(1, False, "“日期”不晚于“讨论日期”", ("日期：D5",)),
            Step(1, False, "公示日数不少于30日〔实为29日；少1日〕", computed=True),
        )
        if finding
        else (),
        answers={"duckdb": Outcome.MET, "durable_rules": Outcome.GAP}
        if outcome is Outcome.FAILED
        else {},
        curable=True if finding else None,
        nearest=("“讨论日期”晚到2024年7月2日",) if finding and not unknown else (),
    )


def outcomes() -> tuple[OutcomeEntry, ...]:
    waived = entry(2, Outcome.BORDERLINE, Severity.MINOR, "决3")
    waived.waiver = WaiverEntry(
        key="1",
        reason="随上级方案公布",
        basis="签单第12号",
        approver="＊＊＊",
        start=dt.date(2024, 6, 1),
        until=dt.date(2024, 12, 31),
        source=Source(file="豁免.csv", line=2),
    )
    return (
        entry(0, Outcome.GAP, Severity.BLOCKING, "决1"),
        entry(0, Outcome.UNKNOWN, Severity.BLOCKING, "决2"),
        entry(1, Outcome.GAP, Severity.MAJOR, "决9"),
        entry(1, Outcome.MET, Severity.MAJOR, "决1"),
        entry(1, Outcome.NOT_EVIDENCED, Severity.MINOR, "决4"),
        waived,
        entry(2, Outcome.PENDING, Severity.MINOR, "决1"),
        entry(3, Outcome.FAILED, Severity.ADVISORY, "决6"),
        entry(3, Outcome.NOT_APPLICABLE, Severity.ADVISORY, "决7"),
    )


def sample() -> Assessment:
    """The assessment; a new one each time."""
    found = outcomes()
    open_ = [e for e in found if e.finding and e.waiver is None]
    return Assessment(
        schema=SCHEMA,
        as_of=dt.date(2024, 6, 20),
        year=2024,
        place="青岚县",
        jurisdiction="henan",
        profile="",
        ruleset=RulesetEntry("2026.11", "a" * 64, ("henan",)),
        engines=(EngineEntry("duckdb", 9), EngineEntry("durable_rules", 9, note="抽样说明")),
        inputs=(
            InputEntry(
                path="决策台账.xlsx",
                sha256="b" * 64,
                kind="ledger",
                records={"decision": 8},
                notes=("工作表“填表说明”不是台账，未读取",),
                problems=(
                    ProblemEntry("决策台账.xlsx〔决策〕F1", "F1：“经办人”，不认识的列", "note"),
                    ProblemEntry("决策台账.xlsx〔决策〕E5", f"E5：“{HOSTILE}”不是日期", "error"),
                ),
            ),
        ),
        requirements={f"dec-{n}": requirement(n, confirmed=n != 2) for n in range(4)},
        outcomes=found,
        gates=(
            GateEntry(
                gate="submit",
                title="提请集体讨论",
                subject_type="decision",
                subject_key="决1",
                subject_label="“决1”停车收费办法",
                state=GateState.CLOSED,
                state_title="暂不具备",
                assumed=dt.date(2024, 6, 28),
                assumed_title="讨论日期",
                day_from=DayFrom.LEDGER,
                steps=(
                    GateStep("dec-0", "", StepState.WRONG, Outcome.GAP, decides=True),
                    GateStep(
                        "dec-2",
                        "",
                        StepState.TODO,
                        Outcome.PENDING,
                        decides=False,
                        due=dt.date(2024, 6, 28),
                    ),
                    GateStep("dec-1", "“决1-1”", StepState.DONE, Outcome.MET, decides=False),
                ),
            ),
        ),
        summary=Summary(
            outcomes={o: sum(e.outcome is o for e in found) for o in Outcome},
            findings={s: sum(e.severity is s for e in open_) for s in Severity},
            waived=1,
            subjects={"decision": 8},
            outline={"（一）": {Outcome.GAP: 2, Outcome.MET: 1}},
            problems=2,
            disagreements=1,
        ),
        outline={
            "（一）": SectionEntry("依法决策", "一"),
            "（二）": SectionEntry("宣传", "二", "没有可核的事实"),
        },
    )


def timetable() -> TimetableEntry:
    """A timetable with every kind of line: a day, none, one lacking; late, on a rest day, open."""
    published, meeting = (
        RestEntry("征求意见公告日期", D(2024, 6, 3)),
        RestEntry("讨论日期", D(2024, 7, 15)),
    )
    law = GroundEntry("征求意见期限", "dec-0", f"《{HOSTILE}》第十五条", (published,))
    order = GroundEntry("先印发出台，后公布", rests=(meeting,))
    return TimetableEntry(
        title="重大行政决策程序",
        subject_type="decision",
        subject_key="决1",
        subject_label=f"“决1”{HOSTILE}",
        goals=(
            GoalEntry(
                "submit",
                "提请集体讨论",
                D(2024, 7, 15),
                D(2024, 7, 1),
                reached=False,
                chain=(published, meeting),
                doubtful=(law,),
            ),
            GoalEntry("issue", "出台", None, D(2024, 7, 30), reached=False, blocked=(law,)),
            GoalEntry("", "备案", None, lacking=("备案机关（未填写）",)),
        ),
        milestones=(
            MilestoneEntry(
                "公开征求意见",
                "征求意见截止日期",
                "承办单位",
                "",
                None,
                D(2024, 7, 6),
                D(2024, 6, 22),
                late=1,
                because=(law,),
                until=(order,),
                decisive=True,
                rest_day=True,
            ),
            MilestoneEntry(
                "听证", "听证会日期", HOSTILE, "听1", D(2024, 7, 2), D(2024, 7, 8), None
            ),
            MilestoneEntry(
                "集体讨论",
                "讨论日期",
                "政府办公室",
                "",
                D(2024, 7, 1),
                D(2024, 7, 15),
                None,
                decisive=True,
                goal=True,
            ),
        ),
        supposed=(
            SuppositionEntry("", "是否重大行政决策", "未填写", "是"),
            SuppositionEntry("合法性审查", "审查结论", "未填写", HOSTILE),
        ),
    )


def decision() -> Assessment:
    """The same asked about one decision alone."""
    whole = sample()
    return type(whole)(
        **{
            **{name: getattr(whole, name) for name in whole.__dataclass_fields__},
            "profile": "predecision",
            "timetables": (timetable(),),
            "outcomes": tuple(e for e in whole.outcomes if e.subject_key == "决1"),
            "checklists": (checklist(),),
        }
    )


def checklist() -> ChecklistEntry:
    """A list with a line in each state; its label is hostile."""
    asked = {"dec-1": TITLES[0]}
    states = (
        ("请示", ItemState.PRESENT, asked, ("请示",), ""),
        ("草案", ItemState.MISSING, asked, ("上会材料", "送审材料"), ""),
        ("依据", ItemState.UNKNOWN, asked, ("送审材料",), ""),
        ("三项齐全", ItemState.MANUAL, asked, (), ""),
        ("份数", ItemState.MANUAL, {}, (), "当面点"),
        ("听证报告", ItemState.NOT_NEEDED, asked, ("听证报告",), ""),
    )
    items = tuple(ItemEntry(*line) for line in states)
    return ChecklistEntry("papers", "上会材料", "decision", "决1", HOSTILE, items)
