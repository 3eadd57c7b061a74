"""What can't be so: whole records by hand, one thing spoilt, and exactly the facts in doubt."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine.guard.examples import Case, build
from engine.judging.doubt import Clashes
from engine.model.outcome import Outcome
from engine.model.schema import Schema
from engine.model.strict_yaml import load_yaml
from engine.model.values import Record
from engine.model.workdays import WorkCalendar
from engine.model.world import World
from engine.ruleset.files import Example
from engine.ruleset.model import Ruleset

_FILE = Path(__file__).with_name("declared_cases.yaml")
_TYPES: Any = load_yaml(_FILE.read_text(encoding="utf-8"), _FILE.name)
_PLACE = {
    "government": "清溪县人民政府",
    "government_office": "清溪县人民政府办公室",
    "party_committee": "中共清溪县委员会",
    "npc": "清溪县人大常委会",
    "judicial_bureau": "清溪县司法局",
    "market_regulator": "清溪县市场监督管理局",
    "superior_government": "南河市人民政府",
    "superior_party": "中共南河市委员会",
    "superior_judicial": "南河市司法局",
}
_DAY = dt.date(2024, 12, 31)


def built(name: str, given: Mapping[str, Any], ruleset: Ruleset, calendar: WorkCalendar) -> Case:
    """The record with what is nested in it, as the examples of requirements are built."""
    as_of = _TYPES[name].get("as_of", _DAY)
    example = Example(outcome=Outcome.MET, as_of=as_of, given=given, place=_PLACE)
    any_of_them = next(iter(ruleset.requirements.values()))
    return build(replace(any_of_them, subject=name), example, ruleset.schema, calendar)


def in_doubt(name: str, case: Case) -> set[str]:
    """The facts in doubt, those of other records by their type."""
    facts = [fact for doubt in Clashes(case.world).doubts(case.records) for fact in doubt.facts]
    return {path if record.type == name else f"{record.type}.{path}" for record, path in facts}


def cases() -> Iterator[Any]:
    for name, table in _TYPES.items():
        yield pytest.param(name, {}, [], id=f"{name} 样样都对")
        for case in table["cases"]:
            yield pytest.param(name, case["with"], case["doubt"], id=f"{name} {case['why']}")


@pytest.mark.parametrize(("name", "changed", "doubt"), [*cases()])
def test_exactly_these_facts_are_in_doubt(
    name: str,
    changed: dict[str, Any],
    doubt: list[str],
    ruleset: Ruleset,
    calendar: WorkCalendar,
) -> None:
    """Broken by an order or a contradiction that is missing, or that doubts lawful facts."""
    given = {**_TYPES[name]["lawful"], **changed}
    assert in_doubt(name, built(name, given, ruleset, calendar)) == set(doubt)


def test_every_order_holds_one_way_only(schema: Schema, calendar: WorkCalendar) -> None:
    """Of every order within one record: a day too early is doubted, the same day and after not.

    Broken by an order whose same day is doubtful without being named here: there is none.
    """
    world = World(schema, _DAY, calendar, Record("place", ""))
    early, late = dt.date(2024, 3, 1), dt.date(2024, 3, 2)
    wrong = []
    for record_type in schema.types.values():
        for order in record_type.order:
            if not {order.first, order.then} <= set(record_type.fields):
                continue
            for first, then, broken in ((late, early, 1), (early, early, 0), (early, late, 0)):
                record = Record(record_type.type, "1", {order.first: first, order.then: then})
                found = Clashes(world).doubts({record_type.type: [record]})
                whys = [doubt.why for doubt in found if doubt.why == order.why]
                if len(whys) != broken:
                    wrong.append((record_type.type, order.first, order.then, first, then))
    assert wrong == []


def test_a_breach_left_to_a_requirement_is_left_to_one_there_is(ruleset: Ruleset) -> None:
    """Fails if a requirement is renamed and a record type still names it by the old title."""
    titles = {requirement.title for requirement in ruleset.requirements.values()}
    named = {
        title
        for record_type in ruleset.schema.types.values()
        for declined in record_type.unordered
        for title in re.findall("由“([^”]+)”判", declined.why)
    }
    assert named
    assert named - titles == set()
    duties = {
        duty
        for record_type in ruleset.schema.types.values()
        for declared in (*record_type.order, *record_type.contradictions)
        if (duty := declared.duty) is not None
    }
    assert duties == {"dec-collective-forum", "dec-scope-classification", "nd-collective"}
    assert duties <= set(ruleset.requirements)
