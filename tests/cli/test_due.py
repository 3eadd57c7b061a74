"""`fazhi due` on the example: what falls due next stands first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from icalendar import Calendar

from cli import main

EXAMPLE = ["due", "examples/qinglan", "--as-of", "2025-03-10"]


def test_the_filing_due_tomorrow_stands_first(tmp_path: Path) -> None:
    """青政规〔2025〕1号, made public on 24 February, is to be filed within 15 days: 11 March."""
    result = CliRunner().invoke(main, EXAMPLE)
    first = next(line for line in result.output.splitlines() if line.startswith("  ●"))
    assert first.startswith(
        "  ● 2025-03-11（周二）还有1个工作日　青岚县人民政府　“青政规〔2025〕1号”"
    )
    assert result.exit_code == 3  # the example has cells that can't be read
    target = tmp_path / "期限.ics"
    CliRunner().invoke(main, [*EXAMPLE, "--days", "1", "--output", str(target)])
    (event,) = Calendar.from_ical(target.read_bytes()).walk("VEVENT")
    assert event.decoded("DTSTART").isoformat() == "2025-03-11"
    assert "青政规〔2025〕1号" in str(event["SUMMARY"])


def test_as_json_each_thing_to_do_is_one() -> None:
    result = CliRunner().invoke(main, [*EXAMPLE, "--days", "4", "--format", "json"])
    found = json.loads(result.output)
    assert found["as_of"] == "2025-03-10"
    assert {d["day"] for d in found["deadlines"]} == {"2025-03-11", "2025-03-14"}


@pytest.mark.parametrize("days", ["-1", "x"])
def test_days_that_are_none_are_refused(days: str) -> None:
    assert CliRunner().invoke(main, [*EXAMPLE, "--days", days]).exit_code == 2
