"""A ruleset ready to judge: typed trees, windows of force, gates; immutable and picklable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from engine.language import tree as t
from engine.language.semantics import Interval
from engine.language.vocabulary import Vocabulary
from engine.model.errors import WrongNameError, nearest
from engine.model.outcome import Outcome, Severity, Unconfirmed
from engine.model.schema import Schema
from engine.model.values import Elements, State, Truth
from engine.model.world import Period
from engine.ruleset.files import (
    AcceptedFile,
    AdjustmentFile,
    Basis,
    Example,
    IdFile,
    IndicatorFile,
    InfeasibleFile,
    InstrumentFile,
    ParameterFile,
    ProvinceFile,
    RequirementFile,
    RequirementKind,
    SectionFile,
    SlotFile,
    TermFile,
    UnreadFile,
)
from engine.ruleset.frozen import Later
from engine.ruleset.local import LocalRules


@dataclass(frozen=True, slots=True)
class Window:
    """Days on which a text of a duty is in force, both inclusive."""

    start: dt.date
    end: dt.date


@dataclass(frozen=True, slots=True)
class Severities:
    """Cases tried in order, then the default; `lower` conditions take one step off."""

    cases: tuple[tuple[t.Expr, Severity], ...]
    default: Severity
    lower: tuple[t.Expr, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a duty: its expressions and the windows in which it is in force.

    `windows` are sorted and disjoint; `lawful` are those carried by more than expired policy
    papers: outside them the duty is advisory. `evidence` holds record types and field paths.
    `house`: no text sets the period after which `due` falls; what could still be supplied then
    is doubtful at most. `noted`: the outcome that the note is said of. `redress`: what is left to
    do once the procedure is over; empty where that is the `remedy`.
    """

    basis: tuple[Basis, ...]
    windows: tuple[Window, ...]
    lawful: tuple[Window, ...]
    applies: t.Expr
    require: t.Expr
    lenient: t.Expr | None
    due: t.Expr | None
    evidence: frozenset[tuple[str, str]]
    note: tuple[t.Expr, str] | None
    message: str
    remedy: str
    redress: str = ""
    house: bool = False
    noted: Outcome = Outcome.MET

    def expressions(self) -> tuple[t.Expr, ...]:
        """What the text asks: applies, require, and lenient and due where there are any."""
        parts = (self.applies, self.require, self.lenient, self.due)
        return tuple(part for part in parts if part is not None)

    def in_force(self, act: Interval) -> Truth:
        """Whether this text governs an act on a day within `act`."""
        return within(self.windows, act)


@dataclass(frozen=True)
class Requirement:
    """One checkable duty; `texts` holds the current text first, then earlier ones.

    `file` is without its examples, which no run reads: they are `worked`.
    """

    id: str
    domain: str
    title: str
    subject: str
    kind: RequirementKind
    severities: Severities
    act_on: t.Expr
    texts: tuple[Text, ...]
    show: tuple[tuple[str, str], ...]
    unconfirmed: Unconfirmed | None
    file: RequirementFile
    worked: Later[tuple[Example, ...]]

    @property
    def confirmed(self) -> bool:
        """Whether its basis was read in the original and says so."""
        return self.unconfirmed is None

    @property
    def examples(self) -> tuple[Example, ...]:
        """The worked examples of the file."""
        return self.worked.value

    @cached_property
    def reads(self) -> frozenset[tuple[str, str]]:
        """The record types and paths that its outcomes rest on."""
        asked = (part for text in self.texts for part in text.expressions())
        return frozenset().union(*map(t.fields_of, (self.act_on, *asked)))

    def expressions(self) -> Iterator[t.Expr]:
        """Everything that says anything of it: outcomes, severities, notes."""
        yield self.act_on
        yield from (condition for condition, _ in self.severities.cases)
        yield from self.severities.lower
        for text in self.texts:
            yield from text.expressions()
            if text.note is not None:
                yield text.note[0]


@dataclass(frozen=True, slots=True)
class Screen:
    """Records worth a look: those of which `when` is so for certain. No outcome comes of it.

    But for those of which `unless` is so for certain. `due` is the day by which something is to
    be done about one.
    """

    id: str
    subject: str
    title: str
    when: t.Expr
    hint: str
    unless: t.Expr
    due: t.Expr | None = None


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """A line to tick: `needed` and `present` are asked of the record, None where nothing is.

    Without `present` a person's answers to `requirements` tell it. `reason` says why no
    requirement asks for it.
    """

    title: str
    needed: t.Expr | None
    present: t.Expr | None
    requirements: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """A list that people tick for a record of type `subject`; no outcome comes of it."""

    id: str
    title: str
    subject: str
    source: str
    items: tuple[ChecklistItem, ...]


@dataclass(frozen=True, slots=True)
class Supposition:
    """A field that much hangs on, and the value by which to look what would be wrong.

    `said` says of a gap what it would be if. `besides` are supposed with it where they aren't
    known.
    """

    subject: str
    field: str
    value: State
    said: str
    besides: Mapping[str, State]


@dataclass(frozen=True, slots=True)
class Gate:
    """A permission that stands on the outcomes of `requirements`."""

    id: str
    title: str
    subject: str
    classification: str
    assumes: str | None
    requirements: tuple[str, ...]

    def stands_on(self) -> tuple[str, ...]:
        """Every requirement whose outcome it follows from, what settles the procedure first."""
        return tuple(dict.fromkeys((self.classification, *self.requirements)))


@dataclass(frozen=True, slots=True)
class Place:
    """A field of the subject; or of an element of its list `of`, whose type is `record`."""

    record: str
    path: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Supposal:
    """What is supposed of a field: a value, or the expression about the subject that comes to it.

    `over` are the values it takes the place of; else it is supposed where nothing is known.
    """

    place: Place
    value: State | Elements | t.Expr
    over: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a procedure, done by `by`: its days, and what is on file once it is done.

    `of` is the list that its element stands in, which `which` tells from others; else it is
    the subject's own. `goal`: the steps before lead up to its day. `always`: it is taken even
    where nothing asks for it. `facts` are supposed once it is taken, `otherwise` where not.
    `each`: it is taken for every value of a set of the subject, for the element whose field holds
    that value.
    """

    title: str
    by: str
    days: tuple[Place, ...]
    goal: bool
    always: bool
    which: tuple[Supposal, ...]
    facts: tuple[Supposal, ...]
    otherwise: tuple[Supposal, ...]
    each: tuple[Place, str] | None = None

    @property
    def of(self) -> str:
        """The list of the element that the step stands in; empty for the subject itself."""
        return self.days[0].of


@dataclass(frozen=True, slots=True)
class Procedure:
    """What the timetable of a record of type `subject` is made by.

    `requirements` are all that its days must satisfy, those of `gates` among them; `suppose`
    holds where nothing is known. `left` are fields that no step brings on purpose. `apart` are
    requirements that its gates stand on and its days aren't looked for with, each with the reason.
    """

    subject: str
    title: str
    gates: tuple[str, ...]
    requirements: tuple[str, ...]
    suppose: tuple[Supposal, ...]
    steps: tuple[Step, ...]
    left: tuple[Place, ...] = ()
    apart: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Ruleset:
    """Everything judged with: requirements by id, in the order of their ids.

    `domains` gives the folder of every id, `covered` ones included; `form` is the head of the
    form that goes with the pre-decision check. `ids`, `unread`, `infeasible`,
    `accepted`, `written` (the file of every name by its table) and `lines` (of every key by
    file) are for those who keep the ruleset. No outcome depends on any of these. `local` says
    what came from folders of an office or a province.
    """

    version: str
    sha256: str
    schema: Schema
    vocabulary: Vocabulary
    requirements: Mapping[str, Requirement]
    covered: Mapping[str, RequirementFile]
    gates: Mapping[str, Gate]
    instruments: Mapping[str, InstrumentFile]
    parameters: Mapping[str, Mapping[str, ParameterFile]]
    provinces: Mapping[str, ProvinceFile] = field(default_factory=dict)
    profiles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    domains: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[str, TermFile] = field(default_factory=dict)
    adjustments: Mapping[str, AdjustmentFile] = field(default_factory=dict)
    ids: Mapping[str, IdFile] = field(default_factory=dict)
    outline: Mapping[str, SectionFile] = field(default_factory=dict)
    outline_of: str = ""
    indicators: Mapping[str, IndicatorFile] = field(default_factory=dict)
    later_outlines: Mapping[str, Mapping[str, SectionFile]] = field(default_factory=dict)
    checked_within: int = 365
    unread: Mapping[str, UnreadFile] = field(default_factory=dict)
    form: Mapping[str, SlotFile] = field(default_factory=dict)
    screens: tuple[Screen, ...] = ()
    suppositions: tuple[Supposition, ...] = ()
    checklists: Mapping[str, Checklist] = field(default_factory=dict)
    procedures: Mapping[str, Procedure] = field(default_factory=dict)
    infeasible: Mapping[str, InfeasibleFile] = field(default_factory=dict)
    accepted: Mapping[str, AcceptedFile] = field(default_factory=dict)
    written: Mapping[tuple[str, str], str] = field(default_factory=dict)
    lines: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    local: tuple[LocalRules, ...] = ()

    @property
    def titles(self) -> dict[str, str]:
        """What each requirement is called, by its id."""
        return {name: requirement.title for name, requirement in self.requirements.items()}

    @property
    def parameter_titles(self) -> dict[str, str]:
        """What people call each local parameter, by its name."""
        return {n: p.title for table in self.parameters.values() for n, p in table.items()}

    def file_of(self, name: str, table: str = "requirements") -> str:
        """Where a requirement is written, or what a table gives a name to."""
        return self.written.get((table, name), f"rulesets/{table}")

    def line_of(self, file: str, key: str) -> int:
        """The line on which a key stands in a file of the ruleset; 0 where it has none."""
        return self.lines.get(file, {}).get(key, 0)

    def province(self, jurisdiction: str) -> str:
        """The name of the parameter file of a province, called by any of its names; "" of none.

        Raises `WrongNameError` for one that has none.
        """
        names = {name: name for name in self.parameters}
        for name, province in self.provinces.items():
            names |= dict.fromkeys((province.name, *province.synonyms), name)
        if jurisdiction and jurisdiction not in names:
            known = nearest(jurisdiction, names) or "，现有：" + "、".join(self.province_names)
            raise WrongNameError(f"没有“{jurisdiction}”的参数文件{known}")
        return names.get(jurisdiction, "")

    @property
    def province_names(self) -> list[str]:
        """What people call the provinces that have parameters."""
        return sorted(map(self.called, self.parameters))

    def called(self, name: str) -> str:
        """What people call the province of a parameter file."""
        province = self.provinces.get(name)
        return name if province is None else province.name

    def periods(self, jurisdiction: str) -> dict[str, tuple[Period, ...]]:
        """What a province sets: each parameter's known values, by the days they hold.

        Raises `WrongNameError` for a jurisdiction without a parameter file; none set is none.
        """
        name = self.province(jurisdiction)
        if not name:
            return {}
        return {
            name: tuple(
                Period(p.start or dt.date.min, p.end or dt.date.max, p.value, p.confirmed)
                for p in parameter.periods
                if p.value is not None
            )
            for name, parameter in self.parameters[name].items()
        }


def within(windows: Sequence[Window], act: Interval) -> Truth:
    """Whether every, no or some day of the closed interval `act` lies in `windows`."""
    lo, hi = act
    if any(window.start <= lo and hi <= window.end for window in windows):
        return True
    if all(hi < window.start or window.end < lo for window in windows):
        return False
    return None


def act_days(act: Interval, year: int) -> Interval:
    """The days an act may have had: where unknown, every day of the assessed year.

    A bound that lies beyond the year leaves the other side open as far as days go.
    """
    lo, hi = act
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    if lo is None:
        lo = first if hi is None or hi >= first else dt.date.min
    if hi is None:
        hi = last if lo <= last else dt.date.max
    return lo, hi
