"""The first page: what lies ahead, what is due, what is gravest."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from web.log import person_of
from web.running import latest
from web.seen import seen
from web.views.shown import page


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What somebody sees in the morning."""
    run = latest()
    if run is None:
        return page(request, "start.html.j2")
    return page(request, "home.html.j2", seen(run, person_of(request)), run=run)
