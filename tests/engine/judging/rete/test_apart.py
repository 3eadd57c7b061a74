"""durable_rules in a process of its own: what takes it down costs one call, and is noticed."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pytest

from engine.judging.rete import ReteJudge, apart, available, chain_gates
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
from engine.judging.rete import session
honest, calls = session.Matcher.run, []
def run(self, bodies):
    calls.append(bodies)
    if len(calls) == at:
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
"""The child, whose so-manieth call reads where there is no memory, exits, is killed, or stops."""

BODIES = ["", ',"a":true', ',"n":6']
RIGHT = [frozenset({2}), frozenset({0, 2}), frozenset({1, 2})]


def crashing(monkeypatch: pytest.MonkeyPatch, at: int, how: str) -> None:
    monkeypatch.setattr(apart, "_program", lambda: ("-c", CRASHING, str(at), how))


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
def test_what_ends_the_child_costs_that_call_alone(
    child: Child, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """Broken by an error that gets out, by a guess, or by waiting for what never comes."""
    crashing(monkeypatch, 2, how)
    assert child.run(written(RULES), BODIES) == RIGHT
    assert child.run(written(RULES), BODIES) == [None] * 3
    monkeypatch.undo()
    assert child.run(written(RULES), BODIES) == RIGHT


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
    monkeypatch.undo()
    monkeypatch.setattr(apart, "CHILD", child)
    assert ReteJudge().judge([wanted], records, world(), YEAR) == {"r": [Outcome.MET, Outcome.GAP]}


def test_a_gate_of_a_crash_is_not_known(child: Child, monkeypatch: pytest.MonkeyPatch) -> None:
    fact = OutcomeFact(Outcome.MET, confirmed=True, listed=True, settles=False)
    assert chain_gates([[fact]]) == [GateState.OPEN]
    child.end()
    crashing(monkeypatch, 1, "kill")
    assert chain_gates([[fact]]) == [None]
