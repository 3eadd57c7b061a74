"""Record types as data: the models of `facts/records/` and the `Schema` made of them.

Loader, template, docs, generators and SQL all derive from these; a new ledger or field is a
change in YAML, not in Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from engine.model.errors import InvalidRulesetError, nearest

OF_PARENT: Final = "parent."
"""Before a field of the record that a linked record nests in."""


class FieldKind(StrEnum):
    """What a field holds. `object` groups dotted fields, `set` is a list of strings."""

    BOOL = "bool"
    INT = "int"
    NUMBER = "number"
    STRING = "string"
    DATE = "date"
    DATETIME = "datetime"
    ENUM = "enum"
    SET = "set"
    OBJECT = "object"


class Holds(StrEnum):
    """What kind of thing a text cell names, and so which words deny it.

    `text`: whatever is written is its content. `statement`: what the office says in its own
    words (a reason, a measure, an address). `paper`: a paper, by number, title or kind.
    `document_number`: the number a document, a case or a file was given. `identifier`: what the
    office itself calls a record by. `ground`: a
    law, an article or a document that something rests on. `person`: somebody of the roster, by
    number or name. `name`: whoever acted, a person or a body. `unit`: a body.
    """

    TEXT = "text"
    STATEMENT = "statement"
    PAPER = "paper"
    DOCUMENT_NUMBER = "document_number"
    IDENTIFIER = "identifier"
    GROUND = "ground"
    PERSON = "person"
    NAME = "name"
    UNIT = "unit"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Path = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$")]


Says = Literal["true", "false", "present", "absent", "planned", "unknown"]
"""What a word of its own says in a field."""


class FieldType(_Strict):
    """One scalar, set or object field of a record type.

    `none` says what 无 means, `blank` what an empty cell means (`unknown`, or `absent` where an
    empty cell is the normal way of saying there is none). `time` is required of dates: an
    `event` dated after the day of the check has not happened, a `term` may lie ahead.
    `progress`: it can still be supplied, so its absence or a 否 is not final before `due`.
    `planned`: the field that holds the planned day while this one is empty.
    `main`, of an object: the field that takes what stands in the object's own column when that
    is neither 有 nor 无 (under 风险评估 people write a date); 无 makes the object absent.
    `dated`: the event with whose day this content comes about: before that day it is not there.
    `complete`: a set whose cell lists all there is. `values`: the enumeration, each value with
    the other ways it is written. `agency`: names are compared by the aliases of `fazhi.yaml`.
    `holds`, of a string: the kind of thing it names; what is spelt differently but is one thing is
    one value. `within`: an office of the agency at that path is the agency itself.
    `words`: words that are no ordinary answer, each with what it says in this very field:
    `true` or `false` of a bool; `present`, `absent`, `planned` or `unknown` of any field.
    `whose`, of an enum: names of the office's own body that may stand before a value (政府 in
    政府第3次常务会议); any other body's leaves the cell unread.
    `cedes`: headers of this field that mean another field, named, where another column of this
    field stands beside them.
    `unit`: the unit of a number (元, 学时, 人); `note` and `article` go into the template.
    For a bool 无 means false unless `none` says otherwise.
    """

    type: FieldKind
    title: str
    synonyms: tuple[str, ...] = ()
    holds: Holds | None = None
    values: Mapping[str, tuple[str, ...]] = {}
    words: Mapping[str, Says] = {}
    whose: tuple[str, ...] = ()
    none: Literal["absent", "false", "unknown"] = "absent"
    blank: Literal["unknown", "absent", "false"] = "unknown"
    time: Literal["event", "term"] | None = None
    progress: bool = False
    planned: Path | None = None
    main: Path | None = None
    dated: Path | None = None
    cedes: Mapping[str, Path] = {}
    complete: bool = False
    personal: bool = False
    internal: bool = False
    agency: bool = False
    within: Path | None = None
    unit: str = ""
    note: str = ""
    article: str = ""
    example: str = ""

    @property
    def kept(self) -> bool:
        """Whether its content stays in the office unless someone asks for it."""
        return self.personal or self.internal

    @model_validator(mode="before")
    @classmethod
    def _none_of_a_bool(cls, data: object) -> object:
        if isinstance(data, Mapping) and data.get("type") == "bool" and "none" not in data:
            return {**data, "none": "false"}
        return data

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        dated = self.type in (FieldKind.DATE, FieldKind.DATETIME)
        if dated and self.time is None:
            raise ValueError("日期字段须写明 time: event（已发生的事）或 term（期限）")
        if not dated and (self.time or self.planned):
            raise ValueError("time、planned 只用于日期字段")
        if (self.type is FieldKind.ENUM) != bool(self.values) and self.type is not FieldKind.SET:
            raise ValueError("enum 字段须列出 values，其他字段不得列")
        if self.main is not None and self.type is not FieldKind.OBJECT:
            raise ValueError("main 只用于 object 字段")
        if self.complete and self.type is not FieldKind.SET:
            raise ValueError("complete 只用于 set 字段")
        if self.whose and self.type is not FieldKind.ENUM:
            raise ValueError("whose 只用于 enum 字段")
        if self.holds is not None and self.type is not FieldKind.STRING:
            raise ValueError("holds 只用于 string 字段")
        if self.agency and self.holds not in (None, Holds.UNIT):
            raise ValueError("agency 字段写的是单位：holds: unit")
        truths = {said for said in self.words.values() if said in ("true", "false")}
        if truths and self.type is not FieldKind.BOOL:
            raise ValueError("words 里的 true、false 只用于 bool 字段")
        if "present" in self.words.values() and self.type is not FieldKind.STRING:
            raise ValueError("words 里的 present 只用于 string 字段")
        if self.blank == "false" and self.type is not FieldKind.BOOL:
            raise ValueError("blank: false 只用于 bool 字段")
        return self


class Nested(_Strict):
    """A list of nested records of type `of`: their sheet names its parent's key in one column.

    `progress`: elements can still be added before `due`. `cell`: the list may instead stand in
    one cell of the parent's row, under `title` or a synonym, parted by 、 or ；: each part becomes
    an element with this field filled. `count`: the parent's field that says how many elements
    there are: the list is closed when as many were read; where the count is 0 or absent and no
    element was read, it is empty and closed. `any`: the parent's yes/no field that says whether
    there are any; 否 closes an empty list. `tally`, as `{mine: theirs}`: the parent's number of
    elements for which their yes/no field holds; where the two can't agree, neither is known.
    `shown_by`: fields of the parent with the values that show there is an element, all of them
    together: against an empty list that is a contradiction, and the list isn't closed.
    """

    of: Name
    title: str
    synonyms: tuple[str, ...] = ()
    progress: bool = False
    cell: Path | None = None
    count: Path | None = None
    any: Path | None = None
    tally: Mapping[Path, Path] = {}
    shown_by: Mapping[Path, tuple[str, ...]] = {}


class Link(_Strict):
    """A list of records of type `to` whose fields equal this record's: `{theirs: mine}`.

    `parent` as mine stands for the parent's key, `parent.x` as theirs for field x of the record
    that theirs nests in. A miss is a miss only where the target ledger
    is closed. `progress`: the ledger can still grow before `due`, however complete it is today.
    `without`, as `{theirs: value}`: records of whose enumeration the value is this are not meant.
    `shown_by`: fields of this record with the values that show there is such a record, and
    `count`: a number of them; against a ledger that is empty that is a contradiction.
    """

    to: Name
    title: str
    progress: bool = False
    on: Mapping[Path, Path]
    without: Mapping[Path, str] = {}
    count: Path | None = None
    shown_by: Mapping[Path, tuple[str, ...]] = {}


class Roster(_Strict):
    """A ledger of persons: its key is their number; `name` and `unit` are fields of it."""

    name: Path
    unit: Path


class Generated(_Strict):
    """Records made by fazhi rather than read: one for each value of `each`, over every year.

    `each` names a record type: one subject per record of it and assessed year. Fields `year`,
    `start` and `end` are the year and its first and last day; any other field is copied from
    the field of `each` with the same path.
    """

    each: Name | None = None


class Order(_Strict):
    """An event that can't precede another: where it does, neither day can be relied on.

    `first` and `then` are date fields of this record, of its parent (`parent.x`), or of the
    records of one of its lists (`list.x`: each of them against this record). `same_day` says
    whether both may fall on one day. `why` is the reason, in words for a clerk.
    """

    first: Path
    then: Path
    same_day: Literal["allowed", "doubtful"] = "allowed"
    why: str = Field(min_length=1)


class Unordered(_Strict):
    """Two events whose days are not doubted in any order, and why.

    Either the law sets no order between them; or the wrong order is a breach rather than a slip,
    and a requirement judges it.
    """

    fields: tuple[Path, Path]
    why: str = Field(min_length=1)


class Contradiction(_Strict):
    """Facts of one record that can't all be so: where `when` holds, none can be relied on.

    `when` is an expression in the language of requirements about this record; `fields` are the
    facts in doubt, of this record, its parent (`parent.x`) or a list (`list.x`).
    """

    when: str
    fields: tuple[Path, ...] = Field(min_length=1)
    why: str = Field(min_length=1)


class RecordType(_Strict):
    """One record type: its ledger's names, its key, fields, nested lists and links.

    Without a key every row is a record of its own, joined with none and linked to by none.
    `order`, `unordered` and `contradictions` say what can't be so. `happens` is the event by
    which the record comes about: before that day it is in no list and says nothing.
    """

    type: Name
    title: str
    sheets: tuple[str, ...] = ()
    key: tuple[Path, ...] = ()
    parent: Name | None = None
    label: Path | None = None
    generated: Generated | None = None
    fields: Mapping[Path, FieldType] = {}
    nested: Mapping[Name, Nested] = {}
    links: Mapping[Name, Link] = {}
    order: tuple[Order, ...] = ()
    unordered: tuple[Unordered, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    happens: Path | None = None
    roster: Roster | None = None
    note: str = ""

    @model_validator(mode="after")
    def _dated(self) -> Self:
        """What dates a record or a field is an event of the same record."""
        asked = {path: spec.dated for path, spec in self.fields.items() if spec.dated is not None}
        if self.happens is not None:
            asked["happens"] = self.happens
        for path, day in asked.items():
            held = self.fields.get(day)
            if held is None or held.time != "event":
                raise ValueError(
                    f"“{path}”须指向一个 event 日期字段，不是“{day}”" + nearest(day, self.fields)
                )
        return self

    @model_validator(mode="after")
    def _names(self) -> Self:
        """What is said of names speaks of fields that are there."""
        for path, spec in self.fields.items():
            whole = self.fields.get(spec.within or "")
            if spec.within is not None and (whole is None or not (whole.agency and spec.agency)):
                raise ValueError(
                    f"“{path}”的 within 须从 agency 字段到 agency 字段，不是“{spec.within}”"
                    + nearest(spec.within, self.fields)
                )
        for path in () if self.roster is None else (self.roster.name, self.roster.unit):
            if path not in self.fields or len(self.key) != 1:
                raise ValueError(
                    f"roster 须在单个键的类型里指向已声明的字段，不是“{path}”"
                    + nearest(path, self.fields)
                )
        return self

    @model_validator(mode="after")
    def _shown(self) -> Self:
        """What shows that a list has an element is a field of the same record."""
        lists: dict[str, Nested | Link] = {**self.nested, **self.links}
        for name, listed in lists.items():
            for path in (*listed.shown_by, *((listed.count,) if listed.count else ())):
                if path not in self.fields:
                    raise ValueError(
                        f"“{name}”的 shown_by、count 须指向本记录的字段，不是“{path}”"
                        + nearest(path, self.fields)
                    )
        return self

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for path, spec in self.fields.items():
            head, _, _ = path.rpartition(".")
            if head and (head not in self.fields or self.fields[head].type is not FieldKind.OBJECT):
                raise ValueError(f"字段“{path}”的上级“{head}”须先声明为 object")
            if spec.planned is not None and spec.planned not in self.fields:
                raise ValueError(
                    f"“{path}”的 planned 指向未知字段“{spec.planned}”"
                    + nearest(spec.planned, self.fields)
                )
            if spec.main is not None and not spec.main.startswith(f"{path}."):
                raise ValueError(f"“{path}”的 main 须是它下面的字段，不是“{spec.main}”")
            if spec.main is not None and spec.main not in self.fields:
                raise ValueError(
                    f"“{path}”的 main 指向未知字段“{spec.main}”" + nearest(spec.main, self.fields)
                )
        for name, nested in self.nested.items():
            counted = self.fields.get(nested.count or "")
            if nested.count is not None and (counted is None or counted.type is not FieldKind.INT):
                raise ValueError(
                    f"“{name}”的 count 须是 int 字段，不是“{nested.count}”"
                    + nearest(nested.count, self.fields)
                )
            asked = self.fields.get(nested.any or "")
            if nested.any is not None and (asked is None or asked.type is not FieldKind.BOOL):
                raise ValueError(
                    f"“{name}”的 any 须是 bool 字段，不是“{nested.any}”"
                    + nearest(nested.any, self.fields)
                )
            for mine in nested.tally:
                if mine not in self.fields or self.fields[mine].type is not FieldKind.INT:
                    raise ValueError(
                        f"“{name}”的 tally 须从 int 字段到 bool 字段，不是“{mine}”"
                        + nearest(mine, self.fields)
                    )
        for path in self.key:
            if path not in self.fields:
                raise ValueError(f"键字段“{path}”未声明" + nearest(path, self.fields))
        clash = set(self.fields) & (set(self.nested) | set(self.links))
        clash |= set(self.nested) & set(self.links)
        if clash:
            raise ValueError("同名的字段与清单：" + "、".join(sorted(clash)))
        return self

    def list_target(self, name: str) -> str | None:
        """The record type of the elements of list `name`; None for a set or an unknown name."""
        if name in self.nested:
            return self.nested[name].of
        return self.links[name].to if name in self.links else None

    def in_progress(self, name: str) -> bool:
        """Whether what a field or list lacks can still be supplied before `due`."""
        held = self.nested.get(name) or self.links.get(name) or self.fields.get(name)
        return held is not None and held.progress

    def names(self) -> list[str]:
        """Every name an expression may select on a record of this type."""
        return [*self.fields, *self.nested, *self.links]


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
