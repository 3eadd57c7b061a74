"""All record types together: the `Schema`, in which every name leads somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from engine.model.errors import InvalidRulesetError, nearest
from engine.model.field import FieldKind
from engine.model.record_type import OF_PARENT, RecordType


class Schema:
    """All record types of a run, checked against each other.

    `files` says where each is written, and by `type.name` what was added to one elsewhere.
    """

    def __init__(self, types: Iterable[RecordType], files: Mapping[str, str] | None = None) -> None:
        self.files: dict[str, str] = dict(files or {})
        self.types: dict[str, RecordType] = {}
        for record_type in types:
            if record_type.type in self.types:
                raise InvalidRulesetError("记录类型重名", key=record_type.type)
            self.types[record_type.type] = record_type
        for record_type in self.types.values():
            self._check(record_type)

    def _check(self, record_type: RecordType) -> None:
        where = record_type.type
        if record_type.parent is not None:
            self.get(record_type.parent, where)
        for name, nested in record_type.nested.items():
            child = self.get(nested.of, f"{where}.{name}")
            if child.parent != where:
                raise InvalidRulesetError(
                    f"“{nested.of}”须写明 parent: {where}", key=f"{where}.{name}"
                )
            if nested.cell is not None and nested.cell not in child.fields:
                raise InvalidRulesetError(
                    f"“{nested.of}”没有字段“{nested.cell}”" + nearest(nested.cell, child.fields),
                    key=f"{where}.{name}",
                )
            for theirs in nested.tally.values():
                if theirs not in child.fields or child.fields[theirs].type is not FieldKind.BOOL:
                    raise InvalidRulesetError(
                        f"“{nested.of}”没有 bool 字段“{theirs}”" + nearest(theirs, child.fields),
                        key=f"{where}.{name}",
                    )
        generated = record_type.generated
        if generated is not None:
            copied = self.get(generated.each, where).fields if generated.each else {}
            for path in record_type.fields:
                if path not in {"year", "start", "end"} and path not in copied:
                    raise InvalidRulesetError(
                        f"生成的记录没有“{path}”的来源" + nearest(path, copied),
                        key=f"{where}.{path}",
                    )
        self._check_links(record_type)
        self._check_order(record_type)

    def _check_order(self, record_type: RecordType) -> None:
        """Refuse an order, or a contradiction, of fields that aren't there or aren't dates."""
        name = record_type.type
        for number, order in enumerate(record_type.order, 1):
            self._dates(record_type, (order.first, order.then), f"{name} order 第{number}条")
        for number, declined in enumerate(record_type.unordered, 1):
            self._dates(record_type, declined.fields, f"{name} unordered 第{number}条")
        for number, clash in enumerate(record_type.contradictions, 1):
            for path in clash.fields:
                self.holder(record_type, path, f"{name} contradictions 第{number}条")

    def _dates(self, record_type: RecordType, paths: tuple[str, ...], where: str) -> None:
        for path in paths:
            holder, name = self.holder(record_type, path, where)
            if holder.fields[name].time is None:
                raise InvalidRulesetError(f"“{path}”不是日期字段", key=where)

    def holder(self, record_type: RecordType, path: str, where: str = "") -> tuple[RecordType, str]:
        """The type that holds the field `path` of a record, and the field's name there.

        Before the field stand the steps that lead to it: `parent.`, or a list.
        """
        head, _, rest = path.partition(".")
        of = record_type.parent if f"{head}." == OF_PARENT else record_type.list_target(head)
        if path not in record_type.fields and rest and of is not None:
            return self.holder(self.get(of, where), rest, where)
        if path not in record_type.fields:
            raise InvalidRulesetError(
                f"“{record_type.type}”没有字段“{path}”" + nearest(path, record_type.fields),
                key=where,
            )
        return record_type, path

    def _check_links(self, record_type: RecordType) -> None:
        where = record_type.type
        for name, link in record_type.links.items():
            target = self.get(link.to, f"{where}.{name}")
            for path, value in link.without.items():
                if path not in target.fields or value not in target.fields[path].values:
                    raise InvalidRulesetError(
                        f"“{link.to}”没有取值为“{value}”的字段“{path}”", key=f"{where}.{name}"
                    )
            for theirs, mine in link.on.items():
                holder, path = target, theirs
                if theirs.startswith(OF_PARENT) and target.parent is not None:
                    holder = self.get(target.parent, link.to)
                    path = theirs.removeprefix(OF_PARENT)
                if path not in holder.fields:
                    raise InvalidRulesetError(
                        f"“{holder.type}”没有字段“{path}”" + nearest(path, holder.fields),
                        key=f"{where}.{name}",
                    )
                if mine not in record_type.fields:
                    raise InvalidRulesetError(
                        f"“{where}”没有字段“{mine}”" + nearest(mine, record_type.fields),
                        key=f"{where}.{name}",
                    )

    def get(self, name: str, where: str = "") -> RecordType:
        """The record type called `name`; an error names the nearest one."""
        try:
            return self.types[name]
        except KeyError:
            raise InvalidRulesetError(
                f"未知的记录类型“{name}”" + nearest(name, self.types), key=where
            ) from None

    def ledger(self, name: str) -> RecordType | None:
        """The type whose ledger holds a record, as a row or nested in one, or it is made from.

        None where it is made from no ledger.
        """
        record_type = self.get(name)
        while record_type.parent is not None or record_type.generated is not None:
            made = record_type.generated
            above = record_type.parent if made is None else made.each
            if above is None:
                return None
            record_type = self.get(above)
        return record_type

    def file_of(self, name: str, field: str = "") -> str:
        """The file that declares the record type called `name`, or adds a field to it."""
        return self.files.get(f"{name}.{field}") or self.files.get(name, f"{name}.yaml")

    def referred_to(self, record_type: RecordType) -> bool:
        """Whether other records are found by the key of this type: nested ones, or links."""
        key = set(record_type.key)
        return any(
            other.parent == record_type.type
            or any(link.to == record_type.type and key & set(link.on) for link in links)
            for other in self.types.values()
            for links in (other.links.values(),)
        )

    @cached_property
    def generated(self) -> tuple[RecordType, ...]:
        """The record types whose records fazhi makes."""
        return tuple(t for t in self.types.values() if t.generated is not None)
