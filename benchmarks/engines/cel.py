"""Google's CEL (cel-expr-python): an expression per requirement, one record at a time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from cel_expr_python import cel

from benchmarks.engines.duties import ELSE, TEXTS, Duty, infix, names_in, translated
from benchmarks.engines.rows import LETTERS, Prepared, Subjects, by_rows

_WRITE: Final = infix("&&", "||", "!")


def _expression(duty: Duty) -> str:
    text = ""
    for outcome, condition in duty:
        letter = f"'{LETTERS[outcome]}'"
        text += letter if condition == ELSE else f"{translated(condition, _WRITE)} ? {letter} : "
    return text


def _judge(subjects: Subjects) -> Mapping[str, str]:
    names = names_in(subjects.duties)
    kinds = {name: cel.Type.STRING if name in TEXTS else cel.Type.INT for name in names}
    environment = cel.NewEnv(variables=kinds)
    compiled = {
        name: environment.compile(_expression(duty)) for name, duty in subjects.duties.items()
    }
    letters: dict[str, list[str]] = {name: [] for name in compiled}
    for row in subjects.rows:
        data = environment.Activation({name: row[name] for name in names})
        for name, expression in compiled.items():
            letters[name].append(expression.eval(data).value())
    return {name: "".join(found) for name, found in letters.items()}


def prepare(folder: Path, task: str) -> Prepared:
    """Outcomes from Python objects."""
    return by_rows(folder, task, _judge)
