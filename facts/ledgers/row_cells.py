"""The cells of one row into its draft: what they say, what they contradict, what can't be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, takewhile
from typing import Final, cast

from engine.model.facts import Input
from engine.model.field import FieldKind, Holds
from engine.model.values import ABSENT, ABSENT_LIST, Cause, Elements, Source
from facts.files.grid import Grid, Places, RowSources
from facts.ledgers.column_readers import LIST_SPEC, ColumnReader, in_own_words, read_cell
from facts.ledgers.draft import Draft
from facts.ledgers.headers import counts_rows
from facts.ledgers.tables import Table
from facts.writing.cells import CellReader
from facts.writing.meanings import UNREADABLE, Cell, CellState, agree
from facts.writing.text import fold, shown, split_items, split_persons

_UNREAD_LIST: Final = Elements((), closed=False, cause=Cause.UNREADABLE)
_VOID: Final = Cell(UNREADABLE)
_NOT_COMPUTED: Final = Cell(UNREADABLE, "公式没有算出结果，请在表格软件中打开并保存一次")


@dataclass(slots=True)
class Row:
    """The row being read, and where its problems go."""

    table: Table
    entry: Input
    number: int
    row: Sequence[object]
    draft: Draft

    @property
    def grid(self) -> Grid:
        """The sheet that it stands in."""
        return self.table.grid

    def source(self, reader: ColumnReader, raw: object) -> Source:
        """Where a cell of it stands, and what it says."""
        return self.grid.source(self.number, reader.column.number, shown(raw))

    def others(self, reader: ColumnReader) -> str:
        """The earlier columns of the same field in this row, each with its cell."""
        path = reader.main or reader.target.path
        said = []
        earlier = takewhile(lambda one: one.number != reader.column.number, self.table.columns)
        for column in earlier:
            target, spec = column.match.target, self.table.headings.spec(column.match.target)
            main = spec.main if spec is not None else None
            if not target.list and not target.parent and path in (target.path, main):
                said.append(f"“{column.header}”（{self.grid.cell(self.number, column.number)}）")
        return "、".join(said)

    def problem(self, reader: ColumnReader, raw: object, cell: Cell) -> None:
        """Say what was expected of a cell."""
        self.entry.problem(
            cell.expected,
            shown(raw),
            sheet=self.grid.sheet,
            cell=self.grid.cell(self.number, reader.column.number),
            line=self.number if self.grid.lines else None,
            hint=cell.hint,
            record_type=self.table.type.type,
            kept=reader.cell.spec.kept,
        )

    def unread_list(self, reader: ColumnReader, raw: object, cell: Cell) -> None:
        """A list that can't be read: whatever it names is lost."""
        if cell.expected:
            self.problem(reader, raw, cell)
        self.draft.lists[reader.target.list] = _UNREAD_LIST


def read_row(row: Row, readers: list[ColumnReader], nested: Mapping[str, Places]) -> None:
    """Put into the row's draft what its cells say; `nested` are the columns of each list."""
    children: dict[str, Draft] = {}
    draft, written, width = row.draft, row.row, len(row.row)
    fresh = not row.grid.filled
    errors, void = row.grid.errors, row.grid.void
    whole = not (errors or void)
    for reader in readers:
        at = reader.column.number - 1
        raw = written[at] if at < width else None
        place = row.number, at + 1
        if raw is None and (whole or (place not in errors and place not in void)):
            continue
        target = reader.target
        if target.is_list:
            _list_cell(row, reader, raw, place)
            continue
        if raw is not None and reader.words:
            raw = in_own_words(reader, raw)
        cell = _empty(row.grid, place) if raw is None else read_cell(reader, raw)
        if cell.state is None:
            continue
        if cell.expected:
            row.problem(reader, raw, cell)
        if target.parent:
            draft.parent[target.path] = cell.state
        elif target.path in draft.type.key and not target.list and _is_ordinal(reader, cell.state):
            draft.ordinal = str(cell.state)
        elif not target.list:
            _put(row, reader, cell.state, raw)
        else:
            child = children.get(target.list)
            if child is None:
                type_ = row.table.headings.owner(target)
                columns = nested[target.list]
                child = Draft(type_, row.source(reader, raw), frozenset(columns), filled=True)
                child.sources = RowSources(row.grid, row.number, row.row, columns)
                children[target.list] = child
            child.cells[target.path] = cell.state
            child.filled = child.filled and not fresh and (row.number, at + 1) in row.grid.filled
    for name, child in children.items():
        if all(state is ABSENT or state is ABSENT_LIST for state in child.cells.values()):
            # 无 under the columns of a list says that it has no element
            draft.lists.setdefault(name, ABSENT_LIST)
        else:
            draft.children.append((name, child))


def _put(row: Row, reader: ColumnReader, state: CellState, raw: object) -> None:
    """Take what a cell says of its field. Two columns of one field have to say the same."""
    path = reader.target.path
    if reader.object is not None:
        verdict = reader.object.read(raw)
        if verdict.expected or verdict.state is None:
            path = reader.main
        else:
            state = verdict.state
    cells = row.draft.cells
    if path not in cells:
        cells[path] = state
        return
    before = cells[path]
    if (
        isinstance(before, Elements)
        and isinstance(state, Elements)
        and row.table.headings.unites(reader.target)
    ):
        items = tuple(dict.fromkeys((*before.items, *state.items)))
        state = replace(before, items=items, closed=before.closed and state.closed)
    elif not agree(before, state):
        state = _UNREAD_LIST if isinstance(state, Elements) else UNREADABLE
        row.problem(reader, raw, Cell(state, f"与同一项的{row.others(reader)}不一样，都不作数"))
    cells[path] = state


def _is_ordinal(reader: ColumnReader, state: CellState) -> bool:
    """Whether a key is no more than the number of its row: a bare number under 序号."""
    return counts_rows(reader.column.header) and str(state).isdecimal()


def _empty(grid: Grid, place: tuple[int, int]) -> Cell:
    """A cell that holds nothing though it should: never computed, or struck out."""
    return _VOID if place in grid.void else _NOT_COMPUTED


def _no_element(row: Row, reader: ColumnReader, raw: object, cell: Cell) -> None:
    """未邀请 in a list names nobody: there is none if it stands alone, else the list is unread."""
    name = reader.target.list
    row.draft.children = [child for child in row.draft.children if child[0] != name]
    if cell.state is ABSENT and len(split_items(shown(raw))) == 1:
        row.draft.lists[name] = ABSENT_LIST
        return
    expected = cell.expected or f"“{reader.cell.spec.title}”的清单里有的不是一项"
    row.unread_list(reader, raw, Cell(UNREADABLE, expected, cell.hint))


def _list_cell(row: Row, reader: ColumnReader, raw: object, place: tuple[int, int]) -> None:
    """A list in one cell: 无, a number of elements, or the elements themselves."""
    name = reader.target.list
    nested = row.table.type.nested[name]
    words = _empty(row.grid, place) if raw is None else CellReader(LIST_SPEC).read(raw)
    state = words.state
    if state is None:
        return
    if not isinstance(state, Elements):
        row.unread_list(reader, raw, words)
        return
    if not state.items:
        row.draft.lists[name] = state
        return
    first = str(state.items[0])
    if (
        len(state.items) == 1
        and first.isdecimal()
        and len(first) <= 3
        and (nested.cell is None or reader.cell.read(first).expected)
    ):
        row.draft.counts[name] = int(first)
        return
    if nested.cell is None:
        if fold(first) not in ("有", "是", "√", "已"):
            expected = f"“{nested.title}”应填件数或“无”，详情另列一表"
            row.unread_list(reader, raw, Cell(UNREADABLE, expected))
        return
    child_type = row.table.headings.owner(reader.target)
    items: Iterable[object] = state.items
    if reader.cell.spec.holds is Holds.PERSON:
        items = chain.from_iterable(split_persons(str(item)) for item in items)
    for item in dict.fromkeys(items):
        cell = reader.cell.read(str(item))
        if reader.cell.spec.type is FieldKind.STRING and not isinstance(cell.state, str):
            _no_element(row, reader, raw, cell)
            return
        child = Draft(child_type, row.source(reader, raw), frozenset((nested.cell,)))
        child.cells[nested.cell] = cast("CellState", cell.state)  # an item is never blank
        child.sources[nested.cell] = row.source(reader, raw)
        row.draft.children.append((name, child))
        if cell.expected:
            row.problem(reader, item, cell)
