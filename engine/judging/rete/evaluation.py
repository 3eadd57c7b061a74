"""Measuring records: every measure of a subject compiled once, evaluated once per record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias, assert_never, cast

from engine.judging.missing import waits_for_blanks
from engine.judging.reference import BUDGET, Closure, Frame, Reading, compile_expr
from engine.judging.rete.variables import (
    AHEAD,
    PAST,
    UNSURE,
    Blank,
    Bounds,
    Deadline,
    Governing,
    Key,
    Measured,
    Truth,
)
from engine.language import tree as t
from engine.language.semantics import Interval
from engine.model.values import UNEVIDENCED, Record
from engine.model.world import World
from engine.ruleset.model import act_days, within

SAFE: Final = 2**53 - 1
"""The largest integer that enters a fact."""


class Failed:
    """In place of a measure whose evaluation broke off. One instance: `FAILED`."""

    __slots__ = ()


FAILED: Final = Failed()

Value: TypeAlias = bool | int | tuple[int | None, int | None] | Failed | None
"""A truth or enumerated number, an interval, a failure; None is unknown and stays out of facts."""

Row: TypeAlias = tuple[Value, ...]
"""All measured values of one record."""


class Evaluator:
    """Measures records of one subject type in one world.

    `columns` gives each measure's number its place in a row.
    """

    def __init__(self, subject: str, keys: Mapping[Key, int], world: World, year: int) -> None:
        self.subject, self.world, self.year = subject, world, year
        self.columns: dict[int, int] = {}
        groups: dict[t.Expr | None, list[Closure]] = {}
        for _, act in keys:
            groups.setdefault(act, [])
        for act, closures in groups.items():
            for (measured, day), number in keys.items():
                if day == act:
                    self.columns[number] = len(self.columns)
                    closures.append(self._compile(measured))
        self._groups = [
            (None if act is None else self._act(act), closures) for act, closures in groups.items()
        ]

    def row(self, record: Record) -> Row:
        """The values of all measures, each in its column."""
        values: list[Value] = []
        for act, closures in self._groups:
            frame = Frame({self.subject: record})
            try:
                if act is not None:
                    frame.act = act(frame)
                values += [closure(frame) for closure in closures]
            except Exception:  # noqa: BLE001 - whatever broke off, the others are measured
                values += self._one_by_one(record, act, closures)
        return tuple(values)

    def _one_by_one(
        self, record: Record, act: Closure | None, closures: list[Closure]
    ) -> list[Value]:
        values: list[Value] = []
        for closure in closures:
            frame = Frame({self.subject: record})
            try:
                if act is not None:
                    frame.act = act(frame)
                values.append(closure(frame))
            except Exception:  # noqa: BLE001 - a crash fails the outcomes that need this measure
                values.append(FAILED)
        return values

    def _act(self, node: t.Expr) -> Closure:
        closure = compile_expr(node, self.world, Reading.PLAN)
        year = self.year
        return lambda frame: act_days(closure(frame), year)

    def _compile(self, measured: Measured) -> Closure:
        match measured:
            case Truth(node, reading):
                return self._budgeted(node, reading)
            case Bounds(node, reading):
                return _safe(self._budgeted(node, reading))
            case Governing(texts):
                return _governing(texts)
            case Deadline(node):
                return self._deadline(self._budgeted(node, Reading.PLAN))
            case Blank():
                return self._blank(measured)
            case _:
                assert_never(measured)

    def _budgeted(self, node: t.Expr, reading: Reading) -> Closure:
        """The reference's closure, every measure with the whole budget of an outcome."""
        closure = compile_expr(node, self.world, reading)
        if not visits_lists(node):
            return closure

        def evaluate(frame: Frame) -> Any:  # noqa: ANN401 - the kind of the expression
            frame.steps = BUDGET
            return closure(frame)

        return evaluate

    def _deadline(self, closure: Closure) -> Closure:
        as_of = self.world.as_of

        def stand(frame: Frame) -> int:
            lo, hi = cast("Interval", closure(frame))
            if lo is not None and as_of <= lo:
                return AHEAD
            return PAST if hi is not None and hi < as_of else UNSURE

        return stand

    def _blank(self, blank: Blank) -> Closure:
        applies = self._budgeted(blank.applies, Reading.JUDGE)
        require = self._budgeted(blank.require, Reading.JUDGE)
        curable = self._budgeted(blank.require, Reading.CURABLE)
        due = None
        if blank.due is not None:
            due = self._deadline(self._budgeted(blank.due, Reading.PLAN))
        asked = [
            part
            for part in t.walk(blank.require)
            if isinstance(part, t.Path) and (part.record, part.field) in blank.evidence
        ]
        # A linked record may be of the subject's own type: what it lacks stands elsewhere.
        own = [part.field for part in asked if part.var == self.subject and not part.up]
        elsewhere = len(own) < len(asked)
        world = self.world

        def waits(frame: Frame) -> bool | None:
            # The search is slow: first see whether there is a blank to wait for, and to what end.
            values = frame.bound[self.subject].values
            blanks = (getattr(values.get(p), "cause", None) in UNEVIDENCED for p in own)
            if not (elsewhere or any(blanks)) or not within(blank.windows, frame.act):
                return None
            if applies(frame) is not True:
                return None
            if require(frame) is not None or curable(frame) is False:
                return None
            if due is not None and due(frame) != PAST:
                return None
            frame.steps = BUDGET
            return True if waits_for_blanks(blank.require, frame, world, blank.evidence) else None

        return waits


def visits_lists(node: t.Expr) -> bool:
    """Whether evaluation visits list elements, which the budget counts."""
    return any(isinstance(part, t.Path) and part.kind in t.LISTS for part in t.walk(node))


def _governing(texts: tuple[Any, ...]) -> Closure:
    def govern(frame: Frame) -> int | None:
        truths = [within(windows, frame.act) for windows in texts]
        if True in truths:
            return truths.index(True)
        return None if None in truths else len(texts)

    return govern


def _safe(closure: Closure) -> Callable[[Frame], tuple[int | None, int | None]]:
    """Integer bounds that durable_rules compares rightly; any others are refused."""

    def bounds(frame: Frame) -> tuple[int | None, int | None]:
        lo, hi = closure(frame)
        if lo is not None and hi is not None and lo > hi:
            raise ValueError((lo, hi))
        return _integer(lo), _integer(hi)

    return bounds


def _integer(bound: object) -> int | None:
    if bound is None:
        return None
    if type(bound) is not int:
        raise TypeError(bound)
    # Every constant compared with is far smaller, so the answer stays the same.
    return max(-SAFE, min(bound, SAFE))
