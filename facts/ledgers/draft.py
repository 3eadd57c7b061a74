"""A draft: what one row says of one record, before rows are joined into records."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.model.record_type import RecordType
from engine.model.values import Elements, Source
from facts.ledgers.periods import SheetPeriod
from facts.writing.meanings import CellState


@dataclass(slots=True, eq=False)
class Draft:
    """What one row says of one record. `columns` are the fields whose columns its sheet has.

    `parent` holds the parent's key fields as this row names them. `children` are the elements of
    its lists that the row itself names, `inner` those written as objects inside its own. `lists`
    are lists that the row calls none, or open for a reason; `counts` are list sizes that the row
    states. `filled`: every cell came from a merge. `ordinal` is the number of the row in its sheet
    (序号), where that stands in place of its key: it orders rows and identifies nothing, least of
    all from one `block` of rows to the next, under a header of its own. `period` is the month that
    it stands under.
    """

    type: RecordType
    source: Source
    columns: frozenset[str]
    cells: dict[str, CellState] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    children: list[tuple[str, Draft]] = field(default_factory=list)
    lists: dict[str, Elements] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    parent: dict[str, CellState] = field(default_factory=dict)
    inner: list[tuple[str, Draft]] = field(default_factory=list)
    filled: bool = False
    ordinal: str = ""
    block: int = 0
    period: SheetPeriod | None = None

    def put(self, path: str, state: CellState, source: Source) -> None:
        """Let the row say of a field what stands elsewhere, as if its sheet had the column."""
        self.columns |= {path}
        self.cells[path], self.sources[path] = state, source
