"""The annual reports of a folder: which is of which year, and what each becomes.

年报：哪一份是哪一年的，自查年度的核对，上年的用来对照。

The report of the assessed year is a record to be judged. Last year's is there to compare with:
of it stay the plans that this year's has to account for, and the figures that have changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from engine.model.facts import Problem, problem_at
from engine.model.report import ReportEntry
from engine.model.schema import Schema
from engine.model.values import Record, Source
from facts.intake.found import Text
from facts.ledgers.draft import Draft
from facts.report import Report, read_report
from facts.report.entries import report_entry
from facts.report.facts import TYPE, LastYear, report_draft
from facts.report.last_year import relations_to
from facts.report.year_on_year import compare
from facts.whose import why_not_ours
from facts.writing.meanings import CellState
from facts.writing.text import fold

_KEPT: Final = "report_plan"
"""What stays of a report that is not judged: its plans, which the next one accounts for."""


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A report file with what was found in its text."""

    path: str
    text: str
    report: Report


@dataclass(frozen=True, slots=True)
class Reported:
    """What the reports come to: their drafts, and their entries, the assessed year's first.

    `read` names the record types that a report was read for. `aside` says of each file that is
    there to compare with why it isn't judged.
    """

    drafts: tuple[Draft, ...] = ()
    entries: tuple[ReportEntry, ...] = ()
    read: frozenset[str] = frozenset()
    aside: dict[str, list[str]] = field(default_factory=dict)


def reports_by_year(
    texts: Iterable[Text], place: Record
) -> tuple[dict[int, ReadReport], list[Problem]]:
    """The reports by their year; of two for one year only the first is read.

    A report that isn't for certain this place's, and of one year, is refused.
    """
    found: dict[int, ReadReport] = {}
    problems = []
    for text in texts:
        report, source = read_report(text.text, name=text.path), Source(text.path)
        if (why := why_not_ours(report, place, text.text)) is not None:
            problems.append(problem_at(source, why[0], hint=why[1]))
        elif report.year is None:
            said, hint = "看不出是哪一年的报告，没有读取", "文件名或标题里写明年度"
            problems.append(problem_at(source, said, hint=hint))
        elif report.year in found:
            other = found[report.year].path
            said = f"{report.year}年已有报告“{other}”，这一份没有读取"
            problems.append(problem_at(source, said))
        else:
            found[report.year] = ReadReport(text.path, text.text, report)
    return found, problems


def draft_reports(
    schema: Schema,
    reports: Mapping[int, ReadReport],
    assessed: int,
    place: Record,
    drafts: Iterable[Draft],
) -> Reported:
    """The reports as drafts of records; `drafts` are the ledgers' rows, which may name one."""
    if not reports:
        return Reported()
    rows = [draft.cells for draft in drafts if draft.type.type == TYPE]
    made: list[Draft] = []
    entries = []
    for year in sorted(reports, key=lambda year: (year != assessed, -year)):
        read, own = reports[year], year == assessed
        report, earlier = read.report, reports.get(year - 1) if own else None
        last = None
        if earlier is not None:
            last = LastYear(earlier.path, compare(earlier.report, report))
            relations = (*report.relations, *relations_to(earlier.report, report))
            report = replace(report, relations=relations)
        key = _unit([*rows, *(draft.cells for draft in made)], place, report, year), year
        made.append(report_draft(report, schema, key, last, file=read.path, text=read.text))
        changes = last.changes if last is not None else ()
        entries.append(
            report_entry(report, read.text, changes, path=read.path, year=year, assessed=own)
        )
    return Reported(
        tuple(made),
        tuple(entries),
        frozenset({TYPE, *(nested.of for nested in schema.types[TYPE].nested.values())}),
        {r.path: [_why_beside(year, assessed)] for year, r in reports.items() if year != assessed},
    )


def to_be_judged(
    schema: Schema, records: dict[str, list[Record]], beside: Collection[str]
) -> dict[str, list[Record]]:
    """The records without those that are only there to compare with, being in the files `beside`.

    A report of another year that a ledger row names too stays: the row is judged.
    """
    if not beside:
        return records
    kinds = {TYPE, *(nested.of for nested in schema.types[TYPE].nested.values())} - {_KEPT}
    return {
        name: [r for r in found if not _only_in(r, beside)] if name in kinds else found
        for name, found in records.items()
    }


def _only_in(record: Record, files: Collection[str]) -> bool:
    top = record if record.parent is None else record.parent
    return all(source.file in files for source in (top.source, *top.sources.values()))


def _why_beside(year: int, assessed: int) -> str:
    if year == assessed - 1:
        return f"上年（{year}年）的报告：与{assessed}年的报告对照，本身不再核对"
    return f"{year}年的报告，不是自查年度（{assessed}年）的，没有核对"


def _unit(rows: Iterable[Mapping[str, CellState]], place: Record, report: Report, year: int) -> str:
    """The unit that a report's record stands under: as a ledger row names it.

    A row of the same report before one of another year, so that the years' reports are one unit's.
    """
    said = (place.values.get(path) for path in ("government", "name"))
    names = [state for state in said if isinstance(state, str)]
    names += [report.place] if report.place else []
    for cells in sorted(rows, key=lambda row: row.get("year") != year):
        own = cells.get("unit")
        if isinstance(own, str) and _same_government(own, names):
            return own
    return names[0] if names else "本级政府"


def _same_government(unit: str, names: list[str]) -> bool:
    folded = fold(unit)
    return any(
        folded == fold(name) or (folded.startswith(fold(name)) and folded.endswith("政府"))
        for name in names
    )
