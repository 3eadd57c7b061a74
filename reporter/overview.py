"""What a reader sees first, and how the rest is ordered: the same for every format.

总览：先看什么，其余怎样排，各种格式一样。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Final

from engine.model.assessment import (
    PREDECISION,
    Assessment,
    InputEntry,
    OutcomeEntry,
    ProblemEntry,
    SectionEntry,
    Staleness,
    SupposedEntry,
)
from engine.model.facts import InputKind
from engine.model.gate import GateEntry, GateStep
from engine.model.outcome import GATE_STATE_TITLES, SEVERITY_TITLES, GateState, Outcome
from engine.model.values import CAUSE_TITLES, Cause
from reporter.gates import BRIEFLY, lies_ahead, states_counted
from reporter.roots import Root, roots
from reporter.titles import LEVELS, WAIVED, by_severity, counts, is_without_subject, subject, why
from reporter.visible import visible

GRAVEST: Final = 10
"""Roots named on the first page."""

COLUMNS_HINT: Final = (
    "“台账没有这一列”的，在表里加上这一列就行：只记例外的列（如紧急情况说明、复评结论），空着就是没有；"
    "别的列，没有的写“无”。各列空着是什么意思，见 fazhi template 写出的空白台账里的批注"
)

STALE_TITLES: Final[Mapping[Staleness, str]] = {
    Staleness.REPLACED: "已被取代",
    Staleness.UNREAD: "没有读到原文",
    Staleness.OVERDUE: "过了核对期",
}
_LOWERED: Final = 5
"""Lowered requirements that the head names."""

_WORST_FIRST: Final = (
    Outcome.FAILED,
    Outcome.GAP,
    Outcome.BORDERLINE,
    Outcome.NOT_EVIDENCED,
    Outcome.UNKNOWN,
    Outcome.PENDING,
    Outcome.MET,
    Outcome.NOT_APPLICABLE,
)


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one record, the gravest first."""

    title: str
    entries: tuple[OutcomeEntry, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A missing fact, why it is missing, and what it would help to settle."""

    title: str
    why: str
    requirements: int
    outcomes: int


@dataclass(frozen=True, slots=True)
class Undecided:
    """A blocking requirement that cannot be judged for these records, for one and the same want."""

    requirement: str
    wanting: str
    entries: tuple[OutcomeEntry, ...]


@dataclass(frozen=True, slots=True)
class NoLedger:
    """A ledger of which nothing was read: the requirements that could not be judged for want of it.

    `blocking` are those that must be settled first, `others` the rest.
    """

    title: str
    blocking: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def said(self) -> str:
        """The ledger and what waits for it, in one line."""
        counts = [f"{len(self.blocking)}条必须先解决的没法核"] if self.blocking else []
        if self.others:
            counts.append(
                f"{'另有' if counts else ''}{len(self.others)}条{'也' if counts else ''}没法核"
            )
        return f"还没有{self.title}台账：{'，'.join(counts)}"


@dataclass(frozen=True, slots=True)
class Passing:
    """A record at its gates, in the order of the gates."""

    label: str
    gates: tuple[GateEntry, ...]


@dataclass(frozen=True, slots=True)
class Met:
    """A requirement that is met, and for which records."""

    requirement: str
    entries: tuple[OutcomeEntry, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the outline: its outcomes counted, and the worst of them.

    `worst` is None where no requirement stands for the section or none was judged.
    """

    name: str
    entry: SectionEntry
    counts: Mapping[Outcome, int]
    worst: Outcome | None


def gravity(entry: OutcomeEntry) -> tuple[bool, int, str]:
    """What is known to be wrong first, then what cannot be told; the gravest of each first."""
    return entry.outcome is Outcome.UNKNOWN, entry.severity.rank, entry.requirement


class Overview:
    """An assessment in the order in which it is read."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.requirements = assessment.requirements
        asked = {(gate.subject_type, gate.subject_key) for gate in assessment.gates}
        self.single = assessment.profile == PREDECISION and len(asked) == 1
        """Whether it is about one decision."""

    @staticmethod
    def problems(inputs: Iterable[InputEntry]) -> list[ProblemEntry]:
        """What was not read as it stands, lost content first."""
        found = [problem for item in inputs for problem in item.problems]
        return sorted(found, key=lambda problem: list(LEVELS).index(problem.level))

    @property
    def reading(self) -> str:
        """How many problems of each kind there were in reading; "" where there were none."""
        found = Counter(problem.level for problem in self.problems(self.assessment.inputs))
        return "、".join(f"{found[level]}处{LEVELS[level]}" for level in LEVELS if found[level])

    @cached_property
    def notices(self) -> tuple[str, ...]:
        """What has to be known before anything else: all that follows rests on it."""
        own = (item for item in self.assessment.inputs if item.kind == InputKind.SETTINGS)
        wrong = (problem for problem in self.problems(own) if problem.level == "error")
        said = [f"设置有误：{problem.text}" for problem in wrong]
        return (*said, *filter(None, (self._province, self._period, self._stale)))

    @property
    def _province(self) -> str:
        """That no province is named, and what that leaves unknown."""
        a = self.assessment
        known = "、".join(a.ruleset.jurisdictions)
        return (
            ""
            if a.jurisdiction
            else "没有写明省份，由省里定的期限、数额都按不明处理；在“设置.xlsx”的“省份”或"
            f" fazhi.yaml 的 jurisdiction 里写（现有：{known}）"
        )

    @property
    def _period(self) -> str:
        """That the outline's period is over, and what that lowers."""
        period = self.assessment.period
        if period is None:
            return ""
        titles = [self.requirements[name].title for name in period.lowered]
        named = "、".join(titles[:_LOWERED]) + ("等" if len(titles) > _LOWERED else "")
        lowered = f"；只靠期满文件的{len(titles)}条要求降为提示：{named}" if titles else ""
        return (
            f"《{period.name}》的规划期到{period.until}为止，这套规则还不知道有接续的文件，"
            f"以下仍按它的各节列示{lowered}"
        )

    @property
    def _stale(self) -> str:
        """How many findings rest on texts that can't be relied on as they are cited."""
        found = Counter[Staleness]()
        for entry in self.assessment.findings:
            found.update(
                {why for s in self.assessment.stale if entry.requirement in s.requirements
                 for why in s.why}
            )  # fmt: skip
        counts = [f"{STALE_TITLES[why]}的{found[why]}项" for why in Staleness if found[why]]
        listed = "、".join(counts)
        return (
            f"须处理和判断不了的，依据的文件{listed}；名单见 fazhi rules currency" if counts else ""
        )

    @property
    def kind(self) -> str:
        """Which of the two jobs it answers."""
        return "上会前核对" if self.single else "年度自查"

    @property
    def scope(self) -> str:
        """What it was confined to; "" where everything was judged, or one decision asked after."""
        a = self.assessment
        if not a.profile or a.profile == PREDECISION:
            return ""
        return f"只核清单“{a.profile}”里的{len(a.requirements)}条要求，其余没有核"

    @property
    def place(self) -> str:
        """The place it is about."""
        return self.assessment.place or "（地区未写明）"

    @cached_property
    def found(self) -> tuple[OutcomeEntry, ...]:
        """The findings but for what cannot be told, the gravest first."""
        found = [
            entry for entry in self.assessment.findings if entry.outcome is not Outcome.UNKNOWN
        ]
        return tuple(sorted(found, key=gravity))

    @property
    def left(self) -> tuple[OutcomeEntry, ...]:
        """Those of them that no waiver stands beside."""
        return tuple(entry for entry in self.found if entry.waiver is None)

    @property
    def to_act(self) -> str:
        """How many findings there are to act on, how grave, and how many can't be told."""
        a = self.assessment
        undecided = len(a.findings) - len(self.found)
        said = f"须处理　{len(self.left)}项{by_severity(self.left)}"
        said += f"；判断不了、必须先解决的{undecided}项" if undecided else ""
        return said + (f"；{WAIVED}{a.summary.waived}项" if a.summary.waived else "")

    @property
    def in_all(self) -> str:
        """How many outcomes of each kind there are."""
        return f"全部　　{counts(self.assessment)}"

    @property
    def gravest(self) -> tuple[Root, ...]:
        """The roots to name first."""
        return self.roots[:GRAVEST]

    @cached_property
    def supposed(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What would be a gap if, by what is supposed: a line for each record."""
        found: dict[str, dict[str, list[SupposedEntry]]] = {}
        for entry in self.assessment.supposed:
            found.setdefault(entry.said, {}).setdefault(entry.subject_label, []).append(entry)
        return tuple(
            (said, tuple(self._supposed(label, entries) for label, entries in records.items()))
            for said, records in found.items()
        )

    def _supposed(self, label: str, entries: list[SupposedEntry]) -> str:
        ordered = sorted(entries, key=lambda entry: entry.severity.rank)
        listed = "、".join(
            f"{self.requirements[entry.requirement].title}（{SEVERITY_TITLES[entry.severity]}）"
            for entry in ordered
        )
        return visible(f"{label}：{listed}")

    def named(self, supplier: str) -> str:
        """Who supplies something, units by their names where these are known."""
        units = self.assessment.units
        named = [(units.get(part, part), part) for part in supplier.split("、")]
        said = (name if part in name else f"{name}（{part}）" for name, part in named)
        return visible("、".join(said))

    def title(self, requirement: str) -> str:
        """A requirement by its title; one that this run didn't judge, by its number."""
        known = self.requirements.get(requirement)
        return requirement if known is None else known.title

    @cached_property
    def roots(self) -> tuple[Root, ...]:
        """What the findings come down to, each once: the gravest first."""
        return roots(self.left)

    def root(self, root: Root) -> str:
        """A root in one line: the fact and its cell, and what comes of it."""
        said = "、".join(
            dict.fromkeys(self.requirements[entry.requirement].title for entry in root.entries)
        )
        found = root.fact
        if found is None:
            return f"{self.subject(root.entries[0])}：{said}"
        number = len(root.entries)
        if root.column:
            return f"台账没有“{found.title}”这一列，连带{number}项：{said}"
        place = found.source
        where = f"（{place.sheet or place.file}{place.cell}）" if place is not None else ""
        held = found.value or why(found.cause)
        return visible(f"“{found.record_key}”{found.title}：{held}{where}，连带{number}项：{said}")

    @property
    def unlocking(self) -> list[str]:
        """What would let most be judged, in a line each: ledgers, then columns and cells."""
        concerns = (
            f"{w.title}（{w.why}）：关系到{w.requirements}条要求、{w.outcomes}项判断"
            for w in self.wanted
        )
        return [*(item.said for item in self.no_ledgers), *concerns]

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The findings by record, the record with the gravest first."""
        records: dict[tuple[str, str], list[OutcomeEntry]] = {}
        for entry in self.found:
            records.setdefault((entry.subject_type, entry.subject_key), []).append(entry)
        ordered = sorted(records.items(), key=lambda item: (gravity(item[1][0])[:2], item[0]))
        return tuple(Group(self.subject(entries[0]), tuple(entries)) for _, entries in ordered)

    def subject(self, entry: OutcomeEntry) -> str:
        """The record an entry is about."""
        return subject(entry, self.requirements[entry.requirement])

    @cached_property
    def no_ledgers(self) -> tuple[NoLedger, ...]:
        """The ledgers of which nothing was read, first those for which most that blocks waits."""
        waiting: dict[str, list[OutcomeEntry]] = {}
        for entry in self._unknown:
            if self._without_ledger(entry):
                title = self.requirements[entry.requirement].ledger_title
                waiting.setdefault(title, []).append(entry)
        found = [
            NoLedger(
                title,
                tuple(e.requirement for e in entries if e.finding),
                tuple(e.requirement for e in entries if not e.finding),
            )
            for title, entries in waiting.items()
        ]
        return tuple(sorted(found, key=lambda n: (-len(n.blocking), -len(n.others), n.title)))

    def _without_ledger(self, entry: OutcomeEntry) -> bool:
        """Whether it could not be judged because nothing was read of its subject's ledger."""
        requirement = self.requirements[entry.requirement]
        return (
            requirement.ledger != ""
            and is_without_subject(entry, requirement)
            and not self.assessment.summary.subjects.get(requirement.ledger)
        )

    @cached_property
    def undecided(self) -> tuple[Undecided, ...]:
        """The blocking requirements that cannot be judged, by what is wanting.

        Those that wait for a ledger of which nothing was read stand with the ledger.
        """
        waiting: dict[tuple[str, str], list[OutcomeEntry]] = {}
        for entry in self.assessment.findings:
            if entry.outcome is Outcome.UNKNOWN and not self._without_ledger(entry):
                waiting.setdefault((entry.requirement, self._wanting(entry)), []).append(entry)
        return tuple(Undecided(*key, tuple(found)) for key, found in sorted(waiting.items()))

    def _wanting(self, entry: OutcomeEntry) -> str:
        """What a requirement waits for, in a few words."""
        requirement = self.requirements[entry.requirement]
        if is_without_subject(entry, requirement):
            return f"没有读到“{requirement.subject_title}”的记录"
        return _wants([entry])

    @cached_property
    def passing(self) -> tuple[Passing, ...]:
        """Every record that has gates, with all of them."""
        found: dict[tuple[str, str], list[GateEntry]] = {}
        for gate in self.assessment.gates:
            found.setdefault((gate.subject_type, gate.subject_key), []).append(gate)
        return tuple(Passing(gates[0].subject_label, tuple(gates)) for gates in found.values())

    @cached_property
    def left_to_do(self) -> tuple[GateStep, ...]:
        """The steps of the one decision that aren't done, the most pressing first.

        One that several gates stand on is there once, as it stands where it is worst.
        """
        worst: dict[tuple[str, str], GateStep] = {}
        for gate in self.assessment.gates:
            for step in gate.steps:
                held = worst.setdefault((step.requirement, step.record), step)
                if step.state.rank < held.state.rank:
                    worst[step.requirement, step.record] = step
        found = (step for step in worst.values() if step.state not in BRIEFLY)
        return tuple(sorted(found, key=lambda step: step.state.rank))

    @property
    def to_do(self) -> str:
        """How many steps of the one decision still stand how; "" where nothing is left."""
        return states_counted(step.state for step in self.left_to_do)

    @cached_property
    def ahead(self) -> tuple[Passing, ...]:
        """The records with a gate that lies ahead, the soonest first, with those gates."""
        as_of = self.assessment.as_of
        found = [
            Passing(one.label, gates)
            for one in self.passing
            if (gates := tuple(gate for gate in one.gates if lies_ahead(gate, as_of)))
        ]
        return tuple(sorted(found, key=lambda one: (str(one.gates[0].assumed), one.label)))

    @cached_property
    def explained(self) -> tuple[OutcomeEntry, ...]:
        """Of one decision, what needs no action but is explained all the same."""
        outcomes = self.assessment.outcomes if self.single else ()
        return tuple(entry for entry in outcomes if not entry.finding)

    @cached_property
    def met(self) -> tuple[Met, ...]:
        """The requirements that are met, with the records for which they are."""
        found: dict[str, list[OutcomeEntry]] = {}
        for entry in self.assessment.outcomes:
            if entry.outcome is Outcome.MET:
                found.setdefault(entry.requirement, []).append(entry)
        return tuple(Met(name, tuple(entries)) for name, entries in sorted(found.items()))

    @cached_property
    def causes(self) -> tuple[tuple[str, int], ...]:
        """Why outcomes are unknown, each with how many of them wait for it, the commonest first."""
        waiting: Counter[str] = Counter()
        for entry in self._unknown:
            if self._without_ledger(entry):
                waiting["没有这种台账"] += 1
            elif is_without_subject(entry, self.requirements[entry.requirement]):
                waiting["没有读到这种记录"] += 1
            waiting.update({why(item.cause) for item in entry.missing})
        return tuple(waiting.most_common())

    @cached_property
    def wanted(self) -> tuple[Wanted, ...]:
        """The missing facts, first those that concern most requirements, then most outcomes."""
        waiting: dict[tuple[str, str, str], list[str]] = {}
        for entry in self._unknown:
            for key in {(item.record_type, item.title, why(item.cause)) for item in entry.missing}:
                waiting.setdefault(key, []).append(entry.requirement)
        found = [
            Wanted(title, cause, len(set(names)), len(names))
            for (_, title, cause), names in waiting.items()
        ]
        return tuple(sorted(found, key=lambda w: (-w.requirements, -w.outcomes, w.title, w.why)))

    @property
    def columns_hint(self) -> str:
        """What to do about columns that no ledger has, where one of them is wanted."""
        lacking = any(w.why == CAUSE_TITLES[Cause.NO_COLUMN] for w in self.wanted)
        return COLUMNS_HINT if lacking else ""

    @property
    def _unknown(self) -> list[OutcomeEntry]:
        return [e for e in self.assessment.outcomes if e.outcome is Outcome.UNKNOWN]

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """All sections of the outline, in its order."""
        summary = self.assessment.summary.outline
        return tuple(
            Section(name, entry, summary.get(name, {}), _worst(summary.get(name, {})))
            for name, entry in self.assessment.outline.items()
        )

    @cached_property
    def gate_states(self) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
        """For each gate, how many records stand in which state."""
        gates = sorted(self.assessment.gates, key=lambda gate: gate.title)
        return tuple(
            (title, _states(tuple(group)))
            for title, group in groupby(gates, key=lambda gate: gate.title)
        )


def _wants(entries: Iterable[OutcomeEntry]) -> str:
    missing = [item for entry in entries for item in entry.missing]
    causes = dict.fromkeys(f"{item.title}（{why(item.cause)}）" for item in missing)
    return "缺：" + "、".join(causes) if causes else ""


def _states(gates: Sequence[GateEntry]) -> tuple[tuple[str, int], ...]:
    found = Counter(gate.state for gate in gates)
    return tuple((GATE_STATE_TITLES[state], found[state]) for state in GateState if found[state])


def _worst(counts: Mapping[Outcome, int]) -> Outcome | None:
    return next((outcome for outcome in _WORST_FIRST if counts.get(outcome)), None)
