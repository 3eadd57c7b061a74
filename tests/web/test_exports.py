"""Whatever people write on the page comes back as it was from its files, and none of it is live."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable

import pytest
from django.test import Client

from engine.model.facts import Input
from facts.files.reader import HERE
from reporter.visible import visible
from tests.reporter.test_exports import strings
from tests.web.conftest import someone
from web.holdings import ledgers_of_the_page
from web.models import Answer, LogEntry

NUMBER = 5_000
"""How many through each file; docs/THREAT_MODEL.md says so too."""

LIVE = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


@pytest.mark.rounds(1, nightly=20)
def test_the_log_gives_back_every_text_and_starts_no_formula(
    rounds: int, logged_in: Callable[..., Client]
) -> None:
    """Broken by a cell that a spreadsheet computes, or by two texts that come back as one."""
    client = logged_in("reviewer")
    for seed in range(rounds):
        texts = strings(NUMBER, seed)
        LogEntry.objects.bulk_create(
            LogEntry(who="甲", role="admin", what=f"第{seed}遍", about=text) for text in texts
        )
        answer = client.get("/log.csv").content.decode("utf-8-sig")
        rows = csv.reader(io.StringIO(answer, newline=""), strict=True)
        cells = [row[4] for row in rows if row[3] == f"第{seed}遍"]
        assert [cell for cell in cells if cell.startswith(LIVE)] == []
        assert [cell.removeprefix("'") for cell in cells] == [visible(text) for text in texts]


@pytest.mark.rounds(1, nightly=20)
def test_what_was_decided_on_the_page_is_read_as_it_was_written(rounds: int, db: None) -> None:
    """Broken by a text that its ledger takes for the end of a cell, of a row, or of the file."""
    reviewer = someone("reviewer")
    for seed in range(rounds):
        texts = strings(NUMBER, seed)
        Answer.objects.all().delete()
        Answer.objects.bulk_create(
            Answer(requirement="r", record_type="decision", record_key=key, answer="符合",
                   basis=basis, on=dt.date(2025, 3, 10), by=reviewer)
            for key, basis in zip(texts, reversed(texts), strict=True)
        )  # fmt: skip
        ((path, data),) = ledgers_of_the_page().items()
        entry = Input(path)
        (grid,) = HERE.grids(data, ".json", entry)
        assert entry.problems == []
        keys, bases = grid.names.index("对象编号"), grid.names.index("认定理由")
        assert [row[keys] for _, row in grid.rows] == texts
        assert [row[bases] for _, row in grid.rows] == texts[::-1]
