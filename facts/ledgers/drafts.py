"""Table rows to drafts: cells read into states, before rows are joined into records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, cast

from engine.model.facts import Input, Level
from engine.model.field import FieldKind, FieldType
from engine.model.record_type import RecordType
from engine.model.values import ABSENT, ABSENT_LIST, Cause, Elements, Source, Unknown
from facts.files.grid import Grid, Places, RowSources
from facts.ledgers.form_rows import FormRows
from facts.ledgers.given import Surroundings
from facts.ledgers.headers import Headings, Target, counts_rows
from facts.ledgers.measures import Key, Measures, measures_of
from facts.ledgers.periods import SheetPeriod
from facts.ledgers.tables import Column, Table
from facts.writing.cells import CellReader, Names
from facts.writing.dates import split_two
from facts.writing.meanings import EMPTY, UNREADABLE, Cell, CellState, agree
from facts.writing.measure import Measure
from facts.writing.terms import term_in
from facts.writing.text import (
    EXAMPLE_WORD,
    FOOTER_WORDS,
    TOTAL_WORDS,
    clean,
    fold,
    shown,
    split_items,
)

_LAST: Final = 2
_TOTALS_BESIDE: Final = TOTAL_WORDS - {"累计"}
"""What calls a row a total from its second cell."""

_LIST_SPEC: Final = FieldType(type=FieldKind.SET, title="清单")
_EXAMPLE: Final = "模板的示例行"
_UNREAD_LIST: Final = Elements((), closed=False, cause=Cause.UNREADABLE)
_VOID: Final = Cell(UNREADABLE)
_NOT_COMPUTED: Final = Cell(UNREADABLE, "公式没有算出结果，请在表格软件中打开并保存一次")


@dataclass(slots=True, eq=False)
class Draft:
    """What one row says of one record. `columns` are the fields whose columns its sheet has.

    `parent` holds the parent's key fields as this row names them. `children` are the elements of
    its lists that the row itself names, `inner` those written as objects inside its own. `lists`
    are lists that the row calls none, or open for a reason; `counts` are list sizes that the row
    states. `filled`: every cell came from a merge. `ordinal` is the number of the row in its sheet
    (序号), where that stands in place of its key: it orders rows and identifies nothing, least of
    all from one `block` of rows to the next, under a header of its own. `period` is the month that
    it stands under.
    """

    type: RecordType
    source: Source
    columns: frozenset[str]
    cells: dict[str, CellState] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    children: list[tuple[str, Draft]] = field(default_factory=list)
    lists: dict[str, Elements] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    parent: dict[str, CellState] = field(default_factory=dict)
    inner: list[tuple[str, Draft]] = field(default_factory=list)
    filled: bool = False
    ordinal: str = ""
    block: int = 0
    period: SheetPeriod | None = None

    def put(self, path: str, state: CellState, source: Source) -> None:
        """Let the row say of a field what stands elsewhere, as if its sheet had the column."""
        self.columns |= {path}
        self.cells[path], self.sources[path] = state, source


@dataclass(slots=True)
class _Reader:
    """One column with its cell reader; `object` reads the object's own words where there is one."""

    column: Column
    target: Target
    cell: CellReader
    object: CellReader | None = None
    main: str = ""
    half: int = 0
    words: Mapping[str, str] = field(default_factory=dict)
    plain: bool = field(init=False)
    """Whether a cell of it is just what stands there, and of the row itself."""

    def __post_init__(self) -> None:
        own = not (self.target.is_list or self.target.parent or self.target.list)
        self.plain = own and self.object is None and not (self.half or self.words)

    @property
    def term(self) -> bool:
        """Whether both ends of a term stand in this column, or its end alone."""
        return bool(self.half) and self.column.match.term


def _in_own_words(reader: _Reader, raw: object) -> object:
    """A cell in the words of the record type, where its form has words of its own."""
    if not isinstance(raw, str):
        return raw
    whole = reader.words.get(fold(raw))
    if whole is not None:
        return whole
    return "；".join(reader.words.get(fold(item), item) for item in split_items(raw))


def drafts_of(table: Table, entry: Input, names: Names) -> Iterator[tuple[int, Draft]]:
    """The drafts of a table with their row numbers. Totals and footers are passed over, aloud.

    `names` are the aliases of the agencies and the names of the office's own government.
    A list in a cell that can't be read is a problem, and stands in `lists` as unreadable.
    """
    units = measures_of(table)
    by_key: dict[tuple[Key, SheetPeriod | None], list[_Reader]] = {}
    readers = _all_readers(table, names, units, units.key(0, ()), table.period)
    by_key[units.key(0, ()), table.period] = readers
    own = frozenset(r.target.path for r in readers if not r.target.list and not r.target.parent)
    own |= frozenset(r.main for r in readers if r.main)
    lists = {r.target.list for r in readers if r.target.list and r.target.path}
    nested = {name: _places(readers, name) for name in lists}
    places = _places(readers)
    around, form = Surroundings(table, names), FormRows(table)
    notes: dict[str, list[int]] = {}
    if table.first:
        _name_concealed(table, entry)
    for number, row in () if table.grid.hidden else table.rows:
        reason = _skipped(table, row) or ("单位说明" if number in units.lines else "")
        if not reason and not table.grid.names and around.is_section(row):
            reason = "分节标题"
        if reason:
            notes.setdefault(reason, []).append(number)
            continue
        if form.passes(number, row):
            continue
        draft = Draft(table.type, table.grid.source(number, None), own)
        draft.block = sum(again.number < number for again in table.again)
        draft.sources = RowSources(table.grid, number, row, places)
        draft.period = around.period
        key = units.key(number, row), draft.period
        if key not in by_key:
            by_key[key] = _all_readers(table, names, units, *key)
        if not form.once:
            _read_row(_Row(table, entry, number, row, draft), by_key[key], nested)
            form.complete(draft.cells, row)
        _add_given(draft, around, table.grid, number, row)
        _add_month(draft)
        yield number, draft
        if form.once:
            break
    if not table.first:
        return
    form.say_others(entry)
    for reason, numbers in notes.items():
        said = f"{reason}，没有当作记录（第{'、'.join(map(str, numbers[:10]))}行）"
        if reason == _EXAMPLE:
            entry.notes.append(f"工作表“{table.grid.sheet}”：{said}")
            continue
        entry.problem(
            said,
            sheet=table.grid.sheet,
            level=Level.NOTE,
            record_type=table.type.type,
        )


def _skipped(table: Table, row: Sequence[object]) -> str:
    if table.grid.names:
        return ""
    texts = (clean(value) for value in row if isinstance(value, str) and value.strip())
    written = next(texts, "")
    first, second = fold(written), next(texts, None)
    if first.startswith(f"{EXAMPLE_WORD}:"):
        return _EXAMPLE
    if first in TOTAL_WORDS or (second is not None and fold(second) in _TOTALS_BESIDE):
        return "合计行"
    if first.startswith(FOOTER_WORDS) and len({written, second, *texts} - {None}) <= 3:
        return "表尾说明"
    return ""


def _add_given(
    draft: Draft, around: Surroundings, grid: Grid, number: int, row: Sequence[object]
) -> None:
    """Put in what the sheet says of all its rows; what the row says itself is not touched."""
    for target, state, text, column in around.cells(row, draft.cells):
        if target.parent:
            draft.parent[target.path] = state
        else:
            draft.put(target.path, state, grid.source(number, column or None, text))


def _add_month(draft: Draft) -> None:
    """A row without a column for its day comes about some day of the month it stands under."""
    happens, period = draft.type.happens, draft.period
    if happens is None or period is None or not period.own or draft.type.standing:
        return
    if happens not in draft.columns:
        some_day = Unknown(Cause.INCOMPLETE, *period.days)
        draft.put(happens, some_day, replace(draft.source, text=period.text))


def _name_concealed(table: Table, entry: Input) -> None:
    """Say in one problem what is hidden or struck out in a sheet; none of it counts."""
    grid = table.grid
    said = ["整张工作表是隐藏的"] if grid.hidden else grid.concealed
    if said:
        entry.problem(
            f"隐藏或划掉的内容不作数：{'；'.join(said)}",
            sheet=grid.sheet,
            hint="有效的请取消隐藏、清除筛选或去掉删除线后保存，无效的请删掉",
            level=Level.NOTE if grid.whole and not grid.void else Level.ERROR,
            record_type=table.type.type,
        )


def _all_readers(
    table: Table, names: Names, units: Measures, key: Key, period: SheetPeriod | None
) -> list[_Reader]:
    return [
        reader
        for column in table.columns
        for reader in _readers(table, column, names, lambda c, s: units.of(c, s, key), period)
    ]


def _readers(
    table: Table,
    column: Column,
    names: Names,
    measure: Callable[[Column, FieldType], Measure],
    period: SheetPeriod | None,
) -> list[_Reader]:
    days = None if period is None else period.days
    match = column.match
    targets = [match.target] + ([match.second] if match.second is not None else [])
    readers = []
    for half, target in enumerate(targets, 1):
        spec, main, own = _spec(table.headings, target), "", None
        if spec.main is not None:
            main = spec.main
            own = CellReader(spec, ledger_year=table.year, within=days)
            spec = table.headings.owner(target).fields[main]
        cell = CellReader(spec, measure(column, spec), table.year, *names, within=days)
        half_of = half if match.second else 0
        words = _form_words(table, target)
        readers.append(_Reader(column, target, cell, own, main, half_of, words))
    return readers


def _form_words(table: Table, target: Target) -> Mapping[str, str]:
    """The words that a form has for the values of a field."""
    if table.record is None:
        return {}
    path = f"{target.list}.{target.path}" if target.list else target.path
    return {fold(word): meant for word, meant in table.record.values.get(path, {}).items()}


def _spec(headings: Headings, target: Target) -> FieldType:
    """What a cell of the column holds; under a list's own header the field of each element."""
    fields, path = headings.owner(target).fields, target.path
    if target.is_list:
        path = headings.type.nested[target.list].cell or ""
    return fields[path] if path else _LIST_SPEC


@dataclass(slots=True)
class _Row:
    """The row being read, and where its problems go."""

    table: Table
    entry: Input
    number: int
    row: Sequence[object]
    draft: Draft

    @property
    def grid(self) -> Grid:
        return self.table.grid

    def source(self, reader: _Reader, raw: object) -> Source:
        return self.grid.source(self.number, reader.column.number, shown(raw))

    def others(self, reader: _Reader) -> str:
        """The earlier columns of the same field in this row, each with its cell."""
        path = reader.main or reader.target.path
        said = []
        for column in self.table.columns:
            if column.number == reader.column.number:
                break
            target, spec = column.match.target, self.table.headings.spec(column.match.target)
            main = spec.main if spec is not None else None
            if not target.list and not target.parent and path in (target.path, main):
                said.append(f"“{column.header}”（{self.grid.cell(self.number, column.number)}）")
        return "、".join(said)

    def problem(self, reader: _Reader, raw: object, cell: Cell) -> None:
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

    def unread_list(self, reader: _Reader, raw: object, cell: Cell) -> None:
        """A list that can't be read: whatever it names is lost."""
        if cell.expected:
            self.problem(reader, raw, cell)
        self.draft.lists[reader.target.list] = _UNREAD_LIST


def _read_row(row: _Row, readers: list[_Reader], nested: Mapping[str, Places]) -> None:
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
            raw = _in_own_words(reader, raw)
        cell = _empty(row.grid, place) if raw is None else _read_cell(reader, raw)
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


def _places(readers: list[_Reader], name: str = "") -> Places:
    """The columns of each field, or of those of a list, and of each list that has one cell.

    A field's own columns come before its object's.
    """
    places: dict[str, list[int]] = {}
    for reader in readers:
        target = reader.target
        if target.is_list and not name:
            places.setdefault(target.list, []).append(reader.column.number)
        elif target.path and target.list == name and not target.parent:
            places.setdefault(target.path, []).append(reader.column.number)
    for reader in readers:
        if reader.main and not name:
            places.setdefault(reader.main, []).append(reader.column.number)
    return places


def _put(row: _Row, reader: _Reader, state: CellState, raw: object) -> None:
    """Take what a cell says of its field. Two columns of one field have to say the same."""
    path = reader.target.path
    if reader.object is not None:
        verdict = reader.object.read(raw)
        if verdict.expected or verdict.state is None:
            path = reader.main
        else:
            state = verdict.state
    cells = row.draft.cells
    before = cells.get(path)
    if (
        isinstance(before, Elements)
        and isinstance(state, Elements)
        and row.table.headings.unites(reader.target)
    ):
        items = tuple(dict.fromkeys((*before.items, *state.items)))
        state = replace(before, items=items, closed=before.closed and state.closed)
    elif path in cells and not agree(cells[path], state):
        state = _UNREAD_LIST if isinstance(state, Elements) else UNREADABLE
        row.problem(reader, raw, Cell(state, f"与同一项的{row.others(reader)}不一样，都不作数"))
    cells[path] = state


def _is_ordinal(reader: _Reader, state: CellState) -> bool:
    """Whether a key is no more than the number of its row: a bare number under 序号."""
    return counts_rows(reader.column.header) and str(state).isdecimal()


def _read_cell(reader: _Reader, raw: object) -> Cell:
    if reader.plain:
        return reader.cell.read(raw)
    if reader.term:
        return _of_term(reader, raw)
    if reader.half:
        return _half(reader, raw)
    if reader.object is not None:
        cell = reader.object.read(raw)
        if not cell.expected:
            return cell
    return reader.cell.read(raw)


def _of_term(reader: _Reader, raw: object) -> Cell:
    """One end of a term in one cell: 2022-05-10至2027-05-09; a single day is its last."""
    last = reader.half == _LAST
    said = term_in(raw) if isinstance(raw, str) else None
    if said is None:
        return reader.cell.read(raw) if last else EMPTY
    if said.endless and last:
        return Cell(Unknown(Cause.CLAIMED_NOT_APPLICABLE))
    part = said.last if last else said.first
    return reader.cell.read(part) if part else EMPTY


def _half(reader: _Reader, raw: object) -> Cell:
    """One of two fields that share a column: `4.3/4.20` under 送审/反馈日期."""
    if not isinstance(raw, str):
        return Cell(UNREADABLE, reader.cell.expected(), "这一列应写两项，用“/”隔开")
    parts = split_two(raw) or tuple(raw.split("/"))
    if len(parts) == 2:
        return reader.cell.read(parts[reader.half - 1])
    if reader.cell.read(raw).expected:
        return Cell(UNREADABLE, reader.cell.expected(), "这一列应写两项，用“/”隔开")
    cell = reader.cell.read(raw)
    if isinstance(cell.state, Unknown) or cell.state is ABSENT or cell.state is None:
        return cell
    return Cell(UNREADABLE, reader.cell.expected(), "这一列应写两项，用“/”隔开，只见一项")


def _empty(grid: Grid, place: tuple[int, int]) -> Cell:
    """A cell that holds nothing though it should: never computed, or struck out."""
    return _VOID if place in grid.void else _NOT_COMPUTED


def _no_element(row: _Row, reader: _Reader, raw: object, cell: Cell) -> None:
    """未邀请 in a list names nobody: there is none if it stands alone, else the list is unread."""
    name = reader.target.list
    row.draft.children = [child for child in row.draft.children if child[0] != name]
    if cell.state is ABSENT and len(split_items(shown(raw))) == 1:
        row.draft.lists[name] = ABSENT_LIST
        return
    expected = cell.expected or f"“{reader.cell.spec.title}”的清单里有的不是一项"
    row.unread_list(reader, raw, Cell(UNREADABLE, expected, cell.hint))


def _list_cell(row: _Row, reader: _Reader, raw: object, place: tuple[int, int]) -> None:
    """A list in one cell: 无, a number of elements, or the elements themselves."""
    name = reader.target.list
    nested = row.table.type.nested[name]
    words = _empty(row.grid, place) if raw is None else CellReader(_LIST_SPEC).read(raw)
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
    for item in state.items:
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
