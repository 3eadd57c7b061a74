"""Templates, filled in so that nothing from a ledger can come alive in the result."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template

from engine.model.assessment import Assessment
from engine.model.outcome import OUTCOME_TITLES, SEVERITY_TITLES, Outcome, Severity
from engine.model.regex import regex
from engine.model.report import DIRECTION_TITLES, VERDICT_TITLES
from engine.model.shipped import shipped_text
from reporter import deadlines, gates, since, timetable, titles, trend
from reporter.facets import Facets
from reporter.overview import Overview
from reporter.visible import visible

TEMPLATES: Final = Path(__file__).parent / "templates"
_LOADER: Final = FunctionLoader(lambda name: shipped_text(TEMPLATES / name))


_MARKUP: Final = regex(r"[\\`*_{}\[\]<>#|~$&]|(?<=www)\.|:(?=/)", re.IGNORECASE)
"""What Markdown makes markup of, or a link of an address that merely stands there."""

_APART: Final = "<!-- -->"
"""Nothing, put before an @: readers look for addresses of mail after all escapes are gone."""


def _in_markdown(value: object) -> str:
    return _MARKUP.sub(r"\\\g<0>", visible(str(value))).replace("@", f"{_APART}@")


@cache
def markdown_templates() -> Environment:
    """Templates whose every value is escaped for Markdown, HTML in it included."""
    return Environment(
        loader=_LOADER,
        autoescape=False,  # noqa: S701 - not HTML: `finalize` escapes every value
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_in_markdown,
    )


@cache
def html_templates() -> Environment:
    """Templates whose every value is escaped for HTML, hidden characters made visible."""
    return Environment(
        loader=_LOADER,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=shown,
    )


def shown(value: object) -> object:
    """A text as it may be shown; markup of our own templates as it stands."""
    return visible(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


WORDS: Final[Mapping[str, object]] = {
    "deadlines": deadlines,
    "gates": gates,
    "since": since,
    "timetable": timetable,
    "titles": titles,
    "trend": trend,
    "Outcome": Outcome,
    "outcome_titles": OUTCOME_TITLES,
    "Severity": Severity,
    "severity_titles": SEVERITY_TITLES,
    "verdict_titles": VERDICT_TITLES,
    "direction_titles": DIRECTION_TITLES,
}
"""What every template says things with."""


def about(assessment: Assessment) -> Mapping[str, object]:
    """What a template is filled in with that is about an assessment."""
    overview = Overview(assessment)
    return {"a": assessment, "overview": overview, "facets": Facets(overview)}


def write_out(template: Template, assessment: Assessment, **more: object) -> str:
    """The template filled in with an assessment, and the words every document uses."""
    return template.render(**WORDS, **about(assessment), **more)
