"""Assessing run after run in one process: what was judged and written of the same facts stays.

An entry tells of the facts its requirement reads, of the cells they stand in, and of the records
they nest in. Where none of those is another one, it is what the last run wrote of them; it is
never kept beyond the process.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from engine.assessing.entries import entries_of
from engine.assessing.gate_steps import Told
from engine.assessing.gates import GateShower, at_gate, standing_on
from engine.explaining.words import Words
from engine.judging.again import Rejudging, around, moved, named
from engine.judging.run import Judged, Run
from engine.model.assessment import OutcomeEntry
from engine.model.gate import GateEntry
from engine.model.outcome import Outcome
from engine.ruleset.model import Gate, Requirement, Ruleset

_T = TypeVar("_T")


@dataclass(frozen=True)
class _Last:
    ruleset: Ruleset
    run: Run
    judged: Judged
    entries: dict[str, list[OutcomeEntry]]
    gates: dict[str, list[GateEntry]]


class Reassessing:
    """Remembers the last run, and what was written of it."""

    def __init__(self) -> None:
        self._rejudging = Rejudging()
        self._last: _Last | None = None

    def judge(self, run: Run, requirements: Sequence[Requirement]) -> Judged:
        """Every outcome of the run, by judging what may have changed since the last one."""
        return self._rejudging.judge(run, requirements)

    def written(
        self,
        ruleset: Ruleset,
        run: Run,
        requirements: Sequence[Requirement],
        judged: Judged,
        words: Words,
    ) -> tuple[list[GateEntry], list[OutcomeEntry]]:
        """The gates of the run and the entries of its outcomes, by requirement.

        One after the other: to find its limits an explanation moves facts of the records to and
        fro.
        """
        stays = _Staying(self._last, ruleset, run, judged)
        last = self._last
        entries: dict[str, list[OutcomeEntry]] = {}
        told: Told = {}
        for requirement in requirements:
            if last is not None and requirement.id in stays.requirements:
                found = last.entries[requirement.id]
            else:
                found = list(entries_of(requirement, run, judged, words))
            subjects = map(id, run.records.get(requirement.subject, ()))
            told.update({(requirement.id, of): e for of, e in zip(subjects, found, strict=False)})
            entries[requirement.id] = found
        shower = GateShower(ruleset, words, {id(judged): told})
        gates = {
            gate.id: last.gates[gate.id]
            if last is not None and stays.gate(gate)
            else [shower.entry(gated) for gated in at_gate(ruleset, run, gate, judged)]
            for gate in ruleset.gates.values()
        }
        self._last = _Last(ruleset, run, judged, entries, gates)
        return _joined(gates), _joined(entries)


class _Staying:
    """What the last run wrote that holds of this one as well."""

    def __init__(self, last: _Last | None, ruleset: Ruleset, run: Run, judged: Judged) -> None:
        self._last, self._ruleset, self._run, self._judged = last, ruleset, run, judged
        alike = (
            last is not None
            and last.ruleset is ruleset
            and _around(last.run) == _around(run)
            and named(last.judged.doubts, last.run.records) == named(judged.doubts, run.records)
        )
        self._moved = moved(last.run, run) if last is not None and alike else set()
        # Every entry may name the place, and one without a record stands on the year.
        self._always = {run.world.place.type, *(r.type for r in run.records.get("place_year", ()))}
        named_last = last.entries if last is not None and alike else ()
        known = (ruleset.requirements[name] for name in named_last)
        self.requirements = {one.id for one in known if self._stays(one)}
        """Those whose entries do."""

    def _stays(self, requirement: Requirement) -> bool:
        last = self._last
        return (
            last is not None
            and requirement.id in self._judged.outcomes
            and not self._types(requirement) & self._moved
            and _outcomes(last.judged, requirement) == _outcomes(self._judged, requirement)
        )

    def gate(self, gate: Gate) -> bool:
        """Whether the gates of every subject do."""
        last = self._last
        read = standing_on(gate, self._ruleset)
        stay = all(requirement.id in self.requirements for requirement in read)
        return last is not None and gate.id in last.gates and stay

    def _types(self, requirement: Requirement) -> set[str]:
        """The types of the records that are seen from a record the requirement is about.

        Those that nest in one it reads as well: a fact of theirs may contradict one of that.
        """
        types = self._run.world.schema.types
        found = {requirement.subject, *(name for name, _ in requirement.reads)}
        for name in tuple(found):
            found.update(nested.of for nested in types[name].nested.values())
            parent = types[name].parent
            while parent is not None:
                found.add(parent)
                parent = types[parent].parent
        return found | self._always


def _around(run: Run) -> tuple[object, ...]:
    """What every entry rests on besides the facts."""
    facts = run.facts
    shown = (run.unmask, run.explain_all, facts.closed, facts.called, facts.jurisdiction)
    return *around(run), *shown


def _outcomes(
    judged: Judged, requirement: Requirement
) -> tuple[list[Outcome], set[int], dict[int, object]]:
    """What was made of the requirement, what rests on doubt and where the engines differed."""
    name = requirement.id
    return (
        judged.outcomes[name],
        {position for one, position in judged.doubtful if one == name},
        {position: found for (one, position), found in judged.differing.items() if one == name},
    )


def _joined(written: dict[str, list[_T]]) -> list[_T]:
    return [one for found in written.values() for one in found]
