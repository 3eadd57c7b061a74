"""Sheets to tables: one for a ledger, one for each record of a form, none for what is neither."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Final

from engine.model.facts import Input, Level, Question, stem
from facts.files.grid import Grid
from facts.ledgers.above import say_above
from facts.ledgers.all_headings import AllHeadings
from facts.ledgers.form_headings import RecordHeadings
from facts.ledgers.guesses import FormGuess, Guess
from facts.ledgers.headers import Headings, Match, counts_rows, header_text
from facts.ledgers.layout import OnItsSide, on_its_side
from facts.ledgers.numbering import say_gaps
from facts.ledgers.recognise import Head, best_guess, cell_text, guess_of, possible_heads
from facts.ledgers.tables import Table, bare_table, leave_columns, plain_table
from facts.writing.text import fold, nearest

_MOST_NAMED: Final = 3
ITEM: Final = "哪张表是哪种台账"
"""The row of the settings that says which ledger a sheet is."""
NO_LEDGER: Final = "不是台账"
_NOT_LEDGERS: Final = frozenset(
    [
        *("填表说明", "填报说明", "说明书", "使用说明", "目录页", "封面", "_选项", "选项"),
        # beside the 整改台账 and the 待填, written by the last run
        *("读取中的问题", "已不再是问题的", "期限", "逐件看", "清单", "步骤时间", "要加的列"),
    ]
)


@dataclass(frozen=True, slots=True)
class Undecided:
    """A sheet that may be any of several ledgers: their titles, the likeliest first, and types."""

    titles: tuple[str, ...]
    types: frozenset[str]


def tables_of(
    grid: Grid,
    headings: AllHeadings,
    entry: Input,
    aliases: Mapping[str, str],
    only: Container[str] | None = None,
) -> list[Table] | Undecided | OnItsSide | None:
    """The tables that a grid holds, none if it is no ledger; None if it isn't recognised.

    `aliases` maps a folded header of the office's own to the header it stands for; `only` are
    the types and forms that somebody said it may be. Nothing is read of what is undecided.
    """
    if only is None and fold(grid.sheet) in _NOT_LEDGERS:
        entry.notes.append(f"工作表“{grid.sheet}”不是台账，未读取")
        return []
    heads = possible_heads(grid)
    best, others = best_guess(grid, headings, heads, aliases, only)
    if best is None and grid.hidden:
        entry.notes.append(f"隐藏的工作表“{grid.sheet}”不是台账，未读取")
        return []
    if best is None:
        return None
    if others:
        may_be = (best, *others)
        return Undecided(
            tuple(dict.fromkeys(guess.title for guess in may_be)),
            frozenset().union(*(guess.types for guess in may_be)),
        )
    if isinstance(best, FormGuess):
        tables = _form_tables(grid, best, heads[best.at], aliases, entry)
        return tables if tables or not best.form.form.records else None
    left: set[int] = set()
    _leave_aliases(grid, best, heads[best.at], entry, left)
    table = plain_table(grid, best, heads[best.at], entry, left)
    if on_its_side(table):
        return OnItsSide(table)
    say_above(table, heads[best.at], entry)
    say_gaps(table, heads[best.at], entry)
    return [table]


def _leave_aliases(grid: Grid, guess: Guess, head: Head, entry: Input, left: set[int]) -> None:
    """Read by what they say headers that the settings call a field which another column has.

    Two columns of one field that differ both count for nothing: a wrong line in the settings
    must not take a right column with it. Their numbers are put into `left`, and said once.
    """
    written = {number: (text, above) for number, text, above in head[1]}
    there = {
        match.target
        for number, text, match in guess.columns
        if number not in guess.aliased and not counts_rows(text)
    }
    for number, means, match in [*guess.columns]:
        if number not in guess.aliased or match.target not in there:
            continue
        guess.columns.remove((number, means, match))
        text, above = written[number]
        own = guess.headings.find(text, above)
        if own is not None:
            guess.columns.append((number, text, own))
        if number in left:
            continue
        left.add(number)
        entry.problem(
            f"设置里把它当作“{means}”，表里已有这一列，没有照设置读",
            text,
            sheet=grid.sheet,
            hint="请改正 headers（列名对照）里的这一行",
            level=Level.NOTE,
            record_type=guess.headings.type.type,
        )


def _form_tables(
    grid: Grid, guess: FormGuess, head: Head, aliases: Mapping[str, str], entry: Input
) -> list[Table]:
    """A table for each record of a form whose columns are there."""
    form = guess.form
    if not form.records:
        entry.notes.append(f"{sheet_in_words(grid)}是“{form.form.title}”，现有要求不用它，没有读取")
    tables: list[Table] = []
    left: set[int] = set()
    for headings in form.records:
        own = guess_of(headings, [head], aliases)
        _leave_aliases(grid, own, head, entry, left)
        own.columns += _instead(headings, own.columns, head)
        there = {match.target for _, _, match in own.columns}
        there |= {match.second for _, _, match in own.columns if match.second is not None}
        if not all(headings.target(path) in there for path in headings.record.needs):
            continue
        table = bare_table(grid, own, head, entry)
        table.form, table.record, table.first = form.form, headings.record, not tables
        if headings.record.where is not None:
            split = set(map(fold, headings.record.where.column))
            table.split = next(n for n, text, _ in head[1] if header_text(text) in split)
        table.dated = _dated(headings, head)
        tables.append(table)
    known = {number for number, text, above in head[1] if form.knows(text, above)}
    known |= left.union(*({column.number for column in table.columns} for table in tables))
    for table in tables[:1]:
        entry.notes.append(f"{sheet_in_words(grid)}是“{form.form.title}”，照这种表读取")
        leave_columns(table, head, known)
        say_above(table, head, entry)
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


def sheet_in_words(grid: Grid) -> str:
    """A sheet as a sentence names it."""
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


def say_undecided(grid: Grid, found: Undecided, entry: Input) -> None:
    """Ask once which ledger a sheet is; until it is said nothing of it is read."""
    place = place_of_sheet(entry.path, grid.sheet)
    first, *others = found.titles
    may_be = f"可能是“{first}”，也可能是{'、'.join(f'“{other}”' for other in others)}"
    entry.questions.append(Question(ITEM, place, (*found.titles, NO_LEDGER), may_be))
    entry.problem(
        f"{may_be}，分不清，没有读取",
        grid.sheet,
        sheet=grid.sheet,
        hint=f"请在设置的“{ITEM}”（sheets）里写 {place}={first}，或写另一种；"
        f"与台账无关的写“{NO_LEDGER}”；写明以前，这几种台账都不当作录全",
        lost_row=True,
    )


def say_unfit(grid: Grid, entry: Input) -> None:
    """Say that nothing in a sheet is of the ledger that the settings say it is."""
    entry.problem(
        "设置里写明了是哪种台账，表里没有一列是它的，没有读取",
        grid.sheet,
        sheet=grid.sheet,
        hint=f"请核对设置的“{ITEM}”（sheets）",
        lost_row=True,
    )


def place_of_sheet(path: str, sheet: str) -> str:
    """How a sheet is named in the settings: 文件名〔工作表名〕."""
    return f"{path}〔{sheet}〕" if sheet else path


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
        kept=not grid.sheet,
    )
