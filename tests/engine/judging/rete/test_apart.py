"""durable_rules in a process of its own: what takes it down costs the facts that do."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.judging.rete import ReteJudge, apart, available, chain_gates, session
from engine.judging.rete.apart import Child
from engine.judging.rete.chain import OutcomeFact
from engine.judging.rete.session import serve, written
from engine.model.outcome import GateState, Outcome
from tests.engine.judging.rete.test_session import RULES
from tests.engine.judging.rete.world import YEAR, decision, requirement, text, world

pytestmark = pytest.mark.skipif(not available(), reason="没有装 durable_rules")

CRASHING = """
import ctypes, os, signal, sys
at, how = int(sys.argv[1]), sys.argv[2]
sys.path[:] = sys.argv[3:]
import session
honest, calls = session.Matcher.run, []
def run(self, bodies):
    calls.append(bodies)
    if len(calls) == at or how in "".join(bodies):
        if how == "memory":
            ctypes.string_at(0)
        elif how == "exit":
            os._exit(0)
        elif how == "half":
            sys.stdout.write("[[1]")
            sys.stdout.flush()
        os.kill(os.getpid(), signal.SIGKILL)
    return honest(self, bodies)
session.Matcher.run = run
session.serve(sys.stdin, sys.stdout)
"""
"""The child, whose so-manieth call reads where there is no memory, exits, is killed, or stops;
`how` may also be what stands in the facts that kill it.
"""

BODIES = ["", ',"a":true', ',"n":6']
RIGHT = [frozenset({2}), frozenset({0, 2}), frozenset({1, 2})]


def crashing(monkeypatch: pytest.MonkeyPatch, at: int, how: str) -> None:
    # by itself as in the honest child: the rest of the engine takes twenty times as long
    alone = str(Path(session.__file__).parent)
    monkeypatch.setattr(apart, "_program", lambda: ("-c", CRASHING, str(at), how, alone))


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch) -> Iterator[Child]:
    child = Child()
    monkeypatch.setattr(apart, "CHILD", child)
    yield child
    child.end()


def test_the_answers_are_those_of_this_process(child: Child) -> None:
    assert child.run(written(RULES), BODIES) == RIGHT
    assert child.run(written(RULES), []) == []
    assert child.run(written(RULES[:1]), BODIES[:2]) == [frozenset(), frozenset({0})]


@pytest.mark.parametrize("how", ["memory", "exit", "kill", "half"])
def test_what_ends_the_child_costs_nothing_that_another_can_tell(
    child: Child, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """Broken by an error that gets out, by a guess, or by waiting for what never comes."""
    crashing(monkeypatch, 2, how)
    for _ in range(3):
        assert child.run(written(RULES), BODIES) == RIGHT


@pytest.mark.parametrize("how", ["memory", "exit", "kill", "half"])
def test_a_child_that_never_answers_leaves_everything_lost(
    child: Child, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    crashing(monkeypatch, 1, how)
    assert child.run(written(RULES), BODIES) == [None] * 3
    monkeypatch.undo()
    child.end()
    assert child.run(written(RULES), BODIES) == RIGHT


@pytest.mark.parametrize("bad", [{0}, {99}, {40, 41}, {3, 50, 98}, set(range(60, 70))])
def test_lost_are_only_the_facts_that_take_it_down(
    child: Child, monkeypatch: pytest.MonkeyPatch, bad: set[int]
) -> None:
    """Broken by any other fact that is lost with them, or by one of them that is answered."""
    crashing(monkeypatch, -1, '"bad"')
    bodies = [f',"bad":true,"n":{n}' if n in bad else f',"n":{n}' for n in range(100)]
    right = [
        None if n in bad else frozenset({1, 2}) if n >= 5 else frozenset({2}) for n in range(100)
    ]
    for _ in range(2):
        assert child.run(written(RULES), bodies) == right


def test_what_always_takes_it_down_is_not_asked_about_for_ever(
    child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken by a process for each of ten thousand facts, or by a call that is not asked at all
    after one that failed.
    """
    monkeypatch.setattr(apart, "MOST_AGAIN", 5)
    child._again = 5
    crashing(monkeypatch, -1, '"n":6')
    portions: list[int] = []
    honest = Child._portion

    def counted(self: Child, rules: str, bodies: list[str]) -> apart.Fired:
        portions.append(len(bodies))
        return honest(self, rules, bodies)

    monkeypatch.setattr(Child, "_portion", counted)
    assert child.run(written(RULES), [',"n":6'] * 1_000) == [None] * 1_000
    assert portions == [1_000, 500, 250, 125, 62, 31]
    assert child.run(written(RULES), [',"n":6', ""]) == [None, None]
    assert child.run(written(RULES), BODIES[:2]) == RIGHT[:2]  # all is well again
    portions.clear()
    assert child.run(written(RULES), BODIES) == [*RIGHT[:2], None]
    assert portions == [3, 1, 2, 1, 1, 1]


def test_a_call_that_is_broken_off_leaves_no_answer_for_the_next(
    child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken by giving the answer of an interrupted call to the one that comes after it."""
    assert child.run(written(RULES), BODIES) == RIGHT

    def interrupted(_: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(apart.json, "loads", interrupted)
    with pytest.raises(KeyboardInterrupt):
        child.run(written(RULES), BODIES[:1])
    monkeypatch.undo()
    assert child.run(written(RULES), BODIES) == RIGHT


def test_the_child_answers_line_by_line() -> None:
    asked = io.StringIO(json.dumps([written(RULES), BODIES]) + "\n" + json.dumps(["{", [""]]))
    answered = io.StringIO()
    serve(asked, answered)
    first, second = answered.getvalue().splitlines()
    assert json.loads(first) == [[2], [0, 2], [1, 2]]
    assert json.loads(second) == [None]


def test_outcomes_of_a_crash_are_failed_and_the_run_goes_on(
    child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken by an outcome of a lost fact that is anything else than failed."""
    wanted = requirement(text("decision.flag"))
    records = {"decision": [decision(flag=True), decision(flag=False)]}
    crashing(monkeypatch, 1, "memory")
    assert ReteJudge().judge([wanted], records, world(), YEAR) == {"r": [Outcome.FAILED] * 2}
    child.end()
    crashing(monkeypatch, -1, ":true")
    assert ReteJudge().judge([wanted], records, world(), YEAR) == {
        "r": [Outcome.FAILED, Outcome.GAP]
    }
    monkeypatch.undo()
    monkeypatch.setattr(apart, "CHILD", child)
    assert ReteJudge().judge([wanted], records, world(), YEAR) == {"r": [Outcome.MET, Outcome.GAP]}


def test_a_gate_of_a_crash_is_not_known(child: Child, monkeypatch: pytest.MonkeyPatch) -> None:
    fact = OutcomeFact(Outcome.MET, confirmed=True, listed=True, settles=False)
    assert chain_gates([[fact]]) == [GateState.OPEN]
    child.end()
    crashing(monkeypatch, 1, "kill")
    assert chain_gates([[fact]]) == [None]
