"""Which tests reach which function of the mutated copy of engine/, and how long they take.

The selected tests are run once beside each other in `mutants/`, nothing changed yet, under
coverage.py, which notes for every line the tests that came by. All of them must pass there, or
what fails later would be blamed on a mutant. mutmut's own way of noting it takes one process and
hours here.

The file is a plugin of that run as well: it keeps how long each test took.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path

import pytest
from coverage import CoverageData
from mutmut.configuration import config

COPY = Path("mutants")
_LINES = COPY / "reach.coverage"
_SECONDS = COPY / "seconds.json"
_ORIGINAL = "__mutmut_orig"

MOST_SECONDS = 30.0
"""What the tests of one mutant may take together, as they took it in the run above."""

DEEP = 10_000
"""How deep calls may nest: every call of a mutated function is three calls deep."""

_took: Counter[str] = Counter()


def pytest_configure() -> None:
    """Let the mutated copy go as deep as the original."""
    sys.setrecursionlimit(DEEP)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up what a test took: its own part, and making ready for it."""
    _took[report.nodeid] += report.duration


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Keep it, once all workers are done."""
    if not hasattr(session.config, "workerinput"):
        Path(_SECONDS.name).write_text(json.dumps(_took), "utf-8")


@dataclass
class Reach:
    """The tests by the function they reach, in mutmut's name for it, and their seconds."""

    tests: dict[str, set[str]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    @cached_property
    def _functions(self) -> Counter[str]:
        """How many functions each test reaches."""
        return Counter(chain.from_iterable(self.tests.values()))

    def chosen(self, function: str) -> list[str]:
        """The tests to try a mutant of this function on, those that reach little else first.

        As many as `MOST_SECONDS` hold, one at least: a mutant that only the rest would kill counts
        as alive.
        """
        found: list[str] = []
        left = MOST_SECONDS
        reaching = self.tests.get(function, set())
        for test in sorted(reaching, key=lambda t: (self._functions[t], self.seconds[t], t)):
            if not found or self.seconds[test] <= left:
                found.append(test)
                left -= self.seconds[test]
        return found

    def estimate(self, tests: list[str]) -> float:
        """How long these take together, in seconds."""
        return sum(self.seconds[test] for test in tests)


def reach() -> Reach:
    """What the run noted; it is made anew where a source or a test has changed since."""
    if not _fresh():
        _run()
    seconds = json.loads(_SECONDS.read_text("utf-8"))
    found = Reach(seconds=seconds)
    data = CoverageData(str(_LINES))
    data.read()
    for name in data.measured_files():
        tests = {line: _tests(contexts) for line, contexts in data.contexts_by_lineno(name).items()}
        path = Path(name)
        module = ".".join(path.relative_to(COPY.resolve()).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.endswith(_ORIGINAL):
                body = range(node.body[0].lineno, (node.end_lineno or 0) + 1)
                reaching = set[str]().union(*(tests.get(line, ()) for line in body))
                function = f"{module}.{node.name.removesuffix(_ORIGINAL)}"
                found.tests[function] = reaching & seconds.keys()
    return found


def _tests(contexts: list[str]) -> set[str]:
    """The tests behind coverage.py's contexts: `test|run`, `test|setup`."""
    return {context.rpartition("|")[0] for context in contexts}


def _fresh() -> bool:
    if not (_LINES.exists() and _SECONDS.exists()):
        return False
    noted = _SECONDS.stat().st_mtime
    sources = chain(Path("engine").rglob("*.py"), Path("tests").rglob("*.py"))
    return all(path.stat().st_mtime < noted for path in sources)


def _run() -> None:
    chosen = config()
    command = [sys.executable, "-m", "pytest", "-q", "-p", Path(__file__).stem]
    command += [*chosen.pytest_add_cli_args, "-n", "auto"]
    command += ["--cov", "--cov-context=test", "--cov-report=", "--cov-fail-under=0"]
    command += chosen.pytest_add_cli_args_test_selection
    environment = os.environ | {
        "COVERAGE_FILE": str(_LINES.resolve()),
        "MUTANT_UNDER_TEST": "",
        "PYTHONPATH": str(Path(__file__).parent),
    }
    _LINES.unlink(missing_ok=True)
    done = subprocess.run(command, cwd=COPY, env=environment, check=False)
    if done.returncode != 0:
        _SECONDS.unlink(missing_ok=True)
        sys.exit("The tests do not pass where nothing is changed yet.")
