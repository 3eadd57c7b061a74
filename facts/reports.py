"""The annual reports of a folder: which is of which year, and what each becomes.

The report of the assessed year is a record to be judged. Last year's is there to compare with:
of it stay the plans that this year's has to account for, and the figures that have changed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from engine.model.report import ReportEntry
from engine.model.values import Record
from facts.intake import Intake, Text
from facts.joining.assembly import Assembly
from facts.report import Report, read_report
from facts.report.entries import report_entry
from facts.report.facts import TYPE, LastYear, report_draft
from facts.report.last_year import relations_to
from facts.report.year_on_year import compare
from facts.writing.text import fold

_KEPT: Final = "report_plan"
"""What stays of a report that is not judged: its plans, which the next one accounts for."""


def reports_by_year(intake: Intake) -> dict[int, Text]:
    """The reports by their year; of two for one year only the first is read."""
    found: dict[int, Text] = {}
    for text in intake.reports:
        report = read_report(text.text, name=text.entry.path)
        if report.year is None:
            text.entry.problem("看不出是哪一年的报告，没有读取", hint="文件名或标题里写明年度")
        elif report.year in found:
            other = found[report.year].entry.path
            text.entry.problem(f"{report.year}年已有报告“{other}”，这一份没有读取")
        else:
            found[report.year] = text
            text.report = report
    return found


def draft_reports(intake: Intake, texts: dict[int, Text], assessed: int) -> tuple[ReportEntry, ...]:
    """Put the drafts of the reports into `intake`; the entries, the assessed year's first."""
    reports = {year: text.report for year, text in texts.items() if text.report is not None}
    if not reports:
        return ()
    intake.seen |= {TYPE, *(n.of for n in intake.schema.types[TYPE].nested.values())}
    entries = []
    for year in sorted(reports, key=lambda year: (year != assessed, -year)):
        report, text = reports[year], texts[year]
        path, own = text.entry.path, year == assessed
        earlier = reports.get(year - 1) if own else None
        last = None
        if earlier is not None:
            last = LastYear(texts[year - 1].entry.path, compare(earlier, report))
            report = replace(report, relations=(*report.relations, *relations_to(earlier, report)))
        if not own:
            text.entry.notes.append(_why_beside(year, assessed))
        key = _unit(intake, report, year), year
        intake.drafts[TYPE].append(
            report_draft(report, intake.schema, key, last, file=path, text=text.text)
        )
        changes = last.changes if last is not None else ()
        entries.append(report_entry(report, text.text, changes, path=path, year=year, assessed=own))
    return tuple(entries)


def set_aside(assembly: Assembly, texts: dict[int, Text], assessed: int) -> None:
    """Take what is only there to compare with out of the records to be judged.

    A report of another year that a ledger row names too stays: the row is judged.
    """
    beside = {text.entry.path for year, text in texts.items() if year != assessed}
    if not beside:
        return
    kinds = {TYPE, *(nested.of for nested in assembly.schema.types[TYPE].nested.values())}
    for kind in kinds - {_KEPT}:
        found = assembly.records.get(kind, [])
        assembly.records[kind] = [record for record in found if not _only_in(record, beside)]


def _only_in(record: Record, files: set[str]) -> bool:
    top = record if record.parent is None else record.parent
    return all(source.file in files for source in (top.source, *top.sources.values()))


def _why_beside(year: int, assessed: int) -> str:
    if year == assessed - 1:
        return f"上年（{year}年）的报告：与{assessed}年的报告对照，本身不再核对"
    return f"{year}年的报告，不是自查年度（{assessed}年）的，没有核对"


def _unit(intake: Intake, report: Report, year: int) -> str:
    """The unit that a report's record stands under: as a ledger row names it.

    A row of the same report before one of another year, so that the years' reports are one unit's.
    """
    place = intake.settings.place.values
    names = [state for path in ("government", "name") if isinstance(state := place.get(path), str)]
    names += [report.place] if report.place else []
    rows = [draft.cells for draft in intake.drafts[TYPE]]
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
