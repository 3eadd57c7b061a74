"""The assessment in Markdown, for where text is exchanged and compared."""

from __future__ import annotations

from engine.assessment import Assessment
from reporter.templating import markdown_templates, write_out


def render(assessment: Assessment) -> str:
    """The whole document."""
    return write_out(markdown_templates().get_template("assessment.md.j2"), assessment)
