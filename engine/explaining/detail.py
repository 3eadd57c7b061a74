"""What a reader is told of one outcome: message, severity, evidence, what is missing, why."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from typing import Any, Final, Literal

from engine.explaining.doubts import described, steps
from engine.explaining.limits import Limits
from engine.explaining.margin import Margins
from engine.explaining.over import is_over
from engine.explaining.steps import Steps
from engine.explaining.trace import Trace, Tracer, deciding, is_absent, reads
from engine.explaining.words import Words
from engine.judging.ahead import not_yet
from engine.judging.doubt import Doubt
from engine.judging.measure import Measurer
from engine.judging.missing import Missing, missing, to_supply
from engine.judging.reference import Frame, Reading, compile_expr
from engine.language import tree as t
from engine.model.assessment import OutcomeEntry, Step
from engine.model.errors import BudgetExceededError
from engine.model.field import FieldKind, FieldType
from engine.model.outcome import HOUSE, OUTCOME_TITLES, SETTLED, Outcome, is_finding
from engine.model.schema import Schema
from engine.model.shown import EMPTY, FactEntry
from engine.model.values import (
    ABSENT,
    CAUSE_TITLES,
    Absent,
    Cause,
    Elements,
    Record,
    Source,
    State,
    Unknown,
)
from engine.model.world import World
from engine.ruleset.model import Requirement, Text

_MOST_DOUBTS: Final = 3
"""Doubts named where none is about a record that was read."""


class Detailer:
    """Writes the entries of one requirement; evaluates anew what it explains."""

    def __init__(
        self,
        requirement: Requirement,
        world: World,
        year: int,
        words: Words,
        doubts: Sequence[Doubt] = (),
    ) -> None:
        self.requirement, self.world, self.words = requirement, world, words
        read = requirement.reads
        self._doubts = [doubt for doubt in doubts if doubt.fields & read]
        self._measurer = Measurer(requirement, world, year)
        self._judge = Tracer(world)
        self._plan = Tracer(world, Reading.PLAN)
        self._lines = Steps(words)
        self._margins = Margins(world, words)
        self._noted = {text.noted for text in requirement.texts if text.note is not None}

    def entry(
        self, record: Record, outcome: Outcome, *, explain: bool = False, doubtful: bool = False
    ) -> OutcomeEntry:
        """The entry of one outcome, explained where it calls for action or `explain` is set.

        `doubtful`: the outcome is what it is because it rests on facts that can't all be so.
        """
        requirement = self.requirement
        settled = outcome in SETTLED and not explain
        severity = (
            requirement.severities.default
            if settled
            else self._measurer.severity_shown(record, outcome)
        )
        entry = OutcomeEntry(
            requirement.id,
            record.type,
            self.words.key(record),
            self.words.label(record),
            outcome,
            severity,
            is_finding(outcome, severity),
            fingerprint=fingerprint(requirement.id, record, self.words.schema),
            owner=self.words.owner(record),
        )
        if settled:
            if outcome not in self._noted:
                return entry
            text, _ = self._measurer.governing(record)
            return _with(entry, note=self._note(record, text, outcome))
        entry = self._explained(entry, record, outcome, whole=explain or entry.finding)
        return self._doubted(entry, record) if doubtful else entry

    def _doubted(self, entry: OutcomeEntry, record: Record) -> OutcomeEntry:
        """The entry of an outcome in doubt: first which facts can't all be so.

        What is a gap by them alone says what they breach.
        """
        near = {id(one) for one in self._near(record)}
        doubts = [d for d in self._doubts if any(id(one) in near for one, _ in d.facts)]
        why = "所依据的事实互相矛盾，核对清楚之前不能作数"
        presumed = bool(doubts) and all(doubt.presumed for doubt in doubts)
        if presumed:
            why = "所依据的列没有人确认是哪一项，确认以前不能作数；请在设置的“列名对照”里写明"
        message = f"“{self.requirement.title}”{why}"
        breach = entry.outcome is Outcome.GAP
        if breach:
            breaches = [d for d in doubts if d.breach == (record, self.requirement.id)]
            told = "；".join(described(doubt, self.words) for doubt in breaches)
            message = f"“{self.requirement.title}”不合要求：{told}"
        return _with(
            entry,
            message=message,
            doubtful=None if breach else "presumed" if presumed else "contradiction",
            trace=(*steps(doubts or self._doubts[:_MOST_DOUBTS], self.words), *entry.trace),
            nearest=(),
        )

    def _near(self, record: Record) -> Iterator[Record]:
        """The records that the requirement reads for this one, and those it nests in."""
        frame = self._measurer.frame(record)
        text, _ = self._measurer.governing(record)
        nodes = (self.requirement.act_on, *(text.expressions() if text is not None else ()))
        for node in nodes:
            yield from (found for found, _, _ in reads(self._judge.trace(node, frame)))
        place: Record | None = record
        while place is not None:
            yield place
            place = place.parent

    def _explained(
        self, entry: OutcomeEntry, record: Record, outcome: Outcome, *, whole: bool
    ) -> OutcomeEntry:
        """The entry with its message, day and note; `whole`: with evidence and trace as well."""
        frame = self._measurer.frame(record)
        text, governed = self._measurer.governing(record)
        trace: Trace | None = None
        steps: list[Step] = []
        waits = outcome in (Outcome.UNKNOWN, Outcome.NOT_EVIDENCED, Outcome.PENDING)
        try:
            gaps = self._gaps(text, frame, outcome) if waits else []
            if text is None:
                trace = self._plan.trace(self.requirement.act_on, frame)
                steps = [Step(0, governed, f"行为日适用的规定：{self._act_words(trace)}")]
            elif whole:
                trace, steps = self._reasons(text, frame, outcome)
            due = None if text is None else self._due(text, frame)
            lacking = [self._missing(gap) for gap in gaps]
            if due is not None and text is not None and outcome is Outcome.PENDING:
                lacking = [
                    self._until(text, *pair, frame) for pair in zip(gaps, lacking, strict=True)
                ]
                due = min([due, *(item.until for item in lacking if item.until is not None)])
        except BudgetExceededError:
            return _with(entry, message="核算步数超过上限，本条未核成")
        return _with(
            entry,
            message=self._message(text, outcome, record),
            due=due,
            undated=self._undated(text, frame, outcome) if due is None else (),
            note=self._note(record, text, outcome),
            missing=tuple(dict.fromkeys(lacking)),
            evidence=(*self._shown(record), *self._evidence(trace)) if whole and trace else (),
            trace=tuple(steps),
            nearest=self._margins.lines(trace, frame, met=outcome is Outcome.MET)
            if whole and trace and text and trace.node is text.require
            else (),
            text=0 if text is None else self.requirement.texts.index(text),
            curable=self._measurer.curable(record) if entry.finding else None,
            over=is_over(record, self._measurer.act_said(record), due, self.world),
        )

    def _act_words(self, act: Trace) -> str:
        return self.words.expr(act.node) + "".join(
            f"〔{entry.title}：{entry.value or _why(entry)}〕" for entry in self._evidence(act)
        )

    def _reasons(self, text: Text, frame: Frame, outcome: Outcome) -> tuple[Trace, list[Step]]:
        """The trace to show and its steps: of `applies` if that decided."""
        applies = self._judge.trace(text.applies, frame)
        if applies.value is not True:
            return applies, self._steps("适用条件", applies)
        require = self._judge.trace(text.require, frame)
        steps = self._steps("要求", require)
        if text.lenient is not None and outcome is Outcome.BORDERLINE:
            steps += self._steps("按从宽理解", self._judge.trace(text.lenient, frame))
        return require, steps

    def _gaps(self, text: Text | None, frame: Frame, outcome: Outcome) -> list[Missing]:
        """What the outcome waits for: the day of the act, `applies`, `require` or the day due."""
        if text is None:
            return missing(self.requirement.act_on, frame, self.world, Reading.PLAN)
        if compile_expr(text.applies, self.world)(frame) is not True:
            return missing(text.applies, frame, self.world)
        if text.due is not None and outcome is Outcome.UNKNOWN and self._fails(text, frame):
            return missing(text.due, frame, self.world, Reading.PLAN)
        return missing(text.require, frame, self.world)

    def _steps(self, title: str, trace: Trace) -> list[Step]:
        return [Step(0, trace.value, title), *self._lines.of(trace, 1)]

    def _message(self, text: Text | None, outcome: Outcome, record: Record) -> str:
        house = text is not None and text.house and outcome is Outcome.BORDERLINE
        house = house and self._measurer.curable(record)
        if outcome in (Outcome.GAP, Outcome.BORDERLINE, Outcome.NOT_EVIDENCED) and text is not None:
            return text.message + (HOUSE if house else "")
        title = self.requirement.title
        return {
            Outcome.UNKNOWN: f"“{title}”信息不全，判断不了",
            Outcome.PENDING: f"“{title}”还没有做到，期限未到",
            Outcome.FAILED: f"“{title}”各引擎结论不一致或核算未完成，须人工核对",
        }.get(outcome, f"“{title}”{OUTCOME_TITLES[outcome]}")

    def _due(self, text: Text, frame: Frame) -> dt.date | None:
        if text.due is None or any(map(self._kept, t.walk(text.due))):
            return None
        lo, hi = compile_expr(text.due, self.world, Reading.PLAN)(frame)
        return lo if lo == hi else None

    def _until(self, text: Text, gap: Missing, item: FactEntry, frame: Frame) -> FactEntry:
        """What is missing; of a day, with the last that is in time for what it comes before."""
        record, spec = gap.record, None
        if record is not None:
            spec = self.words.schema.types[record.type].fields.get(gap.field)
        if record is None or spec is None or spec.type is not FieldKind.DATE:
            return item
        path = t.Path("", 0, record.type, gap.field, t.Kind.DATE)
        truth = compile_expr(text.require, self.world, Reading.PLAN)
        limits = Limits(record, path, truth, frame, self.world.as_of, self.words)
        return dataclasses.replace(item, until=limits.last())

    def _undated(self, text: Text | None, frame: Frame, outcome: Outcome) -> tuple[FactEntry, ...]:
        """What the day waits for by which something is to be done that isn't yet."""
        if text is None or text.due is None or outcome not in (Outcome.PENDING, Outcome.UNKNOWN):
            return ()
        if outcome is Outcome.UNKNOWN and not self._fails(text, frame):
            return ()
        gaps = missing(text.due, frame, self.world, Reading.PLAN)
        return tuple(dict.fromkeys(map(self._missing, gaps)))

    def _fails(self, text: Text, frame: Frame) -> bool:
        """Whether what is asked applies and is known not to be so."""
        return (
            compile_expr(text.applies, self.world)(frame) is True
            and compile_expr(text.require, self.world)(frame) is False
        )

    def _kept(self, node: t.Expr) -> bool:
        """Whether a part of an expression reads what stays in the office."""
        spec = self.words.field_type(node.record, node.field) if isinstance(node, t.Path) else None
        return self.words.hidden(spec)

    def _note(self, record: Record, text: Text | None, outcome: Outcome) -> str:
        if text is None or text.note is None:
            return ""
        return text.note[1] if self._measurer.noted(record, outcome) else ""

    def _missing(self, gap: Missing) -> FactEntry:
        gap = to_supply(gap)
        if gap.record is None:
            title = "工作日历" if gap.field == "calendar" else self.words.parameter(gap.field)
            return FactEntry("", "", gap.field, title, "unknown", None, gap.cause, None)
        state = ABSENT if gap.cause is None else Unknown(gap.cause)
        entry = fact_entry(self.words, gap.record, gap.field, state)
        links = self.words.schema.types[gap.record.type].links
        if gap.cause is Cause.OPEN_LIST and gap.field in links:
            ledger = self.words.schema.types[links[gap.field].to].title
            title = entry.title if entry.title == ledger else f"{entry.title}（{ledger}台账）"
            entry = dataclasses.replace(entry, title=title)
        ahead = not_yet(gap.record, gap.field, self.world)
        spec = self.words.field_type(gap.record.type, gap.field)
        plan = self.words.title(gap.record.type, spec.planned) if spec and spec.planned else ""
        return dataclasses.replace(entry, value=None, ahead=ahead, plan=plan if ahead else "")

    def _shown(self, record: Record) -> Iterator[FactEntry]:
        """The facts that the requirement asks to be shown, of the record and its parents."""
        place: Record | None = record
        while place is not None:
            for record_type, field in self.requirement.show:
                if record_type == place.type:
                    yield fact_entry(self.words, place, field, place.scalar(field))
            place = place.parent

    def _evidence(self, trace: Trace) -> Iterator[FactEntry]:
        seen: set[tuple[int, str]] = set()
        decide = {(id(record), path.field) for record, path in deciding(trace)}
        for record, path, state in reads(trace):
            place = (id(record), path.field)
            if place in seen:
                continue
            seen.add(place)
            entry = fact_entry(self.words, record, path.field, state)
            yield dataclasses.replace(entry, decides=True) if place in decide else entry


def fact_entry(words: Words, record: Record, field: str, state: State | Elements) -> FactEntry:
    """A fact as shown: masked where its content stays in the office."""
    spec = words.field_type(record.type, field)
    kind, cause = _kind(state)
    source = _place(record, field)
    if source is not None and source.text:
        text = "" if words.hidden(spec) else words.text(source.text)
        source = dataclasses.replace(source, text=text)
    return FactEntry(
        record_type=record.type,
        record_key=words.key(record),
        field=field,
        title=words.title(record.type, field),
        state=kind,
        value=_value(words, record, field, state, spec),
        cause=cause,
        source=source,
    )


def _value(
    words: Words, record: Record, field: str, state: State | Elements, spec: FieldType | None
) -> str | None:
    if isinstance(state, Unknown):
        return None
    said = words.state(state, spec)
    empty = is_absent(state) and not record.source_of(field).text
    return f"{EMPTY}“{said}”理解" if empty else said


def _kind(
    state: State | Elements,
) -> tuple[Literal["known", "absent", "unknown"], Cause | None]:
    if isinstance(state, Elements):
        return ("absent" if state.absent else "known"), None
    if isinstance(state, Unknown):
        return "unknown", state.cause
    return ("absent" if isinstance(state, Absent) else "known"), None


def _why(entry: FactEntry) -> str:
    """Why a fact has no value, in words."""
    return "无" if entry.cause is None else CAUSE_TITLES[entry.cause]


def _place(record: Record, field: str) -> Source | None:
    source = record.source_of(field)
    return source if source.file else None


def _with(entry: OutcomeEntry, **changes: Any) -> OutcomeEntry:  # noqa: ANN401 - its fields
    return dataclasses.replace(entry, **changes)


def fingerprint(requirement: str, record: Record, schema: Schema) -> str:
    """What stays the same when rows move, columns are added or files renamed: 16 hex digits."""
    content = f"{requirement}\0{record.type}\0{_path(record, schema)}"
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def _path(record: Record, schema: Schema) -> str:
    """The keys of the record and its parents; of one without a key what it is known by.

    The key made for such a record counts its place among its siblings, which moves.
    """
    if record.parent is None:
        return record.key
    record_type = schema.types[record.type]
    known = None if record_type.key else record.values.get(record_type.label or "")
    name = record.key if known is None or isinstance(known, Unknown | Absent) else f"#{known}"
    return f"{_path(record.parent, schema)}/{name}"
