"""Which ledgers are complete: what makes the lists that rest on them closed."""

from __future__ import annotations

from dataclasses import dataclass

from engine.model.facts import ANY_LEDGER


@dataclass(frozen=True, slots=True)
class Ledgers:
    """Which ledgers are declared complete, may have lost a row, and were read at all."""

    declared: frozenset[str]
    lost: frozenset[str]
    read: frozenset[str]

    def closed(self, name: str) -> bool:
        """Whether there can be no further record of this type."""
        return name in self.declared and name not in self.lost and ANY_LEDGER not in self.lost
