"""Requirements that can never apply, never be met, or never fail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from engine.guard.examples import Case, build
from engine.guard.verify.algebra import Bool, all_, any_
from engine.guard.verify.objection import Describer, Objection, outcome
from engine.guard.verify.outcomes import Verdict, verdict
from engine.guard.verify.search import Answer, Found, Search
from engine.judging.measure import Measurer
from engine.language import tree as t
from engine.model.outcome import Outcome
from engine.model.workdays import WorkCalendar
from engine.ruleset.model import Requirement, Ruleset, Text

_FAILS: Final = (Outcome.GAP, Outcome.BORDERLINE)


def objections(ruleset: Ruleset, calendar: WorkCalendar) -> Iterator[Objection]:
    """Every text of a requirement that rules out an outcome; examples are looked at first."""
    for requirement in ruleset.requirements.values():
        shown = _shown(requirement, ruleset, calendar)
        for number, text in enumerate(requirement.texts):
            lacking = [kind for kind in _KINDS if not shown[number] & _KINDS[kind]]
            if lacking:
                yield from _Single(requirement, number, text, ruleset, calendar).asked(lacking)


_KINDS: Final = {
    "never-applies": {*Outcome} - {Outcome.NOT_APPLICABLE, Outcome.FAILED},
    "never-met": {Outcome.MET},
    "never-fails": set(_FAILS),
}


def _shown(
    requirement: Requirement, ruleset: Ruleset, calendar: WorkCalendar
) -> list[set[Outcome]]:
    """The outcomes that examples bring each text to where it applies."""
    found: list[set[Outcome]] = [set() for _ in requirement.texts]
    for example in requirement.examples:
        case = build(requirement, example, ruleset.schema, calendar)
        measurer = Measurer(requirement, case.world, case.year)
        text, _ = measurer.governing(case.subject)
        measures = measurer.measures(case.subject)
        for number, other in enumerate(requirement.texts):
            if other is text and measures.applies is True:
                found[number].add(measurer.outcome(case.subject))
    return found


class _Single:
    def __init__(
        self,
        requirement: Requirement,
        number: int,
        text: Text,
        ruleset: Ruleset,
        calendar: WorkCalendar,
    ) -> None:
        self.requirement, self.number, self.text = requirement, number, text
        self.ruleset = ruleset
        self.describer = Describer(ruleset)
        self.search = Search([requirement], ruleset.schema, calendar)
        self.verdict: Verdict = verdict(self.search.encoder, requirement, self.search.subject)

    def asked(self, kinds: Sequence[str]) -> Iterator[Objection]:
        """The kinds of fault that z3 proves."""
        judged = self.verdict.texts[self.number]
        applying = all_(judged.governs, judged.applies.true)
        failing = any_(*(judged.outcomes[o] for o in _FAILS))
        if "never-applies" in kinds and self._never(applying, {*Outcome} - _BESIDE):
            said, but_one = self._core(judged.governs, _items(self.text.applies))
            yield self._objection("never-applies", f"没有记录会适用它{said}", but_one, _BESIDE)
            return
        if "never-met" in kinds and self._never(all_(applying, judged.require.true), {Outcome.MET}):
            said, but_one = self._core(applying, _items(self.text.require))
            message = f"适用的记录没有一条能符合{said}"
            yield self._objection("never-met", message, all_(but_one, failing), set(_FAILS))
        if "never-fails" in kinds and self._never(all_(applying, failing), set(_FAILS)):
            met = all_(applying, judged.require.true)
            message = "适用的记录没有一条会不符合，写了等于没写"
            yield self._objection("never-fails", message, met, {Outcome.MET})

    def _never(self, goal: Bool, wanted: set[Outcome]) -> bool:
        def holds(case: Case) -> bool:
            return outcome(self.requirement, case) in wanted

        return self.search.find(goal, holds) is Answer.IMPOSSIBLE

    def _core(self, given: Bool, items: Sequence[t.Expr]) -> tuple[str, Bool]:
        """The fewest parts that can't be true together, in words; and all parts but one of them."""
        scope = {self.requirement.subject: self.search.subject}
        every = [(item, self.search.encoder.truth(item, scope).true) for item in items]
        left = every
        for pair in every:
            fewer = [kept for kept in left if kept is not pair]
            if self.search.impossible(all_(given, *(truth for _, truth in fewer))):
                left = fewer
        but_one = [pair[1] for pair in every if pair is not left[-1]]
        said = "〕和〔".join(self.describer.words.expr(item) for item, _ in left)
        ending = "不能同时成立" if left[1:] else "不会成立"
        return f"：〔{said}〕{ending}", all_(given, *but_one)

    def _objection(self, kind: str, message: str, goal: Bool, wanted: set[Outcome]) -> Objection:
        def holds(case: Case) -> bool:
            return outcome(self.requirement, case) in wanted

        found = self.search.find(goal, holds, plain=True)
        since = "" if self.number == 0 else f"{self.text.windows[0].start}起的文本："
        case = ""
        if isinstance(found, Found):
            case = self.describer.case(found.case, [self.requirement])
        names = (
            (self.requirement.id,) if self.number == 0 else (self.requirement.id, str(self.number))
        )
        file = self.ruleset.file_of(self.requirement.id)
        return Objection(file, kind, names, since + message, case)


_BESIDE: Final = {Outcome.NOT_APPLICABLE, Outcome.FAILED}


def _items(node: t.Expr) -> tuple[t.Expr, ...]:
    """The parts that must all be true, through terms."""
    inner = node.item if isinstance(node, t.Named) else node
    if not isinstance(inner, t.And):
        return (node,)
    return tuple(part for item in inner.items for part in _items(item))
