"""What the office wrote into the 整改台账: put beside the findings, judged by none of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from engine.explaining.words import Words
from engine.judging.run import Run
from engine.model.assessment import OutcomeEntry, RectificationEntry, RectifiedEntry
from engine.model.outcome import Outcome
from engine.model.values import Record

RECTIFICATION: Final = "rectification"


def rectified(
    entries: Sequence[OutcomeEntry], run: Run, words: Words
) -> tuple[list[OutcomeEntry], tuple[RectifiedEntry, ...]]:
    """The outcomes, each finding with its row of the ledger; then the rows of no finding now.

    A row said to be settled changes nothing: the finding stays until it is judged otherwise.
    """
    rows = {record.key: record for record in run.records.get(RECTIFICATION, ())}
    if not rows:
        return list(entries), ()
    beside = [
        replace(entry, rectification=_entry(rows[entry.fingerprint], words))
        if entry.finding and entry.fingerprint in rows
        else entry
        for entry in entries
    ]
    return beside, tuple(_gone(rows, entries, words))


def _gone(
    rows: dict[str, Record], entries: Sequence[OutcomeEntry], words: Words
) -> Iterator[RectifiedEntry]:
    now: dict[str, Outcome] = {e.fingerprint: e.outcome for e in entries if e.fingerprint in rows}
    asked = {e.fingerprint: e.requirement for e in entries if e.fingerprint in rows}
    open_ = {entry.fingerprint for entry in entries if entry.finding}
    for key, record in rows.items():
        if key not in open_:
            yield RectifiedEntry(
                fingerprint=key,
                requirement=asked.get(key) or _said(record, "requirement", words),
                subject=_said(record, "record", words),
                problem=_said(record, "problem", words),
                outcome=now.get(key),
                row=_entry(record, words),
            )


def _entry(record: Record, words: Words) -> RectificationEntry:
    return RectificationEntry(
        responsible=_said(record, "responsible", words),
        measure=_said(record, "measure", words),
        deadline=_said(record, "deadline", words),
        pages=_said(record, "pages", words),
        closed=_said(record, "closed", words),
        source=record.source if record.source.file else None,
    )


def _said(record: Record, path: str, words: Words) -> str:
    """What the cell says, nothing where it is empty or unreadable."""
    value = record.scalar(path)
    return words.text(value) if isinstance(value, str) else ""
