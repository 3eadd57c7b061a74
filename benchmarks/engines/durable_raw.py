"""durable_rules as its manual has it: a rule per outcome, an event per record and requirement."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any, Final

from durable.lang import m, post_batch, pri, ruleset, when_all

from benchmarks.engines.duties import names_in, negated, translated
from benchmarks.engines.rows import LETTERS, Prepared, Subjects, by_rows

_AT_ONCE: Final = 50
_NAMES = count()


def _write(operator: str, parts: list[str]) -> str:
    match operator:
        case "and" | "or":
            return "(" + (" & " if operator == "and" else " | ").join(parts) + ")"
        case "name":
            return f"m.{parts[0]}"
        case "text":
            return repr(parts[0])
        case "number":
            return parts[0]
        case "true":
            return "(m.at >= 0)"
        case "false":
            return "(m.at < 0)"
        case _ if parts[1].startswith("m."):  # two fields of an event can't be compared
            return f"(m.{parts[0][2:]}__{parts[1][2:]} {operator} 0)"
        case _:
            return f"({parts[0]} {operator} {parts[1]})"


def _pairs(condition: str) -> set[tuple[str, str]]:
    found = set()
    for node in ast.walk(ast.parse(condition, mode="eval")):
        if isinstance(node, ast.Compare) and isinstance(node.comparators[0], ast.Name):
            found.add((ast.unparse(node.left), node.comparators[0].id))
    return found


def _judge(subjects: Subjects) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name, duty in subjects.duties.items():
        letters = [""] * len(subjects.rows)
        called = f"duty {next(_NAMES)}"

        def telling(letter: str, letters: list[str] = letters) -> Any:  # noqa: ANN401 - untyped
            def told(one: Any) -> None:  # noqa: ANN401
                letters[one.m.at] = letter

            return told

        pairs: set[tuple[str, str]] = set()
        with ruleset(called):
            for place, (outcome, condition) in enumerate(duty):
                pairs |= _pairs(condition)
                plain = negated(ast.parse(condition, mode="eval").body)
                text = translated(ast.unparse(plain), _write)
                # an event is gone with the first rule that it fits
                when_all(pri(place), eval(text, {"m": m}))(telling(LETTERS[outcome]))  # noqa: S307
        names = names_in({name: duty})
        for start in range(0, len(subjects.rows), _AT_ONCE):
            batch = [
                {"at": at, **{each: row[each] for each in names},
                 **{f"{a}__{b}": row[a] - row[b] for a, b in pairs}}
                for at, row in enumerate(subjects.rows[start : start + _AT_ONCE], start)
            ]  # fmt: skip
            post_batch(called, batch)
        found[name] = "".join(letters)
    return found


def prepare(folder: Path, task: str) -> Prepared:
    """Outcomes from Python objects."""
    return by_rows(folder, task, _judge)
