"""Random well-typed expressions over any schema, as text that a person could have written."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

from engine.language import tree as t
from engine.language.vocabulary import Vocabulary
from engine.model.field import FieldKind
from engine.model.record_type import RecordType

_KINDS = {
    FieldKind.BOOL: t.Kind.BOOL,
    FieldKind.INT: t.Kind.INT,
    FieldKind.NUMBER: t.Kind.NUMBER,
    FieldKind.STRING: t.Kind.STRING,
    FieldKind.ENUM: t.Kind.STRING,
    FieldKind.DATE: t.Kind.DATE,
    FieldKind.DATETIME: t.Kind.DATETIME,
}
_OPS = ("<", "<=", ">", ">=", "==", "!=")
_WORDS = ("甲", "乙", "it's")
_LIMITS = (2, 5, 7)
_SPANS = (3, 7, 15)
_MONTHS = (1, 3)
"""Few, so that records can come near each of them often."""


@dataclass(frozen=True)
class _Set:
    """What a variable bound to a string may be compared with."""

    words: tuple[str, ...]


@dataclass
class ExpressionDice:
    """The same expressions for the same seed; `scope` maps names to record types or strings."""

    vocabulary: Vocabulary
    dice: random.Random
    subject: str
    scope: dict[str, RecordType | _Set] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        types = self.vocabulary.schema.types
        self.scope = {self.subject: types[self.subject]}
        if "place" in types:
            self.scope["place"] = types["place"]

    # names in sight

    def _records(self) -> list[tuple[str, RecordType]]:
        """Every way to name a record, the nearest most likely."""
        types = self.vocabulary.schema.types
        found: list[tuple[str, RecordType]] = []
        for name, bound in self.scope.items():
            current = bound
            while isinstance(current, RecordType):
                found += [(name, current)] * (1 if name == "place" else 3)
                name += ".parent"  # noqa: PLW2901 - climbing
                if current.parent is None:
                    break
                current = types[current.parent]
        return found

    def _fields(self, *kinds: t.Kind) -> list[tuple[str, tuple[str, ...]]]:
        """Fields of these kinds, with their enumerated values."""
        return [
            (f"{name}.{path}", tuple(spec.values))
            for name, record_type in self._records()
            for path, spec in record_type.fields.items()
            if _KINDS.get(spec.type) in kinds
        ]

    def _lists(self) -> list[tuple[str, RecordType | _Set]]:
        types = self.vocabulary.schema.types
        found: list[tuple[str, RecordType | _Set]] = []
        for name, record_type in self._records():
            for path in (*record_type.nested, *record_type.links):
                found += [(f"{name}.{path}", types[record_type.list_target(path) or ""])] * 2
            for path, spec in record_type.fields.items():
                if spec.type is FieldKind.SET:
                    found.append((f"{name}.{path}", _Set(tuple(spec.values) or _WORDS)))
        return found

    @contextmanager
    def _bound(self, name: str, to: RecordType | _Set) -> Iterator[None]:
        self.scope[name] = to
        yield
        del self.scope[name]

    def _listing(self, depth: int) -> tuple[str, RecordType | _Set]:
        text, element = self.dice.choice(self._lists())
        while depth > 0 and self.dice.random() < 0.3:
            depth -= 1
            name = f"x{next(self.numbers)}"
            with self._bound(name, element):
                text = f"{text}.filter({name}, {self.truth(depth - 1)})"
        return text, element

    def _pick(self, makers: Mapping[Callable[[int], str], int], depth: int) -> str:
        return self.dice.choices(list(makers), weights=list(makers.values()))[0](depth)

    # truths

    def truth(self, depth: int) -> str:
        """A text that yields a truth."""
        makers: dict[Callable[[int], str], int] = {
            self._flag: 2,
            self._has: 3,
            self._compare: 5,
            self._limit: 3,
            self.term_of_days: 5,
            self._word: 3,
            self._among: 2,
        }
        if depth > 0:
            makers |= {self._connective: 8, self._macro: 6, self._at_least: 1, self._term: 1}
        return self._pick(makers, max(depth, 0))

    def _flag(self, _depth: int) -> str:
        found = self._fields(t.Kind.BOOL)
        if not found or self.dice.random() < 0.1:
            return self.dice.choice(("true", "false"))
        return self.dice.choice(found)[0]

    def _has(self, _depth: int) -> str:
        scalars = [name for name, _ in self._fields(*_KINDS.values())]
        lists = [name for name, _ in self._lists()]
        pool = lists if lists and (not scalars or self.dice.random() < 0.3) else scalars
        return f"has({self.dice.choice(pool)})"

    def _compare(self, depth: int) -> str:
        numbers = (t.Kind.INT, t.Kind.NUMBER)
        left = self.dice.choice((*numbers, t.Kind.DATE, t.Kind.DATE, t.Kind.DATETIME))
        if left is t.Kind.DATETIME and not self._fields(left):
            left = t.Kind.DATE
        right = self.dice.choice(numbers) if left in numbers else left
        op = self.dice.choice(_OPS)
        return f"({self.ordered(left, depth - 1)} {op} {self.ordered(right, depth - 1)})"

    def _limit(self, _depth: int) -> str:
        """A number against a constant, as most limits are written."""
        names = [name for name, _ in self._fields(t.Kind.INT, t.Kind.NUMBER)]
        if not names:
            return self.term_of_days(0)
        return f"{self.dice.choice(names)} {self.dice.choice(_OPS)} {self.dice.choice(_LIMITS)}"

    def term_of_days(self, _depth: int) -> str:
        """A term of days, working days or months, as most duties are written."""
        days = [name for name, _ in self._fields(t.Kind.DATE)] or ["as_of"]
        first, second = self.dice.choice(days), self.dice.choice((*days, "as_of"))
        span, op = self.dice.choice(_SPANS), self.dice.choice(_OPS)
        return self.dice.choice(
            (
                f"{second} {op} min({first}, {self.dice.choice(days)})",
                f"{second} {op} max({first}, {self.dice.choice(days)})",
                f"days({first}, {second}) {op} {span}",
                f"workdays({first}, {second}) {op} {span}",
                f"{second} {op} add_days({first}, {span})",
                f"{second} {op} add_workdays({first}, {span})",
                f"{second} {op} add_months({first}, {self.dice.choice(_MONTHS)})",
                f"{second} {op} add_months({first}, {self.dice.choice(_MONTHS)})",
                f"{second} {op} deadline(add_days({first}, {span}))",
                f"{second} {op} deadline(add_days({first}, {span}))",
            )
        )

    def due(self) -> str:
        """The last day for something: a field, or a span after one."""
        days = [name for name, _ in self._fields(t.Kind.DATE)] or ["as_of"]
        day = self.dice.choice(days)
        return self.dice.choice((day, f"add_days({day}, {self.dice.choice(_SPANS)})"))

    def _word(self, depth: int) -> str:
        text, words = self._string(depth)
        other, _ = self._string(depth)
        if self.dice.random() < 0.7:
            other = _quoted(self.dice.choice(words or _WORDS))
        return f"({text} {self.dice.choice(('==', '!='))} {other})"

    def _string(self, depth: int) -> tuple[str, tuple[str, ...]]:
        elements = [(name, to.words) for name, to in self.scope.items() if isinstance(to, _Set)]
        found = [*self._fields(t.Kind.STRING), *elements * 3]
        if not found:
            return _quoted("甲"), _WORDS
        text, words = self.dice.choice(found)
        if depth > 0 and self.dice.random() < 0.15:
            other = self._string(depth - 1)[0]
            return f"({self.truth(depth - 1)} ? {text} : {other})", _WORDS
        return text, words

    def _among(self, depth: int) -> str:
        if self.dice.random() < 0.4:
            number = self.ordered(t.Kind.INT, depth - 1)
            picked = ", ".join(str(self.dice.randrange(9)) for _ in range(3))
            return f"({number} in [{picked}])"
        text, words = self._string(depth)
        chosen = self.dice.sample(words or _WORDS, k=min(2, len(words or _WORDS)))
        return f"({text} in [{', '.join(map(_quoted, chosen))}])"

    def _connective(self, depth: int) -> str:
        parts = [self.truth(depth - 1) for _ in range(3)]
        return self.dice.choice(
            (
                f"({parts[0]} && {parts[1]})",
                f"({parts[0]} || {parts[1]})",
                f"({' && '.join(parts)})",
                f"({' || '.join(parts)})",
                f"!({parts[0]})",
                f"({parts[0]} ? {parts[1]} : {parts[2]})",
                f"(({parts[0]}) {self.dice.choice(('==', '!='))} ({parts[1]}))",
            )
        )

    def _macro(self, depth: int) -> str:
        if not self._lists():
            return self._flag(depth)
        text, element = self._listing(depth - 1)
        name = f"x{next(self.numbers)}"
        macro = self.dice.choice(("all", "exists"))
        with self._bound(name, element):
            return f"{text}.{macro}({name}, {self.truth(depth - 1)})"

    def _at_least(self, depth: int) -> str:
        if not self._lists():
            return self._flag(depth)
        text, element = self._listing(depth - 1)
        name = f"x{next(self.numbers)}"
        with self._bound(name, element):
            return f"at_least({self.dice.randrange(3)}, {text}, {name}, {self.truth(depth - 1)})"

    def _term(self, depth: int) -> str:
        in_sight = {record_type.type: name for name, record_type in self._records()}
        usable = [
            f"{in_sight[term.subject]}.term.{name}"
            for name, term in self.vocabulary.terms.items()
            if term.subject in in_sight
        ]
        return self.dice.choice(usable) if usable else self._flag(depth)

    # ordered values

    def ordered(self, kind: t.Kind, depth: int) -> str:
        """A text that yields a number, a day or a time."""
        leaves = [name for name, _ in self._fields(kind)]
        if depth > 0 and self.dice.random() < 0.55:
            return self._computed(kind, depth)
        if leaves and self.dice.random() < 0.7:
            return self.dice.choice(leaves)
        return self._constant(kind) or self.dice.choice(leaves)

    def _constant(self, kind: t.Kind) -> str:
        params = [f"param.{n}" for n, each in self.vocabulary.params.items() if each is kind]
        match kind:
            case t.Kind.INT:
                return self.dice.choice((str(self.dice.randrange(-4, 15)), "2147483647", *params))
            case t.Kind.NUMBER:
                return self.dice.choice(("0.5", "3.1416", "-2.25", "2147483646.9", *params))
            case t.Kind.DATE:
                return self.dice.choice(("as_of", "as_of", "date(2024, 7, 1)", "date(2024, 2, 29)"))
            case _:
                return ""

    def _computed(self, kind: t.Kind, depth: int) -> str:
        def some(of: t.Kind) -> str:
            return self.ordered(of, depth - 1)

        day, moment = t.Kind.DATE, t.Kind.DATETIME
        common = [
            lambda: f"({self.truth(depth - 1)} ? {some(kind)} : {some(kind)})",
            lambda: f"{self.dice.choice(('min', 'max'))}({some(kind)}, {some(kind)})",
            lambda: f"{self.dice.choice(('min', 'max'))}({some(kind)}, {some(kind)}, {some(kind)})",
        ]
        own: list[Callable[[], str]] = []
        if kind is t.Kind.INT:
            own = [
                lambda: f"days({some(day)}, {some(day)})",
                lambda: f"workdays({some(day)}, {some(day)})",
                lambda: self._size(depth),
                lambda: self._sum(depth, t.Kind.INT),
            ]
        if kind is t.Kind.NUMBER:
            own = [lambda: self._sum(depth, t.Kind.NUMBER)]
            if self._fields(moment):
                own.append(lambda: f"hours({some(moment)}, {some(moment)})")
        if kind in (t.Kind.INT, t.Kind.NUMBER):
            factor = self.dice.choice(("2", "-3", "0", "2147483647"))
            if kind is t.Kind.NUMBER:
                factor = self.dice.choice(("0.25", "-1.5", "3", "0.0001", "1000000.0"))
            own += [
                lambda: f"({some(kind)} {self.dice.choice('+-')} {some(kind)})",
                lambda: f"({some(kind)} * {factor})",
                lambda: f"-({some(kind)})",
            ]
        if kind is day:
            steps = self.dice.choice(("3", "-7", "30", "2000000", some(t.Kind.INT)))
            own = [
                lambda: f"add_days({some(day)}, {steps})",
                lambda: f"add_months({some(day)}, {steps})",
                lambda: f"add_workdays({some(day)}, {steps})",
                lambda: f"deadline({some(day)})",
                lambda: f"date({some(t.Kind.INT)} + 0, {self.dice.randrange(1, 13)}, 28)",
                lambda: f"date(2000 + {some(t.Kind.INT)}, 3, 31)",
            ]
        return self.dice.choice([*common, *own, *own])()

    def _size(self, depth: int) -> str:
        if not self._lists():
            return "0"
        text = self._listing(depth - 1)[0]
        return self.dice.choice((f"size({text})", f"{text}.size()"))

    def _sum(self, depth: int, kind: t.Kind) -> str:
        if not self._lists():
            return "0"
        text, element = self._listing(depth - 1)
        name = f"x{next(self.numbers)}"
        with self._bound(name, element):
            fields = [path for path, _ in self._fields(kind)]
            leaf = self.dice.choice(fields) if fields else "1"
            body = self.dice.choice(
                (leaf, leaf, f"({leaf} + 2)", f"({leaf} * 3)", f"({self.truth(0)} ? {leaf} : 1)")
            )
        return f"sum({text}, {name}, {body})"


def _quoted(word: str) -> str:
    return f'"{word}"' if "'" in word else f"'{word}'"
