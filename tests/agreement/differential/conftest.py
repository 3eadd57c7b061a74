"""What the comparisons came to is said at the end of every run that made some."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest

SAID: Final = "engines compared"


@pytest.fixture
def say(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Add a line to what is said at the end; it travels with the test's result."""
    return lambda line: record_property(SAID, line)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [
        report
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, [])
        if report.when == "call"
    ]
    lines = [line for report in reports for name, line in report.user_properties if name == SAID]
    if lines:
        terminalreporter.section(SAID)
        for line in lines:
            terminalreporter.write_line(line)
