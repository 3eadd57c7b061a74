"""What comes out of worked examples, one by one and many at once, and how records are made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from engine.guard.examples import (
    Case,
    Result,
    build,
    cases_of,
    expected,
    outcome_of,
    outcomes_of,
    result,
)
from engine.judging.judge import Outcomes, ReferenceJudge
from engine.model.errors import InvalidRulesetError
from engine.model.outcome import Outcome, Severity
from engine.model.schema import Schema
from engine.model.values import Elements, Record, Records, Source
from engine.model.world import Period, World
from engine.ruleset.files import Example
from engine.ruleset.model import Requirement
from facts.records.load import read_schema
from tests.engine.small import CALENDAR, SCHEMA, Fact, requirement, ruleset

D = dt.date
DAY = D(2024, 6, 30)
MET, GAP, NOT_EVIDENCED = Outcome.MET, Outcome.GAP, Outcome.NOT_EVIDENCED


def example(given: dict[str, Fact], **keys: Fact) -> Example:
    return Example.model_validate({"outcome": "met", "as_of": DAY, "given": given, **keys})


def case(
    given: dict[str, Fact], made: Requirement | None = None, schema: Schema = SCHEMA, **keys: Fact
) -> Case:
    return build(made or requirement(), example(given, **keys), schema, CALENDAR)


def test_records_are_numbered_by_title_and_stand_in_the_file() -> None:
    found = case({"parts": [{"n": 1}, {"n": 2}]})
    assert found.subject.key == "事项1"
    assert [part.key for part in found.records["part"]] == ["分项1", "分项2"]
    place = Source(file="dom/a-one.yaml")
    assert {record.source for record in (found.subject, *found.records["part"])} == {place}
    assert set(found.records) == {"thing", "part", "place"}
    assert found.records["thing"] == [found.subject]
    assert found.world.schema is SCHEMA
    assert found.world.calendar is CALENDAR


def test_a_parameter_holds_on_every_day() -> None:
    found = case({}, params={"most_days": 3})
    assert found.world.params == {"most_days": (Period(dt.date.min, dt.date.max, 3),)}


def test_a_list_that_is_given_is_closed_and_one_that_is_not_says_why() -> None:
    assert case({"tags": ["红", "绿"]}).subject.values["tags"] == Elements(
        ("红", "绿"), closed=True
    )
    with pytest.raises(InvalidRulesetError) as caught:
        case({"tags": ["红包"]}, requirement())
    assert caught.value.reason == "没有“红包”这个取值，是否指“红”？"


LINKED = read_schema(
    {
        "thing.yaml": "type: thing\ntitle: 事项\nfields:\n"
        "  start: {type: date, time: event, title: 开始日期}\n  flag: {type: bool, title: 是否甲}\n"
        "  no: {type: string, title: 编号}\n"
        "links:\n  others: {to: other, title: 别的, on: {no: no}}\n",
        "owner.yaml": "type: owner\ntitle: 主人\nkey: [no]\nfields:\n"
        "  no: {type: string, title: 号}\nnested:\n  others: {of: other, title: 别的}\n",
        "other.yaml": "type: other\ntitle: 别的\nparent: owner\nkey: [no]\nfields:\n"
        "  no: {type: string, title: 号}\n",
    }
)


def test_a_linked_record_stands_by_itself_or_below_what_is_given() -> None:
    given = {"others": [{"no": "1", "parent": {"no": "9"}}, {"no": "2"}]}
    found = case(given, schema=LINKED)
    first, second = found.records["other"]
    assert found.subject.values["others"] == Elements((first, second), closed=True)
    assert first.parent is found.records["owner"][0]
    assert (first.parent.values, first.values) == ({"no": "9"}, {"no": "1"})
    assert second.parent is None
    # without a place among the record types, there is an empty one
    assert (found.world.place.type, found.world.place.key) == ("place", "")
    assert "place" not in found.records


def test_a_nested_record_stays_with_its_owner_whatever_it_says() -> None:
    found = case({"parts": [{"n": 1, "parent": {"n": 7}}]})
    assert [part.parent for part in found.records["part"]] == [found.subject]
    assert len(found.records["thing"]) == 1


@pytest.mark.parametrize(
    ("given", "asked", "answer"),
    [
        ({"on": D(2024, 5, 2)}, {}, Result(MET, None, None)),
        ({"on": D(2024, 5, 2)}, {"severity": "major"}, Result(MET, Severity.MAJOR, None)),
        ({"on": D(2024, 5, 2)}, {"note": False}, Result(MET, None, note=False)),
        ({"on": D(2024, 5, 2), "n": 7}, {"note": True}, Result(MET, None, note=True)),
        ({"on": None, "n": 7}, {"note": True}, Result(GAP, None, note=False)),
        (
            {"on": {"unknown": "blank"}},
            {"severity": "major"},
            Result(NOT_EVIDENCED, Severity.MINOR, None),
        ),
    ],
)
def test_what_is_said_of_an_example_where_it_asks(
    given: dict[str, Fact], asked: dict[str, Fact], answer: Result
) -> None:
    made = requirement(
        require="has(thing.on)",
        evidence=["thing.on"],
        note={"when": "thing.n == 7", "text": "恰好7件"},
    )
    facts = {"start": D(2024, 5, 1), **given}
    written = example(facts, **asked)
    assert result(made, written, case(facts, made, **asked)) == answer


def test_what_its_author_worked_out() -> None:
    assert expected(example({})) == Result(MET, None, None)
    wanted = example({}, outcome="gap", severity="minor", note=False)
    assert expected(wanted) == Result(GAP, Severity.MINOR, note=False)


class Counting(ReferenceJudge):
    """The reference, which remembers of how many records it was asked at once, and when."""

    def __init__(self) -> None:
        self.asked: list[tuple[dt.date, int, int]] = []

    def judge(
        self, requirements: Sequence[Requirement], records: Records, world: World, year: int
    ) -> Outcomes:
        self.asked.append((world.as_of, year, len(records[requirements[0].subject])))
        return super().judge(requirements, records, world, year)


def test_cases_of_one_day_and_place_are_judged_at_once() -> None:
    made = requirement(require="thing.n <= param.most_days && thing.on <= as_of")

    def at(n: int, **keys: Fact) -> Case:
        facts = {"start": D(2024, 5, 1), "n": n, "on": D(2024, 6, 1)}
        return case(facts, made, **{"params": {"most_days": 3}, **keys})

    cases = [
        at(3),
        at(4, params={"most_days": 4}),
        at(4),
        at(1, as_of=D(2024, 5, 31)),  # the day has not come
        at(3, year=2023),
        at(2, place={"level": "县级"}),
    ]
    judge = Counting()
    asked = [(made, case) for case in cases]
    assert outcomes_of(judge, asked) == [MET, MET, GAP, Outcome.UNKNOWN, MET, MET]
    assert judge.asked == [
        (DAY, 2024, 2),
        (DAY, 2024, 1),
        (D(2024, 5, 31), 2024, 1),
        (DAY, 2023, 1),
        (DAY, 2024, 1),
    ]
    assert [outcome_of(judge, made, one) for one in cases[:3]] == [MET, MET, GAP]


def test_several_requirements_are_judged_at_once_each_on_its_own_cases() -> None:
    """Broken by an outcome of one that is taken for the other's, or by a question asked twice."""
    both = ruleset({"require": "thing.flag"}, {"id": "a-two", "require": "!thing.flag"})
    one, other = both.requirements["a-one"], both.requirements["a-two"]
    on, off = (case({"start": D(2024, 5, 1), "flag": flag}, one) for flag in (True, False))
    judge = Counting()
    asked = [(one, on), (other, on), (other, off), (one, off)]
    assert outcomes_of(judge, asked) == [MET, GAP, MET, GAP]
    assert judge.asked == [(DAY, 2024, 2)]


def test_examples_of_one_day_and_place_share_a_world() -> None:
    """Broken by a day, a place or a parameter of one example that another is judged by."""
    around: list[dict[str, Fact]] = [
        {"as_of": D(2024, 6, 30)},
        {"as_of": D(2024, 6, 30), "year": 2023},
        {"as_of": D(2024, 7, 1)},
        {"as_of": D(2024, 6, 30), "params": {"most_days": 3}},
        {"as_of": D(2024, 6, 30), "place": {"level": "县级"}},
        {"as_of": D(2024, 7, 1)},
    ]
    written = [{"outcome": "met", "given": {"n": n}, **keys} for n, keys in enumerate(around)]
    cases = cases_of(requirement(examples=written), SCHEMA, CALENDAR)
    first = [next(i for i, one in enumerate(cases) if one.world is c.world) for c in cases]
    assert first == [0, 0, 2, 3, 4, 2]
    assert [c.world.as_of for c in cases] == [keys["as_of"] for keys in around]
    assert [c.year for c in cases] == [2024, 2023, 2024, 2024, 2024, 2024]
    assert [c.subject.values["n"] for c in cases] == [0, 1, 2, 3, 4, 5]
    assert cases[3].world.params == {"most_days": (Period(dt.date.min, dt.date.max, 3),)}
    assert cases[4].world.place.values == {"level": "县级"}


def test_the_subject_is_told_from_its_like() -> None:
    """A thing above the part is judged too, where the requirement is on things."""
    made = requirement(require="thing.flag")
    facts = {"start": D(2024, 5, 1)}
    cases = [case({**facts, "flag": flag}, made) for flag in (True, False, True)]
    asked = [(made, case) for case in cases]
    assert outcomes_of(ReferenceJudge(), asked) == [MET, GAP, MET]
    assert isinstance(cases[0].subject, Record)
