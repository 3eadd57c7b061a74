"""The database in which declared tables are read and judged, whichever it is."""

from __future__ import annotations

import os
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from itertools import takewhile
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Final, Self

from sqlglot import exp

from engine.judging.sql import nodes as n
from engine.judging.sql.database import RefusedError, TableDatabase
from engine.judging.sql.dialects import render, translated
from engine.judging.sql.duck import DuckDb
from engine.judging.sql.whole.statement import Statement
from engine.model.errors import reason
from engine.model.regex import regex
from tables.declared import Declared, WrongTableError, is_address
from tables.names import ROW, TABLE
from tables.source import Held

_LONGEST = 200
_WILD: Final = regex(r"[*?\[]")
_DEEPEST: Final = 50
"""Folders within folders that a pattern may go through."""


class Lake(ABC):
    """A database with the tables of a folder; closes it, and forgets what it copied.

    `engine` and `note` are how an assessment names it. Up to `everyday` rows are left to the
    everyday engines. Texts of queries are DuckDB's in whichever database.
    """

    engine: ClassVar[str]
    everyday: ClassVar[int]
    note = ""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        # what can't be taken away any more spoils no result
        self._copies = tempfile.TemporaryDirectory(prefix="fazhi-", ignore_cleanup_errors=True)
        self.copies = Path(self._copies.name)
        self.used: set[Path] = set()

    @property
    @abstractmethod
    def database(self) -> TableDatabase:
        """The database itself."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give back what it holds."""
        self.database.close()
        self._copies.cleanup()

    # tables

    def open(self, declared: Declared) -> Mapping[str, Held]:
        """Make a declared table there, its rows numbered from 0; its columns and what they hold.

        Raises `WrongTableError` where it isn't there or is no such table.
        """
        try:
            found = self._opened(declared, declared.type.type + TABLE)
        except RefusedError as error:
            far = any(map(is_address, declared.files))
            hint = "。看地址写得对不对、那里到得了到不了" if far else ""
            raise WrongTableError(f"“{declared.called}”读不了：{short(error)}{hint}") from error
        except OSError as error:
            raise WrongTableError(f"“{declared.called}”读不了：{reason(error)}") from None
        return {column: held for column, held in found.items() if column != ROW}

    @abstractmethod
    def _opened(self, declared: Declared, name: str) -> Mapping[str, Held]:
        """Make a declared table by a name. Raises `RefusedError`, `WrongTableError`."""

    @abstractmethod
    def broken(self) -> list[tuple[int, str, str]]:
        """The lines of the csv file opened last that are no rows.

        Each with its number, what is wrong, and what stands there.
        """

    @property
    @abstractmethod
    def results(self) -> DuckDb:
        """Where the tables of results are, whichever database they are made in."""

    @abstractmethod
    def fill(self, table: str, selects: Sequence[exp.Select]) -> None:
        """What queries yield into a table of results. Raises `RefusedError`."""

    def _inside(self, name: str) -> list[Path]:
        """The files of the folder that a name or pattern means. Raises `OSError`.

        A folder that can't be looked into is not passed over: a part of the table may lie there.
        """
        found = sorted(self._folder.glob(name)) if not Path(name).is_absolute() else []
        if found and _WILD.search(name):
            parts = Path(name).parts
            fixed = [*takewhile(lambda part: not _WILD.search(part), parts)]
            levels = _DEEPEST if "**" in name else len(parts) - len(fixed)
            _look_through(self._folder.joinpath(*fixed), levels)
        inside = [path for path in found if path.resolve().is_relative_to(self._folder)]
        if not inside or not all(path.is_file() for path in inside):
            raise WrongTableError(f"文件夹里没有“{name}”")
        self.used.update(inside)
        return inside

    # statements and queries

    def make(self, statement: Statement) -> None:
        """Run a statement. Raises `RefusedError`."""
        text = render(statement.select, self.database.dialect)
        self.database.make(statement.name, text, view=not statement.kept)

    def forget(self, statement: Statement) -> None:
        """Drop the table that a statement made."""
        self.database.drop(statement.name, view=not statement.kept)

    def asked(self, selects: Sequence[exp.Select]) -> list[int]:
        """The one number that each query yields. Raises `RefusedError`."""
        if not selects:
            return []
        numbers = [exp.Subquery(this=select) for select in selects]
        columns = [n.alias(number, f"n{place}") for place, number in enumerate(numbers)]
        (found,) = self.database.rows(
            render(exp.Select(expressions=columns), self.database.dialect)
        )
        return [int(number) for number in found]

    def rows(self, text: str) -> Sequence[Sequence[Any]]:
        """What a query yields. Raises `RefusedError`."""
        return self.database.rows(translated(text, self.database.dialect))

    def table(self, name: str, text: str) -> None:
        """A table of what a query yields. Raises `RefusedError`."""
        self.database.make(name, translated(text, self.database.dialect))


def short(error: Exception) -> str:
    """What a database says, as far as a person wants to know it."""
    return str(error).split("\n", 1)[0][:_LONGEST]


def _look_through(folder: Path, levels: int) -> None:
    """Look into a folder and those below it, so many levels deep. Raises `OSError`."""
    with os.scandir(folder) as entries:
        below = [
            Path(entry.path)
            for entry in entries
            if levels > 1 and entry.is_dir(follow_symlinks=False)
        ]
    for place in below:
        _look_through(place, levels - 1)
