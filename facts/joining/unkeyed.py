"""Rows without their key: what they are called by, and what is said of them, once a sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Final

from engine.model.facts import Level, Problem, problem_at
from engine.model.record_type import RecordType
from engine.model.regex import regex
from engine.model.values import Source
from facts.ledgers.draft import Draft

_COLUMN: Final = regex("^[A-Z]+")
_MOST_NAMED: Final = 10


class Unkeyed(Enum):
    """What becomes of a row without its key."""

    LOST = "缺少{key}，不能当作记录"
    UNREADABLE = "{key}认不出，{row}仍按一件核对，但与其他台账对不上"
    NAMELESS = "缺少{key}，{row}仍按一件核对，但与其他台账对不上"
    NAMED = "没有{key}，{row}以名称和日期称呼，与其他台账对不上"


def name_of(draft: Draft) -> str:
    """The title and the day by which a row is known that has no number; empty if not both.

    What is kept from readers names nothing.
    """
    fields, label = draft.type.fields, draft.type.label or ""
    title, day = draft.cells.get(label), _day(draft)
    if not isinstance(title, str) or day is None or fields[label].kept:
        return ""
    return f"{title}（{day.isoformat()}）"


def _day(draft: Draft) -> dt.date | None:
    """The day on which the row comes about, else the first event that it dates."""
    events = [p for p, spec in draft.type.fields.items() if spec.time == "event" and not spec.kept]
    days = (draft.cells.get(path) for path in (draft.type.happens or "", *events))
    return next((day for day in days if isinstance(day, dt.date)), None)


def kind_of(draft: Draft) -> Unkeyed:
    """What becomes of a row without its key."""
    if len(draft.cells) < 2:
        return Unkeyed.LOST
    if any(path in draft.cells for path in draft.type.key):
        return Unkeyed.UNREADABLE
    return Unkeyed.NAMED if name_of(draft) else Unkeyed.NAMELESS


def said_of(found: Mapping[Unkeyed, Sequence[Draft]], *, referred: bool) -> Iterator[Problem]:
    """What is said of the rows of one type without their key, once of each kind and sheet.

    What is called by its title and day is a note, and only where other ledgers would refer to it.
    """
    for kind, drafts in found.items():
        sheets: dict[tuple[str, str], list[Draft]] = {}
        for draft in drafts if kind is not Unkeyed.NAMED or referred else ():
            sheets.setdefault((draft.source.file, draft.source.sheet), []).append(draft)
        for rows in sheets.values():
            yield _said(kind, rows)


def _said(kind: Unkeyed, drafts: Sequence[Draft]) -> Problem:
    first = drafts[0]
    record_type, path = first.type, next(iter(first.cells), "")
    only = first.sources.get(path) if kind is Unkeyed.LOST else None
    many = "" if len(drafts) == 1 else f"第{_rows(drafts)}行"
    row = f"{many}各" if many else "这一行"
    said = kind.value.format(key=_key(record_type), row=row)
    lost = f"（{many}）" if many and kind is Unkeyed.LOST else ""
    hint = ""
    if kind is Unkeyed.LOST and any(draft.children for draft in drafts):
        hint = "属于上一行事项的，请填同一编号或合并单元格"
    elif kind is Unkeyed.NAMED:
        there = any(path in first.columns for path in record_type.key)
        hint = f"要对得上，请{'填上' if there else '加一列'}{_key(record_type)}"
    spec = record_type.fields.get(path)
    return problem_at(
        first.source,
        said + lost,
        only.text if isinstance(only, Source) else "",
        hint=hint,
        lost_row=kind is Unkeyed.LOST,
        level=Level.NOTE if kind is Unkeyed.NAMED else Level.ERROR,
        record_type=record_type.type,
        kept=only is not None and spec is not None and spec.kept,
    )


def _key(record_type: RecordType) -> str:
    return f"“{'、'.join(record_type.fields[path].title for path in record_type.key)}”"


def _rows(drafts: Sequence[Draft]) -> str:
    """The numbers of rows, or their names in JSON and YAML."""
    numbers = [
        str(draft.source.line) if draft.source.line else _COLUMN.sub("", draft.source.cell)
        for draft in drafts
    ]
    more = f"等{len(numbers)}" if len(numbers) > _MOST_NAMED else ""
    return "、".join(numbers[:_MOST_NAMED]) + more
