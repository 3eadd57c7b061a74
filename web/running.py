"""A run from the asking to the stored result: the page asks, the worker works.

核对：问一次核一次；同样的材料已经核过的，用存下的结果。
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
import tempfile
import zlib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskContext, task

import opening
from engine.assessing.again import Reassessing
from engine.assessing.assess import assess
from engine.assessing.checklists import checklists_of
from engine.assessing.predecision import predecide
from engine.judging.run import Run as JudgedRun
from engine.model.assessment import Assessment
from engine.model.assessment_json import checklists_from, checklists_kept, from_json, to_json
from engine.model.checklist import ChecklistEntry
from engine.model.errors import FazhiError
from engine.model.gate import GateEntry
from engine.model.masking import without_identity
from engine.model.outcome import Severity
from engine.model.shipped import installed
from engine.ruleset.cached import CachedRuleset
from engine.ruleset.model import Ruleset
from engine.ruleset.store import stamp
from reporter.gates import lies_ahead
from web.holdings import files_now, ledgers_of_the_page
from web.log import log_of
from web.models import Content, LedgerFile, Look, Person, Result, Run, RunFile, RunState, Ticked
from web.reading import reading_of
from web.rows import packed_rows

_ATTEMPTS: Final = 3
"""So often a run is begun whose worker died of it."""

_FIRST: Final = 10
"""A run goes before looking closely at what another found."""

_KEPT: Final = opening.Kept()
_REASSESSING: Final = Reassessing()
"""Of the runs before: one cell is put right, and most of the next run is as the last one was."""

_log = logging.getLogger(__name__)


@cache
def program() -> str:
    """The digest of the code and the rules of this process."""
    folders = {**opening.SOURCES, "reporter": opening.HOME / "reporter"}
    folders["rulesets"] = opening.RULESETS
    return hashlib.sha256(stamp(folders) + installed("fazhi").encode()).hexdigest()


def ask(by: Person, as_of: dt.date) -> tuple[Run, bool]:
    """The run of the folder as it is now on a day, and whether it was there already.

    A run of the very same is answered again; one that is under way is waited for.
    """
    with transaction.atomic():
        files = {file.name: file.content_id for file in files_now()}
        for name, data in ledgers_of_the_page().items():
            files[name] = Content.kept(data).sha256
        inputs = _digest(files)
        digest = _digest({"inputs": inputs, "as_of": as_of.isoformat(), "program": program()})
        stored = Run.objects.filter(digest=digest, replays=None).exclude(state=RunState.FAILED)
        found = stored.order_by("-pk").first()
        if found is not None:
            return found, True
        return _queued(by, as_of, files, inputs, digest), False


def replay(run: Run, by: Person) -> Run:
    """The same files on the same day once more, by the program as it is now."""
    with transaction.atomic():
        files = dict(run.files.values_list("name", "content_id"))
        parts = {"inputs": run.inputs, "as_of": run.as_of.isoformat(), "program": program()}
        return _queued(by, run.as_of, files, run.inputs, _digest(parts), replays=run)


def _queued(  # noqa: PLR0913 - what a run is made of
    by: Person,
    as_of: dt.date,
    files: Mapping[str, str],
    inputs: str,
    digest: str,
    *,
    replays: Run | None = None,
) -> Run:
    run = Run.objects.create(
        by=by, as_of=as_of, digest=digest, inputs=inputs, program=program(), replays=replays
    )
    RunFile.objects.bulk_create(
        RunFile(run=run, name=name, content_id=sha256) for name, sha256 in files.items()
    )
    check.enqueue(run.pk)
    return run


def _digest(parts: Mapping[str, str]) -> str:
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@task(takes_context=True, priority=_FIRST)
def check(context: TaskContext, pk: int) -> None:
    """Work a run out and store what it found, all of it or nothing."""
    run = Run.objects.get(pk=pk)
    if run.state == RunState.DONE:
        return
    if len(context.task_result.worker_ids) > _ATTEMPTS:
        _failed(pk, "核了几次都中途断了，请查看服务器的内存和日志")
        return
    Run.objects.filter(pk=pk).update(state=RunState.RUNNING, started=timezone.now())
    try:
        _work(run)
    except FazhiError as error:
        _failed(pk, str(error))
    except Exception as error:  # noqa: BLE001 - whoever waits is told of any
        _failed(pk, _unforeseen(error))


def _work(run: Run) -> None:
    _stage(run, "读取材料")
    cached, ruleset, judged = _read(run.pk, run.digest)
    _wipe(run, judged)
    _stage(run, "逐条核对")
    assessment = assess(ruleset, judged, _REASSESSING)
    _stage(run, "写下结果")
    text = to_json(assessment).encode()
    shown = {(entry.subject_type, entry.subject_key) for entry in assessment.findings}
    shown |= {(gate.subject_type, gate.subject_key) for gate in assessment.gates}
    with transaction.atomic():
        Result.objects.create(
            run=run,
            assessment=zlib.compress(text, 1),
            rows=packed_rows(judged.facts, ruleset.schema, shown, run.as_of),
            reading=reading_of(judged.facts, ruleset.schema),
        )
        Run.objects.filter(pk=run.pk).update(
            state=RunState.DONE,
            finished=timezone.now(),
            stage="",
            year=assessment.year,
            ruleset=assessment.ruleset.sha256,
            result_digest=hashlib.sha256(text).hexdigest(),
            findings={s.value: assessment.summary.findings[s] for s in Severity},
        )
        for key in dict.fromkeys(gate.subject_key for gate in _soonest(assessment)):
            Look.objects.create(run=run, key=key)
            look.enqueue(run.pk, key)
    cached.remember(ruleset)  # once the result is there: nobody waits for it


def _wipe(run: Run, judged: JudgedRun) -> None:
    """Keep nothing of the files that are marked as state secrets; whose they were is logged."""
    secret = {entry.path for entry in judged.facts.inputs if entry.secret}
    for name, sha256 in run.files.filter(name__in=secret).values_list("name", "content_id"):
        for file in LedgerFile.objects.filter(content_id=sha256).select_related("by"):
            log_of(file.by.name, file.by.role, "交来涉密文件，已清除", name)
        Content.wipe(sha256)


def _soonest(assessment: Assessment) -> list[GateEntry]:
    """The gates of the decisions that are looked at closely, those that come first first."""
    ahead = [gate for gate in assessment.gates if lies_ahead(gate, assessment.as_of)]
    return sorted(ahead, key=lambda gate: str(gate.assumed))


@task()
def look(pk: int, key: str, meeting: str = "") -> None:
    """Look at one decision closely: its gates and its timetable, on a day that was asked for."""
    day = dt.date.fromisoformat(meeting) if meeting else None
    row = Look.objects.filter(run_id=pk, key=key, meeting=day)
    try:
        _, ruleset, judged = _read(pk, Run.objects.values_list("digest", flat=True).get(pk=pk))
        text = to_json(predecide(ruleset, judged, key, day))
    except Exception as error:  # noqa: BLE001 - whoever waits is told of any
        row.update(error=_why(error))
        return
    row.update(assessment=zlib.compress(text.encode(), 1))


def looked_at(run: Run, key: str, meeting: dt.date | None = None) -> Assessment | str | None:
    """The pre-decision check of one decision; None while the worker is at it.

    Why, where it can't be worked out. `meeting` stands in for the ledger's day.
    """
    try:
        return _looked_at(run.pk, run.result_digest, key, meeting)
    except Look.DoesNotExist:
        with transaction.atomic():
            found, new = Look.objects.get_or_create(run=run, key=key, meeting=meeting)
            if new:
                look.enqueue(run.pk, key, meeting.isoformat() if meeting else "")
        return found.error or None


@lru_cache(maxsize=128)
def _looked_at(pk: int, digest: str, key: str, meeting: dt.date | None) -> Assessment:  # noqa: ARG001 - what is kept is of it
    found = Look.objects.exclude(assessment=None).get(run_id=pk, key=key, meeting=meeting)
    return _unpacked(found.assessment or b"")


@task()
def tick(pk: int, record_type: str, key: str) -> None:
    """Go through the check-lists of one record."""
    row = Ticked.objects.filter(run_id=pk, record_type=record_type, key=key)
    try:
        _, ruleset, judged = _read(pk, Run.objects.values_list("digest", flat=True).get(pk=pk))
        text = checklists_kept(checklists_of(ruleset, judged, key, record_type))
    except Exception as error:  # noqa: BLE001 - whoever waits is told of any
        row.update(error=_why(error))
        return
    row.update(checklists=zlib.compress(text.encode(), 1))


def ticked(run: Run, record_type: str, key: str) -> tuple[Ticked, list[ChecklistEntry]]:
    """The check-lists of a record; none while the worker is at it."""
    with transaction.atomic():
        found, new = Ticked.objects.get_or_create(run=run, record_type=record_type, key=key)
        if new:
            tick.enqueue(run.pk, record_type, key)
    text = zlib.decompress(found.checklists).decode() if found.checklists else "[]"
    return found, checklists_from(text)


@lru_cache(maxsize=1)
def _read(pk: int, digest: str) -> tuple[CachedRuleset, Ruleset, JudgedRun]:  # noqa: ARG001 - what is kept is of it
    """The rules and the facts of a run, which its `digest` stands for."""
    run = Run.objects.get(pk=pk)
    with tempfile.TemporaryDirectory(dir=settings.DATA, prefix="核对-") as name:
        folder = Path(name)
        for file in run.files.select_related("content"):
            place = folder / file.name
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(file.content.data)
        return opening.opened(folder, as_of=run.as_of, kept=_KEPT)


def _stage(run: Run, said: str) -> None:
    Run.objects.filter(pk=run.pk).update(stage=said)


def _failed(pk: int, said: str) -> None:
    Run.objects.filter(pk=pk).update(
        state=RunState.FAILED, finished=timezone.now(), error=_told(said), stage=""
    )


def _why(error: Exception) -> str:
    """Why something wasn't worked out: whoever waits for it is told, whatever it was."""
    return _told(str(error)) if isinstance(error, FazhiError) else _unforeseen(error)


def _unforeseen(error: Exception) -> str:
    """What is said of an error that nobody foresaw; the queue would keep its words."""
    _log.error("没有核成", exc_info=error)
    return "程序出错，没有核成；经过记在服务器的日志里，请报给维护的人"


def _told(said: str) -> str:
    """An error as whoever may not see the row may read it."""
    return without_identity(said)[:500]


def latest() -> Run | None:
    """The last run that came to its end."""
    done = Run.objects.filter(state=RunState.DONE, replays=None)
    return done.order_by("-finished").first()


def assessment_of(run: Run) -> Assessment:
    """What a run found."""
    return _assessment(run.pk, run.result_digest)


@lru_cache(maxsize=8)
def _assessment(pk: int, digest: str) -> Assessment:  # noqa: ARG001 - what is kept is of it
    return _unpacked(Result.objects.only("assessment").get(run_id=pk).assessment)


def _unpacked(content: bytes | memoryview) -> Assessment:
    return from_json(zlib.decompress(content).decode())
