"""Thirty errors planted in what outcomes rest on: each is seen by an ordinary test.

Those in the reference, durable_rules and SQL end as `failed` too, for the two engines of the
everyday run differ. docs/testing.md lists them all.
"""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import pytest

from engine.assessing import gate_states, gates, since
from engine.judging import rete
from engine.judging import run as everyday
from engine.judging.rete import ReteJudge
from engine.judging.sql import SqlJudge
from engine.model.outcome import Outcome
from facts.joining import records
from reporter.terminal import comparison
from tests.agreement.differential import comparison as c
from tests.agreement.differential.planted import ERRORS, Error
from tests.engine.assessing import test_gate_states as of_states
from tests.engine.assessing import test_gates as of_gates
from tests.engine.assessing import test_since as of_since
from tests.engine.judging import test_doubt as of_doubt
from tests.engine.judging import test_run as of_run
from tests.engine.judging.test_run import four, requirement
from tests.facts.joining import test_links as of_keys
from tests.facts.joining import test_records as of_links
from tests.facts.joining.test_links import linked
from tests.reporter import test_gone as of_gone
from tests.reporter.test_gone import compared

__all__ = ["compared", "four", "linked", "requirement"]  # fixtures of the tests that see it

ENGINES = [
    error
    for engine in (c.RETE, "reference", c.SQLITE, c.DUCKDB)
    for error in [error for error in ERRORS if error.engine == engine and error.within <= 10_000][
        :3
    ]
]


@pytest.mark.skipif(not rete.available(), reason="没有装 durable_rules")
@pytest.mark.parametrize("error", ENGINES, ids=lambda error: f"{error.engine}-{error.name}")
def test_an_error_in_an_engine_ends_as_failed(
    error: Error, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken by an everyday run that takes either answer where its two engines differ."""
    error.plant(monkeypatch)
    sql = SqlJudge("duckdb" if error.engine == c.DUCKDB else "sqlite")
    monkeypatch.setattr(everyday, "everyday_judges", lambda _: (ReteJudge(), sql, ""))
    for seed in range(60):
        made = c.generated(seed, each=2, count=60)
        run = cast("everyday.Run", made)
        judged = everyday._by_both(run, made.records, made.requirements)
        if judged.differing:
            assert {judged.outcomes[name][at] for name, at in judged.differing} == {Outcome.FAILED}
            return
    pytest.fail("no outcome failed")


@dataclass(frozen=True)
class Plant:
    """`old` written as `new` in a function of `owner`; `seen_by` is the ordinary test."""

    owner: Any
    function: str
    old: str
    new: str
    seen_by: Callable[..., None]
    given: tuple[object, ...] = ()

    def __str__(self) -> str:
        return f"{self.owner.__name__.rpartition('.')[2]}.{self.function}-{self.old[:24]}"

    def plant(self, patch: pytest.MonkeyPatch) -> None:
        """Put the function with the error in it in the place of the honest one."""
        honest = getattr(self.owner, self.function)
        text = textwrap.dedent(inspect.getsource(honest))
        assert text.count(self.old) == 1, text
        made: dict[str, Any] = {}
        source = "from __future__ import annotations\n" + text.replace(self.old, self.new)
        exec(compile(source, "planted", "exec"), honest.__globals__, made)  # noqa: S102
        patch.setattr(self.owner, self.function, made[self.function])


PLANTS = (
    # the comparison
    Plant(everyday, "_by_both", "answer is not other", "answer is other and False",
          of_run.test_a_difference_is_failed_and_names_both_answers, (Outcome.MET,)),
    Plant(everyday, "_by_both", "= Outcome.FAILED", "= answer",
          of_run.test_a_difference_is_failed_and_names_both_answers, (Outcome.MET,)),
    Plant(everyday, "_sample", "// SAMPLE_SHARE", "// (SAMPLE_SHARE * 9)",
          of_run.test_above_the_size_a_sample_is_judged_again),
    Plant(of_doubt, "settled", "else Outcome.BORDERLINE", "else stands",
          of_doubt.test_what_two_readings_come_to,
          (Outcome.MET, Outcome.UNKNOWN, False, Outcome.BORDERLINE)),
    # the gates
    Plant(gate_states, "_leaves_doubt", "standing.outcome in _DOUBTFUL or", "False or",
          of_states.test_both_ways_agree_on_everything_two_requirements_can_say),
    Plant(gate_states, "_closes", "and standing.confirmed", "",
          of_states.test_both_ways_agree_on_everything_two_requirements_can_say),
    Plant(gate_states, "_standing", "Outcome.FAILED", "Outcome.MET",
          of_states.test_a_requirement_of_the_subject_without_outcome_is_as_good_as_failed),
    Plant(gates, "_conclude", "+ _unseen(requirements, subject, run)", "",
          of_gates.test_parts_that_were_not_read_are_unknown),
    # the links
    Plant(records._Index, "__init__", "closed = False\n", "closed = closed\n",
          of_links.test_an_unknown_join_field_keeps_links_open),
    Plant(records, "_named", "closed=False", "closed=True",
          of_links.test_an_unknown_join_field_keeps_links_open),
    Plant(records._Index, "__init__", "unknown or not referable", "unknown",
          of_keys.test_two_at_odds_under_one_key_are_led_to_by_none),
    Plant(records._Index, "find", "self._found.get(named, self._none)",
          "{key[:1]: of for key, of in self._found.items()}.get(named[:1], self._none)",
          of_keys.test_all_fields_of_a_key_have_to_equal),
    Plant(records, "_join_key", "return fold(", "return str(",
          of_keys.test_the_same_written_in_other_characters_is_the_same, ("东－1区",)),
    Plant(records, "_reader", "record.parent.scalar(own)", "record.scalar(own)",
          of_keys.test_a_link_by_a_field_of_the_parent_goes_by_the_parents),
    Plant(records, "_fill_links", "tuple(link.without.items())", "()",
          of_keys.test_a_link_that_leaves_some_out_shares_nothing_with_another),
    # what was there last time
    Plant(since, "_gone", "then.since.vanished if then.since is not None else ()", "()",
          of_since.test_a_record_that_is_gone_is_named_until_it_is_there_again),
    Plant(since, "_gone", 'times, _ = there.get(name, (0, ""))',
          "times = sum(n for (_, key), (n, _) in there.items() if key == name[1])",
          of_since.test_a_number_of_one_ledger_is_none_of_another),
    Plant(since, "_records", "max(most, n)", "n",
          of_since.test_of_records_under_one_key_as_many_are_gone_as_there_are_fewer),
    Plant(of_since, "worse", "len(comparison.vanished) + ", "",
          of_since.test_a_record_that_is_gone_is_worse_though_nothing_was_wrong_with_it),
    Plant(comparison, "gone", "in comparison.vanished]", "in comparison.vanished[:1]]",
          of_gone.test_the_comparison_alone_names_each),
)  # fmt: skip


def asked(test: Callable[..., None], given: tuple[object, ...], fixtures: Any) -> dict[str, Any]:  # noqa: ANN401
    """What the ordinary test is called with: fixtures by name, and what its table gives."""
    rest = list(given)
    named = {"four", "requirement", "monkeypatch", "office", "ruleset", "tmp_path", "calendar",
             "linked", "compared"}  # fmt: skip
    return {
        name: fixtures.getfixturevalue(name) if name in named else rest.pop(0)
        for name in inspect.signature(test).parameters
    }


@pytest.mark.parametrize("plant", PLANTS, ids=str)
def test_an_error_around_the_engines_fails_an_ordinary_test(
    plant: Plant, request: pytest.FixtureRequest
) -> None:
    """Broken by a test that no longer sees the error that it is there for."""
    arguments = asked(plant.seen_by, plant.given, request)
    with pytest.MonkeyPatch.context() as patch:
        plant.plant(patch)
        with pytest.raises((AssertionError, pytest.fail.Exception)):
            plant.seen_by(**arguments)
    plant.seen_by(**asked(plant.seen_by, plant.given, request))


def test_there_are_thirty() -> None:
    assert len(ENGINES) + len(PLANTS) == 30
