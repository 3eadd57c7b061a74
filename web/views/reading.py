"""Pages that are only read: records of a domain, the report, the rules, the one for the head."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from engine.guard.pages.listing import rows
from engine.guard.pages.requirement import RequirementPage, page_of
from engine.model.assessment import OutcomeEntry
from engine.model.errors import WrongNameError
from engine.model.outcome import Outcome
from engine.ruleset.model import Ruleset
from opening import cached_ruleset
from reporter.overview import gravity
from web.lists import listed, lists_of
from web.views.shown import current, page

_PER_PAGE = 100
KINDS = {
    "documents": ("normative-doc", "规范性文件"),
    "certificates": ("certificate", "执法证件"),
    "cases": ("enforcement", "执法案件"),
}
"""The pages of records: the domain of their requirements, and what the page is called."""


@require_GET
def records(request: HttpRequest, kind: str) -> HttpResponse:
    """Every record of one domain with what is wrong, the gravest first."""
    _, assessment = current(request)
    if kind not in KINDS:
        raise Http404
    domain, title = KINDS[kind]
    found: dict[tuple[str, str], list[OutcomeEntry]] = {}
    for entry in assessment.outcomes:
        if assessment.requirements[entry.requirement].domain == domain:
            found.setdefault((entry.subject_type, entry.subject_key), []).append(entry)
    ranked = sorted(found.values(), key=lambda entries: min(map(_rank, entries)))
    pages = Paginator(ranked, _PER_PAGE).get_page(request.GET.get("page"))
    shown = [
        (sorted((e for e in entries if e.finding), key=gravity), _counts(entries), entries[0])
        for entries in pages
    ]
    return page(
        request,
        "records.html.j2",
        assessment,
        title=title,
        found=pages,
        shown=shown,
        listed=listed(),
    )


@require_GET
def checklist(request: HttpRequest, record_type: str, key: str) -> HttpResponse:
    """The check-lists of one record, to tick."""
    run, assessment = current(request)
    row, found = lists_of(run, assessment, record_type, key)
    shown = replace(assessment, checklists=tuple(found))
    return page(request, "checklist.html.j2", shown, row=row, title=key)


def _rank(entry: OutcomeEntry) -> tuple[bool, tuple[bool, int, str]]:
    return not entry.finding, gravity(entry)


def _counts(entries: list[OutcomeEntry]) -> Counter[Outcome]:
    return Counter(entry.outcome for entry in entries)


@require_GET
def report(request: HttpRequest) -> HttpResponse:
    """The year's report: its figures in their sentences, how they hold."""
    _, assessment = current(request)
    return page(request, "report-page.html.j2", assessment)


@require_GET
def chief(request: HttpRequest) -> HttpResponse:
    """What the head of the office reads: one sheet of A4."""
    run, assessment = current(request)
    by_unit = Counter(
        entry.owner for entry in assessment.findings if entry.owner and entry.waiver is None
    )
    return page(request, "chief.html.j2", assessment, run=run, by_unit=by_unit.most_common(6))


@cache
def _ruleset() -> Ruleset:
    return cached_ruleset().read()


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """Every requirement."""
    asked = request.GET.get("q", "").strip()
    found = [row for row in rows(_ruleset()) if asked in row.title or asked in row.id]
    return page(request, "rules.html.j2", rows=found, asked=asked)


@require_GET
def rule(request: HttpRequest, requirement: str) -> HttpResponse:
    """One requirement: what it asks, what it rests on, its examples."""
    try:
        found = page_of(_ruleset(), requirement)
    except WrongNameError:
        raise Http404 from None
    judged = isinstance(found, RequirementPage)
    return page(request, "rule.html.j2", rule=found, judged=judged)
