"""What is kept, in SQLite and in PostgreSQL: the same page in both; backups are whole.

The PostgreSQL server is Debian's (`tests/postgresql.py`).
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

from tests.conftest import ROOT
from tests.web.served import Served, fazhi

ONE_WAY = """
import sys
from pathlib import Path
from web.serve import configured, first_password
configured(Path(sys.argv[1]), sys.argv[2])
assert len(first_password()) == 16 and first_password() == ""
import datetime as dt
from django.db import connection, transaction, DatabaseError
from web.models import LogEntry, Person, Run
from web.holdings import take
from web.running import ask
from tests.web.worked import worked
admin = Person.objects.get()
take("重大行政决策台账.csv", "决策编号,决策事项\\n决2025-90,某园区道路工程\\n".encode(), admin)
run, stored = ask(admin, dt.date(2025, 3, 10))
assert not stored
worked(1)
run.refresh_from_db()
assert run.state == "done", run.error
assert ask(admin, dt.date(2025, 3, 10)) == (run, True)
LogEntry.objects.create(who="x", role="admin", what="x", about="x")
for statement in ("UPDATE web_logentry SET who = 'y'", "DELETE FROM web_logentry"):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        assert "only grows" in str(error)
    else:
        raise AssertionError(statement)
print(connection.vendor, "kept")
"""


def gone_through(data: Path, database: str) -> str:
    """What a process of its own says that goes from the empty store to a stored run."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO")}
    told = subprocess.run(
        [sys.executable, "-c", ONE_WAY, str(data), database],
        cwd=ROOT, env=own, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    return told.stdout.strip()


def test_postgresql_keeps_the_same(postgresql: str, tmp_path: Path) -> None:
    assert gone_through(tmp_path / "data", postgresql) == "postgresql kept"
    assert not (tmp_path / "data" / "fazhi.sqlite3").exists()


def test_sqlite_keeps_it_in_one_folder_and_backs_it_up(tmp_path: Path) -> None:
    data, copy = tmp_path / "data", tmp_path / "备份.sqlite3"
    assert gone_through(data, "") == "sqlite kept"
    with closing(sqlite3.connect(data / "fazhi.sqlite3")) as store:
        assert store.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    guessed, others = tmp_path / ".备份.sqlite3.tmp", tmp_path / "别人的"
    others.write_bytes(b"old")
    guessed.symlink_to(others)
    told = fazhi("web", "backup", str(copy), "--data", str(data))
    assert told.returncode == 0, told.stderr
    assert others.read_bytes() == b"old"  # nothing goes through a link that somebody laid
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as store:
        assert store.execute("SELECT state FROM web_run").fetchall() == [("done",)]
        assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    again = fazhi("web", "backup", str(copy), "--data", str(data))
    assert again.returncode == 2
    assert "不覆盖" in again.stderr
    nowhere = fazhi("web", "backup", str(tmp_path / "无" / "备份"), "--data", str(data))
    assert nowhere.returncode == 2
    assert nowhere.stderr.endswith("已经不在了\n")


def test_behind_a_server_that_speaks_tls(tmp_path: Path) -> None:
    """Broken by cookies that go over an open line, or forms that a browser can't send."""
    served = Served(
        "--data", str(tmp_path / "data"), "--behind-tls", "--name", "fazhi.example.gov.cn"
    )
    try:
        port = int(served.address.rpartition(":")[2])
        told = {"Host": "fazhi.example.gov.cn", "X-Forwarded-Proto": "https"}
        connection = HTTPConnection("127.0.0.1", port)
        connection.request("GET", "/login", headers=told)
        page = connection.getresponse()
        cookie, text = page.headers["Set-Cookie"], page.read().decode()
        assert "Secure" in cookie
        assert page.headers["Strict-Transport-Security"]
        secret = text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        sent = {
            "Cookie": cookie.strip().partition(";")[0],
            "Origin": "https://fazhi.example.gov.cn",
            "Referer": "https://fazhi.example.gov.cn/login",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = f"csrfmiddlewaretoken={secret}&username=admin&password={served.password}"
        connection.request("POST", "/login", body, told | sent)
        answer = connection.getresponse()
        answer.read()
        assert (answer.status, answer.headers["Location"]) == (302, "/")
        connection.request("GET", "/login", headers={"Host": "elsewhere.example"})
        assert connection.getresponse().status == 400
    finally:
        served.stop()


def test_a_folder_that_others_may_read_is_refused(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o755)
    command = [sys.executable, "-m", "cli", "serve", "--data", str(data)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 2
    assert "别人也能看" in told.stderr
    assert "Traceback" not in told.stderr
