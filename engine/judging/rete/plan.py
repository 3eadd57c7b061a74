"""From requirements to rules: what durable_rules is to match for the subjects of one type."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from engine.judging.reference import Reading
from engine.judging.rete.formula import All, Clauses, Formula, Neg, Normaliser, Part, equals
from engine.judging.rete.network import Packing, pack
from engine.judging.rete.session import written
from engine.judging.rete.variables import AHEAD, UNSURE, Key, Variables
from engine.language import tree as t
from engine.language.canonical import canonical
from engine.model.outcome import Outcome
from engine.model.schema import Schema
from engine.ruleset import derived
from engine.ruleset.model import Requirement, Text

RANKS: Final = (
    Outcome.NOT_APPLICABLE,
    Outcome.MET,
    Outcome.BORDERLINE,
    Outcome.GAP,
    Outcome.PENDING,
    Outcome.UNKNOWN,
    Outcome.BORDERLINE,
    Outcome.GAP,
    Outcome.NOT_EVIDENCED,
    Outcome.UNKNOWN,
)
"""Outcomes in DESIGN's order: the first whose rule fires holds, the last if none does.

The earlier `borderline` and `gap` are those that more paper cannot cure; the earlier `unknown`
is a `due` that cannot be told.
"""

NONE: Final = len(RANKS) - 1
"""The rank where no rule fires."""

_NOT_APPLICABLE, _MET, _HARD_DOUBT, _HARD_GAP, _PENDING, _NO_DUE, _DOUBT, _GAP, _BLANK = range(NONE)


@dataclass(frozen=True, slots=True)
class Partition:
    """Rules matched together on one kind of fact: which measures it takes, what each rule proves.

    `rules` are the rules as the matching engine reads them. `proofs` gives for each of them the
    (target, value) pairs it proves: a requirement's place and a rank, or a part's measure and a
    truth.
    """

    rules: str
    measures: tuple[int, ...]
    proofs: tuple[tuple[tuple[int, int], ...], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything needed to judge the requirements on one subject type.

    `passes` are the partitions of the earlier passes, by level; `needs` gives each requirement the
    measures and parts it rests on.
    """

    subject: str
    keys: dict[Key, int]
    passes: tuple[tuple[Partition, ...], ...]
    outcomes: tuple[Partition, ...]
    needs: tuple[frozenset[int], ...]


def make_plan(requirements: Sequence[Requirement], schema: Schema) -> Plan:
    """The rules for requirements on one subject type. Raises `InvalidRulesetError`."""
    measures = Variables(schema)
    formulas = [_ranked(requirement, measures) for requirement in requirements]
    normaliser = Normaliser(len(measures.keys))
    ranked = [
        [(rank, normaliser.clauses(formula)) for rank, formula in of_one] for of_one in formulas
    ]
    parts = normaliser.parts
    levels = range(1, max((part.level for part in parts), default=0) + 1)
    passes = tuple(_partitions(_judging(p for p in parts if p.level == level)) for level in levels)
    proving = [
        (requirement.id, place, rank, clauses)
        for place, requirement in enumerate(requirements)
        for rank, clauses in ranked[place]
    ]
    needs = tuple(_needs((clauses for _, clauses in of_one), normaliser) for of_one in ranked)
    return Plan(requirements[0].subject, measures.keys, passes, _partitions(proving), needs)


def _ranked(requirement: Requirement, measures: Variables) -> list[tuple[int, Formula]]:
    """For each rank the formulas under which it holds."""
    act = canonical(requirement.act_on)
    governing = measures.governing(requirement.texts, act)
    none = equals(governing, len(requirement.texts))
    beside = All(tuple(Neg(measures.formula(text.applies, act)) for text in requirement.texts))
    ranked: list[tuple[int, Formula]] = [(_NOT_APPLICABLE, none), (_NOT_APPLICABLE, beside)]
    for number, text in enumerate(requirement.texts):
        ranked += _text(text, equals(governing, number), act, measures)
    return ranked


def _text(
    text: Text, governs: Formula, act: t.Expr, measures: Variables
) -> list[tuple[int, Formula]]:
    applies = measures.formula(text.applies, act)
    require = measures.formula(text.require, act)
    curable = measures.formula(text.require, act, Reading.CURABLE)
    lenient = None if text.lenient is None else (measures.formula(text.lenient, act),)
    both = (governs, applies)
    ranked: list[tuple[int, Formula]] = [
        (_NOT_APPLICABLE, All((governs, Neg(applies)))),
        (_MET, All((*both, require))),
        (_HARD_GAP, All((*both, Neg(curable)))),
    ]
    if lenient is not None:
        ranked.append((_HARD_DOUBT, All((*both, Neg(curable), *lenient))))
    if text.due is not None:
        due = measures.due(text.due, act)
        ranked.append((_PENDING, All((*both, equals(due, AHEAD)))))
        ranked.append((_NO_DUE, All((*both, equals(due, UNSURE)))))
    if curable != require:
        # Otherwise what is false now is false for good, and has been settled above.
        late = _DOUBT if text.house else _GAP
        ranked.append((late, All((*both, Neg(require)))))
        if lenient is not None:
            ranked.append((_DOUBT, All((*both, Neg(require), *lenient))))
    if text.evidence:
        ranked.append((_BLANK, All((*both, measures.blank(text, act)))))
    return ranked


def _judging(parts: Iterable[Part]) -> list[tuple[str, int, int, Clauses]]:
    return [
        (f"m{part.measure}", part.measure, int(wanted), clauses)
        for part in parts
        for wanted, clauses in ((True, part.yes), (False, part.no))
    ]


def _partitions(proving: Sequence[tuple[str, int, int, Clauses]]) -> tuple[Partition, ...]:
    """The rules that prove each (target, value), as many together as can be matched at once."""
    packing: Packing = pack((name, clauses) for name, _, _, clauses in proving)
    proofs: list[list[list[tuple[int, int]]]] = [[[] for _ in c.clauses] for c in packing.chunks]
    for _, target, value, clauses in proving:
        for clause in clauses:
            chunk, number = packing.places[clause]
            proofs[chunk][number].append((target, value))
    return tuple(
        Partition(
            written(chunk.patterns()),
            tuple(sorted({condition.measure for clause in chunk.clauses for condition in clause})),
            tuple(tuple(of_rule) for of_rule in proofs[number]),
        )
        for number, chunk in enumerate(packing.chunks)
    )


def _needs(groups: Iterable[Clauses], normaliser: Normaliser) -> frozenset[int]:
    """The measures and parts that any of the clauses rest on, at every level."""
    found: set[int] = set()
    waiting = {c.measure for clauses in groups for clause in clauses for c in clause}
    while waiting:
        number = waiting.pop()
        found.add(number)
        if number >= normaliser.first_part:
            part = normaliser.parts[number - normaliser.first_part]
            inner = {c.measure for clause in (*part.yes, *part.no) for c in clause}
            waiting |= inner - found
    return frozenset(found)


def plan_for(requirements: Sequence[Requirement], schema: Schema) -> Plan:
    """The plan for these very requirements, made once."""
    return derived.recall(
        "plan", requirements, schema, None, lambda: make_plan(requirements, schema)
    )
