"""Rows of one key of which the latest is meant: a ledger that is written anew at every check."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from engine.model.facts import Level, Problem, problem_at
from facts.joining.rows import KeyParts, own_key
from facts.ledgers.draft import Draft


def with_latest(drafts: Sequence[Draft]) -> tuple[list[Draft], list[Problem]]:
    """The drafts without those that a later one takes the place of; which, once for each file.

    A row without a day is the oldest. Rows of one day are left as they are.
    """
    newest: dict[tuple[str, KeyParts], dt.date] = {}
    for draft in drafts:
        place = _place(draft)
        if place is not None:
            newest[place] = max(_day(draft), newest.get(place, dt.date.min))
    kept: list[Draft] = []
    passed: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        place = _place(draft)
        older = place is not None and _day(draft) < newest[place]
        (passed[draft.source.file] if older else kept).append(draft)
    return kept, [_said(rows) for _, rows in sorted(passed.items())]


def _place(draft: Draft) -> tuple[str, KeyParts] | None:
    key = own_key(draft) if draft.type.latest is not None else None
    return None if key is None else (draft.type.type, key)


def _day(draft: Draft) -> dt.date:
    day = draft.cells.get(draft.type.latest or "")
    return day if isinstance(day, dt.date) else dt.date.min


def _said(rows: Sequence[Draft]) -> Problem:
    first = rows[0]
    title = first.type.fields[first.type.latest or ""].title
    said = f"{first.type.title}有更晚的一份，以“{title}”晚的为准，这里的{len(rows)}行没有用"
    return problem_at(first.source, said, level=Level.NOTE, record_type=first.type.type)
