"""A small world of its own for the matching engine: schema, random records and expressions."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from engine.language import tree as t
from engine.language.check import Term, Vocabulary, check
from engine.outcome import Severity
from engine.reference import World
from engine.ruleset.files import RequirementFile, RequirementKind
from engine.ruleset.model import Period, Requirement, Severities, Text, Window
from engine.schema import FieldType, Nested, RecordType, Schema
from engine.values import ABSENT, ABSENT_LIST, Cause, Elements, Record, State, Unknown
from engine.workdays import WorkCalendar

AS_OF = dt.date(2024, 7, 20)
YEAR = 2024
ALWAYS = (Window(dt.date.min, dt.date.max),)


def _field(kind: str, **more: Any) -> FieldType:  # noqa: ANN401 - as pydantic takes it
    return FieldType(type=kind, title=kind, **more)


SCHEMA = Schema(
    [
        RecordType(
            type="decision",
            title="决策",
            fields={
                "flag": _field("bool"),
                "todo": _field("bool", progress=True),
                "number": _field("int"),
                "amount": _field("number"),
                "name": _field("string"),
                "held_on": _field("date", time="event"),
                "done_on": _field("date", time="event"),
                "until": _field("date", time="term"),
                "tags": _field("set"),
            },
            nested={
                "hearings": Nested(of="hearing", title="听证", progress=True),
                "meetings": Nested(of="meeting", title="会议"),
            },
        ),
        RecordType(
            type="hearing",
            title="听证",
            parent="decision",
            fields={"held_on": _field("date", time="event"), "people": _field("int")},
        ),
        RecordType(type="meeting", title="会议", parent="decision", fields={"ok": _field("bool")}),
        RecordType(type="place", title="地方", fields={"county": _field("bool")}),
    ]
)

VOCABULARY = Vocabulary(
    SCHEMA,
    {
        "major": Term("decision", "重大", "decision.number >= 10 || decision.flag"),
        "heard": Term("decision", "听证", "decision.hearings.exists(h, has(h.held_on))"),
    },
    {"limit": t.Kind.INT},
)


def world(**more: Any) -> World:  # noqa: ANN401 - any field of a world
    """A county in 2024, whose calendar knows 2024 alone."""
    start = dt.date(2024, 1, 1)
    days = [start + dt.timedelta(n) for n in range(366)]
    place = Record("place", "本县", {"county": True})
    params = {"limit": [Period(dt.date(2024, 3, 1), dt.date(2024, 9, 30), 12)]}
    calendar = WorkCalendar({2024: [day for day in days if day.weekday() < 5]})
    return World(SCHEMA, AS_OF, calendar, place, **{"params": params, **more})


def expr(text: str, subject: str = "decision", kind: t.Kind = t.Kind.BOOL) -> t.Expr:
    """The typed tree of `text`."""
    return check(text, subject, kind, VOCABULARY)


_FILE = RequirementFile.model_construct(id="x", title="x")


def text(  # noqa: PLR0913 - one argument per expression of a requirement
    require: str,
    *,
    applies: str = "true",
    lenient: str | None = None,
    due: str | None = None,
    evidence: Sequence[str] = (),
    windows: tuple[Window, ...] = ALWAYS,
    subject: str = "decision",
) -> Text:
    """One text of a duty."""
    named = [field.partition(".") for field in evidence]
    return Text(
        basis=(),
        windows=windows,
        lawful=windows,
        applies=expr(applies, subject),
        require=expr(require, subject),
        lenient=None if lenient is None else expr(lenient, subject),
        due=None if due is None else expr(due, subject, t.Kind.DATE),
        evidence=frozenset((record, path) for record, _, path in named),
        note=None,
        message="",
        remedy="",
    )


def requirement(
    *texts: Text,
    act_on: str = "as_of",
    subject: str = "decision",
    name: str = "r",
    confirmed: bool = True,
) -> Requirement:
    """A requirement of these texts, the current one first."""
    # What the engine does not read is left empty.
    values: dict[str, Any] = {field.name: () for field in dataclasses.fields(Requirement)}
    values |= {
        "id": name,
        "domain": "d",
        "title": name,
        "subject": subject,
        "kind": RequirementKind.CHECKED,
        "severities": Severities((), Severity.MAJOR),
        "act_on": expr(act_on, subject, t.Kind.DATE),
        "texts": texts,
        "confirmed": confirmed,
        "file": _FILE,
    }
    return Requirement(**values)


def decision(key: str = "甲", **values: Any) -> Record:  # noqa: ANN401 - any state
    """A decision; `__` in a name stands for a dot."""
    return Record("decision", key, {name.replace("__", "."): v for name, v in values.items()})


class Dice:
    """Random records and well-typed expressions, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - dice
        self.names = 0

    def pick(self, *choices: Any) -> Any:  # noqa: ANN401 - one of them
        return self.random.choice(choices)

    # records

    def state(self, known: State) -> State:
        roll = self.random.random()
        if roll < 0.6:
            return known
        return self.pick(
            ABSENT, Unknown(Cause.BLANK), Unknown(Cause.BLANK), Unknown(Cause.UNREADABLE)
        )

    def day(self) -> State:
        day = dt.date(2024, 1, 1) + dt.timedelta(self.random.randrange(-40, 400))
        roll = self.random.random()
        if roll < 0.1:
            return Unknown(Cause.INCOMPLETE, lo=day, hi=day + dt.timedelta(20))
        if roll < 0.2:
            return Unknown(Cause.BLANK, planned=day)
        return self.state(day)

    def number(self) -> State:
        if self.random.random() < 0.15:
            low = self.random.randrange(20)
            return Unknown(Cause.INCOMPLETE, lo=low, hi=self.pick(None, low + 5))
        return self.state(self.random.randrange(20))

    def elements(self, items: tuple[Any, ...]) -> Elements:
        roll = self.random.random()
        if roll < 0.1:
            return ABSENT_LIST
        return Elements(items, closed=roll < 0.6, cause=self.pick(Cause.BLANK, Cause.OPEN_LIST))

    def record(self, key: str) -> Record:
        record = Record("decision", key)
        count = self.random.randrange(3)
        hearings = [
            Record("hearing", f"{key}-{n}", {"held_on": self.day(), "people": self.number()})
            for n in range(count)
        ]
        meetings = [
            Record("meeting", f"{key}-{n}", {"ok": self.state(self.pick(True, False))})
            for n in range(self.random.randrange(3))
        ]
        for child in (*hearings, *meetings):
            child.parent = record
        record.values = {
            "flag": self.state(self.pick(True, False)),
            "todo": self.state(self.pick(True, False)),
            "number": self.number(),
            "amount": self.state(Decimal(self.random.randrange(200)) / 8),
            "name": self.state(self.pick("县政府", "局", "办公室")),
            "held_on": self.day(),
            "done_on": self.day(),
            "until": self.day(),
            "tags": self.elements(tuple(self.pick("甲", "乙", "丙") for _ in range(2))),
            "hearings": self.elements(tuple(hearings)),
            "meetings": self.elements(tuple(meetings)),
        }
        for name in ("flag", "number", "held_on"):
            if self.random.random() < 0.05:
                del record.values[name]
        return record

    # expressions

    def truth(self, depth: int) -> str:
        if depth > 0 and self.random.random() < 0.75:
            a, b = self.truth(depth - 1), self.truth(depth - 1)
            return str(
                self.pick(
                    f"({a} && {b})",
                    f"({a} || {b})",
                    f"({a} && {b} && {self.truth(depth - 1)})",
                    f"({a} || {b} || {self.truth(depth - 1)})",
                    f"!({a})",
                    f"({a} ? {b} : {self.truth(depth - 1)})",
                    f"(({a}) == ({b}))",
                )
            )
        return self.atom()

    def atom(self) -> str:
        var = f"x{self.names}"
        self.names += 1
        op = self.pick("<", "<=", ">", ">=", "==", "!=")
        return str(
            self.pick(
                "true",
                "false",
                "decision.flag",
                "decision.todo",
                "place.county",
                "term.major",
                "term.heard",
                f"has(decision.{self.pick('flag', 'number', 'name', 'held_on', 'hearings')})",
                f"{self.integer()} {op} {self.random.randrange(-3, 20)}",
                f"{self.random.randrange(20)} {op} {self.integer()}",
                f"decision.amount {op} {self.random.randrange(20)}",
                f"{self.date()} {op} {self.date()}",
                f"decision.name {self.pick('==', '!=')} '局'",
                "decision.name in ['局', '县政府']",
                "decision.number in [3, 4, 5]",
                f"decision.number {op} param.limit",
                f"decision.hearings.all({var}, {var}.people > 5)",
                f"decision.hearings.exists({var}, {var}.held_on < decision.held_on)",
                f"at_least(2, decision.meetings, {var}, {var}.ok)",
                f"decision.tags.exists({var}, {var} == '甲')",
                f"sum(decision.hearings, {var}, {var}.people) {op} 12",
                f"decision.hearings.filter({var}, has({var}.held_on)).size() {op} 1",
            )
        )

    def integer(self) -> str:
        return str(
            self.pick(
                "decision.number",
                "size(decision.hearings)",
                "days(decision.held_on, decision.done_on)",
                "workdays(decision.held_on, as_of)",
                "(decision.number + 3)",
                "(decision.number * 2)",
            )
        )

    def date(self) -> str:
        return str(
            self.pick(
                "decision.held_on",
                "decision.done_on",
                "decision.until",
                "as_of",
                "date(2024, 6, 1)",
                "add_days(decision.held_on, 30)",
                "max(decision.held_on, decision.done_on)",
            )
        )

    def windows(self) -> tuple[Window, ...]:
        start = dt.date(2023, 6, 1) + dt.timedelta(self.random.randrange(600))
        return self.pick(
            ALWAYS,
            ALWAYS,
            (Window(start, dt.date.max),),
            (Window(dt.date.min, start),),
            (Window(start, start + dt.timedelta(60)),),
        )

    def text(self, depth: int) -> Text:
        fields = ("flag", "todo", "number", "name", "held_on", "done_on", "hearings", "tags")
        evidence = [f"decision.{name}" for name in fields if self.random.random() < 0.7]
        if self.random.random() < 0.2:
            evidence.append("hearing.held_on")
        return text(
            self.truth(depth),
            applies=self.pick("true", "term.major", self.truth(1)),
            lenient=self.pick(None, self.truth(depth)),
            due=self.pick(None, None, self.date()),
            evidence=self.pick((), evidence, evidence),
            windows=self.windows(),
        )

    def requirement(self, name: str, depth: int = 2) -> Requirement:
        texts = [self.text(depth) for _ in range(self.pick(1, 1, 1, 2, 3))]
        return requirement(*texts, act_on=self.date(), name=name)
