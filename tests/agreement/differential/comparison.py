"""Every engine judges the same material, and each outcome is held against the reference's."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Final, cast, get_args

import pytest

from engine.judging import rete
from engine.judging.judge import Outcomes, ReferenceJudge
from engine.judging.sql import SqlJudge
from engine.judging.sql.judge import DatabaseName
from engine.model.outcome import Outcome
from engine.model.values import Record
from engine.model.workdays import WorkCalendar
from engine.model.world import World
from engine.ruleset.model import Requirement, Ruleset
from tests.agreement.generators import world as small
from tests.agreement.generators.examples import near_examples
from tests.agreement.generators.landmarks import landmarks
from tests.agreement.generators.records import RecordDice

RETE: Final = "durable_rules"
DUCKDB: Final = "duckdb"
SQLITE: Final = "sqlite"
CEL: Final = "CEL"


@dataclass(frozen=True)
class Material:
    """What one round judges."""

    requirements: Sequence[Requirement]
    records: Mapping[str, Sequence[Record]]
    world: World
    year: int


@dataclass
class Comparison:
    """Comparisons made so far, by engine; the outcomes seen; and where the engines differ."""

    made: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    seen: dict[str, set[Outcome]] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)
    abstained: dict[str, str] = field(default_factory=dict)
    partly: set[str] = field(default_factory=set)
    first: int | None = None
    """The comparison at which the first difference showed."""

    @property
    def total(self) -> int:
        """All comparisons."""
        return sum(self.made.values())

    def add(self, engine: str, material: Material, expected: Outcomes | None = None) -> None:
        """Judge the material with an engine and hold it against what the reference says."""
        if expected is None:
            expected = judged(material)
        found = self._judge(engine, material)
        for name, outcomes in expected.items():
            self.outcomes.update(outcomes)
            self.seen.setdefault(name, set()).update(outcomes)
        for requirement in material.requirements:
            pairs = zip(expected[requirement.id], found[requirement.id], strict=True)
            for row, (want, got) in enumerate(pairs):
                if got is None:
                    continue
                self.made[engine] += 1
                if engine == CEL and want is Outcome.NOT_EVIDENCED:
                    want = Outcome.UNKNOWN  # noqa: PLW2901 - CEL is not asked about evidence
                if want is not got:
                    record = material.records[requirement.subject][row]
                    self.first = self.first or self.total
                    self.differences.append(
                        f"{engine} {requirement.id} {record.key} {row}: {want} {got}"
                    )

    def _judge(self, engine: str, material: Material) -> Mapping[str, Sequence[Outcome | None]]:
        given = material.requirements, material.records, material.world, material.year
        if engine == RETE:
            return rete.ReteJudge().judge(*given)
        if engine in get_args(DatabaseName):
            return SqlJudge(cast("DatabaseName", engine)).judge(*given)
        from tests.agreement.differential.cel_judge import CelJudge  # noqa: PLC0415 - not everywhere

        judge = CelJudge(material.world, material.year)
        found = judge.judge(material.requirements, material.records)
        self.abstained |= judge.abstained
        self.partly |= judge.partly
        return found


def judged(material: Material) -> Outcomes:
    """What the reference says."""
    given = material.requirements, material.records, material.world, material.year
    return ReferenceJudge().judge(*given)


def has(engine: str) -> bool:
    """Whether this machine has the engine."""
    if engine == RETE:
        return rete.available()
    return engine != CEL or find_spec("cel_expr_python") is not None


def need(engine: str) -> None:
    """Skip the test where this machine has no such engine."""
    names = {
        RETE: "durable_rules（Windows、Python 3.13 以上装不了）",
        CEL: "cel-expr-python（不是每个平台都有）",
    }
    if not has(engine):
        pytest.skip(f"没有装 {names[engine]}")


ENGINES = (RETE, SQLITE, DUCKDB, CEL)


def generated(seed: int, each: int = 5, count: int = 20) -> Material:
    """Random requirements over random records of the small world that has everything."""
    return Material(*small.material(seed, each, count), small.YEAR)


def shipped(seed: int, ruleset: Ruleset, calendar: WorkCalendar, share: float) -> Material:
    """Every shipped requirement, over records near the examples and over ones far from them."""
    dice = random.Random(seed)  # noqa: S311 - dice
    year = dice.choice((2023, 2024, 2025))
    as_of = dt.date(year, 12, 31) + dt.timedelta(dice.choice((-300, -30, 0, 31, 90)))
    requirements = list(ruleset.requirements.values())
    params = ruleset.periods(dice.choice(("", *ruleset.parameters)))
    around = landmarks(requirements, params, calendar)
    far = RecordDice(ruleset.schema, dice, as_of, around)
    place = far.place()
    records = far.population(1)
    near = near_examples(requirements, ruleset.schema, calendar, dice, as_of, around, share)
    for name, more in near.items():
        records[name] = [*records.get(name, []), *more]
    gates = [(g.subject, g.assumes) for g in ruleset.gates.values() if g.assumes is not None]
    assumed = frozenset(gates if dice.random() < 0.2 else ())
    world = World(ruleset.schema, as_of, calendar, place, params, assumed)
    return Material(requirements, records, world, year)
