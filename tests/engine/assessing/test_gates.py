"""A gate of a run: what nests counts, what was not read is unknown, a day ahead is as come."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from engine.assessing.gate_states import GateState, Standing
from engine.assessing.gates import (
    Gated,
    GateShower,
    at_gate,
    pass_gate,
    standing_on,
)
from engine.explaining.words import Words
from engine.judging.run import Run, judge
from engine.model.gate import DayFrom
from engine.model.outcome import Outcome
from engine.model.values import Cause, Elements, Record, Unknown
from tests.engine.small import BLANK, Fact, parts, ruleset, thing, world
from tests.runs import a_run

D = dt.date
AS_OF = D(2024, 6, 30)
MET, GAP, UNKNOWN = Outcome.MET, Outcome.GAP, Outcome.UNKNOWN

RULES = ruleset(
    {"id": "a-class"},
    {"id": "b-late", "require": "thing.on >= date(2024, 7, 5)"},
    {"id": "c-part", "subject": "part", "act_on": "part.on", "require": "part.ok"},
    gates="""
sign:
  title: 签发
  subject: thing
  classification: a-class
  assumes: 'on'
  requirements: [b-late, c-part]
""",
)
GATE = RULES.gates["sign"]
WORDS = Words(RULES.schema, unmask=False, parameters={})


def a_thing(key: str, *oks: bool, closed: bool = True, **facts: Fact) -> Record:
    """A thing of May 2024, classified, with parts that are in order or not."""
    given = {"flag": True, "start": D(2024, 5, 1), "word": f"第{key}", **facts}
    record = replace(thing(**given), key=key)
    return parts(record, *({"ok": ok, "on": D(2024, 5, 2)} for ok in oks), closed=closed)


def run_of(*things: Record) -> Run:
    """A run on these things and their parts, on 30 June 2024."""
    nested = [part for one in things for part in one.elements("parts").items]
    return a_run({"thing": list(things), "part": nested}, world(), 2024)  # type: ignore[dict-item]


def gated(*things: Record) -> list[Gated]:
    """Every thing of a run at the gate."""
    run = run_of(*things)
    return at_gate(RULES, run, GATE, judge(run, standing_on(GATE, RULES)))


def standing(one: Gated) -> list[tuple[str, str, Outcome]]:
    return [(s.requirement, s.record, s.outcome) for s in one.result.standing]


def test_the_requirements_of_a_gate_begin_with_its_classification() -> None:
    assert [r.id for r in standing_on(GATE, RULES)] == ["a-class", "b-late", "c-part"]


def test_each_thing_by_itself_and_in_the_order_of_their_keys() -> None:
    """The meeting of 3 has been, that of 1 lies ahead; of 2 no day is known."""
    third = a_thing("3", True, False, on=D(2024, 6, 1))
    first = a_thing("1", True, on=D(2024, 7, 5))
    second = a_thing("2", True, on=BLANK)
    found = gated(third, first, second)
    assert [(one.subject.key, one.result.state, one.day) for one in found] == [
        ("1", GateState.OPEN, D(2024, 7, 5)),
        ("2", GateState.UNDETERMINED, None),
        ("3", GateState.CLOSED, D(2024, 6, 1)),
    ]
    assert [standing(one) for one in found] == [
        [("a-class", "1", MET), ("b-late", "1", MET), ("c-part", "分1", MET)],
        [("a-class", "2", MET), ("b-late", "2", UNKNOWN), ("c-part", "分1", MET)],
        [
            ("a-class", "3", MET),
            ("b-late", "3", GAP),
            ("c-part", "分1", MET),
            ("c-part", "分2", GAP),
        ],
    ]
    assert all(one.gate is GATE for one in found)


def test_the_day_of_the_check_has_come() -> None:
    """Would break if today's meeting were judged as one ahead."""
    run = run_of(a_thing("1", True, on=AS_OF))
    (one,) = at_gate(RULES, run, GATE, judge(run, standing_on(GATE, RULES)))
    assert one.run is run
    assert one.result.state is GateState.CLOSED
    assert not one.run.world.assumed


def test_only_what_reads_the_day_ahead_is_judged_again() -> None:
    run = run_of(a_thing("1", True, on=D(2024, 7, 20)), a_thing("2", on=D(2024, 6, 1)))
    judged = judge(run, standing_on(GATE, RULES))
    judged.outcomes["a-class"] = [UNKNOWN, MET]  # what was found stands, and isn't found anew
    ahead, past = at_gate(RULES, run, GATE, judged)
    assert standing(ahead)[:2] == [("a-class", "1", UNKNOWN), ("b-late", "1", MET)]
    assert standing(past)[:2] == [("a-class", "2", MET), ("b-late", "2", GAP)]
    assert [r.key for r in ahead.run.records["thing"]] == ["1"]
    assert [r.key for r in ahead.run.records["part"]] == ["分1"]
    assert ahead.run.world.assumed == {("thing", "on")}


def test_without_an_outcome_of_each_requirement_there_is_no_gate() -> None:
    run = run_of(a_thing("1", True, on=D(2024, 7, 20)))
    judged = judge(run, standing_on(GATE, RULES)[:2])
    assert at_gate(RULES, run, GATE, judged) == []


def test_parts_that_were_not_read_are_unknown() -> None:
    (one,) = gated(a_thing("1", True, closed=False, on=D(2024, 7, 20)))
    assert one.result.state is GateState.UNDETERMINED
    assert one.result.deciding == (Standing("c-part", "1", UNKNOWN),)
    assert standing(one)[2:] == [("c-part", "分1", MET), ("c-part", "1", UNKNOWN)]
    none = a_thing("1", on=D(2024, 7, 20))
    none.values["parts"] = Elements((), closed=True, absent=True)
    assert gated(none)[0].result.state is GateState.OPEN


def test_parts_that_no_requirement_would_apply_to_need_not_be_read() -> None:
    rules = ruleset(
        {"id": "a-class"},
        {"id": "b-late", "require": "thing.on >= date(2024, 7, 5)"},
        {
            "id": "c-part",
            "subject": "part",
            "act_on": "part.on",
            "applies": "parent.n > 5",
            "require": "part.ok",
        },
        gates="sign: {title: 签, subject: thing, classification: a-class, assumes: 'on', "
        "requirements: [b-late, c-part]}",
    )
    for n, state in ((5, GateState.OPEN), (6, GateState.UNDETERMINED)):
        run = run_of(a_thing("1", closed=False, on=D(2024, 7, 20), n=n))
        judged = judge(run, standing_on(GATE, rules))
        assert at_gate(rules, run, rules.gates["sign"], judged)[0].result.state is state


def test_asked_about_some_the_others_are_not_there() -> None:
    one, other = a_thing("1", True, on=D(2024, 7, 20)), a_thing("2", False, on=D(2024, 7, 20))
    (found,) = pass_gate(RULES, run_of(one, other), GATE, [one])
    assert [r.key for r in found.run.records["thing"]] == ["1"]
    assert found.result.state is GateState.OPEN


def test_the_gate_as_an_assessment_shows_it() -> None:
    (one,) = gated(a_thing("1", True, False, on=D(2024, 7, 20)))
    entry = GateShower(RULES, WORDS).entry(one, DayFrom.ASKED)
    assert (entry.gate, entry.title, entry.subject_type) == ("sign", "签发", "thing")
    assert (entry.subject_key, entry.subject_label) == ("1", "“1”第1")
    assert (entry.state, entry.state_title) == ("closed", "暂不具备")
    assert (entry.assumed, entry.assumed_title) == (D(2024, 7, 20), "办理日期")
    assert entry.deciding == ("c-part",)
    assert entry.outcomes == {"a-class": MET, "b-late": MET, "c-part": GAP}
    assert not entry.disagreement
    bare = GateShower(RULES, WORDS).entry(replace(one, gate=replace(GATE, assumes=None), day=None))
    assert (bare.assumed, bare.assumed_title) == (None, "")


@pytest.mark.parametrize(
    ("held", "doubted"),
    [
        (Unknown(Cause.CONTRADICTED), "与别处矛盾，不能作数"),
        (Unknown(Cause.UNREADABLE), "填写内容无法识别"),
        (Unknown(Cause.BLANK), ""),
        (D(2024, 7, 20), ""),
    ],
)
def test_a_day_that_cannot_be_relied_on_is_not_a_day_that_is_missing(
    held: dt.date | Unknown, doubted: str
) -> None:
    """Broken where two rows that differ in the day of a meeting are told to have none."""
    written = a_thing("1", True, on=held)
    (one,) = gated(written)
    shower = GateShower(RULES, WORDS)
    assert shower.entry(one).doubted == doubted
    (put,) = gated(a_thing("1", True, on=D(2024, 7, 20)))
    assert shower.entry(put, DayFrom.CHECK, written).doubted == doubted


def test_a_ledger_without_the_column_keeps_the_gate_undetermined() -> None:
    """Broken if an empty cell, or a column that is not there, were passed over."""
    rules = ruleset(
        {"id": "a-class"},
        {"id": "b-late", "require": "thing.until >= date(2024, 5, 5)"},
        gates="""
sign:
  title: 签发
  subject: thing
  classification: a-class
  requirements: [b-late]
""",
    )
    gate = rules.gates["sign"]
    things = [
        a_thing("1", on=D(2024, 6, 1), until=D(2024, 6, 1)),
        a_thing("2", on=D(2024, 6, 1), until=BLANK),
        a_thing("3", on=D(2024, 6, 1)),
    ]
    things[2].values.pop("until", None)
    run = run_of(*things)
    found = at_gate(rules, run, gate, judge(run, standing_on(gate, rules)))
    assert [(one.result.state, standing(one)) for one in found] == [
        (GateState.OPEN, [("a-class", "1", MET), ("b-late", "1", MET)]),
        (GateState.UNDETERMINED, [("a-class", "2", MET), ("b-late", "2", UNKNOWN)]),
        (GateState.UNDETERMINED, [("a-class", "3", MET), ("b-late", "3", UNKNOWN)]),
    ]
