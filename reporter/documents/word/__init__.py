"""Word documents: the form that goes with one decision, the self-assessment of a year."""

from __future__ import annotations

from engine.model.assessment import Assessment
from reporter.documents.word.form import write_form
from reporter.documents.word.paper import Paper
from reporter.documents.word.selfreport import write_self_report
from reporter.overview import Overview


def render(assessment: Assessment) -> bytes:
    """The document that fits what was asked, as a docx file, the same for the same assessment."""
    overview = Overview(assessment)
    paper = Paper(assessment.as_of, form=overview.single)
    if overview.single:
        write_form(overview, paper)
    else:
        write_self_report(overview, paper)
    return paper.saved()
