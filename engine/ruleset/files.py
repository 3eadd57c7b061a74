"""Requirement files as they are written: one pydantic model per kind of YAML file.

Unknown keys, wrong types and missing parts are refused here; names and expressions are resolved
in `engine.ruleset.load`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from engine.model.outcome import Outcome, Severity, Unconfirmed


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)


Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Text = Annotated[str, Field(min_length=1)]


def _one_line(text: str) -> str:
    """Chinese prose as one line: the line breaks of the file mean nothing."""
    return "".join(line.strip() for line in text.splitlines())


Prose = Annotated[str, Field(min_length=1), AfterValidator(_one_line)]


class RequirementKind(StrEnum):
    """How a duty is settled: by its expression, by a person, or by other requirements."""

    CHECKED = "checked"
    MANUAL = "manual"
    COVERED = "covered"


class Basis(_Strict):
    """An article that supports a duty; `carries: false` supports without carrying it alone.

    `from` and `until` default to the instrument's own days in force, both inclusive.
    """

    instrument: str
    article: Text
    carries: bool = True
    start: dt.date | None = Field(None, alias="from")
    end: dt.date | None = Field(None, alias="until")


class Note(_Strict):
    """Said of an outcome while `when` is true: of 符合要求, or of what `beside` puts aside.

    `beside`: said of 不涉及 instead, where a ground on record is why the duty isn't judged.
    """

    when: Text
    text: Text
    beside: bool = False


class SeverityCase(_Strict):
    """A severity that holds where `when` is true; the last case has no `when`."""

    when: Text | None = None
    level: Severity


class Usual(_Strict):
    """What every example of a file has in common, unless it gives a field itself or lacks it."""

    as_of: dt.date | None = None
    year: int | None = None
    given: Mapping[str, Any] = {}
    parent: Mapping[str, Any] | None = None
    place: Mapping[str, Any] = {}
    params: Mapping[str, int | Decimal | None] = {}


class Example(_Strict):
    """A record and the outcome worked out for it from the article, filled in as in `filled`.

    `given` holds fields by dotted path: a value; `null` for absent; `{unknown: cause}`;
    `{between: [lo, hi]}`; lists of nested or linked records (closed) or `{open: [...]}`.
    A field left out has no column. `parent` and `place` are given likewise. `like` is the name
    of an earlier example that this one differs from in little, `without` what it lacks of what
    it took over, `line` where it stands in its file.
    """

    name: Text | None = None
    like: Text | None = None
    outcome: Outcome
    as_of: dt.date
    given: Mapping[str, Any] = {}
    without: tuple[str, ...] = ()
    parent: Mapping[str, Any] | None = None
    place: Mapping[str, Any] = {}
    params: Mapping[str, int | Decimal | None] = {}
    year: int | None = None
    severity: Severity | None = None
    note: bool | None = None
    why: Annotated[str, AfterValidator(_one_line)] = ""
    line: int = 0


class VersionFile(_Strict):
    """An earlier text of a duty that changed; what it leaves out is as in the current text.

    `lenient`, `evidence` and `note` are not taken over where `require` differs.
    """

    basis: Annotated[tuple[Basis, ...], Field(min_length=1)]
    applies: Text | None = None
    require: Text | None = None
    lenient: Text | None = None
    due: Text | None = None
    evidence: tuple[Text, ...] = ()
    note: Note | None = None
    message: Prose | None = None
    remedy: Prose | None = None
    redress: Prose | None = None


class RequirementFile(_Strict):
    """`rulesets/<domain>/<id>.yaml`: one duty with everything about it.

    `show` names fields of the subject or its parents that a finding shows besides those it read.
    `due_basis: house`: no text sets the period, it is this product's own. `redress`: what the law
    leaves to do once the procedure is over (`concluded` of the record type), where that is not
    the `remedy`.
    """

    id: Id
    title: Text
    kind: RequirementKind = RequirementKind.CHECKED
    subject: Name
    basis: Annotated[tuple[Basis, ...], Field(min_length=1)]
    severity: Severity | Annotated[tuple[SeverityCase, ...], Field(min_length=2)]
    outline: tuple[str, ...] = ()
    act_on: Text | None = None
    applies: Text = "true"
    require: Text | None = None
    lenient: Text | None = None
    due: Text | None = None
    due_basis: Literal["law", "house"] = "law"
    evidence: tuple[Text, ...] = ()
    show: tuple[Text, ...] = ()
    note: Note | None = None
    message: Prose | None = None
    remedy: Prose | None = None
    redress: Prose | None = None
    supplier: str = ""
    rationale: Prose
    confirmed: Literal[True] | Unconfirmed = True
    covered_by: tuple[Id, ...] = ()
    versions: tuple[VersionFile, ...] = ()
    usual: Usual | None = None
    examples: tuple[Example, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        checked = self.kind is RequirementKind.CHECKED
        covered = self.kind is RequirementKind.COVERED
        if checked != (self.require is not None):
            raise ValueError("require 只能且必须写在 kind: checked 的要求里")
        if covered != bool(self.covered_by):
            raise ValueError("covered_by 只能且必须写在 kind: covered 的要求里")
        if not covered and (self.act_on is None or self.message is None or self.remedy is None):
            raise ValueError("缺少 act_on、message 或 remedy")
        if self.due_basis == "house" and self.due is None:
            raise ValueError("due_basis: house 说的是 due 的期限，没有 due 不能写")
        if not isinstance(self.severity, str):
            *cases, last = self.severity
            if last.when is not None or any(case.when is None for case in cases):
                raise ValueError("severity 逐条写 when，仅最后一条不写（即其余情形）")
        return self


class InstrumentFile(_Strict):
    """A law or paper: its name, number and days in force.

    `policy` papers that have expired carry a duty as advisory only. `read` says how much of the
    original was read, `checked` the day on which its text and standing were last looked up.
    `replaces` names the instruments whose place it took, on its first day.
    """

    name: Text
    number: str = ""
    issuer: str = ""
    start: dt.date | None = Field(None, alias="from")
    end: dt.date | None = Field(None, alias="until")
    policy: bool = False
    read: Literal["full", "excerpt", "secondary", "none"]
    checked: dt.date | None = None
    replaces: tuple[str, ...] = ()
    note: str = ""


class TermFile(_Strict):
    """A definition many requirements use."""

    subject: Name
    title: Text
    expr: Text
    basis: tuple[Basis, ...] = ()
    note: str = ""


class ScreenFile(_Strict):
    """What is worth a look in records, whatever else is known of them: no outcome comes of it.

    `unless`: not where this is so for certain. `due`: the day by which to do what the hint says.
    """

    subject: Name
    title: Text
    when: Text
    hint: Text
    unless: Text | None = None
    due: Text | None = None


class ChecklistItemFile(_Strict):
    """A line of a check-list: whether it is needed and there, and which requirements ask for it.

    Without `present` it is told by what a person answers to its requirements; `reason` says why
    no requirement asks for it.
    """

    item: Text
    needed: Text | None = None
    present: Text | None = None
    requirements: tuple[Text, ...] = ()
    reason: str = ""


class ChecklistFile(_Strict):
    """A list that people tick by hand, for records of type `subject`; `source` says whose."""

    title: Text
    subject: Name
    source: Text
    items: tuple[ChecklistItemFile, ...]


class SuppositionFile(_Strict):
    """A field that much hangs on: what would be wrong if it were `value` is told.

    Null supposes that there is none. `besides` are supposed with it where they aren't known.
    """

    subject: Name
    field: Text
    value: bool | None
    said: Text
    besides: dict[Text, bool | None] = Field(default_factory=dict)


class PeriodFile(_Strict):
    """A parameter's value while in force; `value: null` says that it is not yet known."""

    value: int | Decimal | None
    start: dt.date | None = Field(None, alias="from")
    end: dt.date | None = Field(None, alias="until")
    confirmed: bool = False
    source: str = ""


class ProvinceFile(_Strict):
    """What the province of a parameter file is called; each of its names may be written."""

    name: Text
    synonyms: tuple[Text, ...] = ()


class ParameterFile(_Strict):
    """What a province or city sets."""

    title: Text
    unit: str = ""
    periods: tuple[PeriodFile, ...] = ()


class AdjustmentFile(_Strict):
    """Severity one step lower for all requirements on `subject` while `when` is true."""

    subject: Name
    when: Text
    basis: tuple[Basis, ...]
    title: Text


class GateFile(_Strict):
    """A permission that stands on requirements of one subject and its nested records.

    `assumes` is the date field taken as happened on the day asked about (a user asks about the
    day of the first gate that assumes one); `classification` is
    the requirement that settles whether the procedure applies at all.
    """

    title: Text
    subject: Name
    classification: Id
    assumes: str | None = None
    requirements: Annotated[tuple[Id, ...], Field(min_length=1)]


class AsFile(_Strict):
    """A value that is what an expression about the subject comes to."""

    expr: Text = Field(alias="as")


class OverFile(_Strict):
    """A value that also takes the place of those that say that it isn't done yet."""

    value: Text = Field(alias="is")
    over: Annotated[tuple[Text, ...], Field(min_length=1)]


Given: TypeAlias = bool | int | str | tuple[str, ...] | AsFile | OverFile | None
"""A value that is supposed: of a list its items, without one that there is none."""


class StepFile(_Strict):
    """A step of a procedure: its days in their order, and what is on file once it is done.

    Fields are those of the subject, or as `list.field` of an element of one of its lists, which
    `which` tells from the others. `facts` are supposed once the step is taken, `otherwise` where
    it is not. `goal`: others lead up to its day; `always`: it is taken, whatever asks for it.
    `each`, as `{list.field: set}`: it is taken once for every value of a set of the subject, of the
    element whose field holds that value.
    """

    title: Text
    by: Text
    days: Annotated[tuple[Text, ...], Field(min_length=1)]
    goal: bool = False
    always: bool = False
    which: dict[Text, Given] = {}
    each: Annotated[dict[Text, Text], Field(max_length=1)] = {}
    facts: dict[Text, Given] = {}
    otherwise: dict[Text, Given] = {}


class ProcedureFile(_Strict):
    """The steps of a procedure in their order, and what its days must satisfy.

    `gates` and `requirements` set the days; `suppose` says what is taken to be so where the
    ledger doesn't say. `left`: fields that they ask for and no step brings, with the reason; where
    one is missing, the timetable says so and names no day. `apart`: what a gate stands on and the
    timetable doesn't look at, with the reason.
    """

    title: Text
    gates: tuple[Id, ...] = ()
    requirements: tuple[Id, ...] = ()
    suppose: dict[Text, Given] = {}
    left: dict[Text, Text] = {}
    apart: dict[Id, Text] = {}
    steps: Annotated[tuple[StepFile, ...], Field(min_length=1)]


class GateAdditionFile(_Strict):
    """What a local folder makes a gate of ours stand on besides."""

    requirements: Annotated[tuple[Id, ...], Field(min_length=1)]

    @model_validator(mode="before")
    @classmethod
    def _nothing_else(cls, data: object) -> object:
        for key in data if isinstance(data, Mapping) else ():
            if key != "requirements":
                raise ValueError(f"本地规则只能给闸门加依据（requirements），不能改“{key}”")
        return data


class RulesetFile(_Strict):
    """`ruleset.yaml`: the version of the whole.

    `outline` is the instrument whose sections `outline.yaml` has. `checked_within`: natural days
    after which an instrument has to be looked up again.
    """

    version: Text
    title: Text
    outline: str = ""
    checked_within: Annotated[int, Field(gt=0)] = 365


class ProfileFile(_Strict):
    """What a kind of check stands on: requirements, and all those that gates stand on."""

    title: Text
    requirements: tuple[Id, ...] = ()
    gates: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not (self.requirements or self.gates):
            raise ValueError("requirements 和 gates 至少写一样")
        return self


class IdFile(_Strict):
    """An id that was ever given: its duty's title now, `was` earlier ones, why `withdrawn`.

    An id is never taken out and never given to another duty.
    """

    title: Text
    was: tuple[Text, ...] = ()
    withdrawn: str = ""


class SectionFile(_Strict):
    """A section of an outline; `reason` says why no record can settle it.

    `requirements`, of an outline after the first: those that stand under the section.
    """

    title: Text
    chapter: str = ""
    reason: str = ""
    requirements: tuple[Id, ...] = ()


class IndicatorFile(_Strict):
    """An indicator, or several, by which places are compared; without a title it was not read.

    `requirements` judge what it asks; `reason` says why none does.
    """

    title: str = ""
    requirements: tuple[Id, ...] = ()
    reason: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if bool(self.title) != bool(self.requirements or self.reason):
            raise ValueError("读过的写 title，和 requirements 或者 reason；没读的都不写")
        return self


class SlotFile(_Strict):
    """A line at the head of the form that goes with the pre-decision check.

    Without `field` it is left blank for a person. `instead` is shown where `field` isn't known.
    """

    field: Text | None = None
    instead: Text | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields to look in, in this order."""
        return tuple(path for path in (self.field, self.instead) if path is not None)


class UnreadFile(_Strict):
    """Why a ledger asks for a field that no requirement reads."""

    reason: Text


class InfeasibleFile(_Strict):
    """What no record can show: proved by z3, noted for machines without it.

    `never` names places of conditions and truths they never have, or that they never decide;
    `same` names mutants that no record tells from the original; `stamp` is the digest of the
    expressions it was proved of.
    """

    stamp: Text
    never: Mapping[str, tuple[Literal["true", "false", "unknown", "decides"], ...]] = {}
    same: tuple[Text, ...] = ()


class AcceptedFile(_Strict):
    """Why an objection of `rules verify` is no fault."""

    reason: Text
