"""Looking for a case with a property, or a proof that there is none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, Final

import z3

from engine.guard.examples import ANSWER, PARENT, Case, build
from engine.guard.verify import days as d
from engine.guard.verify.algebra import Bool, Number, Word
from engine.guard.verify.days import Days
from engine.guard.verify.encode import MOST_SLOTS, Encoder, slots_needed
from engine.guard.verify.facts import DECIMALS, Fact, Facts, SymbolicList, SymbolicRecord
from engine.language import tree as t
from engine.language.vocabulary import MANUAL
from engine.model.outcome import Outcome
from engine.model.schema import Schema
from engine.model.workdays import WorkCalendar
from engine.ruleset.files import Example
from engine.ruleset.model import Requirement

_ROUNDS: Final = 40
"""Models that may be made exact before a search gives up."""

_STEPS: Final = 60_000_000
"""What z3 may take for one question, as it counts its own work: the same on every machine.

Some ten to twenty seconds of it; without an answer nothing is said."""


class Answer(Enum):
    """Why there is no case."""

    IMPOSSIBLE = "impossible"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Found:
    """A case as an example of `requirement`, built and judged by the reference."""

    example: Example
    case: Case


class Search:
    """One symbolic case with its subject; `find` asks for instances of it."""

    def __init__(
        self, requirements: Sequence[Requirement], schema: Schema, calendar: WorkCalendar
    ) -> None:
        self.requirement, self.schema, self.calendar = requirements[0], schema, calendar
        needed = slots_needed(node for r in requirements for node in r.expressions())
        self.facts = Facts(
            schema, lambda path: min(MOST_SLOTS, needed.get((path.record, path.field), 1))
        )
        self.days = Days(calendar)
        self.encoder = Encoder(self.facts, self.days)
        subject = schema.types[self.requirement.subject]
        self.subject = SymbolicRecord(subject, subject.type)

    def find(
        self,
        goal: Bool,
        holds: Callable[[Case], bool],
        *,
        plain: bool = False,
    ) -> Found | Answer:
        """A case in which `goal` is true and, by the reference, `holds`.

        `plain` looks first among recent days and plainly known facts: easier to read.
        """
        for easier in (self._known(), self._recent()) if plain else ():
            found = self._find([goal, *easier], holds)
            if isinstance(found, Found):
                return found
        return self._find([goal], holds)

    def impossible(self, goal: Bool) -> bool:
        """Whether z3 proves that no case makes `goal` true, however long its lists."""
        return bool(self._solver([goal]).check() == z3.unsat)

    def _solver(self, goals: Sequence[Bool]) -> z3.Solver:
        solver = z3.Solver()
        solver.set("rlimit", _STEPS)
        solver.add(*self.facts.axioms, *self.days.axioms, *goals)
        return solver

    def _find(self, goals: Sequence[Bool], holds: Callable[[Case], bool]) -> Found | Answer:
        solver = self._solver(goals)
        short = [
            listed.more == 0 for record in self._all_records() for listed in record.lists.values()
        ]
        for _ in range(_ROUNDS):
            answer = solver.check(*short)
            if answer == z3.unsat:
                proved = not short or solver.check() == z3.unsat
                return Answer.IMPOSSIBLE if proved else Answer.UNDECIDED
            if answer != z3.sat:
                return Answer.UNDECIDED
            model = solver.model()
            example = self.example(model)
            case = build(self.requirement, example, self.schema, self.calendar)
            if holds(case):
                return Found(example, case)
            fresh = self.days.axioms_for(model)
            if not fresh:
                return Answer.UNDECIDED
            solver.add(*fresh)
        return Answer.UNDECIDED

    def _known(self) -> Iterable[Bool]:
        """Nothing unknown: everything is written down."""
        yield from self._recent()
        for record in self._all_records():
            for fact in record.facts.values():
                yes_no = fact.path.kind is t.Kind.BOOL
                yield fact.known if yes_no else z3.Or(fact.known, fact.absent)
            for listed in record.lists.values():
                yield listed.closed
                yield z3.Not(listed.absent)

    def _recent(self) -> Iterable[Bool]:
        """What makes a case easy to read: recent days, nothing planned or in part known."""
        yield self.facts.as_of >= d.day(dt.date(2022, 1, 1))
        yield self.facts.as_of <= d.day(dt.date(2025, 12, 31))
        yield self.facts.year >= 2022
        yield self.facts.year <= 2025
        facts = [fact for record in self._all_records() for fact in record.facts.values()]
        for fact in facts:
            yield z3.Not(fact.bounded)
            yield z3.Not(fact.planned)
            unit = {t.Kind.DATE: 1, t.Kind.DATETIME: d.MINUTES}.get(fact.path.kind)
            if unit is not None:
                yield fact.value >= unit * d.day(dt.date(2020, 1, 1))
                yield fact.value <= unit * d.day(dt.date(2026, 12, 31))
            elif fact.path.kind in (t.Kind.INT, t.Kind.NUMBER):
                yield fact.value <= 200_000

    def _all_records(self) -> Iterable[SymbolicRecord]:
        pending = [self.subject, self.facts.place]
        seen: set[int] = set()
        while pending:
            record = pending.pop()
            if id(record) in seen:
                continue
            seen.add(id(record))
            yield record
            pending += [record.parent] if record.parent is not None else []
            for listed in record.lists.values():
                pending += [
                    s.element for s in listed.slots if isinstance(s.element, SymbolicRecord)
                ]

    # from a model to an example

    def example(self, model: Any) -> Example:  # noqa: ANN401 - a z3 model
        """The case of a model as an example whose outcome is yet to be found."""
        reader = _Reader(self.facts, model)
        given = reader.record(self.subject)
        above = given.pop(PARENT, None)
        place = reader.record(self.facts.place)
        return Example(
            outcome=Outcome.UNKNOWN,
            as_of=dt.date.fromordinal(reader.number(self.facts.as_of)),
            year=reader.number(self.facts.year),
            given=given,
            parent=above,
            place=place,
            params=reader.params(),
        )


class _Reader:
    """What a model says, as an example writes it."""

    def __init__(self, facts: Facts, model: Any) -> None:  # noqa: ANN401 - a z3 model
        self.facts, self.model = facts, model

    def holds(self, formula: Bool) -> bool:
        """Whether the model makes a formula true."""
        return bool(z3.is_true(self.model.eval(formula, model_completion=True)))

    def number(self, term: Number) -> int:
        """The whole number the model gives a term."""
        return int(self.model.eval(term, model_completion=True).as_long())

    def params(self) -> dict[str, int | Decimal | None]:
        """The parameters that are set."""
        found: dict[str, int | Decimal | None] = {}
        for name, (known, value) in self.facts.params.items():
            if self.holds(known):
                found[name] = self._decimal(value) if z3.is_real(value) else self.number(value)
        return found

    def _decimal(self, term: Number) -> Decimal:
        found = self.model.eval(term * DECIMALS, model_completion=True)
        return Decimal(int(found.as_fraction())) / DECIMALS

    def record(self, record: SymbolicRecord, owner: SymbolicRecord | None = None) -> dict[str, Any]:
        """The fields of a record, with its parent unless that is the owner of its list."""
        given: dict[str, Any] = {}
        for path, fact in record.facts.items():
            written = self._fact(fact)
            if path.startswith(MANUAL):
                if isinstance(written, str):
                    given[ANSWER] = written
            else:
                given[path] = written
        for path, listed in record.lists.items():
            given[path] = self._list(listed, record)
        if record.parent is not None and record.parent is not owner:
            given[PARENT] = self.record(record.parent)
        return given

    def _fact(self, fact: Fact) -> Any:  # noqa: ANN401 - a value as YAML has it
        if self.holds(fact.known):
            return self._value(fact, fact.value)
        if self.holds(fact.absent):
            return None
        if self.holds(fact.bounded):
            return {"between": [self._value(fact, fact.lo), self._value(fact, fact.hi)]}
        if self.holds(fact.planned):
            return {"planned": self._value(fact, fact.value)}
        return {"unknown": "blank"}

    def _value(self, fact: Fact, value: Any) -> Any:  # noqa: ANN401 - a value as YAML has it
        match fact.path.kind:
            case t.Kind.BOOL:
                return self.holds(value)
            case t.Kind.STRING:
                return self.facts.word(self.number(value))
            case t.Kind.NUMBER:
                return self._decimal(value)
            case t.Kind.DATE:
                return dt.date.fromordinal(self.number(value))
            case t.Kind.DATETIME:
                days, minutes = divmod(self.number(value), d.MINUTES)
                moment = dt.datetime.combine(dt.date.fromordinal(days), dt.time())
                return (moment + dt.timedelta(minutes=minutes)).isoformat(" ", "minutes")
            case _:
                return self.number(value)

    def _list(self, listed: SymbolicList, owner: SymbolicRecord) -> Any:  # noqa: ANN401 - as above
        if self.holds(listed.absent):
            return None
        items: list[Any] = []
        for slot in listed.slots:
            if not self.holds(slot.present):
                continue
            if isinstance(slot.element, Word):
                items.append(self.facts.word(self.number(slot.element.code)))
                continue
            items.append(self.record(slot.element, owner))
        return items if self.holds(listed.closed) else {"open": items}
