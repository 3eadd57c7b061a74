"""fazhi's everyday engines (SQLite or DuckDB, and durable_rules beside it), from its records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.engines.duties import AS_OF, CASE, CERTIFICATE, OFFICER
from benchmarks.engines.fazhi_sql import ROOT
from engine.judging.ahead import come_about
from engine.judging.run import judge as judge_records
from engine.judging.run import run_of
from engine.model.outcome import Outcome
from engine.ruleset.load import load_ruleset
from facts.folder import read_office
from facts.records.load import load_schema
from tables.declared import all_types, tables_of
from tables.duck_lake import DuckLake
from tables.judged import open_tables, prepared_for
from tables.records import Rows


def prepare(folder: Path, task: str) -> Callable[[], Callable[[], Mapping[str, str]]]:
    """Outcomes of both engines, compared."""
    ruleset = load_ruleset(ROOT / "rulesets", load_schema())
    names = (*OFFICER, *CERTIFICATE) if task == "officers" else tuple(CASE)
    asked = [ruleset.requirements[name] for name in names]
    facts, settings = read_office(folder, ruleset.schema)
    run = run_of(ruleset, facts, dt.date.fromisoformat(AS_OF))
    with DuckLake(folder, run.world.as_of, run.year) as lake:
        opened = open_tables(lake, all_types(tables_of(settings.tables, ruleset.schema)))
        made = prepared_for(opened.sources, asked, ruleset.schema, run.facts.closed, {})
        for statement in made.statements():
            lake.make(statement)
        rows = Rows(lake, ruleset.schema, made.needs, made.tables, run.world.place)
        ids = {
            name: [int(row[0]) for row in lake.database.rows(f'SELECT id FROM "{name}" ORDER BY 1')]
            for name in opened.sources
        }
        records = rows.records(ids)
    numbers = {outcome: chr(65 + number) for number, outcome in enumerate(Outcome)}

    def judge() -> Callable[[], Mapping[str, str]]:
        outcomes = judge_records(come_about(run.on(records)), asked).outcomes
        return lambda: {
            each.id: "".join(numbers[outcome] for outcome in outcomes[each.id]) for each in asked
        }

    return judge
