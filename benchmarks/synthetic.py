"""Many records for benchmarks: those of the example city that are in order, copied and varied."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook

from engine.assessing.subjects import copied, family
from engine.judging.run import Run, judge
from engine.language import tree as t
from engine.model.outcome import Outcome
from engine.model.values import ABSENT, Cause, Elements, Record, State, Unknown
from engine.ruleset.model import Requirement

FAULTY = 0.03
"""Share of the copies in which one field is emptied."""

_FINE = (Outcome.MET, Outcome.NOT_APPLICABLE)


def fields_read(requirements: Iterable[Requirement]) -> dict[str, set[str]]:
    """The fields that the requirements read, by record type."""
    found: dict[str, set[str]] = {}
    for requirement in requirements:
        asked = (part for text in requirement.texts for part in text.expressions())
        for part in (requirement.act_on, *asked):
            for node in t.walk(part):
                if isinstance(node, t.Path) and node.var != "place":
                    found.setdefault(node.record, set()).add(node.field)
    return found


def in_order(
    run: Run, requirements: Sequence[Requirement], count: int
) -> tuple[list[Requirement], Record]:
    """The example's record that most is in order with, and `count` requirements it is so with.

    They begin again under other ids where there are too few.
    """
    judged = judge(run, requirements)
    subjects = run.records[requirements[0].subject]
    fine = [
        [r for r in requirements if judged.outcomes[r.id][position] in _FINE]
        for position in range(len(subjects))
    ]
    most = max(range(len(subjects)), key=lambda position: len(fine[position]))
    chosen = [fine[most][n % len(fine[most])] for n in range(count)]
    renamed = [replace(r, id=f"{r.id}-{n}") for n, r in enumerate(chosen)]
    return renamed, subjects[most]


def many(
    best: Record, requirements: Sequence[Requirement], count: int, seed: int = 1
) -> dict[str, list[Record]]:
    """`count` copies of a record, with their own nested ones."""
    chance = random.Random(seed)  # noqa: S311
    fields = sorted(fields_read(requirements).get(best.type, ()))
    fields = [name for name in fields if not isinstance(best.values.get(name), Elements)]
    records: dict[str, list[Record]] = {}
    for number in range(count):
        record = copied(best, best.parent)
        record.key = f"{best.key}-{number}"
        if chance.random() < FAULTY:
            record.values[chance.choice(fields)] = Unknown(Cause.BLANK)
        for one in family(record):
            records.setdefault(one.type, []).append(one)
    return records


def write_xlsx(path: Path, records: dict[str, list[Record]]) -> int:
    """The records as a workbook, a sheet for each type and a column for each field; its cells."""
    book, cells = Workbook(write_only=True), 0
    for name, found in records.items():
        sheet = book.create_sheet(name[:30])
        columns = sorted({field for record in found for field in record.values})
        sheet.append(["编号", *columns])
        for record in found:
            row = [record.key, *(_cell(record.values.get(column)) for column in columns)]
            cells += len(row)
            sheet.append(row)
    book.save(path)
    return cells


def _cell(state: State | Elements | None) -> object:
    if isinstance(state, Elements):
        records = any(isinstance(item, Record) for item in state.items)
        return len(state.items) if records else "、".join(map(str, state.items))
    if isinstance(state, bool):
        return "是" if state else "否"
    if isinstance(state, Decimal):
        return float(state)
    if state is ABSENT:
        return "无"
    return None if isinstance(state, Unknown) else state
