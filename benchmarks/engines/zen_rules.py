"""GoRules' zen-engine: an expression per requirement, one record at a time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import zen

from benchmarks.engines.duties import ELSE, Duty, infix, names_in, translated
from benchmarks.engines.rows import LETTERS, Prepared, Subjects, by_rows

_WRITE: Final = infix("and", "or", "not ")


def _expression(duty: Duty) -> str:
    text, open_ = "", 0
    for outcome, condition in duty:
        letter = f"'{LETTERS[outcome]}'"
        if condition == ELSE:
            text += letter
        else:
            text += f"({translated(condition, _WRITE)} ? {letter} : "
            open_ += 1
    return text + ")" * open_


def _judge(subjects: Subjects) -> Mapping[str, str]:
    names = names_in(subjects.duties)
    compiled = {
        name: zen.compile_expression(_expression(duty)) for name, duty in subjects.duties.items()
    }
    letters: dict[str, list[str]] = {name: [] for name in compiled}
    for row in subjects.rows:
        data = {name: row[name] for name in names}
        for name, expression in compiled.items():
            letters[name].append(expression.evaluate(data))
    return {name: "".join(found) for name, found in letters.items()}


def prepare(folder: Path, task: str) -> Prepared:
    """Outcomes from Python objects."""
    return by_rows(folder, task, _judge)
