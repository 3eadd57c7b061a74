"""Gates by hand: every state, what decides it, and that the two ways to it are compared."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import product

import pytest

from engine.assessing import gate_states as gates
from engine.assessing.gate_states import (
    GateResult,
    Standing,
    conclude,
    conclude_all,
)
from engine.judging.rete import available, chain_gates
from engine.judging.rete.chain import OutcomeFact
from engine.model.outcome import GATE_STATE_TITLES, GateState, Outcome
from engine.ruleset.model import Gate

GATE = Gate(
    id="submit-to-discussion",
    title="提交集体讨论",
    subject="decision",
    classification="dec-classified",
    assumes="discussion.held_on",
    requirements=("dec-legality", "dec-experts", "dec-hearing-notice"),
)
LISTED = Gate("g", "g", "decision", "dec-classified", None, ("dec-classified", "dec-legality"))

NA, MET, GAP = Outcome.NOT_APPLICABLE, Outcome.MET, Outcome.GAP
WEAK, OPEN, DOUBT = Outcome.NOT_EVIDENCED, Outcome.UNKNOWN, Outcome.BORDERLINE
PENDING, FAILED = Outcome.PENDING, Outcome.FAILED


def at(*outcomes: Outcome, settled: Outcome = MET, gate: Gate = GATE) -> GateResult:
    """The gate with these outcomes of its requirements, all confirmed."""
    names = zip(gate.requirements, outcomes, strict=False)
    standing = [Standing(name, "豫决1", outcome) for name, outcome in names]
    return conclude(gate, "豫决1", [Standing(gate.classification, "豫决1", settled), *standing])


@pytest.mark.parametrize(
    ("outcomes", "state"),
    [
        ((MET, MET, MET), GateState.OPEN),
        ((MET, NA, NA), GateState.OPEN),
        ((NA, NA, NA), GateState.NOT_SUBJECT),
        ((MET, GAP, MET), GateState.CLOSED),
        ((MET, WEAK, MET), GateState.CLOSED),
        ((GAP, OPEN, PENDING), GateState.CLOSED),
        ((GAP, FAILED, DOUBT), GateState.CLOSED),
        ((MET, OPEN, MET), GateState.UNDETERMINED),
        ((MET, DOUBT, MET), GateState.UNDETERMINED),
        ((MET, FAILED, MET), GateState.UNDETERMINED),
        ((OPEN, PENDING, MET), GateState.UNDETERMINED),
        ((NA, OPEN, NA), GateState.UNDETERMINED),
        ((MET, PENDING, NA), GateState.WAITING),
        ((PENDING, PENDING, PENDING), GateState.WAITING),
    ],
)
def test_states(outcomes: tuple[Outcome, ...], state: GateState) -> None:
    result = at(*outcomes)
    assert result.state is state
    assert not result.disagreement


@pytest.mark.parametrize("settled", [o for o in Outcome if o is not MET])
def test_none_applies_but_the_classification_is_not_met(settled: Outcome) -> None:
    result = at(NA, NA, NA, settled=settled)
    assert result.state is GateState.UNDETERMINED
    assert [s.requirement for s in result.deciding] == ["dec-classified"]


@pytest.mark.parametrize("settled", list(Outcome))
def test_an_unlisted_classification_only_settles_whether_it_applies(settled: Outcome) -> None:
    assert at(MET, MET, NA, settled=settled).state is GateState.OPEN


@pytest.mark.parametrize(
    ("settled", "state"),
    [
        (GAP, GateState.CLOSED),
        (OPEN, GateState.UNDETERMINED),
        (PENDING, GateState.WAITING),
        (NA, GateState.OPEN),
        (MET, GateState.OPEN),
    ],
)
def test_a_listed_classification_counts_like_any_other(settled: Outcome, state: GateState) -> None:
    standing = [
        Standing("dec-classified", "1", settled),
        Standing("dec-legality", "1", MET),
    ]
    assert conclude(LISTED, "1", standing).state is state


@pytest.mark.parametrize("settled", list(Outcome))
def test_a_classification_alone_opens_nothing(settled: Outcome) -> None:
    result = conclude(LISTED, "1", [Standing("dec-classified", "1", settled)])
    assert result.state is GateState.UNDETERMINED


def test_without_any_outcome_it_is_undetermined() -> None:
    result = conclude(GATE, "1", [])
    assert (result.state, result.standing) == (GateState.UNDETERMINED, ())
    elsewhere = [Standing("something-else", "1", MET)]
    assert conclude(GATE, "1", elsewhere) == result


@pytest.mark.parametrize("outcome", [GAP, WEAK])
def test_a_gap_of_unconfirmed_basis_does_not_close(outcome: Outcome) -> None:
    unconfirmed = Standing("dec-experts", "1", outcome, confirmed=False)
    rest = [Standing("dec-legality", "1", MET), Standing("dec-hearing-notice", "1", PENDING)]
    result = conclude(GATE, "1", [*rest, unconfirmed])
    assert result.state is GateState.UNDETERMINED
    assert result.deciding == (unconfirmed,)
    closing = Standing("dec-legality", "1", GAP)
    result = conclude(GATE, "1", [closing, unconfirmed])
    assert result.state is GateState.CLOSED
    assert result.deciding == (closing,)


def test_an_unconfirmed_met_opens_as_any_other() -> None:
    met = [Standing(name, "1", MET, confirmed=False) for name in GATE.requirements]
    assert conclude(GATE, "1", met).state is GateState.OPEN


def test_outcomes_of_nested_hearings_count_for_their_decision() -> None:
    own = [Standing("dec-legality", "1", MET), Standing("dec-experts", "1", NA)]
    hearings = [
        Standing("dec-hearing-notice", "听证一", MET),
        Standing("dec-hearing-notice", "听证二", GAP),
    ]
    assert conclude(GATE, "1", own).state is GateState.OPEN
    result = conclude(GATE, "1", [*hearings, *own])
    assert result.state is GateState.CLOSED
    assert result.deciding == (hearings[1],)
    # In the gate's order of requirements, whatever order they came in.
    assert result.standing == (*own, *hearings)


def test_a_requirement_of_the_subject_without_outcome_is_as_good_as_failed() -> None:
    own = ("dec-legality", "dec-experts", "dec-classified")
    met = [Standing("dec-classified", "1", MET), Standing("dec-legality", "1", MET)]
    result = conclude(GATE, "1", met, own)
    assert result.state is GateState.UNDETERMINED
    assert result.deciding == (Standing("dec-experts", "1", FAILED),)
    assert conclude(GATE, "1", [*met, Standing("dec-experts", "1", MET)], own).state is (
        GateState.OPEN
    )


def test_what_decided_it() -> None:
    assert [s.requirement for s in at(MET, NA, MET).deciding] == [
        "dec-legality",
        "dec-hearing-notice",
    ]
    assert [s.requirement for s in at(MET, PENDING, NA).deciding] == ["dec-experts"]
    assert [s.requirement for s in at(DOUBT, OPEN, FAILED).deciding] == list(GATE.requirements)
    assert [s.requirement for s in at(NA, NA, NA).deciding] == ["dec-classified"]


def test_every_subject_by_itself_even_with_one_key() -> None:
    results = conclude_all(
        GATE,
        [
            ("重复", [Standing("dec-legality", "重复", MET)]),
            ("重复", [Standing("dec-legality", "重复", GAP)]),
            ("空", []),
        ],
    )
    assert [(r.subject, r.state) for r in results] == [
        ("重复", GateState.OPEN),
        ("重复", GateState.CLOSED),
        ("空", GateState.UNDETERMINED),
    ]
    assert conclude_all(GATE, []) == []


def test_titles() -> None:
    assert set(GATE_STATE_TITLES) == set(GateState)
    assert GATE_STATE_TITLES[GateState.NOT_SUBJECT] == "不属本程序"


# the two ways to the conclusion


@pytest.mark.skipif(not available(), reason="没有装 durable_rules")
def test_both_ways_agree_on_everything_two_requirements_can_say() -> None:
    cases = [
        [
            Standing("dec-classified", "1", settled),
            Standing("dec-legality", "1", first, confirmed),
            Standing("dec-experts", "1", second),
        ]
        for settled, first, second, confirmed in product(Outcome, Outcome, Outcome, (True, False))
    ]
    for gate in (GATE, LISTED):
        results = conclude_all(gate, [(str(n), case) for n, case in enumerate(cases)])
        assert not [r for r in results if r.disagreement]


@pytest.mark.skipif(not available(), reason="没有装 durable_rules")
def test_both_ways_agree_on_random_gates() -> None:
    dice = random.Random(1)  # noqa: S311 - dice
    names = (GATE.classification, *GATE.requirements, "something-else")
    cases = [
        (
            f"决策{n}",
            [
                Standing(dice.choice(names), "1", dice.choice(list(Outcome)), dice.random() < 0.7)
                for _ in range(dice.randrange(9))
            ],
        )
        for n in range(3000)
    ]
    results = conclude_all(GATE, cases)
    assert not [r for r in results if r.disagreement]
    assert {r.state for r in results} == set(GateState)


def test_a_bug_planted_in_the_plain_decision_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    if not available():
        pytest.skip("没有装 durable_rules")
    # Someone forgets that a missing proof closes the gate: a false open, were it alone.
    monkeypatch.setattr(gates, "_SHORT", (Outcome.GAP,))
    result = at(MET, WEAK, MET)
    assert result.state is GateState.UNDETERMINED
    assert result.disagreement
    assert result.deciding == result.standing
    assert not at(MET, GAP, MET).disagreement


def _chained_as(answer: GateState | None) -> object:
    def chain(cases: Sequence[Sequence[OutcomeFact]]) -> list[GateState | None]:
        return [answer] * len(cases)

    return chain


@pytest.mark.parametrize("answer", [GateState.OPEN, None])
def test_a_bug_planted_in_the_chain_is_caught(
    monkeypatch: pytest.MonkeyPatch, answer: GateState | None
) -> None:
    monkeypatch.setattr(gates, "available", lambda: True)
    monkeypatch.setattr(gates, "chain_gates", _chained_as(answer))
    result = at(MET, GAP, MET)
    assert result.state is GateState.UNDETERMINED
    assert result.disagreement


def test_without_durable_rules_the_plain_decision_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gates, "available", lambda: False)
    monkeypatch.setattr(gates, "chain_gates", None)
    assert at(MET, MET, NA).state is GateState.OPEN
    assert not at(MET, MET, NA).disagreement


@pytest.mark.skipif(not available(), reason="没有装 durable_rules")
def test_a_gate_whose_facts_are_lost_has_no_state(monkeypatch: pytest.MonkeyPatch) -> None:
    met = OutcomeFact(MET, confirmed=True, listed=True, settles=False)
    assert chain_gates([[met], [], [met, met]]) == ["open", "undetermined", "open"]

    class Losing:
        def run(self, bodies: Sequence[str]) -> list[frozenset[int] | None]:
            return [None for _ in bodies]

    monkeypatch.setattr("engine.judging.rete.chain._marking", lambda: (Losing(), ()))
    assert chain_gates([[met], []]) == [None, "undetermined"]
    monkeypatch.undo()
    monkeypatch.setattr("engine.judging.rete.chain._deciding", lambda: (Losing(), ()))
    assert chain_gates([[met], []]) == [None, None]
