"""One record at its gates in a small ruleset: days, gates, outcomes, form and engines by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from engine.assessing.gates import Gated
from engine.assessing.predecision import _engines, predecide
from engine.explaining.detail import fact_entry
from engine.explaining.words import Words
from engine.judging.run import Judged, Run
from engine.model.assessment import PREDECISION, EngineEntry, FormEntry, Step
from engine.model.errors import WrongNameError
from engine.model.outcome import Outcome
from engine.model.shown import FactEntry
from engine.model.values import ABSENT, NO_COLUMN, Cause, Record, Unknown
from engine.ruleset.files import SlotFile
from tests.engine.small import SCHEMA, Fact, parts, ruleset, thing, world
from tests.runs import a_run

D = dt.date
AS_OF = D(2024, 6, 30)
MET, GAP, UNKNOWN = Outcome.MET, Outcome.GAP, Outcome.UNKNOWN

RULES = replace(
    ruleset(
        {"id": "a-class"},
        {"id": "b-late", "require": "thing.on >= date(2024, 7, 5)"},
        {"id": "c-part", "subject": "part", "act_on": "part.on", "require": "part.ok"},
        {"id": "d-ends", "require": "thing.group.on > thing.on"},
        gates="""
meet:
  title: 上会
  subject: thing
  classification: a-class
  assumes: 'on'
  requirements: [b-late, c-part]
issue:
  title: 出台
  subject: thing
  classification: a-class
  assumes: group.on
  requirements: [d-ends, c-part]
""",
    ),
    form={"事项": SlotFile(field="word"), "签字": SlotFile(), "份数": SlotFile(field="m")},
)


def a_thing(key: str, *oks: bool, **facts: Fact) -> Record:
    """A thing of May 2024, classified, called 水价, with parts that are in order or not."""
    given = {"flag": True, "start": D(2024, 5, 1), "word": "水价", **facts}
    record = replace(thing(**given), key=key)
    return parts(record, *({"ok": ok, "on": D(2024, 5, 2)} for ok in oks))


def run_of(*things: Record, **changes: Fact) -> Run:
    """A run on these things and their parts, on 30 June 2024."""
    nested = [part for one in things for part in one.elements("parts").items]
    return a_run({"thing": list(things), "part": nested}, world(), 2024, **changes)  # type: ignore[arg-type, dict-item]


READY = {"on": D(2024, 7, 9), "group__on": D(2024, 7, 20)}


def test_a_record_that_is_in_order_may_pass_each_gate() -> None:
    one, other = a_thing("1", True, **READY), a_thing("2", False, **READY)
    found = predecide(RULES, run_of(one, other), "1")
    assert (found.profile, PREDECISION) == ("predecision", "predecision")
    assert [(g.gate, g.subject_key, g.state, g.assumed, g.assumed_title) for g in found.gates] == [
        ("meet", "1", "open", D(2024, 7, 9), "办理日期"),
        # 9 July lies ahead of 30 June as well: what is to come after it is not known yet
        ("issue", "1", "undetermined", D(2024, 7, 20), "组内日期"),
    ]
    assert [(e.requirement, e.subject_key, e.outcome) for e in found.outcomes] == [
        ("a-class", "1", MET),
        ("b-late", "1", MET),
        ("c-part", "分1", MET),
        ("d-ends", "1", UNKNOWN),
    ]
    # of met outcomes too, reasons are given
    assert found.outcomes[0].trace == (
        Step(0, True, "要求"),
        Step(1, True, "“是否甲”为“是”〔是否甲：是〕"),
    )
    assert list(found.requirements) == ["a-class", "b-late", "c-part", "d-ends"]
    assert found.summary.disagreements == 0
    # three requirements at each gate, one record of each
    assert [engine.judged for engine in found.engines] == [6, 6]


def test_a_record_is_found_by_its_label_too() -> None:
    found = predecide(RULES, run_of(a_thing("1", **READY), a_thing("2", word="电价")), "水")
    assert {gate.subject_key for gate in found.gates} == {"1"}
    with pytest.raises(WrongNameError) as caught:
        predecide(RULES, run_of(a_thing("决1")), "决2")
    assert str(caught.value) == "“事项”里没有“决2”，是否指“决1”？"


@pytest.mark.parametrize(
    ("facts", "asked", "meeting", "issue"),
    [
        (READY, None, D(2024, 7, 9), D(2024, 7, 20)),
        # the day asked about is that of the first gate alone
        (READY, D(2024, 7, 11), D(2024, 7, 11), D(2024, 7, 20)),
        # where the ledger has no day, that of the check is taken
        ({"on": ABSENT}, None, AS_OF, AS_OF),
        # or that of the meeting: nothing is issued before it
        ({"on": ABSENT}, D(2024, 7, 11), D(2024, 7, 11), D(2024, 7, 11)),
        ({"on": D(2024, 7, 9)}, None, D(2024, 7, 9), D(2024, 7, 9)),
        ({"on": D(2024, 5, 9)}, None, D(2024, 5, 9), AS_OF),
        ({"group__on": D(2024, 7, 20)}, None, AS_OF, D(2024, 7, 20)),
    ],
)
def test_the_day_a_gate_is_looked_at_for(
    facts: dict[str, Fact], asked: dt.date | None, meeting: dt.date, issue: dt.date
) -> None:
    found = predecide(RULES, run_of(a_thing("1", True, **facts)), "1", asked)
    assert [gate.assumed for gate in found.gates] == [meeting, issue]


@pytest.mark.parametrize(
    ("facts", "asked", "froms"),
    [
        (READY, None, ["ledger", "ledger"]),
        (READY, D(2024, 7, 11), ["asked", "ledger"]),
        ({"on": ABSENT}, None, ["check", "check"]),
        ({"on": ABSENT}, D(2024, 7, 11), ["asked", "check"]),
    ],
)
def test_where_the_day_of_a_gate_is_from(
    facts: dict[str, Fact], asked: dt.date | None, froms: list[str]
) -> None:
    """Fails if a day that the ledger doesn't have could pass for one that it has."""
    found = predecide(RULES, run_of(a_thing("1", True, **facts)), "1", asked)
    assert [gate.day_from for gate in found.gates] == froms


def test_an_outcome_that_two_gates_read_is_as_the_first_has_it() -> None:
    """At the second gate the day of the meeting is not taken as come."""
    rules = ruleset(
        {"id": "a-class"},
        {"id": "b-late", "require": "thing.on >= date(2024, 7, 5)"},
        gates="""
a: {title: 会, subject: thing, classification: a-class, assumes: 'on', requirements: [b-late]}
b: {title: 后, subject: thing, classification: a-class, assumes: group.on, requirements: [b-late]}
""",
    )
    found = predecide(rules, run_of(a_thing("1", **READY)), "1")
    assert [gate.outcomes["b-late"] for gate in found.gates] == [MET, UNKNOWN]
    assert [(e.requirement, e.outcome) for e in found.outcomes] == [
        ("a-class", MET),
        ("b-late", MET),
    ]


def test_a_gate_that_assumes_no_day_has_none() -> None:
    rules = ruleset(
        {"id": "a-class"},
        gates="any: {title: 签, subject: thing, classification: a-class, requirements: [a-class]}",
    )
    record = a_thing("1", on=D(2024, 7, 9))
    found = predecide(rules, run_of(record), "1", D(2024, 7, 11))
    assert [(g.assumed, g.assumed_title) for g in found.gates] == [(None, "")]
    assert found.outcomes[0].outcome is MET
    assert record.values["on"] == D(2024, 7, 9)


def test_the_form_is_filled_in_from_the_record_as_the_ledger_has_it() -> None:
    one = a_thing("1", True, **READY)
    words = Words(SCHEMA)
    found = predecide(RULES, run_of(one), "1")
    assert found.form == (
        FormEntry("事项", fact_entry(words, one, "word", "水价")),
        FormEntry("签字", None),
        FormEntry("份数", fact_entry(words, one, "m", NO_COLUMN)),
    )
    assert isinstance(found.form[0].fact, FactEntry)
    assert (found.form[0].fact.title, found.form[0].fact.value) == ("名称", "水价")
    # of two records of one key there is no one form
    twice = predecide(RULES, run_of(one, a_thing("1", False, **READY)), "1")
    assert (twice.form, len(twice.gates)) == ((), 4)


def test_a_line_of_the_form_takes_another_field_where_its_own_is_not_known() -> None:
    """Broken by an empty line though the other field is known, or by a day that nobody named."""
    slot = {"会期": SlotFile(field="on", instead="start")}
    rules = replace(RULES, form=slot)
    shown = {
        "planned": predecide(rules, run_of(a_thing("1", True, **READY)), "1"),
        "asked": predecide(rules, run_of(a_thing("1", True)), "1", D(2024, 7, 11)),
        "no day": predecide(rules, run_of(a_thing("1", True)), "1"),
        "neither": predecide(rules, run_of(a_thing("1", True, start=Unknown(Cause.BLANK))), "1"),
    }
    facts = {name: found.form[0].fact for name, found in shown.items()}
    assert {name: fact and (fact.field, fact.value) for name, fact in facts.items()} == {
        "planned": ("on", "2024年7月9日"),
        "asked": ("on", "2024年7月11日"),
        "no day": ("start", "2024年5月1日"),
        "neither": ("on", None),
    }


def test_names_are_masked_unless_asked_for_and_parameters_have_titles() -> None:
    key = "41010519900101123X"
    rules = ruleset(
        {"id": "a-class", "require": "thing.n <= param.most_days"},
        gates="any: {title: 签, subject: thing, classification: a-class, requirements: [a-class]}",
    )
    for unmask, shown in ((False, "＊＊＊123X"), (True, key)):
        found = predecide(rules, run_of(a_thing(key, n=3), unmask=unmask), key)
        assert [gate.subject_key for gate in found.gates] == [shown]
        assert [gap.title for gap in found.outcomes[0].missing] == ["本地参数“最多日数”"]


def test_what_an_engine_judged_at_all_gates_is_counted_together() -> None:
    gate, record, run = RULES.gates["meet"], a_thing("1"), run_of()

    def passed(*engines: EngineEntry) -> Gated:
        return Gated(gate, record, None, run, Judged({}, engines), None)  # type: ignore[arg-type]

    found = _engines(
        [
            passed(EngineEntry("one", 3), EngineEntry("two", 1, sample=True, note="注")),
            passed(EngineEntry("one", 4), EngineEntry("two", 5, sample=True, note="注")),
        ]
    )
    assert found == (EngineEntry("one", 7), EngineEntry("two", 6, sample=True, note="注"))
    assert _engines([]) == ()


def test_where_the_engines_differed_at_a_gate_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    def differing(run: Run, requirements: Fact) -> Judged:
        outcomes = {r.id: [Outcome.FAILED] * len(run.records[r.subject]) for r in requirements}
        return Judged(outcomes, (), {("a-class", 0): {"one": MET, "other": GAP}})

    monkeypatch.setattr("engine.assessing.gates.judge", differing)
    found = predecide(RULES, run_of(a_thing("1", True, **READY)), "1")
    assert found.summary.disagreements == 2  # once at each gate
    assert found.outcomes[0].answers == {"one": MET, "other": GAP}
