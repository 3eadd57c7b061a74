"""On which days the texts of a duty are in force, from the days of what carries them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from engine.model.errors import InvalidRulesetError
from engine.ruleset.files import Basis, InstrumentFile
from engine.ruleset.model import Text, Window

FIRST: Final = dt.date.min
LAST: Final = dt.date.max
_DAY: Final = dt.timedelta(days=1)


def windows(
    basis: Iterable[Basis], instruments: Mapping[str, InstrumentFile]
) -> tuple[tuple[Window, ...], tuple[Window, ...]]:
    """The days in force, and those on which more than expired policy papers carry it.

    Raises `InvalidRulesetError`, without file and line, where nothing carries it or something
    ends before it starts.
    """
    force, lawful = [], []
    for entry in basis:
        if not entry.carries:
            continue
        instrument = instruments[entry.instrument]
        start = entry.start or instrument.start or FIRST
        end = entry.end or instrument.end or LAST
        if end < start:
            message = f"“{entry.instrument}”到{end}为止，早于开始的{start}"
            raise InvalidRulesetError(message, key="basis")
        force.append(Window(start, LAST if instrument.policy and not entry.end else end))
        lawful.append(Window(start, end))
    if not force:
        message = "至少一条依据须能单独承载这项义务（carries）"
        raise InvalidRulesetError(message, key="basis")
    return _merged(force), _merged(lawful)


def _merged(found: Sequence[Window]) -> tuple[Window, ...]:
    merged: list[Window] = []
    for window in sorted(found, key=lambda w: w.start):
        if merged and (merged[-1].end == LAST or window.start <= merged[-1].end + _DAY):
            merged[-1] = Window(merged[-1].start, max(merged[-1].end, window.end))
        else:
            merged.append(window)
    return tuple(merged)


def dated(texts: Iterable[Text], instruments: Mapping[str, InstrumentFile]) -> tuple[Text, ...]:
    """The texts, current one first, with the windows of their bases: each ends before the next.

    Raises `InvalidRulesetError`, without file and line, where one doesn't start before the next.
    """
    found: list[Text] = []
    for text in texts:
        force, lawful = windows(text.basis, instruments)
        if found:
            newer = found[-1].windows[0].start
            if force[0].start >= newer:
                raise InvalidRulesetError(f"较早的文本须早于{newer}起施行", key="versions")
            force, lawful = (_clipped(span, newer - _DAY) for span in (force, lawful))
        found.append(dataclasses.replace(text, windows=force, lawful=lawful))
    return tuple(found)


def _clipped(found: Sequence[Window], last: dt.date) -> tuple[Window, ...]:
    return tuple(Window(w.start, min(w.end, last)) for w in found if w.start <= last)
