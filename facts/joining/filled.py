"""Cells that were filled in apart (待填): put where the ledger has nothing, row by row.

A ledger is never overridden: where it says something else by now, nobody knows which is so.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from engine.model.facts import Level, Problem, problem_at
from engine.model.record_type import RecordType
from engine.model.regex import regex
from engine.model.schema import Schema
from engine.model.values import Cause, Unknown
from facts.joining.answers import LEDGER as ANSWERS
from facts.joining.answers import PREFIX
from facts.joining.rows import alone, key_text, own_key
from facts.ledgers.draft import Draft
from facts.records.load import headers
from facts.writing.cells import CellReader, Names
from facts.writing.meanings import agree
from facts.writing.text import fold

LEDGER: Final = "filled_cell"
_ROW: Final = regex(r"(\d+)")
_CONTRADICTED: Final = Unknown(Cause.CONTRADICTED)
_ASKED: Final = ("人工认定：", PREFIX)
"""How a field begins that a person answers."""


def fill_in(
    schema: Schema, drafts: Sequence[Draft], names: Names
) -> tuple[list[Draft], list[Problem]]:
    """The drafts with what was filled in apart, and what of it could not be used.

    Answers that only a person can give become rows of the ledger of answers. The drafts
    themselves are changed.
    """
    rows = [draft for draft in drafts if draft.type.type == LEDGER]
    if not rows:
        return list(drafts), []
    places = _Places(drafts, schema)
    answers: list[Draft] = []
    problems: list[Problem] = []
    for row in rows:
        if not _text(row, "value"):
            continue
        reason, hint, level = _unsigned(row), "", Level.ERROR
        if not reason and _question(row):
            answers.append(_answer(row, schema.types[ANSWERS]))
        elif not reason:
            reason, hint, level = _filled(row, places, schema, names)
        if reason:
            source = row.sources.get("value", row.source)
            problems.append(
                problem_at(source, reason, _name(row), hint=hint, level=level, record_type=LEDGER)
            )
    return [*drafts, *answers], problems


class _Places:
    """Where the rows of ledgers are found again: by their keys, else by their rows."""

    def __init__(self, drafts: Sequence[Draft], schema: Schema) -> None:
        self.types = {
            fold(word): name for name, one in schema.types.items() for word in (one.title, name)
        }
        self._keys: dict[tuple[str, str], list[Draft]] = defaultdict(list)
        self._rows: dict[tuple[str, str, str, str], list[Draft]] = defaultdict(list)
        for draft in drafts:
            if draft.type.type != LEDGER:
                self._add(draft)

    def _add(self, draft: Draft) -> None:
        name, key, source = draft.type.type, own_key(draft), draft.source
        if key is not None and draft.type.parent is None:
            self._keys[name, fold(key_text(alone(draft)))].append(draft)
        row = str(source.line) if source.line is not None else source.cell
        self._rows[name, source.file, source.sheet, _row(row)].append(draft)

    def of(self, row: Draft) -> list[Draft]:
        """The drafts that a row to fill in is about."""
        name = self.types.get(fold(_text(row, "record_type")), "")
        found = self._keys.get((name, fold(_text(row, "record_key"))), [])
        if found:
            return found
        place = (name, _text(row, "file"), _text(row, "sheet"), _row(_text(row, "cell")))
        return self._rows.get(place, [])


def _row(cell: str) -> str:
    found = _ROW.search(cell)
    return found[1] if found is not None else ""


def _unsigned(row: Draft) -> str:
    """Why nobody stands for what was filled in; "" where somebody does."""
    if not _text(row, "by") or not isinstance(row.cells.get("on"), dt.date):
        return "没有填写人或填写日期，不作数"
    return ""


def _filled(row: Draft, places: _Places, schema: Schema, names: Names) -> tuple[str, str, Level]:
    """Put the value of a row into its drafts; why not, with what to do, where it can't be."""
    found = places.of(row)
    record_type = schema.types.get(places.types.get(fold(_text(row, "record_type")), ""))
    if not found or record_type is None:
        return "台账里没有找到这一行，没有填进去", "编号改了的，用新的待填表再填", Level.ERROR
    said = _text(row, "field")
    path = said if said in record_type.fields else headers(record_type).get(said, "")
    spec = record_type.fields.get(path)
    if spec is None:
        return "没有这一栏，没有填进去", "“栏目”一列不要改动", Level.ERROR
    cell = CellReader(spec, agencies=names[0], own=names[1]).read(_text(row, "value"))
    if cell.expected or cell.state is None:
        return cell.expected or "是空的", cell.hint, Level.ERROR
    source = replace(row.sources.get("value", row.source), text=_said(row))
    for draft in found:
        held, other = draft.cells.get(path), draft.sources.get(path, draft.source)
        if held is None:
            draft.put(path, cell.state, source)
        elif isinstance(held, Unknown):
            draft.put(path, cell.state, source)
            said = f"台账那一格（{other.place()}“{other.text}”）认不出，按这里填的理解"
            return said, "", Level.NOTE
        elif not agree(held, cell.state):
            draft.cells[path] = _CONTRADICTED
            said = f"台账写的是另一个（{other.place()}“{other.text}”），两处都不作数"
            return said, "核对以后改对其中一处", Level.ERROR
    return "", "", Level.NOTE


def _answer(row: Draft, answers: RecordType) -> Draft:
    """What a person answered in the table, as a row of the ledger of answers."""
    requirement = _question(row)
    cells = {
        "requirement": requirement,
        "record_type": _text(row, "record_type"),
        "record_key": _text(row, "record_key"),
        "answer": CellReader(answers.fields["answer"]).read(_text(row, "value")).state,
        "by": _text(row, "by"),
        "on": row.cells["on"],
    }
    draft = Draft(answers, row.source, frozenset(cells))
    draft.cells |= {path: state for path, state in cells.items() if state is not None}
    draft.sources |= {path: row.sources.get(path, row.source) for path in cells}
    draft.sources["answer"] = row.sources.get("value", row.source)
    return draft


def _question(row: Draft) -> str:
    """The requirement that a row answers, by its title or its number; "" of none."""
    said = _text(row, "field")
    asked = next((lead for lead in _ASKED if said.startswith(lead)), "")
    return said.removeprefix(asked) if asked else ""


def _said(row: Draft) -> str:
    """What was filled in, and when."""
    return f"{_text(row, 'value')}（{row.cells['on']}填）"


def _name(row: Draft) -> str:
    return f"{_text(row, 'record_key')} {_text(row, 'content')}".strip()


def _text(row: Draft, path: str) -> str:
    value = row.cells.get(path)
    return value if isinstance(value, str) else ""
