"""Gates that no record opens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from engine.assessing.gate_states import Standing, decide_gate
from engine.guard.examples import Case
from engine.guard.verify.algebra import Bool, all_, any_, not_
from engine.guard.verify.facts import SymbolicRecord
from engine.guard.verify.objection import Describer, Objection
from engine.guard.verify.outcomes import Verdict, verdict
from engine.guard.verify.search import Answer, Found, Search
from engine.judging.measure import Measurer
from engine.language import tree as t
from engine.model.outcome import SETTLED, GateState, Outcome
from engine.model.values import Record
from engine.model.workdays import WorkCalendar
from engine.ruleset.model import Gate, Requirement, Ruleset


def objections(ruleset: Ruleset, calendar: WorkCalendar) -> Iterator[Objection]:
    """Every gate whose requirements can't all be met or beside the point on one record."""
    for gate in ruleset.gates.values():
        yield from _Gate(gate, ruleset, calendar).objections()


class _Gate:
    def __init__(self, gate: Gate, ruleset: Ruleset, calendar: WorkCalendar) -> None:
        self.gate, self.ruleset = gate, ruleset
        names = gate.stands_on()
        found = [ruleset.requirements[name] for name in names]
        own = [r for r in found if r.subject == gate.subject]
        self.nested = [r for r in found if r.subject != gate.subject]
        self.requirements = [*own, *self.nested]
        self.search = Search(self.requirements, ruleset.schema, calendar)
        self.verdicts: dict[str, list[tuple[Bool, Verdict]]] = {}
        for requirement in self.requirements:
            self.verdicts[requirement.id] = [
                (there, verdict(self.search.encoder, requirement, record))
                for there, record in self._records(requirement)
            ]

    def _records(self, requirement: Requirement) -> Iterator[tuple[Bool, SymbolicRecord]]:
        """The subject, or each nested record that may be there."""
        subject = self.search.subject
        if requirement.subject == self.gate.subject:
            yield all_(), subject
            return
        for name, nested in subject.type.nested.items():
            if nested.of == requirement.subject:
                kind = t.Kind.RECORDS
                path = t.Path(subject.type.type, 0, subject.type.type, name, kind, nested.of)
                for slot in self.search.facts.listed(subject, path).slots:
                    yield slot.present, cast("SymbolicRecord", slot.element)

    def objections(self) -> Iterator[Objection]:
        """The gate, if it never opens; with the fewest requirements that keep it shut."""
        listed = list(self.gate.requirements)
        answer = self.search.find(all_(self._some(listed), *self._passed(listed)), self._open)
        if answer is not Answer.IMPOSSIBLE:
            return
        left = list(listed)
        for name in listed:
            fewer = [other for other in left if other != name]
            if self.search.impossible(all_(self._some(listed), *self._passed(fewer))):
                left = fewer
        blamed = [self.ruleset.requirements[name] for name in left]
        said = "、".join(f"“{r.title}”（{r.id}）" for r in blamed)
        message = f"闸门“{self.gate.title}”永远打不开：{said}不能都符合要求或不涉及"
        yield Objection(
            "rulesets/gates.yaml", "gate-never-opens", (self.gate.id,), message, self._shown(blamed)
        )

    def _passed(self, names: Sequence[str]) -> Iterator[Bool]:
        for name in names:
            for there, found in self.verdicts[name]:
                passed = any_(found.outcomes[Outcome.MET], found.outcomes[Outcome.NOT_APPLICABLE])
                yield any_(not_(there), passed)

    def _some(self, names: Sequence[str]) -> Bool:
        """Something besides the classification applies: else there is nothing to open."""
        return any_(
            *(
                all_(there, found.outcomes[Outcome.MET])
                for name in names
                if name != self.gate.classification
                for there, found in self.verdicts[name]
            )
        )

    def _open(self, case: Case) -> bool:
        standing = [
            Standing(
                r.id,
                record.key,
                Measurer(r, case.world, case.year).outcome(record),
                confirmed=r.confirmed,
            )
            for r in self.requirements
            for record in _subjects(case, r)
        ]
        return decide_gate(self.gate, standing) is GateState.OPEN

    def _shown(self, blamed: Sequence[Requirement]) -> str:
        """A record that passes all but the last of the requirements to blame, as far as it goes."""
        own = [r for r in blamed if r.subject == self.gate.subject]
        for dropped in reversed(own):
            others = self._passed([r.id for r in blamed if r is not dropped])
            goal = all_(*others, not_(all_(*self._passed([dropped.id]))))

            def shut(case: Case, dropped: Requirement = dropped) -> bool:
                found = Measurer(dropped, case.world, case.year).outcome(case.subject)
                return found not in SETTLED

            found = self.search.find(goal, shut, plain=True)
            if isinstance(found, Found):
                return Describer(self.ruleset).case(found.case, own)
        return ""


def _subjects(case: Case, requirement: Requirement) -> list[Record]:
    if case.subject.type == requirement.subject:
        return [case.subject]
    nested = case.records.get(requirement.subject, [])
    return [record for record in nested if record.parent is case.subject]
