"""The everyday comparison: no outcome on one engine's word."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from engine.judging import rete
from engine.judging import run as everyday
from engine.judging.judge import Outcomes, ReferenceJudge
from engine.judging.run import Run, judge
from engine.model.outcome import Outcome
from engine.model.values import ABSENT, Record, Records, Source
from engine.model.workdays import WorkCalendar
from engine.model.world import World
from engine.ruleset.model import Requirement, Ruleset
from tests.conftest import ROOT
from tests.runs import a_run


@dataclass
class Says:
    """An engine that says what it is told, and otherwise what the reference says."""

    name: str = "says"
    changed: dict[int, Outcome] = field(default_factory=dict)
    seen: list[int] = field(default_factory=list)

    def judge(
        self, requirements: Sequence[Requirement], records: Records, world: World, year: int
    ) -> Outcomes:
        outcomes = {
            name: list(found)
            for name, found in ReferenceJudge().judge(requirements, records, world, year).items()
        }
        self.seen.append(sum(len(found) for found in outcomes.values()))
        for position, outcome in self.changed.items():
            outcomes[requirements[0].id][position] = outcome
        return outcomes


@pytest.fixture
def requirement(ruleset: Ruleset) -> Requirement:
    return ruleset.requirements["dec-legality-before-discussion"]


@pytest.fixture
def four(ruleset: Ruleset, calendar: WorkCalendar) -> Run:
    records = [
        Record(
            "decision",
            f"决{number}",
            {
                "is_major": True,
                "exempt_ground": ABSENT,
                "special_procedure_law": ABSENT,
                "legality_review.opinion_on": dt.date(2024, 4, 20 + number),
                "discussion.held_on": dt.date(2024, 4, 22),
            },
        )
        for number in range(4)
    ]
    world = World(ruleset.schema, dt.date(2024, 12, 20), calendar, Record("place", "青岚县"))
    return a_run({"decision": records}, world, 2024)


def test_agreement_stands(
    four: Run, requirement: Requirement, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(everyday, "everyday_judges", lambda _: (ReferenceJudge(), Says(), ""))
    judged = judge(four, [requirement])
    # The meeting was on the 22nd: opinions of the 20th and 21st came before, the 22nd's is in
    # doubt, the 23rd's came after.
    assert judged.outcomes[requirement.id] == [
        Outcome.MET,
        Outcome.MET,
        Outcome.BORDERLINE,
        Outcome.GAP,
    ]
    assert judged.differing == {}
    assert [(e.name, e.judged, e.sample) for e in judged.engines] == [
        ("says", 4, False),
        ("reference", 4, False),
    ]


@pytest.mark.parametrize("wrong", [Outcome.MET, Outcome.NOT_APPLICABLE, Outcome.UNKNOWN])
def test_a_difference_is_failed_and_names_both_answers(
    four: Run, requirement: Requirement, wrong: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    liar = Says(changed={3: wrong})
    monkeypatch.setattr(everyday, "everyday_judges", lambda _: (ReferenceJudge(), liar, ""))
    judged = judge(four, [requirement])
    assert judged.outcomes[requirement.id][3] is Outcome.FAILED
    assert judged.outcomes[requirement.id][:3] == [Outcome.MET, Outcome.MET, Outcome.BORDERLINE]
    assert judged.differing == {
        (requirement.id, 3): {"reference": Outcome.GAP, "says": wrong},
    }


@dataclass
class SaysOnceMore(Says):
    """An engine that says something else only where facts in doubt are taken out."""

    def judge(
        self, requirements: Sequence[Requirement], records: Records, world: World, year: int
    ) -> Outcomes:
        doubted = len(records["decision"]) == 1
        one = Says(changed={0: Outcome.MET} if doubted else {})
        return one.judge(requirements, records, world, year)


def test_a_difference_without_the_facts_in_doubt_is_failed_at_its_own_place(
    four: Run, requirement: Requirement, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fails if one engine's word stood of what is in doubt, or another record were blamed.

    Of the third decision the day of the meeting is only guessed: met as read, and without it not
    known whether the opinion came before.
    """
    decisions = four.records["decision"]
    decisions[2].values["legality_review.opinion_on"] = dt.date(2024, 4, 20)
    decisions[2].sources["discussion.held_on"] = Source("甲.csv", presumed="列名是猜的")
    presumed = frozenset({("decision", "discussion.held_on")})
    run = replace(four, facts=replace(four.facts, presumed=presumed))
    monkeypatch.setattr(everyday, "everyday_judges", lambda _: (ReferenceJudge(), Says(), ""))
    assert judge(run, [requirement]).outcomes[requirement.id][2] is Outcome.BORDERLINE
    monkeypatch.setattr(
        everyday, "everyday_judges", lambda _: (ReferenceJudge(), SaysOnceMore(), "")
    )
    judged = judge(run, [requirement])
    assert judged.outcomes[requirement.id] == [
        Outcome.MET,
        Outcome.MET,
        Outcome.FAILED,
        Outcome.GAP,
    ]
    assert judged.differing == {
        (requirement.id, 2): {"reference": Outcome.UNKNOWN, "says": Outcome.MET},
    }


def test_above_the_size_a_sample_is_judged_again(
    four: Run, requirement: Requirement, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(everyday, "SAMPLE_ABOVE", 3)
    monkeypatch.setattr(everyday, "SAMPLE_SHARE", 2)
    again = Says("again")
    monkeypatch.setattr(everyday, "everyday_judges", lambda _: (again, ReferenceJudge(), ""))
    judged = judge(four, [requirement])
    assert again.seen == [2]
    assert [(e.name, e.judged, e.sample) for e in judged.engines] == [
        ("reference", 4, False),
        ("again", 2, True),
    ]


def test_where_durable_rules_is_not_there_the_reference_judges(
    four: Run, requirement: Requirement, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rete, "available", lambda: False)
    judged = judge(four, [requirement])
    note = "本机未装 durable_rules（Windows 或 Python 3.13 以上装不了），由 reference 代替"
    assert [(e.name, e.judged, e.note) for e in judged.engines] == [
        ("sqlite", 4, ""),
        ("reference", 4, note),
    ]
    assert judged.outcomes[requirement.id][3] is Outcome.GAP


def test_without_durable_rules_the_reference_takes_its_place_and_says_so() -> None:
    program = (
        "import sys; sys.modules['durable_rules_engine'] = None; sys.modules['durable'] = None\n"
        "from engine.judging.run import everyday_judges\n"
        "first, second, note = everyday_judges({})\n"
        "print(first.name, second.name, 'durable_rules' in note)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.split() == ["reference", "sqlite", "True"]
