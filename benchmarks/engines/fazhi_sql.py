"""fazhi over tables: read as texts that may be anything, checked, judged, sampled, counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.engines.duties import AS_OF, CASE, CERTIFICATE, OFFICER
from engine.judging.run import run_of
from engine.judging.sql.judge import LARGE
from engine.ruleset.load import load_ruleset
from facts.folder import read_office
from facts.records.load import load_schema
from tables.declared import all_types, tables_of
from tables.duck_lake import DuckLake
from tables.judged import JudgedTables, TableRun, judge_tables, open_tables
from tables.results import results_of

ROOT = Path(__file__).resolve().parent.parent.parent


def prepare(folder: Path, task: str) -> Callable[[], Callable[[], Mapping[str, str]]]:
    """Outcomes, findings and counts, from parquet; always by statements, however few rows."""
    return prepared(folder, task, large=0)


def prepared(
    folder: Path, task: str, large: int = LARGE
) -> Callable[[], Callable[[], Mapping[str, str]]]:
    """The same; up to `large` rows by the everyday engines."""
    ruleset = load_ruleset(ROOT / "rulesets", load_schema())
    names = (*OFFICER, *CERTIFICATE) if task == "officers" else tuple(CASE)
    asked = [ruleset.requirements[name] for name in names]
    facts, settings = read_office(folder, ruleset.schema)
    run = run_of(ruleset, facts, dt.date.fromisoformat(AS_OF))

    def judge() -> Callable[[], Mapping[str, str]]:
        lake = DuckLake(folder, run.world.as_of, run.year)
        opened = open_tables(lake, all_types(tables_of(settings.tables, ruleset.schema)))
        judged = judge_tables(TableRun(lake, ruleset, run, opened, {}, large), asked)
        results_of(lake, judged, unmask=False)

        def letters() -> Mapping[str, str]:
            with lake:
                return _letters(lake, judged)

        return letters

    return judge


def _letters(lake: DuckLake, judged: JudgedTables) -> dict[str, str]:
    found = {}
    for judging in judged.judgings:
        for each in judging.requirements:
            query = (
                f'SELECT string_agg(chr(65 + o."{each.id}"), \'\' ORDER BY s."|key") '
                f'FROM "{judging.table}" o JOIN "{judging.subject}" s USING (id)'
            )
            found[each.id] = str(lake.database.rows(query)[0][0])
    return found
