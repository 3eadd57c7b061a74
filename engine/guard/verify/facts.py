"""Records whose facts may be anything an example can say, as z3 terms."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

import z3

from engine.guard.verify import algebra as a
from engine.guard.verify import days as d
from engine.guard.verify.algebra import Bool, Number, Span, Truth3, Word
from engine.judging.reference import Reading
from engine.language import tree as t
from engine.language.vocabulary import MANUAL
from engine.model.field import FieldKind
from engine.model.record_type import RecordType
from engine.model.schema import Schema
from engine.ruleset.manual import ANSWERS

MOST: Final = 10_000_000
"""Numbers of a symbolic record lie between 0 and this."""

DECIMALS: Final = 100
"""A number with decimals is a whole number of these parts."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One scalar: known, absent, known within bounds, planned, or else unknown and blank.

    `value` is the value of a known or planned one (a truth for bools), `lo` and `hi` the bounds.
    """

    path: t.Path
    known: Bool
    absent: Bool
    bounded: Bool
    planned: Bool
    value: Any
    lo: Number
    hi: Number


@dataclass(slots=True)
class Slot:
    """A place in a list: an element where `present`."""

    present: Bool
    element: SymbolicRecord | Word


@dataclass(slots=True)
class SymbolicList:
    """A list: elements in slots, and how many more there are once every slot is taken.

    Of those beyond the slots nothing is known; an absent list is empty and closed.
    """

    path: t.Path
    closed: Bool
    absent: Bool
    slots: list[Slot]
    more: Number


@dataclass(eq=False)
class SymbolicRecord:
    """One record; its facts, lists and parent come to be as expressions read them."""

    type: RecordType
    name: str
    parent: SymbolicRecord | None = None
    facts: dict[str, Fact] = field(default_factory=dict)
    lists: dict[str, SymbolicList] = field(default_factory=dict)


class Facts:
    """Everything symbolic of one case: the subject, the place, parameters and the two days."""

    def __init__(self, schema: Schema, slots: Callable[[t.Path], int]) -> None:
        self.schema, self._slots = schema, slots
        self.axioms: list[Bool] = []
        self.as_of, self.year = z3.Int("as_of"), z3.Int("year")
        self.place = SymbolicRecord(
            schema.types.get("place") or RecordType(type="place", title="本地"), "place"
        )
        self.params: dict[str, tuple[Bool, Number]] = {}
        self.words: dict[str, int] = {}
        self.axioms += [self.as_of >= d.day(d.FIRST), self.as_of <= d.day(d.LAST)]
        self.axioms += [self.year >= 2000, self.year <= 2040]

    def code(self, word: str) -> Number:
        """The number that stands for a string."""
        return z3.IntVal(self.words.setdefault(word, len(self.words)))

    def word(self, code: int) -> str:
        """The string that a number stands for; one that no expression names where none does."""
        names = {number: word for word, number in self.words.items()}
        return names.get(code, f"某{code}")

    def among(self, code: Number, values: Iterable[str]) -> Bool:
        """Whether a code is that of one of the words."""
        return a.any_(*(code == self.code(value) for value in values))

    def parent_of(self, record: SymbolicRecord) -> SymbolicRecord:
        """The record it is nested in."""
        if record.parent is None:
            above = self.schema.types[record.type.parent or ""]
            record.parent = SymbolicRecord(above, f"{record.name}.parent")
        return record.parent

    def param(self, name: str, kind: t.Kind) -> Span:
        """What a province sets, or not."""
        if name not in self.params:
            known, value = z3.Bool(f"param.{name}?"), self._number(f"param.{name}", kind)
            self.params[name] = (known, value)
        known, value = self.params[name]
        return Span(value, value, known, known)

    def _number(self, name: str, kind: t.Kind) -> Number:
        whole = z3.Int(name)
        if kind is t.Kind.NUMBER:
            self.axioms += [whole >= 0, whole <= MOST * DECIMALS]
            return z3.ToReal(whole) / DECIMALS
        if kind is t.Kind.INT:
            self.axioms += [whole >= 0, whole <= MOST]
        else:
            unit = d.MINUTES if kind is t.Kind.DATETIME else 1
            self.axioms += [whole >= unit * d.day(d.FIRST), whole < unit * (d.day(d.LAST) + 1)]
        return whole

    def fact(self, record: SymbolicRecord, path: t.Path) -> Fact:
        """The fact that `path` names of a record, made when first asked for."""
        found = record.facts.get(path.field)
        if found is None:
            found = record.facts[path.field] = self._fact(record, path)
        return found

    def _fact(self, record: SymbolicRecord, path: t.Path) -> Fact:
        name = f"{record.name}.{path.field}"
        spec = record.type.fields.get(path.field)
        known, absent = z3.Bool(f"{name}?"), z3.Bool(f"{name}∅")
        bounded = planned = a.FALSE
        lo = hi = a.ZERO
        value: Any
        if path.kind is t.Kind.BOOL:
            value = z3.Bool(name)
        elif path.kind is t.Kind.STRING:
            value = z3.Int(name)
            enumerated = spec is not None and spec.type is FieldKind.ENUM
            words = tuple(spec.values) if spec is not None and enumerated else ()
            words = ANSWERS if path.field.startswith(MANUAL) else words
            self.axioms.append(self.among(value, words) if words else value >= 0)
        else:
            value = self._number(name, path.kind)
            lo, hi = (self._number(f"{name}{end}", path.kind) for end in "↓↑")
            bounded = z3.Bool(f"{name}~")
            self.axioms.append(z3.Implies(bounded, lo < hi))
            if spec is not None and spec.time == "event":
                planned = z3.Bool(f"{name}…")
        states = [known, absent, bounded, planned]
        exclusive = [x for x in states if not z3.is_false(x)]
        self.axioms.append(z3.AtMost(*exclusive, 1))
        fact = Fact(path, known, absent, bounded, planned, value, lo, hi)
        if path.field.startswith(MANUAL):
            self.axioms.append(a.not_(absent))
        self._certain(record, path, fact)
        return fact

    def _certain(self, record: SymbolicRecord, path: t.Path, fact: Fact) -> None:
        """A generated record's year and key are always known."""
        if record.type.generated is None:
            return
        if path.field in ("year", "start", "end") or path.field in record.type.key:
            self.axioms.append(fact.known)
        first = d.first_of(self.year)
        wanted = {"year": self.year, "start": first, "end": d.first_of(self.year + 1) - 1}
        if path.field in wanted:
            self.axioms.append(fact.value == wanted[path.field])

    def listed(self, record: SymbolicRecord, path: t.Path) -> SymbolicList:
        """The list that `path` names of a record, made when first asked for."""
        found = record.lists.get(path.field)
        if found is None:
            found = record.lists[path.field] = self._list(record, path)
        return found

    def _list(self, record: SymbolicRecord, path: t.Path) -> SymbolicList:
        name = f"{record.name}.{path.field}"
        closed, absent = z3.Bool(f"{name}."), z3.Bool(f"{name}∅")
        spec = record.type.fields.get(path.field)
        more: Number = a.ZERO
        if spec is not None and spec.values:
            # Each value is in the set or not: no more can be said of it.
            slots = [
                Slot(z3.Bool(f"{name}[{value}]"), Word(self.code(value), a.TRUE))
                for value in spec.values
            ]
        else:
            slots = [
                Slot(z3.Bool(f"{name}[{n}]"), self._element(record, path, f"{name}[{n}]"))
                for n in range(self._slots(path))
            ]
            for slot, following in pairwise(slots):
                self.axioms.append(z3.Implies(following.present, slot.present))
            more = z3.Int(f"{name}+")
            self.axioms += [more >= 0, z3.Implies(more > 0, slots[-1].present)]
        self.axioms += [z3.Implies(absent, z3.Not(slot.present)) for slot in slots]
        self.axioms.append(z3.Implies(absent, closed))
        return SymbolicList(path, closed, absent, slots, more)

    def _element(self, record: SymbolicRecord, path: t.Path, name: str) -> SymbolicRecord | Word:
        if path.target is None:
            code = z3.Int(f"{name}=")
            self.axioms.append(code >= 0)
            return Word(code, a.TRUE)
        owner = record if path.field in record.type.nested else None
        return SymbolicRecord(self.schema.types[path.target], name, owner)

    # readings

    def here(self, fact: Fact, reading: Reading) -> tuple[Bool, Bool]:
        """Whether a reading finds the value, or bounds of it: what lies ahead it does not."""
        spec = self.schema.types[fact.path.record].fields.get(fact.path.field)
        if spec is None or spec.time != "event":
            return fact.known, fact.bounded
        if reading is Reading.PLAN:
            return a.any_(fact.known, fact.planned), fact.bounded
        unit = d.MINUTES if fact.path.kind is t.Kind.DATETIME else 1
        ahead = unit * (self.as_of + 1)
        return a.all_(fact.known, fact.value < ahead), a.all_(fact.bounded, fact.hi < ahead)

    def span(self, fact: Fact, reading: Reading) -> Span:
        """The interval of an ordered fact."""
        known, bounded = self.here(fact, reading)
        there = a.any_(known, bounded)
        lo = a.choice(bounded, fact.lo, fact.value)
        hi = a.choice(bounded, fact.hi, fact.value)
        return Span(lo, hi, there, there)

    def truth(self, fact: Fact, *, curable: bool) -> Truth3:
        """The truth of a bool; a 否 that can still become 是 is no false."""
        false = a.FALSE if curable else a.all_(fact.known, a.not_(fact.value))
        return Truth3(a.all_(fact.known, fact.value), false)

    def has(self, fact: Fact, reading: Reading) -> Truth3:
        """Whether there is one."""
        known, bounded = self.here(fact, reading)
        false = a.FALSE if reading is Reading.CURABLE else fact.absent
        return Truth3(a.any_(known, bounded), false)
