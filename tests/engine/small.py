"""A small schema and shortcuts: what the tests of the engine's core evaluate expressions with."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from engine.explaining.trace import Trace, Tracer
from engine.judging.reference import Frame, Reading, compile_expr
from engine.language import tree as t
from engine.language.check import check
from engine.language.vocabulary import Term, Vocabulary
from engine.model.schema import Schema
from engine.model.values import Cause, Elements, Record, Scalar, Unknown
from engine.model.workdays import WorkCalendar
from engine.model.world import Period, World
from engine.ruleset.load import load_ruleset
from engine.ruleset.model import Requirement, Ruleset
from facts.calendar import work_calendar
from facts.records.load import read_schema

Fact: TypeAlias = Any
"""A value, a state or a list: whatever a record can hold, or an expression yield."""

D = dt.date
AS_OF = D(2024, 6, 30)

SCHEMA: Schema = read_schema(
    {
        "thing.yaml": """
type: thing
title: 事项
label: word
fields:
  flag: {type: bool, title: 是否甲}
  done: {type: bool, title: 是否办完, progress: true}
  n: {type: int, title: 件数, unit: 件}
  m: {type: int, title: 份数}
  amount: {type: number, title: 金额, unit: 元}
  kind: {type: enum, title: 种类, values: {甲: [], 乙: [], 丙: []}}
  word: {type: string, title: 名称}
  secret: {type: string, title: 内部意见, internal: true}
  secret_on: {type: date, time: event, title: 内部日期, internal: true}
  secret_tags: {type: set, title: 内部标签, internal: true, complete: true}
  start: {type: date, time: event, title: 开始日期}
  on: {type: date, time: event, title: 办理日期, progress: true}
  until: {type: date, time: term, title: 截止日期}
  at: {type: datetime, time: event, title: 批准时刻}
  then: {type: datetime, time: event, title: 实施时刻}
  tags: {type: set, title: 标签, complete: true, values: {红: [], 绿: [], 蓝: []}}
  group: {type: object, title: 一组}
  group.on: {type: date, time: event, title: 组内日期}
nested:
  parts: {of: part, title: 分项, progress: true}
  fixed: {of: fixed_part, title: 固定分项}
""",
        "part.yaml": """
type: part
title: 分项
parent: thing
label: word
fields:
  n: {type: int, title: 分项件数, unit: 件}
  ok: {type: bool, title: 是否合格}
  on: {type: date, time: event, title: 分项日期}
  word: {type: string, title: 分项名称}
  note: {type: string, title: 内部批注, internal: true}
nested:
  leaves: {of: leaf, title: 细项}
""",
        "leaf.yaml": """
type: leaf
title: 细项
parent: part
fields:
  ok: {type: bool, title: 是否齐全}
""",
        "fixed_part.yaml": """
type: fixed_part
title: 固定分项
parent: thing
fields:
  ok: {type: bool, title: 是否合格}
""",
        "place.yaml": """
type: place
title: 本地
label: name
fields:
  name: {type: string, title: 地名}
  level: {type: enum, title: 层级, values: {市级: [], 县级: []}}
""",
    }
)

TERMS = {
    "big": Term("thing", "大事项", "thing.n >= 10"),
    "late": Term("thing", "办晚了", "thing.on > thing.until"),
}
PARAMS = {"most_days": t.Kind.INT, "share": t.Kind.NUMBER}
VOCABULARY = Vocabulary(SCHEMA, TERMS, PARAMS)
CALENDAR: WorkCalendar = work_calendar()

BLANK = Unknown(Cause.BLANK)
UNREADABLE = Unknown(Cause.UNREADABLE)


def between(lo: Fact, hi: Fact) -> Unknown:
    """A value known to lie within closed bounds."""
    return Unknown(Cause.INCOMPLETE, lo, hi)


def thing(**values: Fact) -> Record:
    """A thing with these fields; a list of dicts becomes closed nested records."""
    record = Record("thing", "事1")
    for name, value in values.items():
        record.values[name.replace("__", ".")] = value
    return record


def parts(parent: Record, *given: Mapping[str, Fact], closed: bool = True) -> Record:
    """The same thing, with parts."""
    items = tuple(
        Record("part", f"分{number}", dict(values), parent=parent)
        for number, values in enumerate(given, 1)
    )
    parent.values["parts"] = Elements(items, closed=closed)
    return parent


def strings(*items: str, closed: bool = True) -> Elements:
    """A set of strings."""
    return Elements(items, closed=closed)


def tree(text: str, kind: t.Kind = t.Kind.BOOL, subject: str = "thing") -> t.Expr:
    """The typed tree of a text about a thing."""
    return check(text, subject, kind, VOCABULARY)


def world(
    as_of: dt.date = AS_OF,
    params: Mapping[str, Sequence[Period]] | None = None,
    assumed: frozenset[tuple[str, str]] = frozenset(),
    place: Mapping[str, Scalar] | None = None,
) -> World:
    """A world on a day."""
    here = Record("place", "本地", dict(place or {}))
    return World(SCHEMA, as_of, CALENDAR, here, params or {}, assumed)


def value(  # noqa: PLR0913 - what an evaluation depends on
    text: str,
    record: Record,
    *,
    kind: t.Kind = t.Kind.BOOL,
    reading: Reading = Reading.JUDGE,
    within: World | None = None,
    act: tuple[Fact, Fact] = (AS_OF, AS_OF),
) -> Fact:
    """What a text yields for a record."""
    node = tree(text, kind, record.type)
    return compile_expr(node, within or world(), reading)(Frame({record.type: record}, act))


def traced(text: str, record: Record, reading: Reading = Reading.JUDGE) -> Trace:
    """The trace of a text for a record."""
    node = tree(text, t.Kind.BOOL, record.type)
    return Tracer(world(), reading).trace(node, Frame({record.type: record}, (AS_OF, AS_OF)))


def requirement(**changes: Fact) -> Requirement:
    """A requirement on things, carried by a law of 2020, a policy paper or both."""
    return ruleset(changes).requirements["a-one"]


def ruleset(*changed: Mapping[str, Fact], gates: str = "{}", **tables: str) -> Ruleset:
    """Requirements like that one, each with its changes; other tables as their files are."""
    files = {
        "ruleset.yaml": "version: '1'\ntitle: 试\n",
        "instruments.yaml": (
            "LAW: {name: 某条例, from: 2020-01-01, read: full}\n"
            "PAPER: {name: 某纲要, from: 2021-08-11, until: 2023-12-31, policy: true, read: full}\n"
        ),
        "parameters/here.yaml": "most_days: {title: 最多日数}\nshare: {title: 比例}\n",
        "gates.yaml": gates,
        **{f"{name}.yaml": text for name, text in tables.items()},
    }
    for changes in changed:
        written = {
            "id": "a-one",
            "title": "办理",
            "subject": "thing",
            "basis": [{"instrument": "LAW", "article": "第一条"}],
            "severity": "major",
            "act_on": "thing.start",
            "require": "thing.flag",
            "message": "没有办",
            "remedy": "去办",
            "rationale": "理由",
            **changes,
        }
        files[f"dom/{written['id']}.yaml"] = yaml.safe_dump(written, allow_unicode=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return load_ruleset(Path(folder), SCHEMA)
