"""The assessment as one HTML file: offline, without scripts, for the screen and for A4."""

from __future__ import annotations

from engine.model.assessment import Assessment
from reporter.documents.templating import TEMPLATES, html_templates, write_out


def render(assessment: Assessment) -> str:
    """The whole document."""
    style = (TEMPLATES / "assessment.css").read_text(encoding="utf-8")
    template = html_templates().get_template("assessment.html.j2")
    return write_out(template, assessment, style=style)
