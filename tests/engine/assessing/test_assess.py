"""A whole assessment of a small run: what is in it, in which order, and how it is summed up."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from engine.assessing import assess as assessing
from engine.assessing.assess import assess, requirement_entry
from engine.assessing.entries import entries_of
from engine.assessing.explained import explained
from engine.explaining.detail import fingerprint
from engine.explaining.words import Words
from engine.judging.run import Judged, Run
from engine.model.assessment import (
    Assessment,
    BasisEntry,
    EarlierText,
    EngineEntry,
    OutcomeEntry,
    RequirementEntry,
    SectionEntry,
    Summary,
    WaiverEntry,
)
from engine.model.errors import WrongNameError
from engine.model.facts import Input, InputKind, Level, Problem
from engine.model.outcome import Outcome, Severity
from engine.model.report import ReportEntry
from engine.model.values import ABSENT, Elements, Record
from engine.ruleset.files import RequirementKind, SectionFile
from engine.ruleset.model import Ruleset
from tests.engine.small import BLANK, SCHEMA, Fact, parts, ruleset, thing, world
from tests.runs import a_run

D = dt.date
MAY = D(2024, 5, 1)
MET, GAP, UNKNOWN = Outcome.MET, Outcome.GAP, Outcome.UNKNOWN
NOT_APPLICABLE, FAILED = Outcome.NOT_APPLICABLE, Outcome.FAILED


def outlined(made: Ruleset, **sections: tuple[str, ...]) -> Ruleset:
    """The ruleset with requirements (`a_one` for `a-one`) in sections of an outline."""
    changed = dict(made.requirements)
    for name, listed in sections.items():
        one = changed[name.replace("_", "-")]
        changed[one.id] = replace(one, file=one.file.model_copy(update={"outline": listed}))
    return replace(made, requirements=changed)


RULES = replace(
    outlined(
        ruleset(
            {"id": "a-one"},
            {"id": "b-part", "subject": "part", "act_on": "part.on", "require": "part.ok"},
            gates="sign: {title: 签发, subject: thing, classification: a-one, assumes: 'on', "
            "requirements: [a-one, b-part]}",
        ),
        a_one=("二", "一"),
        b_part=("二",),
    ),
    outline={"一": SectionFile(title="甲节", chapter="首章", reason="没有条款")},
    profiles={"short": ("a-one",), "long": ("b-part", "a-one")},
    parameters={"there": {}, "here": {}},
)
WORDS = Words(SCHEMA)


def a_thing(key: str, *oks: Fact, **facts: Fact) -> Record:
    """A thing of May 2024 with parts that are in order or not."""
    record = replace(thing(start=MAY, **facts), key=key)
    return parts(record, *({"ok": ok, "on": MAY} for ok in oks))


def run_of(*things: Record, **changes: Fact) -> Run:
    """A run on these things and their parts, looked at on 30 June 2024."""
    nested = [part for one in things for part in one.elements("parts").items]
    records = {"thing": list(things), "part": nested, "leaf": []}
    return a_run(records, world(), 2024, **changes)  # type: ignore[arg-type]


def problem(level: Level) -> Problem:
    return Problem("甲.csv", "坏", "应为日期", cell="A1", level=level)


def said(found: Assessment) -> list[tuple[str, str, Outcome]]:
    return [(entry.requirement, entry.subject_key, entry.outcome) for entry in found.outcomes]


@pytest.fixture(scope="module")
def found() -> Assessment:
    """Two things, the second in order; a meeting on the first lies ahead."""
    return assess(
        RULES,
        run_of(
            a_thing("2", True, flag=True, on=D(2024, 6, 1)),
            a_thing("1", True, False, BLANK, flag=False, on=D(2024, 7, 9)),
            jurisdiction="here",
            inputs=(
                Input("甲.csv", "aa", InputKind.LEDGER, problems=[problem(Level.ERROR)]),
                Input("乙.csv", "bb", InputKind.LEDGER, problems=[problem(Level.NOTE)] * 2),
            ),
        ),
    )


def test_outcomes_come_by_requirement_and_key(found: Assessment) -> None:
    assert said(found) == [
        ("a-one", "1", GAP),
        ("a-one", "2", MET),
        ("b-part", "分1", MET),
        ("b-part", "分1", MET),
        ("b-part", "分2", GAP),
        ("b-part", "分3", UNKNOWN),
    ]
    assert [entry.subject_key for entry in found.findings] == ["1", "分2"]


def test_what_was_judged_by_what_for_where_is_said(found: Assessment) -> None:
    assert (found.schema, found.as_of, found.year) == ("fazhi-assessment/1", D(2024, 6, 30), 2024)
    assert (found.place, found.jurisdiction, found.profile) == ("", "here", "")
    assert (found.ruleset.version, found.ruleset.sha256) == ("1", RULES.sha256)
    assert found.ruleset.jurisdictions == ("here", "there")
    assert [(engine.judged, engine.sample) for engine in found.engines] == [(6, False)] * 2
    assert [entry.path for entry in found.inputs] == ["甲.csv", "乙.csv"]
    assert found.outline == {"一": SectionEntry("甲节", "首章", "没有条款")}
    assert (found.rectified, found.reports, found.form, found.since) == ((), (), (), None)
    assert list(found.requirements) == ["a-one", "b-part"]
    assert found.requirements["b-part"].subject_title == "分项"


def test_the_summary_counts_each_kind_of_thing(found: Assessment) -> None:
    assert found.summary == Summary(
        outcomes={outcome: {MET: 3, GAP: 2, UNKNOWN: 1}.get(outcome, 0) for outcome in Outcome},
        findings={s: 2 if s is Severity.MAJOR else 0 for s in Severity},
        subjects={"part": 4, "thing": 2},
        outline={"一": {GAP: 1, MET: 1}, "二": {GAP: 2, MET: 3, UNKNOWN: 1}},
        problems=3,
        disagreements=0,
        waived=0,
    )
    assert list(found.summary.subjects) == ["part", "thing"]
    assert list(found.summary.outline) == ["一", "二"]


def test_every_subject_stands_at_its_gates(found: Assessment) -> None:
    assert [(g.gate, g.subject_key, g.state, g.assumed) for g in found.gates] == [
        ("sign", "1", "closed", D(2024, 7, 9)),
        ("sign", "2", "open", D(2024, 6, 1)),
    ]


def test_reasons_are_given_of_findings_or_where_asked_for_of_all() -> None:
    record = a_thing("1", flag=True)

    def reasons(*, explain_all: bool) -> list[str]:
        run = run_of(record, explain_all=explain_all)
        return [step.text for entry in assess(RULES, run).outcomes for step in entry.trace]

    assert reasons(explain_all=False) == []
    explained = ["要求", "“是否甲”为“是”〔是否甲：是〕"]
    assert reasons(explain_all=True) == explained


def test_identity_numbers_are_masked_unless_asked_for() -> None:
    key = "41010519900101123X"
    for unmask, shown in ((False, "＊＊＊123X"), (True, key)):
        found = assess(RULES, run_of(a_thing(key, flag=False), unmask=unmask))
        assert said(found) == [("a-one", shown, GAP)]
        assert [gate.subject_key for gate in found.gates] == [shown]


def test_a_parameter_is_called_by_its_title() -> None:
    made = ruleset({"require": "thing.n <= param.most_days"})
    (entry,) = assess(made, run_of(a_thing("1", n=3))).outcomes
    assert [gap.title for gap in entry.missing] == ["本地参数“最多日数”"]


def test_a_profile_chooses_its_requirements_in_order() -> None:
    run = run_of(a_thing("1", True, flag=True), profile="long")
    found = assess(RULES, run)
    assert (found.profile, list(found.requirements)) == ("long", ["a-one", "b-part"])
    short = assess(RULES, replace(run, profile="short"))
    assert said(short) == [("a-one", "1", MET)]
    assert (list(short.requirements), short.gates) == (["a-one"], ())


@pytest.mark.parametrize(
    ("profile", "message"),
    [
        ("shrt", "没有清单“shrt”，是否指“short”？"),
        ("年度", "没有清单“年度”，现有：short、long"),
    ],
)
def test_a_profile_that_is_not_there_is_refused(profile: str, message: str) -> None:
    with pytest.raises(WrongNameError) as caught:
        assess(RULES, run_of(profile=profile))
    assert str(caught.value) == message


def report(place: str, *, assessed: bool) -> ReportEntry:
    """A report without content, but with something where its claims will stand."""
    return ReportEntry("报告.txt", "报告", place, 2024, assessed, (), (), (), (), (), (), ("?",))  # type: ignore[arg-type]


def test_only_the_report_of_the_year_is_held_against_the_ledgers() -> None:
    reports = report("旧县", assessed=False), report("新县", assessed=True)
    found = assess(RULES, run_of(a_thing("1"), reports=reports))
    assert [entry.claims for entry in found.reports] == [("?",), ()]
    assert found.place == "新县"


@pytest.mark.parametrize(
    ("name", "reports", "place"),
    [
        ("某县", (report("新县", assessed=True),), "某县"),
        ("41010519900101123X", (), "＊＊＊123X"),
        (ABSENT, (report("旧县", assessed=False), report("新县", assessed=True)), "新县"),
        (ABSENT, (report("旧县", assessed=False),), ""),
    ],
)
def test_the_place_is_named_by_itself_or_by_its_report(
    name: Fact, reports: tuple[ReportEntry, ...], place: str
) -> None:
    run = replace(run_of(a_thing("1"), reports=reports), world=world(place={"name": name}))
    assert assess(RULES, run).place == place


# a ledger without a row


def nobody(run: Run, **changes: Fact) -> list[OutcomeEntry]:
    """What is said of the parts of a year in which none was read."""
    years = [Record("place_year", "某县2023"), Record("place_year", "某县2024")]
    run = run.on({**run.records, "place_year": years})
    made = ruleset({"id": "b-part", "subject": "part", "act_on": "part.on", "require": "part.ok"}
                   | changes).requirements["b-part"]  # fmt: skip
    return list(entries_of(made, run, Judged({}, ()), WORDS))


def test_where_nothing_was_read_each_year_is_unknown() -> None:
    message = "没有读到“分项”的记录，判断不了“办理”"
    year = Record("place_year", "某县2023")
    first, second = nobody(run_of())
    assert first == OutcomeEntry(
        "b-part",
        "place_year",
        "某县2023",
        "某县2023",
        UNKNOWN,
        Severity.MAJOR,
        finding=False,
        message=message,
        fingerprint=fingerprint("b-part", year, SCHEMA),
    )
    assert (second.subject_key, second.subject_label) == ("某县2024", "某县2024")
    assert (second.outcome, second.message) == (UNKNOWN, message)
    assert second.fingerprint != first.fingerprint
    blocking = nobody(run_of(), severity="blocking")
    assert [(entry.severity, entry.finding) for entry in blocking] == [
        (Severity.BLOCKING, True)
    ] * 2


def with_parts(*closed: bool | None) -> Run:
    """Things without a part: whose list is closed, open, or in no column."""
    things = [a_thing(str(number)) for number in range(len(closed))]
    for record, shut in zip(things, closed, strict=True):
        record.values["parts"] = Elements((), closed=bool(shut))
        if shut is None:
            del record.values["parts"]
    return run_of(*things)


@pytest.mark.parametrize(
    ("run", "outcome"),
    [
        (run_of(closed=frozenset({"part"})), NOT_APPLICABLE),  # the ledger is declared complete
        # no thing at all, in a ledger read whole: then no part of one either
        (run_of(closed=frozenset({"thing"})), NOT_APPLICABLE),
        (with_parts(True, True), NOT_APPLICABLE),
        (with_parts(True, False), UNKNOWN),
        (with_parts(True, None), UNKNOWN),
        (with_parts(), UNKNOWN),  # nor was any thing read that could have had parts
    ],
)
def test_none_is_none_only_where_every_list_is_closed(run: Run, outcome: Outcome) -> None:
    found = nobody(run, severity="blocking")
    assert [entry.outcome for entry in found] == [outcome] * 2
    if outcome is NOT_APPLICABLE:
        assert [(entry.message, entry.finding) for entry in found] == [("", False)] * 2


def test_a_record_that_nests_in_nothing_is_never_proven_absent() -> None:
    changes: dict[str, Fact] = {"subject": "thing", "act_on": "thing.on", "require": "thing.flag"}
    assert [entry.outcome for entry in nobody(run_of(), **changes)] == [UNKNOWN] * 2


# one requirement


def test_where_engines_differ_each_one_s_word_is_kept() -> None:
    run, answers = run_of(a_thing("1", flag=True), a_thing("2")), {"one": MET, "other": GAP}
    judged = Judged({"a-one": [MET, FAILED]}, (), {("a-one", 1): answers})
    first, second = entries_of(RULES.requirements["a-one"], run, judged, WORDS)
    assert (first.subject_key, first.answers) == ("1", {})
    assert (second.subject_key, second.outcome, second.answers) == ("2", FAILED, answers)


def test_a_requirement_as_it_is_shown_with_its_earlier_texts() -> None:
    made = ruleset(
        {
            "basis": [
                {"instrument": "LAW", "article": "第二条", "from": D(2024, 1, 1)},
                {"instrument": "PAPER", "article": "三", "carries": False},
            ],
            "applies": "thing.done",
            "supplier": "法制股",
            "rationale": " 理由\n",
            "versions": [
                {
                    "basis": [{"instrument": "LAW", "article": "第一条", "until": D(2023, 12, 31)}],
                    "remedy": "早办",
                },
            ],
        }
    )
    made = outlined(made, a_one=("一",))
    shown = requirement_entry(made.requirements["a-one"], made, WORDS)
    assert shown == RequirementEntry(
        title="办理",
        domain="dom",
        kind=RequirementKind.CHECKED,
        subject="thing",
        subject_title="事项",
        severity=Severity.MAJOR,
        confirmed=True,
        basis=(
            BasisEntry("LAW", "某条例", "第二条", carries=True),
            BasisEntry("PAPER", "某纲要", "三", carries=False),
        ),
        outline=("一",),
        applies="“是否办完”为“是”",
        require="“是否甲”为“是”",
        message="没有办",
        remedy="去办",
        supplier="法制股",
        rationale="理由",
        ledger="thing",
        ledger_title="事项",
        earlier=(EarlierText((BasisEntry("LAW", "某条例", "第一条", carries=True),), "早办"),),
    )


def test_a_waived_finding_is_counted_apart() -> None:
    run = run_of()
    (gap,) = assess(RULES, run_of(a_thing("1", flag=False))).outcomes
    waiver = WaiverEntry("免1", "理由", "批示", "周某", MAY, MAY)
    found = assessing.assembled(
        RULES,
        run,
        WORDS,
        requirements=list(RULES.requirements.values()),
        engines=(EngineEntry("one", 2),),
        entries=[replace(gap, waiver=waiver), gap],
        gates=[],
        disagreements=5,
        doubts=(),
    )
    assert found.engines == (EngineEntry("one", 2),)
    assert (found.summary.waived, found.summary.disagreements) == (1, 5)
    assert found.summary.findings[Severity.MAJOR] == 1
    assert found.gates == ()


# reasons asked for later


def test_of_what_the_rules_no_longer_have_nothing_is_explained() -> None:
    """Fails if a requirement that is gone since a check were an error, or another's reasons."""
    run = run_of(a_thing("1"), a_thing("2"))
    assert explained(RULES, run, "a-gone", "1") == []
    assert [one.subject_key for one in explained(RULES, run, "a-one", "2")] == ["2"]
    assert explained(RULES, run, "a-one", "3") == []
