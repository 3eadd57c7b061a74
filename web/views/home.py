"""The first page: what lies ahead, what is due, what is gravest, and how it went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from engine.model.assessment import Assessment
from reporter.overview import Overview
from reporter.titles import NOBODY
from web.log import person_of
from web.models import Role, Run, RunState
from web.running import assessment_of, latest
from web.seen import seen
from web.views.shown import page

_MONTHS = 24
_YEARS = 5


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What somebody sees in the morning."""
    run, person = latest(), person_of(request)
    if run is None:
        return page(request, "start.html.j2")
    assessment = seen(run, person)
    whole = person.role != Role.CLERK
    return page(
        request,
        "home.html.j2",
        assessment,
        run=run,
        months=_by_month() if whole else {},
        years=_by_year() if whole else {},
        units=_by_unit(assessment),
    )


def _by_month() -> Mapping[str, Run]:
    """The last run of each month of its day of the check, the latest months."""
    done = Run.objects.filter(state=RunState.DONE, replays=None).order_by("as_of", "pk")
    found = {f"{run.as_of:%Y-%m}": run for run in done}
    return dict(sorted(found.items())[-_MONTHS:])


def _by_year() -> Mapping[int, Overview]:
    """What the last run of each assessed year found, the latest years."""
    done = Run.objects.filter(state=RunState.DONE, replays=None).order_by("as_of", "pk")
    found = {run.year: run for run in done if run.year is not None}
    return {year: Overview(assessment_of(run)) for year, run in sorted(found.items())[-_YEARS:]}


def _by_unit(assessment: Assessment) -> Mapping[str, Counter[str]]:
    """How many findings each unit has in each domain, the most first."""
    found: dict[str, Counter[str]] = {}
    for entry in Overview(assessment).left:
        domain = assessment.requirements[entry.requirement].domain
        found.setdefault(entry.owner or NOBODY, Counter())[domain] += 1
    return dict(sorted(found.items(), key=lambda item: (-item[1].total(), item[0])))
