"""Procedures that leave something open: a day nothing sets, a paper that no step brings."""

from __future__ import annotations

from collections.abc import Iterator

from engine.guard.lint.complaint import Complaint
from engine.language import tree as t
from engine.ruleset.model import Procedure, Requirement, Ruleset


def unsteady(ruleset: Ruleset) -> Iterator[Complaint]:
    """What keeps a timetable from being found, whatever stands in the ledger."""
    for procedure in ruleset.procedures.values():
        file = ruleset.file_of(procedure.subject, "procedures.yaml")
        for message in _faults(procedure, ruleset):
            yield Complaint(file, procedure.subject, message)


def _faults(procedure: Procedure, ruleset: Ruleset) -> Iterator[str]:
    gates = [ruleset.gates[name] for name in procedure.gates]
    asked = [ruleset.requirements[name] for name in procedure.requirements]
    read = {field for requirement in asked for field in requirement.reads}
    days = [(day.record, day.path) for step in procedure.steps for day in step.days]
    for record, path in dict.fromkeys(days):
        if (record, path) not in read:
            title = ruleset.schema.types[record].fields[path].title
            yield f"没有一条要求读“{title}”，定不出它的日子"
    goals = {day.path for step in procedure.steps if step.goal for day in step.days}
    for gate in gates:
        if gate.assumes is not None and gate.assumes not in goals:
            yield f"闸门“{gate.title}”假定的日子“{gate.assumes}”须是写明 goal 的一步"
    supplied = _supplied(procedure)
    left = {(place.record, place.path) for place in procedure.left}
    asked_for: set[tuple[str, str]] = set()
    for requirement in asked:
        for record, path in sorted(_in_progress(requirement, procedure, ruleset) - supplied):
            asked_for.add((record, path))
            if (record, path) not in left:
                title = ruleset.schema.types[record].fields[path].title
                yield f"“{requirement.title}”要的“{title}”没有一步补上，也没有假定，left 里也没有说"
    for record, path in sorted(left - asked_for):
        title = ruleset.schema.types[record].fields[path].title
        yield f"left 里的“{title}”没有要求要它，或者有一步补上，请删去"


def _supplied(procedure: Procedure) -> set[tuple[str, str]]:
    """The fields that steps or suppositions fill."""
    supposals = list(procedure.suppose)
    for step in procedure.steps:
        supposals += [*step.which, *step.facts, *step.otherwise]
    places = [day for step in procedure.steps for day in step.days]
    places += [supposal.place for supposal in supposals]
    return {(place.record, place.path) for place in places}


def _in_progress(
    requirement: Requirement, procedure: Procedure, ruleset: Ruleset
) -> set[tuple[str, str]]:
    """The fields of the subject or its elements that it asks for and that can be supplied."""
    schema = ruleset.schema.types
    types = {procedure.subject, *(n.of for n in schema[procedure.subject].nested.values())}
    return {
        (record, path)
        for record, path in t.fields_of(requirement.texts[0].require)
        if record in types
        and path in schema[record].fields
        and schema[record].fields[path].progress
    }
