"""A small world with everything in it: every kind of field, list, link, term and parameter."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from engine.language import tree as t
from engine.language.check import check
from engine.language.vocabulary import Term, Vocabulary
from engine.model.values import Record
from engine.model.workdays import WorkCalendar
from engine.model.world import Period, World
from engine.ruleset.model import Requirement
from facts.records.load import read_schema
from tests.agreement.generators.landmarks import landmarks
from tests.agreement.generators.records import RecordDice
from tests.agreement.generators.requirements import RequirementDice

AS_OF = dt.date(2024, 7, 20)
DAYS = (
    AS_OF,
    dt.date(2024, 2, 29),
    dt.date(2024, 4, 30),
    dt.date(2024, 10, 20),
    dt.date(2025, 2, 28),
)
"""Days of the check: last days of months, and one amid the holiday of `calendar`."""

YEAR = 2024

SCHEMA = read_schema(
    {
        "act.yaml": """
type: act
title: 行为
fields:
  flag: {type: bool, title: 甲}
  done: {type: bool, title: 办完, progress: true}
  n: {type: int, title: 件数}
  amount: {type: number, title: 金额}
  kind: {type: enum, title: 种类, values: {甲: [], 乙: [], 丙: []}}
  word: {type: string, title: 名称, progress: true}
  on: {type: date, time: event, title: 办理日期, planned: due_on, progress: true}
  due_on: {type: date, time: term, title: 期限}
  at: {type: datetime, time: event, title: 时刻}
  until: {type: datetime, time: term, title: 截止时刻}
  tags: {type: set, title: 标签, progress: true, values: {甲: [], 乙: [], 丙: []}}
  words: {type: set, title: 词语}
nested:
  parts: {of: part, title: 分项, progress: true}
  fixed: {of: fixed, title: 固定分项}
links:
  people: {to: person, title: 人员, on: {name: word}}
  earlier: {to: act, title: 先前行为, on: {word: word}}
""",
        "part.yaml": """
type: part
title: 分项
parent: act
fields:
  n: {type: int, title: 分项件数}
  ok: {type: bool, title: 合格, progress: true}
  on: {type: date, time: event, title: 分项日期}
  word: {type: string, title: 分项名称}
nested:
  leaves: {of: leaf, title: 细项}
links:
  people: {to: person, title: 人员, on: {name: word}}
""",
        "leaf.yaml": """
type: leaf
title: 细项
parent: part
fields:
  ok: {type: bool, title: 齐全}
  amount: {type: number, title: 细项金额}
  kinds: {type: set, title: 细项种类}
""",
        "fixed.yaml": """
type: fixed
title: 固定分项
parent: act
fields:
  ok: {type: bool, title: 合格}
  from: {type: date, time: term, title: 起}
""",
        "person.yaml": """
type: person
title: 人员
fields:
  name: {type: string, title: 姓名}
  born_on: {type: date, time: event, title: 出生日期}
  roles: {type: set, title: 职务}
""",
        "place.yaml": """
type: place
title: 本地
fields:
  level: {type: enum, title: 层级, values: {市级: [], 县级: []}}
  area: {type: number, title: 面积}
  names: {type: set, title: 别名}
""",
    }
)
VOCABULARY = Vocabulary(
    SCHEMA,
    {
        "big": Term("act", "大", "act.n >= 5 || act.parts.exists(p, p.n > 7)"),
        "late": Term("part", "晚", "part.on > part.parent.due_on"),
        "local": Term("leaf", "本地", "place.level == '县级' && leaf.ok"),
    },
    {"most": t.Kind.INT, "share": t.Kind.NUMBER, "unset": t.Kind.INT},
)
PARAMS: Mapping[str, Sequence[Period]] = {
    "most": (
        Period(dt.date(2023, 9, 1), dt.date(2024, 7, 15), 5),
        Period(dt.date(2024, 7, 10), dt.date.max, 9),
    ),
    "share": (Period(dt.date.min, dt.date.max, Decimal("0.35")),),
}


def calendar() -> WorkCalendar:
    """2023 to 2024 and 2026, with a holiday and a make-up day: 2025 is not covered."""
    years: dict[int, list[dt.date]] = {}
    for year in (2023, 2024, 2026):
        day = dt.date(year, 1, 1)
        days = [day + dt.timedelta(n) for n in range(366)]
        years[year] = [
            each
            for each in days
            if each.year == year
            and ((each.weekday() < 5 and each.month != 10) or each == dt.date(2024, 2, 18))
        ]
    return WorkCalendar(years)


CALENDAR = calendar()


def world(**more: Any) -> World:  # noqa: ANN401 - any field of a world
    """The world around one check."""
    given: dict[str, Any] = {
        "schema": SCHEMA,
        "as_of": AS_OF,
        "calendar": CALENDAR,
        "place": Record("place", "本地", {"level": "县级", "area": Decimal("12.5")}),
        "params": PARAMS,
    }
    return World(**(given | more))


def tree(text: str, kind: t.Kind = t.Kind.BOOL, subject: str = "act") -> t.Expr:
    """The typed tree of a text."""
    return check(text, subject, kind, VOCABULARY)


def material(
    seed: int, each: int, count: int
) -> tuple[list[Requirement], dict[str, list[Record]], World]:
    """Requirements on every subject type, records of every type, and a world."""
    dice = random.Random(seed)  # noqa: S311 - dice
    assumed = frozenset({("act", "on")}) if dice.random() < 0.2 else frozenset()
    as_of = dice.choice(DAYS)
    maker = RequirementDice(VOCABULARY, dice, as_of)
    wanted: list[Requirement] = []
    # Most of what there is to say is said of acts.
    for subject, share in {"act": 3, "part": 1, "leaf": 1, "person": 1}.items():
        for number in range(share * each):
            wanted.append(maker.requirement(f"{subject}-{number}", subject, dice.choice((1, 2, 3))))
            name = f"{subject}-{number}-"
            wanted.append(maker.duty(name + "duty", subject))
            wanted.append(maker.question(name + "question", subject, dice.choice((0, 1, 1, 2))))
            if subject == "act":
                wanted += [maker.term_of_days(f"{name}days{more}", subject) for more in range(3)]
    records = RecordDice(SCHEMA, dice, as_of, landmarks(wanted, PARAMS, CALENDAR))
    place = records.place()
    return wanted, records.population(count), world(as_of=as_of, place=place, assumed=assumed)
