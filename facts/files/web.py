"""Ledgers that systems export as web pages, whatever the file is called: their tables to grids."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from engine.model.facts import Input
from facts.files.decode import decode
from facts.files.documents.errors import ReportTextError
from facts.files.documents.markup import check_markup, count_of
from facts.files.documents.mht import is_message, page_of
from facts.files.grid import Grid, is_empty
from facts.files.refused import RefusedError

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MAX_CELLS: Final = 2_000_000
_WIDEST: Final = 1000
_STRUCK: Final = "s, strike, del"
_WITHIN: Final = 4096
_MARKS: Final = (b"<html", b"<table", b"<!doctype html", b"<meta", b"<body", b"<style", b"<head")


def is_page(data: bytes) -> bool:
    """Whether a file is a web page or a page saved as a message, whatever it is called."""
    head = data[:_WITHIN].replace(b"\x00", b"").lower()
    return is_message(data) or (b"<" in head[:64] and any(mark in head for mark in _MARKS))


def read_page(data: bytes, entry: Input) -> list[Grid]:
    """The tables of a page that hold something. Raises RefusedError."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - only for web pages

    try:
        markup = page_of(data) if is_message(data) else ""
        if not markup:
            markup, entry.encoding = decode(data)
        check_markup(markup)
    except ReportTextError as error:
        raise RefusedError(str(error)) from None
    tree = LexborHTMLParser(markup)
    tables = [table for table in tree.css("table") if len(table.css("table")) == 1]
    found = (_grid(Grid(entry.path, _name(tables, at)), table) for at, table in enumerate(tables))
    return [grid for grid in found if grid.rows or grid.concealed]


def _name(tables: Sequence[LexborNode], at: int) -> str:
    return f"表{at + 1}" if len(tables) > 1 else ""


def _grid(grid: Grid, table: LexborNode) -> Grid:
    """The rows of a table. A cell over several rows or columns fills them all."""
    below: dict[int, tuple[object, int]] = {}
    budget = MAX_CELLS
    gone = _Gone()
    for number, line in enumerate(table.css("tr"), 1):
        row: list[object] = []
        for cell in line.css("td, th"):
            _from_above(grid, number, row, below)
            value, left_out = _text(cell, whole=_is_struck(line) or _is_struck(cell))
            down, right = _span(cell, "rowspan"), _span(cell, "colspan")
            budget -= right
            if budget < 0:
                raise RefusedError(f"单元格超过{MAX_CELLS}个，没有读取；请拆分")
            for more in range(right):
                row.append(value)
                place = number, len(row)
                if more:
                    grid.filled.add(place)
                if left_out and value is None:
                    grid.void.add(place)
                if down > 1:
                    below[len(row)] = value, down - 1
                if _hidden(cell):
                    gone.cells.add(place)
            if left_out and value is not None:
                gone.partly.append(grid.cell(number, len(row)))
        _from_above(grid, number, row, below)
        if _hidden(line):
            gone.rows.append(number)
        elif not is_empty(row):
            grid.rows.append((number, row))
        elif any((number, column) in grid.void for column in range(1, len(row) + 1)):
            gone.struck.append(number)
    gone.leave_out(grid)
    return grid


@dataclass(slots=True)
class _Gone:
    """What of a table is hidden or struck out."""

    rows: list[int] = field(default_factory=list)
    struck: list[int] = field(default_factory=list)
    cells: set[tuple[int, int]] = field(default_factory=set)
    partly: list[str] = field(default_factory=list)

    def leave_out(self, grid: Grid) -> None:
        """Let none of it count, and say where it stands."""
        there = {number for number, _ in grid.rows}
        seen: set[int] = set()
        held: set[int] = set()
        for number, row in grid.rows:
            for column, value in enumerate(row, 1):
                if value is not None:
                    (held if (number, column) in self.cells else seen).add(column)
        grid.covered = frozenset(held - seen)
        hidden = {place for place in self.cells if place[1] in seen}
        if hidden:
            grid.rows = [_without(hidden, number, row, grid.void) for number, row in grid.rows]
        grid.void = {place for place in grid.void if place[0] in there}
        grid.whole = not self.rows and not self.struck
        grid.conceal([*map(str, self.rows)], [*map(str, self.struck)], self.partly)


def _without(
    hidden: Container[tuple[int, int]],
    number: int,
    row: Sequence[object],
    void: set[tuple[int, int]],
) -> tuple[int, Sequence[object]]:
    """A row without its hidden cells, which become void."""
    gone = {at for at, value in enumerate(row) if (number, at + 1) in hidden and value is not None}
    void.update((number, at + 1) for at in gone)
    return number, [None if at in gone else value for at, value in enumerate(row)]


def _from_above(
    grid: Grid, number: int, row: list[object], below: dict[int, tuple[object, int]]
) -> None:
    """Put what reaches down from rows above into the next places of a row."""
    while len(row) + 1 in below:
        column = len(row) + 1
        value, left = below.pop(column)
        row.append(value)
        grid.filled.add((number, column))
        if left > 1:
            below[column] = value, left - 1


def _span(cell: LexborNode, name: str) -> int:
    text = (cell.attributes.get(name) or "").strip()
    return max(1, count_of(text, _WIDEST))


def _hidden(node: LexborNode) -> bool:
    return "hidden" in node.attributes or "display:none" in _style(node)


def _is_struck(node: LexborNode) -> bool:
    return "line-through" in _style(node)


def _style(node: LexborNode) -> str:
    return (node.attributes.get("style") or "").replace(" ", "").lower()


def _text(cell: LexborNode, *, whole: bool) -> tuple[object, bool]:
    """The text of a cell without what is struck out in it, and whether anything is.

    None where nothing is left; `whole`: all of the cell is struck out.
    """
    if whole:
        return None, bool(cell.text().strip())
    parts = {part.mem_id: part for part in cell.css(_STRUCK)}
    for part in cell.css("[style]"):
        if part.mem_id != cell.mem_id and (_is_struck(part) or _hidden(part)):
            parts[part.mem_id] = part
    outermost = [part for part in parts.values() if not _is_within(part, parts)]
    there = any(part.text().strip() for part in outermost)
    for part in outermost:
        part.decompose()
    for line in cell.css("br"):
        line.replace_with("\n")
    return cell.text().strip() or None, there


def _is_within(node: LexborNode, parts: Container[int]) -> bool:
    above = node.parent
    while above is not None and above.tag not in ("td", "th"):
        if above.mem_id in parts:
            return True
        above = above.parent
    return False
