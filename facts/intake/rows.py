"""The rows of recognised sheets to drafts, with what is written inside their objects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from engine.model.facts import ANY_LEDGER, Input
from engine.model.record_type import RecordType
from engine.model.schema import Schema
from engine.model.values import Cause
from facts.files.grid import Inner
from facts.intake.found import Intake, Opened, together
from facts.intake.naming import types_named, with_nested
from facts.ledgers.all_headings import AllHeadings
from facts.ledgers.defaults import Drafted, put_defaults, questions_of
from facts.ledgers.draft import Draft
from facts.ledgers.drafts import drafts_of
from facts.ledgers.outside import hold_to_periods
from facts.ledgers.presumed import Elsewhere, mark_presumed, presume
from facts.ledgers.sheet_names import names_of
from facts.ledgers.sheets import place_of_sheet
from facts.ledgers.tables import Table, inside_table, say_columns
from facts.place import Settings
from facts.writing.text import fold


class Rows:
    """Drafts the rows of a file's tables."""

    def __init__(self, schema: Schema, settings: Settings, headings: AllHeadings) -> None:
        self._schema, self._settings, self._headings = schema, settings, headings

    def of(self, opened: Opened, there: Elsewhere) -> Intake:
        """The rows of a file's sheets; `there` are the fields that a column anywhere has."""
        aliases = self._settings.headers
        for tables, _ in opened.sheets:
            presume(tables, there, self._settings.agencies, aliases, opened.entry)
            for table in tables[:1]:
                say_columns(table, aliases, opened.entry)
        return together(
            [
                opened.intake,
                *(self._sheet(tables, lost, opened) for tables, lost in opened.sheets),
            ]
        )

    def _sheet(self, tables: list[Table], lost: frozenset[str], opened: Opened) -> Intake:
        """The rows of a sheet's tables, with what was lost with it."""
        entry = opened.entry
        before = len(entry.problems)
        drafted = []
        for table in tables:
            if table.first:
                table.grid.remarks += opened.beside
            drafts = dict(drafts_of(table, entry, self._settings.names))
            mark_presumed(table, drafts.values())
            hold_to_periods(drafts.values(), entry)
            drafted.append((table, drafts))
        self._whole_ledger([(table, [*rows.values()]) for table, rows in drafted], entry)
        read = [self._whole(table, drafts, entry) for table, drafts in drafted]
        form = bool(tables) and tables[0].form is not None
        if form and any(problem.lost_row for problem in entry.problems[before:]):
            # a row that may be of any of them is lost to all
            lost |= with_nested({table.type.type for table in tables}, self._schema)
        return together([*read, Intake(lost=lost)])

    def _whole_ledger(self, drafted: Sequence[Drafted], entry: Input) -> None:
        """What the office says of a sheet as a whole, and what it may yet say."""
        for table, drafts in drafted[:1]:
            sheet = table.grid.sheet
            names = [name for one, _ in drafted for name in names_of(one.type)]
            said = self._settings.sheets.defaults_of(entry.path, sheet, names)
            put_defaults(drafted, said, self._settings.names, entry)
            entry.questions += questions_of(table, drafts, place_of_sheet(entry.path, sheet))

    def _whole(self, table: Table, drafts: Mapping[int, Draft], entry: Input) -> Intake:
        """The rows of a table with what is written inside their objects."""
        lists = {column.match.target.list for column in table.columns} - {""}
        unread = {
            draft.type.nested[name].of
            for draft in drafts.values()
            for name, state in draft.lists.items()
            if state.cause is Cause.UNREADABLE
        }
        holds = frozenset({table.type.type, *(table.type.nested[name].of for name in lists)})
        own = Intake(
            list(drafts.values()),
            lost=frozenset(unread) | (frozenset() if table.grid.whole else holds),
            read=holds,
            years=Counter() if table.year is None else Counter([table.year]),
            presumed=frozenset((table.type.type, path) for path in table.presumed),
        )
        return together([own, *(self._inner(i, table, drafts, entry) for i in table.grid.inner)])

    def _inner(
        self, inner: Inner, parent: Table, objects: Mapping[int, Draft], entry: Input
    ) -> Intake:
        """The rows of a list written inside objects, each put into the draft of its object."""
        before = len(entry.problems)
        table, name = self._inner_table(inner, parent, entry)
        if table is None:
            return Intake(lost=self._lost_since(before, entry))
        drafts = dict(drafts_of(table, entry, self._settings.names))
        whole = self._whole(table, drafts, entry)
        for number, draft in drafts.items():
            objects[inner.parents[number]].inner.append((name, draft))
        return replace(whole, drafts=())

    def _inner_table(self, inner: Inner, parent: Table, entry: Input) -> tuple[Table | None, str]:
        """The table of a list inside objects: its name says which nested list it is."""
        name = _nested_list(parent.type, inner.name, self._schema)
        if name:
            headings = self._headings[parent.type.nested[name].of]
            return inside_table(inner.grid, headings, entry, self._settings.headers), name
        close = parent.headings.nearest(inner.name)
        entry.problem(
            f"“{parent.type.title}”没有这个清单，没有读取",
            inner.name,
            sheet=inner.grid.sheet,
            hint=f"是否指“{close}”？" if close else "",
            lost_row=True,
            record_type=parent.type.type,
        )
        return None, ""

    def _lost_since(self, before: int, entry: Input) -> frozenset[str]:
        """What a list that isn't read may have held: any ledger, unless it is said to be none."""
        lost = any(problem.lost_row for problem in entry.problems[before:])
        return types_named(entry.path, self._schema) | {ANY_LEDGER} if lost else frozenset()


def _nested_list(parent: RecordType, name: str, schema: Schema) -> str:
    """The nested list of a type that a name means; empty if it means none."""
    word = fold(name)
    for key, nested in parent.nested.items():
        known = (key, nested.of, nested.title, *nested.synonyms, schema.types[nested.of].title)
        if word in map(fold, known):
            return key
    return ""
