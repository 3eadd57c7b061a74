"""Every run that there was, and any two compared."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from engine.assessing.since import since
from reporter.since import changed, gone
from web.log import log, person_of
from web.models import Run, RunState
from web.running import assessment_of
from web.running import replay as replayed
from web.views.shown import page

_PER_PAGE = 50


@require_GET
def history(request: HttpRequest) -> HttpResponse:
    """All runs, the latest first."""
    runs = Run.objects.select_related("by", "replays").order_by("-pk")
    found = Paginator(runs, _PER_PAGE).get_page(request.GET.get("page"))
    return page(request, "history.html.j2", found=found)


@require_GET
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One run: with what it was made, and what it found in short."""
    found = get_object_or_404(Run.objects.select_related("by", "replays"), pk=pk)
    assessment = assessment_of(found) if found.state == RunState.DONE else None
    files = found.files.order_by("name").values_list("name", "content_id")
    return page(request, "run.html.j2", assessment, run=found, files=list(files))


@require_POST
def replay(request: HttpRequest, pk: int) -> HttpResponse:
    """Check the very files of a run once more."""
    found = get_object_or_404(Run, pk=pk, state=RunState.DONE, replays=None)
    again = replayed(found, person_of(request))
    log(request, "重放", f"第{pk}次，新的是第{again.pk}次")
    return redirect("run", again.pk)


@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """What changed from one run to another."""
    try:
        old, new = (int(request.GET[name]) for name in ("old", "new"))
    except (KeyError, ValueError):
        raise Http404 from None
    done = Run.objects.filter(state=RunState.DONE)
    runs = [get_object_or_404(done, pk=pk) for pk in (old, new)]
    compared = since(assessment_of(runs[1]), assessment_of(runs[0]))
    blocks = [*changed(compared), *(gone(compared.since) if compared.since else ())]
    return page(request, "compare.html.j2", compared, old=runs[0], new=runs[1], blocks=blocks)
