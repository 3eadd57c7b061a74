"""One run over tables: read in the database, judged there or by the everyday engines, counted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from engine.judging.ahead import come_about
from engine.judging.measure import Measurer
from engine.judging.run import Run, judge
from engine.judging.sql import nodes as n
from engine.judging.sql.columns import Column as Made
from engine.judging.sql.database import RefusedError, Store
from engine.judging.sql.judge import LARGE
from engine.judging.sql.needs import Needs, expressions
from engine.judging.sql.tables import ID, Tables, load
from engine.judging.sql.whole.program import Judging, Program, read_by, severity_of
from engine.judging.sql.whole.statement import Statement, selected
from engine.language import tree as t
from engine.model.assessment import EngineEntry
from engine.model.field import Holds
from engine.model.outcome import Outcome
from engine.model.schema import Schema
from engine.ruleset.files import RequirementKind
from engine.ruleset.model import Requirement, Ruleset
from tables.declared import Declared, source_of
from tables.joining import Prepared
from tables.lake import Lake
from tables.names import HOMELESS, KEYED
from tables.records import Rows
from tables.source import Source

SAMPLE: Final = 500
"""Records of each type that are judged once more by the everyday engines."""

_OUTCOMES: Final = tuple(Outcome)
_NUMBER: Final = {outcome: number for number, outcome in enumerate(Outcome)}
_TOLD_APART: Final = (Holds.PERSON, Holds.DOCUMENT_NUMBER, Holds.IDENTIFIER)


@dataclass
class Opened:
    """The tables of a folder ready to be judged: what each holds, and what was put aside."""

    declared: Mapping[str, Declared]
    sources: dict[str, Source] = field(default_factory=dict)
    unused: dict[str, tuple[str, ...]] = field(default_factory=dict)
    broken: dict[str, list[tuple[int, str, str]]] = field(default_factory=dict)


@dataclass
class JudgedTables:
    """The tables with an outcome for every requirement and row: a table of them per judging."""

    opened: Opened
    judgings: list[Judging]
    engines: tuple[EngineEntry, ...]
    refused: Mapping[str, str]
    differing: tuple[str, ...] = ()


def open_tables(lake: Lake, declared: Mapping[str, Declared]) -> Opened:
    """Every declared table in the database. Raises `WrongTableError`."""
    opened = Opened(declared)
    for name, one in declared.items():
        there = lake.open(one)
        opened.sources[name], unused = source_of(one, "", there)
        opened.unused[name] = tuple(unused)
        opened.broken[name] = lake.broken()
    return opened


def refusals(
    requirements: Iterable[Requirement], schema: Schema, sources: Mapping[str, Source]
) -> dict[str, str]:
    """The requirements that are not judged over these tables, each with the reason."""
    places = any(source.place is not None for source in sources.values())
    found = {}
    for requirement in requirements:
        why = _why_not(requirement, schema, sources, places=places)
        if why:
            found[requirement.id] = why
    return found


def _why_not(
    requirement: Requirement, schema: Schema, sources: Mapping[str, Source], *, places: bool
) -> str:
    subject = schema.types[requirement.subject]
    if subject.generated is not None:
        return f"“{subject.title}”由 fazhi 汇总，按表核对时不汇总"
    if subject.type not in sources:
        return f"没有声明“{subject.title}”的表"
    if requirement.kind is RequirementKind.MANUAL:
        return "要由人认定，表里没有"
    read = requirement.reads
    if places and any(of == "place" for of, _ in read):
        return "要看本地的设置，几个地方一起核时不能共用一份"
    for of, path in read:
        same = schema.types[of].same
        if of in sources and same is not None and path in same.counted:
            return f"“{schema.types[of].title}”的两行可能是同一件，按表核对时分不清"
    if any(_compares_names(node, schema) for node, _ in expressions(requirement)):
        return "要比两栏名称是不是同一个，写法不一时按表比不准"
    return ""


def _compares_names(node: t.Expr, schema: Schema) -> bool:
    """Whether two texts are held against each other that may be spelt in more than one way."""
    for part in t.walk(node):
        if not isinstance(part, t.Compare) or part.left.kind is not t.Kind.STRING:
            continue
        sides = (part.left, part.right)
        if any(isinstance(side, t.Lit) for side in sides):
            continue
        for side in sides:
            spec = (
                schema.types[side.record].fields.get(side.field)
                if isinstance(side, t.Path)
                else None
            )
            if spec is None or (not spec.values and spec.holds not in _TOLD_APART):
                return True
    return False


@dataclass(frozen=True)
class TableRun:
    """A run over the tables of a folder: `run` has no records but the place.

    `agencies` maps how agencies are written to what stands for them. Up to `large` rows are
    judged by the everyday engines, more in the database.
    """

    lake: Lake
    ruleset: Ruleset
    run: Run
    opened: Opened
    agencies: Mapping[str, str] = field(default_factory=dict)
    large: int = LARGE
    progress: Callable[[str], None] = lambda _: None


def judge_tables(one: TableRun, asked: Sequence[Requirement]) -> JudgedTables:
    """The outcomes of those requirements `asked` for that tables can be judged by.

    By the everyday engines on records read of the tables; of more rows by statements, and a
    sample by the everyday engines.
    """
    lake, run, opened = one.lake, one.run, one.opened
    refused = refusals(asked, one.ruleset.schema, opened.sources)
    asked = [each for each in asked if each.id not in refused]
    tables, needs = _prepared(one, asked)
    rows = Rows(lake, one.ruleset.schema, needs, tables, run.world.place)
    counts = _counts(lake, opened.sources)
    asked = [each for each in asked if counts[each.subject]]
    if sum(counts.values()) <= one.large:
        judgings, engines = _everyday(lake, run, asked, rows, counts)
        return JudgedTables(opened, judgings, engines, refused)
    one.progress("在数据库里核对 …")
    judgings, failed = _in_database(lake, run, asked, tables, needs)
    judged = sum(counts[each.subject] for each in asked)
    one.progress("抽样复核 …")
    engine, differing = _sampled(lake, run, judgings, rows)
    for name in sorted({each.partition(" ")[0] for each in differing}):
        _fail(lake, judgings, name)
    engines = (EngineEntry(lake.engine, judged, note=lake.note), engine)
    notes = tuple(f"{each} 数据库没有核成" for each in failed)
    return JudgedTables(opened, judgings, engines, refused, (*differing, *notes))


def prepared_for(
    sources: Mapping[str, Source],
    asked: Sequence[Requirement],
    schema: Schema,
    closed: Collection[str],
    agencies: Mapping[str, str],
) -> Prepared:
    """The statements that read these sources for these requirements."""
    needs = read_by(asked, schema)
    needs.types |= sources.keys() | {"place"}
    above = {name: source.type.parent for name, source in sources.items() if source.type.parent}
    needs.parents |= above.keys()
    needs.types |= set(above.values())
    return Prepared(schema, sources, needs, closed, agencies)


def _prepared(one: TableRun, asked: Sequence[Requirement]) -> tuple[Tables, Needs]:
    """The tables that are judged, in the database; the place and the calendar beside them."""
    lake, run, opened = one.lake, one.run, one.opened
    closed = {name for name in run.facts.closed if not opened.broken.get(name)}
    made = prepared_for(opened.sources, asked, one.ruleset.schema, closed, one.agencies)
    one.progress("在数据库里读表 …")
    for statement in made.statements():
        lake.make(statement)
    _none_lost(lake, opened.sources)
    load_place(lake.database, made.tables, made.needs, run)
    lake.database.add_calendar(run.world.calendar)
    return made.tables, made.needs


def _none_lost(lake: Lake, sources: Mapping[str, Source]) -> None:
    """Every row read is judged once, or belongs nowhere: anything else is a fault of ours."""
    tables = {
        name: [name, *([name + HOMELESS] if source.type.parent is not None else [])]
        for name, source in sources.items()
    }
    there = _counts(lake, [each for name in sources for each in (name + KEYED, *tables[name])])
    for name, made in tables.items():
        if sum(there[each] for each in made) != there[name + KEYED]:
            raise RuntimeError(f"rows of {name} are lost, or there twice")


def _counts(lake: Lake, tables: Iterable[str]) -> dict[str, int]:
    """How many rows each table has."""
    names = list(tables)
    many = [("many", n.count(n.TRUE))]
    return dict(zip(names, lake.asked([selected(many, each, "t") for each in names]), strict=True))


def load_place(database: Store, tables: Tables, needs: Needs, run: Run) -> None:
    """The one row of the place, as it is loaded for any other judging."""
    own = Tables()
    own.number("place", run.world.place)
    alone = Needs(
        fields={each: kind for each, kind in needs.fields.items() if each[0] == "place"},
        states={each for each in needs.states if each[0] == "place"},
        lists={each: of for each, of in needs.lists.items() if each[0] == "place"},
        types={"place"},
    )
    load(database, own, alone, run.world.schema)
    tables.columns |= own.columns


def _everyday(
    lake: Lake,
    run: Run,
    asked: Sequence[Requirement],
    rows: Rows,
    counts: Mapping[str, int],
) -> tuple[list[Judging], tuple[EngineEntry, ...]]:
    """All outcomes by the everyday engines, put beside the tables."""
    ids = {name: _ids(lake, name) for name in counts}
    whole = come_about(run.on(rows.records(ids)))
    judged = judge(whole, asked)
    judgings = []
    for subject in dict.fromkeys(each.subject for each in asked):
        requirements = tuple(each for each in asked if each.subject == subject)
        table = f"{subject}|outcomes"
        columns = [Made(ID, "BIGINT", ids[subject])]
        for each in requirements:
            measurer = Measurer(each, run.world, run.year)
            numbers = [_NUMBER[outcome] for outcome in judged.outcomes[each.id]]
            ranks = [measurer.severity(record).rank for record in whole.records[subject]]
            columns += [
                Made(each.id, "TINYINT", numbers),
                Made(severity_of(each.id), "TINYINT", ranks),
            ]
        lake.database.create(table, columns, ID)
        judgings.append(Judging(subject, requirements, (), table))
    return judgings, judged.engines


def _ids(lake: Lake, name: str) -> list[int]:
    return [int(row[0]) for row in lake.rows(f'SELECT id FROM "{name}" ORDER BY id')]


def _some(lake: Lake, name: str) -> list[int]:
    """As many rows as a sample has, as if by chance and the same in every run."""
    scattered = f"({ID} * 2654435761) % 4294967296"
    rows = lake.rows(f'SELECT {ID} FROM "{name}" ORDER BY {scattered}, {ID} LIMIT {SAMPLE}')
    return sorted(int(row[0]) for row in rows)


def _in_database(
    lake: Lake, run: Run, asked: Sequence[Requirement], tables: Tables, needs: Needs
) -> tuple[list[Judging], list[str]]:
    """All outcomes by statements; what the database refuses is `failed`."""
    program = Program(asked, run.world, tables, needs)
    for statement in program.finding:
        lake.make(statement)
    asking = program.asking
    many = lake.asked(list(asking.values()))
    program.only([doubt for doubt, rows in zip(asking, many, strict=True) if rows])
    for statement in program.settling:
        lake.make(statement)
    judgings: list[Judging] = []
    failed: list[str] = []
    for number, judging in enumerate(program.judgings()):
        try:
            _run(lake, judging)
            judgings.append(judging)
        except RefusedError:
            for place, each in enumerate(judging.requirements):
                one = program.judging([each], f" {number}.{place}")
                try:
                    _run(lake, one)
                except RefusedError:
                    failed.append(each.id)
                    one = _all_failed(lake, each)
                judgings.append(one)
    for statement in (*program.finding, *program.settling):
        lake.forget(statement)
    return judgings, failed


def _run(lake: Lake, judging: Judging) -> None:
    """The statements of a judging; of the tables that they make the last alone stays."""
    made: list[Statement] = []
    try:
        for statement in judging.statements:
            lake.make(statement)
            made.append(statement)
    finally:
        for statement in made:
            if statement.name != judging.table:
                lake.forget(statement)


def _all_failed(lake: Lake, requirement: Requirement) -> Judging:
    table = f"{requirement.subject}|failed {requirement.id}"
    rank = requirement.severities.default.rank
    query = (
        f'SELECT id, {_NUMBER[Outcome.FAILED]} AS "{requirement.id}", '
        f'{rank} AS "{severity_of(requirement.id)}" FROM "{requirement.subject}"'
    )
    lake.table(table, query)
    return Judging(requirement.subject, (requirement,), (), table)


def _sampled(
    lake: Lake,
    run: Run,
    judgings: Sequence[Judging],
    rows: Rows,
) -> tuple[EngineEntry, tuple[str, ...]]:
    """A sample judged once more by the everyday engines, and what differs."""
    ids = {}
    for subject in {judging.subject for judging in judgings}:
        ids[subject] = _some(lake, subject)
    found = come_about(run.on(rows.records(ids)))
    asked = [each for judging in judgings for each in judging.requirements]
    judged = judge(found, asked)
    differing = []
    compared = 0
    for judging in judgings:
        wanted = ids[judging.subject]
        listed = ", ".join(map(str, wanted))
        columns = ", ".join(f'"{each.id}"' for each in judging.requirements)
        query = f'SELECT id, {columns} FROM "{judging.table}" WHERE id IN ({listed})'
        found_there = {int(row[0]): row[1:] for row in lake.rows(query)}
        for place, each in enumerate(judging.requirements):
            for number, outcome in zip(wanted, judged.outcomes[each.id], strict=False):
                compared += 1
                other = _OUTCOMES[found_there[number][place]]
                if other is not outcome:
                    differing.append(f"{each.id} 第{number + 1}行：{outcome} / {other}")
    name = judged.engines[-1].name
    engine = EngineEntry(name, compared, sample=True, note=judged.engines[-1].note)
    return engine, tuple(differing)


def _fail(lake: Lake, judgings: list[Judging], name: str) -> None:
    """Nothing of a requirement is relied on of which a sample came out otherwise."""
    for place, judging in enumerate(judgings):
        for each in judging.requirements:
            if each.id == name:
                rest = tuple(other for other in judging.requirements if other.id != name)
                left = [replace(judging, requirements=rest)] if rest else []
                judgings[place : place + 1] = left
                judgings.append(_all_failed(lake, each))
                return
