"""What a folder suggests for its settings: nothing of it counts before somebody confirms it.

建议：文件夹自己看得出的设置，人确认了才算。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from engine.model.facts import Facts, InputKind
from engine.model.schema import Schema
from facts.files.names import NAMES
from facts.intake.unread import IGNORED
from facts.wrong_settings import levels_of, place_of

_SOME: Final = 2


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one row of 设置.xlsx may say, and why."""

    item: str
    value: str
    why: str


def proposals(facts: Facts, schema: Schema) -> list[Proposal]:
    """What the folder suggests, in the order of the rows."""
    return [*_place(facts, schema), *_year(facts), *_ignored(facts)]


def has_settings(facts: Facts) -> bool:
    """Whether the folder has settings of its own."""
    return any(item.path in NAMES for item in facts.inputs)


def _place(facts: Facts, schema: Schema) -> Iterator[Proposal]:
    heads: Counter[str] = Counter()
    for name, records in facts.records.items():
        fields = schema.types[name].fields
        for record in records:
            for path, spec in fields.items():
                value = record.values.get(path)
                if spec.agency and isinstance(value, str) and place_of(value):
                    heads[place_of(value)] += 1
    name, times = max(heads.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    if times < _SOME:
        return
    yield Proposal("地名", name, f"台账里有{times}处单位以它开头")
    levels = levels_of(name, schema.types["place"].fields["level"])
    if len(levels) == 1:
        yield Proposal("层级", levels[0], f"“{name}”是{levels[0]}的")


def _year(facts: Facts) -> Iterator[Proposal]:
    """The year that is assessed, where anything that was read tells it."""
    if any(item.records for item in facts.inputs):
        yield Proposal("年度", str(facts.year), "台账的标题和日期多是这一年")


def _ignored(facts: Facts) -> Iterator[Proposal]:
    """The files that hold no ledger for all that can be told: leaving them alone opens nothing."""
    paths = [
        item.path
        for item in facts.inputs
        if item.problems and not item.records and item.kind in (InputKind.OTHER, InputKind.LEDGER)
        if not any(problem.lost_row for problem in item.problems)
    ]
    if paths:
        yield Proposal(IGNORED, "、".join(paths), "没有读出台账，与台账无关的才写在这里")
