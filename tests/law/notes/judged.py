"""One record judged by every engine, as the everyday run judges it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.guard.examples import build, outcome_of
from engine.judging.judge import Judge, ReferenceJudge
from engine.judging.measure import Measurer
from engine.judging.rete import ReteJudge, available
from engine.judging.sql import SqlJudge
from engine.model.outcome import Outcome, Severity
from engine.model.workdays import WorkCalendar
from engine.ruleset.files import Example
from engine.ruleset.model import Ruleset

JUDGES: Final[tuple[Judge, ...]] = (
    ReferenceJudge(),
    SqlJudge("sqlite"),
    SqlJudge("duckdb"),
    *((ReteJudge(),) if available() else ()),
)
YEAR_END: Final = dt.date(2024, 12, 31)


@dataclass(frozen=True)
class Judged:
    """Judges a record given as the examples of a requirement give theirs."""

    ruleset: Ruleset
    calendar: WorkCalendar

    def __call__(
        self,
        name: str,
        given: Mapping[str, Any],
        as_of: dt.date = YEAR_END,
        **around: Any,  # noqa: ANN401 - the other parts of an example
    ) -> tuple[Outcome, Severity]:
        """The outcome, on which all engines agree, and its severity."""
        requirement = self.ruleset.requirements[name]
        example = Example(outcome=Outcome.MET, as_of=as_of, given=given, **around)
        case = build(requirement, example, self.ruleset.schema, self.calendar)
        found = {judge.name: outcome_of(judge, requirement, case) for judge in JUDGES}
        (outcome,) = set(found.values())
        severity = Measurer(requirement, case.world, case.year).severity(case.subject)
        return outcome, severity.lowered() if outcome is Outcome.NOT_EVIDENCED else severity
