"""What durable_rules loses is noticed, and never spoils what comes after."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from engine.judging.judge import ReferenceJudge
from engine.judging.rete import ReteJudge, available, session
from engine.judging.rete import judge as judging
from engine.judging.rete.plan import plan_for
from engine.judging.rete.session import BATCH, TROUBLES, Matcher, matcher, written
from engine.model.outcome import Outcome
from tests.agreement.generators.world import material
from tests.engine.judging.rete.world import YEAR, decision, requirement, text, world

pytestmark = pytest.mark.skipif(not available(), reason="没有装 durable_rules")

RULES = [[{"$ex": {"a": 1}}, {"a": True}], [{"$ex": {"n": 1}}, {"$gte": {"n": 5}}], []]


class Flawed:
    """durable_rules with one of its functions replaced."""

    def __init__(self, engine: Any) -> None:  # noqa: ANN401 - a module without types
        self._engine = engine

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._engine, name)


@pytest.fixture
def flawed(monkeypatch: pytest.MonkeyPatch) -> Flawed:
    stand_in = Flawed(session._engine)
    monkeypatch.setattr(session, "_engine", stand_in)
    # Matchers made under a flaw are not for anyone else.
    monkeypatch.setattr(session, "_MATCHERS", {})
    # The flaw is in this process, so the matching is too.
    monkeypatch.setattr(judging, "Matcher", matcher)
    return stand_in


def test_rules_by_number() -> None:
    bodies = ["", ',"a":true', ',"a":false,"n":5', ',"a":true,"n":4', ',"n":6,"a":true']
    assert Matcher(written(RULES)).run(bodies) == [
        frozenset({2}),
        frozenset({0, 2}),
        frozenset({1, 2}),
        frozenset({0, 2}),
        frozenset({0, 1, 2}),
    ]


def test_nothing_in_nothing_out() -> None:
    assert Matcher(written(RULES)).run([]) == []
    assert Matcher(written([])).run(["", ""]) == [frozenset(), frozenset()]


def test_equal_facts_are_two_facts_and_many_batches_one_answer() -> None:
    matching = Matcher(written(RULES))
    bodies = [f',"n":{n % 10}' for n in range(3 * BATCH + 7)]
    for _ in range(3):
        found = matching.run(bodies)
        assert found == [frozenset({1, 2} if n % 10 >= 5 else {2}) for n in range(len(bodies))]


def test_one_handle_for_one_content() -> None:
    assert matcher(written(RULES)) is matcher(written([list(rule) for rule in RULES]))
    assert matcher(written(RULES)) is not matcher(written(RULES[:1]))


@pytest.mark.parametrize(
    "bad", [',"x":1e-05', ',"x":inf', "".join(f',"x{n}":1' for n in range(260))]
)
def test_facts_that_end_a_batch_are_missed(bad: str) -> None:
    """The engine reports success and drops the fact with all after it in its batch."""
    matching = Matcher(written(RULES))
    found = matching.run([',"a":true', bad, ',"a":true', *([""] * BATCH)])
    assert found[0] == frozenset({0, 2})
    assert found[1:BATCH] == [None] * (BATCH - 1)
    assert found[BATCH:] == [frozenset({2})] * 3
    assert matching.run([',"a":true']) == [frozenset({0, 2})]


def test_an_engine_error_costs_its_batch_alone() -> None:
    too_many = [[{"$ex": {f"m{n}": 1}}, {f"m{n}": True}] for n in range(70)]
    matching = Matcher(written(too_many))
    heavy = "".join(f',"m{n}":true' for n in range(70))
    found = matching.run([heavy, *([',"m1":true'] * BATCH)])
    assert found == [None] * BATCH + [frozenset({1})]
    assert matching.run([',"m2":true']) == [frozenset({2})]


def test_after_repeated_errors_no_more_facts_are_sent(flawed: Flawed) -> None:
    asserted = []

    def refuse(_handle: int, facts: str) -> None:
        asserted.append(facts)
        raise flawed.error("303")

    flawed.assert_facts = refuse
    assert Matcher(written(RULES)).run([""] * (10 * BATCH)) == [None] * (10 * BATCH)
    assert len(asserted) == TROUBLES


def test_a_fact_the_engine_swallows_is_missed(flawed: Flawed) -> None:
    real = flawed.assert_facts

    def swallow(handle: int, facts: str) -> Any:  # noqa: ANN401
        kept = [fact for fact in json.loads(facts) if fact.get("n") != 7]
        return real(handle, json.dumps(kept, separators=(",", ":")))

    flawed.assert_facts = swallow
    assert Matcher(written(RULES)).run([',"n":6', ',"n":7', ',"n":8']) == [
        frozenset({1, 2}),
        None,
        frozenset({1, 2}),
    ]


def test_a_firing_of_no_fact_of_ours_is_trouble(flawed: Flawed) -> None:
    flawed.start_action_for_state = lambda *_: ("{}", '{"0001":{"m":{"kind":"f","rid":7}}}')
    assert Matcher(written(RULES)).run([""]) == [None]


def test_leftovers_of_an_interrupted_run_never_return(flawed: Flawed) -> None:
    matching = Matcher(written(RULES))
    real = flawed.start_action_for_state

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    flawed.start_action_for_state = interrupt
    with pytest.raises(KeyboardInterrupt):
        matching.run([',"a":true'])
    flawed.start_action_for_state = real
    assert matching.run([""]) == [frozenset({2})]


Loser = Callable[[list[dict[str, Any]]], list[dict[str, Any]]]


@pytest.mark.parametrize(
    "lose",
    [lambda facts: facts[1:], lambda facts: facts[:-1], lambda _facts: [{"kind": "f", "rid": 1}]],
    ids=["first", "last", "all"],
)
def test_outcomes_of_lost_facts_are_failed_and_no_others(flawed: Flawed, lose: Loser) -> None:
    """Random requirements, parts judged in earlier passes among them, under a losing engine."""
    wanted, found, around = material(5, each=3, count=15)
    real = flawed.assert_facts

    def losing(handle: int, facts: str) -> Any:  # noqa: ANN401
        return real(handle, json.dumps(lose(json.loads(facts)), separators=(",", ":")))

    flawed.assert_facts = losing
    expected = ReferenceJudge().judge(wanted, found, around, YEAR)
    outcomes = ReteJudge().judge(wanted, found, around, YEAR)
    failed = 0
    for name, right in expected.items():
        for outcome, true in zip(outcomes[name], right, strict=True):
            assert outcome in (true, Outcome.FAILED)
            failed += outcome is Outcome.FAILED
    assert failed


def test_a_lost_fact_fails_every_record_that_shares_it(flawed: Flawed) -> None:
    flawed.assert_facts = lambda *_: (0, 0)
    flawed.retract_facts = lambda *_: (0, 0)
    wanted = requirement(text("decision.flag"))
    records = {"decision": [decision(flag=True), decision(flag=True), decision(flag=False)]}
    outcomes = ReteJudge().judge([wanted], records, world(), YEAR)
    assert outcomes == {"r": [Outcome.FAILED] * 3}


def test_what_rests_on_a_lost_part_is_failed(flawed: Flawed) -> None:
    """A requirement of two passes: the facts of the first are lost, those of the second come."""
    steps = " && ".join(
        f"(decision.flag || decision.todo || decision.number > {n})" for n in range(30)
    )
    wanted = requirement(text(steps))
    assert plan_for([wanted], world().schema).passes
    real, calls = flawed.assert_facts, []

    def losing(handle: int, facts: str) -> Any:  # noqa: ANN401
        calls.append(handle)
        return real(handle, facts) if handle != calls[0] else (0, 0)

    flawed.assert_facts = losing
    records = {"decision": [decision(flag=True), decision(flag=False, todo=False, number=3)]}
    expected = ReferenceJudge().judge([wanted], records, world(), YEAR)
    assert expected == {"r": [Outcome.MET, Outcome.GAP]}
    assert ReteJudge().judge([wanted], records, world(), YEAR) == {"r": [Outcome.FAILED] * 2}
    assert len(set(calls)) > 1
