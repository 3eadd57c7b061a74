"""What goes from one process to another: grids and problems as JSON, data and no code."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from decimal import Decimal
from typing import IO, Any, Final

from engine.model.facts import Input, Level, Problem
from facts.files.grid import Grid, Inner
from facts.writing.formats import Formatted, NumberFormat

_LENGTH: Final = 8
_SIGN: Final = "\x00"
"""The only key of an object that stands for a value which JSON doesn't have."""

_WRITTEN: Final[tuple[tuple[type, Callable[[Any], object]], ...]] = (
    (dt.datetime, dt.datetime.isoformat),  # which is a date too
    (dt.date, dt.date.isoformat),
    (dt.time, dt.time.isoformat),
    (dt.timedelta, lambda span: [span.days, span.seconds, span.microseconds]),
    (Decimal, str),
    (Formatted, lambda one: [one.stored, asdict(one.format)]),
)
_READ: Final[Mapping[str, Callable[[Any], object]]] = {
    "datetime": dt.datetime.fromisoformat,
    "date": dt.date.fromisoformat,
    "time": dt.time.fromisoformat,
    "timedelta": lambda parts: dt.timedelta(*parts),
    "Decimal": Decimal,
    "Formatted": lambda parts: Formatted(parts[0], NumberFormat(**parts[1])),
}


def dumped(value: object) -> bytes:
    """A value of texts, numbers, days, lists and mappings as JSON."""
    return json.dumps(value, default=_signed, separators=(",", ":")).encode()


def loaded(data: bytes) -> Any:  # noqa: ANN401 - whoever sent it knows what it is
    """What `dumped` was given."""
    return json.loads(data, object_hook=_unsigned)


def _signed(value: object) -> object:
    for of_type, write in _WRITTEN:
        if isinstance(value, of_type):
            return {_SIGN: [of_type.__name__, write(value)]}
    raise TypeError(type(value).__name__)


def _unsigned(value: dict[str, Any]) -> object:
    if len(value) == 1 and _SIGN in value:
        name, written = value[_SIGN]
        return _READ[name](written)
    return value


def grid_sent(grid: Grid) -> dict[str, object]:
    """A grid as plain values."""
    sent: dict[str, object] = {one.name: getattr(grid, one.name) for one in fields(Grid)}
    for name in ("filled", "errors", "void"):
        sent[name] = sorted(getattr(grid, name))
    sent["covered"] = sorted(grid.covered)
    sent["labels"] = list(grid.labels.items())
    sent["inner"] = [
        [one.name, grid_sent(one.grid), list(one.parents.items())] for one in grid.inner
    ]
    return sent


def grid_received(sent: dict[str, Any]) -> Grid:
    """The grid that was sent."""
    for name in ("filled", "errors", "void"):
        sent[name] = set(map(tuple, sent[name]))
    sent["covered"] = frozenset(sent["covered"])
    sent["rows"] = [(number, row) for number, row in sent["rows"]]
    sent["notes"], sent["names"] = tuple(sent["notes"]), tuple(sent["names"])
    sent["labels"] = dict(sent["labels"])
    sent["inner"] = [
        Inner(name, grid_received(grid), dict(parents)) for name, grid, parents in sent["inner"]
    ]
    return Grid(**sent)


def said_sent(entry: Input) -> dict[str, object]:
    """What reading a file has said of it, as plain values."""
    return {
        "encoding": entry.encoding,
        "notes": entry.notes,
        "problems": [asdict(problem) for problem in entry.problems],
    }


def said_received(sent: dict[str, Any], entry: Input) -> None:
    """Let an entry say what was sent."""
    entry.encoding = sent["encoding"]
    entry.notes += sent["notes"]
    for problem in sent["problems"]:
        entry.problems.append(Problem(**{**problem, "level": Level(problem["level"])}))


def send(stream: IO[bytes] | None, *parts: bytes) -> None:
    """Send bytes in parts, each behind its length."""
    if stream is None:
        raise EOFError
    for part in parts:
        stream.write(len(part).to_bytes(_LENGTH, "big"))
        stream.write(part)
    stream.flush()


def receive(stream: IO[bytes] | None, parts: int) -> list[bytes]:
    """So many parts. Raises EOFError where the stream ends before."""
    found = []
    for _ in range(parts):
        length = _exactly(stream, _LENGTH)
        found.append(_exactly(stream, int.from_bytes(length, "big")))
    return found


def _exactly(stream: IO[bytes] | None, length: int) -> bytes:
    data = b"" if stream is None else stream.read(length)
    if len(data) < length:
        raise EOFError
    return data
