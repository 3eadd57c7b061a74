"""Table rows to drafts: cells read into states, before rows are joined into records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from engine.model.facts import Input, Level
from engine.model.regex import regex
from engine.model.values import Cause, Unknown
from facts.files.grid import Grid, RowSources
from facts.ledgers.column_readers import ColumnReader, column_readers, places_of
from facts.ledgers.draft import Draft
from facts.ledgers.form_rows import FormRows
from facts.ledgers.given import Surroundings
from facts.ledgers.measures import Key, measures_of
from facts.ledgers.periods import SheetPeriod
from facts.ledgers.row_cells import Row, read_row
from facts.ledgers.tables import Table
from facts.writing.cells import Names
from facts.writing.text import (
    EXAMPLE_WORD,
    FOOTER_WORDS,
    clean,
    fold,
    words,
)

_TOTALS_BESIDE: Final = frozenset(words("合计 总计 小计 共计 总数 合计: 总计: 小计:"))
"""What calls a row a total from its second cell."""
_TOTAL: Final = regex(
    "(?:以上|本页|本表|全年|本年)?(?:[共总合小累]计:?|总数|共(?=有?[0-9]))(?:有?[0-9]+[件份个项条次人家起]?)?"
)
"""以上共3件, 本页小计: what counts the rows above it."""

_EXAMPLE: Final = "模板的示例行"


def drafts_of(table: Table, entry: Input, names: Names) -> Iterator[tuple[int, Draft]]:
    """The drafts of a table with their row numbers. Totals and footers are passed over, aloud.

    `names` are the aliases of the agencies and the names of the office's own government.
    A list in a cell that can't be read is a problem, and stands in `lists` as unreadable.
    """
    units = measures_of(table)
    by_key: dict[tuple[Key, SheetPeriod | None], list[ColumnReader]] = {}
    readers = column_readers(table, names, units, units.key(0, ()), table.period)
    by_key[units.key(0, ()), table.period] = readers
    own = frozenset(r.target.path for r in readers if not r.target.list and not r.target.parent)
    own |= frozenset(r.main for r in readers if r.main)
    lists = {r.target.list for r in readers if r.target.list and r.target.path}
    nested = {name: places_of(readers, name) for name in lists}
    places = places_of(readers)
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
            by_key[key] = column_readers(table, names, units, *key)
        if not form.once:
            read_row(Row(table, entry, number, row, draft), by_key[key], nested)
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
    if _TOTAL.fullmatch(first) or (second is not None and fold(second) in _TOTALS_BESIDE):
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
    read = {column.number for column in table.columns}
    lost = not grid.whole or any(column in read for _, column in grid.void)
    if said:
        entry.problem(
            f"隐藏或划掉的内容不作数：{'；'.join(said)}",
            sheet=grid.sheet,
            hint="有效的请取消隐藏、清除筛选或去掉删除线后保存，无效的请删掉",
            level=Level.ERROR if lost else Level.NOTE,
            record_type=table.type.type,
        )
