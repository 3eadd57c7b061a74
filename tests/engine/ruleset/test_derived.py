"""What is remembered is of these very requirements, and no outcome is among it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.judging.sql import SqlJudge
from engine.model.outcome import Outcome
from engine.model.schema import Schema
from engine.ruleset import derived
from engine.ruleset.frozen import Later
from engine.ruleset.model import Requirement
from tests.agreement.generators.world import YEAR, world
from tests.engine.judging.sql.test_traps import act, duty


def test_another_requirement_of_the_same_id_is_worked_out_anew() -> None:
    """Would break if what is remembered went by the id alone."""
    around = world()
    records = {"act": [act(flag=True)]}
    assert SqlJudge("sqlite").judge([duty("act.flag")], records, around, YEAR)["r"] == [Outcome.MET]
    assert SqlJudge("sqlite").judge([duty("!act.flag")], records, around, YEAR)["r"] == [
        Outcome.GAP
    ]


def test_other_facts_on_another_day_are_judged_anew() -> None:
    """Would break if an outcome, or the day of the check, were part of what is remembered."""
    wanted, around = [duty("act.flag")], world()
    found = [
        SqlJudge("sqlite").judge(wanted, {"act": [act(flag=flag)]}, around, YEAR)["r"]
        for flag in (True, False, True)
    ]
    assert found == [[Outcome.MET], [Outcome.GAP], [Outcome.MET]]
    day = [duty("as_of == date(2024, 7, 20)")]
    days = [replace(around, as_of=around.as_of.replace(2024, 7, n)) for n in (20, 21)]
    found = [SqlJudge("sqlite").judge(day, {"act": [act(flag=True)]}, on, YEAR)["r"] for on in days]
    assert found == [[Outcome.MET], [Outcome.GAP]]


def test_what_was_worked_out_comes_back_with_the_requirements() -> None:
    wanted, around = duty("act.flag"), world()
    SqlJudge("sqlite").judge([wanted], {"act": [act(flag=True)]}, around, YEAR)
    assert kinds([wanted], around.schema) == {"needs", "query"}
    assert kinds([duty("act.flag")], around.schema) == set()


def test_only_so_much_is_remembered_and_the_oldest_goes_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(derived, "_held", {})
    monkeypatch.setattr(derived, "MOST", 2)
    schema = world().schema
    made: list[int] = []

    def recalled(number: int) -> int:
        def make() -> int:
            made.append(number)
            return number

        return derived.recall("kind", [], schema, number, make)

    assert [recalled(number) for number in (1, 2, 1, 3, 2, 1)] == [1, 2, 1, 3, 2, 1]
    assert made == [1, 2, 3, 1]  # the third put out the first, which is made anew


def kinds(requirements: list[Requirement], schema: Schema) -> set[str]:
    """What is remembered of some of these requirements; of none, not theirs."""
    return {key[0] for key, _, _ in derived.entries(requirements, schema) if key[1]}


def test_what_another_run_worked_out_is_taken_in() -> None:
    """Would break if what was stored were made anew, or came back as something else."""
    wanted, around = duty("act.flag"), world()
    made_of = (around.schema, wanted)
    derived.remember([(("kind", ("r",), 7), made_of, Later("worked out"))])
    made = derived.recall("kind", [wanted], around.schema, 7, lambda: "made anew")
    assert made == "worked out"
    assert derived.recall("kind", [wanted], around.schema, 8, lambda: "made anew") == "made anew"
    assert derived.made()
    assert not derived.made()  # nothing more since it was asked


def test_of_too_many_the_oldest_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derived, "_held", {})
    monkeypatch.setattr(derived, "MOST", 2)
    wanted, schema = duty("act.flag"), world().schema
    for number in (1, 2, 3):
        derived.recall("kind", [wanted], schema, number, lambda: "made")
    assert [key[2] for key, _, _ in derived.entries([wanted], schema)] == [2, 3]
