"""The folder: files in, what was read of them, and the run."""

from __future__ import annotations

import datetime as dt
from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opening import HOME, today
from web.confirming import confirm as confirmed
from web.downloads import download
from web.holdings import NotTakenError, files_now, may_change, take
from web.holdings import remove as taken_out
from web.log import log, person_of
from web.models import LedgerFile, Role, Run, RunState
from web.running import ask, latest
from web.seen import seen
from web.views.shown import page

EXAMPLE = HOME / "examples" / "qinglan"


class AskForm(forms.Form):
    """On which day the folder shall be seen."""

    as_of = forms.DateField(
        label="检查日", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take files in and check; show what is there and what was read of it."""
    person = person_of(request)
    if request.method == "POST":
        taken = [name for file in request.FILES.getlist("files") if (name := _take(request, file))]
        if taken:
            log(request, "上传", "、".join(taken))
            messages.success(request, f"收下{len(taken)}个文件：{'、'.join(taken)}")
            return _asked(request, None)
        return redirect("upload")
    run = latest()
    return page(
        request,
        "upload.html.j2",
        None if run is None else seen(run, person),
        run=run,
        pending=_pending(),
        reading=None if run is None else _reading(run),
        files=[(file, may_change(file, person)) for file in files_now()],
        whole=person.role != Role.CLERK,
        today=today(),
        most=settings.LARGEST_FILE // settings.MEBIBYTE,
    )


def _take(request: HttpRequest, file: UploadedFile[Any]) -> str:
    """Take one file in; its name, or nothing where it wasn't taken, and why is said."""
    name = PurePath(file.name or "").name
    try:
        return take(name, file.read(settings.LARGEST_FILE + 1), person_of(request)).name
    except NotTakenError as error:
        messages.error(request, str(error))
        return ""


def _reading(run: Run) -> object:
    return Run.objects.select_related("result").get(pk=run.pk).result.reading


def _pending() -> Run | None:
    """A run that is under way, or the last that failed after every one that was done."""
    last = Run.objects.filter(replays=None).order_by("-pk").first()
    return None if last is None or last.state == RunState.DONE else last


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file out of the folder."""
    file = get_object_or_404(LedgerFile, pk=pk, until=None)
    if not may_change(file, person_of(request)):
        raise Http404
    taken_out(file)
    log(request, "移出文件", file.name)
    messages.success(request, f"移出了“{file.name}”，以前的核对里还留着。")
    return _asked(request, None)


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Keep what somebody says of a header, a sheet, or another row of the settings."""
    said = [request.POST.get(name, "").strip() for name in ("item", "about", "answer")]
    try:
        confirmed(said[0], said[1], said[2], person_of(request))
    except NotTakenError as error:
        messages.error(request, str(error))
        return redirect("upload")
    log(request, "确认设置", f"{said[0]}：{said[1]}＝{said[2]}")
    return _asked(request, None)


@require_GET
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """A file as it was handed in: nothing is masked in it."""
    file = get_object_or_404(LedgerFile, pk=pk, content__wiped=False)
    log(request, "下载原件", f"{file.name}（{file.content_id[:16]}）")
    return download(file.name, bytes(file.content.data))


@require_POST
def example(request: HttpRequest) -> HttpResponse:
    """Fill an empty folder with the example county's."""
    if files_now():
        messages.error(request, "文件夹里已有材料，不再装示例。")
        return redirect("upload")
    for place in sorted(EXAMPLE.iterdir()):
        take(place.name, place.read_bytes(), person_of(request))
    log(request, "装入示例", "青岚县（虚构）")
    return _asked(request, dt.date(2025, 3, 10))


@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Check the folder as it is."""
    form = AskForm(request.POST)
    if not form.is_valid():
        messages.error(request, "检查日写得不对，应为 2025-03-10 这样的日子。")
        return redirect("upload")
    return _asked(request, form.cleaned_data["as_of"])


def _asked(request: HttpRequest, as_of: dt.date | None) -> HttpResponse:
    if not files_now():
        return redirect("upload")
    last = latest()
    run, stored = ask(person_of(request), as_of or (last.as_of if last else today()))
    if stored and run.state == RunState.DONE:
        said = (
            f"材料、检查日和规则都没有变，用的是 {run.at:%Y-%m-%d %H:%M} 核过的第{run.pk}次结果。"
        )
        messages.info(request, said)
    elif not stored:
        log(request, "核对", f"第{run.pk}次，检查日{run.as_of}")
    return redirect("upload")


@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a run has come; at its end the page is loaded anew."""
    run = get_object_or_404(Run, pk=pk)
    response = page(request, "progress.html.j2", pending=run)
    if run.state in (RunState.DONE, RunState.FAILED):
        response.headers["HX-Redirect"] = reverse("upload")
    return response
