"""Killed outright during an upload, a run and its writing: nothing is lost, nothing half there."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.web.served import Served

SYSTEM = """
import hashlib, sys
from pathlib import Path
from web.serve import configured
configured(Path(sys.argv[1]))
from web.holdings import take
from web.models import Person, Token
admin = Person.objects.get()
Token.objects.create(
    name="OA", role="reviewer", by=admin, digest=hashlib.sha256(b"token").hexdigest()
)
take(sys.argv[2], Path(sys.argv[3]).read_bytes(), admin)
"""
"""A system that may ask, and one ledger in the folder."""

LEDGER = ROOT / "examples" / "qinglan" / "重大行政决策台账2024.xlsx"
PATIENCE = 300


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data folder of a page that was killed as soon as a system may ask it."""
    data = tmp_path / "data"
    Served("--data", str(data)).stop()
    command = [sys.executable, "-c", SYSTEM, str(data), LEDGER.name, str(LEDGER)]
    own = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO")}
    subprocess.run(command, cwd=ROOT, env=own, check=True)
    return data


def asked(served: Served, path: str, body: object = None) -> dict[str, object]:
    """What the page answers a system."""
    line = HTTPConnection(served.address.removeprefix("http://"), timeout=PATIENCE)
    headers = {"Authorization": "Bearer token", "Content-Type": "application/json"}
    content = None if body is None else json.dumps(body)
    with closing(line):
        line.request("GET" if body is None else "POST", f"/api/v1/{path}", content, headers)
        found: dict[str, object] = json.load(line.getresponse())
    return found


def kept(data: Path, query: str, *values: object) -> list[tuple[object, ...]]:
    """What stands in the store."""
    with closing(sqlite3.connect(data / "fazhi.sqlite3")) as store:
        assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return store.execute(query, values).fetchall()


FILES = """
SELECT f.name, length(c.data) FROM web_ledgerfile f JOIN web_content c ON c.sha256 = f.content_id
WHERE f.until IS NULL
"""
STATE = "SELECT state FROM web_run WHERE id = ?"
RESULTS = "SELECT run_id FROM web_result WHERE run_id = ?"


def test_half_an_upload_is_no_file(data: Path) -> None:
    """Broken by a file that is taken as far as it came."""
    before = kept(data, FILES)
    assert before == [(LEDGER.name, LEDGER.stat().st_size)]
    served = Served("--data", str(data))
    body = b'--half\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n1,2\r\n'
    head = (
        "POST /api/v1/files HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer token\r\n"
        "Content-Type: multipart/form-data; boundary=half\r\nContent-Length: 100000\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", int(served.address.rpartition(":")[2]))) as line:
        line.sendall(head.encode() + body)
        time.sleep(0.5)
        served.stop()
    again = Served("--data", str(data))
    again.stop()
    assert kept(data, FILES) == before


def test_a_run_that_is_killed_anywhere_comes_to_its_whole_end(data: Path) -> None:
    """Broken by a run that is lost, done twice, or shown before all of it is there."""
    served = Served("--data", str(data))
    first = dt.date(2025, 3, 10)
    for number, seconds in enumerate((0.3, 1.0, 2.0, 3.0, 4.0)):
        day = str(first + dt.timedelta(days=number))
        run = asked(served, "runs", {"as_of": day})["run"]
        os.kill(served.worker(), signal.SIGKILL)  # whatever it was at
        time.sleep(seconds)
        served.stop()
        for (state,) in kept(data, STATE, run):
            results = kept(data, RESULTS, run)
            assert len(results) == (state == "done")
        served = Served("--data", str(data))
        end = time.monotonic() + PATIENCE
        while (told := asked(served, f"runs/{run}"))["state"] != "done":
            assert told["state"] != "failed", told
            assert time.monotonic() < end
            time.sleep(0.2)
        assert asked(served, "gates?key=%E5%86%B32024-11")["run"] == run
        assert len(kept(data, RESULTS, run)) == 1
    served.stop()
    assert kept(data, FILES) == [(LEDGER.name, LEDGER.stat().st_size)]
