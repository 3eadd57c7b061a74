"""Files in, what was read of them, the run, and what is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django_tasks_db.models import DBTaskResult

import opening
from engine.assessing.assess import assess
from engine.model.assessment_json import to_json
from tests.web.conftest import UNIT
from tests.web.worked import worked
from web.models import Content, LedgerFile, LogEntry, Person, Run, RunState
from web.running import assessment_of
from web.views.folder import EXAMPLE

LEDGER = (
    "决策编号,决策事项名称,承办单位,审查办结日\n决2025-90,某园区道路工程,县城市管理局,2025-03-01\n"
)


def sent(client: Client, **files: str) -> str:
    """The page after these were sent."""
    named = [
        SimpleUploadedFile(name.replace("_", "."), text.encode()) for name, text in files.items()
    ]
    return client.post("/upload", {"files": named}, follow=True).content.decode()


def names() -> set[str]:
    return set(LedgerFile.objects.filter(until=None).values_list("name", flat=True))


@pytest.fixture
def empty(db: None) -> None:
    """No files in the folder."""
    LedgerFile.objects.update(until="2025-01-01T00:00:00Z")


def test_a_ledger_is_taken_read_and_judged(empty: None, logged_in: Callable[..., Client]) -> None:
    client = logged_in("reviewer")
    shown = sent(client, 重大行政决策台账_csv=LEDGER)
    assert "收下1个文件：重大行政决策台账.csv" in shown
    run = Run.objects.latest("pk")
    assert f"第{run.pk}次正在核对：等待" in shown
    assert client.get(f"/check/{run.pk}/progress").status_code == 200
    worked(1)
    done = client.get(f"/check/{run.pk}/progress")
    assert done["HX-Redirect"] == "/upload"
    run.refresh_from_db()
    assert {e.subject_key for e in assessment_of(run).outcomes} >= {"决2025-90"}
    page = client.get("/upload").content.decode()
    assert "重大行政决策台账.csv" in page
    assert "列名对照：审查办结日" in page
    assert [(e.what, e.about) for e in LogEntry.objects.order_by("pk")] == [
        ("上传", "重大行政决策台账.csv"),
        ("核对", f"第{run.pk}次，检查日2025-03-10"),
    ]
    # by a click the column is what it was taken for, and that is kept
    said = {"item": "列名对照", "about": "审查办结日", "answer": "合法性审查意见日期"}
    client.post("/upload/confirm", said)
    worked(1)
    assert "设置.xlsx" in names()
    assert "列名对照：审查办结日" not in client.get("/upload").content.decode()
    assert Run.objects.latest("pk").pk > run.pk


def test_unchanged_files_are_answered_from_the_stored_run(
    run: Run, logged_in: Callable[..., Client]
) -> None:
    shown = logged_in("admin").post("/check", {"as_of": "2025-03-10"}, follow=True)
    assert f"核过的第{run.pk}次结果" in shown.content.decode()
    assert Run.objects.count() == 1
    logged_in("admin").post("/check", {"as_of": "2025-03-11"})
    assert Run.objects.count() == 2


def test_what_is_confirmed_goes_into_a_fazhi_yaml_that_is_there(
    run: Run, logged_in: Callable[..., Client]
) -> None:
    """Broken by a setting that gets lost when another is confirmed."""
    client = logged_in("reviewer")
    before = yaml.safe_load((EXAMPLE / "fazhi.yaml").read_text(encoding="utf-8"))
    for item, about, answer in (
        ("列名对照", "审查办结日", "合法性审查意见日期"),
        ("不看的文件", "", "会议通知.doc"),
        ("年度", "", "2024"),
        ("层级", "", "县级"),
    ):
        client.post("/upload/confirm", {"item": item, "about": about, "answer": answer})
    kept = LedgerFile.objects.get(name="fazhi.yaml", until=None)
    after = yaml.safe_load(bytes(kept.content.data).decode())
    assert after["headers"] == before["headers"] | {"审查办结日": "合法性审查意见日期"}
    assert (after["ignore"], after["year"], after["place"]) == (
        ["会议通知.doc"],
        "2024",
        before["place"],
    )
    assert after["confirmed"]["by"] == "审查某"
    changed = {"headers", "ignore", "year", "confirmed"}
    assert {k: v for k, v in after.items() if k not in changed} == {
        k: v for k, v in before.items() if k not in changed
    }
    for wrong in ({"item": "没有这一项", "about": "", "answer": "x"},
                  {"item": "列名对照", "about": "a=b", "answer": "x"},
                  {"item": "年度", "about": "", "answer": ""}):  # fmt: skip
        shown = client.post("/upload/confirm", wrong, follow=True).content.decode()
        assert "没有这一项设置，或者没有写内容" in shown


def test_a_wrong_day_is_told(run: Run, logged_in: Callable[..., Client]) -> None:
    shown = logged_in("admin").post("/check", {"as_of": "昨天"}, follow=True).content.decode()
    assert "检查日写得不对" in shown
    assert Run.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("秘密.xlsx", "涉密文件不得在本系统中处理"),
        (".hidden.csv", "以点开头"),
        ("a|b.csv", "不能用的字符"),
    ],
)
def test_what_is_not_taken_is_told(
    name: str, said: str, empty: None, logged_in: Callable[..., Client]
) -> None:
    file = SimpleUploadedFile(name, b"x")
    page = logged_in("reviewer").post("/upload", {"files": [file]}, follow=True)
    assert said in page.content.decode()
    assert names() == set()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("决策台账.csv", "密级：机密\n决策编号,决策名称\n决1,青岚河改道方案\n".encode()),
        ("法治政府建设年度报告.txt", "机密★1年\n青岚河改道方案\n".encode()),
    ],
)
def test_of_a_state_secret_nothing_is_kept(
    name: str, content: bytes, empty: None, logged_in: Callable[..., Client]
) -> None:
    """Broken by bytes that stay in the store, or by a ledger that counts as none once wiped."""
    client = logged_in("reviewer")
    file = SimpleUploadedFile(name, content)
    client.post("/upload", {"files": [file]}, follow=True)
    worked(1)
    first = assessment_of(Run.objects.latest("pk"))
    assert [("机密" in p.text, p.level) for i in first.inputs for p in i.problems] == [
        (True, "error")
    ]
    (kept,) = LedgerFile.objects.filter(until=None)
    assert bytes(Content.objects.get(pk=kept.content_id).data) == "秘密".encode()
    entry = LogEntry.objects.latest("pk")
    assert (entry.what, entry.about) == ("交来涉密文件，已清除", name)
    page = client.get("/upload").content.decode()
    assert "标有密级，已清除；请移出" in page
    assert client.get(f"/upload/{kept.pk}/original").status_code == 404
    again = SimpleUploadedFile("另一个名字.csv", content)
    said = client.post("/upload", {"files": [again]}, follow=True).content.decode()
    assert "已经清除" in said
    assert names() == {name}
    client.post("/check", {"as_of": "2025-03-11"})
    worked(1)
    later = assessment_of(Run.objects.latest("pk"))
    assert [p.level for i in later.inputs for p in i.problems] == ["error"]
    assert later.summary.outcomes == first.summary.outcomes


@override_settings(LARGEST_FILE=10)
def test_a_large_file_is_not_taken(empty: None, logged_in: Callable[..., Client]) -> None:
    assert "没有收；请拆分" in sent(logged_in("reviewer"), 台账_csv=LEDGER)
    assert names() == set()


def test_a_clerk_replaces_only_what_their_unit_sent(
    empty: None, logged_in: Callable[..., Client]
) -> None:
    sent(logged_in("clerk", UNIT), 台账_csv=LEDGER)
    other = logged_in("clerk", "县交通运输局")
    assert "已有经办某交来的同名文件" in sent(other, 台账_csv=LEDGER + "x")
    pk = LedgerFile.objects.get(until=None).pk
    assert other.post(f"/upload/{pk}/remove").status_code == 404
    assert logged_in("clerk", UNIT).post(f"/upload/{pk}/remove").status_code == 302
    assert names() == set()


def test_a_file_replaced_is_kept_for_earlier_runs(
    empty: None, logged_in: Callable[..., Client]
) -> None:
    client = logged_in("reviewer")
    sent(client, 台账_csv=LEDGER)
    first = Run.objects.latest("pk")
    sent(client, 台账_csv=LEDGER.replace("90", "91"))
    assert bytes(first.files.get().content.data) == LEDGER.encode()
    assert LedgerFile.objects.filter(name="台账.csv").count() == 2
    answer = client.get(f"/upload/{LedgerFile.objects.latest('pk').pk}/original")
    assert answer.content == LEDGER.replace("90", "91").encode()
    assert answer["Content-Disposition"].startswith("attachment;")
    assert LogEntry.objects.latest("pk").what == "下载原件"


def test_a_run_whose_worker_died_is_begun_again(
    empty: None, logged_in: Callable[..., Client]
) -> None:
    sent(logged_in("reviewer"), 台账_csv=LEDGER)
    run = Run.objects.latest("pk")
    Run.objects.filter(pk=run.pk).update(state=RunState.RUNNING, stage="逐条核对")
    task = DBTaskResult.objects.ready().get(args_kwargs__args=[run.pk])
    task.claim("died")
    DBTaskResult.objects.running().update(status="READY", started_at=None)
    worked(1)
    run.refresh_from_db()
    assert run.state == RunState.DONE


def test_a_run_that_kills_its_worker_is_given_up(
    empty: None, logged_in: Callable[..., Client]
) -> None:
    client = logged_in("reviewer")
    sent(client, 台账_csv=LEDGER)
    run = Run.objects.latest("pk")
    task = DBTaskResult.objects.ready().get(args_kwargs__args=[run.pk])
    task.worker_ids = ["1", "2", "3"]
    task.save()
    worked(1)
    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert "核了几次都中途断了" in client.get("/upload").content.decode()


def test_the_example_is_one_button(empty: None, logged_in: Callable[..., Client]) -> None:
    Run.objects.all().delete()
    client = logged_in("admin")
    assert "装入示例（虚构的青岚县）" in client.get("/").content.decode()
    client.post("/example")
    assert len(names()) == 13
    assert Run.objects.get().as_of.isoformat() == "2025-03-10"
    assert Person.objects.count() == 1


def test_a_corrected_cell_is_judged_as_if_all_were_new(
    logged_in: Callable[..., Client], tmp_path: Path
) -> None:
    """Broken by an outcome, a ledger or a rule that the worker keeps past the change."""
    client, ledger = logged_in("reviewer"), "执法人员培训学时台账.csv"
    text = (EXAMPLE / ledger).read_text(encoding="gb18030")
    short = text.replace("C01,2024,2024.5.13,36", "C01,2024,2024.5.13,6")
    assert short != text
    found = []
    for number, content in enumerate((text + "\n", short, text)):
        sent(client, **{ledger.replace(".", "_"): content})
        worked(1)
        run = Run.objects.latest("pk")
        folder = tmp_path / str(number)
        for file in run.files.select_related("content"):
            place = folder / file.name
            place.parent.mkdir(exist_ok=True, parents=True)
            place.write_bytes(bytes(file.content.data))
        _, ruleset, judged = opening.opened(folder, as_of=run.as_of)
        assert to_json(assessment_of(run)) == to_json(assess(ruleset, judged))
        found.append({e.fingerprint for e in assessment_of(run).findings})
    assert found[0] == found[2] != found[1]
