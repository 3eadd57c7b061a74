"""The assessment as one HTML file: offline, without scripts, for the screen and for A4."""

from __future__ import annotations

from typing import Final

from engine.assessment import Assessment
from engine.outcome import OUTCOME_TITLES, SEVERITY_TITLES, Outcome, Severity
from engine.reportentries import DIRECTION_TITLES, VERDICT_TITLES
from reporter import titles
from reporter.overview import Overview
from reporter.templating import TEMPLATES, html_templates

SETTLED: Final = (Outcome.MET, Outcome.PENDING, Outcome.NOT_APPLICABLE)
"""Outcomes nobody need act on; they are counted, not listed."""


def render(assessment: Assessment) -> str:
    """The whole document."""
    template = html_templates().get_template("assessment.html.j2")
    return template.render(
        a=assessment,
        overview=Overview(assessment),
        style=(TEMPLATES / "assessment.css").read_text(encoding="utf-8"),
        titles=titles,
        Outcome=Outcome,
        outcome_titles=OUTCOME_TITLES,
        Severity=Severity,
        severity_titles=SEVERITY_TITLES,
        verdict_titles=VERDICT_TITLES,
        direction_titles=DIRECTION_TITLES,
    )
