"""The ledger of manual answers (人工认定): each goes on to the record it answers for."""

from __future__ import annotations

import datetime as dt
from typing import Final

from engine.model.values import Record
from facts.joining.assembly import Assembly
from facts.writing.text import fold

LEDGER: Final = "manual_answer"
PREFIX: Final = "manual:"


def apply_answers(assembly: Assembly) -> None:
    """Put `manual:REQUIREMENT` into the values of the records that were answered for.

    An answer without a name or a day, for a record that isn't there, or at odds with another
    counts as not given, and is a problem.
    """
    answers = assembly.records.get(LEDGER, [])
    if not answers:
        return
    types = {
        fold(word): record_type.type
        for record_type in assembly.schema.types.values()
        for word in (*record_type.sheets, record_type.title, record_type.type)
    }
    index: dict[tuple[str, str], list[Record]] = {}
    for name in {types.get(fold(_text(answer, "record_type")), "") for answer in answers}:
        for record in assembly.records.get(name, []):
            index.setdefault((name, fold(record.key)), []).append(record)
    for answer in answers:
        _apply(assembly, answer, types, index)


def _apply(
    assembly: Assembly,
    answer: Record,
    types: dict[str, str],
    index: dict[tuple[str, str], list[Record]],
) -> None:
    requirement, verdict = _text(answer, "requirement"), _text(answer, "answer")
    name = types.get(fold(_text(answer, "record_type")), "")
    records = index.get((name, fold(_text(answer, "record_key"))), [])
    reason = ""
    if not verdict:
        reason = "没有写明认定结论，不作数"
    elif not _text(answer, "by") or not isinstance(answer.values.get("on"), dt.date):
        reason = "没有认定人或认定日期，不作数"
    elif id(answer) in assembly.duplicates:
        reason = "对同一事项有几个认定，都不作数"
    elif len(records) != 1:
        reason = "找不到所认定的事项，不作数" if not records else "所认定的编号有几件，不作数"
    if reason:
        source = answer.source
        assembly.inputs[source.file].problem(
            f"人工认定{reason}",
            answer.key,
            sheet=source.sheet,
            cell=source.cell,
            line=source.line,
            record_type=LEDGER,
        )
        return
    records[0].values[PREFIX + requirement] = verdict
    records[0].sources[PREFIX + requirement] = answer.source_of("answer")


def _text(record: Record, path: str) -> str:
    value = record.values.get(path)
    return value if isinstance(value, str) else ""
