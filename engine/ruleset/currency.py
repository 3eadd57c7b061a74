"""Whether the texts that requirements rest on were read, are checked in time and still stand."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.model.assessment import Staleness
from engine.ruleset.model import Requirement, Ruleset


@dataclass(frozen=True, slots=True)
class Stale:
    """A text that can't be relied on as it is cited, why, and the requirements that it carries.

    `earlier`: which of the earlier texts of a requirement it carries, by their places.
    """

    instrument: str
    why: tuple[Staleness, ...]
    requirements: tuple[str, ...]
    earlier: Mapping[str, tuple[int, ...]]


def stale(ruleset: Ruleset, day: dt.date) -> tuple[Stale, ...]:
    """The texts that on `day` are replaced, unread or overdue for a check, as they are listed.

    `day` is that of the check. A text that was read at second hand alone is unread.
    """
    resting, before = _resting(ruleset.requirements)
    found = []
    for name, instrument in ruleset.instruments.items():
        successor = successor_on(ruleset, name, day)
        checked = instrument.checked
        within = dt.timedelta(days=ruleset.checked_within)
        reasons = {
            Staleness.REPLACED: successor is not None,
            Staleness.UNREAD: instrument.read in ("secondary", "none"),
            Staleness.OVERDUE: checked is None or day - checked > within,
        }
        why = tuple(reason for reason, so in reasons.items() if so)
        if why:
            found.append(Stale(name, why, tuple(resting[name]), before[name]))
    return tuple(found)


def successor_on(ruleset: Ruleset, name: str, day: dt.date) -> str | None:
    """The text that had taken this one's place by `day`; one without a first day is taken to."""
    found = successors(ruleset, name)
    return next((other for other, start in found if start is None or start <= day), None)


def successors(ruleset: Ruleset, name: str) -> Iterator[tuple[str, dt.date | None]]:
    """The texts that took this one's place, each with its first day, where that is known."""
    for other, instrument in ruleset.instruments.items():
        if name in instrument.replaces:
            yield other, instrument.start


def _resting(
    requirements: Mapping[str, Requirement],
) -> tuple[defaultdict[str, list[str]], defaultdict[str, dict[str, tuple[int, ...]]]]:
    """The requirements whose current text each instrument carries, and their earlier ones."""
    now: defaultdict[str, list[str]] = defaultdict(list)
    before: defaultdict[str, dict[str, tuple[int, ...]]] = defaultdict(dict)
    for requirement in requirements.values():
        current, *earlier = [
            dict.fromkeys(basis.instrument for basis in text.basis if basis.carries)
            for text in requirement.texts
        ]
        for name in current:
            now[name].append(requirement.id)
        for place, carrying in enumerate(earlier, 1):
            for name in carrying:
                found = before[name].get(requirement.id, ())
                before[name][requirement.id] = (*found, place)
    return now, before
