"""What is too much for one run is refused before it starts, with the ledger that is to blame."""

from __future__ import annotations

import datetime as dt

import pytest

from engine.assessing import workload
from engine.assessing.assess import assess
from engine.assessing.workload import TooMuchError, check_reasons, check_records
from engine.judging.run import Judged
from engine.model.outcome import Outcome
from engine.model.values import Record
from engine.model.world import World
from engine.ruleset.model import Ruleset
from facts.place import default_settings
from tests.runs import a_run


def decisions(number: int) -> dict[str, list[Record]]:
    return {"decision": [Record("decision", f"决{at}") for at in range(number)]}


@pytest.fixture
def world(ruleset: Ruleset) -> World:
    from facts.calendar import work_calendar  # noqa: PLC0415

    place = default_settings(ruleset.schema).place
    return World(
        schema=ruleset.schema, as_of=dt.date(2025, 3, 10), calendar=work_calendar(), place=place,
        params={},
    )  # fmt: skip


def test_more_outcomes_than_a_run_can_take(
    ruleset: Ruleset, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken by judging all the same, or by judging a part and showing it as the whole."""
    run = a_run(decisions(3), world, 2024)
    asked = [r for r in ruleset.requirements.values() if r.subject == "decision"]
    monkeypatch.setattr(workload, "MOST_JUDGED", 3 * len(asked))
    check_records(run, asked, ())
    monkeypatch.setattr(workload, "MOST_JUDGED", 3 * len(asked) - 1)
    with pytest.raises(TooMuchError, match="什么也没有核；最多的是“重大行政决策”"):
        check_records(run, asked, ())
    with pytest.raises(TooMuchError, match="要判的"):
        assess(ruleset, run)


def test_more_records_than_a_gate_can_show(
    ruleset: Ruleset, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = a_run(decisions(3), world, 2024)
    monkeypatch.setattr(workload, "MOST_AT_GATES", 3)
    check_records(run, (), ruleset.gates.values())
    monkeypatch.setattr(workload, "MOST_AT_GATES", 2)
    with pytest.raises(TooMuchError, match="要逐步核对的有3项"):
        check_records(run, (), ruleset.gates.values())


def test_more_reasons_than_can_be_written(
    ruleset: Ruleset, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is met or not applicable needs none."""
    name = next(n for n, r in ruleset.requirements.items() if r.subject == "decision")
    outcomes = [Outcome.MET, Outcome.NOT_APPLICABLE, Outcome.UNKNOWN, Outcome.GAP]
    judged = Judged({name: outcomes}, ())
    monkeypatch.setattr(workload, "MOST_REASONED", 2)
    check_reasons(judged, ruleset.requirements, ruleset.schema)
    monkeypatch.setattr(workload, "MOST_REASONED", 1)
    with pytest.raises(TooMuchError, match="判断不了、不合要求的有2项，超过1项"):
        check_reasons(judged, ruleset.requirements, ruleset.schema)
