"""What lies ahead, on a terminal: every record by name, the more there are the shorter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from reporter import gates
from reporter.overview import Overview
from reporter.passing import Passing
from reporter.terminal.page import cut
from reporter.visible import visible
from reporter.width import text_width

MOST_WHOLE: Final = 4
"""Lines with a record each, its name and all its gates; more are written short."""
_NARROWEST: Final = 20
"""Columns that a name has beside its gates."""
_BETWEEN: Final = "；"
_FURTHER: Final = "　　"
"""Begins a line that goes on with the one before."""


@dataclass(frozen=True, slots=True)
class Named:
    """A line, and how many records it names."""

    said: str
    records: int


def lines_ahead(overview: Overview, width: int, room: int) -> list[Named]:
    """Every record with a gate ahead, with its state and the days left, on at most `room` lines.

    Where there is no room for all, the last are left out.
    """
    whole = [*_whole(overview, width), *_undated(overview, width, short=False)]
    if len(whole) <= min(MOST_WHOLE, room):
        return whole
    return [*_dated(overview, width), *_undated(overview, width, short=True)][:room]


def every_line(overview: Overview) -> list[str]:
    """All of it, whatever room it takes."""
    dated = [visible(f"{one.label}　{_days(one, overview)}") for one in overview.ahead]
    return [*dated, *overview.undated_lines]


def _whole(overview: Overview, width: int) -> Iterator[Named]:
    """A line for each record with a day: what it is called, and all its gates ahead."""
    for one in overview.ahead:
        listed = _days(one, overview)
        room = max(_NARROWEST, width - text_width(listed) - 2)
        yield Named(f"{cut(visible(one.label), room)}　{listed}", 1)


def _days(one: Passing, overview: Overview) -> str:
    """The gates of a record that lie ahead, each with its day and state."""
    as_of = overview.assessment.as_of
    return "；".join(
        f"{gate.assumed:%m-%d}（{gates.left(gate.assumed, as_of)}）{gate.title}{gate.state_title}"
        for gate in one.gates
        if gate.assumed is not None
    )


def _dated(overview: Overview, width: int) -> Iterator[Named]:
    """The records with a day by their keys, under the gate that is next and its state."""
    groups: dict[str, list[str]] = {}
    for one in overview.ahead:
        gate = one.gates[0]
        if gate.assumed is not None:
            left = gates.left(gate.assumed, overview.assessment.as_of)
            said = visible(f"{one.key} {gate.assumed:%m-%d} {left}")
            groups.setdefault(gate.title + gate.state_title, []).append(said)
    for name, pieces in groups.items():
        yield from _packed(f"{name}：", pieces, _BETWEEN, width)


def _undated(overview: Overview, width: int, *, short: bool) -> Iterator[Named]:
    """The records without a day under the gate that is next."""
    for said, records in overview.undated:
        names = [visible(one.key if short else one.label) for one in records]
        yield from _packed(f"{said}：", names, "、", width)


def _packed(head: str, pieces: Iterable[str], between: str, width: int) -> Iterator[Named]:
    """The pieces behind a head, on as few lines as they fit; one too long for a line is cut."""
    line, number = head, 0
    for piece in pieces:
        longer = f"{line}{between}{piece}" if number else f"{line}{piece}"
        if text_width(longer + between) > width:
            yield Named(cut(line + between if number else line, width), number)
            longer, number = f"{_FURTHER}{piece}", 0
        line, number = longer, number + 1
    if number:
        yield Named(cut(line, width), number)
