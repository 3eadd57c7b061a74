"""How far the days and counts of a requirement are from its limits, where that can still be met.

What is recorded stays as it is, and nothing here advises to change it. What can still be set:

- a day that has not come: it is planned, or assumed by a gate, or the ledger has none (无, a blank,
  no such column). Only days from the day of the check on count; a day that is recorded, be it of an
  event or of a term, is settled;
- a number declared to be in progress;
- the size or sum of a list, where the `CURABLE` reading leaves the comparison open: the list is in
  progress or not closed, or what its elements are chosen by is in progress.

A condition that `CURABLE` decides against, and that no such day or number turns, can't be met any
more; neither can what needs it, and then nothing is said of the rest. Nothing is said of facts that
are kept from the reader.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final, TypeAlias

from engine.explaining.limits import Limits, Value
from engine.explaining.trace import Trace, leaves
from engine.explaining.words import Words, plain
from engine.judging.reference import Frame, Reading, compile_expr
from engine.language import tree as t
from engine.model.errors import BudgetExceededError
from engine.model.values import ABSENT, Cause, Elements, Record, State, Unknown
from engine.model.world import World

_MOST: Final = 4
"""Elements of a list that are named."""

_NOT_THERE: Final = (Cause.BLANK, Cause.NO_COLUMN, Cause.PLANNED)
"""Why a day is unknown that may not have come yet."""

_OPPOSITE: Final[Mapping[t.CompareOp, t.CompareOp]] = {
    "<": ">=",
    ">=": "<",
    ">": "<=",
    "<=": ">",
}
"""How what is ordered is compared, and what holds otherwise."""

_Lines: TypeAlias = list[str] | None
"""What is to be kept to, all of it; None where a condition can't be met any more."""


class Margins:
    """Says how far off limits are, in one world."""

    def __init__(self, world: World, words: Words) -> None:
        self.world, self.words = world, words

    def lines(self, trace: Trace, frame: Frame, *, met: bool) -> tuple[str, ...]:
        """Of a requirement that is not met what is still to be kept to; of one met what is left.

        Empty where there is no day or number to keep to, where the requirement can't be met any
        more, or where looking takes too many steps.
        """
        frame = Frame(dict(frame.bound), frame.act)
        try:
            found = self._left(trace, frame, True) if met else self._wanting(trace, frame, True)
        except BudgetExceededError:
            return ()
        return tuple(dict.fromkeys(found or ()))

    def _wanting(self, trace: Trace, frame: Frame, want: bool) -> _Lines:  # noqa: FBT001
        """What would make a condition `want`, which it is not."""
        node = trace.node
        match node:
            case t.Named():
                return self._wanting(trace.parts[0], frame, want)
            case t.Not():
                return self._wanting(trace.parts[0], frame, not want)
            case t.And() | t.Or():
                found = [self._wanting(p, frame, want) for p in trace.parts if p.value is not want]
                return _every(found) if isinstance(node, t.And) is want else _any(found)
            case t.If() if trace.parts[0].value is not None:
                return self._wanting(trace.parts[1 if trace.parts[0].value else 2], frame, want)
            case t.Quantifier(name, _, var, _):
                bodies = [body for body in trace.parts[1:] if body.value is not want]
                found = [self._element(body, var, frame, want) for body in bodies]
                if (name == "all") is want and bodies:
                    return _every(found, _MOST)
                # Where one is enough, it may also be one that is not in the list yet.
                return _any(found[:_MOST]) or self._open(node, frame, want)
            case t.Compare():
                lines = [[line] for line in self._compared(trace, frame, want)]
                return _any(lines) or self._open(node, frame, want)
            case _:
                return self._open(node, frame, want)

    def _open(self, node: t.Expr, frame: Frame, want: bool) -> _Lines:  # noqa: FBT001
        """Nothing to keep to; None where more paper can't make the condition `want`."""
        curable = compile_expr(node, self.world, Reading.CURABLE)(frame)
        return None if curable is (not want) else []

    def _element(self, body: Trace, var: str, frame: Frame, want: bool) -> _Lines:  # noqa: FBT001
        frame.bound[var] = body.element
        found = self._wanting(body, frame, want)
        return None if found is None else self._of(body, found)

    def _of(self, body: Trace, lines: Iterable[str]) -> list[str]:
        """Lines about an element of a list, with its name; strings have none."""
        if not isinstance(body.element, Record):
            return []
        return [f"{self.words.record(body.element)}：{line}" for line in lines]

    def _left(self, trace: Trace, frame: Frame, want: bool) -> list[str]:  # noqa: FBT001
        """How far a condition that is `want` is from being otherwise: each line is a limit.

        Where several parts would have to turn, none of them is one.
        """
        node = trace.node
        match node:
            case t.Named():
                return self._left(trace.parts[0], frame, want)
            case t.Not():
                return self._left(trace.parts[0], frame, not want)
            case t.And() | t.Or():
                parts = [part for part in trace.parts if part.value is want]
                if isinstance(node, t.And) is not want and len(parts) > 1:
                    return []
                return [line for part in parts for line in self._left(part, frame, want)]
            case t.If():
                return self._left(trace.parts[1 if trace.parts[0].value else 2], frame, want)
            case t.Quantifier(name, _, var, _):
                bodies = [body for body in trace.parts[1:] if body.value is want]
                if (name == "all") is not want and len(bodies) > 1:
                    return []
                lines = []
                for body in bodies:
                    frame.bound[var] = body.element
                    lines += self._of(body, self._left(body, frame, want))
                return lines[:_MOST]
            case t.Compare():
                return list(self._compared(trace, frame, want))
            case _:
                return []

    # one comparison

    def _compared(self, trace: Trace, frame: Frame, want: bool) -> Iterator[str]:  # noqa: FBT001
        """By each fact that can still be set, how far a comparison is from `want`, or from not.

        From which of them it is told by what the comparison is now.
        """
        node = trace.node
        if not isinstance(node, t.Compare) or node.op not in _OPPOSITE:
            return
        if self.words.reads_hidden(trace):
            return
        yield from self._counted(trace, node.op if want else _OPPOSITE[node.op], frame, want)
        truth = compile_expr(node, self.world, Reading.PLAN)
        seen: set[tuple[int, str]] = set()
        for record, path, state in leaves(trace):
            held = self._settable(path, state)
            if held is None or (id(record), path.field) in seen:
                continue
            seen.add((id(record), path.field))
            limits = Limits(record, path, truth, frame, self.world.as_of, self.words)
            if trace.value is want:
                yield from () if isinstance(held, Unknown) else limits.left(held, want)
            elif isinstance(held, Unknown):
                yield from limits.days(want)
            else:
                yield from limits.wanting(held, want)

    def _counted(
        self,
        trace: Trace,
        op: t.CompareOp,
        frame: Frame,
        want: bool,  # noqa: FBT001
    ) -> Iterator[str]:
        """How far a size or sum on the left is from the last value that is lawful."""
        left, right = trace.parts
        if not isinstance(left.node, t.Size | t.Sum):
            return
        (lo, hi), (bound, other) = left.value, right.value
        if lo is None or lo != hi or bound is None or bound != other:
            return
        if compile_expr(trace.node, self.world, Reading.CURABLE)(frame) is not None:
            return
        whole = t.Kind.NUMBER not in (left.node.kind, right.node.kind)
        strict = 1 if op in ("<", ">") and whole else 0
        least = op in (">", ">=")
        last = bound + strict if least else bound - strict
        unit, off = self.words.unit(left.node), plain(abs(last - lo))
        if trace.value is want:
            word, said = "至少要有" if least else "至多可到", f"还有{off}{unit}余地"
        else:
            word, said = ("至少应为", "还缺") if least else ("至多可为", "多了")
            said = f"{said}{off}{unit}"
        yield f"{self.words.expr(left.node)}{word}{plain(last)}{unit}，{said}"

    def _settable(self, path: t.Path, state: State | Elements) -> Value | Unknown | None:
        """What a field holds that can still be set; None of one that is settled.

        A day that has not come is the planned or assumed one, or unknown.
        """
        record_type = self.world.schema.types[path.record]
        made = path.var == "place" or record_type.generated is not None
        if made or path.field in record_type.key:
            return None
        if path.kind in (t.Kind.INT, t.Kind.NUMBER):
            in_progress = record_type.in_progress(path.field)
            return state if in_progress and isinstance(state, int | Decimal) else None
        if path.kind is not t.Kind.DATE:
            return None
        if isinstance(state, Unknown) and state.cause in _NOT_THERE:
            return state if state.planned is None else state.planned
        if state is ABSENT:
            return Unknown(Cause.BLANK)
        assumed = (path.record, path.field) in self.world.assumed
        return state if assumed and isinstance(state, dt.date) else None


def _every(found: Iterable[_Lines], most: int | None = None) -> _Lines:
    """All of what is to be kept to; None where one of the parts can't be met any more."""
    lines: list[str] = []
    for part in found:
        if part is None:
            return None
        lines += part
    return lines[:most]


def _any(found: Iterable[_Lines]) -> _Lines:
    """What is to be kept to in one way or another; None where none is left."""
    ways = [lines for lines in found if lines is not None]
    if not ways:
        return None
    some = [lines for lines in ways if lines]
    if len(some) < 2:
        return some[0] if some else []
    return ["；或者".join(dict.fromkeys(map(_together, some)))]


def _together(lines: list[str]) -> str:
    if len(lines) == 1:
        return lines[0]
    said = "，并且".join(f"（{line}）" if "；或者" in line else line for line in lines)
    return f"（{said}）"
