"""The assessment in Markdown, for where text is exchanged and compared."""

from __future__ import annotations

from engine.model.assessment import Assessment
from reporter.documents.templating import markdown_templates, write_out


def render(assessment: Assessment) -> str:
    """The whole document."""
    return write_out(markdown_templates().get_template("assessment.md.j2"), assessment)
