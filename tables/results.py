"""Outcomes as four tables of results in the database: of all places, and of each alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlglot import exp

from engine.judging.sql import nodes as n
from engine.judging.sql.dialects import render
from engine.judging.sql.duck import DuckDb, literal, parquet_relation
from engine.judging.sql.tables import ID
from engine.judging.sql.whole.statement import Columns, Statement, joined, selected
from tables.judged import JudgedTables
from tables.lake import Lake
from tables.names import BAD, HOMELESS, KEYED, NAMED, PLACE, SOURCE, TWIN
from tables.outcomes import alike, alike_columns, beside, counts_of, findings_of
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

_ALL: Final[Mapping[str, str]] = {table: f"all {table}" for table in _COLUMNS}
_ALIKE: Final = "alike"
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
    for table, columns in _COLUMNS.items():
        lake.results.rows(_made(_ALL[table], columns.items()))
    _tell(lake, judged, unmask=unmask)
    _tell_unread(lake, judged, unmask=unmask)
    _count_rows(lake, judged)
    return Results(lake.results, {table: f'"{name}"' for table, name in _ALL.items()})


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


def _tell(lake: Lake, judged: JudgedTables, *, unmask: bool) -> None:
    """Findings and counts; rows of one place and unit that came out alike are counted first."""
    for judging in judged.judgings:
        source = judged.opened.sources[judging.subject]
        told = beside(judging, source, unmask=unmask)
        lake.make(told)
        asked = judging.requirements
        lake.fill(_ALL[FINDINGS], [findings_of(each, told.name, source) for each in asked])
        lake.results.rows(_made(_ALIKE, alike_columns(judging)))
        lake.fill(_ALIKE, [alike(judging, told.name)])
        lake.forget(told)
        for each in asked:
            lake.results.rows(f'INSERT INTO "{_ALL[COUNTS]}" {render(counts_of(each, _ALIKE))}')
        lake.results.drop(_ALIKE)


def _made(table: str, columns: Iterable[tuple[str, str]]) -> str:
    listed = ", ".join(f'"{column}" {kind}' for column, kind in columns)
    return f'CREATE TABLE "{table}" ({listed})'


def _tell_unread(lake: Lake, judged: JudgedTables, *, unmask: bool) -> None:
    """Every cell that can't be read, every row that belongs nowhere, every broken line."""
    for name, source in judged.opened.sources.items():
        called = n.text(source.called)
        paths = [path for path in source.columns if _is_read(source, path)]
        unread = _unread_of(source, paths)
        lake.make(unread)
        lines = [_cells_of(source, path, unread.name, unmask=unmask) for path in paths]
        if source.type.parent is not None:
            columns = [
                ("table", called),
                ("row", n.plus(n.column(ID, "row"), n.integer(1))),
                ("column", n.text(judged.opened.declared[name].parent)),
                ("found", n.or_else(n.column(NAMED, "row"), n.text(""))),
                ("expected", n.text(_HOMELESS)),
                ("place", n.or_else(n.column(PLACE, "row"), n.text(""))),
            ]
            lines.append(selected(columns, name + HOMELESS, "row"))
        if lines:
            lake.fill(_ALL[UNREAD], lines)
        lake.forget(unread)
        for line, kind, said in judged.opened.broken[name]:
            values = (
                ("table", called),
                ("row", n.integer(line)),
                ("column", n.text("（整行）")),
                ("found", n.text(said if unmask else kind)),
                ("expected", n.text(_BROKEN)),
                ("place", n.text("")),
            )
            listed = ", ".join(render(value) for _, value in values)
            lake.results.rows(f'INSERT INTO "{_ALL[UNREAD]}" VALUES ({listed})')


def _unread_of(source: Source, paths: Sequence[str]) -> Statement:
    """The rows in which a cell can't be read, with what stands in their cells."""
    name = source.type.type
    columns: Columns = [(ID, n.column(ID, "row")), (PLACE, n.column(PLACE, "row"))]
    for path in paths:
        columns.append((path, n.cast(n.column(path, "raw"), "VARCHAR")))
        columns.append((path + BAD, n.column(path + BAD, "row")))
    raw = joined(name + SOURCE, "raw", (n.column(ID, "raw"), n.column(ID, "row")))
    where = n.compare(">", n.column(BAD, "row"), n.integer(0))
    select = selected(columns, name + KEYED, "row", joins=[raw], where=where)
    return Statement(f"{name}|unread", select)


def _cells_of(source: Source, path: str, table: str, *, unmask: bool) -> exp.Select:
    """The cells of one column that can't be read."""
    spec = source.type.fields[path]
    hidden = spec.kept and not unmask
    expected = (
        "应为：" + "、".join(spec.values)
        if spec.values
        else f"读不了，{_EXPECTED[spec.type.value]}"
    )
    columns = [
        ("table", n.text(source.called)),
        ("row", n.plus(n.column(ID, "row"), n.integer(1))),
        ("column", n.text(source.columns[path].name)),
        ("found", n.text("（已隐去）") if hidden else n.column(path, "row")),
        ("expected", n.text(f"“{spec.title}”{expected}")),
        ("place", n.or_else(n.column(PLACE, "row"), n.text(""))),
    ]
    return selected(columns, table, "row", where=n.column(path + BAD, "row"))


def _is_read(source: Source, path: str) -> bool:
    return not any(path in nested.tally for nested in source.type.nested.values())


def _count_rows(lake: Lake, judged: JudgedTables) -> None:
    none = n.integer(0)
    counts: list[exp.Select] = []
    for name, source in judged.opened.sources.items():
        bad = n.count(n.compare(">", n.column(BAD, "row"), none))
        twins = n.count(n.surely(n.column(TWIN, "row")))
        counts.append(_counted(name, name, [n.count(n.TRUE), bad, twins, none, none]))
        if source.type.parent is not None:
            homeless = [none, none, none, n.count(n.TRUE), none]
            counts.append(_counted(name, name + HOMELESS, homeless))
        if broken := len(judged.opened.broken[name]):
            lake.results.rows(
                f"INSERT INTO \"{_ALL[ROWS]}\" VALUES ({literal(name)}, '', 0, 0, 0, 0, {broken})"
            )
    lake.fill(_ALL[ROWS], counts)


def _counted(name: str, table: str, counts: Sequence[exp.Expression]) -> exp.Select:
    """Counts of the rows of a table by place."""
    place = n.column(PLACE, "row")
    columns: Columns = [("type", n.text(name)), ("place", n.or_else(place, n.text("")))]
    named = [each for each in _COLUMNS[ROWS] if each not in ("type", "place")]
    columns += [(each, n.cast(of, "BIGINT")) for each, of in zip(named, counts, strict=True)]
    return selected(columns, table, "row").group_by(place, copy=False)
