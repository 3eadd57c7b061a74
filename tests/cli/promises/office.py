"""A folder of an office, the command run on it, and what comes out of that."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

from cli import main
from engine.judging.run import Run, run_of
from tests.results import whole

_ASKED: Final = {"--as-of": "2024-12-20", "--year": "2024"}
AS_OF: Final = tuple(part for asked in _ASKED.items() for part in asked)
Rows = Sequence[Sequence[object]]
_Test = Callable[..., None]


def promise(*quoted: str) -> Callable[[_Test], _Test]:
    """What the test keeps: words that stand on the page, so that neither changes alone."""
    return pytest.mark.promise(*quoted)


def fazhi(*arguments: object) -> Result:
    """The command with these arguments; an exception that it doesn't expect is raised."""
    return CliRunner().invoke(main, [str(one) for one in arguments], catch_exceptions=False)


def text(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """The folder with these files in it."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def xlsx(folder: Path, name: str, **sheets: Rows) -> Workbook:
    """A workbook of these sheets, saved in the folder; save it again when it was touched."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(folder / name)
    return book


@dataclass(frozen=True)
class Found:
    """One run of `check --format json`."""

    code: int
    json: Any

    def verdicts(self, requirement: str) -> dict[str, str]:
        """The outcome of every record that the requirement judged, by its key."""
        found = [o for o in self.json["outcomes"] if o["requirement"] == requirement]
        assert len({o["subject_key"] for o in found}) == len(found)
        return {o["subject_key"]: o["outcome"] for o in found}

    def outcome(self, requirement: str, key: str) -> Any:  # noqa: ANN401 - JSON
        """The one outcome of that record."""
        (entry,) = (
            o
            for o in self.json["outcomes"]
            if (o["requirement"], o["subject_key"]) == (requirement, key)
        )
        return entry

    def states(self, field: str, record_type: str = "decision") -> dict[str, str]:
        """What is known of a field, by the record's key: a value, `absent`, or why unknown."""
        seen: dict[str, set[str]] = {}
        for entry in self.json["outcomes"]:
            for fact in entry["evidence"]:
                if (fact["record_type"], fact["field"]) == (record_type, field):
                    known = {"known": fact["value"], "absent": "absent"}
                    state = known.get(fact["state"], fact["cause"])
                    seen.setdefault(fact["record_key"], set()).add(str(state))
        assert all(len(states) == 1 for states in seen.values()), seen
        return {key: states.pop() for key, states in seen.items()}

    def said(self, file: str = "", level: str = "error") -> list[str]:
        """The lines of 读取中的问题 about a file."""
        return [
            p["text"]
            for item in self.json["inputs"]
            for p in item["problems"]
            if p["level"] == level and p["text"].startswith(file)
        ]


def check(folder: Path, *options: object) -> Found:
    """The folder checked, with the reasons of what is settled too."""

    def explaining(*given: Any, **more: Any) -> Run:  # noqa: ANN401 - as the command calls it
        return replace(run_of(*given, **more), explain_all=True)

    given = [part for asked in _ASKED.items() if asked[0] not in options for part in asked]
    with patch("engine.judging.run.run_of", explaining):
        run = fazhi("check", folder, *given, *options, "--format", "json")
    assert run.stdout.startswith("{"), run.output
    return Found(run.exit_code, whole(run.stdout))
