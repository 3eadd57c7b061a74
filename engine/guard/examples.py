"""The worked examples of requirement files, as records that any engine can judge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Final, NoReturn

from engine.judging.judge import Judge
from engine.judging.measure import Measurer
from engine.language.vocabulary import MANUAL
from engine.model.errors import InvalidRulesetError, nearest
from engine.model.field import FieldKind, FieldType
from engine.model.outcome import Outcome, Severity
from engine.model.record_type import RecordType
from engine.model.schema import Schema
from engine.model.values import (
    ABSENT,
    ABSENT_LIST,
    Cause,
    Elements,
    Record,
    Scalar,
    Source,
    State,
    Unknown,
)
from engine.model.workdays import WorkCalendar
from engine.model.world import Period, World
from engine.ruleset.files import Example
from engine.ruleset.manual import ANSWERS
from engine.ruleset.model import Requirement

ANSWER: Final = "answer"
"""In `given`: what a person answered to a manual requirement."""

PARENT: Final = "parent"
"""In a linked record given in place: the record that it is nested in."""


@dataclass
class Case:
    """One example as records by type, its subject among them, and the world around."""

    subject: Record
    records: dict[str, list[Record]]
    world: World
    year: int


@dataclass
class _Builder:
    schema: Schema
    where: str
    line: int | None
    records: dict[str, list[Record]] = field(default_factory=dict)

    def record(
        self, type_name: str, given: Mapping[str, Any], parent: Record | None = None
    ) -> Record:
        """The record that `given` describes, and every record within it."""
        record_type = self.schema.get(type_name, self.where)
        given = dict(given)
        above = given.pop(PARENT, None)
        if above is not None and parent is None and record_type.parent is not None:
            parent = self.record(record_type.parent, above)
        siblings = self.records.setdefault(type_name, [])
        key = f"{record_type.title}{len(siblings) + 1}"
        record = Record(type_name, key, parent=parent, source=Source(file=self.where))
        siblings.append(record)
        for name, value in given.items():
            record.values[name] = self._field(record_type, record, str(name), value)
        return record

    def _field(
        self, record_type: RecordType, record: Record, name: str, value: object
    ) -> State | Elements:
        target = record_type.list_target(name)
        if target is not None:
            parent = record if name in record_type.nested else None
            return self._elements(name, target, parent, value)
        spec = record_type.fields.get(name)
        if spec is None:
            self._refuse(name, f"“{record_type.title}”没有字段“{name}”", record_type.names())
        if spec.type is FieldKind.SET:
            return self._strings(name, spec, value)
        return self._state(name, spec, value)

    def _refuse(self, key: str, message: str, known: list[str] | None = None) -> NoReturn:
        hint = nearest(key, known) if known else ""
        raise InvalidRulesetError(
            message + hint, file=self.where, line=self.line, key=f"examples.given.{key}"
        )

    def _elements(self, name: str, target: str, parent: Record | None, value: object) -> Elements:
        if value is None:
            return ABSENT_LIST
        given, closed, cause = self._listed(name, value)
        items = tuple(self.record(target, entry, parent) for entry in given)
        return Elements(items, closed=closed, cause=cause)

    def _strings(self, name: str, spec: FieldType, value: object) -> Elements:
        if value is None:
            return ABSENT_LIST
        given, closed, cause = self._listed(name, value)
        for entry in given:
            if spec.values and entry not in spec.values:
                self._refuse(name, f"没有“{entry}”这个取值" + nearest(str(entry), spec.values))
        return Elements(tuple(str(entry) for entry in given), closed=closed, cause=cause)

    def _listed(self, name: str, value: object) -> tuple[list[Any], bool, Cause]:
        match value:
            case {"open": [*items], **rest} if not rest:
                return items, False, Cause.OPEN_LIST
            case {"unknown": cause, **rest} if not rest and cause in set(Cause):
                return [], False, Cause(cause)
            case [*items]:
                return items, True, Cause.OPEN_LIST
            case _:
                self._refuse(name, "清单写成 […]、{open: […]}、{unknown: 原因} 或 null")

    def _state(self, name: str, spec: FieldType, value: object) -> State:
        if value is None:
            return ABSENT
        if isinstance(value, Mapping):
            return self._unknown(name, spec, value)
        return self._scalar(name, spec, value)

    def _unknown(self, name: str, spec: FieldType, value: Mapping[str, Any]) -> Unknown:
        match value:
            case {"unknown": cause, **rest} if not rest and cause in set(Cause):
                return Unknown(Cause(cause))
            case {"planned": day, **rest} if not rest:
                return Unknown(Cause.PLANNED, planned=self._scalar(name, spec, day))  # type: ignore[arg-type]
            case {"between": [lo, hi], **rest} if not rest:
                low, high = self._scalar(name, spec, lo), self._scalar(name, spec, hi)
                return Unknown(Cause.INCOMPLETE, low, high)  # type: ignore[arg-type]
            case _:
                self._refuse(name, f"看不懂“{dict(value)}”，应是 unknown、planned 或 between")

    def _scalar(self, name: str, spec: FieldType, value: object) -> Scalar:
        match spec.type:
            case FieldKind.BOOL if isinstance(value, bool):
                return value
            case FieldKind.INT if isinstance(value, int) and not isinstance(value, bool):
                return value
            case FieldKind.NUMBER if not isinstance(value, bool):
                try:
                    return Decimal(str(value))
                except InvalidOperation:
                    pass
            case FieldKind.ENUM if value in spec.values:
                return str(value)
            case FieldKind.STRING if isinstance(value, str):
                return value
            case FieldKind.DATE if isinstance(value, dt.date):
                return value
            case FieldKind.DATETIME if isinstance(value, str):
                try:
                    return dt.datetime.fromisoformat(value)
                except ValueError:
                    pass
        self._refuse(name, f"“{value}”不是“{spec.title}”要的内容", list(spec.values))


def build(
    requirement: Requirement, example: Example, schema: Schema, calendar: WorkCalendar
) -> Case:
    """The records of an example. Raises `InvalidRulesetError` where `given` is wrong."""
    where = f"{requirement.domain}/{requirement.id}.yaml"
    builder = _Builder(schema, where, example.line or None)
    parent_type = schema.get(requirement.subject).parent
    parent = None
    if example.parent is not None and parent_type is not None:
        parent = builder.record(parent_type, example.parent)
    given = dict(example.given)
    answer = given.pop(ANSWER, None)
    subject = builder.record(requirement.subject, given, parent)
    if answer is not None:
        if answer not in ANSWERS:
            raise InvalidRulesetError(
                f"没有“{answer}”这个取值" + nearest(str(answer), ANSWERS),
                file=where,
                line=builder.line,
                key=f"examples.given.{ANSWER}",
            )
        subject.values[MANUAL + requirement.id] = str(answer)
    if parent is None and parent_type is not None:
        subject.parent = builder.record(parent_type, {})
    place = (
        builder.record("place", example.place) if "place" in schema.types else Record("place", "")
    )
    always = (dt.date.min, dt.date.max)
    params = {
        name: (Period(*always, value),)
        for name, value in example.params.items()
        if value is not None
    }
    world = World(schema, example.as_of, calendar, place, params)
    return Case(subject, builder.records, world, example.year or example.as_of.year)


def cases_of(requirement: Requirement, schema: Schema, calendar: WorkCalendar) -> list[Case]:
    """All examples of a requirement; those of one day and place in one world, compiled for once.

    Raises `InvalidRulesetError` where one's `given` is wrong.
    """
    cases = [build(requirement, example, schema, calendar) for example in requirement.examples]
    worlds: dict[str, World] = {}
    for case in cases:
        case.world = worlds.setdefault(_around(case.world), case.world)
    return cases


def _around(world: World) -> str:
    return repr((world.as_of, world.place.values, world.params))


@dataclass(frozen=True, slots=True)
class Result:
    """What comes out of an example; severity and note only where the example asks."""

    outcome: Outcome
    severity: Severity | None
    note: bool | None


def expected(example: Example) -> Result:
    """What its author worked out."""
    return Result(example.outcome, example.severity, example.note)


def result(requirement: Requirement, example: Example, case: Case) -> Result:
    """What the reference says of an example, built as `case`."""
    measurer = Measurer(requirement, case.world, case.year)
    outcome = measurer.outcome(case.subject)
    severity = note = None
    if example.severity is not None:
        severity = measurer.severity_shown(case.subject, outcome)
    if example.note is not None:
        note = measurer.noted(case.subject, outcome)
    return Result(outcome, severity, note)


def outcomes_of(judge: Judge, asked: Sequence[tuple[Requirement, Case]]) -> list[Outcome]:
    """What `judge` says of the subject of each case, those of one day and place at once."""
    together: dict[tuple[str, int], list[tuple[Requirement, Case]]] = {}
    for requirement, case in asked:
        together.setdefault((_around(case.world), case.year), []).append((requirement, case))
    found: dict[tuple[str, int], Outcome] = {}
    for alike in together.values():
        records: dict[str, list[Record]] = {}
        for case in {id(case): case for _, case in alike}.values():
            for name, given in case.records.items():
                records.setdefault(name, []).extend(given)
        requirements = {requirement.id: requirement for requirement, _ in alike}
        _, first = alike[0]
        outcomes = judge.judge([*requirements.values()], records, first.world, first.year)
        for name, requirement in requirements.items():
            pairs = zip(records[requirement.subject], outcomes[name], strict=True)
            found |= {(name, id(record)): outcome for record, outcome in pairs}
    return [found[requirement.id, id(case.subject)] for requirement, case in asked]


def outcome_of(judge: Judge, requirement: Requirement, case: Case) -> Outcome:
    """What `judge` says of the example's subject."""
    return outcomes_of(judge, [(requirement, case)])[0]
