"""Mutants that no example notices: a case that tells one apart, or the proof that none can."""

from __future__ import annotations

from dataclasses import dataclass

from engine.guard.examples import Case
from engine.guard.mutants.description import described, file
from engine.guard.mutants.mutants import Mutant, mutants
from engine.guard.mutants.trial import SURVIVES, Trial
from engine.guard.verify.objection import Describer, Objection
from engine.guard.verify.outcomes import differ, verdict
from engine.guard.verify.search import Answer, Found, Search
from engine.judging.measure import Measurer
from engine.model.outcome import OUTCOME_TITLES
from engine.model.workdays import WorkCalendar
from engine.ruleset.model import Requirement, Ruleset


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A case on which a requirement and its mutant differ."""

    requirement: Requirement
    mutated: Requirement
    found: Found


@dataclass(frozen=True, slots=True)
class Survivors:
    """Of the mutants that examples miss: by owner those proved the same, and the others."""

    same: dict[str, tuple[str, ...]]
    objections: tuple[Objection, ...]


def survived(ruleset: Ruleset, calendar: WorkCalendar) -> Survivors:
    """All mutants that no example notices, each held against every record."""
    describer = Describer(ruleset)
    trial = Trial(ruleset, calendar)
    same: dict[str, list[str]] = {}
    objections = []
    for mutant in mutants(ruleset):
        if not mutant.made or trial.kills(mutant):
            continue
        answer = counterexample(mutant, ruleset, calendar)
        if answer is Answer.IMPOSSIBLE:
            same.setdefault(mutant.owner, []).append(mutant.id)
            continue
        if isinstance(answer, Counterexample):
            answer = counterexample(mutant, ruleset, calendar, plain=True)
        change = f"没有例子看出这处改动：{described(mutant.change, describer.words)}"
        case = ""
        if isinstance(answer, Counterexample):
            shown = answer.found.case
            outcome = Measurer(answer.mutated, shown.world, shown.year).outcome(shown.subject)
            after = OUTCOME_TITLES[outcome]
            case = f"{describer.case(answer.found.case, [answer.requirement])}；改动以后{after}"
        where = file(mutant, ruleset)
        objections.append(Objection(where, SURVIVES, (mutant.owner, mutant.id), change, case))
    return Survivors({name: tuple(ids) for name, ids in same.items()}, tuple(objections))


def counterexample(
    mutant: Mutant, ruleset: Ruleset, calendar: WorkCalendar, *, plain: bool = False
) -> Counterexample | Answer:
    """A case that a mutant changes, or why none was found: of all requirements it changes."""
    answers = set()
    for mutated in mutant.made:
        requirement = ruleset.requirements[mutated.id]
        found = _between(requirement, mutated, ruleset, calendar, plain=plain)
        if isinstance(found, Found):
            return Counterexample(requirement, mutated, found)
        answers.add(found)
    return Answer.UNDECIDED if Answer.UNDECIDED in answers else Answer.IMPOSSIBLE


def _between(
    requirement: Requirement,
    mutated: Requirement,
    ruleset: Ruleset,
    calendar: WorkCalendar,
    *,
    plain: bool,
) -> Found | Answer:
    search = Search([requirement, mutated], ruleset.schema, calendar)
    encoder, subject = search.encoder, search.subject
    before, after = (verdict(encoder, r, subject) for r in (requirement, mutated))
    seen = differ(encoder, subject, (requirement, before), (mutated, after))

    def holds(case: Case) -> bool:
        before, after = (Measurer(r, case.world, case.year) for r in (requirement, mutated))
        return before.shown(case.subject) != after.shown(case.subject)

    return search.find(seen, holds, plain=plain)
