"""Templates, filled in so that nothing from a ledger can come alive in the result."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reporter.visible import visible

TEMPLATES: Final = Path(__file__).parent / "templates"


@cache
def html_templates() -> Environment:
    """Templates whose every value is escaped for HTML, hidden characters made visible."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.filters["percent"] = lambda part, whole: f"{100 * part / whole:.3f}" if whole else 0
    return environment


def _shown(value: object) -> object:
    """A text as it may be shown; markup of our own templates as it stands."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
