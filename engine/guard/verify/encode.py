"""The typed tree as z3 formulas: a reading of the language beside the reference and SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, TypeAlias, assert_never, cast

import z3

from engine.guard.verify import algebra as a
from engine.guard.verify import days as d
from engine.guard.verify.algebra import Bool, Number, Span, Truth3, Word
from engine.guard.verify.days import Days
from engine.guard.verify.facts import Facts, SymbolicRecord
from engine.judging.reference import Reading
from engine.language import tree as t
from engine.language.canonical import canonical

MOST_SLOTS: Final = 10
"""Slots that a symbolic list has at most; a case with more elements is not looked for."""

Scope: TypeAlias = Mapping[str, "SymbolicRecord | Word"]


@dataclass(frozen=True, slots=True)
class _Item:
    """A list element: certainly in the list, or at least possibly."""

    element: SymbolicRecord | Word
    certain: Bool
    possible: Bool

    @property
    def some(self) -> Bool:
        """Whether it is there in either way."""
        return a.any_(self.certain, self.possible)


def slots_needed(nodes: Iterable[t.Expr]) -> dict[tuple[str, str], int]:
    """How many elements of each list (record type, field) may matter: a witness for each question.

    Every statement about a list needs one element to be true, false or unknown; a count against
    a constant needs as many as the constant and one more. What more elements would add to counts
    and sums is left open, so that a proof does not rest on how many slots there are.
    """
    needed: dict[tuple[str, str], int] = {}
    asked = dict.fromkeys(part for node in nodes for part in t.walk(node))
    for part in asked:
        more = 1
        if isinstance(part, t.Compare):
            sides = (part.left, part.right)
            source = next((x.source for x in sides if isinstance(x, t.Size)), None)
            number = next((x.value for x in sides if isinstance(x, t.Lit)), 1)
            more = int(number) + 1 if isinstance(number, int) else 2
        elif isinstance(part, (t.Quantifier, t.Sum)):
            source = part.source
        elif isinstance(part, t.Has):
            source = part.path
        else:
            continue
        while isinstance(source, t.Filter):
            source = source.source
        if source is not None and source.kind in t.LISTS:
            key = (source.record, source.field)
            needed[key] = needed.get(key, 0) + more
    return needed


@dataclass
class Encoder:
    """Encodes expressions about one symbolic case.

    `watched` gathers, for the nodes whose ids are its keys, every truth they are given and the
    condition under which that is asked at all.
    """

    facts: Facts
    days: Days
    watched: dict[int, list[tuple[Bool, Truth3]]] = field(default_factory=dict)
    _guard: list[Bool] = field(default_factory=list)
    _open: dict[tuple[t.Expr, Reading], tuple[Number, Number]] = field(default_factory=dict)

    def truth(self, node: t.Expr, scope: Scope, reading: Reading = Reading.JUDGE) -> Truth3:
        """A condition."""
        found = self._truth(node, scope, reading)
        if reading is not Reading.CURABLE and id(node) in self.watched:
            self.watched[id(node)].append((a.all_(*self._guard), found))
        return found

    def _truth(self, node: t.Expr, scope: Scope, reading: Reading) -> Truth3:
        match node:
            case t.Lit(value=bool(value)):
                return Truth3(a.TRUE, a.FALSE) if value else Truth3(a.FALSE, a.TRUE)
            case t.Path():
                fact = self.facts.fact(self._record(node, scope), node)
                curable = reading is Reading.CURABLE and self._in_progress(node)
                return self.facts.truth(fact, curable=curable)
            case t.Named(item=item):
                return self.truth(item, scope, reading)
            case t.Has(path):
                return self._has(path, scope, reading)
            case t.Not(item):
                return self.truth(item, scope, reading).negated()
            case t.And(items):
                return a.conjunction([self.truth(item, scope, reading) for item in items])
            case t.Or(items):
                return a.disjunction([self.truth(item, scope, reading) for item in items])
            case t.Compare(left=left, right=right):
                return self._compare(node.op, left, right, scope, reading)
            case t.In(item, values):
                return self._in(item, values, scope, reading)
            case t.If(test, then, other):
                asked = self.truth(test, scope, reading)
                x, y = (self.truth(branch, scope, reading) for branch in (then, other))
                return Truth3(
                    a.any_(a.all_(asked.true, x.true), a.all_(asked.false, y.true)),
                    a.any_(a.all_(asked.true, x.false), a.all_(asked.false, y.false)),
                )
            case t.Quantifier():
                return self._quantifier(node, scope, reading)
            case _:
                raise TypeError(node)

    def span(self, node: t.Expr, scope: Scope, reading: Reading = Reading.JUDGE) -> Span:
        """A number, a day or a moment."""
        match node:
            case t.Lit(value=value):
                return a.exactly(_constant(value))
            case t.AsOf():
                return a.exactly(self.facts.as_of)
            case t.Path():
                return self.facts.span(self.facts.fact(self._record(node, scope), node), reading)
            case t.Param(name, kind):
                return self.facts.param(name, kind)
            case t.Arith(op, left, right):
                x, y = (self.span(side, scope, reading) for side in (left, right))
                return a.add(x, y if op == "+" else y.negative)
            case t.Scale(item, factor):
                x = self.span(item, scope, reading)
                by = _constant(factor)
                if factor >= 0:
                    return Span(x.lo * by, x.hi * by, x.has_lo, x.has_hi)
                return Span(x.hi * by, x.lo * by, x.has_hi, x.has_lo)
            case t.If(test, then, other):
                asked = self.truth(test, scope, reading)
                branches = (self.span(branch, scope, reading) for branch in (then, other))
                return a.chosen(asked, *branches)
            case t.Call():
                return self._call(node, scope, reading)
            case t.Size(source):
                items, closed = self._items(source, scope, reading)
                certain = a.total(z3.If(i.certain, 1, 0) for i in items)
                some = a.total(z3.If(i.some, 1, 0) for i in items)
                least, most = self._beyond(source, scope, reading)
                return Span(certain + least, some + most, a.TRUE, closed)
            case t.Sum():
                return self._sum(node, scope, reading)
            case _:
                raise TypeError(node)

    def word(self, node: t.Expr, scope: Scope, reading: Reading = Reading.JUDGE) -> Word:
        """A string."""
        match node:
            case t.Lit(value=str(value)):
                return Word(self.facts.code(value), a.TRUE)
            case t.Element(var):
                return cast("Word", scope[var])
            case t.Path():
                fact = self.facts.fact(self._record(node, scope), node)
                return Word(fact.value, fact.known)
            case t.If(test, then, other):
                asked = self.truth(test, scope, reading)
                x, y = (self.word(branch, scope, reading) for branch in (then, other))
                known = a.any_(a.all_(asked.true, x.known), a.all_(asked.false, y.known))
                return Word(a.choice(asked.true, x.code, y.code), known)
            case _:
                raise TypeError(node)

    # fields

    def _record(self, path: t.Path, scope: Scope) -> SymbolicRecord:
        if path.var == "place":
            return self.facts.place
        record = cast("SymbolicRecord", scope[path.var])
        for _ in range(path.up):
            record = self.facts.parent_of(record)
        return record

    def _in_progress(self, path: t.Path) -> bool:
        return self.facts.schema.types[path.record].in_progress(path.field)

    def _has(self, path: t.Path, scope: Scope, reading: Reading) -> Truth3:
        if path.kind in t.LISTS:
            items, closed = self._items(path, scope, reading)
            there = a.any_(*(item.certain for item in items))
            return Truth3(there, a.all_(closed, *(a.not_(item.some) for item in items)))
        return self.facts.has(self.facts.fact(self._record(path, scope), path), reading)

    # relations and functions

    def _compare(
        self, op: str, left: t.Expr, right: t.Expr, scope: Scope, reading: Reading
    ) -> Truth3:
        if left.kind in t.ORDERED:
            spans = (self.span(side, scope, reading) for side in (left, right))
            return a.compare(op, *spans)
        if left.kind is t.Kind.BOOL:
            p, q = (self.truth(side, scope, reading) for side in (left, right))
            same = Truth3(
                a.any_(a.all_(p.true, q.true), a.all_(p.false, q.false)),
                a.any_(a.all_(p.true, q.false), a.all_(p.false, q.true)),
            )
        else:
            x, y = (self.word(side, scope, reading) for side in (left, right))
            known = a.all_(x.known, y.known)
            same = Truth3(a.all_(known, x.code == y.code), a.all_(known, x.code != y.code))
        return same if op == "==" else same.negated()

    def _in(
        self, item: t.Expr, values: Sequence[str | int], scope: Scope, reading: Reading
    ) -> Truth3:
        if item.kind is t.Kind.STRING:
            word = self.word(item, scope, reading)
            among = self.facts.among(word.code, map(str, values))
            return Truth3(a.all_(word.known, among), a.all_(word.known, a.not_(among)))
        span = self.span(item, scope, reading)
        return a.disjunction([a.equal(span, a.exactly(_constant(value))) for value in values])

    def _call(self, node: t.Call, scope: Scope, reading: Reading) -> Span:
        args = [self.span(arg, scope, reading) for arg in node.args]
        match node.name:
            case "min":
                return a.least(args)
            case "max":
                return a.greatest(args)
            case "days":
                return a.add(args[1], args[0].negative)
            case "hours":
                span = a.add(args[1], args[0].negative)
                lo, hi = (z3.ToReal(end) / 60 for end in (span.lo, span.hi))
                return Span(lo, hi, span.has_lo, span.has_hi)
            case "add_days":
                return self.days.add_days(args[0], args[1])
            case "workdays":
                return self.days.workdays(args[0], args[1])
            case "add_workdays":
                return self.days.add_workdays(args[0], args[1])
            case "add_months":
                return self.days.add_months(args[0], args[1])
            case "deadline":
                return self.days.deadline(args[0])
            case "date":
                month, day = (cast("t.Lit", arg).value for arg in node.args[1:])
                return self.days.date(args[0], cast("int", month), cast("int", day))
            case _:
                assert_never(node.name)

    # lists

    def _items(
        self, source: t.ListExpr, scope: Scope, reading: Reading
    ) -> tuple[list[_Item], Bool]:
        """The elements that may be in a list, and whether there can be no others."""
        if isinstance(source, t.Filter):
            items, closed = self._items(source.source, scope, reading)
            kept = []
            for item in items:
                body = self._body(item, source.var, source.body, scope, reading)
                maybe = a.any_(
                    a.all_(item.certain, body.unknown),
                    a.all_(item.possible, a.not_(body.false)),
                )
                kept.append(_Item(item.element, a.all_(item.certain, body.true), maybe))
            return kept, closed
        listed = self.facts.listed(self._record(source, scope), source)
        closed = listed.closed
        if reading is Reading.CURABLE:
            closed = a.all_(closed, a.not_(listed.absent))
            closed = a.FALSE if self._in_progress(source) else closed
        return [_Item(s.element, s.present, a.FALSE) for s in listed.slots], closed

    def _body(self, item: _Item, var: str, body: t.Expr, scope: Scope, reading: Reading) -> Truth3:
        self._guard.append(item.some)
        found = self.truth(body, {**scope, var: item.element}, reading)
        self._guard.pop()
        return found

    def _quantifier(self, node: t.Quantifier, scope: Scope, reading: Reading) -> Truth3:
        items, closed = self._items(node.source, scope, reading)
        some, every = [], [closed]
        for item in items:
            body = self._body(item, node.var, node.body, scope, reading)
            body = body if node.name == "exists" else body.negated()
            some.append(a.all_(item.certain, body.true))
            every.append(a.any_(a.not_(item.some), body.false))
        exists = Truth3(a.any_(*some), a.all_(*every))
        return exists if node.name == "exists" else exists.negated()

    def _sum(self, node: t.Sum, scope: Scope, reading: Reading) -> Span:
        items, closed = self._items(node.source, scope, reading)
        lows, highs, known = [], [], [closed]
        for item in items:
            self._guard.append(item.some)
            body = self.span(node.body, {**scope, node.var: item.element}, reading)
            self._guard.pop()
            lows.append(a.choice(a.all_(item.certain, body.has_lo), body.lo, a.ZERO))
            highs.append(a.choice(item.some, body.hi, a.ZERO))
            known.append(a.any_(a.not_(item.some), body.has_hi))
        least, most = self._added(node, scope, reading)
        sure = most >= 0  # an amount below nothing stands for one that is not known
        return Span(a.total([*lows, least]), a.total([*highs, most]), a.TRUE, a.all_(*known, sure))

    # what lies beyond the slots of a list

    def _beyond(self, source: t.ListExpr, scope: Scope, reading: Reading) -> tuple[Number, Number]:
        """How many elements beyond the slots are certainly, and possibly, in a list."""
        if isinstance(source, t.Path):
            more = self.facts.listed(self._record(source, scope), source).more
            return more, more

        def kept(least: Number, most: Number) -> Bool:
            return z3.And(least >= 0, least <= fewest, least <= most, most <= furthest)

        fewest, furthest = self._beyond(source.source, scope, reading)
        return self._left_open(source, scope, reading, z3.Int, kept)

    def _added(self, node: t.Sum, scope: Scope, reading: Reading) -> tuple[Number, Number]:
        """What elements beyond the slots add to a sum, at least and at most."""

        def of_some(least: Number, most: Number) -> Bool:
            none = z3.Implies(possible == 0, most == 0)
            return z3.And(
                least >= 0,
                z3.Or(most < 0, least <= most),
                z3.Implies(certain == 0, least == 0),
                none,
            )

        certain, possible = self._beyond(node.source, scope, reading)
        made = z3.Int if node.kind is t.Kind.INT else z3.Real
        return self._left_open(node, scope, reading, made, of_some)

    def _left_open(
        self,
        node: t.Expr,
        scope: Scope,
        reading: Reading,
        make: Callable[[str], Number],
        hold: Callable[[Number, Number], Bool],
    ) -> tuple[Number, Number]:
        """Two numbers for a node in a scope of which only `hold` is known; the same each time."""
        names = {var: f"@{id(element)}" for var, element in scope.items()}
        key = canonical(node, names), reading
        if key not in self._open:
            pair = make(f"least#{len(self._open)}"), make(f"most#{len(self._open)}")
            self.facts.axioms.append(hold(*pair))
            self._open[key] = pair
        return self._open[key]


def _constant(value: Any) -> Number:  # noqa: ANN401 - what a literal can hold
    if isinstance(value, Decimal):
        return z3.RealVal(str(value))
    return z3.IntVal(value) if isinstance(value, int) else d.day(value)
