"""Ledgers that systems export as web pages, whatever the file is called: their tables to grids."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from engine.model.facts import Input
from facts.files.documents.errors import ReportTextError
from facts.files.documents.markup import check_markup, count_of
from facts.files.documents.mht import is_message, page_of
from facts.files.grid import Grid, is_empty
from facts.files.open import RefusedError, decode

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
    hidden = []
    for number, line in enumerate(table.css("tr"), 1):
        row: list[object] = []
        for cell in line.css("td, th"):
            _from_above(grid, number, row, below)
            value = _text(cell)
            down, right = _span(cell, "rowspan"), _span(cell, "colspan")
            budget -= right
            if budget < 0:
                raise RefusedError(f"单元格超过{MAX_CELLS}个，没有读取；请拆分")
            for more in range(right):
                row.append(value)
                if more:
                    grid.filled.add((number, len(row)))
                if down > 1:
                    below[len(row)] = value, down - 1
        _from_above(grid, number, row, below)
        if _hidden(line):
            hidden.append(str(number))
        elif not is_empty(row):
            grid.rows.append((number, row))
    if hidden:
        grid.concealed.append(f"隐藏的行：{'、'.join(hidden)}")
        grid.whole = False
    return grid


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
    style = (node.attributes.get("style") or "").replace(" ", "").lower()
    return "hidden" in node.attributes or "display:none" in style


def _text(cell: LexborNode) -> object:
    """The text of a cell without what is struck out; None where nothing is left."""
    for struck in cell.css(_STRUCK):
        struck.decompose()
    for line in cell.css("br"):
        line.replace_with("\n")
    return cell.text().strip() or None
