"""csv ledgers to grids: any of the encodings, comma, semicolon or tab."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from engine.model.facts import Input
from facts.files.decode import decode
from facts.files.grid import Grid, is_empty
from facts.files.mend import MEND
from facts.files.refused import RefusedError
from facts.writing.text import shape

MAX_FIELD: Final = 1_000_000
MAX_COLUMNS: Final = 2000
MAX_CELLS: Final = 5_000_000
MAX_AGAIN: Final = 5
"""What a lost row took in is read again: each line so many times, one with another."""
_FEW: Final = 1000
"""So many lines may be read again as often as it takes."""
_QUOTE: Final = '"'
_HEAD: Final = 5
"""The header is among so many rows; it is the widest of them."""


def read_csv(data: bytes, entry: Input) -> list[Grid]:
    """The one grid of a csv file; places are lines of the file. Raises RefusedError.

    Every line is accounted for: one whose quotes don't pair is a lost row, and the lines that
    it would swallow are read as they stand.
    """
    text, entry.encoding = decode(data)
    grid = Grid(entry.path, lines=True)
    budget = MAX_CELLS
    for line, row in _Lines(text, entry).rows():
        budget -= len(row)
        if len(row) > MAX_COLUMNS or budget < 0:
            raise RefusedError(f"第{line}行：单元格太多，没有读取；请检查分隔符或拆分文件")
        if not is_empty(row):
            grid.rows.append((line, [_as_text(cell) for cell in row]))
    ragged = _ragged([row for _, row in grid.rows])
    for at in sorted(ragged):
        _lost_row(grid.rows[at], entry)
    grid.rows = [row for at, row in enumerate(grid.rows) if at not in ragged]
    return [grid] if grid.rows else []


def _ragged(rows: Sequence[Sequence[object]]) -> set[int]:
    """The rows with more or fewer cells than most have, but for a table of its own.

    One quote or comma too many or too few moves every cell behind it into another column. Rows
    without their last empty cells are how Excel writes them; a row with one cell that holds
    anything is a title or a note.
    """
    widths = [len(row) for row in rows]
    usual, most = max(Counter(widths).items(), key=lambda item: item[1], default=(0, 0))
    if most <= len(widths) // 2:
        usual = max(widths[:_HEAD], default=0)
    runs = [list(run) for _, run in groupby(range(len(rows)), key=widths.__getitem__)]
    found = {
        at
        for run in runs
        if widths[run[0]] != usual and not _begins_anew(rows, run)
        for at in run
        if sum(not is_empty([cell]) for cell in rows[at]) > 1
    }
    columns = _shapes(row for row in rows if len(row) == usual) if found else []
    return {at for at in found if not _cut_short(rows[at], columns)}


def _begins_anew(rows: Sequence[Sequence[object]], run: Sequence[int]) -> bool:
    """Whether rows of one width are another table: headers come first, and hold no figures."""
    return len(run) > 1 and all(cell and "0" not in shape(cell) for cell in rows[run[0]])


def _shapes(rows: Iterable[Sequence[object]]) -> list[set[str]]:
    """For each column what its cells look like."""
    return [set(map(shape, column)) - {""} for column in zip(*rows, strict=True)]


def _cut_short(row: Sequence[object], columns: Sequence[set[str]]) -> bool:
    """Whether nothing but empty cells is missing at the end of a row.

    Were a comma lost, its last cell would belong to a column further right, or be two in one:
    it must look like its own column, and neither be nor run on into what stands there.
    """
    last = max(at for at, cell in enumerate(row) if not is_empty([cell]))
    if len(row) >= len(columns):
        return False
    looks, further = shape(row[last]), set().union(*columns[last + 1 :])
    runs_on = looks[-1] in "0字" and any(one[0] == looks[-1] for one in further)
    return looks in columns[last] and looks not in further and not runs_on


def _lost_row(row: tuple[int, Sequence[object]], entry: Input) -> None:
    """Name a row whose cells can't be told from one another."""
    number, cells = row
    last = number + sum(str(cell).count("\n") for cell in cells)
    there = f"这一行（到第{last}行）" if last > number else "这一行"
    entry.problem(
        f"{there}有{len(cells)}格，与上下各行都不同，分不清哪一格是哪一列，没有读取",
        ",".join(str(cell) for cell in cells),
        line=number,
        hint="请看少了还是多了逗号、引号；最好在 WPS 或 Excel 里改好，另存为 .xlsx",
        lost_row=True,
        kept=True,
    )


def _as_text(cell: str) -> str:
    """What stands in `="0012"`, by which exporters keep a program from making a number of it."""
    plain = cell.strip()
    if plain.startswith('="') and plain.endswith('"') and len(plain) > 2:
        return plain[2:-1].replace('""', _QUOTE)
    return cell


class _Lines:
    """The lines of a csv file on their way to rows."""

    def __init__(self, text: str, entry: Input) -> None:
        self.entry = entry
        self.lines = io.StringIO(text, newline="").readlines()
        self.delimiter = _delimiter(text)
        self.widest = 0

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with the line that it begins on. Raises RefusedError."""
        csv.field_size_limit(MAX_FIELD)
        at, again = 0, 0
        while at < len(self.lines):
            start = at
            reader = csv.reader(self._from(at), delimiter=self.delimiter)
            try:
                for row in reader:
                    end = start + reader.line_num
                    if (
                        self._swallows(at, end)
                        or self._never_ends(at, end)
                        or self._runs_on(at, end, row)
                    ):
                        self._lost(at)
                        at += 1
                        again += end - at
                        break
                    self.widest = max(self.widest, len(row))
                    yield at + 1, row
                    at = end
            except csv.Error as error:
                raise RefusedError(
                    f"第{at + 1}行起不是正确的 csv：引号不成对，或一格超过{MAX_FIELD}字"
                ) from error
            if again > MAX_AGAIN * max(len(self.lines), _FEW):
                raise RefusedError(f"第{at}行起许多行的引号不成对，没有读取；{MEND}")

    def _from(self, at: int) -> Iterator[str]:
        """The lines from one on."""
        return map(self.lines.__getitem__, range(at, len(self.lines)))

    def _swallows(self, start: int, end: int) -> bool:
        """Whether a row over several lines holds what is a row of its own."""
        return any(self._is_row(line) for line in self.lines[start + 1 : end])

    def _never_ends(self, start: int, end: int) -> bool:
        """Whether the last row stops within a quoted cell: its quote belongs elsewhere."""
        if end < len(self.lines):
            return False
        last = csv.reader(self.lines[start:end], delimiter=self.delimiter, strict=True)
        try:
            list(last)
        except csv.Error as error:
            return "unexpected end" in str(error)
        return False

    def _runs_on(self, start: int, end: int, row: Sequence[str]) -> bool:
        """Whether a quoted cell took in more than one, and went on behind its closing quote."""
        if not any(self.delimiter in cell for cell in row):
            return False
        try:
            list(csv.reader(self.lines[start:end], delimiter=self.delimiter, strict=True))
        except csv.Error as error:
            return "expected after" in str(error)
        return False

    def _is_row(self, line: str) -> bool:
        if line.count(_QUOTE) % 2 == 1 or not line.strip():
            return False
        width = len(next(csv.reader([line], delimiter=self.delimiter), ()))
        return width >= max(2, self.widest)

    def _lost(self, at: int) -> None:
        self.entry.problem(
            "引号不成对，这一行没有读取",
            self.lines[at],
            line=at + 1,
            hint="一格里有换行或逗号的，整格用一对英文双引号括起；格里的双引号写成两个",
            lost_row=True,
            kept=True,
        )


def _delimiter(text: str) -> str:
    """The mark that stands most often in the first lines."""
    head = "\n".join(text[:20000].splitlines()[:10])
    return max(",\t;", key=head.count) if any(mark in head for mark in ",\t;") else ","
