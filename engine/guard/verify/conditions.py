"""What no record can show of a condition: proofs for what the examples lack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.guard.examples import Case
from engine.guard.lint.conditions import (
    DECIDES,
    NOTE,
    SEVERITY,
    TRUTHS,
    Located,
    Place,
    Tried,
    located,
    shown,
    with_truth,
)
from engine.guard.verify.algebra import TRUE, Bool, Truth3, all_, any_, not_
from engine.guard.verify.outcomes import differ, noted, severity, verdict
from engine.guard.verify.search import Answer, Found, Search
from engine.model.outcome import SETTLED
from engine.model.workdays import WorkCalendar
from engine.ruleset.model import Requirement, Ruleset


class AspectSearch:
    """Whether one requirement's conditions can show an aspect."""

    def __init__(self, requirement: Requirement, ruleset: Ruleset, calendar: WorkCalendar) -> None:
        self.requirement = requirement
        self.search = Search([requirement], ruleset.schema, calendar)
        self.expressions = located(requirement)
        encoder = self.search.encoder
        encoder.watched.update({node: [] for e in self.expressions for node in e.by_id})
        subject = self.search.subject
        self.verdict = verdict(encoder, requirement, subject)
        severity(encoder, requirement, subject, self.verdict)
        noted(encoder, requirement, subject, self.verdict)
        self.watched = {node: list(truths) for node, truths in encoder.watched.items()}
        encoder.watched.clear()

    def find(self, place: Place, aspect: str, *, plain: bool = False) -> Found | Answer:
        """A case that shows the aspect, checked by the reference, or why there is none."""
        goal = any_(*self._goals(place, aspect))
        known = {p: Tried(node) for e in self.expressions for p, node in e.places.items()}

        def holds(case: Case) -> bool:
            found = shown(self.requirement, self.expressions, case, known)
            return aspect in found.get(place, ())

        return self.search.find(goal, holds, plain=plain)

    def _goals(self, place: Place, aspect: str) -> Iterator[Bool]:
        for expression in self.expressions:
            if place not in expression.places:
                continue
            if aspect == DECIDES:
                for truth in (True, False):
                    yield self._decided(expression, place, truth=truth)
                continue
            for node, at in expression.by_id.items():
                if at == place:
                    for guard, truth3 in self.watched[node]:
                        yield all_(self._consulted(expression), guard, _is(truth3, aspect))

    def _consulted(self, expression: Located) -> Bool:
        if expression.key == "act_on":
            return TRUE
        found = self.verdict
        if expression.key == SEVERITY:
            return not_(any_(*(found.outcomes[outcome] for outcome in SETTLED)))
        text = found.texts[expression.part]
        if expression.key == NOTE:
            return all_(text.governs, text.outcomes[self.requirement.texts[expression.part].noted])
        if expression.key == "applies":
            return text.governs
        asked = all_(text.governs, text.applies.true)
        return asked if expression.key == "require" else all_(asked, not_(text.require.true))

    def _decided(self, expression: Located, place: Place, *, truth: bool) -> Bool:
        """Whether people would see a difference, were the condition always true, or false."""
        encoder, subject = self.search.encoder, self.search.subject
        other = with_truth(self.requirement, expression, place, truth=truth)
        changed = verdict(encoder, other, subject)
        return differ(encoder, subject, (self.requirement, self.verdict), (other, changed))


def _is(truth: Truth3, aspect: str) -> Bool:
    wanted = TRUTHS[aspect]
    return truth.unknown if wanted is None else truth.true if wanted else truth.false


def impossible(
    ruleset: Ruleset, calendar: WorkCalendar, wanted: Mapping[Place, Iterable[str]]
) -> dict[Place, tuple[str, ...]]:
    """Of the wanted aspects those that z3 proves no record can show, over all who use a term."""
    users: dict[Place, list[str]] = {}
    for requirement in ruleset.requirements.values():
        for expression in located(requirement):
            for place in expression.places:
                if place in wanted and (not users.get(place) or users[place][-1] != requirement.id):
                    users.setdefault(place, []).append(requirement.id)
    proofs: dict[Place, dict[str, bool]] = {}
    by_requirement: dict[str, list[Place]] = {}
    for place, names in users.items():
        proofs[place] = dict.fromkeys(wanted[place], True)
        for name in names:
            by_requirement.setdefault(name, []).append(place)
    for name, places in by_requirement.items():
        search = AspectSearch(ruleset.requirements[name], ruleset, calendar)
        for place in places:
            for aspect, still in proofs[place].items():
                if still and search.find(place, aspect) is not Answer.IMPOSSIBLE:
                    proofs[place][aspect] = False
    return {
        place: tuple(aspect for aspect, proved in aspects.items() if proved)
        for place, aspects in proofs.items()
        if any(aspects.values())
    }
