"""What a reader is told of one outcome: message, days, what is missing, evidence, masks."""

from __future__ import annotations

import dataclasses
import datetime as dt

from engine.explaining.detail import Detailer, fingerprint
from engine.explaining.words import Words
from engine.judging.measure import Measurer
from engine.model.assessment import OutcomeEntry
from engine.model.outcome import Outcome, Severity
from engine.model.schema import Schema
from engine.model.values import ABSENT, Cause, Record, Source
from tests.engine.small import (
    BLANK,
    SCHEMA,
    Fact,
    between,
    parts,
    requirement,
    strings,
    thing,
    world,
)

D = dt.date
MAY = D(2024, 5, 1)


def _entry(record: Record, *, unmask: bool = False, **changes: Fact) -> OutcomeEntry:
    made = requirement(**changes)
    outcome = Measurer(made, world(), 2024).outcome(record)
    words = Words(SCHEMA, unmask=unmask)
    return Detailer(made, world(), 2024, words).entry(record, outcome)


def test_a_gap_says_its_message_and_shows_every_fact_it_stands_on() -> None:
    record = thing(start=MAY, flag=False)
    record.sources["flag"] = Source("台账.xlsx", "事项", "D5", text="否")
    entry = _entry(record)
    assert (entry.outcome, entry.severity, entry.finding) == (Outcome.GAP, Severity.MAJOR, True)
    assert entry.message == "没有办"
    (fact,) = (fact for fact in entry.evidence if fact.field == "flag")
    assert (fact.title, fact.state, fact.value) == ("是否甲", "known", "否")
    assert fact.source == Source("台账.xlsx", "事项", "D5", text="否")
    assert [(step.text, step.source) for step in entry.trace] == [
        ("要求", ()),
        ("“是否甲”为“是”〔是否甲：否〕", ("是否甲：台账.xlsx〔事项〕D5",)),
    ]


def test_what_no_record_holds_has_no_last_day() -> None:
    """Fails if a parameter that a pending duty waits for were taken for a day in a ledger."""
    entry = _entry(
        thing(start=D(2024, 6, 20), on=BLANK),
        require="has(thing.on) && days(thing.start, thing.on) <= param.most_days",
        due="add_days(thing.start, 30)",
    )
    assert (entry.outcome, entry.due) == (Outcome.PENDING, D(2024, 7, 20))
    # while nobody knows how many days there are, no day is known to be in time
    assert [(fact.field, fact.until) for fact in entry.missing] == [
        ("on", None),
        ("most_days", None),
    ]


def test_pending_says_until_when_and_what_is_left() -> None:
    entry = _entry(
        thing(start=D(2024, 6, 20), on=BLANK),
        require="has(thing.on)",
        due="add_days(thing.start, 30)",
    )
    assert (entry.outcome, entry.due) == (Outcome.PENDING, D(2024, 7, 20))
    assert entry.message == "“办理”还没有做到，期限未到"
    assert [(gap.field, gap.cause) for gap in entry.missing] == [("on", Cause.BLANK)]


def test_only_a_day_due_that_is_certain_is_named() -> None:
    record = thing(start=MAY, on=ABSENT, until=between(D(2024, 7, 20), D(2024, 7, 31)))
    entry = _entry(record, require="has(thing.on)", due="thing.until")
    assert (entry.outcome, entry.due) == (Outcome.PENDING, None)
    assert [fact.field for fact in entry.undated] == ["until"]


def test_the_last_day_is_that_of_what_it_comes_before() -> None:
    """What has to precede a day has to be there the day before; broken if the day itself is said.

    Where the other way is still open no day is the last, but that the law sets.
    """
    record = thing(start=D(2024, 6, 20), on=BLANK, until=D(2024, 7, 20))
    before = _entry(record, require="has(thing.on) && thing.on < thing.until", due="thing.until")
    assert (before.outcome, before.due) == (Outcome.PENDING, D(2024, 7, 19))
    either = "has(thing.on) && (thing.on < thing.until || thing.flag)"
    assert _entry(record, require=either, due="thing.until").due == D(2024, 7, 20)
    later = "has(thing.on) && thing.on > thing.until"
    assert _entry(record, require=later, due="add_days(thing.until, 9)").due == D(2024, 7, 29)


def test_not_evidenced_is_one_severity_lower() -> None:
    entry = _entry(thing(start=MAY, on=BLANK), require="has(thing.on)", evidence=["thing.on"])
    assert (entry.outcome, entry.severity) == (Outcome.NOT_EVIDENCED, Severity.MINOR)
    assert [gap.title for gap in entry.missing] == ["办理日期"]


def test_what_took_too_many_steps_says_so() -> None:
    """100 × 100 × 100 steps and more, of a million."""
    text = "thing.tags.all(a, thing.tags.all(b, thing.tags.all(c, a == b && b == c)))"
    record = thing(start=MAY, tags=strings(*["红"] * 100))
    made = requirement(require=text)
    entry = Detailer(made, world(), 2024, Words(SCHEMA)).entry(record, Outcome.FAILED)
    assert (entry.outcome, entry.message) == (Outcome.FAILED, "核算步数超过上限，本条未核成")
    assert (entry.finding, entry.evidence, entry.trace) == (True, (), ())


def test_unknown_by_applies_names_what_applies_waits_for() -> None:
    entry = _entry(thing(start=MAY, done=BLANK, flag=False), applies="thing.done")
    assert entry.outcome is Outcome.UNKNOWN
    assert entry.message == "“办理”信息不全，判断不了"
    assert [gap.field for gap in entry.missing] == ["done"]


def test_unknown_by_the_day_due_names_that_day() -> None:
    entry = _entry(
        thing(start=MAY, on=ABSENT, until=BLANK), require="has(thing.on)", due="thing.until"
    )
    assert entry.outcome is Outcome.UNKNOWN
    assert [gap.field for gap in entry.missing] == ["until"]
    assert [fact.field for fact in entry.undated] == ["until"]


def test_unknown_by_the_day_of_the_act_says_so_in_chinese() -> None:
    basis = [{"instrument": "LAW", "article": "一", "from": D(2024, 3, 1)}]
    entry = _entry(thing(start=BLANK, flag=False), basis=basis)
    assert entry.outcome is Outcome.UNKNOWN
    assert [gap.field for gap in entry.missing] == ["start"]
    text = "".join(step.text for step in entry.trace)
    assert "“开始日期”" in text
    assert "未填写" in text
    assert "blank" not in text


def test_an_unset_parameter_and_the_calendar_are_named() -> None:
    made, record = requirement(require="thing.n <= param.most_days"), thing(start=MAY, n=1)
    words = Words(SCHEMA, parameters={"most_days": "最多日数"})
    entry = Detailer(made, world(), 2024, words).entry(record, Outcome.UNKNOWN)
    assert [(gap.field, gap.title, gap.cause) for gap in entry.missing] == [
        ("most_days", "本地参数“最多日数”", Cause.PARAMETER)
    ]
    entry = _entry(record, require="thing.n <= param.most_days")
    assert [gap.title for gap in entry.missing] == ["本地参数“most_days”"]
    entry = _entry(
        thing(start=MAY, until=D(2027, 1, 8)), require="thing.until <= deadline(thing.until)"
    )
    assert [(gap.title, gap.cause) for gap in entry.missing] == [("工作日历", Cause.CALENDAR)]


def test_a_note_is_said_only_of_met_and_only_where_it_holds() -> None:
    note = {"when": "thing.n == 7", "text": "恰好7件"}
    assert _entry(thing(start=MAY, flag=True, n=7), note=note).note == "恰好7件"
    assert not _entry(thing(start=MAY, flag=True, n=8), note=note).note
    assert not _entry(thing(start=MAY, flag=False, n=7), note=note).note


def test_a_note_of_an_earlier_text_is_said() -> None:
    changes: dict[str, Fact] = {
        "basis": [{"instrument": "LAW", "article": "新", "from": D(2024, 6, 1)}],
        "versions": [
            {
                "basis": [{"instrument": "LAW", "article": "旧"}],
                "require": "thing.flag || thing.done",
                "note": {"when": "thing.done", "text": "按旧规定"},
            }
        ],
    }
    entry = _entry(thing(start=MAY, flag=False, done=True), **changes)
    assert (entry.outcome, entry.note) == (Outcome.MET, "按旧规定")


def test_internal_content_is_masked_and_what_was_written_is_left_out() -> None:
    record = thing(start=MAY, secret="机密内容")  # noqa: S106 - not a password
    record.sources["secret"] = Source("台账.xlsx", "事项", "E5", text="机密内容")
    changes: dict[str, Fact] = {"require": "thing.secret == '公开'"}
    masked = _entry(record, **changes)
    assert "机密内容" not in repr(dataclasses.asdict(masked))
    (fact,) = (fact for fact in masked.evidence if fact.field == "secret")
    assert fact.source == Source("台账.xlsx", "事项", "E5")
    assert "机密内容" in repr(dataclasses.asdict(_entry(record, unmask=True, **changes)))


def test_a_fingerprint_stays_when_rows_move_and_differs_by_parent() -> None:
    one, two = parts(thing(), {"n": 1}), parts(Record("thing", "事2"), {"n": 1})
    first, second = (held.values["parts"].items[0] for held in (one, two))  # type: ignore[union-attr]
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    moved = Record("part", first.key, {"n": 99}, parent=one, source=Source("别的.xlsx", line=9))

    def mark(requirement: str, record: Record) -> str:
        return fingerprint(requirement, record, SCHEMA)

    assert mark("a-one", first) == mark("a-one", moved)
    assert mark("a-one", first) != mark("a-one", second)
    assert mark("a-one", first) != mark("a-two", first)
    assert len(mark("a-one", first)) == 16


def test_a_record_without_a_key_is_known_by_its_label_wherever_it_stands(schema: Schema) -> None:
    case = Record("penalty_case", "罚1")
    cited = [Record("cited_doc", f"罚1#{n}", {"doc_no": "政规1号"}, parent=case) for n in (1, 2)]
    other = Record("cited_doc", "罚1#1", {"doc_no": "政规2号"}, parent=case)
    first, second, third = (fingerprint("a", record, schema) for record in (*cited, other))
    assert first == second != third
