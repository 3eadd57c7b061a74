"""Facts that can't all be so: never met nor beside the point by them, and no accusation either.

The cases of a small penalty ledger, worked out by hand: accepted, decided, served, reported.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.assessing.assess import assess
from engine.judging.doubt import Clashes, in_doubt, settled
from engine.judging.run import Run, judge
from engine.model.assessment import Assessment
from engine.model.errors import InvalidRulesetError
from engine.model.facts import Input, InputKind
from engine.model.outcome import Outcome
from engine.model.values import ABSENT, Cause, Elements, Record, Source, State, Unknown
from engine.model.world import World
from engine.ruleset.contradictions import contradictions
from engine.ruleset.load import load_ruleset
from engine.ruleset.model import Ruleset
from facts.calendar import work_calendar
from facts.records.load import read_schema
from tests.runs import a_run

D = dt.date
CASE = """
type: case
title: 案件
key: [no]
fields:
  no: {type: string, title: 案号}
  accepted_on: {type: date, time: event, title: 立案日期}
  decided_on: {type: date, time: event, title: 决定日期}
  served_on: {type: date, time: event, title: 送达日期}
  status: {type: enum, title: 状态, values: {在办: [], 结案: []}}
  received: {type: int, title: 收到数}
  adopted: {type: int, title: 采纳数}
nested:
  reports: {of: report, title: 报备}
order:
  - {first: accepted_on, then: decided_on, same_day: doubtful, why: 先立案后决定}
  - {first: decided_on, then: served_on, why: 送达的是已经作出的决定}
  - {first: decided_on, then: reports.sent_on, why: 报备的是已经作出的决定}
contradictions:
  - when: case.adopted > case.received
    fields: [adopted, received]
    why: 采纳的多于收到的
"""
REPORT = """
type: report
title: 报备
parent: case
fields:
  sent_on: {type: date, time: event, title: 报备日期}
order:
  - {first: parent.accepted_on, then: sent_on, why: 立案以后才有案可报}
"""
PLACE = "type: place\ntitle: 本地\nfields:\n  name: {type: string, title: 名称}\n"
SCHEMA = read_schema({"case.yaml": CASE, "report.yaml": REPORT, "place.yaml": PLACE})
DUTIES = {
    "serve": {"require": "days(case.decided_on, case.served_on) <= 7"},
    "closed": {"applies": 'case.status == "结案"', "require": "has(case.decided_on)"},
    "quick": {"require": "days(case.accepted_on, case.decided_on) <= 90"},
    "late": {"applies": "days(case.accepted_on, case.decided_on) > 90", "require": "false"},
    "order": {"require": "case.decided_on <= case.served_on"},
    "many": {"require": "case.adopted * 2 >= case.received"},
    "any": {"require": 'case.status == "结案" || case.served_on > case.decided_on'},
}


@pytest.fixture(scope="module")
def ruleset(tmp_path_factory: pytest.TempPathFactory) -> Ruleset:
    folder = tmp_path_factory.mktemp("rules")
    for name, text in {
        "ruleset.yaml": "version: '1'\ntitle: 试\n",
        "instruments.yaml": "LAW: {name: 某条例, from: 2020-01-01, read: full}\n",
        "gates.yaml": "{}",
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "dom").mkdir()
    for name, duty in DUTIES.items():
        text = (
            f"id: a-{name}\ntitle: {name}\nsubject: case\nact_on: case.accepted_on\n"
            "severity: major\nmessage: 缺\nremedy: 补\nrationale: 试\n"
            "basis: [{instrument: LAW, article: 第一条}]\n"
        )
        text += "".join(f"{key}: '{value}'\n" for key, value in duty.items())
        (folder / "dom" / f"a-{name}.yaml").write_text(text, encoding="utf-8")
    return load_ruleset(folder, SCHEMA)


def case(no: str = "1", /, **values: State) -> Record:
    row = {"a": "accepted_on", "d": "decided_on", "s": "served_on"}
    held: dict[str, State | Elements] = {"no": no, "reports": Elements((), closed=True)}
    held |= {row.get(name, name): value for name, value in values.items()}
    cells = {path: Source("案.xlsx", "案", f"{path}1") for path in held}
    return Record("case", no, held, cells, Source("案.xlsx", "案", "A1"))


def run_of(ruleset: Ruleset, *records: Record) -> Run:
    world = World(ruleset.schema, D(2024, 12, 31), work_calendar(), Record("place", "某县"))
    inputs = (Input("案.xlsx", "0", InputKind.LEDGER, records={"case": len(records)}),)
    reports = [r for c in records for r in c.elements("reports").items if isinstance(r, Record)]
    return a_run({"case": list(records), "report": reports}, world, 2024, inputs=inputs)


def outcomes(ruleset: Ruleset, record: Record) -> Mapping[str, Outcome]:
    judged = judge(run_of(ruleset, record), list(ruleset.requirements.values()))
    return {name.removeprefix("a-"): found[0] for name, found in judged.outcomes.items()}


LAWFUL = {"a": D(2024, 3, 1), "d": D(2024, 4, 1), "s": D(2024, 4, 5), "status": "结案"}
NOTHING_AMISS = {
    "serve": Outcome.MET,
    "closed": Outcome.MET,
    "quick": Outcome.MET,
    "late": Outcome.NOT_APPLICABLE,
    "order": Outcome.MET,
    "many": Outcome.UNKNOWN,
    "any": Outcome.MET,
}


def test_what_is_in_order_stays_as_it_is(ruleset: Ruleset) -> None:
    assert outcomes(ruleset, case(**LAWFUL)) == NOTHING_AMISS


def test_served_before_decided(ruleset: Ruleset) -> None:
    """-12 days are within seven; the days are in doubt, the order itself is broken for certain."""
    broken = case(**{**LAWFUL, "s": D(2024, 3, 20)})
    assert outcomes(ruleset, broken) == {
        **NOTHING_AMISS,
        "serve": Outcome.BORDERLINE,
        "closed": Outcome.BORDERLINE,  # rests on the day of the decision being there at all
        "quick": Outcome.BORDERLINE,
        "late": Outcome.BORDERLINE,
        "order": Outcome.GAP,
        "any": Outcome.MET,  # by its status, whatever the days are
    }


def test_a_slip_of_the_year_accuses_nobody_of_taking_too_long(ruleset: Ruleset) -> None:
    """Decided in 2023 what was accepted in 2024; served a year later for being slow."""
    slip = outcomes(ruleset, case(**{**LAWFUL, "d": D(2023, 4, 1)}))
    assert slip["quick"] is Outcome.BORDERLINE
    assert slip["late"] is Outcome.BORDERLINE
    # 370 days from decision to service: a gap only by the day that must be wrong
    assert slip["serve"] is Outcome.BORDERLINE


@pytest.mark.parametrize(
    ("accepted", "decided", "doubtful"),
    [
        (D(2024, 3, 1), D(2024, 3, 2), False),
        (D(2024, 3, 1), D(2024, 3, 1), True),  # on one day: doubtful by its own declaration
        (D(2024, 3, 2), D(2024, 3, 1), True),
        (Unknown(Cause.INCOMPLETE, D(2024, 3, 1), D(2024, 3, 31)), D(2024, 3, 15), False),
        (Unknown(Cause.INCOMPLETE, D(2024, 4, 1), D(2024, 4, 30)), D(2024, 3, 31), True),
        (Unknown(Cause.BLANK), D(2024, 3, 1), False),
        (ABSENT, D(2024, 3, 1), False),
    ],
)
def test_an_order_is_broken_only_for_certain(
    accepted: State,
    decided: State,
    doubtful: bool,  # noqa: FBT001
) -> None:
    record = case(a=accepted, d=decided)
    found = Clashes(run_world()).doubts({"case": [record]})
    assert [(doubt.why, doubt.facts) for doubt in found] == (
        [("先立案后决定", ((record, "accepted_on"), (record, "decided_on")))] if doubtful else []
    )


def test_a_gap_stays_where_its_own_facts_are_in_doubt_for_more_than_that(
    ruleset: Ruleset,
) -> None:
    """Accepted on 10 April, decided on the 1st, served on 20 March: served before decided is a
    gap by itself, whatever the day of acceptance; broken if the other doubt takes it away."""
    found = outcomes(ruleset, case(**{**LAWFUL, "a": D(2024, 4, 10), "s": D(2024, 3, 20)}))
    assert found["order"] is Outcome.GAP
    assert found["quick"] is Outcome.BORDERLINE


def run_world() -> World:
    return World(SCHEMA, D(2024, 12, 31), work_calendar(), Record("place", "某县"))


def test_an_order_across_a_list_and_to_the_parent() -> None:
    record = case(**LAWFUL)
    early, fine = (Record("report", f"1#{n}", {"sent_on": day}, parent=record) for n, day in
                   ((1, D(2024, 2, 1)), (2, D(2024, 4, 2))))  # fmt: skip
    record.values["reports"] = Elements((early, fine), closed=True)
    found = Clashes(run_world()).doubts({"case": [record], "report": [early, fine]})
    assert [(doubt.why, doubt.facts) for doubt in found] == [
        ("报备的是已经作出的决定", ((record, "decided_on"), (early, "sent_on"))),
        ("立案以后才有案可报", ((record, "accepted_on"), (early, "sent_on"))),
    ]
    found = Clashes(run_world()).doubts({"case": [record], "report": [early]}, {"place"})
    assert found == []
    both = {"报备的是已经作出的决定", "立案以后才有案可报"}
    for field, whys in (
        (("report", "sent_on"), both),
        (("case", "accepted_on"), {"立案以后才有案可报"}),
        (("report", "accepted_on"), set()),
    ):
        found = Clashes(run_world()).doubts({"case": [record], "report": [early]}, field=field)
        assert {doubt.why for doubt in found} == whys


def test_only_a_cell_that_was_presumed_is_in_doubt_by_itself() -> None:
    """Fails if a row whose column was known for what it is fell with those that were guessed."""
    known, guessed = case("1", **LAWFUL), case("2", **LAWFUL)
    guessed.sources["status"] = Source("另.xlsx", "案", "C2", presumed="列名是猜的")
    column = {("case", "status"), ("case", "adopted")}
    found = Clashes(run_world()).doubts({"case": [known, guessed]}, presumed=column)
    assert [(doubt.why, doubt.facts) for doubt in found] == [
        ("列名是猜的", ((guessed, "status"),)),
    ]


def test_contradicting_numbers(ruleset: Ruleset) -> None:
    record = case(**LAWFUL, received=10, adopted=12)
    found = outcomes(ruleset, record)
    assert found == {**NOTHING_AMISS, "many": Outcome.BORDERLINE}
    assert outcomes(ruleset, case(**LAWFUL, received=10, adopted=4))["many"] is Outcome.GAP
    # it can't be so that 30 were adopted of 10; but nobody knows which number is right
    assert outcomes(ruleset, case(**LAWFUL, received=10, adopted=10))["many"] is Outcome.MET


def test_only_the_record_in_doubt_is_doubtful(ruleset: Ruleset) -> None:
    wrong, right = case("1", **{**LAWFUL, "s": D(2024, 3, 20)}), case("2", **LAWFUL)
    run = run_of(ruleset, wrong, right)
    judged = judge(run, list(ruleset.requirements.values()))
    assert judged.outcomes["a-serve"] == [Outcome.BORDERLINE, Outcome.MET]
    assert judged.doubtful == {(f"a-{name}", 0) for name in ("serve", "closed", "quick", "late")}
    assert wrong.values["served_on"] == D(2024, 3, 20)  # nothing that was read is changed


def test_the_reader_is_told_both_cells_and_the_reason(ruleset: Ruleset) -> None:
    assessment: Assessment = assess(
        ruleset, run_of(ruleset, case(**{**LAWFUL, "s": D(2024, 3, 20)}))
    )
    said = "“决定日期”是2024年4月1日，“送达日期”是2024年3月20日：送达的是已经作出的决定"
    (found,) = assessment.inputs
    assert [(p.place, p.text, p.level) for p in found.problems] == [
        (
            "案.xlsx〔案〕decided_on1",
            f"案.xlsx〔案〕decided_on1、案.xlsx〔案〕served_on1：{said}。核对清楚之前，这几处都不作数",
            "error",
        )
    ]
    assert assessment.summary.problems == 1
    entry = next(e for e in assessment.outcomes if e.requirement == "a-serve")
    assert entry.finding
    assert entry.message == "“serve”所依据的事实互相矛盾，核对清楚之前不能作数"
    assert [(step.depth, step.truth, step.text, step.source) for step in entry.trace[:2]] == [
        (0, None, "互相矛盾、核对清楚之前不作数的事实", ()),
        (
            1,
            None,
            said,
            ("决定日期：案.xlsx〔案〕decided_on1", "送达日期：案.xlsx〔案〕served_on1"),
        ),
    ]
    assert entry.nearest == ()


@pytest.mark.parametrize(
    ("stands", "doubted", "own", "expected"),
    [
        (Outcome.MET, Outcome.MET, False, Outcome.MET),
        (Outcome.MET, Outcome.UNKNOWN, False, Outcome.BORDERLINE),
        (Outcome.NOT_APPLICABLE, Outcome.UNKNOWN, True, Outcome.BORDERLINE),
        (Outcome.PENDING, Outcome.UNKNOWN, False, Outcome.BORDERLINE),
        (Outcome.GAP, Outcome.UNKNOWN, False, Outcome.BORDERLINE),
        (Outcome.GAP, Outcome.UNKNOWN, True, Outcome.GAP),
        (Outcome.GAP, Outcome.GAP, False, Outcome.GAP),
        (Outcome.UNKNOWN, Outcome.GAP, False, Outcome.UNKNOWN),
        (Outcome.NOT_EVIDENCED, Outcome.UNKNOWN, False, Outcome.NOT_EVIDENCED),
        (Outcome.FAILED, Outcome.UNKNOWN, True, Outcome.FAILED),
        (Outcome.MET, Outcome.FAILED, False, Outcome.FAILED),
    ],
)
def test_what_two_readings_come_to(
    stands: Outcome,
    doubted: Outcome,
    own: bool,  # noqa: FBT001
    expected: Outcome,
) -> None:
    assert settled(stands, doubted, own=own) is expected


@pytest.mark.parametrize(
    ("stands", "doubted", "expected"),
    [
        (Outcome.MET, Outcome.UNKNOWN, Outcome.GAP),
        (Outcome.PENDING, Outcome.UNKNOWN, Outcome.GAP),
        (Outcome.UNKNOWN, Outcome.UNKNOWN, Outcome.GAP),
        (Outcome.FAILED, Outcome.UNKNOWN, Outcome.FAILED),
        (Outcome.MET, Outcome.FAILED, Outcome.FAILED),
    ],
)
def test_a_breach_is_a_gap_whatever_was_read(
    stands: Outcome, doubted: Outcome, expected: Outcome
) -> None:
    """Fails if an order that is itself the duty were passed over, or hid that engines differ."""
    assert settled(stands, doubted, breached=True) is expected


def breaching(tmp_path: Path, *changed: tuple[str, str]) -> Ruleset:
    """One duty, of cases closed: to decide before serving; it reads but the day of service."""
    text = CASE
    for old, new in changed:
        assert old in text
        text = text.replace(old, new)
    schema = read_schema({"case.yaml": text, "report.yaml": REPORT, "place.yaml": PLACE})
    for name, held in {
        "ruleset.yaml": "version: '1'\ntitle: 试\n",
        "instruments.yaml": "LAW: {name: 某条例, from: 2020-01-01, read: full}\n",
        "gates.yaml": "{}",
    }.items():
        (tmp_path / name).write_text(held, encoding="utf-8")
    (tmp_path / "dom").mkdir()
    (tmp_path / "dom" / "a-before.yaml").write_text(
        "id: a-before\ntitle: 先决定后送达\nsubject: case\nact_on: case.accepted_on\n"
        "severity: major\nmessage: 缺\nremedy: 补\nrationale: 试\n"
        "basis: [{instrument: LAW, article: 第一条}]\n"
        "applies: case.status == '结案'\nrequire: has(case.served_on)\n",
        encoding="utf-8",
    )
    return load_ruleset(tmp_path, schema)


ASKED = ("then: served_on, why", "then: served_on, duty: a-before, why")
CLASH = ("fields: [adopted, received]", "fields: [status]")


def test_an_order_that_is_the_duty_itself_is_a_gap(tmp_path: Path) -> None:
    """Served on 20 March what was decided on 1 April: met as read, and a breach of the duty.

    The other case is in order. Broken if the requirement that the record type names stayed
    doubtful, or if it said no more than that.
    """
    ruleset = breaching(tmp_path, ASKED)
    wrong, right = case("1", **{**LAWFUL, "s": D(2024, 3, 20)}), case("2", **LAWFUL)
    run = run_of(ruleset, wrong, right)
    judged = judge(run, list(ruleset.requirements.values()))
    assert judged.outcomes["a-before"] == [Outcome.GAP, Outcome.MET]
    assert judged.doubtful == {("a-before", 0)}
    entry = next(e for e in assess(ruleset, run).outcomes if e.subject_key == "1")
    said = "“决定日期”是2024年4月1日，“送达日期”是2024年3月20日：送达的是已经作出的决定"
    assert entry.message == f"“先决定后送达”不合要求：{said}"


def test_a_breach_is_one_only_of_what_applies_for_certain(tmp_path: Path) -> None:
    """Whether the case is closed is in doubt for another reason: 存疑待核, and no accusation.

    Broken if a record is accused under a duty that may not be its own.
    """
    ruleset = breaching(tmp_path, ASKED, CLASH)
    record = case(**{**LAWFUL, "s": D(2024, 3, 20)}, received=1, adopted=2)
    judged = judge(run_of(ruleset, record), list(ruleset.requirements.values()))
    assert judged.outcomes["a-before"] == [Outcome.BORDERLINE]


def test_a_state_that_is_itself_the_breach_is_a_gap(tmp_path: Path) -> None:
    """More adopted than received, declared to be a breach of the duty: a gap of that case.

    Broken if a contradiction could name no duty, or if it accused a case still open.
    """
    ruleset = breaching(tmp_path, (CLASH[0], "fields: [served_on]\n    duty: a-before"))
    wrong = case("1", **LAWFUL, received=1, adopted=2)
    still_open = case("2", **{**LAWFUL, "status": "在办"}, received=1, adopted=2)
    judged = judge(run_of(ruleset, wrong, still_open), list(ruleset.requirements.values()))
    assert judged.outcomes["a-before"] == [Outcome.GAP, Outcome.NOT_APPLICABLE]


DAYS = st.dates(D(2023, 1, 1), D(2024, 12, 31))


@settings(max_examples=30, deadline=None)
@given(accepted=DAYS, decided=DAYS, served=DAYS)
def test_nothing_rests_on_days_that_cant_be(
    ruleset: Ruleset, accepted: dt.date, decided: dt.date, served: dt.date
) -> None:
    """Broken by any outcome that is met, or beside the point, by days that are out of order.

    Of days in order nothing is doubtful.
    """
    found = outcomes(ruleset, case(a=accepted, d=decided, s=served))
    wrong = {"quick", "late"} if decided <= accepted else set()
    wrong |= {"serve", "order"} if served < decided else set()
    for name in ("quick", "late", "serve", "order"):
        if name in wrong:
            assert found[name] in (Outcome.BORDERLINE, Outcome.GAP), name
    if decided > accepted and served >= decided:
        assert Outcome.BORDERLINE not in found.values()


def test_in_doubt_leaves_everything_else(ruleset: Ruleset) -> None:
    record = case(**{**LAWFUL, "s": D(2024, 3, 20)})
    records = run_of(ruleset, record).records
    (copy,) = in_doubt(records, Clashes(run_world()).doubts(records))["case"]
    unknown = Unknown(Cause.CONTRADICTED)
    assert copy.values == {**record.values, "decided_on": unknown, "served_on": unknown}
    assert copy.sources == record.sources


def test_a_condition_that_cant_be_read_is_refused_with_its_file() -> None:
    wrong = CASE.replace("case.adopted > case.received", "case.adoptd > 1")
    schema = read_schema({"case.yaml": wrong, "report.yaml": REPORT, "place.yaml": PLACE})
    with pytest.raises(InvalidRulesetError) as caught:
        contradictions(schema)
    assert (caught.value.file, caught.value.key) == ("case.yaml", "contradictions 第1条")
    assert "是否指“adopted”" in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("then: served_on", "then: servd_on", "没有字段“servd_on”，是否指“served_on”？"),
        ("then: served_on", "then: status", "“status”不是日期字段"),
        ("then: reports.sent_on", "then: reports.sent", "“report”没有字段“sent”"),
        ("fields: [adopted, received]", "fields: [adoptd]", "没有字段“adoptd”，是否指“adopted”？"),
    ],
)
def test_declarations_name_what_is_there(old: str, new: str, said: str) -> None:
    with pytest.raises(InvalidRulesetError, match=r"order|contradictions") as caught:
        read_schema({"c.yaml": CASE.replace("type: case", "type: c", 1).replace("case.", "c.")
                     .replace(old, new), "report.yaml": REPORT.replace("parent: case", "parent: c"),
                     "place.yaml": PLACE})  # fmt: skip
    assert said in str(caught.value)
    assert Path(caught.value.file or "c.yaml").suffix == ".yaml"
