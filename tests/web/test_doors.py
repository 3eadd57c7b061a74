"""What hostile people and systems ask of the page: an answer below 500, and no one's words kept."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_tasks_db.models import DBTaskResult

from engine.model.errors import WrongNameError
from tests.web.conftest import AS_OF
from tests.web.test_api import bearer
from tests.web.worked import unlooked, worked
from web.crash import WithoutWords
from web.models import LedgerFile, LogEntry, Look, Person, Result, Role, Run, RunState
from web.running import ask, check, looked_at, ticked

HUGE = "9" * 30
LONG = "x" * 5000
IDENTITY = "411422198003150018"
WORDS = f"当事人密语 {IDENTITY}"
UNFORESEEN = "程序出错，没有核成；经过记在服务器的日志里，请报给维护的人"

PAGES = (
    *(f"/history/{HUGE}", f"/check/{HUGE}/progress", f"/upload/{HUGE}/original", "/people/²"),
    *(f"/history/compare?old={HUGE}&new=%00", "/history/compare?old=²", f"/log?page={HUGE}"),
    *("/findings?severity=%00&q=%ED%A0%80", f"/findings?show={LONG}", "/finding/%00"),
    *("/finding/%ED%A0%80", f"/decision/{LONG}", "/decision/%ED%A0%80", "/decision/%00"),
    *(f"/decision/决2024-01?meeting={day}" for day in ("9999-12-31", "0001-01-01", "²", HUGE)),
    *("/document/..", "/document/%00", "/records/%00", "/checklist/decision/%00", "/rules/%00"),
    *(f"/rules/{IDENTITY}", "/log.csv?from=²", "/login?next=//evil.example", "/?" + "a=1&" * 2000),
)
ASKED = (
    *(f"/runs/{HUGE}", "/runs/-1", "/runs/²", "/gates", "/gates?key=%00", f"/gates?key={LONG}"),
    *(f"/predecision?key=决2024-01&meeting={day}" for day in ("9999-12-31", "1e9", HUGE)),
    *("/checklists?key=%00&kind=decision", "/checklists?key=x&kind=%00", "/outcomes?findings=²"),
    *(f"/outcomes?limit={HUGE}&offset={HUGE}", f"/outcomes?offset=-{HUGE}", f"/due?days={HUGE}"),
    *("/due?days=1e400", "/documents/..", "/documents/%00", "/annex?key=决2024-01&meeting=x"),
)
BODIES = (
    *(b"", b"null", b"\xff\xfe", b"[" * 100_000, b'{"a":' * 50_000, b'{"as_of": 1e400}'),
    *(b'{"as_of": "\\ud800"}', b'{"as_of": ' + b"9" * 5000 + b"}", b'"' + b"x" * 3_000_000),
)


@pytest.fixture(autouse=True)
def quiet() -> None:
    """What is refused is no news."""
    logging.getLogger("django.request").setLevel(logging.ERROR)


def test_no_address_and_no_body_is_an_error_of_the_server(
    run: Run, logged_in: Callable[..., Client]
) -> None:
    browser, system = logged_in("admin"), bearer(Role.ADMIN)
    answers = [(asked, browser.get(asked)) for asked in PAGES]
    answers += [(asked, system.get(f"/api/v1{asked}")) for asked in ASKED]
    for body in BODIES:
        sent = system.generic("POST", "/api/v1/runs", body, "application/json")
        answers.append((repr(body[:30]), sent))
    assert [asked for asked, answer in answers if answer.status_code >= 500] == []
    assert run.state == RunState.DONE


HOSTILE = {
    "决策台账甲.xlsx": b"PK\x03\x04",
    "决策台账乙.csv": '决策编号,决策事项\n1,"停\n2,公"交\n'.encode() + b"\x81",
    "决策台账丙.json": b"[" * 100_000,
    "决策台账丁.json": b'{"a": 1e99999999999999999999}',
    "决策台账戊.xls": f"<html><table><td colspan={HUGE * 200}>决策编号</table>".encode(),
    "决策台账己.yaml": b"- " * 50_000,
    f"{IDENTITY}.csv": b"\x00" * 1000,
    "年度报告.pdf": b"%PDF-1.4\n",
    "fazhi.yaml": f"year: {'9' * 5000}\n".encode(),
}


def test_hostile_files_handed_in_are_each_named_and_the_log_holds_no_identity_number(
    few: None, logged_in: Callable[..., Client]
) -> None:
    """Broken by a run that fails as a whole, or by a file passed over."""
    browser = logged_in("admin")
    files = [SimpleUploadedFile(name, data) for name, data in HOSTILE.items()]
    assert browser.post("/upload", {"files": files, "as_of": ""}).status_code == 302
    unlooked()
    asked, _ = ask(Person.objects.get(username="admin"), AS_OF)
    DBTaskResult.objects.all().delete()
    Run.objects.filter(pk=asked.pk).update(state=RunState.WAITING)
    check.enqueue(asked.pk)
    worked(1)
    done = Run.objects.get(pk=asked.pk)
    assert (done.state, done.error) == (RunState.DONE, "")
    shown = browser.get("/upload").content.decode()
    for name in HOSTILE:
        assert name.replace(IDENTITY, "＊＊＊0018") in shown
    about = "".join(LogEntry.objects.values_list("about", flat=True))
    assert "＊＊＊0018.csv" in about
    assert IDENTITY not in about


def test_a_day_that_no_record_has_is_told_of_its_run(run: Run) -> None:
    unlooked()
    late, _ = ask(run.by, AS_OF.replace(year=9999))
    worked(1)
    late.refresh_from_db()
    assert (late.state, late.error) == (
        RunState.FAILED, "“9999-03-10”：年份应在1949至2100之间",
    )  # fmt: skip


def test_what_nobody_foresaw_is_told_whoever_waits_and_its_words_are_kept_nowhere(
    run: Run, few: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Broken by a page that waits for ever, a queue that keeps what an error quotes, or a log."""

    def failing(*_: object, **__: object) -> None:
        raise ValueError(WORDS)

    for name in ("assess", "predecide", "checklists_of"):
        monkeypatch.setattr(f"web.running.{name}", failing)
    unlooked()
    again, _ = ask(run.by, AS_OF.replace(day=11))
    assert looked_at(run, "决2024-12") is None
    ticked(run, "decision", "决2024-12")
    worked()
    again.refresh_from_db()
    assert (again.state, again.error) == (RunState.FAILED, UNFORESEEN)
    assert looked_at(run, "决2024-12") == UNFORESEEN
    assert ticked(run, "decision", "决2024-12")[0].error == UNFORESEEN
    assert [one.traceback for one in DBTaskResult.objects.all() if WORDS in one.traceback] == []
    told = [record for record in caplog.records if record.exc_info]
    assert len(told) == 3
    for record in told:
        written = WithoutWords().format(record)
        assert "ValueError" in written
        assert "fazhi/web/running.py 第" in written
        assert "密语" not in written
        assert IDENTITY not in written
    (handler,) = settings.LOGGING["handlers"].values()
    assert settings.LOGGING["formatters"][handler["formatter"]]["()"] == "web.crash.WithoutWords"


def test_an_error_that_names_others_shows_no_identity_number(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(*_: object) -> None:
        raise WrongNameError(f"没有“1”，是否指“{IDENTITY}”？")

    monkeypatch.setattr("web.running.predecide", wrong)
    unlooked()
    assert looked_at(run, "1") is None
    worked()
    assert looked_at(run, "1") == "没有“1”，是否指“＊＊＊0018”？"
    assert Look.objects.get(key="1").assessment is None


def test_a_disk_that_is_full_leaves_no_half_of_a_run_or_a_file(
    run: Run, few: None, logged_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken by a run that nobody ends, or by rows of a result that was never stored."""
    full = sqlite3.OperationalError("database or disk is full")

    def failing(*_: object, **__: object) -> None:
        raise full

    asked = []
    for day, name in ((12, "web.running._read"), (13, "web.running.packed_rows")):
        unlooked()
        one, _ = ask(run.by, AS_OF.replace(day=day))
        with monkeypatch.context() as patch:
            patch.setattr(name, failing)
            worked(1)
        one.refresh_from_db()
        asked.append((one.state, one.error, Result.objects.filter(run=one).exists()))
    assert asked == [(RunState.FAILED, UNFORESEEN, False)] * 2
    assert not Look.objects.exists()
    before = list(LedgerFile.objects.values_list("pk", "until"))
    browser = logged_in("admin")
    browser.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr("web.holdings.LedgerFile.objects.create", failing)
        handed = browser.post("/upload", {"files": SimpleUploadedFile("决策.csv", b"a,b\n1,2\n")})
    assert handed.status_code == 500
    assert list(LedgerFile.objects.values_list("pk", "until")) == before
