"""A symbolic case nailed to one record: what z3 proves of an expression there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TypeAlias

import z3

from engine.guard.verify.algebra import Bool, Number, Word
from engine.guard.verify.days import MINUTES, Days
from engine.guard.verify.encode import Encoder
from engine.guard.verify.facts import Fact as Symbol
from engine.guard.verify.facts import Facts, SymbolicList, SymbolicRecord
from engine.guard.verify.outcomes import noted, severity, verdict
from engine.judging.reference import Reading
from engine.model.outcome import Outcome, Severity
from engine.model.values import Absent, Record, Truth, Unknown
from engine.ruleset.model import Requirement
from tests.engine.small import AS_OF, BLANK, CALENDAR, SCHEMA, Fact, tree

Model: TypeAlias = z3.ModelRef

SLOTS = 3
"""Elements of every list, whether there or not."""


class Pinned:
    """z3's reading of expressions about one record, a place and what parameters are set to."""

    def __init__(
        self,
        record: Record,
        place: Mapping[str, Fact] | None = None,
        params: Mapping[str, int | Decimal] | None = None,
    ) -> None:
        self.record, self.place = record, Record("place", "本地", dict(place or {}))
        self.params = params or {}
        self.facts, self.days = Facts(SCHEMA, lambda _path: SLOTS), Days(CALENDAR)
        self.encoder = Encoder(self.facts, self.days)
        self.subject = SymbolicRecord(SCHEMA.types[record.type], record.type)
        self._solver: z3.Solver | None = None

    def truth(self, text: str, reading: Reading = Reading.JUDGE) -> Truth:
        """The one truth that z3 leaves to the condition."""
        [found] = self.truths(text, reading)
        return found

    def truths(self, text: str, reading: Reading = Reading.JUDGE) -> set[Truth]:
        """The truths that z3 does not rule out."""
        found = self.encoder.truth(tree(text, subject=self.record.type), self._scope(), reading)
        assert not self._can_be(z3.And(found.true, found.false)), "at once true and false"
        neither = z3.Not(z3.Or(found.true, found.false))
        options = {True: found.true, False: found.false, None: neither}
        return {truth for truth, formula in options.items() if self._can_be(formula)}

    def outcomes(self, requirement: Requirement) -> set[Outcome]:
        """The outcomes that z3 does not rule out."""
        found = verdict(self.encoder, requirement, self.subject)
        assert not self._can_be(z3.Not(z3.Or(*found.outcomes.values()))), "none of them"
        return {outcome for outcome, formula in found.outcomes.items() if self._can_be(formula)}

    def seen(self, requirement: Requirement) -> tuple[set[Severity], set[bool]]:
        """The severities, and whether a note is given: what z3 does not rule out."""
        found = verdict(self.encoder, requirement, self.subject)
        rank = severity(self.encoder, requirement, self.subject, found)
        note = noted(self.encoder, requirement, self.subject, found)
        levels = {level for level in Severity if self._can_be(rank == level.rank)}
        options = {True: note, False: z3.Not(note)}
        return levels, {said for said, formula in options.items() if self._can_be(formula)}

    def _scope(self) -> Mapping[str, SymbolicRecord | Word]:
        return {self.record.type: self.subject}

    def _can_be(self, formula: Bool) -> bool:
        return self._model(formula) is not None

    def _model(self, formula: Bool) -> Model | None:
        """A model whose days have all been told exactly; None if there is none."""
        if self._solver is None:
            self._solver = z3.Solver()
            self._solver.add(*self.facts.axioms, *self.days.axioms, *self._pins())
        told: list[Bool] = []
        self._solver.push()
        self._solver.add(formula)
        found = None
        while found is None and (answer := self._solver.check()) != z3.unsat:
            assert answer == z3.sat, "z3 does not know"
            fresh = self.days.axioms_for(self._solver.model())
            told += fresh
            self._solver.add(*fresh)
            found = None if fresh else self._solver.model()
        self._solver.pop()
        self._solver.add(*told)
        return found

    # what the record says

    def _pins(self) -> Iterator[Bool]:
        yield self.facts.as_of == AS_OF.toordinal()
        yield self.facts.year == AS_OF.year
        yield from self._record(self.subject, self.record)
        yield from self._record(self.facts.place, self.place)
        for name, (known, value) in self.facts.params.items():
            yield known == (name in self.params)
            if name in self.params:
                yield value == z3.RealVal(str(self.params[name]))

    def _record(self, made: SymbolicRecord, real: Record) -> Iterator[Bool]:
        for path, fact in made.facts.items():
            yield from self._fact(fact, real.values.get(path, BLANK))
        for path, listed in made.lists.items():
            yield from self._list(listed, real, path)
        if made.parent is not None and real.parent is not None and real is self.record:
            yield from self._record(made.parent, real.parent)

    def _fact(self, fact: Symbol, state: Fact) -> Iterator[Bool]:
        states = [fact.known, fact.absent, fact.bounded, fact.planned]
        match state:
            case Absent():
                yield fact.absent
            case Unknown(planned=day) if day is not None:
                yield from (fact.planned, fact.value == self._code(day))
            case Unknown(lo=lo, hi=hi) if lo is not None:
                yield from (fact.bounded, fact.lo == self._code(lo), fact.hi == self._code(hi))
            case Unknown():
                yield z3.Not(z3.Or(*states))
            case _:
                yield from (fact.known, fact.value == self._code(state))

    def _list(self, listed: SymbolicList, real: Record, path: str) -> Iterator[Bool]:
        found = real.elements(path)
        yield from (listed.closed == found.closed, listed.absent == found.absent)
        yield listed.more == 0
        spec = SCHEMA.types[real.type].fields.get(path)
        if spec is not None and spec.values:
            for value, slot in zip(spec.values, listed.slots, strict=True):
                yield slot.present == (value in found.items)
            return
        for number, slot in enumerate(listed.slots):
            there = number < len(found.items)
            yield slot.present == there
            if not there:
                continue
            element, item = slot.element, found.items[number]
            if isinstance(item, Record):
                assert isinstance(element, SymbolicRecord)
                yield from self._record(element, item)
            else:
                assert isinstance(element, Word)
                yield element.code == self._code(item)

    def _code(self, value: Fact) -> Number:
        match value:
            case bool():
                return z3.BoolVal(val=value)
            case str():
                return self.facts.code(value)
            case dt.datetime():
                return value.toordinal() * MINUTES + value.hour * 60 + value.minute
            case dt.date():
                return value.toordinal()
            case Decimal():
                return z3.RealVal(str(value))
            case _:
                return value
