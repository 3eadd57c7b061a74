"""Sheets to tables: one for a ledger, one for each record of a form, none for what is neither."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.model.facts import Input, Level, stem
from facts.files.grid import Grid
from facts.ledgers.all_headings import AllHeadings
from facts.ledgers.form_headings import RecordHeadings
from facts.ledgers.headers import Headings, Match, counts_rows, header_text
from facts.ledgers.recognise import (
    FormGuess,
    Guess,
    Head,
    best_guess,
    cell_text,
    possible_heads,
)
from facts.ledgers.tables import Table, bare_table, plain_table, say_columns
from facts.writing.text import fold, nearest

_MOST_NAMED: Final = 3
_NOT_LEDGERS: Final = frozenset(
    [
        *("填表说明", "填报说明", "说明书", "使用说明", "目录页", "封面", "_选项", "选项"),
        # beside the 整改台账 and the 待填, written by the last run
        *("读取中的问题", "已不再是问题的", "期限", "逐件看", "清单", "步骤时间", "要加的列"),
    ]
)


def tables_of(
    grid: Grid, headings: AllHeadings, entry: Input, aliases: Mapping[str, str]
) -> list[Table] | None:
    """The tables that a grid holds, none if it is no ledger; None if it isn't recognised.

    `aliases` maps a folded header of the office's own to the header it stands for.
    """
    if fold(grid.sheet) in _NOT_LEDGERS:
        entry.notes.append(f"工作表“{grid.sheet}”不是台账，未读取")
        return []
    heads = possible_heads(grid, aliases)
    best = best_guess(grid, headings, heads)
    if best is None and grid.hidden:
        entry.notes.append(f"隐藏的工作表“{grid.sheet}”不是台账，未读取")
        return []
    if best is None:
        return None
    if isinstance(best, FormGuess):
        tables = _form_tables(grid, best, heads[best.at], entry)
        return tables if tables or not best.form.form.records else None
    left = _leave_aliases(grid, best, possible_heads(grid, {})[best.at], entry)
    return [plain_table(grid, best, heads[best.at], entry, left)]


def _leave_aliases(grid: Grid, guess: Guess, written: Head, entry: Input) -> frozenset[int]:
    """Leave out headers that the settings call a field which another column has itself.

    Their numbers are given back. Two columns of one field that differ both count for nothing: a
    wrong line in the settings must not take a right column with it.
    """
    own = {number: text for number, text, _ in written[1]}
    aliased = {number for number, text, _ in guess.columns if own.get(number) != text}
    there = {match.target for number, _, match in guess.columns if number not in aliased}
    left = set()
    for number, text, match in [*guess.columns]:
        if number in aliased and match.target in there:
            left.add(number)
            guess.columns.remove((number, text, match))
            entry.problem(
                f"设置里把它当作“{text}”，表里已有这一列，没有照设置读",
                own.get(number, ""),
                sheet=grid.sheet,
                hint="请改正 headers（列名对照）里的这一行",
                level=Level.NOTE,
                record_type=guess.headings.type.type,
            )
    return frozenset(left)


def _form_tables(grid: Grid, guess: FormGuess, head: Head, entry: Input) -> list[Table]:
    """A table for each record of a form whose columns are there."""
    form = guess.form
    if not form.records:
        entry.notes.append(f"{_sheet_of(grid)}是“{form.form.title}”，现有要求不用它，没有读取")
    tables: list[Table] = []
    for headings in form.records:
        found = (
            (number, text, headings.find(text, above)) for number, text, above in head[1] if text
        )
        columns = [(number, text, match) for number, text, match in found if match is not None]
        columns += _instead(headings, columns, head)
        there = {match.target for _, _, match in columns}
        there |= {match.second for _, _, match in columns if match.second is not None}
        if not all(headings.target(path) in there for path in headings.record.needs):
            continue
        own = Guess(headings, guess.score, guess.at, guess.two_rows, columns)
        table = bare_table(grid, own, head, entry)
        table.form, table.record, table.first = form.form, headings.record, not tables
        if headings.record.where is not None:
            split = set(map(fold, headings.record.where.column))
            table.split = next(n for n, text, _ in head[1] if header_text(text) in split)
        table.dated = _dated(headings, head)
        tables.append(table)
    known = {number for number, text, above in head[1] if form.knows(text, above)}
    for table in tables[:1]:
        entry.notes.append(f"{_sheet_of(grid)}是“{form.form.title}”，照这种表读取")
        say_columns(table, head, known, entry)
    return tables


def _dated(headings: RecordHeadings, head: Head) -> dict[str, int]:
    """The columns of days that the form gives to some of its rows, by field."""
    texts = {header_text(text): number for number, text, _ in reversed(head[1])}
    return {
        path: texts[fold(word)]
        for path, given in headings.record.given.items()
        for word in reversed(given.column)
        if fold(word) in texts
    }


def _sheet_of(grid: Grid) -> str:
    return f"工作表“{grid.sheet}”" if grid.sheet else "这张表"


def _instead(
    headings: RecordHeadings, columns: list[tuple[int, str, Match]], head: Head
) -> list[tuple[int, str, Match]]:
    """The columns that stand for a field which no other column gives; 序号 gives nothing."""
    taken = {match.target for _, text, match in columns if not counts_rows(text)}
    found = []
    for number, text, _ in head[1]:
        for target in headings.instead.get(header_text(text), ()):
            if target not in taken:
                taken.add(target)
                found.append((number, text, Match(target, 0)))
                break
    return found


def say_unknown(
    grid: Grid, headings: Mapping[str, Headings], entry: Input, may_be: list[str]
) -> None:
    """Say that a sheet is none of the ledgers, and which of them it still may be.

    One that may be none changes nothing: it is said, and no more.
    """
    names = {
        fold(word): heading.type.title
        for heading in headings.values()
        for word in (heading.type.title, *heading.type.sheets)
    }
    texts = [text for _, row in grid.rows[:3] for text in map(cell_text, row[:12]) if text]
    close = nearest(fold(grid.sheet), names) or nearest(fold(stem(grid.file)), names)
    near = f"最接近的是“{names[close]}”" if close else ""
    titles = "、".join(headings[name].type.title for name in may_be[:_MOST_NAMED])
    more = f"等{len(may_be)}种" if len(may_be) > _MOST_NAMED else ""
    opens = f"可能是{titles}{more}，这些台账先不当作录全" if may_be else ""
    mend = "请按模板的工作表名和列名填写" if may_be else ""
    entry.problem(
        "认不出是哪种台账，没有读取" if may_be else "不像台账，没有读取，别的台账不受影响",
        grid.sheet or (texts[0] if texts else ""),
        sheet=grid.sheet,
        hint="；".join(filter(None, (near if may_be else "", opens, mend))),
        lost_row=bool(may_be),
        level=Level.ERROR if may_be else Level.NOTE,
    )
