"""Whole entries, field by field, for each outcome: what is told, and what is left out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from engine.explaining.detail import Detailer, fact_entry, fingerprint
from engine.explaining.words import Words
from engine.judging.measure import Measurer
from engine.model.assessment import OutcomeEntry, Step
from engine.model.outcome import Outcome, Severity
from engine.model.shown import FactEntry
from engine.model.values import ABSENT, ABSENT_LIST, Cause, Elements, Record, Source, Unknown
from tests.engine.small import (
    BLANK,
    SCHEMA,
    UNREADABLE,
    Fact,
    parts,
    requirement,
    strings,
    thing,
    world,
)

D = dt.date
MAY = D(2024, 5, 1)
MET, GAP, UNKNOWN = Outcome.MET, Outcome.GAP, Outcome.UNKNOWN
NOT_APPLICABLE, PENDING = Outcome.NOT_APPLICABLE, Outcome.PENDING


def entry(
    record: Record, *, explain: bool = False, said: Outcome | None = None, **changes: Fact
) -> OutcomeEntry:
    """The entry of what the reference says of a record, or of what is `said` of it."""
    made = requirement(**{"subject": record.type, **changes})
    outcome = said or Measurer(made, world(), 2024).outcome(record)
    detailer = Detailer(made, world(), 2024, Words(SCHEMA))
    return detailer.entry(record, outcome, explain=explain)


def bare(outcome: Outcome, severity: Severity = Severity.MAJOR, **told: Fact) -> OutcomeEntry:
    """The entry of the thing `事1`, called 水价, with nothing but what is told."""
    finding = told.pop("finding", outcome not in (MET, NOT_APPLICABLE, PENDING, UNKNOWN))
    made = OutcomeEntry("a-one", "thing", "事1", "“事1”水价", outcome, severity, finding=finding)
    return replace(made, fingerprint="e673bdd3c29fa32a", **told)


def fact(field: str, title: str, value: str | None, cause: Cause | None = None) -> FactEntry:
    """A fact of that thing which was read from nowhere."""
    state = "known" if cause is None else "unknown"
    return FactEntry("thing", "事1", field, title, state, value, cause, None)  # type: ignore[arg-type]


def decided(field: str, title: str, value: str | None, cause: Cause | None = None) -> FactEntry:
    """The same, where another value there might turn the outcome."""
    return replace(fact(field, title, value, cause), decides=True)


def water(**facts: Fact) -> Record:
    return thing(start=MAY, word="水价", **facts)


def test_the_fingerprint_is_of_requirement_type_and_key() -> None:
    """sha256 over the three with zeros between, its first 16 digits."""
    assert fingerprint("a-one", water(), SCHEMA) == "e673bdd3c29fa32a"


def test_a_settled_outcome_is_told_without_reasons() -> None:
    assert entry(water(flag=True)) == bare(MET)
    assert entry(water(flag=True, done=False), applies="thing.done") == bare(NOT_APPLICABLE)
    # of severity by default: nobody asks how grave it would have been
    cases = [{"when": "thing.flag", "level": "blocking"}, {"level": "minor"}]
    assert entry(water(flag=True), severity=cases) == bare(MET, Severity.MINOR)


def test_what_is_met_is_explained_where_asked_for() -> None:
    cases = [{"when": "thing.flag", "level": "blocking"}, {"level": "minor"}]
    assert entry(water(flag=True), severity=cases, explain=True) == bare(
        MET,
        Severity.BLOCKING,
        message="“办理”符合要求",
        evidence=(decided("flag", "是否甲", "是"),),
        trace=(Step(0, True, "要求"), Step(1, True, "“是否甲”为“是”〔是否甲：是〕")),
    )


def test_what_does_not_apply_says_why_where_asked_for() -> None:
    found = entry(water(done=False), applies="thing.done", explain=True)
    assert found == bare(
        NOT_APPLICABLE,
        message="“办理”不涉及",
        evidence=(decided("done", "是否办完", "否"),),
        trace=(Step(0, False, "适用条件"), Step(1, False, "“是否办完”为“是”〔是否办完：否〕")),
    )


def test_what_no_law_governs_says_on_which_day_it_was_done() -> None:
    record = replace(water(flag=True), values={"start": D(2019, 5, 1), "word": "水价"})
    assert entry(record, explain=True) == bare(
        NOT_APPLICABLE,
        message="“办理”不涉及",
        evidence=(decided("start", "开始日期", "2019年5月1日"),),
        trace=(Step(0, False, "行为日适用的规定：“开始日期”〔开始日期：2019年5月1日〕"),),
    )


def test_what_law_governs_may_be_unknown_and_is_not_told_further() -> None:
    basis = [{"instrument": "LAW", "article": "一", "from": D(2024, 3, 1)}]
    record = thing(start=BLANK, word="水价", flag=False)
    assert entry(record, basis=basis) == bare(
        UNKNOWN,
        message="“办理”信息不全，判断不了",
        missing=(fact("start", "开始日期", None, Cause.BLANK),),
        trace=(Step(0, None, "行为日适用的规定：“开始日期”〔开始日期：未填写〕"),),
    )


def test_a_gap_tells_what_would_cure_it_and_whether_more_paper_can() -> None:
    steps = (Step(0, False, "要求"), Step(1, False, "“是否甲”为“是”〔是否甲：否〕"))
    gap = bare(
        GAP,
        message="没有办",
        evidence=(decided("flag", "是否甲", "否"),),
        trace=steps,
        curable=False,
    )
    assert entry(water(flag=False)) == gap
    assert entry(water(flag=False), require="thing.flag && thing.flag") == replace(
        gap,
        trace=(
            Step(0, False, "要求"),
            Step(1, False, "以下须同时具备"),
            *[Step(2, False, "“是否甲”为“是”〔是否甲：否〕")] * 2,
        ),
    )
    assert entry(water(on=ABSENT), require="has(thing.on)").curable is True


def test_what_is_lawful_on_a_lenient_reading_shows_both() -> None:
    found = entry(water(flag=False, done=True), lenient="thing.done")
    assert found == bare(
        Outcome.BORDERLINE,
        message="没有办",
        evidence=(decided("flag", "是否甲", "否"),),
        trace=(
            Step(0, False, "要求"),
            Step(1, False, "“是否甲”为“是”〔是否甲：否〕"),
            Step(0, True, "按从宽理解"),
            Step(1, True, "“是否办完”为“是”〔是否办完：是〕"),
        ),
        curable=False,
    )
    short = entry(water(flag=False, done=False), lenient="thing.done")
    assert [step.text for step in short.trace if not step.depth] == ["要求"]


def test_what_can_still_be_kept_to_is_said_of_the_requirement_alone() -> None:
    """Broken by advice on how to make a duty apply."""
    in_time = "has(thing.on) && thing.on <= thing.until"
    record = water(flag=True, on=ABSENT, until=D(2024, 7, 10))
    said = ("“办理日期”最迟应为2024年7月10日",)
    assert entry(record, require=in_time, due="thing.until", explain=True).nearest == said
    assert entry(record, applies=in_time, explain=True).nearest == ()


def test_what_is_unknown_shows_reasons_only_where_it_is_a_finding() -> None:
    missing = (fact("flag", "是否甲", None, Cause.UNREADABLE),)
    unknown = bare(UNKNOWN, message="“办理”信息不全，判断不了", missing=missing)
    assert entry(water(flag=UNREADABLE)) == unknown
    assert entry(water(flag=UNREADABLE), severity="blocking") == replace(
        unknown,
        severity=Severity.BLOCKING,
        finding=True,
        evidence=(decided("flag", "是否甲", None, Cause.UNREADABLE),),
        trace=(Step(0, None, "要求"), Step(1, None, "“是否甲”为“是”〔是否甲：填写内容无法识别〕")),
        curable=True,
    )


def test_what_is_not_there_may_be_what_is_missing() -> None:
    found = entry(water(on=ABSENT), require="thing.on < as_of")
    absent = FactEntry("thing", "事1", "on", "办理日期", "absent", None, None, None)
    assert (found.outcome, found.missing) == (UNKNOWN, (absent,))


def test_the_day_due_is_told_unless_it_is_kept_or_uncertain() -> None:
    def due(text: str, **facts: Fact) -> dt.date | None:
        record = water(on=ABSENT, **facts)
        return entry(record, require="has(thing.on)", due=text).due

    later = D(2024, 7, 20)
    assert due("thing.until", until=later) == later
    assert due("add_days(thing.until, 1)", until=later) == D(2024, 7, 21)
    assert due("thing.secret_on", secret_on=later) is None
    assert due("thing.until", until=Unknown(Cause.PLANNED, planned=later)) == later


def test_what_engines_do_not_agree_on_is_for_a_person() -> None:
    found = entry(water(flag=True), said=Outcome.FAILED)
    assert (found.finding, found.message) == (
        True,
        "“办理”各引擎结论不一致或核算未完成，须人工核对",
    )
    assert found.missing == ()


def test_an_earlier_text_is_told_by_its_number_and_in_its_words() -> None:
    changes: dict[str, Fact] = {
        "basis": [{"instrument": "LAW", "article": "新", "from": D(2024, 6, 1)}],
        "versions": [
            {
                "basis": [{"instrument": "LAW", "article": "旧", "until": D(2024, 5, 31)}],
                "message": "旧时没有办",
            }
        ],
    }
    old, new = (entry(thing(start=day, flag=False), **changes) for day in (MAY, D(2024, 6, 1)))
    assert (old.text, old.message) == (1, "旧时没有办")
    assert (new.text, new.message) == (0, "没有办")


def test_what_is_to_be_shown_comes_first_from_the_record_and_those_above() -> None:
    above = parts(thing(word="水价", start=MAY), {"ok": False, "on": MAY, "word": "甲"})
    (part,) = above.elements("parts").items
    assert isinstance(part, Record)
    found = entry(
        part, act_on="part.on", require="part.ok", show=["thing.word", "part.word", "part.n"]
    )
    assert [(f.record_type, f.record_key, f.field, f.value) for f in found.evidence] == [
        ("part", "分1", "word", "甲"),
        ("part", "分1", "n", None),
        ("thing", "事1", "word", "水价"),
        ("part", "分1", "ok", "否"),
    ]


CELL = Source("台账.xlsx", "事项", "D5", text="周某41010519900101123X")


@pytest.mark.parametrize(
    ("field", "state", "shown"),
    [
        ("word", "水价", ("known", "水价", None)),
        ("n", 3, ("known", "3件", None)),
        ("n", ABSENT, ("absent", "空白，按“无”理解", None)),
        ("n", UNREADABLE, ("unknown", None, Cause.UNREADABLE)),
        ("tags", strings("红", "绿"), ("known", "红、绿", None)),
        ("tags", strings(), ("known", "无", None)),
        ("tags", ABSENT_LIST, ("absent", "空白，按“无”理解", None)),
        ("parts", Elements((), closed=False), ("known", "无（清单未封闭，可能还有）", None)),
        ("secret", "机密", ("known", "＊＊＊", None)),
    ],
)
def test_a_fact_as_shown(field: str, state: Fact, shown: tuple[Fact, ...]) -> None:
    found = fact_entry(Words(SCHEMA), thing(**{field: state}), field, state)
    assert (found.state, found.value, found.cause) == shown
    assert (found.record_type, found.record_key, found.field) == ("thing", "事1", field)
    assert found.source is None


def test_where_a_fact_stands_is_shown_without_what_is_kept() -> None:
    record = thing(word="水价", secret="密", n=ABSENT, m=BLANK)  # noqa: S106 - not a password
    record.sources.update({"word": CELL, "secret": CELL, "n": replace(CELL, text="无")})
    record.source = Source("台账.xlsx", "事项", line=5)
    words = Words(SCHEMA)
    assert fact_entry(words, record, "word", "水价").source == replace(CELL, text="周某＊＊＊123X")
    assert fact_entry(words, record, "secret", "密").source == replace(CELL, text="")
    written = fact_entry(words, record, "n", ABSENT)
    assert (written.value, written.source) == ("无", replace(CELL, text="无"))
    assert fact_entry(words, record, "m", BLANK).source == record.source
    assert fact_entry(Words(SCHEMA, unmask=True), record, "word", "水价").source == CELL


@pytest.mark.parametrize(
    ("word", "name"), [("甲", "#甲"), (ABSENT, "分1"), (BLANK, "分1"), (None, "分1")]
)
def test_a_part_is_known_by_its_name_below_its_thing(word: Fact, name: str) -> None:
    part = Record("part", "分1", {} if word is None else {"word": word}, parent=thing())
    alike = Record("thing", f"事1/{name}")
    # the same text, but for the type in the middle of it
    assert fingerprint("a", part, SCHEMA) == fingerprint("a", replace(alike, type="part"), SCHEMA)
