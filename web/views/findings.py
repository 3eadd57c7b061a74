"""Findings: listed by cause, one with its row, who sees to it, and when it is settled."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from engine.model.assessment import Assessment, OutcomeEntry
from engine.model.outcome import Severity
from reporter.overview import Overview
from reporter.roots import roots
from web.downloads import download
from web.log import log, person_of
from web.models import Assignment, Content, Run, Waiver
from web.rows import row_of
from web.views.shown import current, page


@require_GET
def findings(request: HttpRequest) -> HttpResponse:
    """What has to be seen to, by cause, as far as it fits what was asked for."""
    run, assessment = current(request)
    overview = Overview(assessment)
    asked = {name: request.GET.get(name, "") for name in ("severity", "unit", "domain", "kind")}
    known = overview.found if asked["kind"] != "unknown" else _untold(assessment)
    fitting = [entry for entry in known if _fits(entry, assessment, asked)]
    return page(
        request,
        "findings-page.html.j2",
        assessment,
        run=run,
        asked=asked,
        causes=roots(fitting),
        number=len(fitting),
        units=sorted({entry.owner for entry in assessment.findings if entry.owner}),
        domains=sorted({entry.domain for entry in assessment.requirements.values()}),
        assigned={one.fingerprint: one for one in Assignment.objects.select_related("closed_by")},
    )


def _untold(assessment: Assessment) -> list[OutcomeEntry]:
    """The findings of which nothing but more facts can tell what they are."""
    found = set(map(id, Overview(assessment).found))
    return [entry for entry in assessment.findings if id(entry) not in found]


def _fits(entry: OutcomeEntry, assessment: Assessment, asked: dict[str, str]) -> bool:
    requirement = assessment.requirements[entry.requirement]
    return (
        asked["severity"] in ("", entry.severity)
        and asked["unit"] in ("", entry.owner)
        and asked["domain"] in ("", requirement.domain)
    )


class AssignForm(forms.ModelForm[Assignment]):
    """Who sees to a finding, and by when."""

    class Meta:
        """What is filled in."""

        model = Assignment
        fields: ClassVar = ["unit", "deadline", "measure"]
        widgets: ClassVar = {"deadline": forms.DateInput(attrs={"type": "date"})}


class WaiveForm(forms.ModelForm[Waiver]):
    """For how long a finding is left alone, and on whose word."""

    class Meta:
        """What is filled in."""

        model = Waiver
        fields: ClassVar = ["reason", "basis", "start", "end"]
        widgets: ClassVar = {
            "start": forms.DateInput(attrs={"type": "date"}),
            "end": forms.DateInput(attrs={"type": "date"}),
        }

    def clean(self) -> dict[str, Any]:
        """It begins before it ends."""
        found = super().clean() or {}
        if found.get("start") and found.get("end") and found["start"] > found["end"]:
            self.add_error("end", "止不能早于起")
        return found


def _entry(request: HttpRequest, fingerprint: str) -> tuple[Run, Assessment, OutcomeEntry]:
    """The finding so called, as whoever asks may see it. Raises `Http404`."""
    run, assessment = current(request)
    for entry in assessment.findings:
        if entry.fingerprint == fingerprint:
            return run, assessment, entry
    raise Http404


@require_GET
def finding(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """One finding: why, the row that it stands in, and what became of it."""
    return _shown(request, fingerprint, AssignForm(), WaiveForm())


def _shown(
    request: HttpRequest,
    fingerprint: str,
    assigning: AssignForm,
    waiving: WaiveForm,
    *,
    unmasked: bool = False,
) -> HttpResponse:
    run, assessment, entry = _entry(request, fingerprint)
    facts = (*entry.evidence, *entry.missing)
    person = person_of(request)
    assignment = Assignment.objects.filter(fingerprint=fingerprint).first()
    # The list of findings shows one beside itself; without scripts its link leads to the page.
    beside = request.headers.get("HX-Request") == "true"
    return page(
        request,
        "finding-drawer.html.j2" if beside else "finding-page.html.j2",
        assessment,
        run=run,
        entry=entry,
        row=row_of(run.pk, entry.subject_type, entry.subject_key),
        marked={f.field for f in facts if f.record_key == entry.subject_key},
        unmasked=unmasked,
        assignment=assignment,
        assigning=assigning,
        waiving=waiving,
        waivable=entry.severity is not Severity.BLOCKING and entry.waiver is None,
        closable=assignment is not None and _may_close(assignment, person.pk),
    )


def _may_close(one: Assignment, person: int) -> bool:
    """It takes somebody else than who gave the task and who handed in the evidence."""
    return (
        one.evidence_by_id is not None
        and one.closed_by_id is None
        and person not in (one.by_id, one.evidence_by_id)
    )


@require_POST
def unmask(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """Show what stays in the office once, and write down who asked."""
    _, assessment, entry = _entry(request, fingerprint)
    log(request, "看未遮的行", Overview(assessment).subject(entry))
    return _shown(request, fingerprint, AssignForm(), WaiveForm(), unmasked=True)


@require_POST
def assign(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """Give a finding to a unit to see to."""
    _, assessment, entry = _entry(request, fingerprint)
    before = Assignment.objects.filter(fingerprint=fingerprint, closed_by=None).first()
    form = AssignForm(request.POST, instance=before)
    if not form.is_valid():
        return _shown(request, fingerprint, form, WaiveForm())
    given = form.save(commit=False)
    given.fingerprint, given.requirement = fingerprint, entry.requirement
    given.subject = Overview(assessment).subject(entry)
    given.by = person_of(request)
    given.save()
    log(request, "派整改", f"{given.subject}：{given.unit}，{given.deadline}前")
    return redirect("finding", fingerprint)


@require_POST
def hand_in(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """Hand in what shows that a finding is settled."""
    _entry(request, fingerprint)
    one = get_object_or_404(Assignment, fingerprint=fingerprint, closed_by=None)
    file = request.FILES.get("evidence")
    data = b"" if file is None else file.read(settings.LARGEST_FILE + 1)
    if file is None or not data or len(data) > settings.LARGEST_FILE:
        messages.error(request, "没有选文件，或者是空的、太大；没有收。")
        return redirect("finding", fingerprint)
    one.evidence, one.evidence_name = Content.kept(data), (file.name or "佐证")[:200]
    one.evidence_by = person_of(request)
    one.save()
    log(request, "交佐证", f"{one.subject}：{one.evidence_name}")
    return redirect("finding", fingerprint)


@require_GET
def evidence(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """What was handed in."""
    _entry(request, fingerprint)
    one = get_object_or_404(Assignment, fingerprint=fingerprint)
    if one.evidence is None:
        raise Http404
    log(request, "下载佐证", f"{one.subject}：{one.evidence_name}")
    return download(one.evidence_name, bytes(one.evidence.data))


@require_POST
def close(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """Sign a finding off; it stays one until it is judged otherwise."""
    _entry(request, fingerprint)
    one = get_object_or_404(Assignment, fingerprint=fingerprint)
    person = person_of(request)
    if not _may_close(one, person.pk):
        messages.error(request, "要交了佐证，由派整改、交佐证以外的人销号。")
        return redirect("finding", fingerprint)
    one.closed_by, one.closed_at = person, timezone.now()
    one.save()
    log(request, "销号", one.subject)
    return redirect("finding", fingerprint)


@require_POST
def waive(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """Leave a finding alone for a time; the next check shows it as waived."""
    _, assessment, entry = _entry(request, fingerprint)
    form = WaiveForm(request.POST)
    if entry.severity is Severity.BLOCKING:
        messages.error(request, "“必须先解决”的不能豁免。")
        return redirect("finding", fingerprint)
    if not form.is_valid():
        return _shown(request, fingerprint, AssignForm(), form)
    made = form.save(commit=False)
    made.requirement, made.record_key = entry.requirement, entry.subject_key
    made.by = person_of(request)
    made.save()
    log(request, "豁免", f"{Overview(assessment).subject(entry)}：{made.reason}，至{made.end}")
    messages.success(request, "豁免记下了，重新核对以后列为已豁免。")
    return redirect("waivers")


@require_GET
def waivers(request: HttpRequest) -> HttpResponse:
    """Every waiver that was given here."""
    _, assessment = current(request)
    found = Waiver.objects.select_related("by").order_by("-pk")
    return page(request, "waivers.html.j2", assessment, found=found)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a waiver back."""
    one = get_object_or_404(Waiver, pk=pk, until=None)
    one.until = timezone.now()
    one.save()
    log(request, "撤回豁免", str(one))
    return redirect("waivers")
