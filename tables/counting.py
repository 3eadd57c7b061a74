"""Results to a survey: what is counted, and the gravest of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from engine.assessing.standing import period_over
from engine.judging.run import Run
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
from tables.results import COUNTS, FINDINGS, ROWS, UNREAD, Results

_GRAVEST: Final = 50
_UNITS: Final = 100
_LISTED: Final = 50


def counted(results: Results, ruleset: Ruleset, run: Run, judged: JudgedTables) -> Survey:
    """What came out, of all places or of one: of that one nothing is told that is another's."""
    requirements = {each.id: each for judging in judged.judgings for each in judging.requirements}
    outline = outline_on(ruleset, dt.date(run.year, 12, 31), list(requirements.values()))
    sections = {name: outline.of[name] for name in requirements}
    by = _Counts(results)
    province = ruleset.province(run.facts.jurisdiction)
    name = run.world.place.values.get("name")
    everywhere = results.place is None
    unread, cells = _unread(results)
    return Survey(
        schema=SURVEY_SCHEMA,
        as_of=run.world.as_of,
        year=run.year,
        place=results.place or (name if isinstance(name, str) else ""),
        jurisdiction=ruleset.called(province) if province else "",
        ruleset=RulesetEntry(ruleset.version, ruleset.sha256, tuple(ruleset.province_names)),
        engines=judged.engines,
        tables=tuple(_tables(results, judged, run)),
        requirements={
            each: _requirement(requirements[each], ruleset, by, sections[each])
            for each in sorted(requirements)
        },
        refused=dict(sorted(judged.refused.items())),
        refused_titles={each: ruleset.titles[each] for each in sorted(judged.refused)},
        differing=judged.differing if everywhere else tuple(_differing(judged)),
        outcomes=by.outcomes(),
        severities=by.severities(),
        places=tuple(by.groups("place")) if everywhere else (),
        units=tuple(by.groups("unit"))[:_UNITS],
        sections=tuple(by.sections(sections)),
        section_titles={each: section.title for each, section in outline.sections.items()},
        findings=tuple(_findings(results)),
        found=_many(results, FINDINGS),
        unread=unread,
        unread_cells=cells,
        unplaced=results.unplaced,
        period=period_over(ruleset, requirements.values(), run.world.as_of),
        notes=tuple(_notes(run)) if everywhere else (),
    )


def _differing(judged: JudgedTables) -> Iterator[str]:
    """The requirements that engines judged otherwise, without the rows: those are some place's."""
    yield from dict.fromkeys(each.partition(" ")[0] for each in judged.differing)


def _notes(run: Run) -> Iterator[str]:
    """What is wrong with the settings."""
    for problem in run.facts.problems:
        where = f"{problem.file} {problem.cell}".strip()
        found = f"（{problem.found}）" if problem.found else ""
        yield f"{where}：{problem.expected}{found}{problem.hint}"


def _many(results: Results, table: str) -> int:
    return int(results.database.rows(f"SELECT count(*) FROM {results.relations[table]}")[0][0])


def _tables(results: Results, judged: JudgedTables, run: Run) -> Iterator[TableEntry]:
    rows = {
        str(name): tuple(map(int, counts))
        for name, *counts in results.database.rows(
            "SELECT type, sum(judged), sum(bad), sum(twins), sum(homeless), sum(broken) "
            f"FROM {results.relations[ROWS]} GROUP BY type"
        )
    }
    cells: dict[str, dict[str, int]] = {}
    for table, column, many in results.database.rows(
        f'SELECT "table", "column", count(*) FROM {results.relations[UNREAD]} '
        "GROUP BY ALL ORDER BY ALL"
    ):
        cells.setdefault(str(table), {})[str(column)] = int(many)
    for name, source in judged.opened.sources.items():
        judged_rows, bad, twins, homeless, broken = rows.get(name, (0, 0, 0, 0, 0))
        yield TableEntry(
            type=name,
            title=source.type.title,
            called=source.called,
            judged=judged_rows,
            homeless=homeless,
            broken=broken,
            bad_rows=bad,
            twins=twins,
            bad_cells=cells.get(source.called, {}),
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

    results: Results
    _by_requirement: list[tuple[str, str, str, bool, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._by_requirement = [
            (str(a), str(b), str(c), bool(d), int(n))
            for a, b, c, d, n in self.results.database.rows(
                "SELECT requirement, outcome, severity, finding, sum(n) "
                f"FROM {self.results.relations[COUNTS]} GROUP BY ALL"
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
        rows = self.results.database.rows(
            f"SELECT {asked}, outcome, severity, finding, sum(n) AS n "
            f"FROM {self.results.relations[COUNTS]} GROUP BY ALL"
        )
        yield from _grouped([(str(p), str(u), "", o, s, f, n) for p, u, o, s, f, n in rows])

    def sections(self, of: Mapping[str, tuple[str, ...]]) -> Iterator[Group]:
        """By place and section of the outline."""
        rows = self.results.database.rows(
            "SELECT place, requirement, outcome, severity, finding, sum(n) "
            f"FROM {self.results.relations[COUNTS]} GROUP BY ALL"
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


def _findings(results: Results) -> Iterator[SurveyFinding]:
    ranks = "".join(f" WHEN '{s}' THEN {s.rank}" for s in Severity)
    states = "".join(f" WHEN '{o}' THEN {i}" for i, o in enumerate(Outcome))
    rows = results.database.rows(
        f"SELECT requirement, outcome, severity, type, key, row, place, unit FROM "
        f"{results.relations[FINDINGS]} ORDER BY CASE severity{ranks} END, "
        f"CASE outcome{states} END, requirement, place, unit, row LIMIT {_GRAVEST}"
    )
    for requirement, outcome, severity, name, key, row, place, unit in rows:
        yield SurveyFinding(
            str(requirement), Outcome(outcome), Severity(severity), str(name), str(key), int(row),
            str(place), str(unit),
        )  # fmt: skip


def _unread(results: Results) -> tuple[tuple[Unread, ...], int]:
    relation = results.relations[UNREAD]
    rows = results.database.rows(
        f'SELECT "table", row, "column", found, expected FROM {relation} ORDER BY ALL '
        f"LIMIT {_LISTED}"
    )
    listed = tuple(Unread(str(t), int(r), str(c), str(f), str(e)) for t, r, c, f, e in rows)
    return listed, _many(results, UNREAD)
