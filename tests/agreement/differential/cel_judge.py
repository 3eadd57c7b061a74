"""Google's CEL as an engine of its own: an outside oracle that shares no code with ours.

It takes the facts that are known, evaluates each expression of a requirement on its own terms,
and decides the outcome by a table written out again here. What CEL has no notion of, it leaves
open: values known by bounds only, and the few expressions `cel_text` names. Whether missing
evidence is what decides is not asked: not evidenced counts as unknown.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from cel_expr_python import cel

from engine.language import tree as t
from engine.model.outcome import Outcome
from engine.model.values import ABSENT, Elements, Record, Records, Unknown
from engine.model.world import Period, World
from engine.ruleset.model import Requirement, Text
from tests.agreement.differential.cel_text import (
    Choice,
    Extreme,
    Leaf,
    Needs,
    Ordered,
    OutsideCelError,
    Translation,
    compare,
)

Reading: TypeAlias = Literal["judge", "curable", "plan"]
Answer: TypeAlias = bool | int | None
Params: TypeAlias = Mapping[str, int | Decimal]
Days: TypeAlias = tuple[int | None, int | None]

_EPOCH = dt.datetime(1, 1, 1)  # noqa: DTZ001 - facts are local times
_SECOND = 1_000_000
_EXPECTED = ("NOT_FOUND: Key not found", "OUT_OF_RANGE: integer overflow", "OUT_OF_RANGE: unknown")


class AbstainError(Exception):
    """What decides is known by bounds only: CEL has no such thing."""


def _unknown() -> Any:  # noqa: ANN401 - never returns
    raise ValueError("unknown")


@dataclass(frozen=True)
class _Calendar:
    """Counts of working days, one by one from which days are worked."""

    worked: Mapping[int, bool]

    @classmethod
    def of(cls, world: World) -> _Calendar:
        found = {}
        for year in world.calendar.years:
            first = dt.date(year, 1, 1).toordinal()
            for ordinal in range(first, first + 365 + calendar.isleap(year)):
                found[ordinal] = bool(world.calendar.is_workday(dt.date.fromordinal(ordinal)))
        return cls(found)

    def workdays(self, a: int, b: int) -> int:
        if b < a:
            return -self.workdays(b, a)
        return sum(self._is_worked(day) for day in range(a + 1, b + 1))

    def _is_worked(self, day: int) -> bool:
        found = self.worked.get(day)
        return _unknown() if found is None else found

    def add_workdays(self, day: int, count: int) -> int:
        step = 1 if count > 0 else -1
        left = abs(count)
        while left:
            day += step
            left -= self._is_worked(day)
        return day

    def deadline(self, day: int) -> int:
        return day if self._is_worked(day) else self.add_workdays(day, 1)


def _capped(value: int, limit: int) -> int:
    return value if abs(value) < limit else _unknown()


def _day(ordinal: int) -> int:
    return ordinal if 1 <= ordinal <= dt.date.max.toordinal() else _unknown()


def _on(year: int, month: int, day: int) -> int:
    return dt.date(year, month, day).toordinal() if 1 <= year <= 9999 else _unknown()


def _add_months(ordinal: int, count: int) -> int:
    start = dt.date.fromordinal(ordinal)
    year, month = start.year, start.month + count
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    if not 1 <= year <= 9999:
        _unknown()
    last = calendar.monthrange(year, month)[1]
    return dt.date(year, month, min(start.day, last)).toordinal()


def _hours(a: int, b: int) -> int:
    return (b - a) // _SECOND * 10_000 // 3_600


def _environment(subjects: Sequence[str], work: _Calendar) -> Any:  # noqa: ANN401 - untyped library
    kinds = cel.Type
    whole, record = kinds.INT, kinds.Map(kinds.STRING, kinds.DYN)

    def function(name: str, parameters: int, body: Any) -> Any:  # noqa: ANN401 - untyped library
        overload = cel.Overload(
            f"{name}_{parameters}", return_type=whole, parameters=[whole] * parameters, impl=body
        )
        return cel.FunctionDecl(name, [overload])

    total = cel.Overload("total_1", return_type=whole, parameters=[kinds.List(whole)], impl=sum)
    return cel.NewEnv(
        variables={
            **{f"r_{name}": record for name in subjects},
            "as_of": whole,
            "param": record,
        },
        functions=[
            function("capped", 2, _capped),
            function("add_days", 2, lambda day, count: _day(day + count)),
            function("add_months", 2, _add_months),
            function("on", 3, _on),
            function("hours", 2, _hours),
            function("workdays", 2, work.workdays),
            function("add_workdays", 2, work.add_workdays),
            function("deadline", 1, work.deadline),
            cel.FunctionDecl("total", [total]),
        ],
    )


@dataclass(frozen=True)
class _Facts:
    """Records as the maps that `cel_text` speaks of, under one reading."""

    world: World
    reading: Reading

    def record(self, record: Record | None, needs: Needs) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if record is None:
            return found | ({"^": self.record(None, needs.parent)} if needs.parent else {})
        for name, kind in needs.fields.items():
            self._field(record, name, kind, found)
        for name, inner in needs.lists.items():
            self._list(record, name, inner, found)
        if needs.parent is not None:
            found["^"] = self.record(record.parent, needs.parent)
        return found

    def _progress(self, record: Record, name: str) -> bool:
        kind = self.world.schema.types[record.type]
        held = kind.nested.get(name) or kind.links.get(name) or kind.fields.get(name)
        return self.reading == "curable" and held is not None and held.progress

    def _field(self, record: Record, name: str, kind: t.Kind, found: dict[str, Any]) -> None:
        value: Any = record.values.get(name)
        if isinstance(value, Unknown):
            if value.lo is not None or value.hi is not None:
                raise AbstainError
            value = value.planned if self._takes_plans(record, name) else None
        if value is ABSENT and self.reading != "curable":
            found["?" + name] = False
        if value is None or value is ABSENT or self._lies_ahead(record, name, value):
            return
        found["?" + name] = True
        if value is False and self._progress(record, name):
            return
        found[name] = _plain(value, kind)

    def _takes_plans(self, record: Record, name: str) -> bool:
        return self.reading == "plan" or (record.type, name) in self.world.assumed

    def _lies_ahead(self, record: Record, name: str, value: Any) -> bool:  # noqa: ANN401
        spec = self.world.schema.types[record.type].fields.get(name)
        if spec is None or spec.time != "event" or self._takes_plans(record, name):
            return False
        day = value.date() if isinstance(value, dt.datetime) else value
        return bool(day > self.world.as_of)

    def _list(self, record: Record, name: str, needs: Needs, found: dict[str, Any]) -> None:
        value = record.values.get(name)
        given = value if isinstance(value, Elements) else Elements(closed=value is ABSENT)
        absent = value is ABSENT or given.absent
        curable = self.reading == "curable" and (absent or self._progress(record, name))
        if given.closed and not curable:
            found["=" + name] = True
        found[name] = [
            {"#": place}
            | (self.record(item, needs) if isinstance(item, Record) else {"=": str(item)})
            for place, item in enumerate(given.items)
        ]


def _plain(value: Any, kind: t.Kind) -> bool | int | str:  # noqa: ANN401 - any scalar
    """A fact as CEL takes it; anything but truths, whole numbers and text would poison a map."""
    if isinstance(value, dt.datetime):
        return (value - _EPOCH) // dt.timedelta(microseconds=1)
    if isinstance(value, dt.date):
        return value.toordinal()
    if kind is t.Kind.NUMBER:
        return int(value * 10_000)
    assert isinstance(value, bool | int | str)
    return value


@dataclass
class _Expression:
    """One text for CEL, compiled, and what it reads."""

    program: Any
    roots: Mapping[str, Needs]
    params: Mapping[str, t.Kind]
    partial: bool


@dataclass
class CelJudge:
    """Outcomes by Google's CEL; None where it abstains."""

    world: World
    year: int
    abstained: dict[str, str] = field(default_factory=dict)
    """Requirements outside CEL's part, and why."""

    partly: set[str] = field(default_factory=set)
    """Requirements of which CEL judges those records that it can."""

    def __post_init__(self) -> None:
        work = _Calendar.of(self.world)
        self._environments = {
            name: _environment(list(dict.fromkeys((name, "place"))), work)
            for name in self.world.schema.types
        }

    def judge(
        self, requirements: Sequence[Requirement], records: Records
    ) -> dict[str, list[Outcome | None]]:
        """The outcome of every requirement for every record of its subject type."""
        found: dict[str, list[Outcome | None]] = {}
        for requirement in requirements:
            subjects = records.get(requirement.subject, ())
            try:
                judging = _Judging(self, requirement)
            except OutsideCelError as error:
                self.abstained[requirement.id] = str(error)
                found[requirement.id] = [None] * len(subjects)
                continue
            if judging.partial:
                self.partly.add(requirement.id)
            found[requirement.id] = [judging.outcome(record) for record in subjects]
        return found

    def expression(
        self, subject: str, say: Callable[[Translation], str], roots: Translation | None = None
    ) -> _Expression:
        """What `say` says of a subject, compiled. Raises `OutsideCelError`."""
        translation = roots or Translation(subject)
        program = self._environments[subject].compile(say(translation))
        return _Expression(program, translation.roots, translation.params, translation.partial)

    def value(
        self, expression: _Expression, record: Record, reading: Reading, params: Params
    ) -> Answer:
        """What CEL answers; None for an error, which is how it says unknown."""
        facts = _Facts(self.world, reading)
        data = {
            f"r_{name}": facts.record(self.world.place if name == "place" else record, needs)
            for name, needs in expression.roots.items()
        }
        data["as_of"] = self.world.as_of.toordinal()
        data["param"] = {
            name: _plain(params[name], kind)
            for name, kind in expression.params.items()
            if name in params
        }
        answer = expression.program.eval(data=data)
        if answer.type().name() == "ERROR":
            message = str(answer.value())
            assert "Non-CEL" not in message, message
            assert message.startswith(_EXPECTED), message
            if expression.partial:
                raise AbstainError
            return None
        return answer.value()  # type: ignore[no-any-return]


@dataclass(frozen=True)
class _Text:
    windows: tuple[tuple[int, int], ...]
    applies: _Expression
    require: _Expression
    lenient: _Expression | None
    not_after_due: _Expression | None
    house: bool


class _Judging:
    """One requirement, its expressions compiled, for any number of records."""

    def __init__(self, judge: CelJudge, requirement: Requirement) -> None:
        self.judge, self.subject = judge, requirement.subject
        translation = Translation(self.subject)
        self._act = self._parts(translation.ordered(requirement.act_on), translation)
        self._texts = [self._text(text) for text in requirement.texts]

    @property
    def partial(self) -> bool:
        """Whether some expression is said in part only."""
        return any(
            asked is not None and asked.partial
            for text in self._texts
            for asked in (text.applies, text.require, text.lenient, text.not_after_due)
        )

    def _text(self, text: Text) -> _Text:
        def truth(node: t.Expr | None) -> _Expression | None:
            if node is None:
                return None
            return self.judge.expression(self.subject, lambda said: said.truth(node))

        due = text.due
        not_after = None
        if due is not None:
            not_after = self.judge.expression(
                self.subject, lambda said: compare("<=", Leaf("as_of"), said.ordered(due))
            )
        windows = tuple((w.start.toordinal(), w.end.toordinal()) for w in text.windows)
        applies, require = truth(text.applies), truth(text.require)
        assert applies is not None
        assert require is not None
        return _Text(windows, applies, require, truth(text.lenient), not_after, text.house)

    # the day of the act: a leaf of the tree is a program, extremes are taken here

    def _parts(self, ordered: Ordered, translation: Translation) -> Any:  # noqa: ANN401 - a tree
        def program(text: str) -> _Expression:
            return self.judge.expression(self.subject, lambda _: text, translation)

        match ordered:
            case Leaf(text):
                return program(text)
            case Extreme(of, items):
                return of, [self._parts(item, translation) for item in items]
            case Choice(test, then, other):
                branches = [self._parts(item, translation) for item in (then, other)]
                return program(test), branches

    def _bounds(self, part: Any, record: Record, params: Params) -> Days:  # noqa: ANN401
        if isinstance(part, _Expression):
            day = self.judge.value(part, record, "plan", params)
            return (day, day)
        head, parts = part
        if isinstance(head, _Expression):
            test = self.judge.value(head, record, "plan", params)
            if test is None:
                return (None, None)
            return self._bounds(parts[0] if test else parts[1], record, params)
        found = [self._bounds(item, record, params) for item in parts]
        lows, highs = [lo for lo, _ in found], [hi for _, hi in found]
        known_lows = [lo for lo in lows if lo is not None]
        known_highs = [hi for hi in highs if hi is not None]
        if head == "min":
            return (
                min(known_lows) if len(known_lows) == len(lows) else None,
                min(known_highs, default=None),
            )
        return (
            max(known_lows, default=None),
            max(known_highs) if len(known_highs) == len(highs) else None,
        )

    def _act_days(self, record: Record) -> tuple[int, int]:
        """Where the day is unknown, every day of the assessed year that bounds allow."""
        lo, hi = self._bounds(self._act, record, {})
        first = dt.date(self.judge.year, 1, 1).toordinal()
        last = dt.date(self.judge.year, 12, 31).toordinal()
        if lo is None:
            lo = 1 if hi is not None and hi < first else first
        if hi is None:
            hi = dt.date.max.toordinal() if lo > last else last
        return lo, hi

    def outcome(self, record: Record) -> Outcome | None:
        """The outcome; None where a value it reads is known by bounds only."""
        try:
            return self._outcome(record)
        except AbstainError:
            return None

    def _outcome(self, record: Record) -> Outcome:
        lo, hi = self._act_days(record)
        params = _params(self.judge.world.params, lo, hi)
        doubtful = False
        for text in self._texts:
            inside = any(start <= lo and hi <= end for start, end in text.windows)
            if inside:
                return self._decide(text, record, params)
            doubtful = doubtful or any(start <= hi and lo <= end for start, end in text.windows)
        if not doubtful:
            return Outcome.NOT_APPLICABLE
        applied = [self.judge.value(text.applies, record, "judge", params) for text in self._texts]
        beside = all(truth is False for truth in applied)
        return Outcome.NOT_APPLICABLE if beside else Outcome.UNKNOWN

    def _decide(self, text: _Text, record: Record, params: Params) -> Outcome:
        def ask(expression: _Expression | None, reading: Reading) -> Answer:
            if expression is None:
                return False
            return self.judge.value(expression, record, reading, params)

        applies = ask(text.applies, "judge")
        if applies is not True:
            return Outcome.UNKNOWN if applies is None else Outcome.NOT_APPLICABLE
        met = ask(text.require, "judge")
        if met is True:
            return Outcome.MET
        broken = Outcome.BORDERLINE if ask(text.lenient, "judge") is True else Outcome.GAP
        if ask(text.require, "curable") is False:
            return broken
        ahead = ask(text.not_after_due, "plan")
        if ahead is True:
            return Outcome.PENDING
        if ahead is None or met is None:
            return Outcome.UNKNOWN
        return Outcome.BORDERLINE if text.house else broken


def _params(params: Mapping[str, Sequence[Period]], lo: int, hi: int) -> Params:
    """The parameters whose value holds on every day from `lo` to `hi`."""
    found: dict[str, int | Decimal] = {}
    for name, periods in params.items():
        for period in periods:
            if period.start.toordinal() <= lo and hi <= period.end.toordinal():
                found.setdefault(name, period.value)
    return found
