"""A small world of its own for the matching engine, to write cases by hand in."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from collections.abc import Sequence
from typing import Any

from engine.language import tree as t
from engine.language.check import check
from engine.language.vocabulary import Term, Vocabulary
from engine.model.field import FieldType
from engine.model.outcome import Severity
from engine.model.record_type import Nested, RecordType
from engine.model.schema import Schema
from engine.model.values import Record
from engine.model.workdays import WorkCalendar
from engine.model.world import Period, World
from engine.ruleset.files import RequirementFile, RequirementKind
from engine.ruleset.frozen import Later
from engine.ruleset.model import Requirement, Severities, Text, Window
from tests.agreement.generators.records import RecordDice

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
        "unconfirmed": None,
        "file": _FILE,
        "worked": Later(()),
    }
    return Requirement(**values)


def decision(key: str = "甲", **values: Any) -> Record:  # noqa: ANN401 - any state
    """A decision; `__` in a name stands for a dot."""
    return Record("decision", key, {name.replace("__", "."): v for name, v in values.items()})


def decisions(seed: int, count: int) -> list[Record]:
    """Random decisions, the same for the same seed."""
    dice = RecordDice(SCHEMA, random.Random(seed), AS_OF)  # noqa: S311 - dice
    return dice.population(count)["decision"]
