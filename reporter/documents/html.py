"""The assessment as one HTML file: offline, without scripts, for the screen and for A4."""

from __future__ import annotations

from engine.model.assessment import Assessment
from engine.model.shipped import shipped_text
from reporter.documents.templating import TEMPLATES, html_templates, write_out


def render(assessment: Assessment) -> str:
    """The whole document."""
    style = shipped_text(TEMPLATES / "assessment.css")
    template = html_templates().get_template("assessment.html.j2")
    return write_out(template, assessment, style=style)
