"""Waivers: what a person has decided to leave as it is for a time. One function decides.

Requirements are judged beneath as ever: a waiver is put beside a finding, it changes no outcome
and enters no gate. Each row of the ledger has an outcome of its own, so that one which doesn't
count is a finding like any other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, cast

from engine.explaining.detail import fact_entry, fingerprint
from engine.explaining.words import Words
from engine.judging.run import Run
from engine.model.assessment import WAIVER, OutcomeEntry, RequirementEntry, Step, WaiverEntry
from engine.model.errors import nearest
from engine.model.outcome import OUTCOME_TITLES, Outcome, Severity, is_finding
from engine.model.schema import Schema
from engine.model.values import Record
from engine.ruleset.model import Ruleset

SEVERITY: Final = Severity.MINOR
"""How grave a waiver is that doesn't count."""

_EVERYTHING: Final = ("全部", "所有", "一切", "各件", "*")


@dataclass(frozen=True, slots=True)
class _Decision:
    """What a waiver comes to: its outcome, why, and the finding that it stands beside."""

    outcome: Outcome
    message: str
    finding: OutcomeEntry | None = None


def waived(
    entries: Sequence[OutcomeEntry], ruleset: Ruleset, run: Run, words: Words
) -> list[OutcomeEntry]:
    """The outcomes with the waivers that hold put beside them, then the waivers' own outcomes."""
    ledger = run.records.get(WAIVER, ())
    if not ledger and WAIVER not in run.facts.lost:
        return list(entries)
    found: dict[tuple[str, str], list[OutcomeEntry]] = {}
    for entry in entries:
        found.setdefault((entry.requirement, entry.subject_key), []).append(entry)
    decider = _Decider(ruleset, run, words, found)
    own = [decider.entry(record) for record in ledger]
    if WAIVER in run.facts.lost:
        own.append(decider.unread())
    beside = decider.beside
    return [
        *(replace(e, waiver=beside[id(e)]) if id(e) in beside else e for e in entries),
        *own,
    ]


class _Decider:
    def __init__(
        self,
        ruleset: Ruleset,
        run: Run,
        words: Words,
        entries: Mapping[tuple[str, str], Sequence[OutcomeEntry]],
    ) -> None:
        self.ruleset, self.run, self.words, self.entries = ruleset, run, words, entries
        self.fields = ruleset.schema.types[WAIVER].fields
        self.beside: dict[int, WaiverEntry] = {}

    def entry(self, record: Record) -> OutcomeEntry:
        """The outcome of one row of the ledger; where it holds, its finding is noted."""
        decision = self.decide(record)
        if decision.finding is not None:
            self.beside.setdefault(id(decision.finding), self._shown(record))
        return self._own(record, decision)

    def unread(self) -> OutcomeEntry:
        """The outcome of a ledger that couldn't be read."""
        said = "豁免台账有读不进来的内容，全部豁免都不作数；见“读取中的问题”"
        return self._own(Record(WAIVER, "豁免台账"), _Decision(Outcome.GAP, said))

    def decide(self, record: Record) -> _Decision:
        """Whether this waiver counts, and if not, why; the first reason found."""
        if WAIVER in self.run.facts.lost:
            return _Decision(Outcome.GAP, "豁免台账没有读全，这一条不作数")
        lacking = [
            spec.title
            for path, spec in self.fields.items()
            if not isinstance(record.scalar(path), str | dt.date)
        ]
        name, key = self._text(record, "requirement"), self._text(record, "record")
        if not key or key in _EVERYTHING:
            said = f"对象“{key}”" if key else "没有写明对象，"
            return _Decision(Outcome.GAP, f"{said}太宽：一条豁免只能管一件事项，请写它的编号")
        if lacking:
            listed = "、".join(f"“{title}”" for title in lacking)
            return _Decision(Outcome.GAP, f"{listed}没有填，或者认不出，这条豁免不作数")
        requirement = self._requirement(name)
        if requirement is None:
            hint = nearest(name, self.ruleset.requirements)
            return _Decision(Outcome.GAP, f"没有要求“{name}”{hint}")
        start, until = _day(record, "from"), _day(record, "until")
        if until < start:
            return _Decision(Outcome.GAP, f"止日{_said(until)}早于起日{_said(start)}")
        entries = self.entries.get((requirement, self.words.text(key)), ())
        if not entries:
            return self._no_outcome(requirement, key)
        if until < self.run.world.as_of:
            return _Decision(Outcome.GAP, f"已过期：到{_said(until)}为止")
        if self.run.world.as_of < start:
            return _Decision(Outcome.PENDING, f"还没有生效：从{_said(start)}起")
        if len(entries) > 1:
            return _Decision(Outcome.GAP, f"编号“{key}”有{len(entries)}件，不知道豁免的是哪一件")
        return self._of(entries[0])

    def _of(self, entry: OutcomeEntry) -> _Decision:
        """A waiver in order for one outcome: whether there is anything that it may waive."""
        if not entry.finding or entry.outcome is Outcome.FAILED:
            now = OUTCOME_TITLES[entry.outcome]
            return _Decision(Outcome.GAP, f"没有用上：这一条的结论是“{now}”，没有要豁免的问题")
        default = self.ruleset.requirements[entry.requirement].severities.default
        if Severity.BLOCKING in (default, entry.severity) or _was_blocking(entry):
            return _Decision(Outcome.GAP, "“必须先解决”的要求不能豁免，这一条不作数")
        return _Decision(Outcome.MET, "有效：所管的问题照样列出，注明已豁免", entry)

    def _no_outcome(self, requirement: str, key: str) -> _Decision:
        """The record isn't there, or this run wasn't asked about it."""
        subject = self.ruleset.requirements[requirement].subject
        known = [record.key for record in self.run.records.get(subject, ())]
        if key in known:
            return _Decision(Outcome.NOT_APPLICABLE, "这次没有核它所管的要求或事项")
        title = self.words.schema.types[subject].title
        hint = nearest(key, known)
        return _Decision(Outcome.GAP, f"没有用上：“{title}”里没有“{self.words.text(key)}”{hint}")

    def _requirement(self, said: str) -> str | None:
        """A requirement by its id or its title."""
        if said in self.ruleset.requirements:
            return said
        titled = [r.id for r in self.ruleset.requirements.values() if r.title == said]
        return titled[0] if len(titled) == 1 else None

    def _own(self, record: Record, decision: _Decision) -> OutcomeEntry:
        truth = {Outcome.GAP: False, Outcome.MET: True}.get(decision.outcome)
        return OutcomeEntry(
            requirement=WAIVER,
            subject_type=WAIVER,
            subject_key=self.words.key(record),
            subject_label=self.words.label(record),
            outcome=decision.outcome,
            severity=SEVERITY,
            finding=is_finding(decision.outcome, SEVERITY),
            message=decision.message,
            fingerprint=fingerprint(WAIVER, record, self.words.schema),
            evidence=tuple(
                fact_entry(self.words, record, path, record.scalar(path)) for path in record.values
            ),
            trace=(Step(0, truth, decision.message),),
        )

    def _shown(self, record: Record) -> WaiverEntry:
        def said(path: str) -> str:
            return self.words.value(self._text(record, path), self.fields[path])

        return WaiverEntry(
            key=self.words.key(record),
            reason=said("reason"),
            basis=said("basis"),
            approver=said("approver"),
            start=_day(record, "from"),
            until=_day(record, "until"),
            source=record.source if record.source.file else None,
        )

    def _text(self, record: Record, path: str) -> str:
        value = record.scalar(path)
        return value.strip() if isinstance(value, str) else ""


def _was_blocking(entry: OutcomeEntry) -> bool:
    """Whether a finding is only milder than blocking because its papers are merely missing."""
    return entry.outcome is Outcome.NOT_EVIDENCED and entry.severity is Severity.BLOCKING.lowered()


def _day(record: Record, path: str) -> dt.date:
    """The day in a field of a row that lacks nothing."""
    return cast("dt.date", record.scalar(path))


def _said(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def waiver_requirement(schema: Schema) -> RequirementEntry:
    """What the rows of the waiver ledger are judged by; no law, but how this program works."""
    record_type = schema.types[WAIVER]
    return RequirementEntry(
        title="豁免作数",
        domain=WAIVER,
        kind=WAIVER,
        subject=WAIVER,
        subject_title=record_type.title,
        severity=SEVERITY,
        confirmed=True,
        basis=(),
        outline=(),
        applies="豁免台账的每一行",
        require="、".join(spec.title for spec in record_type.fields.values())
        + "都已填写；没有过期；所管的结论是问题，且不是“必须先解决”的",
        message="这条豁免不作数",
        remedy="改正、续期，或者从豁免台账里删去这一行",
        supplier="",
        rationale="豁免只是注明有人决定暂不处理，不改变结论，也打不开闸门。",
    )
