"""Folders with tables, and what comes of them."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from engine.judging.run import run_of
from engine.model.outcome import Outcome
from engine.model.survey import Survey
from engine.ruleset.model import Ruleset
from facts.folder import read_office
from tables.counting import counted
from tables.declared import all_types, tables_of
from tables.duck_lake import DuckLake
from tables.judged import TableRun, judge_tables, open_tables
from tables.lake import Lake
from tables.results import results_of

AS_OF = dt.date(2025, 3, 10)
_OUTCOMES = tuple(Outcome)
ALL_LARGE = 0
"""So few rows are already judged in the database."""

Outcomes = dict[tuple[str, int], Outcome]
"""By requirement and row, counted from 1."""


def write_csv(
    path: Path, rows: Sequence[Mapping[str, str]], encoding: str = "utf-8", mark: str = ","
) -> None:
    """A csv file of these rows, the first of which names the columns."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=mark)
        writer.writeheader()
        writer.writerows(rows)


def in_duckdb(folder: Path, year: int) -> Lake:
    """DuckDB with the tables of a folder."""
    return DuckLake(folder, AS_OF, year)


def surveyed(  # noqa: PLR0913 - what a run is about
    folder: Path,
    ruleset: Ruleset,
    *,
    large: int = ALL_LARGE,
    unmask: bool = False,
    lake_of: Callable[[Path, int], Lake] = in_duckdb,
    asked: Sequence[str] = (),
) -> tuple[Survey, Outcomes]:
    """The survey of a folder, and every outcome, of these requirements if any are named."""
    facts, settings = read_office(folder, ruleset.schema, jurisdiction="河南")
    run = run_of(ruleset, facts, AS_OF, unmask=unmask)
    with lake_of(folder, facts.year) as lake:
        opened = open_tables(lake, all_types(tables_of(settings.tables, ruleset.schema)))
        one = TableRun(lake, ruleset, run, opened, settings.agencies, large)
        names = asked or ruleset.requirements
        judged = judge_tables(one, [ruleset.requirements[name] for name in names])
        results = results_of(lake, judged, unmask=unmask)
        survey = counted(results, ruleset, run, judged)
        outcomes: Outcomes = {}
        for judging in judged.judgings:
            names = [each.id for each in judging.requirements]
            listed = ", ".join(f'"{name}"' for name in names)
            for row, *numbers in lake.rows(f'SELECT id, {listed} FROM "{judging.table}"'):  # noqa: S608
                for name, number in zip(names, numbers, strict=True):
                    outcomes[name, int(row) + 1] = _OUTCOMES[number]
    return survey, outcomes


def settings(folder: Path, tables: str, more: str = "") -> None:
    """The settings of a folder with these tables."""
    text = f"place: {{name: 试县, level: 县级}}\nyear: 2024\n{more}\ntables:\n{tables}"
    (folder / "fazhi.yaml").write_text(text, encoding="utf-8")
