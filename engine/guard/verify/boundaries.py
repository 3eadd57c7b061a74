"""Holes between requirements that should meet: a value or a day that falls to neither side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, permutations
from typing import Any, Final

from engine.guard.examples import Case
from engine.guard.lint.conditions import Located, located, with_expression
from engine.guard.verify import days as d
from engine.guard.verify.algebra import all_
from engine.guard.verify.objection import Describer, Objection, outcome
from engine.guard.verify.outcomes import verdict
from engine.guard.verify.search import Found, Search
from engine.judging.measure import Measurer
from engine.language import tree as t
from engine.model.outcome import Outcome
from engine.model.workdays import WorkCalendar
from engine.ruleset.model import Requirement, Ruleset

_DAY: Final = dt.timedelta(days=1)
_FLIPPED: Final[Mapping[str, str]] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_NEGATED: Final[Mapping[str, str]] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


@dataclass(frozen=True, slots=True)
class _Edge:
    """Where `applies` ends: what is measured, from or up to which constant, whether with it."""

    requirement: Requirement
    expression: Located
    node: t.Compare
    measure: t.Expr
    bound: Any
    upwards: bool
    included: bool


def objections(ruleset: Ruleset, calendar: WorkCalendar) -> Iterator[Objection]:
    """Holes between the windows of one duty's texts, and between thresholds of two duties."""
    for requirement in ruleset.requirements.values():
        yield from _windows(requirement, ruleset, calendar)
    edges = [e for r in ruleset.requirements.values() for e in _edges(r)]
    by_measure: dict[tuple[str, str], list[_Edge]] = {}
    for edge in edges:
        by_measure.setdefault((edge.requirement.subject, repr(edge.measure)), []).append(edge)
    for group in by_measure.values():
        for low, high in permutations(group, 2):
            if low.requirement is not high.requirement and _apart(low, high):
                yield from _between(low, high, group, ruleset, calendar)


def _windows(
    requirement: Requirement, ruleset: Ruleset, calendar: WorkCalendar
) -> Iterator[Objection]:
    windows = sorted((w for text in requirement.texts for w in text.windows), key=lambda w: w.start)
    for earlier, later in pairwise(windows):
        if earlier.end + _DAY >= later.start:
            continue
        search = Search([requirement], ruleset.schema, calendar)
        found = verdict(search.encoder, requirement, search.subject)
        act = search.encoder.span(requirement.act_on, {requirement.subject: search.subject})
        first, last = d.day(earlier.end + _DAY), d.day(later.start - _DAY)
        inside = all_(act.has_lo, act.has_hi, act.lo >= first, act.hi <= last)
        goal = all_(inside, found.texts[0].applies.true, search.facts.as_of >= act.hi)
        case = search.find(goal, lambda case: _beside(requirement, case), plain=True)
        if not isinstance(case, Found):
            case = search.find(inside, lambda case: _beside(requirement, case))
        message = (
            f"{earlier.end + _DAY}至{later.start - _DAY}没有一个文本有效："
            f"前一个到{earlier.end}为止，"
            f"后一个{later.start}才起，其间的行为无人管"
        )
        said = Describer(ruleset).case(case.case, [requirement]) if isinstance(case, Found) else ""
        names = (requirement.id, str(later.start))
        yield Objection(ruleset.file_of(requirement.id), "hole", names, message, said)


def _beside(requirement: Requirement, case: Case) -> bool:
    return outcome(requirement, case) is Outcome.NOT_APPLICABLE


def _edges(requirement: Requirement) -> Iterator[_Edge]:
    """The comparisons, with a constant or of two days, that the current `applies` turns on."""
    for expression in located(requirement):
        if expression.key == "applies" and expression.part == 0:
            yield from _found(requirement, expression, expression.node, positive=True)


def _found(
    requirement: Requirement, expression: Located, node: t.Expr, *, positive: bool
) -> Iterator[_Edge]:
    match node:
        case t.Not(item):
            yield from _found(requirement, expression, item, positive=not positive)
        case t.And(items) | t.Or(items):
            for item in items:
                yield from _found(requirement, expression, item, positive=positive)
        case t.Named(item=item):
            yield from _found(requirement, expression, item, positive=positive)
        case t.Compare(left=left, right=right) if node.op in _FLIPPED:
            op: str = node.op if positive else _NEGATED[node.op]
            if isinstance(right, t.Lit):
                measure, value = left, right.value
            elif isinstance(left, t.Lit):
                measure, value, op = right, left.value, _FLIPPED[op]
            else:
                # How far apart the two are: counted from the one whose name comes first.
                first, second = sorted((left, right), key=repr)
                measure, value = t.Call("days", (first, second), t.Kind.INT), 0
                op = _FLIPPED[op] if first is left else op
            yield _Edge(
                requirement, expression, node, measure, value, op[0] == ">", op.endswith("=")
            )
        case _:
            return


def _apart(low: _Edge, high: _Edge) -> bool:
    """Whether one side ends below where the other begins, with something between."""
    if low.upwards or not high.upwards:
        return False
    if low.bound == high.bound:
        return not low.included and not high.included
    if low.bound > high.bound:
        return False
    if low.measure.kind is t.Kind.NUMBER or isinstance(low.bound, Decimal):
        return True
    step: Any = _DAY if isinstance(low.bound, dt.date) else 1
    end = low.bound if low.included else low.bound - step
    begin = high.bound if high.included else high.bound + step
    return bool(end + step < begin)


def _between(
    low: _Edge, high: _Edge, group: list[_Edge], ruleset: Ruleset, calendar: WorkCalendar
) -> Iterator[Objection]:
    """A record to which both would apply but for the threshold, and nobody does."""
    others = {e.requirement.id: e.requirement for e in group}
    search = Search(list(others.values()), ruleset.schema, calendar)
    opened = [_without(edge) for edge in (low, high)]
    goals = [
        verdict(search.encoder, other, search.subject).texts[0].applies.true for other in opened
    ]
    for requirement in others.values():
        found = verdict(search.encoder, requirement, search.subject)
        goals.append(found.outcomes[Outcome.NOT_APPLICABLE])
        goals.append(found.texts[0].governs)

    def nobody(case: Case) -> bool:
        beside = all(_beside(r, case) for r in others.values())
        return beside and all(
            Measurer(other, case.world, case.year).measures(case.subject).applies is True
            for other in opened
        )

    case = search.find(all_(*goals), nobody, plain=True)
    if isinstance(case, Found):
        describer = Describer(ruleset)
        x, y = low.requirement, high.requirement
        one, other = (describer.words.expr(edge.node) for edge in (low, high))
        message = (
            f"与“{y.title}”（{y.id}）之间有空档：一条只管“{one}”，一条只管“{other}”，"
            "落在中间的两条都不涉及"
        )
        said = describer.case(case.case, [x, y])
        names = (min(x.id, y.id), max(x.id, y.id))
        yield Objection(ruleset.file_of(x.id), "hole", names, message, said)


def _without(edge: _Edge) -> Requirement:
    """The requirement with this one threshold left out."""

    def change(node: t.Expr) -> t.Expr:
        if node is edge.node:
            return t.Lit(not _negated(edge), t.Kind.BOOL)
        return t.rebuilt(node, change)

    return with_expression(edge.requirement, edge.expression, change(edge.expression.node))


def _negated(edge: _Edge) -> bool:
    """Whether the comparison stands below an odd number of negations."""

    def below(node: t.Expr, *, odd: bool) -> bool | None:
        if node is edge.node:
            return odd
        flipped = odd ^ isinstance(node, t.Not)
        return next((x for c in t.children(node) if (x := below(c, odd=flipped)) is not None), None)

    return bool(below(edge.expression.node, odd=False))
