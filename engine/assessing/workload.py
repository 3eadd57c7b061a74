"""How much one run may take upon itself: what is beyond is refused whole, aloud, and beforehand.

A hundred thousand rows without the columns that matter give millions of outcomes, each with its
reasons. Half of them would be an assessment that looks whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from engine.judging.run import Judged, Run
from engine.model.errors import FazhiError
from engine.model.outcome import SETTLED
from engine.model.schema import Schema
from engine.ruleset.model import Gate, Requirement

MOST_JUDGED: Final = 1_000_000
"""Outcomes of a run."""

MOST_REASONED: Final = 130_000
"""Outcomes whose reasons have to be written: all that are neither met nor not applicable."""

MOST_AT_GATES: Final = 2_000
"""Records at a gate, each shown with every step."""


class TooMuchError(FazhiError):
    """The folder holds more than one run can take: nothing is judged (exit code 5)."""


def check_records(run: Run, requirements: Sequence[Requirement], gates: Iterable[Gate]) -> None:
    """Raise `TooMuchError` where judging would be too much."""
    found: Counter[str] = Counter()
    for requirement in requirements:
        found[requirement.subject] += len(run.records.get(requirement.subject, ()))
    if found.total() > MOST_JUDGED:
        raise TooMuchError(_said("要判的", found, MOST_JUDGED, run.world.schema))
    for gate in gates:
        there = Counter({gate.subject: len(run.records.get(gate.subject, ()))})
        if there.total() > MOST_AT_GATES:
            raise TooMuchError(_said("要逐步核对的", there, MOST_AT_GATES, run.world.schema))


def check_reasons(judged: Judged, requirements: Mapping[str, Requirement], schema: Schema) -> None:
    """Raise `TooMuchError` where writing the reasons would be too much."""
    found: Counter[str] = Counter()
    for name, outcomes in judged.outcomes.items():
        found[requirements[name].subject] += sum(one not in SETTLED for one in outcomes)
    if found.total() > MOST_REASONED:
        raise TooMuchError(_said("判断不了、不合要求的", found, MOST_REASONED, schema))


def _said(what: str, found: Counter[str], most: int, schema: Schema) -> str:
    name, times = found.most_common(1)[0]
    return (
        f"{what}有{found.total()}项，超过{most}项，一次核不了，什么也没有核；"
        f"最多的是“{schema.types[name].title}”（{times}项）："
        "请先看它的列名对上了没有，再按单位或者月份分成几个文件夹核；"
        "一直有这么多的，导出成 csv 或 parquet，按表核对（见 docs/tables.md）"
    )
