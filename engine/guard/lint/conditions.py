"""Atomic conditions of requirements and terms: which truths examples give them, what they decide.

An atomic condition asks one thing: a comparison, `in`, `has()`, a yes/no field, a term, a
statement about a list. What is asked of a list's elements is a condition of its own. A term is
one condition where it is used; its own conditions are looked at over all requirements using it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

from engine.explaining.trace import Trace, Tracer
from engine.guard.examples import Case, cases_of
from engine.guard.lint.complaint import expressions
from engine.judging.measure import Measurer, ShownOutcome
from engine.judging.reference import Reading, compile_expr
from engine.language import tree as t
from engine.model.outcome import SETTLED, Outcome
from engine.model.values import Truth
from engine.model.workdays import WorkCalendar
from engine.ruleset.files import RequirementKind
from engine.ruleset.model import Requirement, Ruleset

TRUTHS: Final[Mapping[str, Truth]] = {"true": True, "false": False, "unknown": None}
DECIDES: Final = "decides"
ASPECTS: Final = (*TRUTHS, DECIDES)
"""What examples owe every condition: each truth, and one that decides what people see."""

ASPECT_TITLES: Final = dict(zip(ASPECTS, ("成立", "不成立", "不明", "左右结论"), strict=True))

_ATOMS: Final = (t.Has, t.Compare, t.In, t.Quantifier, t.Named)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a condition stands: a requirement's key and which of those, or a term.

    `part` numbers the texts of a requirement, the current one 0, and the cases of its severity;
    `number` the conditions of the expression in reading order from 1, equal ones counted once.
    """

    owner: str
    part: int
    key: str
    number: int

    def __str__(self) -> str:
        part = f"@{self.part}" if self.part else ""
        return f"{self.key}{part}#{self.number}"


TERM: Final = "term"
"""The key of a term's only expression."""

SEVERITY: Final = "severity"
"""The key of the conditions that say how grave it is."""

NOTE: Final = "note"
"""The key of the condition under which something is added to 符合要求."""


@dataclass(slots=True)
class Tried:
    """What examples did with one condition: `aspects` are those of `ASPECTS` they showed."""

    node: t.Expr
    aspects: set[str] = field(default_factory=set)

    @property
    def lacking(self) -> tuple[str, ...]:
        """The aspects no example shows."""
        return tuple(aspect for aspect in ASPECTS if aspect not in self.aspects)


def is_atom(node: t.Expr) -> bool:
    """Whether the node is an atomic condition."""
    return isinstance(node, _ATOMS) or (isinstance(node, t.Path) and node.kind is t.Kind.BOOL)


def atoms(node: t.Expr) -> list[t.Expr]:
    """The distinct atomic conditions of an expression, in reading order, not those of terms."""
    found: dict[t.Expr, None] = {}

    def visit(part: t.Expr) -> None:
        if is_atom(part):
            found.setdefault(part)
        if not isinstance(part, (t.Has, t.Named)):
            for child in t.children(part):
                visit(child)

    visit(node)
    return list(found)


@dataclass(frozen=True, slots=True)
class Located:
    """One expression with the places of its conditions; `part` as in `Place`.

    `places` are those it holds itself and in its terms; `by_id` finds the place of a node.
    `answered` keeps what `with_truth` made of its requirement: examples ask it again and again.
    """

    key: str
    part: int
    node: t.Expr
    places: Mapping[Place, t.Expr]
    by_id: Mapping[int, Place]
    answered: dict[tuple[Place, bool], Requirement] = field(default_factory=dict)


def located(requirement: Requirement) -> list[Located]:
    """The expressions of a requirement, with their conditions."""
    found = [_locate(requirement, 0, "act_on", requirement.act_on)]
    for number, (condition, _) in enumerate(requirement.severities.cases):
        found.append(_locate(requirement, number, SEVERITY, condition))
    for number, text in enumerate(requirement.texts):
        for key, node in expressions(requirement, text):
            found.append(_locate(requirement, number, key, node))
    return found


def _locate(requirement: Requirement, number: int, key: str, node: t.Expr) -> Located:
    places: dict[Place, t.Expr] = {}
    by_id: dict[int, Place] = {}

    def visit(part: t.Expr, own: Mapping[t.Expr, Place]) -> None:
        if part in own:
            by_id[id(part)] = own[part]
            places[own[part]] = part
        if isinstance(part, t.Has):
            return
        if isinstance(part, t.Named):
            own = {
                atom: Place(part.name, 0, TERM, index)
                for index, atom in enumerate(atoms(part.item), 1)
            }
        for child in t.children(part):
            visit(child, own)

    written = enumerate(atoms(node), 1)
    visit(node, {atom: Place(requirement.id, number, key, index) for index, atom in written})
    return Located(key, number, node, places, by_id)


def with_truth(
    requirement: Requirement, expression: Located, place: Place, *, truth: bool
) -> Requirement:
    """The requirement with a constant in place of one condition of one expression of its own."""
    if (place, truth) in expression.answered:
        return expression.answered[place, truth]
    constant = t.Lit(truth, t.Kind.BOOL)

    def change(node: t.Expr) -> t.Expr:
        if expression.by_id.get(id(node)) == place:
            return constant
        return t.rebuilt(node, change)

    other = with_expression(requirement, expression, change(expression.node))
    expression.answered[place, truth] = other
    return other


def with_expression(requirement: Requirement, expression: Located, node: t.Expr) -> Requirement:
    """The requirement with another tree for one of its expressions."""
    if expression.key == "act_on":
        return dataclasses.replace(requirement, act_on=node)
    if expression.key == SEVERITY:
        cases = list(requirement.severities.cases)
        cases[expression.part] = (node, cases[expression.part][1])
        severities = dataclasses.replace(requirement.severities, cases=tuple(cases))
        return dataclasses.replace(requirement, severities=severities)
    texts = list(requirement.texts)
    text = texts[expression.part]
    if expression.key == NOTE and text.note is not None:
        texts[expression.part] = dataclasses.replace(text, note=(node, text.note[1]))
        return dataclasses.replace(requirement, texts=tuple(texts))
    if requirement.kind is RequirementKind.MANUAL and expression.key == "applies":
        node = t.And((node, *cast("t.And", text.applies).items[1:]))
    texts[expression.part] = dataclasses.replace(text, **{expression.key: node})  # type: ignore[arg-type]
    return dataclasses.replace(requirement, texts=tuple(texts))


def tried(ruleset: Ruleset, calendar: WorkCalendar) -> dict[Place, Tried]:
    """Every condition of the ruleset with what the examples show of it."""
    found: dict[Place, Tried] = {}
    for requirement in ruleset.requirements.values():
        expressions_ = located(requirement)
        for expression in expressions_:
            for place, node in expression.places.items():
                found.setdefault(place, Tried(node))
        for case in cases_of(requirement, ruleset.schema, calendar):
            open_ = [e for e in expressions_ if any(found[place].lacking for place in e.places)]
            if not open_:
                break
            for place, aspects in shown(requirement, open_, case, found).items():
                found[place].aspects |= aspects
    return found


def shown(
    requirement: Requirement,
    expressions_: Sequence[Located],
    case: Case,
    known: Mapping[Place, Tried],
) -> dict[Place, set[str]]:
    """What one case shows of the conditions; whether one decides is asked until `known` has it.

    An expression is looked at only where the outcome looks at it: `applies` under the text in
    force, `require` where `applies` is true, `lenient` and `due` where `require` is not, a
    severity's condition where the outcome calls for something, a note's where the outcome is
    the one that it is said of.
    """
    measurer = Measurer(requirement, case.world, case.year)
    seen = _decided(measurer.shown(case.subject))
    found: dict[Place, set[str]] = {}
    for expression in expressions_:
        if not _consulted(expression, measurer, case, seen.outcome):
            continue
        reading = Reading.PLAN if expression.key in ("act_on", "due") else Reading.JUDGE
        trace = Tracer(case.world, reading).trace(expression.node, measurer.frame(case.subject))
        for place, truths in _truths(trace, expression.by_id).items():
            aspects = found.setdefault(place, set())
            aspects |= {name for name, truth in TRUTHS.items() if truth in truths}
            if DECIDES in aspects or DECIDES in known[place].aspects:
                continue
            for truth in (True, False):
                other = with_truth(requirement, expression, place, truth=truth)
                changed = Measurer(other, case.world, case.year).shown(case.subject)
                if _decided(changed) != seen:
                    aspects.add(DECIDES)
                    break
    return found


def _decided(outcome: ShownOutcome) -> ShownOutcome:
    """What conditions decide of it: 佐证不足 is 信息不全 that waits for blanks alone."""
    if outcome.outcome is Outcome.NOT_EVIDENCED:
        return dataclasses.replace(outcome, outcome=Outcome.UNKNOWN)
    return outcome


def _consulted(expression: Located, measurer: Measurer, case: Case, outcome: Outcome) -> bool:
    if expression.key == "act_on":
        return True
    if expression.key == SEVERITY:
        return outcome not in SETTLED
    text = measurer.requirement.texts[expression.part]
    if text is not measurer.governing(case.subject)[0]:
        return False
    if expression.key == NOTE:
        return outcome is text.noted
    if expression.key == "applies":
        return True
    frame = measurer.frame(case.subject)
    if compile_expr(text.applies, case.world)(frame) is not True:
        return False
    return expression.key == "require" or compile_expr(text.require, case.world)(frame) is not True


def _truths(trace: Trace, by_id: Mapping[int, Place]) -> dict[Place, set[Truth]]:
    """The truths of every condition in a trace, over all elements it was asked of."""
    found: dict[Place, set[Truth]] = {}

    def visit(part: Trace) -> None:
        place = by_id.get(id(part.node))
        if place is not None:
            found.setdefault(place, set()).add(part.value)
        for child in part.parts:
            visit(child)

    visit(trace)
    return found
