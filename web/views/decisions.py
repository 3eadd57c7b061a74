"""Decisions: which may go on, what each still needs, what a person has to say, the form to sign."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from engine.model.assessment import Assessment
from engine.model.gate import StepState
from engine.ruleset.manual import ANSWERS
from opening import today
from reporter.blanks import blanks
from reporter.formats import FORMATS
from reporter.overview import Overview
from web.downloads import download
from web.log import log, person_of
from web.models import Answer, Run
from web.rows import row_of
from web.running import ask
from web.seen import looked, narrowed
from web.views.shown import current, page

_DOCUMENTS = {
    "html": ("自查.html", "网页"),
    "docx": ("自查报告.docx", "自查报告（Word）"),
    "xlsx": ("整改台账.xlsx", "整改台账（Excel）"),
    "json": ("结果.json", "全部结果（json）"),
}
"""The documents of a whole run: what each file is called, and what it is."""


@require_GET
def decisions(request: HttpRequest) -> HttpResponse:
    """Every decision with its gates, those that lie ahead first."""
    run, assessment = current(request)
    return page(request, "decisions.html.j2", assessment, run=run, documents=_DOCUMENTS)


def _known(request: HttpRequest, key: str) -> tuple[Run, Assessment]:
    """The last run, where the decision is one that whoever asks may see. Raises `Http404`."""
    run, assessment = current(request)
    if key not in {gate.subject_key for gate in assessment.gates}:
        raise Http404
    return run, assessment


@require_GET
def decision(request: HttpRequest, key: str) -> HttpResponse:
    """One decision: its gates, what is to do by whom, its days, what a person has to answer."""
    run, assessment = _known(request, key)
    meeting = _meeting(request)
    looking = looked(run, key, person_of(request), meeting)
    near = looking if isinstance(looking, Assessment) else None
    shown = near or assessment
    gates = [gate for gate in shown.gates if gate.subject_key == key]
    to_do: dict[str, list[Any]] = {}
    for step in Overview(near).left_to_do if near is not None else ():
        supplier = shown.requirements[step.requirement].supplier or "（没有写明谁办）"
        to_do.setdefault(supplier, []).append(step)
    row = row_of(run.pk, gates[0].subject_type, key)
    asked = {s.requirement: s for gate in gates for s in gate.steps if s.state is StepState.PERSON}
    return page(
        request,
        "decision.html.j2",
        shown,
        run=run,
        key=key,
        near=near,
        fault=looking if isinstance(looking, str) else "",
        meeting=meeting,
        shown_gates=gates,
        to_do=to_do,
        asked=[s for s in asked.values() if not s.record],
        answers=ANSWERS,
        day=min(today(), run.as_of),
        done=sorted(
            ((cell.day, cell.title, cell.place) for cell in row if cell.day), key=lambda one: one[0]
        ),
        entries=[e for e in assessment.findings if e.subject_key == key],
    )


class _MeetingForm(forms.Form):
    meeting = forms.DateField(required=False)


def _meeting(request: HttpRequest) -> dt.date | None:
    """The day of the meeting that is asked about in place of the ledger's."""
    form = _MeetingForm(request.GET)
    if form.is_valid():
        day: dt.date | None = form.cleaned_data["meeting"]
        return day
    messages.error(request, "会议日要写成2025-03-20这样；下面按台账里的日子。")
    return None


@require_GET
def annex(request: HttpRequest, key: str) -> HttpResponse:
    """The form that goes with the opinion, to be signed."""
    run, _ = _known(request, key)
    near = looked(run, key, person_of(request), _meeting(request))
    if not isinstance(near, Assessment):
        messages.info(request, near or "还在逐日推算，过几秒再下载。")
        return redirect("decision", key)
    log(request, "下载附表", key)
    return download(f"核对附表 {key}.docx", FORMATS["docx"].render(near))


class AnswerForm(forms.Form):
    """What somebody finds of a question that no program can judge."""

    requirement = forms.CharField(max_length=80)
    answer = forms.ChoiceField(choices=[(one, one) for one in ANSWERS])
    basis = forms.CharField(max_length=500)
    on = forms.DateField()


@require_POST
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """Keep what was answered, and check again."""
    run, assessment = _known(request, key)
    form = AnswerForm(request.POST)
    requirement = assessment.requirements.get(request.POST.get("requirement", ""))
    if not form.is_valid() or requirement is None or requirement.kind != "manual":
        messages.error(request, "认定、理由、日期都要填。")
        return redirect("decision", key)
    said, person = form.cleaned_data, person_of(request)
    if said["on"] > min(today(), run.as_of):
        messages.error(request, f"认定日期不能晚于今天和检查日（{run.as_of}）。")
        return redirect("decision", key)
    same = Answer.objects.filter(requirement=said["requirement"], record_key=key, until=None)
    same.update(until=timezone.now())
    Answer.objects.create(
        requirement=said["requirement"],
        record_type=requirement.subject_title,
        record_key=key,
        answer=said["answer"],
        basis=said["basis"],
        on=said["on"],
        by=person,
    )
    log(request, "人工认定", f"{key} {requirement.title}：{said['answer']}（{said['basis']}）")
    ask(person, run.as_of)
    messages.success(request, "记下了，正在重新核对。")
    return redirect("decision", key)


@require_GET
def document(request: HttpRequest, form: str) -> HttpResponse:
    """A document of the whole run."""
    run, assessment = current(request)
    if form not in _DOCUMENTS:
        raise Http404
    name, title = _DOCUMENTS[form]
    log(request, "下载文书", f"第{run.pk}次{title}")
    return download(name, FORMATS[form].render(assessment))


@require_GET
def blanks_page(request: HttpRequest) -> HttpResponse:
    """Every cell to fill in, by unit, and a file for each unit."""
    run, assessment = current(request)
    by_unit: dict[str, list[Any]] = {}
    for blank in blanks(Overview(assessment)):
        by_unit.setdefault(blank.owner, []).append(blank)
    own = {entry.owner for entry in assessment.outcomes if entry.owner}
    return page(request, "blanks-page.html.j2", assessment, run=run, by_unit=by_unit, own=own)


@require_GET
def blanks_file(request: HttpRequest) -> HttpResponse:
    """The file of one unit to fill in and hand in again."""
    _, assessment = current(request)
    unit = request.GET.get("unit", "")
    if unit not in {entry.owner for entry in assessment.outcomes if entry.owner}:
        raise Http404
    log(request, "下载待填", unit)
    return download(f"待填 {unit}.xlsx", FORMATS["blanks"].render(narrowed(assessment, unit)))
