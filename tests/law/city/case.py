"""A matter with its rows, and the city that collects matters and what must be found in them."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

GAP: Final = "不符合"
DOUBTFUL: Final = "存疑待核"
NOT_EVIDENCED: Final = "佐证不足"
UNKNOWN: Final = "信息不全"
MET: Final = "符合要求"
NOT_CONCERNED: Final = "不涉及"
PENDING: Final = "期限未到"

NONE: Final = "无"

Row: TypeAlias = dict[str, object]


@dataclass
class Case:
    """One matter: its row in a ledger, the rows nested under it, and matters it refers to.

    A row maps the usual heading of a column to what is meant by its cell: a date, a number, a
    truth value, a list, or text; None is an empty cell.
    """

    ledger: str
    heading: str
    row: Row
    parent: Case | None = None
    children: list[Case] = field(default_factory=list)
    linked: list[Case] = field(default_factory=list)
    expect: list[tuple[str, str, str]] = field(default_factory=list)
    shared: list[tuple[str, str, str]] = field(default_factory=list)
    gone: bool = False
    furnished: bool = False

    @property
    def key(self) -> str:
        """What the records of this matter are called; a nested one stands below its parent."""
        own = str(self.row[self.heading]) if self.heading else ""
        if self.parent is None:
            return own
        return f"{self.parent.key}/{own}" if own else self.parent.key

    def __getitem__(self, heading: str) -> object:
        return self.row[heading]

    def __setitem__(self, heading: str, value: object) -> None:
        self.row[heading] = value

    def day(self, heading: str) -> dt.date:
        """The day in a cell."""
        value = self.row[heading]
        assert isinstance(value, dt.date), heading
        return value

    def blank(self, *headings: str) -> Case:
        """Leave cells empty."""
        self.row.update(dict.fromkeys(headings))
        return self

    def none(self, *headings: str) -> Case:
        """Write 无 into cells."""
        self.row.update(dict.fromkeys(headings, NONE))
        return self

    def add(self, ledger: str, heading: str = "", /, **row: object) -> Case:
        """A row nested under this one, in a sheet of its own."""
        child = Case(ledger, heading, row, parent=self)
        self.children.append(child)
        return child

    def of(self, ledger: str) -> list[Case]:
        """The nested rows of one kind."""
        return [child for child in self.children if child.ledger == ledger]

    def drop(self, ledger: str) -> Case:
        """Take the nested rows of one kind away."""
        self.children = [child for child in self.children if child.ledger != ledger]
        return self

    def also(self, requirement: str, outcome: str = GAP, *, key: str = "") -> Case:
        """The same mistake breaks another article too, or leaves another in doubt."""
        self.expect.append((requirement, key, outcome))
        return self

    def spoils(self, requirement: str, key: object, outcome: str = GAP) -> Case:
        """A whole year, unit or person is found wanting for it, however many such mistakes."""
        self.shared.append((requirement, str(key), outcome))
        return self


Lawful: TypeAlias = Callable[["City"], Case]


@dataclass(frozen=True)
class Planted:
    """A fault, or a harmless near-miss: what must be said of which record."""

    requirement: str
    kind: str
    case: Case
    outcome: str
    key: str

    @property
    def record(self) -> str:
        """The key of the record to be judged."""
        return self.key or self.case.key


class City:
    """One city, its year, and everything in its ledgers. The same seed builds the same city."""

    def __init__(self, seed: int, year: int, as_of: dt.date, *, first: int = 0) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - a fixture, not a secret
        self.year, self.as_of = year, as_of
        self.cases: list[Case] = []
        self.faults: list[Planted] = []
        self.harmless: list[Planted] = []
        self.unsure: list[Planted] = []
        self.place: dict[str, Case] = {}
        self._number = first

    def number(self) -> int:
        """A number no other record of this city has."""
        self._number += 1
        return self._number

    def add(self, case: Case) -> Case:
        """Take a matter, and those it refers to, into the ledgers."""
        self.cases.append(case)
        return case

    def every(self) -> Iterator[Case]:
        """All matters, with those they refer to."""
        waiting = [*self.place.values(), *self.cases]
        while waiting:
            case = waiting.pop()
            yield case
            waiting.extend(case.linked)

    def rows(self) -> dict[str, list[Row]]:
        """The rows of every ledger; a nested one names its parent under the parent's heading."""
        found: dict[str, list[Row]] = defaultdict(list)
        for case in self.every():
            _collect(case, found)
        return dict(found)

    def expected(self) -> list[tuple[str, str, str]]:
        """Every finding that must be made: requirement, record key, outcome."""
        faults = [(f.requirement, f.record, f.outcome) for f in self.faults]
        also = [(r, key or c.key, o) for c in self.every() for r, key, o in c.expect]
        shared = {one for c in self.every() for one in c.shared}
        return faults + also + sorted(shared - set(faults))


def _collect(case: Case, found: dict[str, list[Row]]) -> None:
    if case.gone:
        if case.ledger:
            found[case.ledger] += []  # the ledger is kept, with nothing in it
        return
    row = dict(case.row)
    if case.parent is not None:
        row = {case.parent.heading: case.parent.row[case.parent.heading], **row}
    found[case.ledger].append(row)
    for child in case.children:
        _collect(child, found)
