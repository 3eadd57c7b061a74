"""CLIPS (clipspy): a rule per outcome, records asserted as facts, a thousand at a time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import clips

from benchmarks.engines.duties import TEXTS, alone, names_in, translated
from benchmarks.engines.rows import LETTERS, Prepared, Subjects, by_rows

_AT_ONCE: Final = 1_000


def _write(operator: str, parts: list[str]) -> str:
    match operator:
        case "name":
            return f"?{parts[0]}"
        case "number":
            return parts[0]
        case "text":
            return f'"{parts[0]}"'
        case "list":
            return " ".join(parts)
        case "in":
            return f"(neq FALSE (member$ {parts[0]} (create$ {parts[1]})))"
        case "==":
            return f"(eq {parts[0]} {parts[1]})"
        case "!=":
            return f"(neq {parts[0]} {parts[1]})"
        case "true" | "false":
            return operator.upper()
        case _:
            return f"({operator} {' '.join(parts)})"


def _judge(subjects: Subjects) -> Mapping[str, str]:
    engine = clips.Environment()
    names = names_in(subjects.duties)
    slots = " ".join(
        f"(slot {name} (type {'STRING' if name in TEXTS else 'INTEGER'}))" for name in names
    )
    engine.build(f"(deftemplate subject (slot at (type INTEGER)) {slots})")
    letters = {name: [""] * len(subjects.rows) for name in subjects.duties}

    def told(name: str, at: int, letter: str) -> None:
        letters[name][at] = letter

    engine.define_function(told)
    for name, duty in subjects.duties.items():
        read = " ".join(f"({each} ?{each})" for each in names_in({"": duty}))
        for number, (outcome, condition) in enumerate(alone(duty)):
            engine.build(
                f"(defrule {name}-{number} (subject (at ?at) {read}) "
                f"(test {translated(condition, _write)}) => "
                f'(told "{name}" ?at "{LETTERS[outcome]}"))'
            )
    template = engine.find_template("subject")
    for start in range(0, len(subjects.rows), _AT_ONCE):
        for at, row in enumerate(subjects.rows[start : start + _AT_ONCE], start):
            template.assert_fact(at=at, **{name: row[name] for name in names})
        engine.run()
        engine.reset()
    return {name: "".join(found) for name, found in letters.items()}


def prepare(folder: Path, task: str) -> Prepared:
    """Outcomes from Python objects."""
    return by_rows(folder, task, _judge)
