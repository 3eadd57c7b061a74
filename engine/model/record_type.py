"""Record types as data: the models of `facts/records/`.

Loader, template, docs, generators and SQL all derive from these; a new ledger or field is a
change in YAML, not in Python.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, Self

from pydantic import Field, model_validator

from engine.model.errors import nearest
from engine.model.field import Declared, FieldKind, FieldType, Holds, Name, Path

OF_PARENT: Final = "parent."
"""Before a field of the record that a linked record nests in."""


class Nested(Declared):
    """A list of nested records of type `of`: their sheet names its parent's key in one column.

    `progress`: elements can still be added before `due`. `cell`: the list may instead stand in
    one cell of the parent's row, under `title` or a synonym, parted by 、 or ；: each part becomes
    an element with this field filled. `count`: the parent's field that says how many elements
    there are: the list is closed when as many were read; where the count is 0 or absent and no
    element was read, it is empty and closed. `any`: the parent's yes/no field that says whether
    there are any; 否 closes an empty list. `tally`, as `{mine: theirs}`: the parent's number of
    elements for which their yes/no field holds; where the two can't agree, neither is known.
    `shown_by`: fields of the parent with the values that show there is an element, all of them
    together (any text, where none is named): against an empty list that is a contradiction, and
    the list isn't closed.
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


class Link(Declared):
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


class Roster(Declared):
    """A ledger of persons: its key is their number; `name` and `unit` are fields of it."""

    name: Path
    unit: Path


class Generated(Declared):
    """Records made by fazhi rather than read: one for each value of `each`, over every year.

    `each` names a record type: one subject per record of it and assessed year. Fields `year`,
    `start` and `end` are the year and its first and last day; any other field is copied from
    the field of `each` with the same path.
    """

    each: Name | None = None


class Order(Declared):
    """An event that can't precede another: where it does, neither day can be relied on.

    `first` and `then` are date fields of this record, of its parent (`parent.x`), or of the
    records of one of its lists (`list.x`: each of them against this record). `same_day` says
    whether both may fall on one day. `why` is the reason, in words for a clerk. `duty` is the
    requirement about this record that asks for this very order: broken, it is a gap there.
    """

    first: Path
    then: Path
    same_day: Literal["allowed", "doubtful"] = "allowed"
    why: str = Field(min_length=1)
    duty: str | None = None


class Unordered(Declared):
    """Two events whose days are not doubted in any order, and why.

    Either the law sets no order between them; or the wrong order is a breach rather than a slip,
    and a requirement judges it.
    """

    fields: tuple[Path, Path]
    why: str = Field(min_length=1)


class Contradiction(Declared):
    """Facts of one record that can't all be so: where `when` holds, none can be relied on.

    `when` is an expression in the language of requirements about this record; `fields` are the
    facts in doubt, of this record, its parent (`parent.x`) or a list (`list.x`). `duty` is the
    requirement about this record that this very state is a breach of: a gap there.
    """

    when: str
    fields: tuple[Path, ...] = Field(min_length=1)
    why: str = Field(min_length=1)
    duty: str | None = None


class Term(Declared):
    """Two days in one cell under one of the headers `column`, 2022-05-10至2027-05-09.

    A length of time, 五年, counts from the day it says, else from `start`.
    """

    column: tuple[str, ...] = Field(min_length=1)
    first: Path
    last: Path
    start: Path


class Same(Declared):
    """By what two records with different keys are one matter, until somebody says otherwise.

    `names` say the same, the fields in `alike` aren't known to differ, and of `days` some are
    known of both and none of these lies more than `within` natural days apart. `counted`: by what
    a record is counted and added up; of the later of two nobody knows it.
    """

    names: tuple[Path, ...] = Field(min_length=1)
    alike: tuple[Path, ...] = ()
    days: tuple[Path, ...] = Field(min_length=1)
    within: int = Field(ge=0)
    counted: tuple[Path, ...] = ()


class RecordType(Declared):
    """One record type: its ledger's names, its key, fields, nested lists and links.

    Without a key every row is a record of its own, joined with none and linked to by none.
    `order`, `unordered` and `contradictions` say what can't be so. `happens` is the event by
    which the record comes about: before that day it is in no list and says nothing.
    `distinct`, of a nested type without a key: no two elements of one list have the same there.
    `standing`: its rows stay over the years, so their days don't say which year a folder is of.
    `latest`: of several rows of one key that with the latest day there is meant.
    `owner`: the field that names the unit whose matter a record is; nested records are their
    parent's.
    `terms`: two of its days that offices write into one cell.
    `same`: by what two rows are one matter that stands in the ledger under two keys.
    `concluded`: the days by which its procedure is over, in their order: after them what should
    have come before can't be done in time any more, and only what the law leaves then is advised.
    """

    type: Name
    title: str
    sheets: tuple[str, ...] = ()
    key: tuple[Path, ...] = ()
    parent: Name | None = None
    label: Path | None = None
    owner: Path | None = None
    latest: Path | None = None
    generated: Generated | None = None
    fields: Mapping[Path, FieldType] = {}
    nested: Mapping[Name, Nested] = {}
    links: Mapping[Name, Link] = {}
    order: tuple[Order, ...] = ()
    unordered: tuple[Unordered, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    happens: Path | None = None
    distinct: tuple[Path, ...] = ()
    standing: bool = False
    roster: Roster | None = None
    terms: tuple[Term, ...] = ()
    concluded: tuple[Path, ...] = ()
    same: Same | None = None
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
    def _newest(self) -> Self:
        """What tells the latest of several rows is a day of a record that has a key."""
        held = self.fields.get(self.latest or "")
        if self.latest is not None and (
            held is None or held.type is not FieldKind.DATE or not self.key
        ):
            raise ValueError(
                f"latest 须指向有键的记录的一个日期字段，不是“{self.latest}”"
                + nearest(self.latest, self.fields)
            )
        return self

    @model_validator(mode="after")
    def _whose(self) -> Self:
        """Whose matter a record is, is the name of a unit."""
        held = self.fields.get(self.owner or "")
        if self.owner is not None and (held is None or not held.agency):
            raise ValueError(
                f"owner 须指向本记录的一个 agency 字段，不是“{self.owner}”"
                + nearest(self.owner, self.fields)
            )
        return self

    @model_validator(mode="after")
    def _lasting(self) -> Self:
        """The two ends of a term, and the day it counts from, are days of the same record."""
        for path in (p for term in self.terms for p in (term.first, term.last, term.start)):
            held = self.fields.get(path)
            if held is None or held.type is not FieldKind.DATE:
                raise ValueError(
                    f"terms 须指向本记录的 date 字段，不是“{path}”" + nearest(path, self.fields)
                )
        return self

    @model_validator(mode="after")
    def _one_matter(self) -> Self:
        """What two rows of one matter have in common are fields of the record."""
        if self.same is None:
            return self
        for path in (*self.same.names, *self.same.alike, *self.same.counted):
            if path not in self.fields:
                raise ValueError(
                    f"same 须指向本记录的字段，不是“{path}”" + nearest(path, self.fields)
                )
        for path in self.same.days:
            if path not in self.fields or self.fields[path].type is not FieldKind.DATE:
                raise ValueError(
                    f"same 的 days 须指向本记录的 date 字段，不是“{path}”"
                    + nearest(path, self.fields)
                )
        return self

    @model_validator(mode="after")
    def _over(self) -> Self:
        """What ends a procedure is a day of the same record."""
        for path in self.concluded:
            held = self.fields.get(path)
            if held is None or held.type is not FieldKind.DATE:
                raise ValueError(
                    f"concluded 须指向本记录的 date 字段，不是“{path}”" + nearest(path, self.fields)
                )
        return self

    @model_validator(mode="after")
    def _borne(self) -> Self:
        """What bears a day is a paper of the same record."""
        for path, spec in self.fields.items():
            paper = self.fields.get(spec.of or "")
            if spec.of is not None and (paper is None or paper.holds is not Holds.PAPER):
                raise ValueError(
                    f"“{path}”的 of 须指向一个 holds: paper 的字段，不是“{spec.of}”"
                    + nearest(spec.of, self.fields)
                )
        return self

    @model_validator(mode="after")
    def _empty(self) -> Self:
        """What an empty cell says is told by a list of values of the same record."""
        for path, spec in self.fields.items():
            other = self.fields.get(spec.empty.field) if spec.empty is not None else None
            if spec.empty is not None and (other is None or other.type is not FieldKind.SET):
                raise ValueError(
                    f"“{path}”的 empty 须指向一个 set 字段，不是“{spec.empty.field}”"
                    + nearest(spec.empty.field, self.fields)
                )
        return self

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        """What tells the elements of a list apart stands in for the key that they don't have."""
        if self.distinct and (self.key or self.parent is None):
            raise ValueError("distinct 只用于没有键的嵌套类型")
        return self

    @model_validator(mode="after")
    def _names(self) -> Self:
        """What is said of names speaks of fields that are there."""
        for path, spec in self.fields.items():
            whole = self.fields.get(spec.within or "")
            if spec.within is not None and (whole is None or not whole.agency):
                raise ValueError(
                    f"“{path}”的 within 须指向本记录的 agency 字段，不是“{spec.within}”"
                    + nearest(spec.within, self.fields)
                )
            if spec.told_by is not None and spec.told_by not in self.fields:
                raise ValueError(
                    f"“{path}”的 told_by 须指向本记录的字段，不是“{spec.told_by}”"
                    + nearest(spec.told_by, self.fields)
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
        for path in (*self.key, *self.distinct):
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
