"""An office's folder with a small schema of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from facts.records.load import read_schema
from tests.facts.conftest import SMALL, Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(
        tmp_path, read_schema({f"facts/records/{name}": text for name, text in SMALL.items()})
    )
