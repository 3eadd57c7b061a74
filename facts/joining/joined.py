"""Drafts to joined rows: rows of one record put together, the rows of its lists put under it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeAlias

from engine.model.facts import Level, Problem, problem_at
from engine.model.record_type import RecordType
from engine.model.schema import Schema
from engine.model.values import Unknown
from facts.joining.rows import (
    Clash,
    Joined,
    KeyParts,
    RecordRows,
    alone,
    content,
    identity,
    key_of,
    key_text,
    merged,
    own_key,
    records_among,
    repeated,
    stand_in,
)
from facts.joining.twins import doubted, twins
from facts.joining.unkeyed import Unkeyed, kind_of, said_of
from facts.ledgers.draft import Draft
from facts.writing.meanings import agree
from facts.writing.text import fold


@dataclass(frozen=True, slots=True)
class Joining:
    """The records to be, by type, and the types of which a row was lost on the way.

    `tops` are those that nest in none: the others stand in their lists.
    """

    records: Mapping[str, list[Joined]]
    tops: Mapping[str, list[Joined]]
    lost: frozenset[str]


def join_rows(schema: Schema, drafts: Iterable[Draft]) -> tuple[Joining, list[Problem]]:
    """Put the rows of one record together, and under their parents those that nest.

    Linear in the rows, but for rows of one key that contradict each other.
    """
    joiner = _Joiner(schema)
    by_type: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        by_type[draft.type.type].append(draft)
    whole: dict[str, list[Joined]] = {}
    for record_type in _parents_first(schema):
        own = by_type.get(record_type.type, [])
        if record_type.parent is None:
            found = joiner.top(record_type, own)
        else:
            found = joiner.nested(record_type, own, whole[record_type.parent])
        # twins of one key come in the order of their content already, and sorting keeps it
        whole[record_type.type] = sorted(found, key=lambda joined: joined.name)
    tops = {name: found for name, found in whole.items() if schema.types[name].parent is None}
    return Joining(whole, tops, frozenset(joiner.lost)), joiner.problems


def _parents_first(schema: Schema) -> list[RecordType]:
    def depth(record_type: RecordType) -> int:
        return 0 if record_type.parent is None else 1 + depth(schema.types[record_type.parent])

    made = (t for t in schema.types.values() if t.generated is None)
    return sorted(made, key=depth)


_Placed: TypeAlias = tuple[Joined, str, Draft]
"""A row of a nested list: the record and the list that it belongs to, and the row."""


@dataclass(slots=True)
class _Joiner:
    """What joining finds wrong on the way, and what is lost by it."""

    schema: Schema
    lost: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def _problem(self, draft: Draft, expected: str, found: str = "", **more: object) -> None:
        self.problems.append(
            problem_at(draft.source, expected, found, record_type=draft.type.type, **more)  # type: ignore[arg-type]
        )

    # --- records that nest in none --------------------------------------------------------

    def top(self, record_type: RecordType, drafts: list[Draft]) -> list[Joined]:
        """The records to be of a type that nests in none."""
        by_key: dict[KeyParts, list[Draft]] = {}
        loose: list[RecordRows] = []
        unkeyed: dict[Unkeyed, list[Draft]] = {}
        for draft in drafts:
            key = own_key(draft)
            if key is not None:
                by_key.setdefault(key, []).append(draft)
            elif not record_type.key:
                loose.append(alone(draft))
            elif not draft.ordinal:
                unkeyed.setdefault(kind_of(draft), []).append(draft)
        found = []
        for key, rows in by_key.items():
            same = self._of_key(rows, key)
            found += [Joined(record_type, key_text(one), one, len(same) == 1) for one in same]
        for rows in _blocks(drafts):
            same = self._of_key(rows, ())
            found += [Joined(record_type, rows[0].ordinal, one, len(same) == 1) for one in same]
        referred = self.schema.referred_to(record_type)
        if referred:
            self._say_ordinals(drafts)
        self.problems += said_of(unkeyed, referred=referred)
        for kind, rows in unkeyed.items():
            if kind is Unkeyed.LOST:
                self._lose(rows)
            else:
                loose += map(alone, rows)
        for one in sorted(loose, key=content):
            found.append(Joined(record_type, stand_in(one), one, referable=False))
        self._doubt_twins(record_type, found)
        return found

    def _doubt_twins(self, record_type: RecordType, found: Sequence[Joined]) -> None:
        """Where one matter stands under two keys nobody knows what it says, nor how many are."""
        for one, other in twins(record_type, found):
            self.problems.append(doubted(one, other))
            self.lost.add(record_type.type)

    def _of_key(self, drafts: list[Draft], key: KeyParts) -> list[RecordRows]:
        """The records of one key: more than one only if its rows contradict each other."""
        same = records_among(drafts, key)
        if len(same) > 1:
            self._report_duplicates(same)
        for draft, first in repeated(drafts) if len(drafts) > 1 else ():
            said = f"与{first.source.place()}完全相同，只算一件"
            self._problem(draft, said, "/".join(key) or draft.ordinal, level=Level.NOTE)
        return same

    def _say_ordinals(self, drafts: list[Draft]) -> None:
        """Say once of each sheet whose rows are only numbered that they are known by nothing."""
        sheets: dict[tuple[str, str], Draft] = {}
        for draft in drafts:
            if draft.ordinal:
                sheets.setdefault((draft.source.file, draft.source.sheet), draft)
        for draft in sheets.values():
            titles = "、".join(draft.type.fields[path].title for path in draft.type.key)
            self._problem(
                draft,
                "“序号”只排这张表的行次，不当编号：各行与别的表、别的台账对不上",
                hint=f"要对得上，请加一列“{titles}”",
                level=Level.NOTE,
            )

    def _lose(self, drafts: list[Draft]) -> None:
        """Rows that say too little to be judged: what they name of lists is lost with them."""
        for draft in drafts:
            self.lost |= {draft.type.type, *(draft.type.nested[n].of for n, _ in draft.children)}
            for name, inner in draft.inner:
                self._homeless(inner, draft.type, draft.type.nested[name].of, ())

    def _report_duplicates(self, same: list[RecordRows]) -> None:
        """Each record of a shared key is a problem; its contents are held against one other's."""
        places = "、".join(rows.drafts[0].source.place() for rows in same[:5])
        places += f"等{len(same)}处" if len(same) > 5 else ""
        for rows in same:
            other = same[1] if rows is same[0] else same[0]
            fields, key = rows.drafts[0].type.fields, rows.drafts[0].type.key
            clash = next(
                (
                    f"“{fields[path].title}”等内容不同"
                    for path, state in rows.cells.items()
                    if path in other.cells
                    and path not in key
                    and not agree(other.cells[path], state)
                ),
                "内容不同",
            )
            self._problem(
                rows.drafts[0],
                f"编号重复且{clash}（{places}），各按一件核对，其他台账对它的引用不作数",
                key_text(rows) if rows.key else rows.drafts[0].ordinal,
            )

    # --- records that nest in another -------------------------------------------------------

    def nested(
        self, record_type: RecordType, drafts: list[Draft], parents: list[Joined]
    ) -> list[Joined]:
        """The records to be of a type that nests, put into the lists of their parents."""
        found: list[Joined] = []
        placed = [*_within(parents, record_type), *self._placed(record_type, drafts, parents)]
        for (parent, name), rows in _by_list(placed).items():
            cell = parent.type.nested[name].cell
            elements = parent.lists.setdefault(name, [])
            whole, torn = self._elements(rows, cell)
            if torn:
                parent.torn.add(name)
            for number, one in enumerate(sorted(whole, key=content), 1):
                key = "/" + "/".join(one.key) if one.key else f"#{number}"
                elements.append(Joined(record_type, parent.name + key, one))
            found += elements
        return found

    def _placed(
        self, record_type: RecordType, drafts: list[Draft], parents: list[Joined]
    ) -> Iterator[_Placed]:
        """The rows of a nested type's own sheet with the parents that they name."""
        if not drafts:
            return
        parent_type = self.schema.types[record_type.parent or ""]
        name = next(n for n, nested in parent_type.nested.items() if nested.of == record_type.type)
        keys: dict[KeyParts, list[Joined]] = defaultdict(list)
        labels: dict[str, list[Joined]] = defaultdict(list)
        label = parent_type.label or ""
        for parent in parents:
            keys[parent.rows.key].append(parent)
            labels[fold(str(parent.rows.cells.get(label)))].append(parent)
        for draft in drafts:
            key = key_of(draft.parent, parent_type.key)
            found = keys.get(key, []) if key else []
            called = draft.parent.get(label)
            if key is None and isinstance(called, str):
                found = labels.get(fold(called), [])
            if len(found) == 1:
                yield found[0], name, draft
            else:
                self._homeless(draft, parent_type, record_type.type, found)

    def _homeless(
        self, draft: Draft, parent_type: RecordType, name: str, found: Sequence[Joined]
    ) -> None:
        """A row of a list whose record isn't there, or may be one of several."""
        said = "、".join(
            str(state) for state in draft.parent.values() if not isinstance(state, Unknown)
        )
        why = "有几件，不知属于哪一件" if found else "没有这一件" if said else "没有写明"
        expected = f"所属的{parent_type.title}{why}，这一行没有算进去"
        self._problem(draft, expected, said, lost_row=True)
        self.lost.add(name)

    def _elements(self, drafts: list[Draft], cell: str | None) -> tuple[list[RecordRows], bool]:
        """The elements of a list, and whether rows of one of them contradict each other.

        They are joined by key, by what tells them apart, or where one is named both in a cell and
        in their own sheet.
        """
        by_identity: dict[KeyParts, list[Draft]] = {}
        loose: list[RecordRows] = []
        # what a sheet of its own says of an element comes before its bare name in a cell
        for draft in sorted(drafts, key=lambda one: cell is not None and set(one.cells) == {cell}):
            known = identity(draft)
            if known is not None:
                by_identity.setdefault(known, []).append(draft)
                continue
            listed = cell is not None and set(draft.cells) == {cell}
            if (
                (listed or draft.filled)
                and not draft.ordinal
                and any(_same_element(m, draft, cell) for m in loose)
            ):
                continue
            loose.append(alone(draft))
        torn = False
        for same in by_identity.values():
            rows, clashes = merged(same, same[0].type.key or same[0].type.distinct)
            self._say_merged(same, clashes)
            loose.append(rows)
            torn = torn or bool(clashes)
        return loose, torn

    def _say_merged(self, same: list[Draft], clashes: list[Clash]) -> None:
        """What rows of one element repeat, and where they contradict each other."""
        for path, one, other in clashes:
            fields = other.type.fields
            title, place = fields[path].title, one.sources[path].place()
            told = other.type.key or other.type.distinct
            self.problems.append(
                problem_at(
                    other.sources[path],
                    f"与{place}说的是同一项，“{title}”却不一样，两处都不作数，请核对",
                    "/".join(str(other.cells[p]) for p in told),
                    record_type=other.type.type,
                    kept=any(fields[p].kept for p in told),
                )
            )
        for draft, first in repeated(same) if len(same) > 1 else ():
            said = f"与{first.source.place()}完全相同，只算一件"
            self._problem(draft, said, level=Level.NOTE)


def _blocks(drafts: Iterable[Draft]) -> Iterator[list[Draft]]:
    """The rows that are only numbered: those of one number together, where they stand together."""

    def of(draft: Draft) -> tuple[str, str, int, str]:
        return draft.source.file, draft.source.sheet, draft.block, draft.ordinal

    for (*_, ordinal), rows in groupby(drafts, of):
        if ordinal:
            yield list(rows)


def _within(parents: list[Joined], record_type: RecordType) -> Iterator[_Placed]:
    """The rows of a nested type that stand in the rows of their parents."""
    for parent in parents:
        for draft in parent.rows.drafts:
            for name, child in (*draft.children, *draft.inner):
                if child.type is record_type:
                    yield parent, name, child


def _by_list(placed: Iterable[_Placed]) -> dict[tuple[Joined, str], list[Draft]]:
    found: dict[tuple[Joined, str], list[Draft]] = {}
    for parent, name, draft in placed:
        found.setdefault((parent, name), []).append(draft)
    return found


def _same_element(rows: RecordRows, draft: Draft, cell: str | None) -> bool:
    if draft.filled:
        return rows.cells == draft.cells
    other = rows.drafts[0].source != draft.source
    return other and cell is not None and rows.cells.get(cell) == draft.cells[cell]
