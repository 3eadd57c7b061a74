"""What was read of the folder, file by file: which columns, and what is left for a person to say.

读到了什么：逐个文件写明用了几列、缺哪些、要人确认什么；问题在评估里。
"""

from __future__ import annotations

from typing import Any

from engine.model.facts import Facts, Input
from engine.model.masking import document_without_identity
from engine.model.schema import Schema
from facts.proposals import has_settings, proposals


def reading_of(facts: Facts, schema: Schema) -> dict[str, Any]:
    """All that the page shows of it beside the assessment, as JSON has it."""
    suggested = [] if has_settings(facts) else proposals(facts, schema)
    found = {
        "files": {item.path: _file(item) for item in facts.inputs},
        "titles": {name: record_type.title for name, record_type in schema.types.items()},
        "proposals": [{"item": one.item, "value": one.value, "why": one.why} for one in suggested],
    }
    masked: dict[str, Any] = document_without_identity(found)
    return masked


def _file(item: Input) -> dict[str, Any]:
    sheets = dict.fromkeys([*item.used, *item.missing])
    return {
        "sheets": [
            {
                "sheet": name,
                "used": item.used.get(name, 0),
                "missing": list(item.missing.get(name, ())),
            }
            for name in sheets
        ],
        "questions": [
            {"item": q.item, "about": q.about, "candidates": list(q.candidates), "why": q.why}
            for q in item.questions
        ],
    }
