"""Drafts of records whose places are spans of one text."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final

from engine.model.record_type import RecordType
from engine.model.values import ABSENT, Elements, Source, Unknown
from facts.ledgers.draft import Draft
from facts.writing.cells import CellReader
from facts.writing.meanings import CellState

LONGEST_QUOTE: Final = 300
"""Characters of a report that may stand as the text of one source."""


class Maker:
    """Drafts whose places are spans of one text."""

    def __init__(self, file: str, text: str) -> None:
        self._file, self._text = file, text

    def text(self, start: int | None, end: int | None) -> str:
        """The piece of the report, in one line of at most 200 characters."""
        if start is None or end is None:
            return ""
        return " ".join(self._text[start:end].split())[:200]

    def source(self, start: int | None, end: int | None) -> Source:
        """The place of a span; a short one with its words."""
        short = start is not None and end is not None and end - start <= LONGEST_QUOTE
        text = self.text(start, end) if short else ""
        return Source(self._file, start=start, end=end, text=text)

    def draft(
        self,
        record_type: RecordType,
        values: dict[str, object],
        span: tuple[int | None, int | None],
    ) -> Draft:
        """A draft of the values that the record type has fields for."""
        source = self.source(*span)
        draft = Draft(record_type, source, frozenset(values) & frozenset(record_type.fields))
        for path, value in values.items():
            spec = record_type.fields.get(path)
            if spec is None or value is None or value == "":
                continue
            state: CellState | None
            if isinstance(value, list):
                cell = CellReader(spec).read(value)
                state = cell.state
            elif isinstance(value, str) and spec.values:
                state = CellReader(spec).read(value).state
            elif isinstance(value, (str, bool, int, Decimal, dt.date, Unknown, Elements)):
                state = value
            else:
                state = ABSENT
            if state is not None:
                if isinstance(state, Elements):
                    state = Elements(state.items, closed=True)
                draft.cells[path] = state
                draft.sources[path] = source
        return draft
