"""Two requirements on one record that can't both be met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product, zip_longest
from typing import Any, Final

from engine.guard.examples import Case, build
from engine.guard.lint.conditions import located
from engine.guard.verify.algebra import Bool, all_, any_
from engine.guard.verify.objection import Describer, Objection, outcome
from engine.guard.verify.outcomes import Verdict, verdict
from engine.guard.verify.search import Answer, Found, Search
from engine.judging.measure import Measurer
from engine.language import tree as t
from engine.model.outcome import Outcome
from engine.model.workdays import WorkCalendar
from engine.ruleset.files import Example
from engine.ruleset.model import Requirement, Ruleset

Pair = tuple[str, str]


def objections(ruleset: Ruleset, calendar: WorkCalendar) -> Iterator[Objection]:
    """Every pair that can apply together and never be met together."""
    subjects: dict[str, list[Requirement]] = {}
    for requirement in ruleset.requirements.values():
        subjects.setdefault(requirement.subject, []).append(requirement)
    for group in subjects.values():
        yield from _Group(group, ruleset, calendar).objections()


_TRIED: Final = 6
"""Examples of each that are laid over each other before z3 is asked."""


def _laid_over(below: Example, above: Example) -> Example:
    """One example with what another says besides; what both say is as `above` has it."""
    parts = {
        name: _merged(getattr(below, name) or {}, getattr(above, name) or {})
        for name in ("given", "parent", "place", "params")
    }
    parts["parent"] = parts["parent"] or None
    return above.model_copy(update={**parts, "as_of": max(below.as_of, above.as_of)})


def _merged(below: Any, above: Any) -> Any:  # noqa: ANN401 - what YAML holds
    if isinstance(below, Mapping) and isinstance(above, Mapping):
        both = {name: _merged(below[name], above[name]) for name in below if name in above}
        return {**below, **above, **both}
    if isinstance(below, list) and isinstance(above, list):
        pairs = zip_longest(below, above)
        return [_merged(*pair) if None not in pair else pair[0] or pair[1] for pair in pairs]
    return above


class _Group:
    """The requirements on one type of record."""

    def __init__(
        self, group: Sequence[Requirement], ruleset: Ruleset, calendar: WorkCalendar
    ) -> None:
        self.ruleset, self.calendar = ruleset, calendar
        self.group = {requirement.id: requirement for requirement in group}
        asked = {name: _facts(r, "require") for name, r in self.group.items()}
        read = {name: asked[name] | _facts(r, "applies") for name, r in self.group.items()}
        self.left: set[Pair] = {
            (x, y)
            for x, y in combinations(sorted(self.group), 2)
            if asked[x] & read[y] or asked[y] & read[x]
        }

    def objections(self) -> Iterator[Objection]:
        """What is left when every pair that some record meets is taken away."""
        for pair in sorted(self.left):
            if pair in self.left:
                self._join(pair)
        for pair in sorted(self.left):
            if pair in self.left:
                x, y = (self.group[name] for name in pair)
                yield from self._asked(x, y)

    def _clear(self, case: Case) -> None:
        met = sorted(n for n, r in self.group.items() if outcome(r, case) is Outcome.MET)
        self.left.difference_update(combinations(met, 2))

    def _join(self, pair: Pair) -> None:
        """Look for a record that meets both among their examples laid over each other."""
        x, y = (self._met(name) for name in pair)
        for one, other in product(x, y):
            for below, above in ((one, other), (other, one)):
                case = self._built(_laid_over(below, above))
                if all(outcome(self.group[name], case) is Outcome.MET for name in pair):
                    self._clear(case)
                    return

    def _met(self, name: str) -> list[Example]:
        return [e for e in self.group[name].examples if e.outcome is Outcome.MET][:_TRIED]

    def _built(self, example: Example) -> Case:
        anyone = next(iter(self.group.values()))
        return build(anyone, example, self.ruleset.schema, self.calendar)

    def _asked(self, x: Requirement, y: Requirement) -> Iterator[Objection]:
        search = Search([x, y], self.ruleset.schema, self.calendar)
        both = [verdict(search.encoder, r, search.subject) for r in (x, y)]

        def met(case: Case) -> bool:
            return outcome(x, case) is outcome(y, case) is Outcome.MET

        goal = all_(*(v.outcomes[Outcome.MET] for v in both))
        found = search.find(goal, met)
        if isinstance(found, Found):
            self._clear(found.case)
        if found is not Answer.IMPOSSIBLE:
            return
        describer = Describer(self.ruleset)

        def clash(case: Case) -> bool:
            return _applies(x, case) and _applies(y, case)

        applying = all_(*(_applying(v) for v in both))
        half = all_(applying, any_(*(v.outcomes[Outcome.MET] for v in both)))
        for wanted in (half, applying):
            case = search.find(wanted, clash, plain=True)
            if isinstance(case, Found):
                message = (
                    f"与“{y.title}”（{y.id}）不能同时符合：同一条记录两条都适用，"
                    "照一条做就违了另一条"
                )
                file = self.ruleset.file_of(x.id)
                said = describer.case(case.case, [x, y])
                yield Objection(file, "contradiction", (x.id, y.id), message, said)
                return


def _applies(requirement: Requirement, case: Case) -> bool:
    measures = Measurer(requirement, case.world, case.year).measures(case.subject)
    return measures.in_force is True and measures.applies is True


def _applying(found: Verdict) -> Bool:
    return any_(*(all_(text.governs, text.applies.true) for text in found.texts))


def _facts(requirement: Requirement, key: str) -> set[tuple[str, str]]:
    """The fields that an expression reads, over all texts.

    What one requires touches nothing that the other reads: then they can't contradict each other.
    """
    return {
        (part.record, part.field)
        for expression in located(requirement)
        if expression.key == key
        for part in t.walk(expression.node)
        if isinstance(part, t.Path)
    }
