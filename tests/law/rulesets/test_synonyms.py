"""No synonym decides law: every other way to write a value stands here with why it is the same.

A synonym that narrows, widens or judges would settle a question of law before any requirement
asks it; what two words mean in one column is a matter for the reader of this table.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest

from engine.model.schema import Schema
from engine.model.strict_yaml import load_yaml

_FILE: Final = Path(__file__).with_name("synonyms.yaml")
_TABLE: Final[Any] = load_yaml(_FILE.read_text(encoding="utf-8"), _FILE.name)


def _declared(schema: Schema) -> dict[str, dict[str, list[str]]]:
    found = {}
    for record_type in schema.types.values():
        for path, spec in record_type.fields.items():
            same = {value: list(words) for value, words in spec.values.items() if words}
            if same:
                found[f"{record_type.type}.{path}"] = same
    return found


def test_every_synonym_stands_here_with_its_reason(schema: Schema) -> None:
    """Fails if a synonym is added, or moved to another value, without saying why it is the same."""
    listed = {
        field: {value: list(words) for value, words in entry["same"].items()}
        for field, entry in _TABLE.items()
    }
    assert listed == _declared(schema)
    assert [field for field, entry in _TABLE.items() if not entry["why"].strip()] == []


@pytest.mark.parametrize(
    ("field", "word"),
    [
        ("decision.risk_assessment.conclusion", "一般风险"),
        ("participation.form", "调研"),
        ("participation.form", "征求意见"),
        ("certificate.hr_status", "在职"),
        ("certificate.hr_status", "在编"),
        ("certificate.status", "待注销"),
        ("officer.employment_type", "聘用"),
        ("officer.employment_type", "聘用制"),
        ("officer.employment_type", "编外"),
        ("penalty_case.party_type", "个体工商户"),
        ("penalty_case.review_result", "退回"),
        ("penalty_case.doc_items", "救济途径"),
        ("supervision_doc.kind", "巡察"),
        ("decision.discussion.result", "原则通过"),
        ("decision.discussion.package", "公众参与情况"),
        ("filing.review_result", "建议修改"),
    ],
)
def test_a_word_that_judges_is_no_synonym(field: str, word: str, schema: Schema) -> None:
    """Fails if a word that narrows, widens or judges were read as a value again."""
    name, _, path = field.partition(".")
    values = schema.types[name].fields[path].values
    assert word not in {w for value, words in values.items() for w in (value, *words)}
