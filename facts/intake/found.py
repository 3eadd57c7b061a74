"""What files hold before rows become records, and a file whose rows are not read yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.model.facts import Input
from facts.ledgers.draft import Draft
from facts.ledgers.tables import Table


@dataclass(frozen=True, slots=True)
class Text:
    """A report file as read."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Intake:
    """What files hold, before rows become records.

    `lost` names the ledgers that something unread may have belonged to, `read` those of which a
    sheet was read. `years` counts the years that titles, sheets and files name. `sheets` are
    those that were looked at, each with its file. `presumed` are the fields, by record type
    and path, of columns that nobody named.
    """

    drafts: Sequence[Draft] = ()
    texts: Sequence[Text] = ()
    lost: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()
    years: Counter[int] = field(default_factory=Counter)
    sheets: frozenset[tuple[str, str]] = frozenset()
    presumed: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Opened:
    """A file whose sheets are known and whose rows are not read yet, or all that it holds.

    `sheets` are the tables of each sheet, with what was lost with it; `beside` is what sheets
    that hold none say of units.
    """

    entry: Input
    intake: Intake = field(default_factory=Intake)
    sheets: Sequence[tuple[list[Table], frozenset[str]]] = ()
    beside: list[str] = field(default_factory=list)


def together(parts: Sequence[Intake]) -> Intake:
    """What several files, or parts of one, hold together."""
    return Intake(
        [draft for part in parts for draft in part.drafts],
        [text for part in parts for text in part.texts],
        frozenset().union(*(part.lost for part in parts)),
        frozenset().union(*(part.read for part in parts)),
        sum((part.years for part in parts), Counter()),
        frozenset().union(*(part.sheets for part in parts)),
        frozenset().union(*(part.presumed for part in parts)),
    )
