"""The ledger of manual answers (人工认定): which count, and for which record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from engine.model.facts import Problem, problem_at
from engine.model.schema import Schema
from engine.model.values import Source
from facts.joining.settled import Entry
from facts.writing.text import fold

LEDGER: Final = "manual_answer"
PREFIX: Final = "manual:"

Answers: TypeAlias = Mapping[tuple[str, str], Mapping[str, tuple[str, Source]]]
"""By record type and key: by `manual:REQUIREMENT`, the answer and where it stands."""


def answers_of(
    schema: Schema, entries: Mapping[str, Sequence[Entry]]
) -> tuple[Answers, list[Problem]]:
    """The answers that count.

    One without a name or a day, for a record that isn't there, or at odds with another counts
    as not given, and is a problem.
    """
    types = {
        fold(word): record_type.type
        for record_type in schema.types.values()
        for word in (*record_type.sheets, record_type.title, record_type.type)
    }
    rows = entries.get(LEDGER, ())
    named = {types.get(fold(_text(row, "record_type")), "") for row in rows}
    keys: dict[tuple[str, str], list[str]] = {}
    for name in named:
        for entry in entries.get(name, ()):
            keys.setdefault((name, fold(entry.key)), []).append(entry.key)
    answers: dict[tuple[str, str], dict[str, tuple[str, Source]]] = {}
    problems = []
    for row in rows:
        name = types.get(fold(_text(row, "record_type")), "")
        found = keys.get((name, fold(_text(row, "record_key"))), [])
        reason = _why_not(row, found)
        if reason:
            said = problem_at(row.source, f"人工认定{reason}", row.key, record_type=LEDGER)
            problems.append(said)
            continue
        source = row.sources.get("answer", row.source)
        given = _text(row, "answer"), source
        answers.setdefault((name, found[0]), {})[PREFIX + _text(row, "requirement")] = given
    return answers, problems


def _why_not(row: Entry, found: Sequence[str]) -> str:
    """Why an answer for the records with these keys doesn't count; empty if it does."""
    if not _text(row, "answer"):
        return "没有写明认定结论，不作数"
    if not _text(row, "by") or not isinstance(row.values.get("on"), dt.date):
        return "没有认定人或认定日期，不作数"
    if not row.referable:
        return "对同一事项有几个认定，都不作数"
    if len(found) != 1:
        return "找不到所认定的事项，不作数" if not found else "所认定的编号有几件，不作数"
    return ""


def _text(entry: Entry, path: str) -> str:
    value = entry.values.get(path)
    return value if isinstance(value, str) else ""
