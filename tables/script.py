"""All that judges declared tables as one text of statements, to be run where the tables lie."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from engine.judging.run import Run
from engine.judging.sql import columns as c
from engine.judging.sql import database as db
from engine.judging.sql.dialects import PRINTED
from engine.judging.sql.dialects.elsewhere import Elsewhere
from engine.judging.sql.dialects.names import Names
from engine.judging.sql.needs import expressions
from engine.judging.sql.whole.program import Program
from engine.judging.sql.whole.statement import Statement
from engine.language import tree as t
from engine.ruleset.model import Requirement, Ruleset
from tables.judged import Opened, load_place, prepared_for, refusals
from tables.lists import empty
from tables.names import HOMELESS, KEYED, READ, SOURCE, TABLE, WHOLE
from tables.outcomes import (
    OUTCOMES,
    TABLES,
    beside,
    by_outcome,
    by_table,
    made_for,
    outcomes_of,
    read_of,
)

_ROWS: Final = 500
"""Rows that one statement puts into a table."""

_READING: Final = {
    SOURCE: "从原表取出各栏，给每行编号",
    READ: "各格读成值；读不准的不明",
    KEYED: "编号重复的、所属的是哪一件",
    HOMELESS: "不知属于谁的行",
    WHOLE: "录没录全",
}


@dataclass(frozen=True)
class Asked:
    """What is to be judged where it lies: the rules, the office, its tables."""

    ruleset: Ruleset
    run: Run
    opened: Opened
    agencies: Mapping[str, str]
    requirements: Sequence[Requirement]

    @cached_property
    def refused(self) -> Mapping[str, str]:
        """The requirements that statements can't judge, each with the reason."""
        return refusals(self.requirements, self.ruleset.schema, self.opened.sources)

    @property
    def judged(self) -> list[Requirement]:
        """All others."""
        return [each for each in self.requirements if each.id not in self.refused]


def script(asked: Asked, dialect: str, said: Iterable[str] = ()) -> Iterator[str]:
    """The text for a database, statement by statement, in the order in which they run.

    `said` are lines for the head, besides those on what is judged.
    """
    judged = asked.judged
    names = Names()
    for name, source in asked.opened.sources.items():
        columns = [*source.columns.values(), source.parent, source.place]
        there = [column.name for column in columns if column is not None]
        names.there(name + TABLE, place_of(asked, name), there)
    as_of, year = asked.run.world.as_of, asked.run.year
    days = {db.AS_OF: as_of, db.YEAR_START: dt.date(year, 1, 1), db.YEAR_END: dt.date(year, 12, 31)}
    written = _Written(PRINTED[dialect](names, days), asked)
    yield _comment(_heading(asked, dialect, said))
    titles = asked.ruleset.titles
    yield _comment(
        f"没有核 {name}（{titles[name]}）：{why}" for name, why in sorted(asked.refused.items())
    )
    yield from written.plain(written.dialect.before)
    yield from written.results()
    yield from written.judging(judged)
    yield from written.told()
    yield from written.plain(written.dialect.after)


def place_of(asked: Asked, name: str) -> tuple[str, ...]:
    """Where a table lies: by its name in its database; a file is called as its ledger is."""
    declared = asked.opened.declared[name]
    return tuple(declared.table.split(".")) if declared.database else (declared.type.title,)


def _heading(asked: Asked, dialect: str, said: Iterable[str]) -> Iterator[str]:
    run, ruleset = asked.run, asked.ruleset
    name = run.world.place.values.get("name")
    province = ruleset.province(run.facts.jurisdiction)
    yield f"法治体检：在 {dialect} 里按表核对，从上到下依次执行"
    yield (
        f"地方：{name if isinstance(name, str) else '没有写'}；"
        f"省份：{ruleset.called(province) if province else '没有写'}；年度：{run.year}；"
        f"核对日期：{run.world.as_of}"
    )
    yield f"规则版本：{ruleset.version}（sha256 {ruleset.sha256}）"
    yield f"核{len(asked.judged)}条要求；没有核的列在下面"
    yield from said
    yield "还没到的日子、互相矛盾的事实都已照日常核对的办法处理；读不准的一律不明，不当成符合"
    for problem in run.facts.problems:
        where = f"{problem.file} {problem.cell}".strip()
        yield f"设置有误：{where}：{problem.expected}{problem.hint}"
    for key, source in asked.opened.sources.items():
        columns = "、".join(
            f"{source.type.fields[path].title}＝{column.name}"
            for path, column in source.columns.items()
        )
        beside = "；所属看 " + source.parent.name if source.parent else ""
        beside += "；地方看 " + source.place.name if source.place else ""
        yield f"读表 {'.'.join(place_of(asked, key))}（{source.type.title}）：{columns}{beside}"


def _comment(lines: Iterable[str]) -> str:
    return "".join(f"-- {' '.join(line.split())}\n" for line in lines)


@dataclass
class _Written:
    """The statements as texts; `made` are the tables that are only steps on the way."""

    dialect: Elsewhere
    asked: Asked
    made: list[str] = field(default_factory=list)

    def plain(self, statements: Iterable[tuple[str, str]]) -> Iterator[str]:
        """What the database is told besides."""
        for said, text in statements:
            yield (_comment([said]) if said else "") + f"{text};\n"

    def _texts(self, said: str, texts: Iterable[str]) -> str:
        return _comment([said]) + "".join(f"{text};\n" for text in texts)

    def create(self, said: str, statement: Statement) -> str:
        """A table as a step on the way."""
        self.made.append(statement.name)
        return self._texts(said, self.dialect.create(statement.name, statement.select))

    def results(self) -> Iterator[str]:
        """The tables of results, empty: nothing of an earlier run stays."""
        for name, said in ((OUTCOMES, "每行每条要求的结论"), (TABLES, "每张表读了几行、核了几行")):
            yield self._texts(f"结果：{said}", self.dialect.create(name, empty(made_for(name))))

    def judging(self, requirements: Sequence[Requirement]) -> Iterator[str]:
        """Tables read, what is ahead or in doubt left out, requirements judged."""
        asked, schema = self.asked, self.asked.ruleset.schema
        sources, run = asked.opened.sources, asked.run
        made = prepared_for(sources, requirements, schema, run.facts.closed, asked.agencies)
        made.ordered = True
        for statement in made.statements():
            yield self.create(self._of(statement.name, "可以核的样子"), statement)
        filled = _Filled()
        load_place(filled, made.tables, made.needs, run)
        if any(_on_calendar(each) for each in requirements):
            db.create_calendar(filled, run.world.calendar)
        for name in filled.tables:
            yield self._filled(name, filled)
        program = Program(requirements, run.world, made.tables, made.needs)
        for statement in program.finding:
            yield self.create(self._of(statement.name, "没到的日子、互相矛盾的事实"), statement)
        for statement in program.settling:
            yield self.create(self._of(statement.name, "去掉存疑的"), statement)
        for judging in program.judgings():
            for statement in judging.statements:
                yield self.create(self._of(statement.name, "逐条核对"), statement)
            source = sources[judging.subject]
            told = beside(judging, source, unmask=run.unmask)
            yield self.create(self._of(told.name, "结论，和各行叫什么"), told)
            for each in judging.requirements:
                query = outcomes_of(each, told.name, source)
                yield self._texts(
                    f"{source.type.title}：{each.title}（{each.id}）的结论",
                    [self.dialect.insert(OUTCOMES, self.dialect.text(query))],
                )

    def told(self) -> Iterator[str]:
        """How many rows were read and judged; the steps on the way forgotten; the results."""
        for name, source in self.asked.opened.sources.items():
            called = ".".join(place_of(self.asked, name))
            queries = map(self.dialect.text, read_of(source, called))
            texts = [self.dialect.insert(TABLES, query) for query in queries]
            yield self._texts(f"{source.type.title}：读了几行、核了几行", texts)
        yield self._texts("不留下中间的表", (self.dialect.drop(name) for name in self.made))
        yield self._texts("每张表：读到的行都核了，或者不知属于谁", [self.dialect.text(by_table())])
        yield self._texts("每条要求：各种结论有几个", [self.dialect.text(by_outcome())])

    def _of(self, name: str, otherwise: str) -> str:
        """What a table on the way holds, and of what."""
        kind, _, _ = name.replace(".", "|").partition("|")
        title = self.asked.ruleset.schema.types[kind].title
        said = next((said for end, said in _READING.items() if name == kind + end), otherwise)
        return f"{title}：{said}"

    def _filled(self, name: str, filled: _Filled) -> str:
        """A table of what is known beforehand."""
        self.made.append(name)
        columns = filled.tables[name]
        texts = [*self.dialect.create(name, empty((each.name, each.type) for each in columns))]
        rows = list(zip(*(each.values for each in columns), strict=True))
        for start in range(0, len(rows), _ROWS):
            values = self.dialect.values(rows[start : start + _ROWS])
            texts.append(self.dialect.insert(name, values))
        if name in filled.keys:
            texts += self.dialect.unique(name, filled.keys[name])
        return self._texts("工作日历" if name in (db.WORK, db.NTH) else "本地的设置", texts)


def _on_calendar(requirement: Requirement) -> bool:
    """Whether a requirement looks into the calendar."""
    return any(
        isinstance(part, t.Call) and part.name in db.ON_CALENDAR
        for node, _ in expressions(requirement)
        for part in t.walk(node)
    )


@dataclass
class _Filled:
    """What would be put into a database, kept by table."""

    tables: dict[str, Sequence[c.Column]] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    def create(
        self, table: str, columns: Sequence[c.Column], key: str, *, unique: bool = True
    ) -> None:
        """A table with these columns."""
        self.tables[table] = columns
        if unique:
            self.keys[table] = key
