"""The meaning of the language: the typed tree compiled to closures, evaluated directly.

Small and obvious on purpose: where engines disagree, this is the reading to look at first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeAlias, assert_never

from engine.language import semantics as s
from engine.language import tree as t
from engine.language.semantics import UNBOUNDED, Interval
from engine.language.vocabulary import MANUAL
from engine.model.errors import BudgetExceededError
from engine.model.values import (
    ABSENT,
    NEEDS_PERSON,
    NO_COLUMN,
    OPEN_EMPTY,
    Cause,
    Elements,
    Record,
    State,
    Truth,
    Unknown,
)
from engine.model.world import World

BUDGET: Final = 1_000_000
"""List elements one outcome may visit before it is `failed`."""


class Reading(StrEnum):
    """How facts are read.

    `JUDGE`: as they are known. `CURABLE`: what more paper could still supply counts as unknown
    (absent facts, 否 in progress fields, the end of lists in progress). `PLAN`: a planned day
    counts as known; for `due` and `act_on` alone.
    """

    JUDGE = "judge"
    CURABLE = "curable"
    PLAN = "plan"


def reader(world: World, path: t.Path, reading: Reading) -> Callable[[Record], State]:
    """What `reading` makes of a scalar field: an event that lies ahead is planned."""
    name, as_of = path.field, world.as_of
    if path.kind not in t.DATES:
        # What a person settles is not a column that could be missing.
        missing = NEEDS_PERSON if name.startswith(MANUAL) else NO_COLUMN
        # as what the schema says: a `cast` would cost as much as the reading
        return lambda record: record.values.get(name, missing)  # type: ignore[return-value]
    assumed = reading is Reading.PLAN or (path.record, path.field) in world.assumed
    free = assumed or not _is_event(world, path)

    def read(record: Record) -> State:
        value = record.values.get(name, NO_COLUMN)
        if isinstance(value, dt.date):
            ahead = not free and _day(value) > as_of
            return Unknown(Cause.PLANNED, planned=value) if ahead else value
        if isinstance(value, Unknown) and value.planned is not None:
            return value.planned if assumed else value
        if isinstance(value, Unknown) and not free:
            bounded = value.lo is not None or value.hi is not None
            perhaps = bounded and (value.hi is None or _day(value.hi) > as_of)
            return Unknown(Cause.PLANNED) if perhaps else value
        return value  # type: ignore[return-value]

    return read


def _is_event(world: World, path: t.Path) -> bool:
    """Whether the field dates something that has not happened before its day."""
    spec = world.schema.types[path.record].fields.get(path.field)
    return spec is not None and spec.time == "event"


def ancestor(record: Record, path: t.Path) -> Record:
    """The record `path.up` parents above; one that knows nothing where there is no parent."""
    for _ in range(path.up):
        if record.parent is None:
            return Record(path.record, "")
        record = record.parent
    return record


def fact(
    path: t.Path, frame: Frame, world: World, reading: Reading = Reading.JUDGE
) -> tuple[Record, State | Elements]:
    """The record that a path leads to, and what `reading` makes of its field."""
    record = ancestor(world.place if path.var == "place" else frame.bound[path.var], path)
    if path.kind in t.LISTS:
        return record, record.elements(path.field)
    return record, reader(world, path, reading)(record)


def _day(moment: Any) -> dt.date:  # noqa: ANN401 - a date or a datetime, as the schema says
    day: dt.date = moment.date() if isinstance(moment, dt.datetime) else moment
    return day


@dataclass(slots=True)
class Frame:
    """One evaluation: the records bound to variables, the act's day, the steps left."""

    bound: dict[str, Any]
    act: Interval = UNBOUNDED
    steps: int = BUDGET


Closure: TypeAlias = Callable[[Frame], Any]
"""Yields a truth, an interval or a string, by the kind of the tree it was made from."""

_Listing: TypeAlias = Callable[[Frame], tuple[list[Any], list[Any], bool]]
"""Certain elements, possible further ones, and whether there can be no others."""


def compile_expr(node: t.Expr, world: World, reading: Reading = Reading.JUDGE) -> Closure:
    """A function from a `Frame` to the value of `node` under `reading`."""
    return _Compiler(world, reading).expr(node)


class _Compiler:
    def __init__(self, world: World, reading: Reading) -> None:
        self.world, self.reading = world, reading

    def expr(self, node: t.Expr) -> Closure:
        """The closure of a part, compiled once in its world."""
        compiled, key = self.world.compiled, (id(node), self.reading)
        if key not in compiled:
            # the node is held so that its id stays its own
            compiled[key] = (node, self._expr(node))
        closure: Closure = compiled[key][1]
        return closure

    def _expr(self, node: t.Expr) -> Closure:  # noqa: C901, PLR0911, PLR0912 - a closed tree
        match node:
            case t.Lit(value, kind):
                return _constant((value, value) if kind in t.ORDERED else value)
            case t.Path(kind=t.Kind.BOOL):
                return self._bool_field(node)
            case t.Path(kind=t.Kind.STRING):
                return self._string_field(node)
            case t.Path():
                return self._ordered_field(node)
            case t.Element(var):
                return lambda frame: frame.bound[var]
            case t.AsOf():
                return _constant((self.world.as_of, self.world.as_of))
            case t.Param(name):
                return self._param(name)
            case t.Named(item=item):
                return self.expr(item)
            case t.Has(path):
                return self._has(path)
            case t.Not(item):
                inner = self.expr(item)
                return lambda frame: s.negate(inner(frame))
            case t.And(items):
                return _all_of([self.expr(item) for item in items])
            case t.Or(items):
                return _any_of([self.expr(item) for item in items])
            case t.Compare():
                return self._compare(node)
            case t.In():
                return self._in(node)
            case t.Arith(op, left, right):
                a, b = self.expr(left), self.expr(right)
                step = s.add if op == "+" else s.subtract
                return lambda frame: step(a(frame), b(frame))
            case t.Scale(item, factor):
                inner = self.expr(item)
                return lambda frame: s.scale(inner(frame), factor)
            case t.If():
                return self._if(node)
            case t.Call():
                return self._call(node)
            case t.Size(source):
                return _size(self._listing(source))
            case t.Quantifier(name, source, var, body):
                return _quantifier(name, self._listing(source), var, self.expr(body))
            case t.Sum(source, var, body):
                return _sum(self._listing(source), var, self.expr(body))
            case _:
                raise TypeError(node)

    # fields

    def _record(self, path: t.Path) -> Callable[[Frame], Record]:
        var, up = path.var, path.up
        if var == "place":
            place = self.world.place
            return lambda _frame: place
        if not up:
            return lambda frame: frame.bound[var]

        return lambda frame: ancestor(frame.bound[var], path)

    def _bool_field(self, path: t.Path) -> Closure:
        record, name = self._record(path), path.field
        curable = self.reading is Reading.CURABLE and self._in_progress(path)

        def read(frame: Frame) -> Truth:
            value = record(frame).values.get(name, NO_COLUMN)
            if value is True:
                return True
            return False if value is False and not curable else None

        return read

    def _string_field(self, path: t.Path) -> Closure:
        record, name = self._record(path), path.field

        def read(frame: Frame) -> str | None:
            value = record(frame).values.get(name, NO_COLUMN)
            return value if isinstance(value, str) else None

        return read

    def _ordered_field(self, path: t.Path) -> Closure:
        record, read = self._record(path), reader(self.world, path, self.reading)
        return lambda frame: _interval(read(record(frame)))

    def _in_progress(self, path: t.Path) -> bool:
        return self.world.schema.types[path.record].in_progress(path.field)

    def _has(self, path: t.Path) -> Closure:
        if path.kind in t.LISTS:
            listing = self._listing(path)

            def has_element(frame: Frame) -> Truth:
                certain, possible, closed = listing(frame)
                return True if certain else (False if closed and not possible else None)

            return has_element
        record, read = self._record(path), reader(self.world, path, self.reading)
        curable = self.reading is Reading.CURABLE

        def has(frame: Frame) -> Truth:
            value = read(record(frame))
            if isinstance(value, Unknown):
                # Part of a date or an approximate number is there all the same.
                return True if value.lo is not None or value.hi is not None else None
            if value is ABSENT:
                return None if curable else False
            return True

        return has

    def _param(self, name: str) -> Closure:
        periods = self.world.params.get(name, ())

        def read(frame: Frame) -> Any:  # noqa: ANN401 - the kind the file declares
            lo, hi = frame.act
            for period in periods:
                if lo is not None and hi is not None and period.start <= lo <= hi <= period.end:
                    return period.value, period.value
            return UNBOUNDED

        return read

    # relations and functions

    def _compare(self, node: t.Compare) -> Closure:
        a, b = self.expr(node.left), self.expr(node.right)
        if node.left.kind in t.ORDERED:
            compare = s.COMPARE[node.op]
            return lambda frame: compare(a(frame), b(frame))
        wanted = node.op == "=="

        def same(frame: Frame) -> Truth:
            left, right = a(frame), b(frame)
            return None if left is None or right is None else (left == right) is wanted

        return same

    def _in(self, node: t.In) -> Closure:
        item, values = self.expr(node.item), frozenset(node.values)
        if node.item.kind is t.Kind.STRING:

            def among(frame: Frame) -> Truth:
                value = item(frame)
                return None if value is None else value in values

            return among
        numbers = [(value, value) for value in node.values]
        return lambda frame: _kleene_or(s.equal(item(frame), number) for number in numbers)

    def _if(self, node: t.If) -> Closure:
        test, then, other = self.expr(node.test), self.expr(node.then), self.expr(node.other)
        unknown = UNBOUNDED if node.kind in t.ORDERED else None

        def choose(frame: Frame) -> Any:  # noqa: ANN401 - the kind of the branches
            truth = test(frame)
            if truth is None:
                return unknown
            return then(frame) if truth else other(frame)

        return choose

    def _call(self, node: t.Call) -> Closure:
        args = [self.expr(arg) for arg in node.args]
        work = self.world.calendar
        match node.name:
            case "min":
                return lambda frame: s.least([arg(frame) for arg in args])
            case "max":
                return lambda frame: s.greatest([arg(frame) for arg in args])
            case "days":
                return lambda frame: s.days(args[0](frame), args[1](frame))
            case "hours":
                return lambda frame: s.hours(args[0](frame), args[1](frame))
            case "workdays":
                return lambda frame: s.workdays(args[0](frame), args[1](frame), work)
            case "add_days":
                return lambda frame: s.add_days(args[0](frame), args[1](frame))
            case "add_months":
                return lambda frame: s.add_months(args[0](frame), args[1](frame))
            case "add_workdays":
                return lambda frame: s.add_workdays(args[0](frame), args[1](frame), work)
            case "deadline":
                return lambda frame: s.deadline(args[0](frame), work)
            case "date":
                month, day = (arg(Frame({}))[0] for arg in args[1:])
                return lambda frame: s.date(args[0](frame), month, day)
            case _:
                assert_never(node.name)

    # lists

    def _listing(self, source: t.ListExpr) -> _Listing:
        if isinstance(source, t.Filter):
            return _filter(self._listing(source.source), source.var, self.expr(source.body))
        record, name = self._record(source), source.field
        curable = self.reading is Reading.CURABLE
        progress = curable and self._in_progress(source)

        def read(frame: Frame) -> tuple[list[Any], list[Any], bool]:
            found = record(frame).values.get(name, OPEN_EMPTY)
            if not isinstance(found, Elements):
                return [], [], found is ABSENT and not curable
            frame.steps -= len(found.items) + 1
            if frame.steps < 0:
                raise BudgetExceededError(f"超过{BUDGET}步")
            closed = found.closed and not progress and not (curable and found.absent)
            return list(found.items), [], closed

        return read


def _interval(value: State | Elements) -> Interval:
    if isinstance(value, Unknown):
        return value.lo, value.hi
    return UNBOUNDED if value is ABSENT else (value, value)


def _constant(value: Any) -> Closure:  # noqa: ANN401 - any kind
    return lambda _frame: value


def _all_of(items: list[Closure]) -> Closure:
    def conjunction(frame: Frame) -> Truth:
        result: Truth = True
        for item in items:
            truth = item(frame)
            if truth is False:
                return False
            if truth is None:
                result = None
        return result

    return conjunction


def _any_of(items: list[Closure]) -> Closure:
    return lambda frame: _kleene_or(item(frame) for item in items)


def _kleene_or(truths: Iterable[Truth]) -> Truth:
    result: Truth = False
    for truth in truths:
        if truth:
            return True
        if truth is None:
            result = None
    return result


def _filter(listing: _Listing, var: str, body: Closure) -> _Listing:
    def choose(frame: Frame) -> tuple[list[Any], list[Any], bool]:
        certain, possible, closed = listing(frame)
        sure: list[Any] = []
        maybe: list[Any] = []
        for group, is_certain in ((certain, True), (possible, False)):
            for element in group:
                frame.bound[var] = element
                truth = body(frame)
                if truth is not False:
                    (sure if truth and is_certain else maybe).append(element)
        return sure, maybe, closed

    return choose


def _size(listing: _Listing) -> Closure:
    def size(frame: Frame) -> Interval:
        certain, possible, closed = listing(frame)
        return len(certain), (len(certain) + len(possible) if closed else None)

    return size


def _quantifier(name: str, listing: _Listing, var: str, body: Closure) -> Closure:
    decisive = name == "exists"

    def quantify(frame: Frame) -> Truth:
        certain, possible, closed = listing(frame)
        unknown = not closed
        for group, is_certain in ((certain, True), (possible, False)):
            for element in group:
                frame.bound[var] = element
                truth = body(frame)
                if truth is decisive and is_certain:
                    return bool(truth)
                # A possible element counts only where it could turn the answer.
                unknown = unknown or truth is not (not decisive)
        return None if unknown else not decisive

    return quantify


def _sum(listing: _Listing, var: str, body: Closure) -> Closure:
    def add_up(frame: Frame) -> Interval:
        certain, possible, closed = listing(frame)
        lo: Any = 0
        hi: Any = 0 if closed else None
        for group, is_certain in ((certain, True), (possible, False)):
            for element in group:
                frame.bound[var] = element
                least, most = body(frame)
                lo += (least or 0) if is_certain else 0
                hi = None if hi is None or most is None else hi + most
        return s.add((lo, hi), (0, 0))

    return add_up
