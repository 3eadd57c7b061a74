"""What would be a gap if a fact were so that nobody has written down."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from engine.assessing.assess import assess
from engine.model.errors import InvalidRulesetError
from engine.model.outcome import Outcome
from engine.model.values import ABSENT, NO_COLUMN, Record
from tests.engine.small import BLANK, UNREADABLE, Fact, parts, ruleset, thing, world
from tests.runs import a_run

D = dt.date
SUPPOSED = "flagged: {subject: thing, field: flag, value: true, said: 若是甲}\n"
RULES = ruleset(
    {"id": "a-gap", "applies": "thing.flag", "require": "thing.n >= 5", "severity": "blocking"},
    {"id": "b-met", "applies": "thing.flag", "require": "thing.n >= 1"},
    {"id": "c-part", "subject": "part", "act_on": "part.on", "applies": "parent.flag",
     "require": "part.ok"},
    {"id": "d-anyway", "require": "thing.n >= 5"},
    supposed=SUPPOSED,
)  # fmt: skip


def found(flag: Fact) -> list[tuple[str, str, str]]:
    """What is supposed of a thing with two parts, one of them bad."""
    record = parts(
        replace(thing(flag=flag, n=3, start=D(2024, 5, 1)), key="1"),
        {"ok": True, "on": D(2024, 5, 2)}, {"ok": False, "on": D(2024, 5, 2)},
    )  # fmt: skip
    nested: list[Record] = list(record.elements("parts").items)  # type: ignore[arg-type]
    assessment = assess(RULES, a_run({"thing": [record], "part": nested}, world(), 2024))
    judged = {e.requirement: e.outcome for e in assessment.outcomes if e.subject_key == "1"}
    assert judged["a-gap"] is (Outcome.UNKNOWN if flag not in (True, False) else judged["a-gap"])
    return [(e.said, e.requirement, e.subject_key) for e in assessment.supposed]


@pytest.mark.parametrize("flag", [BLANK, UNREADABLE, NO_COLUMN])
def test_what_would_be_a_gap_is_told(flag: Fact) -> None:
    """Fails if a decision nobody has classified could hide that its papers are missing."""
    assert found(flag) == [("若是甲", "a-gap", "1"), ("若是甲", "c-part", "分2")]


@pytest.mark.parametrize("flag", [True, False, ABSENT])
def test_nothing_is_supposed_of_what_is_known(flag: Fact) -> None:
    assert found(flag) == []


@pytest.mark.parametrize("field", ["n", "no_such"])
def test_only_a_yes_or_no_can_be_supposed(field: str) -> None:
    table = SUPPOSED.replace("field: flag", f"field: {field}")
    with pytest.raises(InvalidRulesetError):
        ruleset({"id": "a-gap"}, supposed=table)


def test_what_is_not_known_besides_is_supposed_with_it() -> None:
    """Fails if a ledger without a column for exceptions could hide what its rows show."""
    table = """
flagged: {subject: thing, field: flag, value: true, said: 若是甲, besides: {word: null}}
excepted: {subject: thing, field: word, value: null, said: 若没有例外}
"""
    rule: dict[str, Fact] = {
        "id": "a-gap", "applies": "thing.flag && !has(thing.word)", "require": "thing.n >= 5",
    }  # fmt: skip
    rules = ruleset(rule, supposed=table)

    def told(**facts: Fact) -> list[str]:
        record = replace(thing(n=3, start=D(2024, 5, 1), **facts), key="1")
        return [e.said for e in assess(rules, a_run({"thing": [record]}, world(), 2024)).supposed]

    assert told(flag=BLANK, word=NO_COLUMN) == ["若是甲"]
    assert told(flag=True, word=NO_COLUMN) == ["若没有例外"]
    assert told(flag=BLANK, word=ABSENT) == ["若是甲"]
    assert told(flag=BLANK, word="例外") == []
    assert told(flag=False, word=NO_COLUMN) == []
    assert told(flag=True, word=ABSENT) == []
    with pytest.raises(InvalidRulesetError):
        ruleset(rule, supposed=table.replace("{word: null}", "{no_such: null}"))
    with pytest.raises(InvalidRulesetError):
        ruleset(rule, supposed=table.replace("{word: null}", "{word: true}"))
