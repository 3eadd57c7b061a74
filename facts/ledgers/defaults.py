"""What the office says of a whole ledger: put into the rows that leave it blank, or asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from engine.model.facts import Input, Question
from engine.model.field import FieldKind, FieldType
from engine.model.values import Source
from facts.ledgers.draft import Draft
from facts.ledgers.tables import Table
from facts.writing.cells import CellReader, Names
from facts.writing.meanings import CellState
from facts.writing.text import fold, nearest

ITEM: Final = "整本默认"
"""The row of the settings that says it."""


@dataclass(frozen=True, slots=True)
class Default:
    """A field's value for the rows of a ledger that leave it blank, and where that is said."""

    title: str
    value: object
    source: Source


Drafted = tuple[Table, Sequence[Draft]]
"""A table and the drafts of its rows."""


def put_defaults(
    drafted: Sequence[Drafted], defaults: Iterable[Default], names: Names, entry: Input
) -> None:
    """Put what is said of the whole sheet into the rows that leave it blank, and say so.

    A row that says something else keeps it. Only what all rows of a ledger commonly share may be
    said so; anything else is a problem and stays blank.
    """
    for default in defaults:
        places = [(*one, path) for one in drafted if (path := _path(one[0], default.title))]
        if not places:
            _refuse(drafted, default, entry)
        for table, drafts, path in places:
            spec = table.type.fields[path]
            cell = CellReader(spec, agencies=names[0], own=names[1]).read(default.value)
            if cell.expected or cell.state is None:
                entry.problem(
                    f"设置里的整本默认没有作数：{cell.expected or '没有写内容'}",
                    str(default.value),
                    sheet=table.grid.sheet,
                    hint=cell.hint,
                    record_type=table.type.type,
                )
            elif filled := _put(drafts, path, cell.state, default.source):
                where = f"工作表“{table.grid.sheet}”：" if table.grid.sheet else ""
                said = f"{filled}行没有写“{spec.title}”，按设置算作{default.source.text}"
                entry.notes.append(where + said)


def _path(table: Table, title: str) -> str:
    """The field that a ledger calls by this name, or nothing."""
    return next(
        (
            path
            for path, spec in table.type.fields.items()
            if spec.shared and fold(title) in map(fold, (path, spec.title, *spec.synonyms))
        ),
        "",
    )


def _refuse(drafted: Sequence[Drafted], default: Default, entry: Input) -> None:
    titles = [
        spec.title for table, _ in drafted for spec in table.type.fields.values() if spec.shared
    ]
    close = nearest(default.title, titles)
    hint = f"是否指“{close}”？" if close else f"可以整本写的：{'、'.join(dict.fromkeys(titles))}"
    entry.problem(
        "设置里的整本默认没有作数：这一项不能整本写，要逐行填",
        default.title,
        sheet=drafted[0][0].grid.sheet,
        hint=hint if titles else "",
    )


def _put(drafts: Sequence[Draft], path: str, state: CellState, source: Source) -> int:
    """Put a state into the rows that leave a field blank; how many those are."""
    blank = [draft for draft in drafts if path not in draft.cells]
    for draft in blank:
        draft.put(path, state, source)
    return len(blank)


def questions_of(table: Table, drafts: Sequence[Draft], place: str) -> Iterator[Question]:
    """What no row of a ledger says and the office may say of the whole: whose it is, yes or no."""
    if not drafts or table.type.parent is not None:
        return
    for path, spec in table.type.fields.items():
        asked = spec.shared and (spec.agency or spec.type is FieldKind.BOOL)
        if asked and not any(path in draft.cells for draft in drafts):
            why = f"{len(drafts)}行都没有写；整本一样的，说一次就行"
            yield Question(ITEM, f"{place}：{spec.title}", _answers(spec), why)


def _answers(spec: FieldType) -> tuple[str, ...]:
    return () if spec.agency else ("是", "否")
