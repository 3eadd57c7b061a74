"""Drafts to records: rows of one matter joined by key, nested records put under their parents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

from engine.model.facts import Level
from engine.model.schema import RecordType, Schema
from engine.model.values import Record, Unknown
from facts.joining.assembly import Assembly
from facts.joining.joined import (
    KeyParts,
    Matter,
    agree,
    alone,
    content,
    key_of,
    key_text,
    matters_of,
    own_key,
    repeated,
    stand_in,
)
from facts.joining.states import Blanks, objects_of, settle_objects, settle_planned
from facts.ledgers.drafts import Draft
from facts.writing.text import fold


def assemble(assembly: Assembly, drafts: Mapping[str, list[Draft]]) -> None:
    """Make the records of every type, parents before the records nested in them."""
    inline: dict[str, list[tuple[Record, str, Draft]]] = defaultdict(list)
    for record_type in _parents_first(assembly.schema):
        name = record_type.type
        own = drafts.get(name, [])
        assembly.records[name] = []
        if record_type.parent is None:
            _top(assembly, record_type, own, inline)
        else:
            placed = [*inline.pop(name, []), *_placed(assembly, record_type, own)]
            _nested(assembly, record_type, placed, inline)
        assembly.records[name].sort(key=_order)


def _parents_first(schema: Schema) -> list[RecordType]:
    def depth(record_type: RecordType) -> int:
        return 0 if record_type.parent is None else 1 + depth(schema.types[record_type.parent])

    made = (t for t in schema.types.values() if t.generated is None)
    return sorted(made, key=depth)


def _top(
    assembly: Assembly,
    record_type: RecordType,
    drafts: list[Draft],
    inline: dict[str, list[tuple[Record, str, Draft]]],
) -> None:
    by_key: dict[KeyParts, list[Draft]] = {}
    loose: list[Matter] = []
    for draft in drafts:
        key = own_key(draft)
        if key is not None:
            by_key.setdefault(key, []).append(draft)
            continue
        matter = _keyless(assembly, draft) if record_type.key else alone(draft)
        if matter is not None:
            loose.append(matter)
    maker = _Maker(assembly, record_type, inline)
    index = assembly.keys[record_type.type] = {}
    for key, rows in by_key.items():
        same = _joined(assembly, rows, key)
        index[key] = [maker.make(matter, key_text(matter)) for matter in same]
        if len(same) > 1:
            assembly.duplicates.update(id(record) for record in index[key])
    for matter in sorted(loose, key=content):
        record = maker.make(matter, stand_in(matter))
        assembly.duplicates.add(id(record))


def _joined(assembly: Assembly, drafts: list[Draft], key: KeyParts) -> list[Matter]:
    """The matters of one key: more than one only if its rows contradict each other."""
    same = matters_of(drafts, key)
    if len(same) > 1:
        _report_duplicates(assembly, same)
    for draft, first in repeated(drafts) if len(drafts) > 1 else ():
        assembly.problem(
            draft,
            f"与{first.source.place()}完全相同，只算一件",
            "/".join(key),
            level=Level.NOTE,
        )
    return same


def _keyless(assembly: Assembly, draft: Draft) -> Matter | None:
    """A row without its key: kept if it says enough to be judged, else a lost row."""
    titles = "、".join(draft.type.fields[path].title for path in draft.type.key)
    unreadable = any(path in draft.cells for path in draft.type.key)
    if len(draft.cells) < 2:
        path, only = next(iter(draft.sources.items()), ("", None))
        spec = draft.type.fields.get(path)
        assembly.problem(
            draft,
            f"缺少“{titles}”，不能当作记录",
            only.text if only is not None else "",
            hint="属于上一行事项的，请填同一编号或合并单元格" if draft.children else "",
            lost_row=True,
            kept=spec is not None and spec.kept,
        )
        assembly.lost.add(draft.type.type)
        for name, _ in draft.children:
            assembly.lost.add(draft.type.nested[name].of)
        return None
    assembly.problem(
        draft,
        f"“{titles}”认不出，这一行仍按一件核对，但与其他台账对不上" if unreadable
        else f"缺少“{titles}”，这一行仍按一件核对，但与其他台账对不上",
    )  # fmt: skip
    return alone(draft)


def _report_duplicates(assembly: Assembly, same: list[Matter]) -> None:
    """Each record of a shared key is a problem; its contents are held against one other's."""
    places = "、".join(matter.drafts[0].source.place() for matter in same[:5])
    places += f"等{len(same)}处" if len(same) > 5 else ""
    for matter in same:
        other = same[1] if matter is same[0] else same[0]
        clash = next(
            (
                f"“{matter.drafts[0].type.fields[path].title}”等内容不同"
                for path, state in matter.cells.items()
                if path in other.cells
                and path not in matter.drafts[0].type.key
                and not agree(other.cells[path], state)
            ),
            "内容不同",
        )
        assembly.problem(
            matter.drafts[0],
            f"编号重复且{clash}（{places}），各按一件核对，其他台账对它的引用不作数",
            key_text(matter),
        )


def _placed(
    assembly: Assembly, record_type: RecordType, drafts: list[Draft]
) -> list[tuple[Record, str, Draft]]:
    """The rows of a nested type's own sheet with the parents that they name."""
    parent_type = assembly.schema.types[record_type.parent or ""]
    name = next(
        (n for n, nested in parent_type.nested.items() if nested.of == record_type.type), ""
    )
    index = assembly.keys.get(parent_type.type, {})
    labels: dict[str, list[Record]] = defaultdict(list)
    if parent_type.label is not None:
        for record in assembly.records[parent_type.type]:
            labels[fold(str(record.values.get(parent_type.label)))].append(record)
    placed = []
    for draft in drafts:
        if draft.inside is not None:
            found = (
                [assembly.of_draft[id(draft.inside)]]
                if id(draft.inside) in assembly.of_draft
                else []
            )
        else:
            key = key_of(draft.parent, parent_type.key)
            found = index.get(key, []) if key else []
            label = draft.parent.get(parent_type.label or "")
            if key is None and isinstance(label, str):
                found = labels.get(fold(label), [])
        if len(found) == 1:
            placed.append((found[0], name, draft))
            continue
        said = "、".join(
            str(state) for state in draft.parent.values() if not isinstance(state, Unknown)
        )
        why = "有几件，不知属于哪一件" if found else "没有这一件" if said else "没有写明"
        assembly.problem(
            draft, f"所属的{parent_type.title}{why}，这一行没有算进去", said, lost_row=True
        )
        assembly.lost.add(record_type.type)
    return placed


def _nested(
    assembly: Assembly,
    record_type: RecordType,
    placed: list[tuple[Record, str, Draft]],
    inline: dict[str, list[tuple[Record, str, Draft]]],
) -> None:
    by_parent: dict[tuple[int, str], tuple[Record, list[Draft]]] = {}
    for parent, name, draft in placed:
        by_parent.setdefault((id(parent), name), (parent, []))[1].append(draft)
    maker = _Maker(assembly, record_type, inline)
    index = assembly.keys.setdefault(record_type.type, {})
    for (_, name), (parent, drafts) in by_parent.items():
        nested = assembly.schema.types[parent.type].nested[name]
        matters = _elements(assembly, drafts, nested.cell)
        items = assembly.children.setdefault(id(parent), {}).setdefault(name, [])
        for number, matter in enumerate(sorted(matters, key=content), 1):
            key = "/".join(matter.key) if matter.key else f"#{number}"
            record = maker.make(
                matter, f"{parent.key}/{key}" if matter.key else f"{parent.key}{key}"
            )
            record.parent = parent
            items.append(record)
            if matter.key:
                index.setdefault(matter.key, []).append(record)


def _elements(assembly: Assembly, drafts: list[Draft], cell: str | None) -> list[Matter]:
    """The elements of one list: joined by key, or named both in a cell and in their own sheet."""
    by_key: dict[KeyParts, list[Draft]] = {}
    loose: list[Matter] = []
    # what a sheet of its own says of an element comes before its bare name in a cell
    for draft in sorted(drafts, key=lambda item: cell is not None and set(item.cells) == {cell}):
        key = own_key(draft) if draft.type.key else None
        if key is not None:
            by_key.setdefault(key, []).append(draft)
            continue
        listed = cell is not None and set(draft.cells) == {cell}
        if (listed or draft.filled) and any(_same_element(m, draft, cell) for m in loose):
            continue
        loose.append(alone(draft))
    keyed = [matter for key, rows in by_key.items() for matter in _joined(assembly, rows, key)]
    return [*keyed, *loose]


def _same_element(matter: Matter, draft: Draft, cell: str | None) -> bool:
    if draft.filled:
        return matter.cells == draft.cells
    other = matter.drafts[0].source != draft.source
    return other and cell is not None and matter.cells.get(cell) == draft.cells[cell]


class _Maker:
    """Makes the records of one type."""

    def __init__(
        self,
        assembly: Assembly,
        record_type: RecordType,
        inline: dict[str, list[tuple[Record, str, Draft]]],
    ) -> None:
        self._assembly, self._type, self._inline = assembly, record_type, inline
        self._blanks = Blanks(record_type)
        self._objects = objects_of(record_type)
        self._planned = any(spec.planned for spec in record_type.fields.values())

    def make(self, matter: Matter, key: str) -> Record:
        """The record of a matter; its inline children go on to their own type."""
        drafts = matter.drafts
        columns = drafts[0].columns
        sources = drafts[0].sources
        if len(drafts) > 1:
            columns = columns.union(*(draft.columns for draft in drafts))
            sources = {p: s for draft in reversed(drafts) for p, s in draft.sources.items()}
        values = self._blanks.of(columns)
        values.update(matter.cells)
        record = Record(self._type.type, key, values, sources, drafts[0].source)
        if self._objects:
            settle_objects(self._type, self._objects, values, matter.cells, self._report(matter))
        if self._planned:
            settle_planned(self._type, values)
        self._assembly.records[self._type.type].append(record)
        self._assembly.matters[id(record)] = matter
        for draft in drafts:
            self._assembly.of_draft[id(draft)] = record
            for name, child in draft.children:
                self._inline[self._type.nested[name].of].append((record, name, child))
        return record

    def _report(self, matter: Matter) -> Callable[[str], None]:
        def report(path: str) -> None:
            title = self._type.fields[path].title
            self._assembly.problem(matter.drafts[0], f"“{title}”填“无”，但它下面又有内容，请核对")

        return report


def _order(record: Record) -> str:
    # Twins of one key come in the order of their content already, and sorting keeps it.
    return record.key
