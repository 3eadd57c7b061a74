"""Outcomes as four tables of results in the database: of all places, and of each alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from engine.judging.sql.duck import DuckDb, literal, parquet_relation
from engine.judging.sql.tables import ID
from engine.judging.sql.whole.program import severity_of
from engine.model.outcome import ALWAYS_FINDINGS, Outcome, Severity
from tables.judged import JudgedTables
from tables.lake import Lake
from tables.names import BAD, HOMELESS, KEY, KEYED, NAMED, PLACE, SOURCE, TWIN, UNIT
from tables.source import Source

FINDINGS: Final = "findings"
COUNTS: Final = "counts"
UNREAD: Final = "unread"
ROWS: Final = "rows"
_COLUMNS: Final[Mapping[str, Mapping[str, str]]] = {
    FINDINGS: dict.fromkeys(("requirement", "outcome", "severity", "type", "key"), "VARCHAR")
    | {"row": "BIGINT", "place": "VARCHAR", "unit": "VARCHAR"},
    COUNTS: dict.fromkeys(("requirement", "outcome", "severity"), "VARCHAR")
    | {"finding": "BOOLEAN", "place": "VARCHAR", "unit": "VARCHAR", "n": "BIGINT"},
    UNREAD: {"table": "VARCHAR", "row": "BIGINT"}
    | dict.fromkeys(("column", "found", "expected", "place"), "VARCHAR"),
    ROWS: {"type": "VARCHAR", "place": "VARCHAR"}
    | dict.fromkeys(("judged", "bad", "twins", "homeless", "broken"), "BIGINT"),
}
"""The tables of results. Everybody is handed the first three; `rows` counts those that were read.

Each row says of which place it is, the empty text where nobody knows.
"""

_OUTCOMES: Final = tuple(Outcome)
_SEVERITIES: Final = tuple(Severity)
_NUMBERED: Final = "all places"

_BROKEN: Final = "这一行的格数与表头不一样，或者引号不配对，没有算进去"
_HOMELESS: Final = "所属的没有这一件，或者有几件，这一行没有算进去"
_EXPECTED: Final = {
    "bool": "应写“是”或“否”",
    "int": "应为整数，不带单位",
    "number": "应为数字，不带单位和千分号",
    "string": "看不出写的是不是它，应照原件写全名或编号",
    "date": "应写成 2024-05-01",
    "datetime": "应写成 2024-05-01 09:30",
    "enum": "应为其中一种",
    "set": "应为其中几种，用顿号隔开",
}


@dataclass(frozen=True)
class Results:
    """What came out, of all places or of the one that is named: what to select each table from.

    `unplaced`: how many rows of the tables may be this place's too, as nobody knows whose they are.
    """

    database: DuckDb
    relations: Mapping[str, str]
    place: str | None = None
    unplaced: int = 0

    def exported(self, folder: Path) -> Iterator[tuple[str, Path]]:
        """The tables of findings, counts and unread cells as parquet files in that folder."""
        for table in (FINDINGS, COUNTS, UNREAD):
            path = folder / f"{table}.parquet"
            columns = ", ".join(f'"{column}"' for column in _COLUMNS[table])
            self.database.export(f"SELECT {columns} FROM {self.relations[table]}", str(path))
            yield table, path


def results_of(lake: Lake, judged: JudgedTables, *, unmask: bool) -> Results:
    """The tables of results of all places."""
    relations = {table: f'"all {table}"' for table in _COLUMNS}
    for table, columns in _COLUMNS.items():
        listed = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
        lake.results.rows(f"CREATE TABLE {relations[table]} ({listed})")
    _count(lake, judged)
    _find(lake, judged, unmask=unmask)
    _tell_unread(lake, judged, unmask=unmask)
    _count_rows(lake, judged)
    return Results(lake.results, relations)


def by_place(lake: Lake, everywhere: Results) -> Iterator[Results]:
    """The results of each place that is named, where there are several: its own and no other's.

    The tables are split once; what is said of a place is read of its part alone.
    """
    database = lake.results
    rows = everywhere.relations[ROWS]
    numbered = f"SELECT place, row_number() OVER (ORDER BY place) AS number FROM {rows}"
    database.make(_NUMBERED, numbered + " WHERE place <> '' GROUP BY place")
    places = database.rows(f'SELECT number, place FROM "{_NUMBERED}" ORDER BY number')
    unplaced = database.rows(
        f"SELECT coalesce(sum(judged + homeless + broken), 0) FROM {rows} WHERE place = ''"
    )[0][0]
    if len(places) + bool(unplaced) < 2:
        return
    parts = lake.copies / "places"
    parts.mkdir()
    for table, relation in everywhere.relations.items():
        joined = f'SELECT t.*, p.number FROM {relation} t JOIN "{_NUMBERED}" p USING (place)'
        database.split(joined, "number", str(parts / table))
    for number, place in places:
        own = {table: _part(relation, parts / table / f"number={number}")
               for table, relation in everywhere.relations.items()}  # fmt: skip
        yield Results(database, own, str(place), int(unplaced))


def _part(relation: str, folder: Path) -> str:
    paths = sorted(map(str, folder.glob("*.parquet")))
    return parquet_relation(paths) if paths else f"(SELECT * FROM {relation} LIMIT 0)"


def _named(number: str, names: tuple[str, ...]) -> str:
    branches = "".join(f" WHEN {i} THEN '{n}'" for i, n in enumerate(names))
    return f"CASE {number}{branches} END"


def _outcome(requirement: str) -> str:
    return _named(f'"{requirement}"', _OUTCOMES)


def _severity(requirement: str) -> str:
    """The number of an outcome's severity: one lower where it is only not evidenced."""
    lower = f'CASE "{requirement}" WHEN {_OUTCOMES.index(Outcome.NOT_EVIDENCED)} THEN 1 ELSE 0 END'
    return f'least("{severity_of(requirement)}" + {lower}, {len(_SEVERITIES) - 1})'


def _finding(requirement: str) -> str:
    """Whether an outcome is a finding, as `engine.model.outcome.is_finding` has it."""
    always = ", ".join(str(_OUTCOMES.index(each)) for each in ALWAYS_FINDINGS)
    unknown, blocking = _OUTCOMES.index(Outcome.UNKNOWN), Severity.BLOCKING.rank
    return (
        f'("{requirement}" IN ({always}) OR ("{requirement}" = {unknown} '
        f"AND {_severity(requirement)} = {blocking}))"
    )


def _count(lake: Lake, judged: JudgedTables) -> None:
    """Rows of one place and unit that came out alike are counted first, then told apart."""
    for number, judging in enumerate(judged.judgings):
        alike = f"alike {number}"
        names = [each.id for each in judging.requirements]
        columns = ", ".join(f'o."{name}", o."{severity_of(name)}"' for name in names)
        lake.table(
            alike,
            f"SELECT coalesce(s.\"{PLACE}\", '') AS place, coalesce(s.\"{UNIT}\", '') AS unit, "
            f'{columns}, count(*) AS n FROM "{judging.table}" o '
            f'JOIN "{judging.subject}" s USING ({ID}) GROUP BY ALL',
        )
        parts = [
            f"SELECT {literal(name)} AS requirement, {_outcome(name)} AS outcome, "
            f"{_named(_severity(name), _SEVERITIES)} AS severity, {_finding(name)} AS finding, "
            f'place, unit, CAST(sum(n) AS BIGINT) AS n FROM "{alike}" GROUP BY ALL'
            for name in names
        ]
        lake.fill(f'"all {COUNTS}"', " UNION ALL ".join(parts))
        lake.database.drop(alike)


def _find(lake: Lake, judged: JudgedTables, *, unmask: bool) -> None:
    for judging in judged.judgings:
        subject = judging.subject
        source = judged.opened.sources[subject]
        key = f"coalesce(s.\"{KEY}\", '')" if shown(source, unmask=unmask) else "''"
        parts = [
            f"SELECT {literal(each.id)}, {_outcome(each.id)}, "
            f"{_named(_severity(each.id), _SEVERITIES)}, {literal(subject)}, {key}, "
            f"s.{ID} + 1, coalesce(s.\"{PLACE}\", ''), coalesce(s.\"{UNIT}\", '') "
            f'FROM "{judging.table}" o JOIN "{subject}" s USING ({ID}) '
            f"WHERE {_finding(each.id)}"
            for each in judging.requirements
        ]
        lake.fill(f'"all {FINDINGS}"', " UNION ALL ".join(parts))


def shown(source: Source, *, unmask: bool) -> bool:
    """Whether keys may be shown: none of their parts stays in the office."""
    return unmask or not any(source.type.fields[path].kept for path in source.type.key)


def _tell_unread(lake: Lake, judged: JudgedTables, *, unmask: bool) -> None:
    """Every cell that can't be read, every row that belongs nowhere, every broken line."""
    into = f'"all {UNREAD}"'
    for name, source in judged.opened.sources.items():
        called = literal(source.called)
        for path, column in source.columns.items():
            spec = source.type.fields[path]
            raw = "'（已隐去）'" if spec.kept and not unmask else f'CAST(s."{path}" AS VARCHAR)'
            said = f"“{spec.title}”" + (
                "应为：" + "、".join(spec.values)
                if spec.values
                else f"读不了，{_EXPECTED[spec.type.value]}"
            )
            if _is_read(source, path):
                lake.fill(
                    into,
                    f"SELECT {called}, k.{ID} + 1, {literal(column.name)}, {raw}, "
                    f'{literal(said)}, coalesce(k."{PLACE}", \'\') FROM "{name}{KEYED}" k '
                    f'JOIN "{name}{SOURCE}" s USING ({ID}) WHERE k."{BAD}" > 0 AND k."{path}{BAD}"',
                )
        if source.type.parent is not None:
            above = judged.opened.declared[name].parent
            lake.fill(
                into,
                f"SELECT {called}, {ID} + 1, {literal(above)}, coalesce(\"{NAMED}\", ''), "
                f'{literal(_HOMELESS)}, coalesce("{PLACE}", \'\') FROM "{name}{HOMELESS}"',
            )
        for line, kind, said in judged.opened.broken[name]:
            lake.results.rows(
                f"INSERT INTO {into} VALUES ({called}, {line}, '（整行）', "
                f"{literal(said if unmask else kind)}, {literal(_BROKEN)}, '')"
            )


def _is_read(source: Source, path: str) -> bool:
    return not any(path in nested.tally for nested in source.type.nested.values())


def _count_rows(lake: Lake, judged: JudgedTables) -> None:
    into = f'"all {ROWS}"'
    for name, source in judged.opened.sources.items():
        lake.fill(
            into,
            f"SELECT {literal(name)}, coalesce(\"{PLACE}\", ''), count(*), "
            f'count(*) FILTER (WHERE "{BAD}" > 0), count(*) FILTER (WHERE "{TWIN}"), 0, 0 '
            f'FROM "{name}" GROUP BY ALL',
        )
        if source.type.parent is not None:
            lake.fill(
                into,
                f"SELECT {literal(name)}, coalesce(\"{PLACE}\", ''), 0, 0, 0, count(*), 0 "
                f'FROM "{name}{HOMELESS}" GROUP BY ALL',
            )
        if broken := len(judged.opened.broken[name]):
            lake.results.rows(
                f"INSERT INTO {into} VALUES ({literal(name)}, '', 0, 0, 0, 0, {broken})"
            )
