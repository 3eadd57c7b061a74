"""A Python function generated of the conditions: no engine at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.engines.duties import Duty, names_in
from benchmarks.engines.rows import LETTERS, Prepared, Row, Subjects, by_rows


def _function(duty: Duty) -> Callable[[Row], str]:
    names = names_in({"": duty})
    read = "".join(f"    {name} = row[{name!r}]\n" for name in names)
    lines = "".join(
        f"    if {condition}: return {LETTERS[outcome]!r}\n" for outcome, condition in duty
    )
    found: dict[str, Callable[[Row], str]] = {}
    exec(f"def judge(row):\n{read}{lines}", found)  # noqa: S102 - conditions of ours
    return found["judge"]


def _judge(subjects: Subjects) -> Mapping[str, str]:
    return {
        name: "".join(map(_function(duty), subjects.rows)) for name, duty in subjects.duties.items()
    }


def prepare(folder: Path, task: str) -> Prepared:
    """Outcomes from Python objects."""
    return by_rows(folder, task, _judge)
