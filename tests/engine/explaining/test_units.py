"""Units by what requirements call them: the fields of a record that hold one, by every name."""

from __future__ import annotations

from engine.explaining.words import Words
from engine.model.values import ABSENT, Cause, Elements, Record, Unknown
from facts.records.load import read_schema

SCHEMA = read_schema(
    {
        "matter.yaml": """
type: matter
title: 事
fields:
  lead: {type: string, holds: unit, agency: true, title: 承办单位, synonyms: [牵头单位]}
  reviewer: {type: string, holds: unit, agency: true, title: 审查单位}
  helpers: {type: set, agency: true, title: 会办单位, complete: true}
  place: {type: string, holds: text, title: 地点}
"""
    }
)


def test_a_unit_is_known_by_every_name_of_its_field() -> None:
    """Broken by a text that is no unit, or by a name that a field goes by and is left out."""
    helpers = Elements(("县水利局",), closed=True)
    values = {"lead": "县城管局", "reviewer": "县司法局", "helpers": helpers, "place": "东街"}
    found = Words(SCHEMA).units(Record("matter", "1", values))
    assert found == {
        "承办单位": "县城管局",
        "牵头单位": "县城管局",
        "审查单位": "县司法局",
        "会办单位": "县水利局",
    }


def test_what_is_not_one_unit_names_none() -> None:
    """Broken by a guess: which of two units it is, or one where the ledger has none."""
    two = Elements(("县水利局", "县林业局"), closed=True)
    values = {"lead": Unknown(Cause.BLANK), "reviewer": ABSENT, "helpers": two}
    assert Words(SCHEMA).units(Record("matter", "1", values)) == {}
