"""Names that every database takes: short, in small letters, no two alike however it folds them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count
from typing import Final

_LONGEST: Final = 56
"""Characters of a name. PostgreSQL cuts what goes beyond 63 bytes, and does not say so."""

PREFIX: Final = "fazhi_"


@dataclass
class Names:
    """What the tables and columns are called where the statements run."""

    _tables: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _others: dict[str, str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    def there(self, table: str, parts: tuple[str, ...], columns: Iterable[str]) -> None:
        """A table that is already there: it and its columns keep their names."""
        self._tables[table] = parts
        for column in columns:
            self._others[column] = column
            self._taken.add(column.casefold())

    def made(self, table: str) -> None:
        """A table that is made: its name says by whom, and is nobody else's."""
        if table not in self._tables:
            self._tables[table] = (self._free(PREFIX + table),)

    def table(self, name: str) -> tuple[str, ...]:
        """The parts of a table's name; a step within one query is called as columns are."""
        return self._tables.get(name) or (self.of(name),)

    def of(self, name: str) -> str:
        """What a column or a step is called."""
        if name not in self._others:
            self._others[name] = self._free(name)
        return self._others[name]

    def _free(self, name: str) -> str:
        plain = re.sub("[^a-z0-9]+", "_", name.lower()).strip("_") or "x"
        ends = ("" if number == 1 else f"_{number}" for number in count(1))
        found = next(
            free for end in ends if (free := plain[: _LONGEST - len(end)] + end) not in self._taken
        )
        self._taken.add(found)
        return found


class AsTheyAre(Names):
    """What is called in a database of ours as it is in the tree."""

    def made(self, table: str) -> None:
        """Nothing: it has its name."""

    def of(self, name: str) -> str:
        """The name."""
        return name
