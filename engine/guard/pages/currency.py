"""The texts that can't be relied on as they are cited, with what is known of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.guard.pages.words import READ_TITLES, name
from engine.model.assessment import Staleness
from engine.ruleset.currency import stale, successor_on
from engine.ruleset.model import Ruleset


@dataclass(frozen=True, slots=True)
class StaleText:
    """A text, why it can't be relied on, and the requirements it carries, by id and title.

    `earlier` are those whose earlier texts alone it carries.
    `checked` is when it was last looked up; `successor` what took its place; empty where unknown.
    """

    title: str
    why: tuple[Staleness, ...]
    read: str
    checked: dt.date | None
    successor: str
    note: str
    requirements: tuple[tuple[str, str], ...]
    earlier: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CurrencyPage:
    """All of them on a day, and how many texts there are; `within` natural days one is checked."""

    day: dt.date
    within: int
    texts: int
    stale: tuple[StaleText, ...]


def currency_of(ruleset: Ruleset, day: dt.date) -> CurrencyPage:
    """The texts of `ruleset` that are replaced, unread or overdue on `day`."""
    return CurrencyPage(
        day, ruleset.checked_within, len(ruleset.instruments), tuple(_stale(ruleset, day))
    )


def _stale(ruleset: Ruleset, day: dt.date) -> Iterator[StaleText]:
    for found in stale(ruleset, day):
        instrument = ruleset.instruments[found.instrument]
        successor = successor_on(ruleset, found.instrument, day)
        yield StaleText(
            title=f"{name(instrument)}{instrument.number}",
            why=found.why,
            read=READ_TITLES[instrument.read],
            checked=instrument.checked,
            successor="" if successor is None else name(ruleset.instruments[successor]),
            note=instrument.note,
            requirements=_titled(found.requirements, ruleset),
            earlier=_titled(
                (name for name in found.earlier if name not in found.requirements), ruleset
            ),
        )


def _titled(names: Iterable[str], ruleset: Ruleset) -> tuple[tuple[str, str], ...]:
    return tuple((name, ruleset.requirements[name].title) for name in names)
