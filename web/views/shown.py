"""How a page is filled in: the reporter's words about an assessment, and the page's own."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from engine.model.assessment import Assessment
from reporter.documents.templating import about
from web.log import person_of
from web.models import Run
from web.running import latest
from web.seen import seen


def page(
    request: HttpRequest, template: str, assessment: Assessment | None = None, **more: object
) -> HttpResponse:
    """A page, with an assessment where it is about one."""
    filled = {} if assessment is None else dict(about(assessment))
    return render(request, template, filled | more, using="jinja2")


def current(request: HttpRequest) -> tuple[Run, Assessment]:
    """The last run, as whoever asks may see it. Raises `Http404` where there is none."""
    run = latest()
    if run is None:
        raise Http404
    return run, seen(run, person_of(request))
