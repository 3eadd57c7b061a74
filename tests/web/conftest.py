"""The page with the example county in its store, checked once; each test's changes are undone."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable

import pytest

pytest.importorskip("django", reason="没有装 fazhi[web]")

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.web.settings"

import django

django.setup()

from django.test import Client

from tests.web.worked import worked
from web.holdings import take
from web.models import LedgerFile, Person, Role, Run
from web.running import ask
from web.views.folder import EXAMPLE

AS_OF = dt.date(2025, 3, 10)
FEW = ("fazhi.yaml", "重大行政决策台账2024.xlsx")
"""Files of the example that show what all of them would: a run of them takes a tenth as long."""
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
def few(db: None) -> None:
    """Only `FEW` in the folder, for what is asked next."""
    LedgerFile.objects.exclude(name__in=FEW).update(until="2025-01-01T00:00:00Z")


@pytest.fixture
def logged_in(db: None) -> Callable[..., Client]:
    """A browser in which somebody of a role has logged in."""

    def opened(role: str, unit: str = "") -> Client:
        person = Person.objects.filter(username=f"{role}{unit}").first() or someone(role, unit)
        client = Client()
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
        return client

    return opened
