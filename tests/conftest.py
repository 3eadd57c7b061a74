"""What many tests need: the schema, the shipped ruleset and the working-day calendar."""

from __future__ import annotations

import errno
import gc
import ipaddress
import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from engine.model.schema import Schema
from engine.model.workdays import WorkCalendar
from engine.ruleset.frozen import thawed
from engine.ruleset.load import load_ruleset
from engine.ruleset.model import Ruleset
from facts.calendar import work_calendar
from facts.records.load import load_schema
from tests.postgresql import a_database, served

ROOT = Path(__file__).parent.parent
RULESETS = ROOT / "rulesets"


CACHE_HOMES = ("XDG_CACHE_HOME", "LOCALAPPDATA")

# Where no bytecode may be written, every process that a test starts compiles all of ours anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# What was collected lives as long as the run: no garbage is looked for in it.
gc.set_threshold(1_000_000)


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> None:
    """No test reads or leaves anything in the cache folder of whoever runs it.

    It is one for all workers: what one has read of the rules the others need not.
    """
    folder = tmp_path_factory.getbasetemp()
    shared = folder.parent if hasattr(request.config, "workerinput") else folder
    for variable in CACHE_HOMES:
        os.environ[variable] = str(shared / "cache")


@pytest.fixture(scope="session", autouse=True)
def _taken_out_once() -> Iterator[None]:
    """The rules that are kept are taken out once, as by the page (`opening.Kept`).

    Hundreds of commands are run in this process, and a third of the time of a small folder went
    into that. Other bytes in their place are read as what they are.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("engine.ruleset.store.thawed", lru_cache(maxsize=2)(thawed))
        yield


def _loopback_alone(event: str, arguments: tuple[object, ...]) -> None:
    """Let no test talk to anything but this machine, whatever library it talks through."""
    if event != "socket.connect" or not isinstance(arguments[1], tuple):
        return
    host = str(arguments[1][0])
    if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
        raise AssertionError(f"a test talks to {host}")


sys.addaudithook(_loopback_alone)


def is_nightly(config: pytest.Config) -> bool:
    """Whether the long profile runs: `pytest -m nightly`."""
    return str(config.option.markexpr).strip() == "nightly"


NIGHT = 12 * 60 * 60
"""Seconds that a test may take in the long profile, where it goes fifty times as many rounds."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test with `rounds` belongs to both profiles; in the long one it may take all night."""
    if is_nightly(config):
        for item in items:
            if item.get_closest_marker("rounds") is not None:
                item.add_marker(pytest.mark.nightly)
                item.add_marker(pytest.mark.timeout(NIGHT))


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> int:
    """How many rounds a test goes in this profile: `@pytest.mark.rounds(5, nightly=500)`."""
    marker = request.node.get_closest_marker("rounds")
    return int(marker.kwargs["nightly"] if is_nightly(request.config) else marker.args[0])


def shut(patch: pytest.MonkeyPatch, name: str) -> None:
    """Let nobody look into the folders of this name."""
    real = os.scandir

    def scandir(path: Any) -> Any:  # noqa: ANN401
        if Path(str(path)).name == name:  # a number where the folder is open already
            raise PermissionError(errno.EACCES, "denied", str(path))
        return real(path)

    patch.setattr(os, "scandir", scandir)


@pytest.fixture(scope="session")
def schema() -> Schema:
    return load_schema()


@pytest.fixture(scope="session")
def calendar() -> WorkCalendar:
    return work_calendar()


@pytest.fixture(scope="session")
def ruleset(schema: Schema) -> Ruleset:
    return load_ruleset(RULESETS, schema)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a server, up to the name of the database."""
    with served() as url:
        yield url


@pytest.fixture
def postgresql(postgresql_server: str) -> str:
    """The URL of an empty database."""
    return a_database(postgresql_server)
