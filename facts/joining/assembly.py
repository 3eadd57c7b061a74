"""What reading has made so far: records, their indexes, and what was lost on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.model.facts import Input
from engine.model.schema import Schema
from engine.model.values import Record
from facts.joining.joined import KeyParts, Matter
from facts.ledgers.drafts import Draft


@dataclass(slots=True)
class Assembly:
    """The records of all types so far, with the indexes that links and parents are found by.

    `duplicates` holds the ids of records whose key is not theirs alone; `lost` names the types
    that a lost row may have belonged to, `*` for any.
    """

    schema: Schema
    inputs: Mapping[str, Input]
    lost: set[str] = field(default_factory=set)
    records: dict[str, list[Record]] = field(default_factory=dict)
    duplicates: set[int] = field(default_factory=set)
    matters: dict[int, Matter] = field(default_factory=dict)
    of_draft: dict[int, Record] = field(default_factory=dict)
    keys: dict[str, dict[KeyParts, list[Record]]] = field(default_factory=dict)
    children: dict[int, dict[str, list[Record]]] = field(default_factory=dict)

    def problem(self, draft: Draft, expected: str, found: str = "", **more: object) -> None:
        """A problem at the place of a draft."""
        source = draft.source
        entry = self.inputs[source.file]
        entry.problem(
            expected,
            found,
            sheet=source.sheet,
            cell=source.cell,
            line=source.line,
            record_type=draft.type.type,
            **more,  # type: ignore[arg-type]
        )
