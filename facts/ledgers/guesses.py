"""What a sheet may be: a type or a form with its header, and whether another fits as well."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, TypeAlias

from facts.ledgers.form_headings import FormHeadings
from facts.ledgers.headers import Headings, Match, counts_rows

MANY: Final = 3
"""Distinctive headers that say what a sheet is, however wide it is and whatever it is called."""
_NEAR: Final = 1.5
"""Two ledgers that are no more than a column apart fit a sheet equally well."""


@dataclass(slots=True)
class Guess:
    """A type with the header row on which most of its columns are found.

    `aliased` are the columns read by the name that the settings give them, which is their text
    here. `fits` is how much speaks for it: columns and names; `score` weighs its key besides.
    `named` is how much the names around speak for it, `titled` whether a title does.
    """

    headings: Headings
    score: float = 0.0
    at: int = -1
    two_rows: bool = False
    columns: list[tuple[int, str, Match]] = field(default_factory=list)
    fits: float = 0.0
    aliased: frozenset[int] = frozenset()
    named: float = 0.0
    titled: bool = False

    @property
    def types(self) -> frozenset[str]:
        """The record types of the rows."""
        return frozenset({self.headings.type.type})

    @property
    def known(self) -> int:
        """How many columns say something of the rows: not their number, nor whose they are."""
        return sum(
            not counts_rows(text) and not match.target.parent for _, text, match in self.columns
        )

    @property
    def title(self) -> str:
        """What the ledger is called."""
        return self.headings.type.title


@dataclass(slots=True)
class FormGuess:
    """A form with the header row on which most of its headers are found.

    `reads` are those that its records have fields for, `known` those and the ones it leaves.
    """

    form: FormHeadings
    score: float = 0.0
    at: int = -1
    two_rows: bool = False
    fits: float = 0.0
    reads: int = 0
    known: int = 0
    named: float = 0.0
    titled: bool = False

    @property
    def types(self) -> frozenset[str]:
        """The record types of the rows."""
        return frozenset(record.type.type for record in self.form.records)

    @property
    def title(self) -> str:
        """What the form is called."""
        return self.form.form.title


Found: TypeAlias = Guess | FormGuess


def rivals(best: Found, other: Found) -> bool:
    """Whether a sheet may as well be another ledger than the one that fits it best.

    It fits as well; or the names speak for the one and the columns for the other.
    """
    if best.types & other.types or not other.known:
        return False
    if best.fits - other.fits < _NEAR:
        return True
    more = other.known - best.known
    if best.named > other.named and more >= MANY and other.known >= 2 * best.known:
        return True
    return other.titled and not best.titled and more >= 0


def says_all(plain: Guess, form: FormGuess) -> bool:
    """Whether a ledger reads all that its form reads and has columns for all that that gives."""
    mine = [record for record in form.form.records if record.type is plain.headings.type]
    there = {match.target for _, _, match in plain.columns}
    given = {
        record.target(path)
        for record in mine
        for path, said in record.record.given.items()
        if not said.day
    }
    known = len({match.target for _, text, match in plain.columns if not counts_rows(text)})
    return bool(mine) and known >= form.reads and given <= there
