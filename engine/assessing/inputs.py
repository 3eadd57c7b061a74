"""The inputs of a run as an assessment shows them."""

from __future__ import annotations

from collections.abc import Iterable

from engine.model.assessment import InputEntry, ProblemEntry
from engine.model.facts import Input, Problem
from engine.model.masking import MASK, without_identity


def inputs_shown(inputs: Iterable[Input], *, unmask: bool) -> tuple[InputEntry, ...]:
    """Every input with its problems; quotes of what stays in the office are masked."""

    def shown(text: str) -> str:
        return text if unmask else without_identity(text)

    def entry(problem: Problem) -> ProblemEntry:
        text = problem.text(None if unmask else MASK)
        return ProblemEntry(shown(problem.place()), shown(text), problem.level.value)

    return tuple(
        InputEntry(
            path=shown(item.path),
            sha256=item.sha256,
            kind=item.kind.value,
            records=dict(item.records),
            notes=tuple(map(shown, item.notes)),
            problems=tuple(map(entry, item.problems)),
        )
        for item in inputs
    )
