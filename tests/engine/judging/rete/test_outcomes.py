"""Outcomes worked out by hand, judged by durable_rules."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from engine.judging.rete import ReteJudge, available
from engine.language import tree as t
from engine.model.outcome import Outcome
from engine.model.values import ABSENT, ABSENT_LIST, Cause, Elements, Record, State, Truth, Unknown
from engine.ruleset.model import Requirement, Window
from tests.agreement.generators import requirements as generated
from tests.agreement.generators import world as small
from tests.engine.judging.rete.world import YEAR, decision, requirement, text, world

pytestmark = pytest.mark.skipif(not available(), reason="没有装 durable_rules")

BLANK = Unknown(Cause.BLANK)
UNREADABLE = Unknown(Cause.UNREADABLE)
DAY = dt.date(2024, 7, 1)
AHEAD = dt.date(2024, 8, 1)


def judge(wanted: Requirement, *records: Record) -> list[Outcome]:
    outcomes = ReteJudge().judge([wanted], {wanted.subject: records}, world(), YEAR)
    return list(outcomes[wanted.id])


def one(wanted: Requirement, **values: object) -> Outcome:
    [outcome] = judge(wanted, decision(**values))
    return outcome


# the order of outcomes


@pytest.mark.parametrize(
    ("applies", "outcome"),
    [(True, Outcome.MET), (False, Outcome.NOT_APPLICABLE), (BLANK, Outcome.UNKNOWN)],
)
def test_applies(applies: State, outcome: Outcome) -> None:
    wanted = requirement(text("true", applies="decision.flag"))
    assert one(wanted, flag=applies) is outcome


@pytest.mark.parametrize(
    ("lenient", "outcome"),
    [
        (None, Outcome.GAP),
        ("decision.number == 3", Outcome.BORDERLINE),
        ("decision.number == 4", Outcome.GAP),
        ("decision.amount > 1", Outcome.GAP),
    ],
)
def test_what_more_paper_cannot_cure(lenient: str | None, outcome: Outcome) -> None:
    # `due` lies ahead, and does not help.
    wanted = requirement(text("decision.number > 5", lenient=lenient, due="date(2025, 1, 1)"))
    assert one(wanted, number=3, amount=UNREADABLE) is outcome


@pytest.mark.parametrize(
    ("due", "outcome"),
    [
        (AHEAD, Outcome.PENDING),
        (dt.date(2024, 7, 20), Outcome.PENDING),
        (dt.date(2024, 7, 19), Outcome.GAP),
        (BLANK, Outcome.UNKNOWN),
        (Unknown(Cause.BLANK, planned=AHEAD), Outcome.PENDING),
        (Unknown(Cause.INCOMPLETE, lo=DAY, hi=dt.date(2024, 7, 19)), Outcome.GAP),
        (Unknown(Cause.INCOMPLETE, lo=DAY, hi=AHEAD), Outcome.UNKNOWN),
        # the day of the check itself is not past
        (Unknown(Cause.INCOMPLETE, lo=DAY, hi=dt.date(2024, 7, 20)), Outcome.UNKNOWN),
    ],
)
def test_what_can_still_be_done_before_due(due: State, outcome: Outcome) -> None:
    wanted = requirement(text("has(decision.name)", due="decision.until"))
    assert one(wanted, name=ABSENT, until=due) is outcome


def test_progress_fields_can_still_be_supplied() -> None:
    wanted = requirement(text("decision.todo", due="decision.until"))
    assert one(wanted, todo=False, until=AHEAD) is Outcome.PENDING
    assert one(wanted, todo=False, until=DAY) is Outcome.GAP


def test_a_plain_false_is_final_before_due() -> None:
    wanted = requirement(text("decision.flag", due="decision.until"))
    assert one(wanted, flag=False, until=AHEAD) is Outcome.GAP


def test_lenient_reading_of_what_is_curable() -> None:
    wanted = requirement(text("has(decision.name)", lenient="decision.number > 1"))
    assert one(wanted, name=ABSENT, number=2) is Outcome.BORDERLINE
    assert one(wanted, name=ABSENT, number=1) is Outcome.GAP
    assert one(wanted, name=ABSENT, number=BLANK) is Outcome.GAP


@pytest.mark.parametrize(
    ("flag", "number", "outcome"),
    [
        (BLANK, 1, Outcome.NOT_EVIDENCED),
        (UNREADABLE, 1, Outcome.UNKNOWN),
        (BLANK, BLANK, Outcome.UNKNOWN),
        (True, BLANK, Outcome.UNKNOWN),
        (BLANK, 0, Outcome.GAP),
        (True, 1, Outcome.MET),
    ],
)
def test_blank_evidence(flag: State, number: State, outcome: Outcome) -> None:
    wanted = requirement(text("decision.flag && decision.number > 0", evidence=["decision.flag"]))
    assert one(wanted, flag=flag, number=number) is outcome


def test_blank_evidence_before_due_is_pending() -> None:
    wanted = requirement(text("decision.flag", evidence=["decision.flag"], due="decision.until"))
    assert one(wanted, flag=BLANK, until=AHEAD) is Outcome.PENDING
    assert one(wanted, flag=BLANK, until=BLANK) is Outcome.UNKNOWN
    assert one(wanted, flag=BLANK, until=DAY) is Outcome.NOT_EVIDENCED


def test_blank_evidence_of_a_nested_record() -> None:
    wanted = requirement(
        text("decision.hearings.all(h, has(h.held_on))", evidence=["hearing.held_on"])
    )
    record = decision()
    hearing = Record("hearing", "一", {"held_on": BLANK}, parent=record)
    record.values["hearings"] = Elements((hearing,), closed=True)
    assert judge(wanted, record) == [Outcome.NOT_EVIDENCED]
    record.values["hearings"] = Elements((hearing,), closed=False)
    assert judge(wanted, record) == [Outcome.UNKNOWN]


# texts and the days they are in force


OLD = Window(dt.date.min, dt.date(2024, 2, 29))
NEW = Window(dt.date(2024, 3, 1), dt.date(2024, 12, 31))


@pytest.mark.parametrize(
    ("day", "outcome"),
    [
        (dt.date(2024, 4, 1), Outcome.GAP),
        (dt.date(2024, 3, 1), Outcome.GAP),
        (dt.date(2024, 2, 29), Outcome.MET),
        (dt.date(2025, 1, 1), Outcome.NOT_APPLICABLE),
        (BLANK, Outcome.UNKNOWN),
        (Unknown(Cause.INCOMPLETE, lo=dt.date(2024, 4, 1), hi=dt.date(2024, 4, 30)), Outcome.GAP),
        (Unknown(Cause.INCOMPLETE, lo=dt.date(2024, 2, 1), hi=AHEAD), Outcome.UNKNOWN),
    ],
)
def test_the_text_of_the_day_governs(day: State, outcome: Outcome) -> None:
    wanted = requirement(
        text("decision.number >= 10", windows=(NEW,)),
        text("decision.number >= 5", windows=(OLD,)),
        act_on="decision.until",
    )
    assert one(wanted, until=day, number=7) is outcome


def test_the_first_of_two_texts_in_force_governs() -> None:
    wanted = requirement(text("decision.flag"), text("true"), act_on="decision.until")
    assert one(wanted, until=DAY, flag=BLANK) is Outcome.UNKNOWN


def test_a_parameter_of_the_act_s_day() -> None:
    # The limit of 12 holds from March to September.
    wanted = requirement(text("decision.number > param.limit"), act_on="decision.until")
    assert one(wanted, number=13, until=DAY) is Outcome.MET
    assert one(wanted, number=12, until=DAY) is Outcome.GAP
    assert one(wanted, number=13, until=dt.date(2024, 2, 1)) is Outcome.UNKNOWN


def test_two_act_days_do_not_share_a_parameter() -> None:
    inside = requirement(text("decision.number > param.limit"), act_on="decision.until", name="a")
    outside = requirement(
        text("decision.number > param.limit"), act_on="date(2023, 1, 1)", name="b"
    )
    records = {"decision": [decision(number=13, until=DAY)]}
    outcomes = ReteJudge().judge([inside, outside], records, world(), YEAR)
    assert outcomes == {"a": [Outcome.MET], "b": [Outcome.UNKNOWN]}


# Kleene


TRUTHS = [True, False, BLANK]


@pytest.mark.parametrize("a", TRUTHS)
@pytest.mark.parametrize("b", TRUTHS)
@pytest.mark.parametrize(
    "expression",
    [
        "decision.flag && decision.todo",
        "decision.flag || decision.todo",
        "!decision.flag || decision.todo",
        "!(decision.flag && decision.todo)",
        "!(decision.flag || decision.todo)",
        "decision.flag ? decision.todo : true",
        "!(decision.flag ? decision.todo : true)",
        "decision.flag == decision.todo",
        "decision.flag || !decision.flag",
        "decision.flag && !decision.flag",
        "true || decision.flag",
        "false && decision.flag",
        "!(true && decision.flag)",
    ],
)
def test_unknown_stays_unknown_unless_it_cannot_matter(expression: str, a: State, b: State) -> None:
    def truth(state: State) -> Truth:
        return state if isinstance(state, bool) else None

    def kleene(name: str, x: Truth, y: Truth) -> Truth:
        known = {v for v in (x, y) if v is not None}
        decisive = name == "or"
        return decisive if decisive in known else (None if None in (x, y) else not decisive)

    p, q = truth(a), truth(b)
    opposite = None if p is None else not p
    expected = {
        "decision.flag && decision.todo": kleene("and", p, q),
        "decision.flag || decision.todo": kleene("or", p, q),
        "!decision.flag || decision.todo": kleene("or", opposite, q),
        "!(decision.flag && decision.todo)": negated(kleene("and", p, q)),
        "!(decision.flag || decision.todo)": negated(kleene("or", p, q)),
        "decision.flag ? decision.todo : true": None if p is None else (q if p else True),
        "!(decision.flag ? decision.todo : true)": (
            None if p is None else (negated(q) if p else False)
        ),
        "decision.flag == decision.todo": None if None in (p, q) else p == q,
        "decision.flag || !decision.flag": None if p is None else True,
        "decision.flag && !decision.flag": None if p is None else False,
        "true || decision.flag": True,
        "false && decision.flag": False,
        "!(true && decision.flag)": opposite,
    }[expression]
    outcome = one(requirement(text(expression)), flag=a, todo=b)
    assert outcome is {True: Outcome.MET, False: Outcome.GAP, None: Outcome.UNKNOWN}[expected]


def negated(truth: Truth) -> Truth:
    return None if truth is None else not truth


@pytest.mark.parametrize("op", ["<", "<=", ">", ">=", "==", "!="])
@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize("number", [4, 5, 6, (4, 5), (5, 6), (4, 6), (None, 4), (6, None), None])
def test_bounds_against_a_constant(
    op: str,
    swapped: bool,  # noqa: FBT001 - a case
    number: int | tuple[int | None, int | None] | None,
) -> None:
    possible = range(-50, 50)
    state: State = UNREADABLE
    if isinstance(number, int):
        state, possible = number, range(number, number + 1)
    elif number is not None:
        lo, hi = number
        state = Unknown(Cause.INCOMPLETE, lo=lo, hi=hi)
        possible = range(-50 if lo is None else lo, 50 if hi is None else hi + 1)
    compare = {
        "<": int.__lt__, "<=": int.__le__, ">": int.__gt__, ">=": int.__ge__,
        "==": int.__eq__, "!=": int.__ne__,
    }[op]  # fmt: skip
    truths = {compare(5, n) if swapped else compare(n, 5) for n in possible}
    expression = f"5 {op} decision.number" if swapped else f"decision.number {op} 5"
    expected = {
        frozenset({True}): Outcome.MET,
        frozenset({False}): Outcome.GAP,
        frozenset({True, False}): Outcome.UNKNOWN,
    }[frozenset(truths)]
    assert one(requirement(text(expression)), number=state) is expected


# what goes in, and in which order it comes out


def test_order_keys_and_duplicates() -> None:
    records = [decision("重复", flag=True), decision("重复", flag=False), decision("", flag=BLANK)]
    records += [decision('引"号\n', flag=True)]
    assert judge(requirement(text("decision.flag")), *records) == [
        Outcome.MET,
        Outcome.GAP,
        Outcome.UNKNOWN,
        Outcome.MET,
    ]


def test_chinese_names_and_values() -> None:
    wanted = requirement(text("decision.name in ['县政府', '局']"), name="决策前置程序核对")
    records = [decision(name="局"), decision(name="局 "), decision(name=BLANK)]
    outcomes = ReteJudge().judge([wanted], {"decision": records}, world(), YEAR)
    assert outcomes == {"决策前置程序核对": [Outcome.MET, Outcome.GAP, Outcome.UNKNOWN]}


def test_without_records_or_requirements() -> None:
    wanted = requirement(text("true"))
    assert judge(wanted) == []
    assert ReteJudge().judge([wanted], {}, world(), YEAR) == {"r": []}
    assert ReteJudge().judge([], {"decision": [decision()]}, world(), YEAR) == {}


def test_subjects_of_several_types() -> None:
    record = decision(flag=True)
    hearings = [Record("hearing", n, {"people": len(n)}, parent=record) for n in ("一", "一二")]
    about_parent = "hearing.people > 1 && parent.flag"
    wanted = [
        requirement(text("decision.flag"), name="a"),
        requirement(text(about_parent, subject="hearing"), subject="hearing", name="b"),
    ]
    outcomes = ReteJudge().judge(wanted, {"decision": [record], "hearing": hearings}, world(), YEAR)
    assert outcomes == {"a": [Outcome.MET], "b": [Outcome.GAP, Outcome.MET]}


def test_numbers_that_are_no_integers_are_not_sent_as_such() -> None:
    wanted = requirement(text("decision.amount >= 3"))
    assert one(wanted, amount=Decimal("2.9999")) is Outcome.GAP
    assert one(wanted, amount=Decimal(3)) is Outcome.MET


def test_more_records_than_a_slice_or_a_batch() -> None:
    records = [decision(str(n), number=n) for n in range(7001)]
    outcomes = judge(requirement(text("decision.number >= 6500")), *records)
    assert [n for n, outcome in enumerate(outcomes) if outcome is Outcome.MET] == list(
        range(6500, 7001)
    )


def test_a_blank_in_a_linked_record_of_the_same_type_is_not_evidenced() -> None:
    """Found by comparison: blanks were looked for in the subject alone."""
    earlier = Record("act", "先", {"n": Unknown(Cause.BLANK)})
    act = Record("act", "后", {"earlier": Elements((earlier,), closed=True)})
    asked = small.tree("act.earlier.all(e, e.n >= 2)")
    wanted = generated.requirement(
        "r", "act", t.AsOf(), generated.text(asked, evidence=frozenset({("act", "n")}))
    )
    outcomes = ReteJudge().judge([wanted], {"act": [act]}, small.world(), small.YEAR)
    assert outcomes == {"r": [Outcome.NOT_EVIDENCED]}


# what breaks off


def test_an_exceeded_budget_fails_that_requirement_and_record_only() -> None:
    inner = "decision.meetings.all(m, m.ok)"
    costly = requirement(text(f"decision.hearings.all(h, {inner})"), name="costly")
    cheap = requirement(text("decision.flag"), name="cheap")
    heavy = decision(
        flag=True,
        hearings=Elements(tuple(Record("hearing", str(n)) for n in range(1100)), closed=True),
        meetings=Elements(
            tuple(Record("meeting", str(n), {"ok": True}) for n in range(1000)), closed=True
        ),
    )
    light = decision(flag=True, hearings=ABSENT_LIST)
    records = {"decision": [heavy, light]}
    outcomes = ReteJudge().judge([costly, cheap], records, world(), YEAR)
    assert outcomes == {
        "costly": [Outcome.FAILED, Outcome.MET],
        "cheap": [Outcome.MET, Outcome.MET],
    }


@pytest.mark.parametrize(
    "number",
    [Decimal(3), True, Unknown(Cause.INCOMPLETE, lo=9, hi=2)],
    ids=["decimal", "truth", "inverted"],
)
def test_bounds_that_no_loader_gives_are_refused(number: State) -> None:
    wanted = requirement(text("decision.number > 1"), name="a")
    other = requirement(text("true"), name="b")
    outcomes = ReteJudge().judge(
        [wanted, other], {"decision": [decision(number=number)]}, world(), YEAR
    )
    assert outcomes == {"a": [Outcome.FAILED], "b": [Outcome.MET]}


def test_an_act_that_cannot_be_dated_fails_what_stands_on_it() -> None:
    wanted = requirement(text("true"), act_on="decision.until", name="a")
    other = requirement(text("true"), name="b")
    broken = decision(until=ABSENT_LIST)
    outcomes = ReteJudge().judge([wanted, other], {"decision": [broken]}, world(), YEAR)
    assert outcomes == {"a": [Outcome.FAILED], "b": [Outcome.MET]}


@pytest.mark.parametrize("number", [2**53, 2**70, -(2**70)])
def test_huge_integers_compare_rightly(number: int) -> None:
    wanted = requirement(text("decision.number > 1 && decision.number != 7"))
    assert one(wanted, number=number) is (Outcome.MET if number > 0 else Outcome.GAP)


def test_the_same_world_read_twice_gives_the_same() -> None:
    wanted = requirement(text("decision.held_on < as_of"))
    ahead = decision(held_on=AHEAD)
    for _ in range(2):
        assert judge(wanted, ahead) == [Outcome.UNKNOWN]
    assumed = replace(world(), assumed=frozenset({("decision", "held_on")}))
    outcomes = ReteJudge().judge([wanted], {"decision": [ahead]}, assumed, YEAR)
    assert outcomes["r"] == [Outcome.GAP]
