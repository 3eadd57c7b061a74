"""From a requirement and a record to the measures an outcome is decided from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import cast

from engine.judging.missing import waits_for_blanks
from engine.judging.reference import Closure, Frame, Reading, compile_expr
from engine.language.semantics import Interval
from engine.model.errors import BudgetExceededError
from engine.model.outcome import SETTLED, Due, Measures, Outcome, Severity, decide
from engine.model.values import Record, Truth
from engine.model.world import World
from engine.ruleset.model import Requirement, Text, act_days, within

NOT_GOVERNED = Measures(False, None, None, None, None, Due.PAST, blank_evidence=False)
DOUBTFULLY_GOVERNED = Measures(None, None, None, None, None, Due.PAST, blank_evidence=False)


class _Compiled:
    """A text in a world, each expression compiled when it is first asked for: most never are."""

    def __init__(self, text: Text, world: World) -> None:
        self.text, self._world = text, world

    @cached_property
    def applies(self) -> Closure:
        return compile_expr(self.text.applies, self._world)

    @cached_property
    def require(self) -> Closure:
        return compile_expr(self.text.require, self._world)

    @cached_property
    def curable(self) -> Closure:
        return compile_expr(self.text.require, self._world, Reading.CURABLE)

    @cached_property
    def lenient(self) -> Closure | None:
        node = self.text.lenient
        return None if node is None else compile_expr(node, self._world)

    @cached_property
    def due(self) -> Closure | None:
        node = self.text.due
        return None if node is None else compile_expr(node, self._world, Reading.PLAN)


@dataclass(frozen=True, slots=True)
class ShownOutcome:
    """What people get to see of one outcome.

    `severity` says how grave it is, None where the outcome calls for nothing; `noted`, whether it
    comes with its note.
    """

    outcome: Outcome
    severity: Severity | None
    noted: bool


class Measurer:
    """Measures one requirement by direct evaluation, for any number of records."""

    def __init__(self, requirement: Requirement, world: World, year: int) -> None:
        self.requirement, self.world, self.year = requirement, world, year
        self._act = compile_expr(requirement.act_on, world, Reading.PLAN)
        self._texts = [_Compiled(text, world) for text in requirement.texts]

    @cached_property
    def _cases(self) -> list[tuple[Closure, Severity]]:
        cases = self.requirement.severities.cases
        return [(compile_expr(when, self.world), level) for when, level in cases]

    @cached_property
    def _lower(self) -> list[Closure]:
        return [compile_expr(when, self.world) for when in self.requirement.severities.lower]

    def act(self, record: Record) -> Interval:
        """The days on which the act may have been done, by the closed interval."""
        return act_days(self.act_said(record), self.year)

    def act_said(self, record: Record) -> Interval:
        """The days on which the act was done as far as the ledger says, a planned one included."""
        return cast("Interval", self._act(self._frame(record)))

    def _frame(self, record: Record, act: Interval = (None, None)) -> Frame:
        return Frame({self.requirement.subject: record}, act)

    def frame(self, record: Record) -> Frame:
        """What expressions about `record` are evaluated in."""
        return self._frame(record, self.act(record))

    def governing(self, record: Record) -> tuple[Text | None, Truth]:
        """The text in force on the act's day; without one, whether that is certain."""
        act = self.act(record)
        truths = [text.in_force(act) for text in self.requirement.texts]
        for text, truth in zip(self.requirement.texts, truths, strict=True):
            if truth:
                return text, True
        return None, None if None in truths else False

    def outcome(self, record: Record) -> Outcome:
        """The outcome; `failed` where the budget is exceeded."""
        try:
            return decide(self.measures(record))
        except BudgetExceededError:
            return Outcome.FAILED

    def measures(self, record: Record) -> Measures:
        """The measures under the text in force. Raises `BudgetExceededError`.

        Where that text is uncertain but none of them applies, it need not be known.
        """
        act = self.act(record)
        truths = [compiled.text.in_force(act) for compiled in self._texts]
        for compiled, truth in zip(self._texts, truths, strict=True):
            if truth:
                return self._measures(compiled, record, act)
        if None not in truths:
            return NOT_GOVERNED
        frame = self._frame(record, act)
        beside = all(compiled.applies(frame) is False for compiled in self._texts)
        return NOT_GOVERNED if beside else DOUBTFULLY_GOVERNED

    def curable(self, record: Record) -> bool:
        """Whether more paper can still make the requirement met. Raises `BudgetExceededError`."""
        return self.measures(record).curable is not False

    def _measures(self, compiled: _Compiled, record: Record, act: Interval) -> Measures:
        frame = self._frame(record, act)
        applies = compiled.applies(frame)
        if applies is not True:
            return Measures(True, applies, None, None, None, Due.PAST, blank_evidence=False)
        require = compiled.require(frame)
        if require:
            return Measures(True, True, True, True, True, Due.PAST, blank_evidence=False)
        curable = compiled.curable(frame)
        lenient = compiled.lenient(frame) if compiled.lenient else False
        due = self._due(compiled.due, frame)
        blank = False
        if require is None and curable is not False and due is Due.PAST and compiled.text.evidence:
            wanted = compiled.text.evidence
            blank = waits_for_blanks(compiled.text.require, frame, self.world, wanted)
        house = compiled.text.house
        return Measures(
            True, True, require, curable, lenient, due, blank_evidence=blank, house=house
        )

    def _due(self, closure: Closure | None, frame: Frame) -> Due:
        if closure is None:
            return Due.PAST
        lo, hi = cast("Interval", closure(frame))
        if lo is not None and self.world.as_of <= lo:
            return Due.AHEAD
        return Due.PAST if hi is not None and hi < self.world.as_of else Due.UNKNOWN

    def severity(self, record: Record) -> Severity:
        """How grave it is for this record; where a condition is unknown, the graver holds."""
        frame = self.frame(record)
        levels = []
        for condition, case in self._cases:
            truth = condition(frame)
            if truth is not False:
                levels.append(case)
            if truth:
                break
        else:
            levels.append(self.requirement.severities.default)
        level = min(levels, key=lambda severity: severity.rank)
        if any(condition(frame) is True for condition in self._lower):
            level = level.lowered()
        text, _ = self.governing(record)
        if text is not None and within(text.lawful, frame.act) is False:
            level = Severity.ADVISORY
        return level

    def severity_shown(self, record: Record, outcome: Outcome) -> Severity:
        """The severity beside an outcome: one step milder where only evidence is wanting."""
        level = self.severity(record)
        return level.lowered() if outcome is Outcome.NOT_EVIDENCED else level

    def noted(self, record: Record, outcome: Outcome) -> bool:
        """Whether the note of the text in force is said of it, coming out like that."""
        text, _ = self.governing(record)
        if text is None or text.note is None or outcome is not text.noted:
            return False
        return compile_expr(text.note[0], self.world)(self.frame(record)) is True

    def shown(self, record: Record) -> ShownOutcome:
        """The outcome with what is said beside it; the severity is not lowered by 佐证不足."""
        outcome = self.outcome(record)
        return ShownOutcome(
            outcome,
            None if outcome in SETTLED else self.severity(record),
            self.noted(record, outcome),
        )
