"""Files of every format, broken at random or made from nothing: read, or refused with a reason.

20,000 cases in the ordinary run, a million in the nightly one; docs/THREAT_MODEL.md says how
many of each format, and what became of them.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from engine.model.facts import Input
from engine.model.outcome import Outcome
from engine.ruleset.model import Ruleset
from facts.files.reader import HERE
from facts.files.refused import RefusedError
from tests.hostile.corpus import KINDS, Kind
from tests.hostile.made import FILES
from tests.hostile.test_mutated import Judge

SECONDS = 5.0
"""Processor time that no case of a few kilobytes may take."""

MUTATED = {
    "xlsx": 1_500, "docx": 1_000, "pdf": 2_500, "csv": 3_000, "json": 3_000, "yaml": 2_500,
    "html": 2_500, "txt": 2_400,
}  # fmt: skip
MADE = 200
NIGHTLY = 50
WHOLE_WAY = 100
"""One case in so many goes on from the parser to the outcomes."""


@dataclass
class Read:
    """Reads cases and keeps count. An error that no module foresaw fails the test at once."""

    kind: Kind
    cases: int = 0
    refused: int = 0
    slowest: float = 0.0

    def __call__(self, data: bytes) -> None:
        self.cases += 1
        suffix = self.kind.suffix
        started = time.process_time()
        try:
            if suffix in (".docx", ".pdf", ".html", ".txt"):
                HERE.text(data, suffix)
            else:
                HERE.grids(data, suffix, Input(f"台账{suffix}"))
        except RefusedError as error:
            self.refused += 1
            if "意外" in str(error):
                pytest.fail(f"{error.__cause__!r}: {data!r}")
        self.slowest = max(self.slowest, time.process_time() - started)


def test_the_cases_are_as_many_as_is_said() -> None:
    assert sum(MUTATED.values()) + MADE * len(FILES) == 20_000
    assert NIGHTLY * 20_000 == 1_000_000


@pytest.mark.parametrize("form", KINDS)
def test_a_whole_file_is_read(form: str) -> None:
    """So that what is broken below was worth breaking."""
    read = Read(KINDS[form])
    read(KINDS[form].whole)
    assert read.refused == 0


@pytest.mark.parametrize("form", KINDS)
@pytest.mark.rounds(1, nightly=NIGHTLY)
def test_a_broken_file(
    form: str, rounds: int, record_property: Callable[[str, object], None]
) -> None:
    """Broken by any error of a parser that gets out, or that none of our modules foresaw."""
    read = Read(KINDS[form])
    rng = random.Random(form)  # noqa: S311
    for _ in range(MUTATED[form] * rounds):
        read(KINDS[form].broken(rng))
    record_property("fuzz", f"{form}: {read.cases} broken, {read.refused} refused")
    assert read.slowest < SECONDS
    assert 0 < read.refused < read.cases


@pytest.mark.parametrize("form", FILES)
@pytest.mark.rounds(1, nightly=NIGHTLY)
def test_a_file_made_from_nothing(
    form: str, rounds: int, record_property: Callable[[str, object], None]
) -> None:
    read = Read(KINDS[form])

    @settings(
        max_examples=MADE * rounds, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(FILES[form])
    def reading(data: bytes) -> None:
        read(data)

    reading()
    record_property("fuzz", f"{form}: {read.cases} made, {read.refused} refused")
    assert read.slowest < SECONDS
    assert read.cases >= MADE * rounds


@pytest.mark.parametrize("form", KINDS)
@pytest.mark.rounds(1, nightly=NIGHTLY)
def test_a_broken_file_from_its_bytes_to_the_outcomes(
    form: str, rounds: int, tmp_path: Path, ruleset: Ruleset
) -> None:
    """Broken by an error on the way, or where a gap whose row stands as it was written is met or
    gone, and nothing was said.
    """
    kind = KINDS[form]
    judge = Judge(tmp_path, ruleset)
    rng = random.Random(f"{form} whole")  # noqa: S311
    stood = 0
    for _ in range(MUTATED[form] * rounds // WHOLE_WAY):
        data = kind.broken(rng)
        found, said = judge.judged(f"决策{kind.suffix}", data)
        for key in kind.rows(data) if kind.rows is not None and not said else ():
            stood += 1
            assert found.get(key) not in (None, Outcome.MET, Outcome.PENDING), (key, data)
    assert stood > 0 or kind.rows is None
