"""The page with the example county in its store, checked once; each test's changes are undone."""

from __future__ import annotations

import datetime as dt
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("django", reason="没有装 fazhi[web]")

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.web.settings"

import django

django.setup()

from django.test import Client

from tests.conftest import ROOT
from tests.web.worked import worked
from web.holdings import take
from web.models import Person, Role, Run
from web.running import ask
from web.views.folder import EXAMPLE

AS_OF = dt.date(2025, 3, 10)
UNIT = "县城市管理局"
WORD = "lan-feng-3851-qing"


def someone(role: str, unit: str = "") -> Person:
    """A person of a role, who has changed their password."""
    name = f"{role}{unit}"
    return Person.objects.create_user(
        name, password=WORD, name=f"{Role(role).label}某", role=role, unit=unit, must_change=False
    )


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> None:
    """The store with the example in it."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        admin = someone("admin")
        for place in sorted(EXAMPLE.iterdir()):
            take(place.name, place.read_bytes(), admin)
        ask(admin, AS_OF)
        worked(1)


@pytest.fixture
def run(db: None) -> Run:
    """The run of the example."""
    return Run.objects.get()


@pytest.fixture
def logged_in(db: None) -> Callable[..., Client]:
    """A browser in which somebody of a role has logged in."""

    def opened(role: str, unit: str = "") -> Client:
        person = Person.objects.filter(username=f"{role}{unit}").first() or someone(role, unit)
        client = Client()
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
        return client

    return opened


class Served:
    """The page as `fazhi serve` opens it, in processes of its own, on loopback."""

    def __init__(self, data: Path, *more: str) -> None:
        self.data = data
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        command = [
            sys.executable,
            "-m",
            "cli",
            "serve",
            "--data",
            str(data),
            "--port",
            str(port),
            *more,
        ]
        own = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO")}
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=own, stderr=subprocess.PIPE, text=True
        )
        self.said = ""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.said += line
            if self.address in line:
                break

    @property
    def password(self) -> str:
        """The one-time password that was printed; "" where none was."""
        found = re.search(r"一次性密码 (\S+?)（", self.said)
        return found[1] if found else ""

    def worker(self) -> int:
        """The process that works runs out, as soon as it is there."""
        for _ in range(200):
            mine = Path(f"/proc/{self.process.pid}/task").glob("*/children")
            found = " ".join(path.read_text(encoding="ascii") for path in mine).split()
            if found:
                return int(found[0])
            time.sleep(0.1)
        raise AssertionError("no worker")

    def stop(self) -> None:
        """End it as somebody who pulls the plug."""
        self.process.kill()
        self.process.wait()
        if self.process.stderr is not None:
            self.process.stderr.close()
