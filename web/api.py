"""What the office's other systems ask: files in, checks, gates, deadlines, documents.

接口：OA 一类系统怎样交材料、问闸门、取文书；每个系统一个令牌。
"""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import File, NinjaAPI, Status, UploadedFile
from ninja.security import HttpBearer

from engine.model.assessment import Assessment
from engine.model.assessment_json import to_json
from engine.model.checklist import ITEM_STATE_TITLES, ChecklistEntry
from engine.model.gate import STEP_STATE_TITLES, GateEntry
from engine.model.outcome import OUTCOME_TITLES, SEVERITY_TITLES
from opening import today
from reporter import gates, timetable, titles
from reporter.deadlines import together, within
from reporter.formats import FORMATS
from reporter.notices import period_notices
from web.downloads import download
from web.holdings import NotTakenError, take
from web.lists import lists_of
from web.log import log_of
from web.models import Run, RunState, Token
from web.running import ask, assessment_of, latest, looked_at
from web.seen import looked, seen
from web.told import (
    AskIn,
    ChecklistOut,
    ChecklistsOut,
    DecisionOut,
    DueOut,
    DuesOut,
    GateOut,
    ItemOut,
    OutcomeOut,
    OutcomesOut,
    RunOut,
    StepOut,
    TakenOut,
    TimetableOut,
    Told,
)

_DOCUMENTS: Final = ("html", "docx", "xlsx", "json", "markdown")
_MOST: Final = 1000


def token_of(request: HttpRequest) -> Token | None:
    """The token that a request shows, if it is one of ours and still good."""
    kind, _, shown = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not shown:
        return None
    digest = hashlib.sha256(shown.strip().encode()).hexdigest()
    return Token.objects.select_related("by").filter(digest=digest, until=None).first()


class Bearer(HttpBearer):
    """The token of a system, as the OpenAPI page has it. `web/gate.py` let it in already."""

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:  # noqa: ARG002
        """Whose it is."""
        return caller(request)


def caller(request: HttpRequest) -> Token:
    """The system that asks."""
    found: Token = request.token  # type: ignore[attr-defined]
    return found


api = NinjaAPI(
    title="法治体检",
    version="1",
    urls_namespace="api",
    auth=Bearer(),
    description="只核程序和佐证；不知道的，绝不当作符合。令牌由管理员在“人员”页上发。",
)


@api.post("/files", response={200: TakenOut, 422: Told}, url_name="files", summary="交一个文件")
def files(request: HttpRequest, file: File[UploadedFile]) -> TakenOut | Status[Told]:
    """A file into the folder, in place of one of the same name; ask for a run afterwards."""
    token = caller(request)
    try:
        data = file.read(settings.LARGEST_FILE + 1)
        taken = take((file.name or "").rpartition("/")[2], data, token.by)
    except NotTakenError as error:
        return Status(422, Told(said=str(error)))
    log_of(token.name, token.role, "上传", taken.name)
    return TakenOut(name=taken.name, sha256=taken.content_id)


@api.post("/runs", response=RunOut, url_name="ask", summary="核对一次")
def ask_run(request: HttpRequest, asked: AskIn) -> RunOut:
    """Check the folder as it is; the very same is answered from the run that is stored."""
    token = caller(request)
    run, stored = ask(token.by, asked.as_of or today())
    if not stored:
        log_of(token.name, token.role, "核对", f"第{run.pk}次，检查日{run.as_of}")
    return _run(run, stored=stored)


@api.get("/runs/{int:pk}", response={200: RunOut, 404: Told}, url_name="run", summary="核到哪了")
def run_state(request: HttpRequest, pk: int) -> RunOut | Status[Told]:  # noqa: ARG001
    """How far a run has come."""
    run = Run.objects.filter(pk=pk).first()
    return Status(404, Told(said="没有这一次")) if run is None else _run(run)


def _run(run: Run, *, stored: bool = False) -> RunOut:
    done = run.state == RunState.DONE
    return RunOut(
        run=run.pk,
        state=run.state,
        stage=run.stage,
        as_of=run.as_of,
        stored=stored,
        error=run.error,
        findings=run.findings if done else {},
    )


def _current(request: HttpRequest) -> tuple[Run, Assessment]:
    """The last run as this system may see it. Raises `Http404`."""
    run = latest()
    if run is None:
        raise Http404("还没有核对过")
    return run, seen(run, caller(request))


def _gates_of(request: HttpRequest, key: str) -> tuple[Run, Assessment, list[GateEntry]]:
    run, assessment = _current(request)
    found = [gate for gate in assessment.gates if gate.subject_key == key]
    if not found:
        raise Http404(f"没有“{key}”这件决策，或者不是这个系统看得到的")
    return run, assessment, found


@api.get("/gates", response=DecisionOut, url_name="gates", summary="一件决策能不能上会、出台")
def gates_of(request: HttpRequest, key: str) -> DecisionOut:
    """The gates of one decision by its number: light, list, timetable."""
    run, assessment, found = _gates_of(request, key)
    near = looked(run, key, caller(request))
    return DecisionOut(
        notices=_over(assessment),
        key=key,
        label=found[0].subject_label,
        as_of=assessment.as_of,
        run=run.pk,
        gates=_gates(run.pk, run.result_digest, key),
        timetable=_timetables(run.pk, run.result_digest, key)
        if isinstance(near, Assessment)
        else None,
    )


def _over(assessment: Assessment) -> list[str]:
    """What stands at the head: that the outline is over, and what that lowers."""
    return list(period_notices(assessment))


# An OA asks about the same decisions all day; what it may ask about at all was looked at before.


@lru_cache(maxsize=1024)
def _gates(pk: int, digest: str, key: str) -> list[GateOut]:
    assessment = assessment_of(Run(pk=pk, result_digest=digest))
    return [_gate(gate, assessment) for gate in assessment.gates if gate.subject_key == key]


@lru_cache(maxsize=1024)
def _timetables(pk: int, digest: str, key: str) -> list[TimetableOut]:
    """Of a decision that was looked at."""
    near = looked_at(Run(pk=pk, result_digest=digest), key)
    return [
        TimetableOut(
            goals=timetable.goals(one),
            columns=list(timetable.COLUMNS),
            rows=[list(row) for row in timetable.rows(one)],
            supposed=timetable.supposed(one),
        )
        for one in (near.timetables if isinstance(near, Assessment) else ())
    ]


def _gate(gate: GateEntry, assessment: Assessment) -> GateOut:
    requirements = assessment.requirements
    return GateOut(
        gate=gate.gate,
        title=gate.title,
        state=gate.state,
        state_title=gate.state_title,
        day=gate.assumed,
        day_said=gates.day(gate, assessment.as_of),
        steps=[
            StepOut(
                requirement=step.requirement,
                title=requirements[step.requirement].title + step.record,
                state=step.state,
                state_title=STEP_STATE_TITLES[step.state],
                who=requirements[step.requirement].supplier,
                due=step.due,
                decides=step.decides,
                said=gates.said(step, requirements),
            )
            for step in gate.steps
        ],
    )


def _near(request: HttpRequest, key: str, meeting: dt.date | None) -> Assessment | Status[Told]:
    """The pre-decision check of one decision, else what to say of it."""
    run, _, _ = _gates_of(request, key)
    near = looked(run, key, caller(request), meeting)
    if near is None:
        return Status(202, Told(said="正在逐日推算，过一两秒再问"))
    return near if isinstance(near, Assessment) else Status(422, Told(said=near))


_LOOKED: Final = {200: object, 202: Told, 422: Told}


@api.get("/predecision", response=_LOOKED, url_name="predecision",
         summary="一件决策上会前核对的全部结果")  # fmt: skip
def predecision(
    request: HttpRequest, key: str, meeting: dt.date | None = None
) -> HttpResponse | Status[Told]:
    """The whole pre-decision check as `fazhi predecision --format json` writes it.

    `meeting` is the day of the meeting to be looked at, in place of the ledger's.
    """
    near = _near(request, key, meeting)
    if not isinstance(near, Assessment):
        return near
    return HttpResponse(to_json(near), content_type="application/json")


@api.get("/checklists", response={200: ChecklistsOut, 202: Told, 404: Told, 422: Told},
         url_name="checklists", summary="一件决策、文件、案件的清单，逐项打勾")  # fmt: skip
def checklists(
    request: HttpRequest, key: str, kind: str = "decision"
) -> ChecklistsOut | Status[Told]:
    """The check-lists of a record: `kind` is decision, normative_doc or penalty_case."""
    run, assessment = _current(request)
    row, found = lists_of(run, assessment, kind, key)
    if row.error:
        return Status(422, Told(said=row.error))
    if not found:
        return Status(202, Told(said="正在逐项对照，过一两秒再问"))
    return ChecklistsOut(
        notices=_over(assessment),
        key=key,
        as_of=assessment.as_of,
        run=run.pk,
        checklists=[_checklist(one) for one in found],
    )


def _checklist(one: ChecklistEntry) -> ChecklistOut:
    return ChecklistOut(
        checklist=one.checklist,
        title=one.title,
        label=one.subject_label,
        tally=titles.tally(one),
        items=[
            ItemOut(
                title=item.title,
                state=item.state,
                state_title=ITEM_STATE_TITLES[item.state],
                said=titles.tells(item),
                columns=list(item.columns),
                requirements=item.requirements,
            )
            for item in one.items
        ],
    )


@api.get("/outcomes", response=OutcomesOut, url_name="outcomes", summary="逐条结论")
def outcomes(  # noqa: PLR0913 - what may be asked
    request: HttpRequest,
    requirement: str = "",
    key: str = "",
    outcome: str = "",
    *,
    findings: bool = False,
    offset: int = 0,
    limit: int = 100,
) -> OutcomesOut:
    """Outcomes that fit, in the order of requirement and record; at most 1000 at once."""
    _, assessment = _current(request)
    fitting = [
        entry
        for entry in assessment.outcomes
        if requirement in ("", entry.requirement)
        and key in ("", entry.subject_key)
        and outcome in ("", entry.outcome)
        and (entry.finding or not findings)
    ]
    start = max(offset, 0)
    shown = fitting[start : start + max(0, min(limit, _MOST))]
    named = assessment.requirements
    return OutcomesOut(
        notices=_over(assessment),
        total=len(fitting),
        outcomes=[
            OutcomeOut(
                requirement=entry.requirement,
                title=named[entry.requirement].title,
                subject=titles.subject(entry, named[entry.requirement]),
                key=entry.subject_key,
                owner=entry.owner,
                outcome=entry.outcome,
                outcome_title=OUTCOME_TITLES[entry.outcome],
                severity=entry.severity,
                severity_title=SEVERITY_TITLES[entry.severity],
                finding=entry.finding,
                message=entry.message,
                basis=titles.basis(named[entry.requirement], entry.text),
                due=entry.due,
                fingerprint=entry.fingerprint,
            )
            for entry in shown
        ],
    )


@api.get("/due", response=DuesOut, url_name="due", summary="期限")
def due(request: HttpRequest, days: int = 30) -> DuesOut:
    """What is due in the next days, the soonest first."""
    _, assessment = _current(request)
    ahead = within(assessment, max(0, min(days, 3660)))
    found = [
        DueOut(
            day=one.day,
            off=one.off,
            urgency=one.urgency,
            owner=one.owner,
            subject=one.subject,
            what=one.all,
        )
        for one in together(ahead.deadlines)
    ]
    return DuesOut(notices=_over(assessment), due=found)


@api.get("/documents/{form}", url_name="documents", summary="整个年度的文书")
def documents(request: HttpRequest, form: str) -> HttpResponse:
    """A document of the whole run: html, docx, xlsx, json, markdown."""
    run, assessment = _current(request)
    if form not in _DOCUMENTS:
        raise Http404(f"没有这种格式，可用：{'、'.join(_DOCUMENTS)}")
    token = caller(request)
    log_of(token.name, token.role, "下载文书", f"第{run.pk}次{form}")
    return download(f"自查{FORMATS[form].ending}", FORMATS[form].render(assessment))


@api.get("/annex", url_name="annex", summary="一件决策的核对附表（Word）", response=_LOOKED)
def annex(
    request: HttpRequest, key: str, meeting: dt.date | None = None
) -> HttpResponse | Status[Told]:
    """The form that goes with the opinion, to be signed; `meeting` as at `predecision`."""
    near = _near(request, key, meeting)
    if not isinstance(near, Assessment):
        return near
    token = caller(request)
    log_of(token.name, token.role, "下载附表", key)
    return download(f"核对附表 {key}.docx", FORMATS["docx"].render(near))
