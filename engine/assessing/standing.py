"""Whether the texts that an assessment rests on stand: the outline's period, and every other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from engine.model.assessment import PeriodEntry, StaleEntry
from engine.ruleset.currency import stale, successor_on
from engine.ruleset.model import Requirement, Ruleset, within
from engine.ruleset.outlines import last_begun


def period_over(
    ruleset: Ruleset, requirements: Iterable[Requirement], as_of: dt.date
) -> PeriodEntry | None:
    """The last outline that had begun, where its period is over and no other is known."""
    last = last_begun(ruleset, as_of)
    if not last:
        return None
    instrument = ruleset.instruments[last]
    if instrument.end is None or as_of <= instrument.end or successor_on(ruleset, last, as_of):
        return None
    day = (as_of, as_of)
    lowered = (
        r.id
        for r in requirements
        if within(r.texts[0].windows, day) and not within(r.texts[0].lawful, day)
    )
    return PeriodEntry(instrument.name, instrument.end, tuple(lowered))


def period_of(
    ruleset: Ruleset, subjects: Collection[str], as_of: dt.date, ahead: Iterable[dt.date] = ()
) -> PeriodEntry | None:
    """The same for what is asked about records of these types on the day of the check.

    `ahead` are days that are shown and may lie later, when the outline is over.
    """
    asked = [r for r in ruleset.requirements.values() if r.subject in subjects]
    return period_over(ruleset, asked, max([as_of, *ahead]))


def stale_texts(
    ruleset: Ruleset, requirements: Iterable[Requirement], as_of: dt.date
) -> tuple[StaleEntry, ...]:
    """The texts that can't be relied on as cited and that any of these requirements rests on."""
    judged = {requirement.id for requirement in requirements}
    found = (
        StaleEntry(
            ruleset.instruments[one.instrument].name,
            one.why,
            tuple(name for name in one.requirements if name in judged),
            {name: places for name, places in one.earlier.items() if name in judged},
        )
        for one in stale(ruleset, as_of)
    )
    return tuple(entry for entry in found if entry.requirements or entry.earlier)
