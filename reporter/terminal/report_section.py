"""The section on the annual report: what it claims, and how that holds, in a few lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from engine.model.report import (
    DIRECTION_TITLES,
    VERDICT_TITLES,
    ClaimRow,
    ReportChange,
    ReportClaim,
    ReportEntry,
    ReportRelation,
    Verdict,
)
from reporter.terminal.page import Page

_MARKS: Final[Mapping[Verdict, str]] = {
    Verdict.HOLDS: "✓",
    Verdict.FAILS: "✗",
    Verdict.UNKNOWN: "？",
}
_COLOURS: Final[Mapping[Verdict, str]] = {
    Verdict.HOLDS: "green",
    Verdict.FAILS: "red",
    Verdict.UNKNOWN: "yellow",
}
_MOST: Final = 12
_MOST_ROWS: Final = 12


def render_reports(reports: Iterable[ReportEntry], page: Page) -> None:
    """Write the section; nothing where no report of the assessed year was read."""
    for report in reports:
        if report.assessed:
            _report(report, page)


def _report(report: ReportEntry, page: Page) -> None:
    page.heading("年度报告")
    named = f"{report.title}（{report.path}）" if report.title else report.path
    page.line(named, 2, 2, bold=True)
    found = Counter(relation.verdict for relation in report.relations)
    verdicts = " · ".join(f"{VERDICT_TITLES[v]} {found[v]}" for v in VERDICT_TITLES)
    page.line(
        f"数字{len(report.figures)}个，数字之间的关系{len(report.relations)}条：{verdicts}", 2
    )
    shown = [r for r in report.relations if r.verdict is not Verdict.UNKNOWN]
    _relations(sorted(shown, key=lambda relation: relation.verdict), page)
    _claims(report.claims, page)
    _changes(report.changes, page)
    page.line("每个数字、每条关系连同原句，用 fazhi extract 看全", 2, dim=True)


def _relations(relations: Sequence[ReportRelation], page: Page) -> None:
    for relation in relations[:_MOST]:
        page.line(
            f"{_MARKS[relation.verdict]} {relation.explanation}",
            4,
            2,
            fg=_COLOURS[relation.verdict],
        )
    if len(relations) > _MOST:
        page.line(f"另有{len(relations) - _MOST}条成立的", 4)


def _claims(claims: Sequence[ReportClaim], page: Page) -> None:
    if not claims:
        return
    page.line("报告自报的数与台账", 2, bold=True)
    compared = [claim for claim in claims if claim.rows or not claim.lower_bound]
    for claim in compared:
        page.line(
            f"{_MARKS[claim.verdict]} {claim.title}：{claim.difference}",
            4,
            2,
            fg=_COLOURS[claim.verdict],
        )
    if len(compared) < len(claims):
        missing = "、".join(f"{c.title}{c.raw}{c.unit}" for c in claims if c not in compared)
        page.line(f"没有台账可比：{missing}", 4, 2)


def claim_lines(claim: ReportClaim) -> Iterator[str]:
    """The rows behind the number that the ledger shows, each with its cell."""
    kinds = (
        ("计入", claim.rows),
        ("缺日期等、可能计入", claim.doubtful),
        ("日期不在当年、没有计入", claim.outside),
    )
    for title, rows in kinds:
        if rows:
            listed = "、".join(map(_row, rows[:_MOST_ROWS]))
            more = "等" if len(rows) > _MOST_ROWS else ""
            yield f"{title}{len(rows)}行：{listed}{more}"


def _row(row: ClaimRow) -> str:
    return row.label + (f"（{row.source.place()}）" if row.source is not None else "")


def _changes(changes: Sequence[ReportChange], page: Page) -> None:
    if not changes:
        return
    found = Counter(change.direction for change in changes)
    listed = " · ".join(f"{title} {found[way]}" for way, title in DIRECTION_TITLES.items())
    page.line(f"与上年报告可比的{len(changes)}项：{listed}", 2, bold=True)
    for change in changes:
        if change.agrees is None:
            continue
        unsure = Verdict.UNKNOWN if change.general else Verdict.FAILS
        verdict = Verdict.HOLDS if change.agrees else unsure
        page.line(f"{_MARKS[verdict]} {change.explanation}", 4, 2, fg=_COLOURS[verdict])
