"""What a reader sees first, and how the rest is ordered: the same for every format.

总览：先看什么，其余怎样排，各种格式一样。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from engine.model.assessment import (
    PREDECISION,
    Assessment,
    InputEntry,
    OutcomeEntry,
    ProblemEntry,
    SectionEntry,
    SupposedEntry,
)
from engine.model.gate import GateStep
from engine.model.outcome import SEVERITY_TITLES, Outcome
from reporter.gates import states_counted
from reporter.notices import notices, period_notices
from reporter.passing import Passing, ahead, gate_states, left_to_do, passing, undated
from reporter.roots import Root, roots
from reporter.titles import LEVELS, WAIVED, by_severity, counts, subject, why
from reporter.unknowns import Unknowns
from reporter.visible import visible

GRAVEST: Final = 10
"""Roots named on the first page."""

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
        """What has to be known before anything else."""
        return notices(self.assessment)

    @cached_property
    def over(self) -> tuple[str, ...]:
        """Of that what stands on every page: that the outline is over."""
        return period_notices(self.assessment)

    @cached_property
    def unknowns(self) -> Unknowns:
        """What cannot be told, by what is wanting."""
        return Unknowns(self.assessment)

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
    def passing(self) -> tuple[Passing, ...]:
        """Every record that has gates."""
        return passing(self.assessment)

    @cached_property
    def ahead(self) -> tuple[Passing, ...]:
        """The records with a gate that lies ahead."""
        return ahead(self.assessment)

    @cached_property
    def undated(self) -> tuple[tuple[str, tuple[Passing, ...]], ...]:
        """The records that lie ahead on no known day, counted for each gate and state."""
        return tuple(
            (f"{said}、没有定日子的{len(records)}件", records)
            for said, records in undated(self.assessment)
        )

    @property
    def undated_lines(self) -> tuple[str, ...]:
        """A line for each of these, with every record."""
        return tuple(
            visible(f"{said}：{'、'.join(one.label for one in records)}")
            for said, records in self.undated
        )

    @cached_property
    def gate_states(self) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
        """For each gate, how many records stand in which state."""
        return gate_states(self.assessment)

    @cached_property
    def left_to_do(self) -> tuple[GateStep, ...]:
        """The steps of the one decision that aren't done."""
        return left_to_do(self.assessment.gates)

    @property
    def to_do(self) -> str:
        """How many steps of the one decision still stand how; "" where nothing is left."""
        return states_counted(step.state for step in self.left_to_do)

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
    def sections(self) -> tuple[Section, ...]:
        """All sections of the outline, in its order."""
        summary = self.assessment.summary.outline
        return tuple(
            Section(name, entry, summary.get(name, {}), _worst(summary.get(name, {})))
            for name, entry in self.assessment.outline.items()
        )


def _worst(counts: Mapping[Outcome, int]) -> Outcome | None:
    return next((outcome for outcome in _WORST_FIRST if counts.get(outcome)), None)
