"""How fast the page answers: the OA's question with 10 clients at once, then 50 for a minute.

`python benchmarks/web.py` starts `fazhi serve` with its store on disk, loads the example, waits
until it is checked, then asks for the gate of one decision again and again; and corrects one
cell to see when its effect is there. Prints a table for docs/measurements/web.md.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PORT = 8791
GATES = [
    f"/api/v1/gates?key={quote(key)}"
    for key in ("决2024-11", "决2024-12", "决2024-13", "决2024-14")
]
"""Of the decisions that lie ahead; the first is asked for again and again."""
GATE = GATES[0]
ANYBODY = """
import hashlib, os, sys
from pathlib import Path
from web.serve import configured
configured(Path(sys.argv[1]))
import datetime as dt
from web.models import Person, Token
from web.views.folder import EXAMPLE
from web.holdings import take
from web.running import ask
admin = Person.objects.get()
Token.objects.create(name="OA", role="reviewer", by=admin,
                     digest=hashlib.sha256(b"benchmark").hexdigest())
for place in sorted(EXAMPLE.iterdir()):
    take(place.name, place.read_bytes(), admin)
ask(admin, dt.date(2025, 3, 10))
"""


def asked(connection: http.client.HTTPConnection, method: str, path: str, body: bytes = b"",
          kind: str = "application/json") -> tuple[int, bytes]:  # fmt: skip
    """One question on a connection that stays open."""
    headers = {"Authorization": "Bearer benchmark", "Content-Type": kind}
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    return answer.status, answer.read()


def fresh() -> http.client.HTTPConnection:
    """A connection of its own."""
    return http.client.HTTPConnection("127.0.0.1", PORT, timeout=120)


def hammered(clients: int, seconds: float) -> tuple[list[float], int]:
    """Milliseconds of every answer that so many clients get, and how many were wrong."""
    end, times, wrong = time.monotonic() + seconds, [], []

    def client() -> None:
        connection = fresh()
        while time.monotonic() < end:
            start = time.perf_counter()
            status, body = asked(connection, "GET", GATE)
            times.append((time.perf_counter() - start) * 1000)
            if status != 200 or json.loads(body)["gates"][0]["state"] != "open":
                wrong.append(status)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, len(wrong)


def run_done(connection: http.client.HTTPConnection, run: int) -> None:
    """Wait until a run is done."""
    while json.loads(asked(connection, "GET", f"/api/v1/runs/{run}")[1])["state"] != "done":
        time.sleep(0.05)


def corrected(connection: http.client.HTTPConnection) -> float:
    """Seconds from handing in a ledger with one cell corrected to its outcomes."""
    text = (ROOT / "examples" / "qinglan" / "执法人员培训学时台账.csv").read_text(
        encoding="gb18030"
    )
    changed = text.replace("2024.5.13,36", "2024.5.13,6", 1)
    start = time.perf_counter()
    edge = "fazhi"
    body = (
        (
            f'--{edge}\r\nContent-Disposition: form-data; name="file"; '
            'filename="执法人员培训学时台账.csv"\r\n\r\n'
        ).encode()
        + changed.encode()
        + f"\r\n--{edge}--\r\n".encode()
    )
    asked(connection, "POST", "/api/v1/files", body, f"multipart/form-data; boundary={edge}")
    run = json.loads(asked(connection, "POST", "/api/v1/runs", b'{"as_of": "2025-03-10"}')[1])
    run_done(connection, run["run"])
    return time.perf_counter() - start


def row(said: str, clients: int, times: list[float], wrong: int, seconds: float) -> None:
    """One line of the table."""
    p95 = statistics.quantiles(times, n=20)[18]
    median = statistics.median(times)
    print(f"| {said} | {clients} | {len(times)} | {len(times) / seconds:.0f} | {median:.0f} "
          f"| {p95:.0f} | {max(times):.0f} | {wrong} |")  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "data"
        command = [sys.executable, "-m", "cli", "serve", "--data", str(data), "--port", str(PORT)]
        server = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
        try:
            said = iter(server.stderr or ())
            next(line for line in said if "http://" in line)
            # whatever else it says is taken off its hands, or it would wait with its pipe full
            threading.Thread(target=lambda: list(said), daemon=True).start()
            own = dict(os.environ)
            subprocess.run(
                [sys.executable, "-c", ANYBODY, str(data)], cwd=ROOT, env=own, check=True
            )
            connection = fresh()
            run_done(connection, 1)
            for gate in GATES:
                while json.loads(asked(connection, "GET", gate)[1])["timetable"] is None:
                    time.sleep(0.2)
            print("| 问什么 | 同时 | 回答 | 每秒 | 中位毫秒 | 95%毫秒 | 最久 | 错 |")
            print("|---|---|---|---|---|---|---|---|")
            hammered(10, 2)  # warm
            for said, clients, length in (
                ("一件决策的闸门", 10, seconds / 3),
                ("同上", 50, seconds),
            ):
                times, wrong = hammered(clients, length)
                row(said, clients, times, wrong, length)
            taken = corrected(connection)
            print(f"\n改一格、交上来、核完：{taken:.1f} 秒")
        finally:
            server.kill()


if __name__ == "__main__":
    main()
