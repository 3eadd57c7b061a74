"""Statements over whole tables come to what a run of records comes to, days and doubts included."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from engine.judging import run as running
from engine.judging.ahead import come_about
from engine.judging.judge import ReferenceJudge
from engine.judging.measure import Measurer
from engine.judging.run import judge
from engine.judging.sql.dialects import render
from engine.judging.sql.duck import DuckDb
from engine.judging.sql.tables import Tables, load
from engine.judging.sql.whole.program import Program, read_by, severity_of
from engine.model.outcome import Outcome
from engine.model.workdays import WorkCalendar
from engine.ruleset.model import Requirement, Ruleset
from tests.agreement.differential import comparison as c
from tests.runs import a_run

_OUTCOMES = tuple(Outcome)
SHARE = 25
"""Requirements of an ordinary round; the long profile judges all of them."""


def by_statements(material: c.Material) -> Mapping[str, list[tuple[Outcome, int]]]:
    """Outcome and rank of severity by requirement, in the order of the subjects."""
    world, schema = material.world, material.world.schema
    needs = read_by(material.requirements, schema)
    tables = Tables()
    place = tables.number("place", world.place)
    for name in needs.types:
        for record in material.records.get(name, ()):
            tables.number(name, record)
    database = DuckDb(world.as_of, material.year)
    load(database, tables, needs, schema)
    database.add_calendar(world.calendar)
    assert not tables.unfit
    program = Program(material.requirements, world, tables, needs, place)
    for statement in program.finding:
        database.make(statement.name, render(statement.select), view=not statement.kept)
    asked = {each: database.rows(render(query))[0][0] for each, query in program.asking.items()}
    program.only([each for each, many in asked.items() if many])
    for statement in program.settling:
        database.make(statement.name, render(statement.select), view=not statement.kept)
    found = {}
    for judging in program.judgings():
        if not material.records.get(judging.subject):
            continue
        for statement in judging.statements:
            database.make(statement.name, render(statement.select), view=not statement.kept)
        rows = len(material.records[judging.subject])
        for each in judging.requirements:
            text = (
                f'SELECT "{each.id}", "{severity_of(each.id)}" FROM "{judging.table}" ORDER BY id'  # noqa: S608
            )
            numbers = database.rows(text)
            # links lead to rows of the type that are no subjects: they come after
            found[each.id] = [(_OUTCOMES[a], int(b)) for a, b in numbers[:rows]]
    database.close()
    return found


def _chosen(material: c.Material, share: int | None, dice: random.Random) -> Sequence[Requirement]:
    every = [each for each in material.requirements if material.records.get(each.subject)]
    return every if share is None else dice.sample(every, share)


@pytest.mark.rounds(1, nightly=4)
def test_statements_come_to_what_a_run_comes_to(
    rounds: int,
    request: pytest.FixtureRequest,
    ruleset: Ruleset,
    calendar: WorkCalendar,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Broken by a day ahead that a statement counts, a doubt it doesn't find, or finds too wide."""
    monkeypatch.setattr(
        running, "everyday_judges", lambda _: (ReferenceJudge(), ReferenceJudge(), "")
    )
    long = request.config.getoption("markexpr") == "nightly"
    seen: set[Outcome] = set()
    doubtful = ahead = 0
    for seed in range(rounds):
        material = c.shipped(seed + 20, ruleset, calendar, 0.1)
        dice = random.Random(seed)  # noqa: S311 - dice
        material = replace(material, requirements=_chosen(material, None if long else SHARE, dice))
        run = a_run({**material.records}, material.world, material.year)
        come = come_about(run)
        judged = judge(come, material.requirements)
        doubtful += len(judged.doubtful)
        ahead += sum(
            a is not b
            for name, found in come.records.items()
            for a, b in zip(found, run.records[name], strict=True)
        )
        found = by_statements(material)
        for each in material.requirements:
            measurer = Measurer(each, material.world, material.year)
            ranks = [measurer.severity(record).rank for record in come.records[each.subject]]
            wanted = list(zip(judged.outcomes[each.id], ranks, strict=True))
            assert found[each.id] == wanted, each.id
            seen.update(judged.outcomes[each.id])
    # else nothing was tried
    assert doubtful > 0
    assert ahead > 0
    assert len(seen) >= 5
