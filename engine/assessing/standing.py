"""Whether the texts that an assessment rests on stand: the outline's period, and every other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from engine.model.assessment import PeriodEntry, StaleEntry
from engine.ruleset.currency import stale, successor_on
from engine.ruleset.model import Requirement, Ruleset, Window


def period_over(
    ruleset: Ruleset, requirements: Iterable[Requirement], as_of: dt.date
) -> PeriodEntry | None:
    """The last outline that had begun, where its period is over and no other is known."""
    begun = [
        name
        for name in (ruleset.outline_of, *ruleset.later_outlines)
        if name and (ruleset.instruments[name].start or dt.date.min) <= as_of
    ]
    if not begun:
        return None
    last = max(begun, key=lambda name: ruleset.instruments[name].start or dt.date.min)
    instrument = ruleset.instruments[last]
    if instrument.end is None or as_of <= instrument.end or successor_on(ruleset, last, as_of):
        return None
    lowered = (
        r.id
        for r in requirements
        if _holds(r.texts[0].windows, as_of) and not _holds(r.texts[0].lawful, as_of)
    )
    return PeriodEntry(instrument.name, instrument.end, tuple(lowered))


def _holds(windows: Iterable[Window], day: dt.date) -> bool:
    return any(window.start <= day <= window.end for window in windows)


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
        )
        for one in stale(ruleset, as_of)
    )
    return tuple(entry for entry in found if entry.requirements)
