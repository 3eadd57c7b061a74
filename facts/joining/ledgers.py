"""Which ledgers are complete: what makes the lists that rest on them closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from engine.model.facts import ANY_LEDGER, Level, Problem, problem_at
from engine.model.record_type import Link, Nested, RecordType
from engine.model.schema import Schema
from engine.model.values import Source
from facts.joining.joined import Joining
from facts.joining.rows import Joined
from facts.writing.meanings import CellState


@dataclass(frozen=True, slots=True)
class Ledgers:
    """The ledgers that are complete, those of which a sheet was read, and those declared so."""

    complete: frozenset[str]
    read: frozenset[str]
    declared: frozenset[str] = frozenset()

    def closed(self, name: str) -> bool:
        """Whether there can be no further record of this type."""
        return name in self.complete


def complete_ledgers(  # noqa: PLR0913 - what a declaration is held against
    schema: Schema,
    declared: frozenset[str],
    where: Source,
    *,
    joining: Joining,
    lost: frozenset[str],
    read: frozenset[str],
) -> tuple[Ledgers, list[Problem]]:
    """The ledgers that are complete: declared so, read whole, and contradicted by nothing.

    `where` is where they are declared. One of which no sheet was read is not known to be empty;
    one that is empty while another record shows that it can't be is contradicted.
    """
    problems = []
    void = [t.title for name, t in schema.types.items() if name in declared - read]
    if void:
        problems.append(
            problem_at(
                where,
                "声明录全了，文件夹里却没有读到这种台账，声明不作数，其中有没有都是不明",
                "、".join(void),
                hint="真没有的，放一张只有表头的空表；放漏了的，把文件放进来",
                level=Level.NOTE,
            )
        )
    complete = declared & read - lost if ANY_LEDGER not in lost else frozenset[str]()
    for name in sorted(complete):
        if not joining.records[name]:
            proofs = list(_proofs(schema, name, joining.records))
            if proofs:
                complete -= {name, *(nested.of for nested in schema.types[name].nested.values())}
                problems.append(_contradicted(schema.types[name], proofs))
    return Ledgers(complete, read, declared & read), problems


def _contradicted(empty: RecordType, proofs: list[tuple[Joined, str]]) -> Problem:
    """An empty ledger and the first record that shows that it can't be."""
    joined, said = proofs[0]
    others = f"（这样的共{len(proofs)}处）" if len(proofs) > 1 else ""
    return problem_at(
        joined.rows.drafts[0].source,
        f"{said}，声明录全的“{empty.title}”却一行也没有，对不上，录全的声明不作数{others}",
        joined.name,
        record_type=joined.type.type,
    )


def _proofs(
    schema: Schema, empty: str, records: Mapping[str, list[Joined]]
) -> Iterator[tuple[Joined, str]]:
    """The records that show that a type has records, each with what it says."""
    for record_type in schema.types.values():
        lists: list[Nested | Link] = [n for n in record_type.nested.values() if n.of == empty]
        lists += [link for link in record_type.links.values() if link.to == empty]
        for joined in records.get(record_type.type, ()) if lists else ():
            for listed in lists:
                said = shown(record_type, listed, joined.rows.cells)
                if said:
                    yield joined, said


def shown(record_type: RecordType, listed: Nested | Link, cells: Mapping[str, CellState]) -> str:
    """What a record says by which there is an element of its list; empty if it says nothing."""
    proofs = [
        f"“{record_type.fields[path].title}”写“{cells[path]}”"
        for path, values in listed.shown_by.items()
        if str(cells.get(path)) in values or (not values and isinstance(cells.get(path), str))
    ]
    if len(proofs) < len(listed.shown_by):
        return ""
    if listed.count is not None:
        count = cells.get(listed.count)
        if isinstance(count, int | Decimal) and count > 0:
            proofs.append(f"“{record_type.fields[listed.count].title}”写{count}")
        elif isinstance(listed, Link):
            return ""
    if isinstance(listed, Nested) and listed.any is not None and cells.get(listed.any) is True:
        proofs.append(f"“{record_type.fields[listed.any].title}”为“是”")
    return "、".join(proofs)
