"""A requirement's typed tree as text for Google's CEL, which then thinks for itself.

What is unknown is a key that is missing, so that CEL answers with an error; its own `&&`, `||`,
`?:`, `all` and `exists` absorb errors as Kleene's absorb unknown. Days are ordinals, moments are
microseconds, numbers with decimals are whole numbers of their ten-thousandths.

A record is a map: `field` to its value, `?field` to whether there is one, `field` to the elements
of a list and `=field` to true where it is closed, `^` to its parent. An element of a list also
has `#`, its place, and `=`, its text where it is one.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, TypeAlias

from engine.language import tree as t

DECIMALS = 4
MOST_DECIMALS = 8
"""Beyond it, whole numbers of CEL would overflow where a number is still within limits."""

LARGEST = 2**31
MOST_COUNTED = 3
"""Elements a count compares with: each is a loop within a loop."""


class OutsideCelError(Exception):
    """CEL cannot say this: its answer would not mean the same."""


@dataclass
class Needs:
    """What an expression reads of a record: only that is handed to CEL."""

    fields: dict[str, t.Kind] = field(default_factory=dict)
    lists: dict[str, Needs] = field(default_factory=dict)
    parent: Needs | None = None


@dataclass(frozen=True)
class Leaf:
    """CEL text of an ordered value, times ten to the power of `decimals`; an error if unknown."""

    text: str
    decimals: int = 0


@dataclass(frozen=True)
class Extreme:
    """The least or the greatest: bounded even where one of them is unknown."""

    of: Literal["min", "max"]
    items: tuple[Ordered, ...]


@dataclass(frozen=True)
class Choice:
    """One or the other, by a truth in CEL."""

    test: str
    then: Ordered
    other: Ordered


Ordered: TypeAlias = Leaf | Extreme | Choice


@dataclass(frozen=True)
class _Bound:
    text: str
    needs: Needs


@dataclass
class Translation:
    """Translates expressions about one subject; `roots` gathers what they read."""

    subject: str
    roots: dict[str, Needs] = field(default_factory=dict)
    params: dict[str, t.Kind] = field(default_factory=dict)
    partial: bool = False
    """Whether some part is an error in CEL where bounds could still decide."""
    _scope: dict[str, _Bound] = field(default_factory=dict)
    _names: int = 0

    def __post_init__(self) -> None:
        for name in (self.subject, "place"):
            self.roots[name] = Needs()
            self._scope[name] = _Bound(f"r_{name}", self.roots[name])

    # truths and strings

    def truth(self, node: t.Expr) -> str:  # noqa: PLR0911 - a closed tree
        """The CEL text of a truth or a string. Raises `OutsideCelError`."""
        match node:
            case t.Lit(bool(value)):
                return "true" if value else "false"
            case t.Lit(str(value)):
                return json.dumps(value, ensure_ascii=False)
            case t.Path():
                return self._value(node)
            case t.Element(var):
                return f'{self._scope[var].text}["="]'
            case t.Named(item=item):
                return self.truth(item)
            case t.Has(path):
                return self._has(path)
            case t.Not(item):
                return f"!({self.truth(item)})"
            case t.And(items):
                return "(" + " && ".join(map(self.truth, items)) + ")"
            case t.Or(items):
                return "(" + " || ".join(map(self.truth, items)) + ")"
            case t.If(test, then, other):
                return f"({self.truth(test)} ? {self.truth(then)} : {self.truth(other)})"
            case t.Compare():
                return self._compare(node)
            case t.In(item, values):
                return self._among(item, values)
            case t.Quantifier():
                return self._quantifier(node)
            case _:
                raise OutsideCelError(type(node).__name__)

    def _record(self, path: t.Path) -> _Bound:
        bound = self._scope[path.var]
        for _ in range(path.up):
            bound.needs.parent = bound.needs.parent or Needs()
            bound = _Bound(f'{bound.text}["^"]', bound.needs.parent)
        return bound

    def _value(self, path: t.Path) -> str:
        record = self._record(path)
        record.needs.fields[path.field] = path.kind
        return f"{record.text}[{json.dumps(path.field)}]"

    def _has(self, path: t.Path) -> str:
        if path.kind in t.LISTS:
            listed = self._list(path)
            return f"(size({listed.text}) > 0 || !{listed.closed})"
        record = self._record(path)
        record.needs.fields[path.field] = path.kind
        return f'{record.text}["?{path.field}"]'

    def _compare(self, node: t.Compare) -> str:
        if node.left.kind not in t.ORDERED:
            return f"({self.truth(node.left)} {node.op} {self.truth(node.right)})"
        for counted, limit, op in (
            (node.left, node.right, node.op),
            (node.right, node.left, _TURNED[node.op]),
        ):
            match counted, limit:
                case t.Size(t.Filter() as chosen), t.Lit(int(number)) if number < MOST_COUNTED:
                    return self._count(chosen, op, number)
        return compare(node.op, self.ordered(node.left), self.ordered(node.right))

    def _among(self, item: t.Expr, values: tuple[str | int, ...]) -> str:
        if item.kind is t.Kind.STRING:
            return f"({self.truth(item)} in {json.dumps(values, ensure_ascii=False)})"
        number = self.ordered(item)
        found = [compare("==", number, _number(value)) for value in values]
        return "(" + " || ".join(found) + ")"

    # lists

    @dataclass(frozen=True)
    class _List:
        """The elements, whether there are no others, and the further conditions on an element."""

        text: str
        closed: str
        needs: Needs
        chosen: tuple[tuple[str, t.Expr], ...] = ()

    def _list(self, source: t.ListExpr) -> Translation._List:
        if isinstance(source, t.Filter):
            inner = self._list(source.source)
            chosen = (*inner.chosen, (source.var, source.body))
            return self._List(inner.text, inner.closed, inner.needs, chosen)
        record = self._record(source)
        needs = record.needs.lists.setdefault(source.field, Needs())
        name = source.field
        return self._List(f'dyn({record.text}["{name}"])', f'{record.text}["={name}"]', needs)

    @contextmanager
    def _each(self, listed: _List) -> Iterator[tuple[str, Callable[[str, t.Expr], str]]]:
        """A name for an element, and a way to say a truth of it under a variable."""
        name = f"e{self._names}"
        self._names += 1

        def say(var: str, body: t.Expr) -> str:
            before = self._scope.get(var)
            self._scope[var] = _Bound(name, listed.needs)
            text = self.truth(body)
            del self._scope[var]
            if before is not None:
                self._scope[var] = before
            return text

        yield name, say

    def _quantifier(self, node: t.Quantifier) -> str:
        listed = self._list(node.source)
        with self._each(listed) as (name, say):
            body = say(node.var, node.body)
            chosen = [say(var, condition) for var, condition in listed.chosen]
        if node.name == "all":
            every = " || ".join([*(f"!({each})" for each in chosen), body])
            return f"({listed.text}.all({name}, {every}) && {listed.closed})"
        some = " && ".join([*chosen, body])
        return f"({listed.text}.exists({name}, {some}) || !{listed.closed})"

    def _count(self, source: t.Filter, op: str, limit: int) -> str:
        def more_than(number: int) -> str:
            return self._at_least(source, number + 1)

        match op:
            case ">=":
                return self._at_least(source, limit)
            case ">":
                return more_than(limit)
            case "<":
                return f"!({self._at_least(source, limit)})"
            case "<=":
                return f"!({more_than(limit)})"
            case "==":
                return f"({self._at_least(source, limit)} && !({more_than(limit)}))"
            case _:
                return f"!({self._at_least(source, limit)} && !({more_than(limit)}))"

    def _at_least(self, source: t.Filter, number: int) -> str:
        if number <= 0:
            return "true"
        listed = self._list(source)

        def further(left: int, before: str) -> str:
            with self._each(listed) as (name, say):
                parts = [say(var, condition) for var, condition in listed.chosen]
                if before:
                    parts.insert(0, f'{name}["#"] > {before}["#"]')
                if left > 1:
                    parts.append(further(left - 1, name))
                return f"{listed.text}.exists({name}, {' && '.join(parts)})"

        return f"({further(number, '')} || !{listed.closed})"

    # ordered values

    def ordered(self, node: t.Expr) -> Ordered:
        """A number, a day or a moment. Raises `OutsideCelError`."""
        match node:
            case t.Lit(value):
                return _number(value)  # type: ignore[arg-type]
            case t.Path():
                return Leaf(self._value(node), _decimals(node.kind))
            case t.AsOf():
                return Leaf("as_of")
            case t.Param(name, kind):
                self.params[name] = kind
                return Leaf(f'param["{name}"]', _decimals(kind))
            case t.Arith(op, left, right):
                return _both(
                    self.ordered(left),
                    self.ordered(right),
                    lambda a, b: _aligned(a, b, lambda x, y: f"({x} {op} {y})"),
                    turned=("second",) if op == "-" else (),
                )
            case t.Scale(item, factor):
                return self._scaled(item, factor)
            case t.If(test, then, other):
                return Choice(self.truth(test), self.ordered(then), self.ordered(other))
            case t.Call():
                return self._call(node)
            case t.Size(source):
                return self._size(source)
            case t.Sum():
                return self._sum(node)
            case _:
                raise OutsideCelError(type(node).__name__)

    def _scaled(self, item: t.Expr, factor: int | Decimal) -> Ordered:
        def scaled(leaf: Leaf) -> Leaf:
            if isinstance(factor, int):
                return _capped(f"({leaf.text} * ({factor}))", leaf.decimals)
            whole = int(factor * 10**DECIMALS)
            return _capped(f"({leaf.text} * ({whole}))", leaf.decimals + DECIMALS)

        return _one(self.ordered(item), scaled, turned=factor < 0)

    def _call(self, node: t.Call) -> Ordered:
        items = [self.ordered(arg) for arg in node.args]
        match node.name:
            case "min":
                return Extreme("min", tuple(items))
            case "max":
                return Extreme("max", tuple(items))
            case "deadline":
                return _one(items[0], lambda day: Leaf(f"deadline({day.text})"))
            case "date":
                _, month, day = (arg.value if isinstance(arg, t.Lit) else None for arg in node.args)
                return _one(items[0], lambda year: Leaf(f"on({year.text}, {month}, {day})"))
            case "days":
                return _both(*items, lambda a, b: Leaf(f"({b.text} - {a.text})"), turned=("first",))
            case name:
                since = name in ("workdays", "hours")
                return _both(
                    *items,
                    lambda a, b: Leaf(f"{name}({a.text}, {b.text})", _decimals(node.kind)),
                    turned=("first",) if since else (),
                )

    def _size(self, source: t.ListExpr) -> Ordered:
        listed = self._list(source)
        if listed.chosen:
            return Leaf(f"({listed.closed} ? size({self._chosen(listed)}) : 0)")
        size = f"size({listed.text})"
        return Extreme("max", (Leaf(size), Leaf(f"({listed.closed} ? {size} : 0)")))

    def _sum(self, node: t.Sum) -> Ordered:
        listed = self._list(node.source)
        if listed.chosen or not isinstance(node.body, t.Path):
            return self._sum_of_chosen(listed, node)
        decimals = _decimals(node.body.kind)
        with self._each(listed) as (name, say):
            value = say(node.var, node.body)
        record, _, key = value.rpartition("[")
        known = f"({key.rstrip(']')} in {record} ? {value} : 0)"
        least = _capped(f"total({listed.text}.map({name}, {known}))", decimals)
        whole = f"({listed.closed} ? total({listed.text}.map({name}, {value})) : 0)"
        return Extreme("max", (least, _capped(whole, decimals)))

    def _chosen(self, listed: _List) -> str:
        """The elements that pass; an error as soon as one is unknown, so only part of the truth."""
        self.partial = True
        if not listed.chosen:
            return listed.text
        with self._each(listed) as (name, say):
            passing = " && ".join(say(var, condition) for var, condition in listed.chosen)
        return f"{listed.text}.filter({name}, {passing})"

    def _sum_of_chosen(self, listed: _List, node: t.Sum) -> Ordered:
        chosen = self._chosen(listed)
        with self._each(listed) as (name, _):
            before = self._scope.get(node.var)
            self._scope[node.var] = _Bound(name, listed.needs)
            body = self.ordered(node.body)
            del self._scope[node.var]
            if before is not None:
                self._scope[node.var] = before
        if not isinstance(body, Leaf):
            raise OutsideCelError("a sum of choices")
        whole = f"({listed.closed} ? total({chosen}.map({name}, {body.text})) : 0)"
        return _capped(whole, body.decimals)


_TURNED: dict[str, Literal["==", "!=", "<", "<=", ">", ">="]] = {
    "<": ">",
    "<=": ">=",
    ">": "<",
    ">=": "<=",
    "==": "==",
    "!=": "!=",
}


def _decimals(kind: t.Kind) -> int:
    return DECIMALS if kind is t.Kind.NUMBER else 0


def _number(value: int | Decimal | dt.date) -> Leaf:
    if isinstance(value, dt.date):
        return Leaf(str(value.toordinal()))
    if isinstance(value, Decimal):
        return Leaf(f"({int(value * 10**DECIMALS)})", DECIMALS)
    return Leaf(f"({value})")


def _capped(text: str, decimals: int) -> Leaf:
    if decimals > MOST_DECIMALS:
        raise OutsideCelError("more decimals than whole numbers of CEL hold")
    return Leaf(f"capped({text}, {LARGEST * 10**decimals})", decimals)


def _raised(leaf: Leaf, decimals: int) -> str:
    extra = decimals - leaf.decimals
    return f"({leaf.text} * {10**extra})" if extra else leaf.text


def _aligned(a: Leaf, b: Leaf, join: Callable[[str, str], str]) -> Leaf:
    decimals = max(a.decimals, b.decimals)
    return _capped(join(_raised(a, decimals), _raised(b, decimals)), decimals)


_TURN = {"min": "max", "max": "min"}


def _one(value: Ordered, step: Callable[[Leaf], Leaf], *, turned: bool = False) -> Ordered:
    """A function of one value: of the extremes, the function of each."""
    match value:
        case Leaf():
            return step(value)
        case Extreme(of, items):
            mapped = tuple(_one(item, step, turned=turned) for item in items)
            return Extreme(_TURN[of] if turned else of, mapped)  # type: ignore[arg-type]
        case Choice(test, then, other):
            return Choice(test, _one(then, step, turned=turned), _one(other, step, turned=turned))


def _both(
    first: Ordered,
    second: Ordered,
    step: Callable[[Leaf, Leaf], Leaf],
    *,
    turned: tuple[str, ...] = (),
) -> Ordered:
    """A function of two values, falling in those that are `turned`, rising in the others."""
    match first:
        case Leaf():
            return _one(second, lambda b: step(first, b), turned="second" in turned)
        case Extreme(of, items):
            mapped = tuple(_both(item, second, step, turned=turned) for item in items)
            return Extreme(_TURN[of] if "first" in turned else of, mapped)  # type: ignore[arg-type]
        case Choice(test, then, other):
            return Choice(
                test,
                _both(then, second, step, turned=turned),
                _both(other, second, step, turned=turned),
            )


def compare(op: str, left: Ordered, right: Ordered) -> str:
    """The CEL text of a comparison: of extremes, whether some or every part compares so."""
    match op:
        case ">" | ">=":
            return compare(_TURNED[op], right, left)
        case "!=":
            return f"!({compare('==', left, right)})"
    match left, right:
        case Choice(test, then, other), _:
            return f"({test} ? {compare(op, then, right)} : {compare(op, other, right)})"
        case _, Choice(test, then, other):
            return f"({test} ? {compare(op, left, then)} : {compare(op, left, other)})"
        case Leaf(), Leaf():
            decimals = max(left.decimals, right.decimals)
            return f"({_raised(left, decimals)} {op} {_raised(right, decimals)})"
    if op == "==":
        return f"({compare('<=', left, right)} && {compare('<=', right, left)})"
    match left, right:
        case Extreme(of, items), _:
            joined = (" || " if of == "min" else " && ").join(
                compare(op, item, right) for item in items
            )
            return f"({joined})"
        case _, Extreme(of, items):
            joined = (" && " if of == "min" else " || ").join(
                compare(op, left, item) for item in items
            )
            return f"({joined})"
    raise TypeError(left, right)
