"""An assessment in JSON with all that is left out where it is as everywhere."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from engine.model.assessment import Assessment
from engine.model.assessment_json import from_json

_ADAPTER = TypeAdapter(Assessment)


def whole(text: str) -> dict[str, Any]:
    """The document in `text`, each outcome with every one of its fields."""
    found: dict[str, Any] = _ADAPTER.dump_python(from_json(text), mode="json")
    return found
