"""The assessment: all that one run found, as explain, diff and every renderer read it.

Plain dataclasses; their one outside form is the JSON of `engine.model.assessment_json`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from operator import not_
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import Field

from engine.model.checklist import ChecklistEntry
from engine.model.comparison import Change, Comparison
from engine.model.deadline import DeadlineEntry
from engine.model.earlier import YearEntry
from engine.model.errors import WrongNameError, nearest
from engine.model.gate import GateEntry
from engine.model.outcome import Outcome, Severity, Unconfirmed
from engine.model.report import ReportEntry
from engine.model.shown import FactEntry
from engine.model.timetable import TimetableEntry
from engine.model.values import Source

SCHEMA: Final = "fazhi-assessment/1"
PREDECISION: Final = "predecision"
"""The profile of an assessment that is about the gates of one decision."""

CORE: Final = "入门"
"""The profile of what the workbook for beginners can carry."""

WAIVER: Final = "waiver"
"""The requirement that every row of the waiver ledger is judged by, and their record type."""

ProblemLevel: TypeAlias = Literal["error", "note"]


@dataclass(frozen=True, slots=True)
class ProblemEntry:
    """Something in an input that was not read as it stands. `error`: content was lost."""

    place: str
    text: str
    level: ProblemLevel


Doubtful: TypeAlias = Literal["contradiction", "presumed"]
"""Why facts are in doubt: they can't all be so, or nobody said which columns they stand in."""


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """What an assessment was made from besides its inputs and its ruleset, to make it again.

    `program` is the version, `program_sha256` of its code and libraries; `parameters` and
    `calendar` are digests of what was reckoned with. The rest is what was asked for: a `year` or
    a `jurisdiction` in place of the folder's, a `decision` by its key with the day of its
    `meeting`, and what stays in the office shown (`unmask`).
    """

    program: str
    program_sha256: str
    parameters: str = ""
    calendar: str = ""
    year: int | None = None
    jurisdiction: str | None = None
    decision: str | None = None
    meeting: dt.date | None = None
    unmask: bool = False


@dataclass(frozen=True, slots=True)
class InputEntry:
    """One input file: what was read from it, and every problem met.

    `folder` is where its folder lies, as seen from where the assessment was written.
    """

    path: str
    sha256: str
    kind: str
    records: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    problems: tuple[ProblemEntry, ...] = ()
    folder: Annotated[str, Field(exclude_if=not_)] = ""


@dataclass(frozen=True, slots=True)
class BasisEntry:
    """An article in support of a requirement."""

    instrument: str
    name: str
    article: str
    carries: bool


@dataclass(frozen=True, slots=True)
class EarlierText:
    """What a text of a duty that has changed since rested on, and asked to be done."""

    basis: tuple[BasisEntry, ...]
    remedy: str
    redress: Annotated[str, Field(exclude_if=not_)] = ""


@dataclass(frozen=True, slots=True)
class RequirementEntry:
    """What a reader needs of a requirement, its expressions in words included.

    `redress` is what is left to do once the procedure is over, where that is not the `remedy`.
    `ledger` is the type of record whose ledger its subject stands in or is made from, with its
    title; both are empty where that is none.
    """

    title: str
    domain: str
    kind: str
    subject: str
    subject_title: str
    severity: Severity
    confirmed: bool
    basis: tuple[BasisEntry, ...]
    outline: tuple[str, ...]
    applies: str
    require: str
    message: str
    remedy: str
    supplier: str
    rationale: str
    ledger: str = ""
    ledger_title: str = ""
    unconfirmed: Unconfirmed | None = None
    earlier: tuple[EarlierText, ...] = ()
    redress: Annotated[str, Field(exclude_if=not_)] = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One condition of the trace in words; `depth` indents it under the one it belongs to.

    `source` says where its facts stand, each by its title. `computed`: the text says what a
    number that is worked out from them (a count of days, a sum) comes to; JSON leaves out that
    it does not.
    """

    depth: int
    truth: bool | None
    text: str
    source: tuple[str, ...] = ()
    computed: Annotated[bool, Field(exclude_if=not_)] = False


@dataclass(frozen=True, slots=True)
class WaiverEntry:
    """What a person has decided about one finding; `start` and `until` are its first and last day.

    `key` names its row's own outcome under the requirement `WAIVER`. It changes no outcome.
    """

    key: str
    reason: str
    basis: str
    approver: str
    start: dt.date
    until: dt.date
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class RectificationEntry:
    """What the office wrote into the 整改台账 about a finding, as it wrote it."""

    responsible: str
    measure: str
    deadline: str
    pages: str
    closed: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class RectifiedEntry:
    """A row of the 整改台账 whose finding is none now: what it was, and its outcome now.

    `outcome` is None where this run judged no such thing.
    """

    fingerprint: str
    requirement: str
    subject: str
    problem: str
    outcome: Outcome | None
    row: RectificationEntry


@dataclass(slots=True)
class OutcomeEntry:
    """The verdict on one requirement for one subject.

    A `waiver` stands beside a finding, which stays what it is. `due` is the last day still in
    time; `answers` holds each engine's word where they differ. `curable` says of a finding
    whether more paper can still cure it, None where nothing says so; `over`, that the procedure it
    belongs to is over: nothing can be done in time any more; `doubtful`, that it is as it is
    because it rests on facts in doubt. `undated` are the facts that the day waits for by which it
    has to be done, where it isn't yet. `evidence`, `trace` and
    `nearest` are given of findings, and of all where every outcome is explained; `missing` of
    all that is not decided. `nearest` says how far days and counts are from their limits where
    that can still be met: what is to be kept to, all of it; of what is met, how much is left.
    `change` compares with last time. `owner` is the unit whose matter the subject is. `text`
    counts the earlier text that governs, 0 being the current one. Not frozen, since freezing
    doubles the time that a hundred thousand of them take.
    """

    requirement: str
    subject_type: str
    subject_key: str
    subject_label: str
    outcome: Outcome
    severity: Severity
    finding: bool
    message: str = ""
    due: dt.date | None = None
    note: str = ""
    waiver: WaiverEntry | None = None
    fingerprint: str = ""
    missing: tuple[FactEntry, ...] = ()
    evidence: tuple[FactEntry, ...] = ()
    trace: tuple[Step, ...] = ()
    text: int = 0
    answers: Mapping[str, Outcome] = field(default_factory=dict)
    change: Change | None = None
    owner: str = ""
    nearest: tuple[str, ...] = ()
    curable: bool | None = None
    over: Annotated[bool, Field(exclude_if=not_)] = False
    doubtful: Annotated[Doubtful | None, Field(exclude_if=not_)] = None
    undated: Annotated[tuple[FactEntry, ...], Field(exclude_if=not_)] = ()
    rectification: RectificationEntry | None = None


@dataclass(frozen=True, slots=True)
class SupposedEntry:
    """A gap that there would be, were a fact so that isn't known; `said` says which.

    It is no outcome and is counted nowhere.
    """

    said: str
    requirement: str
    subject_type: str
    subject_key: str
    subject_label: str
    owner: str
    severity: Severity
    message: str


@dataclass(frozen=True, slots=True)
class EngineEntry:
    """One engine's part in the run: how many outcomes it judged, all or a sample."""

    name: str
    judged: int
    sample: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class LocalRulesEntry:
    """Rules of an office or a province that were judged with besides, from one folder."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class RulesetEntry:
    """The ruleset judged with, and the provinces whose parameters it has."""

    version: str
    sha256: str
    jurisdictions: tuple[str, ...]
    local: tuple[LocalRulesEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """A section of the outline; `reason` says why no requirement stands for it."""

    title: str
    chapter: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PeriodEntry:
    """The outline whose period was over on the day of the check, with no other known after it.

    `lowered` are the requirements judged that nothing but expired policy papers carries by then.
    """

    name: str
    until: dt.date
    lowered: tuple[str, ...]


class Staleness(StrEnum):
    """Why a text can't be relied on as it is cited: the gravest first."""

    REPLACED = "replaced"
    UNREAD = "unread"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class StaleEntry:
    """A text that can't be relied on as it is cited, with the requirements that it carries.

    `requirements` are those whose current text it carries; `earlier` says by a requirement which
    of its earlier texts, as `OutcomeEntry.text` counts them.
    """

    name: str
    why: tuple[Staleness, ...]
    requirements: tuple[str, ...]
    earlier: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def carries(self, entry: OutcomeEntry) -> bool:
        """Whether an outcome rests on this text."""
        if not entry.text:
            return entry.requirement in self.requirements
        return entry.text in self.earlier.get(entry.requirement, ())


@dataclass(frozen=True, slots=True)
class FormEntry:
    """A line at the head of the form for one record; without a fact it is for a person to fill."""

    title: str
    fact: FactEntry | None


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts: outcomes, findings by severity, subjects by type, outcomes by outline section."""

    outcomes: Mapping[Outcome, int]
    findings: Mapping[Severity, int]
    subjects: Mapping[str, int]
    outline: Mapping[str, Mapping[Outcome, int]]
    problems: int
    disagreements: int
    waived: int = 0


@dataclass(frozen=True, slots=True)
class Assessment:
    """All of one run.

    `units` names the units that requirements speak of by their part, such as 承办单位: those of
    the place and, where the run is about one record, those that it names. `earlier` are the
    years before, as checks of theirs counted them, the oldest first. `types` are what the record
    types are called.
    """

    schema: str
    as_of: dt.date
    year: int
    place: str
    jurisdiction: str
    profile: str
    ruleset: RulesetEntry
    engines: tuple[EngineEntry, ...]
    inputs: tuple[InputEntry, ...]
    requirements: Mapping[str, RequirementEntry]
    outcomes: tuple[OutcomeEntry, ...]
    gates: tuple[GateEntry, ...]
    summary: Summary
    outline: Mapping[str, SectionEntry] = field(default_factory=dict)
    form: tuple[FormEntry, ...] = ()
    rectified: tuple[RectifiedEntry, ...] = ()
    reports: tuple[ReportEntry, ...] = ()
    since: Comparison | None = None
    period: PeriodEntry | None = None
    stale: tuple[StaleEntry, ...] = ()
    deadlines: tuple[DeadlineEntry, ...] = ()
    supposed: tuple[SupposedEntry, ...] = ()
    checklists: tuple[ChecklistEntry, ...] = ()
    timetables: tuple[TimetableEntry, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    earlier: tuple[YearEntry, ...] = ()
    types: Mapping[str, str] = field(default_factory=dict)
    made_from: MadeFrom | None = None

    @property
    def findings(self) -> tuple[OutcomeEntry, ...]:
        """The outcomes the reader must act on, waived ones too, in the order of the outcomes."""
        return tuple(entry for entry in self.outcomes if entry.finding)

    @property
    def undated(self) -> tuple[OutcomeEntry, ...]:
        """What has still to be done by a day that isn't known, in the order of the outcomes."""
        return tuple(entry for entry in self.outcomes if entry.undated)


def find_outcomes(assessment: Assessment, requirement: str, key: str) -> list[OutcomeEntry]:
    """The outcomes of one requirement, named by its number or title, for the records called `key`.

    Raises `WrongNameError` with the nearest name.
    """
    titles = {entry.title: name for name, entry in assessment.requirements.items()}
    requirement = titles.get(requirement, requirement)
    if requirement not in assessment.requirements:
        hint = nearest(requirement, [*assessment.requirements, *titles])
        raise WrongNameError(f"这份结果里没有要求“{requirement}”{hint}")
    entries = [entry for entry in assessment.outcomes if entry.requirement == requirement]
    found = [entry for entry in entries if entry.subject_key == key]
    if not found:
        keys = [entry.subject_key for entry in entries]
        hint = nearest(key, keys) or f"，有：{'、'.join(keys[:10])}"
        raise WrongNameError(f"要求“{requirement}”没有核对过“{key}”{hint}")
    return found
