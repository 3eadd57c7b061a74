"""Outcomes to a survey: counted in the database, the gravest read out, all of it for parquet."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from engine.judging.run import Run
from engine.judging.sql.tables import ID
from engine.judging.sql.whole.program import severity_of
from engine.model.assessment import RulesetEntry
from engine.model.outcome import Outcome, Severity
from engine.model.survey import (
    SURVEY_SCHEMA,
    Group,
    Survey,
    SurveyFinding,
    SurveyRequirement,
    TableEntry,
    Unread,
)
from engine.ruleset.model import Requirement, Ruleset
from engine.ruleset.outlines import outline_on
from tables.judged import JudgedTables
from tables.lake import Lake
from tables.names import BAD, HOMELESS, KEY, KEYED, NAMED, PLACE, SOURCE, TWIN, UNIT
from tables.source import Source

_FOUND: Final = "all findings"
_COUNTS: Final = "all counts"
_UNREAD: Final = "all unread"
_GRAVEST: Final = 50
_UNITS: Final = 100
_LISTED: Final = 50
_OUTCOMES: Final = tuple(Outcome)
_SEVERITIES: Final = tuple(Severity)


def counted(lake: Lake, ruleset: Ruleset, run: Run, judged: JudgedTables) -> Survey:
    """All of the run, with the tables of findings, counts and unread cells made in the database."""
    _make_counts(lake, judged)
    _make_findings(lake, judged, unmask=run.unmask)
    _make_unread(lake, judged, unmask=run.unmask)
    requirements = {each.id: each for judging in judged.judgings for each in judging.requirements}
    outline = outline_on(ruleset, dt.date(run.year, 12, 31), list(requirements.values()))
    sections = {name: outline.of[name] for name in requirements}
    by = _Counts(lake)
    province = ruleset.province(run.facts.jurisdiction)
    name = run.world.place.values.get("name")
    findings = tuple(_findings(lake))
    unread, cells = _unread(lake)
    return Survey(
        schema=SURVEY_SCHEMA,
        as_of=run.world.as_of,
        year=run.year,
        place=name if isinstance(name, str) else "",
        jurisdiction=ruleset.called(province) if province else "",
        ruleset=RulesetEntry(ruleset.version, ruleset.sha256, tuple(ruleset.province_names)),
        engines=judged.engines,
        tables=tuple(_tables(lake, judged, run)),
        requirements={
            each: _requirement(requirements[each], ruleset, by, sections[each])
            for each in sorted(requirements)
        },
        refused=dict(sorted(judged.refused.items())),
        differing=judged.differing,
        outcomes=by.outcomes(),
        severities=by.severities(),
        places=tuple(by.groups("place")),
        units=tuple(by.groups("unit"))[:_UNITS],
        sections=tuple(by.sections(sections)),
        section_titles={each: section.title for each, section in outline.sections.items()},
        findings=findings,
        found=int(lake.database.rows(f'SELECT count(*) FROM "{_FOUND}"')[0][0]),
        unread=unread,
        unread_cells=cells,
        notes=tuple(_notes(run)),
    )


def _notes(run: Run) -> Iterator[str]:
    """What is wrong with the settings."""
    for problem in run.facts.problems:
        where = f"{problem.file} {problem.cell}".strip()
        found = f"（{problem.found}）" if problem.found else ""
        yield f"{where}：{problem.expected}{found}{problem.hint}"


def exported(lake: Lake) -> Iterator[tuple[str, Path]]:
    """The tables of findings, counts and unread cells as parquet files: what each is called."""
    for table, called in ((_FOUND, "findings"), (_COUNTS, "counts"), (_UNREAD, "unread")):
        path = lake.copies / f"{called}.parquet"
        lake.database.export(f'SELECT * FROM "{table}"', str(path))
        yield called, path


def _text(value: str) -> str:
    doubled = value.replace("'", "''")
    return f"'{doubled}'"


def _named(numbers: str, names: tuple[str, ...]) -> str:
    return (
        "CASE " + numbers + "".join(f" WHEN {i} THEN '{n}'" for i, n in enumerate(names)) + " END"
    )


_FINDING: Final = (
    "(outcome IN ('gap', 'borderline', 'not_evidenced', 'failed')"
    " OR (outcome = 'unknown' AND severity = 'blocking'))"
)
"""As `engine.model.outcome.is_finding` has it."""


def _each(judged: JudgedTables) -> Iterator[tuple[str, str, str]]:
    """For each requirement its id, its subject, and a query of its outcomes by id."""
    for judging in judged.judgings:
        for each in judging.requirements:
            outcome = _named(f'"{each.id}"', _OUTCOMES)
            rank, lower = severity_of(each.id), _OUTCOMES.index(Outcome.NOT_EVIDENCED)
            lowered = f'least("{rank}" + CASE "{each.id}" WHEN {lower} THEN 1 ELSE 0 END, 3)'
            severity = _named(lowered, _SEVERITIES)
            query = (
                f'SELECT {ID}, {outcome} AS outcome, {severity} AS severity FROM "{judging.table}"'
            )
            yield each.id, judging.subject, query


def _make_counts(lake: Lake, judged: JudgedTables) -> None:
    parts = [
        f"SELECT {_text(name)} AS requirement, outcome, severity, {_FINDING} AS finding, "
        f"coalesce(s.\"{PLACE}\", '') AS place, coalesce(s.\"{UNIT}\", '') AS unit, count(*) AS n "
        f'FROM ({query}) o JOIN "{subject}" s USING ({ID}) GROUP BY ALL'
        for name, subject, query in _each(judged)
    ]
    empty = (
        "SELECT '' AS requirement, '' AS outcome, '' AS severity, FALSE AS finding, '' AS place, "
        "'' AS unit, 0 AS n WHERE FALSE"
    )
    lake.database.make(_COUNTS, empty)
    for part in parts:
        lake.database.rows(f'INSERT INTO "{_COUNTS}" {part}')


def _make_findings(lake: Lake, judged: JudgedTables, *, unmask: bool) -> None:
    lake.database.make(
        _FOUND,
        "SELECT '' AS requirement, '' AS outcome, '' AS severity, '' AS type, '' AS key, "
        "0::BIGINT AS row, '' AS place, '' AS unit WHERE FALSE",
    )
    for name, subject, query in _each(judged):
        source = judged.opened.sources[subject]
        key = f"coalesce(s.\"{KEY}\", '')" if _shown(source, unmask=unmask) else "''"
        lake.database.rows(
            f'INSERT INTO "{_FOUND}" SELECT {_text(name)}, outcome, severity, {_text(subject)}, '
            f"{key}, s.{ID} + 1, coalesce(s.\"{PLACE}\", ''), coalesce(s.\"{UNIT}\", '') "
            f'FROM ({query}) o JOIN "{subject}" s USING ({ID}) WHERE {_FINDING}'
        )


def _shown(source: Source, *, unmask: bool) -> bool:
    """Whether keys may be shown: none of their parts stays in the office."""
    return unmask or not any(source.type.fields[path].kept for path in source.type.key)


def _make_unread(lake: Lake, judged: JudgedTables, *, unmask: bool) -> None:
    """Every cell that can't be read, every row that belongs nowhere, every broken line."""
    lake.database.make(
        _UNREAD,
        "SELECT '' AS \"table\", 0::BIGINT AS row, '' AS \"column\", '' AS found, "
        "'' AS expected WHERE FALSE",
    )
    for name, source in judged.opened.sources.items():
        for path, column in source.columns.items():
            spec = source.type.fields[path]
            raw = "'（已隐去）'" if spec.kept and not unmask else f'CAST(s."{path}" AS VARCHAR)'
            said = f"“{spec.title}”" + (
                "应为：" + "、".join(spec.values)
                if spec.values
                else f"读不了，{_EXPECTED[spec.type.value]}"
            )
            if _is_read(source, path):
                lake.database.rows(
                    f'INSERT INTO "{_UNREAD}" SELECT {_text(source.called)}, k.{ID} + 1, '
                    f'{_text(column.name)}, {raw}, {_text(said)} FROM "{name}{KEYED}" k '
                    f'JOIN "{name}{SOURCE}" s USING ({ID}) WHERE k."{BAD}" > 0 AND k."{path}{BAD}"'
                )
        if source.type.parent is not None:
            above = judged.opened.declared[name].parent
            lake.database.rows(
                f'INSERT INTO "{_UNREAD}" SELECT {_text(source.called)}, {ID} + 1, {_text(above)}, '
                f"coalesce(\"{NAMED}\", ''), '所属的没有这一件，或者有几件，这一行没有算进去' "
                f'FROM "{name}{HOMELESS}"'
            )
        for line, kind, said in judged.opened.broken[name]:
            lake.database.rows(
                f"INSERT INTO \"{_UNREAD}\" VALUES ({_text(source.called)}, {line}, '（整行）', "
                f"{_text(said if unmask else kind)}, {_text(_BROKEN)})"
            )


_BROKEN: Final = "这一行的格数与表头不一样，或者引号不配对，没有算进去"
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


def _is_read(source: Source, path: str) -> bool:
    return not any(path in nested.tally for nested in source.type.nested.values())


def _tables(lake: Lake, judged: JudgedTables, run: Run) -> Iterator[TableEntry]:
    for name, source in judged.opened.sources.items():
        rows = lake.database.rows(
            f'SELECT count(*), count(*) FILTER (WHERE "{BAD}" > 0), '
            f'count(*) FILTER (WHERE "{TWIN}") FROM "{name}"'
        )[0]
        homeless = 0
        if source.type.parent is not None:
            homeless = lake.database.rows(f'SELECT count(*) FROM "{name}{HOMELESS}"')[0][0]
        cells = lake.database.rows(
            f'SELECT "column", count(*) FROM "{_UNREAD}" WHERE "table" = {_text(source.called)} '
            "GROUP BY ALL ORDER BY ALL"
        )
        broken = judged.opened.broken[name]
        yield TableEntry(
            type=name,
            title=source.type.title,
            called=source.called,
            judged=int(rows[0]),
            homeless=int(homeless),
            broken=len(broken),
            bad_rows=int(rows[1]),
            twins=int(rows[2]),
            bad_cells={str(column): int(n) for column, n in cells},
            columns={
                source.type.fields[path].title: column.name
                for path, column in source.columns.items()
            },
            unused=judged.opened.unused[name],
            closed=name in run.facts.closed,
        )


def _requirement(
    requirement: Requirement, ruleset: Ruleset, by: _Counts, sections: tuple[str, ...]
) -> SurveyRequirement:
    text = requirement.texts[0]
    return SurveyRequirement(
        title=requirement.title,
        subject=requirement.subject,
        subject_title=ruleset.schema.types[requirement.subject].title,
        confirmed=requirement.confirmed,
        outcomes=by.outcomes(requirement.id),
        findings=by.severities(requirement.id),
        message=text.message,
        remedy=text.remedy,
        sections=tuple(sections),
    )


@dataclass
class _Counts:
    """The counts, summed by what is asked for."""

    lake: Lake
    _by_requirement: list[tuple[str, str, str, bool, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._by_requirement = [
            (str(a), str(b), str(c), bool(d), int(n))
            for a, b, c, d, n in self.lake.database.rows(
                "SELECT requirement, outcome, severity, finding, sum(n) "
                f'FROM "{_COUNTS}" GROUP BY ALL'
            )
        ]

    def outcomes(self, requirement: str | None = None) -> dict[Outcome, int]:
        """How often each outcome came out."""
        found: Counter[str] = Counter()
        for name, outcome, _, _, many in self._by_requirement:
            if requirement in (None, name):
                found[outcome] += many
        return {outcome: found[outcome] for outcome in Outcome}

    def severities(self, requirement: str | None = None) -> dict[Severity, int]:
        """How many findings there are of each severity."""
        found: Counter[str] = Counter()
        for name, _, severity, finding, many in self._by_requirement:
            if finding and requirement in (None, name):
                found[severity] += many
        return {severity: found[severity] for severity in Severity}

    def groups(self, column: str) -> Iterator[Group]:
        """By place, or by place and unit, those with the most and gravest findings first."""
        asked = "place, '' AS unit" if column == "place" else "place, unit"
        rows = self.lake.database.rows(
            f'SELECT {asked}, outcome, severity, finding, sum(n) AS n FROM "{_COUNTS}" GROUP BY ALL'
        )
        yield from _grouped([(str(p), str(u), "", o, s, f, n) for p, u, o, s, f, n in rows])

    def sections(self, of: Mapping[str, tuple[str, ...]]) -> Iterator[Group]:
        """By place and section of the outline."""
        rows = self.lake.database.rows(
            "SELECT place, requirement, outcome, severity, finding, sum(n) "
            f'FROM "{_COUNTS}" GROUP BY ALL'
        )
        yield from _grouped(
            [
                (str(p), "", section, o, s, f, n)
                for p, r, o, s, f, n in rows
                for section in of[str(r)]
            ]
        )


def _grouped(rows: list[tuple[str, str, str, str, str, bool, int]]) -> Iterator[Group]:
    outcomes: dict[tuple[str, str, str], Counter[str]] = {}
    findings: dict[tuple[str, str, str], Counter[str]] = {}
    for place, unit, section, outcome, severity, finding, many in rows:
        key = (place, unit, section)
        outcomes.setdefault(key, Counter())[outcome] += int(many)
        findings.setdefault(key, Counter())[severity] += int(many) if finding else 0

    def grave(key: tuple[str, str, str]) -> tuple[object, ...]:
        return (*(-findings[key][severity] for severity in Severity), key)

    for key in sorted(outcomes, key=grave):
        yield Group(
            *key,
            {outcome: outcomes[key][outcome] for outcome in Outcome},
            {severity: findings[key][severity] for severity in Severity},
        )


def _findings(lake: Lake) -> Iterator[SurveyFinding]:
    ranks = "".join(f" WHEN '{s}' THEN {s.rank}" for s in Severity)
    states = "".join(f" WHEN '{o}' THEN {i}" for i, o in enumerate(Outcome))
    rows = lake.database.rows(
        f"SELECT requirement, outcome, severity, type, key, row, place, unit FROM "
        f'"{_FOUND}" ORDER BY CASE severity{ranks} END, CASE outcome{states} END, requirement, '
        f"place, unit, row LIMIT {_GRAVEST}"
    )
    for requirement, outcome, severity, name, key, row, place, unit in rows:
        yield SurveyFinding(
            str(requirement), Outcome(outcome), Severity(severity), str(name), str(key), int(row),
            str(place), str(unit),
        )  # fmt: skip


def _unread(lake: Lake) -> tuple[tuple[Unread, ...], int]:
    rows = lake.database.rows(f'SELECT * FROM "{_UNREAD}" ORDER BY ALL LIMIT {_LISTED}')
    many = lake.database.rows(f'SELECT count(*) FROM "{_UNREAD}"')[0][0]
    return tuple(Unread(str(t), int(r), str(c), str(f), str(e)) for t, r, c, f, e in rows), int(
        many
    )
