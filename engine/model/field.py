"""Fields of record types as data: what a cell of a ledger may hold, and what its words mean."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


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
    law, an article or a document that something rests on. `article`: such a ground that says
    which article. `person`: somebody of the roster, by number or name. `name`: whoever acted, a
    person or a body. `unit`: a body.
    """

    TEXT = "text"
    STATEMENT = "statement"
    PAPER = "paper"
    DOCUMENT_NUMBER = "document_number"
    IDENTIFIER = "identifier"
    GROUND = "ground"
    ARTICLE = "article"
    PERSON = "person"
    NAME = "name"
    UNIT = "unit"


class Declared(BaseModel):
    """What record files declare: no key but those named, and nothing changes it."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Path = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$")]


Says = Literal["true", "false", "present", "absent", "planned", "unknown"]
"""What a word of its own says in a field."""


class Empty(Declared):
    """What an empty cell says where another field's values leave no doubt.

    `says` is read in its place if `field`, a list of values, was read whole and has none of
    `without`: a penalty that is a warning alone has a fine of 0.
    """

    says: str
    field: Path
    without: tuple[str, ...] = Field(min_length=1)


Core = Literal["must", "applicable"]
"""Whether a column for beginners is filled in every row, or only where there is such a thing."""


class FieldType(Declared):
    """One scalar, set or object field of a record type.

    `none` says what 无 means, `blank` what an empty cell means (`unknown`, or `absent` where an
    empty cell is the normal way of saying there is none). `time` is required of dates: an
    `event` dated after the day of the check has not happened, a `term` may lie ahead.
    `progress`: it can still be supplied, so its absence or a 否 is not final before `due`.
    `planned`: the field that holds the planned day while this one is empty.
    `main`, of an object: the field that takes what stands in the object's own column when that
    is neither 有 nor 无 (under 风险评估 people write a date); 无 makes the object absent.
    `of`, of a day: the paper that bears it. Where that is said not to be there, or to be under way,
    nobody knows the day.
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
    `told_by`, of a string: where nothing is written, the unit named at that path tells it by the
    way its name ends (`endings`: what it tells, by ending) or by what stands in it (`parts`); a
    unit of another name tells that there is none. What is only said to be there, and not named,
    reads 有. Of an `article`, without either: the ground
    named at that path tells it, and one that says no article tells that there is none.
    `empty`: what an empty cell says beside the values of another field.
    `shared`: all rows of a ledger commonly have the same here (whose ledger it is, that all in
    it are normative documents), so that the office may say it once of the whole.
    `coded`: it holds codes that mean nothing to a reader.
    `core`: the column stands in the workbook for beginners, and which rows fill it.
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
    of: Path | None = None
    cedes: Mapping[str, Path] = {}
    complete: bool = False
    told_by: Path | None = None
    endings: Mapping[str, tuple[str, ...]] = {}
    parts: Mapping[str, tuple[str, ...]] = {}
    shared: bool = False
    coded: bool = False
    empty: Empty | None = None
    core: Core | None = None
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
    def _of_a_whole_ledger(self) -> Self:
        """What is said of a whole ledger sorts its rows; it is no step of a procedure."""
        if self.shared and not (self.agency or self.type in (FieldKind.BOOL, FieldKind.ENUM)):
            raise ValueError("shared 只用于 bool、enum 和 agency 字段")
        return self

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        dated = self.type in (FieldKind.DATE, FieldKind.DATETIME)
        if dated and self.time is None:
            raise ValueError("日期字段须写明 time: event（已发生的事）或 term（期限）")
        if not dated and (self.time or self.planned or self.of):
            raise ValueError("time、planned、of 只用于日期字段")
        if (self.type is FieldKind.ENUM) != bool(self.values) and self.type is not FieldKind.SET:
            raise ValueError("enum 字段须列出 values，其他字段不得列")
        telling = bool(self.endings or self.parts)
        if self.holds is not Holds.ARTICLE and telling != (self.told_by is not None):
            raise ValueError("told_by 和 endings、parts 要写都写")
        if self.told_by is not None and self.type is not FieldKind.STRING:
            raise ValueError("told_by 只用于 string 字段")
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
