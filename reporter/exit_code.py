"""What a command ends with, and what an assessment asks for.

退出码：命令以什么数结束，一份结果该以哪个结束。
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # imported by the command line, whose help stays fast
    from engine.model.assessment import Assessment
    from engine.model.survey import Survey


class ExitCode(IntEnum):
    """What the command ends with; of several the one that stands first here."""

    STOPPED = 130
    RULESET_INVALID = 4
    WRONG_USE = 2
    NOT_WRITTEN = 6
    FAILED = 7
    UNREAD = 3
    NOTHING_CHECKED = 5
    FINDINGS = 1
    CLEAN = 0


def exit_code(assessment: Assessment, fail_on: str | None) -> ExitCode:
    """The code an assessment ends with; waived findings and those below `fail_on` don't count.

    Without `fail_on` no finding counts.
    """
    from engine.model.outcome import Outcome, Severity

    limit = -1 if fail_on is None else Severity(fail_on).rank
    levels = (p.level for item in assessment.inputs for p in item.problems)
    found = {
        ExitCode.FAILED: assessment.summary.outcomes.get(Outcome.FAILED, 0) > 0,
        ExitCode.UNREAD: "error" in levels,
        ExitCode.NOTHING_CHECKED: not any(item.records for item in assessment.inputs),
        ExitCode.FINDINGS: any(
            e.severity.rank <= limit for e in assessment.findings if e.waiver is None
        ),
    }
    return next((code for code in ExitCode if found.get(code)), ExitCode.CLEAN)


def survey_code(survey: Survey, fail_on: str) -> ExitCode:
    """The code that a run over tables ends with."""
    from engine.model.outcome import Outcome, Severity

    limit = Severity(fail_on).rank
    found = {
        ExitCode.FAILED: survey.outcomes[Outcome.FAILED] > 0,
        ExitCode.UNREAD: survey.unread_cells > 0 or bool(survey.notes),
        ExitCode.NOTHING_CHECKED: not survey.judged,
        ExitCode.FINDINGS: any(n for s, n in survey.severities.items() if s.rank <= limit),
    }
    return next((code for code in ExitCode if found.get(code)), ExitCode.CLEAN)
