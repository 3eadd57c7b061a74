"""Which answers given by a person count, through real files."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.judging.answers import LEDGER, answered
from engine.judging.run import Run, run_of
from engine.model.values import (
    ABSENT,
    NEEDS_PERSON,
    Cause,
    Elements,
    Record,
    Source,
    State,
    Unknown,
)
from engine.ruleset.model import Ruleset
from facts.folder import read_folder
from tests.engine import small
from tests.runs import a_run

ASKED = "dec-legality-three-aspects"
PATH = f"manual:{ASKED}"
MAY_3 = dt.date(2024, 5, 3)


def office(  # noqa: PLR0913 - what an answer is made of
    folder: Path,
    ruleset: Ruleset,
    requirement: str,
    on: str,
    reviewed: str | None = None,
    *,
    by: str = "周某",
) -> Run:
    """A decision begun on 1 February 2024, with one answer; checked on 30 June 2025.

    `reviewed` is what stands in the column of the opinion's day; None is no such column.
    """
    head, cell = ("", "") if reviewed is None else (",合法性审查意见日期", f",{reviewed}")
    (folder / "决策台账.csv").write_text(
        f"决策编号,决策事项,启动日期,讨论日期{head}\n决1,停车,2024-02-01,2024-05-06{cell}\n",
        encoding="utf-8",
    )
    (folder / "人工认定.csv").write_text(
        "要求编号,对象类型,对象编号,认定结论,认定人,认定日期\n"
        f"{requirement},decision,决1,符合,{by},{on}\n",
        encoding="utf-8",
    )
    facts = read_folder(folder, ruleset.schema, year=2024)
    return run_of(ruleset, facts, dt.date(2025, 6, 30))


@pytest.mark.parametrize("on", ["2024-02-01", "2024-04-23", "2025-06-30"])
def test_an_answer_between_the_first_step_and_the_check_counts(
    tmp_path: Path, ruleset: Ruleset, on: str
) -> None:
    run = office(tmp_path, ruleset, ASKED, on)
    assert answered(run, ruleset) is run
    assert run.records["decision"][0].values[PATH] == "符合"


def test_a_requirement_may_be_named_by_its_title(tmp_path: Path, ruleset: Ruleset) -> None:
    """Fails if the words of the requirement were no name for it, or the answer lost its cell."""
    run = answered(office(tmp_path, ruleset, "审查意见涵盖权限、程序、内容", "2024-04-23"), ruleset)
    (decision,) = run.records["decision"]
    assert decision.values[PATH] == "符合"
    assert decision.source_of(PATH).file == "人工认定.csv"
    assert [p for item in run.facts.inputs for p in item.problems] == []


def test_two_answers_by_number_and_by_title_are_none(tmp_path: Path, ruleset: Ruleset) -> None:
    office(tmp_path, ruleset, ASKED, "2024-04-23")
    ledger = tmp_path / "人工认定.csv"
    twice = ledger.read_text(encoding="utf-8")
    twice += "审查意见涵盖权限、程序、内容,decision,决1,不符合,周某,2024-04-23\n"
    ledger.write_text(twice, encoding="utf-8")
    facts = read_folder(tmp_path, ruleset.schema, year=2024)
    run = answered(run_of(ruleset, facts, dt.date(2025, 6, 30)), ruleset)
    assert run.records["decision"][0].values[PATH] == NEEDS_PERSON
    (problem,) = [p for item in run.facts.inputs for p in item.problems]
    assert problem.expected == "人工认定对同一事项有几个认定，都不作数"


@pytest.mark.parametrize(
    ("requirement", "on", "said"),
    [
        (ASKED, "2025-07-01", "日期2025-07-01在检查日2025-06-30之后"),
        (ASKED, "2024-01-31", "日期2024-01-31早于这件事项的第一步（2024-02-01）"),
        ("dec-legality-before-discussion", "2024-04-23",
         "的要求“合法性审查前置”不由人认定，由台账核对"),
        ("dec-legality-three-aspect", "2024-04-23",
         "的要求“dec-legality-three-aspect”没有"),
    ],
)  # fmt: skip
def test_an_answer_that_can_not_be_is_named_and_not_counted(
    tmp_path: Path, ruleset: Ruleset, requirement: str, on: str, said: str
) -> None:
    run = answered(office(tmp_path, ruleset, requirement, on), ruleset)
    assert run.records["decision"][0].values[f"manual:{requirement}"] == NEEDS_PERSON
    (problem,) = [p for item in run.facts.inputs for p in item.problems]
    assert problem.expected == f"人工认定{said}，不作数"
    assert (problem.file, problem.line) == ("人工认定.csv", 2)
    assert problem.hint == ("是否指“dec-legality-three-aspects”？" if "没有" in said else "")


@pytest.mark.parametrize(("on", "counts"), [("2024-04-21", False), ("2024-04-22", True)])
def test_an_answer_about_an_opinion_is_not_given_before_the_opinion(
    tmp_path: Path, ruleset: Ruleset, on: str, *, counts: bool
) -> None:
    """Fails if somebody could confirm what an opinion of 22 April says the day before."""
    run = answered(office(tmp_path, ruleset, ASKED, on, "2024-04-22"), ruleset)
    said = [p.expected for item in run.facts.inputs for p in item.problems]
    assert said == ([] if counts else ["人工认定日期2024-04-21早于所认定的（2024-04-22），不作数"])
    given = run.records["decision"][0].values[PATH]
    assert given == ("符合" if counts else NEEDS_PERSON)


@pytest.mark.parametrize("on", [Unknown(Cause.BLANK), ABSENT])
def test_an_answer_without_a_day_does_not_count(
    tmp_path: Path, ruleset: Ruleset, on: State
) -> None:
    """Fails if an answer of which nobody knows when it was given, were one given in time."""
    run = office(tmp_path, ruleset, ASKED, "2024-04-23")
    run.records[LEDGER][0].values["on"] = on
    run = answered(run, ruleset)
    assert run.records["decision"][0].values[PATH] == NEEDS_PERSON
    (problem,) = [p for item in run.facts.inputs for p in item.problems]
    assert problem.expected == "人工认定没有认定日期，不作数"


@pytest.mark.parametrize("evidence", [["thing.at"], []])
@pytest.mark.parametrize(("on", "counts"), [(dt.date(2024, 5, 2), False), (MAY_3, True)])
def test_an_answer_on_the_day_of_a_moment_is_not_before_it(
    evidence: list[str], on: dt.date, *, counts: bool
) -> None:
    """Fails if a moment of the day were no day: of what is asked about, or the first event."""
    asked = {"kind": "manual", "require": None, "evidence": evidence}
    rules = small.ruleset(asked)
    place = Source("人工认定.csv", cell="D2")
    held: dict[str, State | Elements] = {
        "at": dt.datetime.fromisoformat("2024-05-03T16:30"),
        "manual:a-one": "符合",
    }
    thing = Record("thing", "1", held, {"manual:a-one": place})
    row = Record(LEDGER, "1", {"requirement": "a-one", "on": on}, {"answer": place}, place)
    run = a_run({"thing": [thing], LEDGER: [row]}, small.world(), 2024)
    (found,) = answered(run, rules).records["thing"]
    assert found.values["manual:a-one"] == ("符合" if counts else NEEDS_PERSON)


@pytest.mark.parametrize(("on", "counts"), [("2023-12-31", False), ("2024-01-01", True)])
def test_an_answer_about_a_year_is_not_given_before_it(
    tmp_path: Path, ruleset: Ruleset, on: str, *, counts: bool
) -> None:
    """Fails if the year's report could be confirmed before the year began."""
    (tmp_path / "人工认定.csv").write_text(
        "要求编号,对象类型,对象编号,认定结论,认定人,认定日期\n"
        f"ar-secrecy-review,place_year,2024,符合,周某,{on}\n",
        encoding="utf-8",
    )
    facts = read_folder(tmp_path, ruleset.schema, year=2024)
    run = answered(run_of(ruleset, facts, dt.date(2025, 6, 30)), ruleset)
    given = run.records["place_year"][0].values["manual:ar-secrecy-review"]
    assert given == ("符合" if counts else NEEDS_PERSON)


@pytest.mark.parametrize("reviewed", ["", "无", "2025-07-01"])
def test_there_is_no_answer_about_an_opinion_that_is_not_there(
    tmp_path: Path, ruleset: Ruleset, reviewed: str
) -> None:
    """Fails if a draft could be confirmed, or a question asked, before there is an opinion."""
    run = answered(office(tmp_path, ruleset, ASKED, "2025-06-30", reviewed), ruleset)
    assert run.records["decision"][0].values[PATH] is ABSENT
    said = [p.expected for item in run.facts.inputs for p in item.problems]
    assert said == ["人工认定所认定的还没有（合法性审查意见日期空着），不作数"]


@pytest.mark.parametrize(
    ("reviewed", "answer"), [("", ABSENT), ("无", ABSENT), ("2024-04-22", None), (None, None)]
)
def test_a_question_is_asked_once_what_it_is_about_is_there(
    tmp_path: Path, ruleset: Ruleset, reviewed: str | None, answer: object
) -> None:
    """Fails if an opinion that is written, or may be, could wait for nobody's judgement."""
    run = office(tmp_path, ruleset, "ar-secrecy-review", "2025-06-30", reviewed)
    run = answered(run, ruleset)
    assert run.records["decision"][0].values.get(PATH) is answer


NOBODY = ["否", "无", "×", "未签字", "未报批", "待定", "待签", "同意", "已签", "是", "0", "/", ""]


@settings(deadline=None, max_examples=60)
@given(
    by=st.sampled_from([*NOBODY, "周某", "县司法局", "周 某"]),
    on=st.dates(dt.date(2024, 1, 1), dt.date(2025, 12, 31)),
    asked=st.sampled_from([ASKED, "dec-legality-before-discussion", "dec-nothing"]),
)
def test_an_answer_counts_only_from_somebody_between_the_act_and_the_check(
    ruleset: Ruleset, by: str, on: dt.date, asked: str
) -> None:
    """For any name, day and requirement. Broken by leaving out one of the three conditions."""
    with tempfile.TemporaryDirectory() as folder:
        run = office(Path(folder), ruleset, asked, on.isoformat(), "2024-04-22", by=by)
        run = answered(run, ruleset)
    given_ = run.records["decision"][0].values.get(PATH)
    somebody = by not in NOBODY
    in_time = dt.date(2024, 4, 22) <= on <= dt.date(2025, 6, 30)
    assert (given_ == "符合") is (somebody and in_time and asked == ASKED)
