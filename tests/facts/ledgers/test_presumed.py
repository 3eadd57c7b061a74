"""An unknown column is read where its name and its cells leave one field, and counts as doubtful.

Each table is of two decisions in order; what is changed in it is what the test is about.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from commands.asked import ruleset_with
from engine.assessing.assess import assess
from engine.judging.run import run_of
from engine.model.facts import Facts, Question
from engine.model.outcome import Outcome
from engine.model.values import NO_COLUMN
from facts.records.load import load_schema
from tests.facts.conftest import Office, errors, notes

OPINION = "legality_review.opinion_on"
HEAD = ["决策编号", "决策事项", "送审日期", "审查办结日", "讨论日期"]
MAJOR = ["是否重大行政决策", "决策机关层级", "不适用本程序的情形", "另有程序的依据"]
ROWS = [
    ["决1", "停车", "2024-03-01", "2024-03-11", "2024-03-20"],
    ["决2", "供水", "2024-04-01", "2024-04-11", "2024-04-20"],
]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, load_schema())


def read(office: Office, head: list[str], *rows: list[object]) -> Facts:
    office.xlsx("重大行政决策台账.xlsx", Sheet1=[head, *rows])
    return office.read()


def column(number: int, *cells: object) -> list[list[object]]:
    """The two rows with other cells in the column of this number, counted from 0."""
    return [
        [*row[:number], cell, *row[number + 1 :]] for row, cell in zip(ROWS, cells, strict=True)
    ]


def taken(facts: Facts) -> set[str]:
    return {path for _, path in facts.presumed}


def test_name_and_cells_that_leave_one_field_make_its_column(office: Office) -> None:
    """Broken by a column that is only proposed, read unsaid, or read without its reason."""
    facts = read(office, HEAD, *ROWS)
    assert errors(facts) == []
    assert facts.presumed == {("decision", OPINION)}
    assert [r.values[OPINION] for r in facts.records["decision"]] == [
        dt.date(2024, 3, 11), dt.date(2024, 4, 11),
    ]  # fmt: skip
    why = "列名与“合法性审查意见日期”相近，2格都是日期，"
    why += "有2格在前后两步（如“送审日期”和“讨论日期”）之间"
    (note,) = notes(facts)
    assert note.text() == (
        "重大行政决策台账.xlsx〔Sheet1〕D1：“审查办结日”，按列名和内容当作“合法性审查意见日期”读取，"
        f"没有人确认；确认以前，靠它才成立的是存疑待核（{why}；对的，在设置的“列名对照”（headers）里写"
        "“审查办结日=合法性审查意见日期”，不对的写“审查办结日=不读”）"
    )
    asked = [q for item in facts.inputs for q in item.questions if q.item == "列名对照"]
    assert asked == [Question("列名对照", "审查办结日", ("合法性审查意见日期",), why)]
    (source,) = {r.source_of(OPINION).presumed for r in facts.records["decision"]}
    assert source == "“审查办结日”一列是按列名和内容认作“合法性审查意见日期”的，没有人确认"


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("拟审查办结日", ROWS),  # planned is not done
        ("再次审查办结日", ROWS),  # nor is it the first time
        ("审查办结期限", ROWS),
        ("经办日", ROWS),  # like nothing
        ("送审办结日", ROWS),  # more like a column that is there
        ("审查办结日", column(3, "2024-02-11", "2024-04-11")),  # before it was sent
        ("审查办结日", column(3, "2024-03-11", "2024-04-21")),  # after it was discussed
        ("审查办结日", column(3, "2024-03-11", "快了")),
        ("审查办结日", column(3, "2024-03-11", None)),  # one cell says nothing
        ("审查办结日", column(3, "2024-03-11", "无")),
        ("审查办结日", column(2, "2024-03-01", None)),  # one row is no row of rows
        ("审查办结日", [*ROWS, ["决1", "停车", None, "2024-03-15", None]]),  # two of one matter
    ],
)
def test_what_may_be_something_else_is_not_read(
    office: Office, header: str, rows: list[list[object]]
) -> None:
    """Broken by a plan, a second step or a guess that becomes a fact."""
    facts = read(office, [*HEAD[:3], header, HEAD[4]], *rows)
    assert OPINION not in taken(facts)
    for record in facts.records["decision"]:
        assert record.scalar(OPINION) == NO_COLUMN


def test_a_field_that_has_its_column_anywhere_is_given_no_other(office: Office) -> None:
    """Broken by a guess beside a known column: the two differ, and both count for nothing."""
    office.xlsx("合法性审查.xlsx", 决策台账=[
        ["决策编号", "合法性审查意见日期"], ["决1", "2024-03-12"], ["决2", "2024-04-12"],
    ])  # fmt: skip
    facts = read(office, HEAD, *ROWS)
    assert taken(facts) == set()
    assert [r.values[OPINION].day for r in facts.records["decision"]] == [12, 12]


def test_two_columns_that_may_be_one_field_are_neither(office: Office) -> None:
    """Broken by the first of two that is read because it comes first."""
    rows = [[*row, row[3]] for row in ROWS]
    assert taken(read(office, [*HEAD, "审查完结日"], *rows)) == set()


def test_the_same_header_in_sheets_of_one_ledger_is_one_column(office: Office) -> None:
    """Broken by a monthly sheet whose column is taken for another's."""
    office.xlsx("重大行政决策台账.xlsx", 三月=[HEAD, ROWS[0], ["决3", "甲", *ROWS[0][2:]]],
                四月=[HEAD, ROWS[1], ["决4", "乙", *ROWS[1][2:]]])  # fmt: skip
    facts = office.read()
    assert taken(facts) == {OPINION}
    assert all(r.source_of(OPINION).presumed for r in facts.records["decision"])


@pytest.mark.parametrize(
    ("header", "path", "cells"),
    [
        ("审查部门名称", "legality_review.reviewer", ("青溪县司法局", "青溪县司法局")),
        (
            "审查意见书字号",
            "legality_review.opinion_doc",
            ("青审〔2024〕1号", "青审〔2024〕2号"),
        ),
        ("合法性审查的结论", "legality_review.conclusion", ("合法", "待定")),
        ("合法性审查的结论", "legality_review.conclusion", ("合法", "应予修改")),
        ("合法性审查的结论", "", ("合法", "还行")),
        ("审查部门名称", "", ("青溪县司法局", "丁一")),
        ("审查意见书字号", "", ("青司审〔2024〕1号", "有")),
        ("是否听证会", "", ("是", "是")),  # yes and no tell nothing
    ],
)
def test_units_numbers_and_choices_tell_as_well(
    office: Office, header: str, path: str, cells: tuple[str, str]
) -> None:
    """Broken by a kind of cell that tells nothing, or by one that tells with a cell that isn't."""
    rows = [[*row, cell] for row, cell in zip(ROWS, cells, strict=True)]
    head = [*HEAD[:3], "合法性审查意见日期", HEAD[4], header]
    two = 1 if "待定" in cells else 2
    assert taken(read(office, head, *rows)) == ({path} - {""} if two == 2 else set())


def test_whoever_confirms_it_is_asked_no_more(office: Office) -> None:
    """Broken by an answer that changes nothing, or by a refusal that is asked again."""
    office.write("fazhi.yaml", "headers: {审查办结日: 合法性审查意见日期}\n")
    facts = read(office, HEAD, *ROWS)
    assert (taken(facts), notes(facts)) == (set(), [])
    assert facts.records["decision"][0].values[OPINION] == dt.date(2024, 3, 11)
    office.write("fazhi.yaml", "headers: {审查办结日: 不读}\n")
    facts = read(office, HEAD, *ROWS)
    assert (taken(facts), notes(facts)) == (set(), [])
    assert facts.records["decision"][0].scalar(OPINION) == NO_COLUMN


def outcomes(office: Office) -> dict[tuple[str, str], Outcome]:
    """Every outcome of the folder by requirement and record."""
    ruleset = ruleset_with()
    facts = office.read()
    found = assess(ruleset, run_of(ruleset, facts, dt.date(2025, 3, 10)))
    return {(one.requirement, one.subject_key): one.outcome for one in found.outcomes}


def test_nothing_is_met_or_accused_by_a_column_that_nobody_named(office: Office) -> None:
    """Broken by a guess that passes a gate or accuses: with its own name it does either."""
    head = [*HEAD[:3], "合法性审查意见日期", HEAD[4], *MAJOR]
    full = [[*row, "是", "政府", None, None] for row in ROWS]
    read(office, head, *full)
    named = outcomes(office)
    head[3] = HEAD[3]
    read(office, head, *full)
    presumed = outcomes(office)
    head[3] = "甲"
    read(office, head, *full)
    unread = outcomes(office)
    changed = {key: (named[key], presumed[key]) for key in named if named[key] != presumed[key]}
    assert changed
    assert {after for _, after in changed.values()} == {Outcome.BORDERLINE}
    assert {before for before, _ in changed.values()} <= {
        Outcome.MET, Outcome.GAP, Outcome.NOT_APPLICABLE, Outcome.PENDING,
    }  # fmt: skip
    for key, outcome in presumed.items():
        assert outcome in (unread[key], Outcome.BORDERLINE), key


def test_an_outcome_that_rests_on_it_says_so(office: Office) -> None:
    """Broken by a contradiction told where nothing contradicts, or by a problem of every row."""
    read(office, [*HEAD, *MAJOR], *([*row, "是", "政府", None, None] for row in ROWS))
    ruleset = ruleset_with()
    found = assess(ruleset, run_of(ruleset, office.read(), dt.date(2025, 3, 10)))
    told = [one for one in found.outcomes if one.outcome is Outcome.BORDERLINE]
    assert told
    for one in told:
        assert "没有人确认是哪一项" in one.message
        assert one.trace[0].text == "没有人确认是哪一列、确认以前不作数的事实"
    assert sum("没有人确认" in p.text for item in found.inputs for p in item.problems) == 1


def test_it_puts_no_other_day_in_doubt(office: Office) -> None:
    """Broken by a guess that contradicts a known column and takes it along."""
    head = [*HEAD, "按审查意见修改日期"]
    # revised before the opinion came, in one row of six
    rows = [[f"决{n}", f"事{n}", *ROWS[0][2:], "2024-03-15"] for n in range(5)]
    rows.append(["决9", "甲", "2024-03-01", "2024-03-17", "2024-03-20", "2024-03-15"])
    facts = read(office, head, *rows)
    assert taken(facts) == {OPINION}
    ruleset = ruleset_with()
    found = assess(ruleset, run_of(ruleset, facts, dt.date(2025, 3, 10)))
    assert not [p for item in found.inputs for p in item.problems if "核对清楚之前" in p.text]
