"""What is made of a file's bytes, here or in a process apart: cells of a ledger, text of a report.

Whatever a parser comes to grief over is a reason why that one file isn't read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol, TypeVar

from engine.model.facts import Input
from facts.files.grid import Grid
from facts.files.mend import MEND
from facts.files.names import OBJECT_SUFFIXES
from facts.files.refused import RefusedError

MAX_CELL: Final = 250_000
"""Characters of a cell; a spreadsheet takes 32,767, but not every ledger comes from one."""

NO_MEMORY: Final = f"要用的内存太多，没有读取；请拆分，或者{MEND}"

_Made = TypeVar("_Made")


class Reader(Protocol):
    """Reads what a file holds. Both raise `RefusedError` with the reason why it doesn't."""

    def grids(self, data: bytes, suffix: str, entry: Input) -> list[Grid]:
        """The sheets of a ledger; what is wrong inside becomes a problem of `entry`."""

    def text(self, data: bytes, suffix: str) -> tuple[str, str]:
        """The text of a report and the encoding that it was read in."""


class Here:
    """Reads in this process, without a limit on time or memory."""

    def grids(self, data: bytes, suffix: str, entry: Input) -> list[Grid]:
        """The sheets of a ledger; what is wrong inside becomes a problem of `entry`."""
        return _guarded(lambda: _grids(data, suffix, entry))

    def text(self, data: bytes, suffix: str) -> tuple[str, str]:
        """The text of a report and the encoding that it was read in."""
        return _guarded(lambda: _text(data, suffix))


HERE: Final = Here()


def _guarded(make: Callable[[], _Made]) -> _Made:
    try:
        return make()
    except RefusedError:
        raise
    except MemoryError:
        raise RefusedError(NO_MEMORY) from None
    except Exception as error:
        said = f"读取时程序出了意外（{type(error).__name__}），没有读取；{MEND}"
        raise RefusedError(said) from error


# The parsers are imported where there is something to parse: most runs read in another process.


def _grids(data: bytes, suffix: str, entry: Input) -> list[Grid]:
    if suffix in OBJECT_SUFFIXES:
        from facts.files.objects import grids_of

        if suffix == ".json":
            from facts.files.json import parse_json as parse
        else:
            from facts.files.yaml import parse_yaml as parse

        content, entry.encoding = parse(data)
        grids = grids_of(content, entry)
    else:
        from facts.files.books import read_book

        grids = read_book(data, suffix, entry)
    for grid in grids:
        _check_cells(grid)
    return grids


def _check_cells(grid: Grid) -> None:
    for number, row in grid.rows:
        for column, value in enumerate(row, 1):
            if isinstance(value, str) and len(value) > MAX_CELL:
                place = grid.source(number, column).place().removeprefix(grid.file).strip()
                raise RefusedError(f"{place}一格有{len(value)}字，超过{MAX_CELL}字，没有读取")
    for inner in grid.inner:
        _check_cells(inner.grid)


def _text(data: bytes, suffix: str) -> tuple[str, str]:
    from facts.files.documents.text import report_text

    return report_text(data, suffix)
