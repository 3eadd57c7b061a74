"""The statements that `fazhi sql` prints: PostgreSQL comes to what a run comes to."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import pytest
import sqlglot
from sqlglot import exp

from engine.judging.run import run_of
from engine.judging.sql import nodes as n
from engine.judging.sql.columns import Column
from engine.judging.sql.dialects import PRINTED, render
from engine.judging.sql.dialects.names import Names
from engine.judging.sql.duck import DuckDb
from engine.judging.sql.whole.program import severity_of
from engine.judging.sql.whole.statement import selected
from engine.model.outcome import Outcome, Severity
from engine.model.schema import Schema
from engine.ruleset.model import Ruleset
from facts.folder import read_office
from tables.declared import all_types, tables_of
from tables.duck_lake import DuckLake
from tables.judged import TableRun, judge_tables, open_tables, prepared_for
from tables.names import KEY, SOURCE
from tables.reading import read, text_of
from tables.script import Asked, script
from tables.source import Held
from tests.conftest import ROOT
from tests.postgresql import a_database, take
from tests.tables.folders import AS_OF
from tests.tables.generated import generated
from tests.tables.test_reading import TEXTS, every_spec

YUNHE = ROOT / "examples" / "yunhe"
EDGES = (
    "\u3000罚款\u3000",
    "\u00a0是",
    "是\u3000",
    "意见书\n",
    "2024-05-01\n",
    "\t2024-05-01",
    "yES",
    "N/A",
)
"""Texts whose ends or letters one database sees otherwise than another."""

Found: TypeAlias = Counter[tuple[str, str, str, str]]
"""How often a requirement came out in some way, and how grave, of a record of some name."""


def printed(folder: Path, ruleset: Ruleset, dialect: str, names: Sequence[str] = ()) -> list[str]:
    """The statements over the tables of a folder, without what is said of them.

    On these requirements if any are named.
    """
    facts, settings = read_office(folder, ruleset.schema, jurisdiction="河南")
    run = run_of(ruleset, facts, AS_OF, unmask=True)
    with DuckLake(folder, AS_OF, facts.year) as lake:
        opened = open_tables(lake, all_types(tables_of(settings.tables, ruleset.schema)))
    requirements = [ruleset.requirements[name] for name in names or ruleset.requirements]
    asked = Asked(ruleset, run, opened, settings.agencies, requirements)
    return list(_statements("\n".join(script(asked, dialect))))


def _statements(text: str) -> Iterator[str]:
    said = "\n".join(line for line in text.split("\n") if not line.startswith("--"))
    for statement in said.split(";\n"):
        if statement.strip():
            yield statement.strip()


def _in_postgresql(url: str, folder: Path, tables: Mapping[str, str], ruleset: Ruleset) -> Found:
    """What the statements leave in a database that holds these files as these tables."""
    psycopg = pytest.importorskip("psycopg", reason="没有装 fazhi[web]")
    for file, table in tables.items():
        take(url, folder / file, table)
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in printed(folder, ruleset, "postgres"):
            connection.execute(statement)
        left = connection.execute("SELECT tablename FROM pg_tables WHERE tablename LIKE 'fazhi%'")
        assert {name for (name,) in left} == {"fazhi_outcomes", "fazhi_tables"}
        rows = connection.execute("SELECT requirement, key, outcome, severity FROM fazhi_outcomes")
        return Counter(tuple(row) for row in rows)


def by_the_reference(folder: Path, ruleset: Ruleset, names: Sequence[str] = ()) -> Found:
    """What the everyday engines come to on records read of the same files."""
    found: Found = Counter()
    facts, settings = read_office(folder, ruleset.schema, jurisdiction="河南")
    run = run_of(ruleset, facts, AS_OF)
    with DuckLake(folder, AS_OF, facts.year) as lake:
        opened = open_tables(lake, all_types(tables_of(settings.tables, ruleset.schema)))
        one = TableRun(lake, ruleset, run, opened, settings.agencies, large=10_000)
        asked = [ruleset.requirements[name] for name in names or ruleset.requirements]
        judged = judge_tables(one, asked)
        assert "duckdb" not in {engine.name for engine in judged.engines}
        for judging in judged.judgings:
            for each in judging.requirements:
                rows = lake.database.rows(
                    f'SELECT s."{KEY}", o."{each.id}", o."{severity_of(each.id)}" '  # noqa: S608
                    f'FROM "{judging.table}" o JOIN "{judging.subject}" s USING (id)'
                )
                for key, number, rank in rows:
                    outcome, severity = tuple(Outcome)[number], tuple(Severity)[rank]
                    lowered = outcome is Outcome.NOT_EVIDENCED
                    severity = severity.lowered() if lowered else severity
                    found[each.id, key or "", str(outcome), str(severity)] += 1
    return found


@pytest.mark.rounds(0, nightly=1)
@pytest.mark.parametrize("dialect", sorted(PRINTED))
def test_every_dialect_reads_every_statement(
    dialect: str, rounds: int, tmp_path: Path, ruleset: Ruleset
) -> None:
    """Broken by a statement that is none there; names that a catalogue of tables can't hold."""
    folder = YUNHE
    if rounds:
        folder = tmp_path
        generated(folder, rounds)
    created, dropped = Counter[str](), Counter[str]()
    for statement in printed(folder, ruleset, dialect):
        if statement.startswith("DO $$"):
            continue  # a language of its own
        tree = sqlglot.parse_one(statement, dialect=dialect)
        assert not isinstance(tree, exp.Command), statement
        table = tree.find(exp.Table)
        if isinstance(tree, exp.Create) and table is not None and tree.kind == "TABLE":
            created[table.name] += 1
        if isinstance(tree, exp.Drop) and table is not None:
            dropped[table.name] += 1
    assert len(created) > 40
    assert all(re.fullmatch("fazhi_[a-z0-9_]{1,50}", name) for name in created)
    # each is dropped before it is made, and at the end those that are no results
    left = {"fazhi_outcomes": 1, "fazhi_tables": 1}
    assert dropped == {name: left.get(name, 2) for name in created}
    assert set(created.values()) == {1}


def test_rows_without_a_key_are_numbered_in_some_order(tmp_path: Path, ruleset: Ruleset) -> None:
    """Broken by rows numbered in no order, as those of handlers were: Spark refuses that."""
    generated(tmp_path, 1)
    facts, settings = read_office(tmp_path, ruleset.schema)
    with DuckLake(tmp_path, AS_OF, facts.year, empty=True) as lake:
        opened = open_tables(lake, all_types(tables_of(settings.tables, ruleset.schema)))
    requirements = list(ruleset.requirements.values())
    made = prepared_for(opened.sources, requirements, ruleset.schema, frozenset(), {})
    made.ordered = True
    windows = [
        (statement.name, each.args.get("order"))
        for statement in made.statements()
        for each in statement.select.find_all(exp.Window)
        if isinstance(each.this, exp.RowNumber)
    ]
    numbered = {name for name, _ in windows if name.endswith(SOURCE)}
    assert numbered == {name + SOURCE for name in opened.sources}
    assert all(order is not None for _, order in windows), windows


@pytest.mark.rounds(1, nightly=10)
def test_postgresql_comes_to_what_the_reference_comes_to(
    rounds: int, postgresql_server: str, tmp_path: Path, ruleset: Ruleset
) -> None:
    """Broken by anything that PostgreSQL takes otherwise: a NULL, a pattern, a day, a rounding."""
    seen: Counter[str] = Counter()
    for seed in range(rounds):
        folder = tmp_path / str(seed)
        folder.mkdir()
        generated(folder, seed + 1, "closed: [行政执法证件]" if seed % 2 == 0 else "")
        tables = {path.name: path.stem for path in folder.glob("*.csv")}
        found = _in_postgresql(a_database(postgresql_server), folder, tables, ruleset)
        assert found == by_the_reference(folder, ruleset)
        seen.update(outcome for _, _, outcome, _ in found)
    assert set(seen) == {*Outcome} - {Outcome.FAILED}


@pytest.mark.rounds(12, nightly=10_000)
def test_every_cell_is_read_there_as_here(rounds: int, postgresql: str, schema: Schema) -> None:
    """Broken by a pattern, a blank or a small letter that PostgreSQL takes otherwise."""
    psycopg = pytest.importorskip("psycopg", reason="没有装 fazhi[web]")
    here, dialect = DuckDb(AS_OF, 2024), PRINTED["postgres"](Names(), {})
    compared = 0
    with psycopg.connect(postgresql) as there:
        there.execute('CREATE TABLE texts ("text" text COLLATE "C", "order" int)')
        every = every_spec(schema)
        dice = random.Random(rounds)  # noqa: S311 - dice
        for number, spec in enumerate(dice.sample(every, min(len(every), rounds))):
            own = [*spec.values, *(s for each in spec.values.values() for s in each), *spec.words]
            texts = list(dict.fromkeys([*TEXTS, *EDGES, *own, "、".join(own)]))
            here.create(f"t{number}", [Column("text", "VARCHAR", texts)], "text")
            there.execute("TRUNCATE texts")
            there.cursor().executemany(
                "INSERT INTO texts VALUES (%s, %s)", [(text, at) for at, text in enumerate(texts)]
            )
            found = read(spec, text_of(n.column("text", "raw")), Held.TEXT, {})
            parts = {"value": found.value, "state": found.state, "bad": found.bad}
            parts |= {f"i{k}": each for k, each in enumerate(found.items.values())}
            mine = here.rows(render(selected(parts.items(), f"t{number}", "raw")))
            select = selected(parts.items(), "texts", "raw").order_by(n.column("order", "raw"))
            theirs = there.execute(dialect.text(select)).fetchall()
            for text, one, other in zip(texts, mine, theirs, strict=True):
                compared += 1
                assert one == other, (spec.title, text)
    assert compared > 200 * 12
