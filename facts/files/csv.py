"""csv ledgers to grids: any of the encodings, comma, semicolon or tab."""

from __future__ import annotations

import csv
import io
from typing import Final

from engine.model.facts import Input
from facts.files.grid import Grid, is_empty
from facts.files.open import RefusedError, decode

MAX_FIELD: Final = 1_000_000
MAX_COLUMNS: Final = 2000
MAX_CELLS: Final = 5_000_000


def read_csv(data: bytes, entry: Input) -> list[Grid]:
    """The one grid of a csv file; places are lines of the file. Raises RefusedError."""
    text, entry.encoding = decode(data)
    grid = Grid(entry.path, lines=True)
    csv.field_size_limit(MAX_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    line, budget = 1, MAX_CELLS
    try:
        for row in reader:
            budget -= len(row)
            if len(row) > MAX_COLUMNS or budget < 0:
                raise RefusedError(f"第{line}行：单元格太多，没有读取；请检查分隔符或拆分文件")
            if not is_empty(row):
                grid.rows.append((line, row))
            line = reader.line_num + 1
    except csv.Error as error:
        raise RefusedError(
            f"第{line}行起不是正确的 csv：引号不成对，或一格超过{MAX_FIELD}字"
        ) from error
    return [grid] if grid.rows else []


def _delimiter(text: str) -> str:
    """The mark that stands most often in the first lines."""
    head = "\n".join(text[:20000].splitlines()[:10])
    return max(",\t;", key=head.count) if any(mark in head for mark in ",\t;") else ","
