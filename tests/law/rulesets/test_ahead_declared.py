"""What hangs on a day that has not come: worked out by hand, type by type."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.guard.examples import build
from engine.judging.ahead import come
from engine.model.outcome import Outcome
from engine.model.strict_yaml import load_yaml
from engine.model.values import Elements, Record, Records
from engine.model.workdays import WorkCalendar
from engine.ruleset.files import Example
from engine.ruleset.model import Ruleset

_FILE = Path(__file__).with_name("ahead_cases.yaml")
_TYPES: Any = load_yaml(_FILE.read_text(encoding="utf-8"), _FILE.name)
_DAY = dt.date(2024, 6, 30)


def listed(records: Records) -> set[str]:
    """The keys of the records that stand in some list."""
    values = (v for found in records.values() for record in found for v in record.values.values())
    lists = (value for value in values if isinstance(value, Elements))
    return {item.key for value in lists for item in value.items if isinstance(item, Record)}


def cases() -> Iterator[Any]:
    for name, table in _TYPES.items():
        for case in table:
            yield pytest.param(name, case, id=f"{name} {case['why']}")


@pytest.mark.parametrize(("name", "case"), [*cases()])
def test_exactly_this_is_not_there_yet(
    name: str, case: dict[str, Any], ruleset: Ruleset, calendar: WorkCalendar
) -> None:
    """Broken by a `dated` or a `happens` that is missing, or by one that takes away too much."""
    given = {**case["given"], **{path: {"planned": day} for path, day in case["day"].items()}}
    requirement = next(r for r in ruleset.requirements.values() if r.subject == name)
    example = Example(outcome=Outcome.MET, as_of=_DAY, given=given)
    built = build(requirement, example, ruleset.schema, calendar)
    after = come(built.records, built.world)
    changed = {
        path if record.type == name else f"{record.type}.{path}"
        for type_name, found in built.records.items()
        for record, other in zip(found, after[type_name], strict=True)
        for path, value in record.values.items()
        if path in ruleset.schema.types[type_name].fields and value != other.values[path]
    }
    assert changed == set(case["unknown"])
    assert listed(built.records) - listed(after) == set(case.get("gone", []))
