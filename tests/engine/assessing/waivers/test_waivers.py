"""Waivers: noted beside the finding they are for, changing nothing; a void one is a finding.

Fails if a waiver turns, hides or removes an outcome, opens a gate, or counts when it should not.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from engine.assessing.assess import assess
from engine.assessing.predecision import predecide
from engine.model.assessment import WAIVER, Assessment, InputEntry, OutcomeEntry
from engine.model.outcome import Outcome
from engine.ruleset.model import Ruleset
from reporter.exit_code import ExitCode, exit_code
from reporter.terminal.assessment import plain_text
from tests.engine.assessing.waivers.small import (
    BLOCKING,
    MAJOR,
    checked,
    decision,
    office,
    outcome,
    run_of,
    some,
)

HEADER = "requirement,record,reason,basis,approver,from,until"


def row(
    requirement: str = MAJOR,
    record: str = "决1",
    start: str = "2024-06-01",
    until: str = "2024-12-31",
    approver: str = "王某",
) -> str:
    return f"{requirement},{record},改期,会签单,{approver},{start},{until}"


GOOD = row()
SHORT = decision("决1", until="2024-05-15")
"""14 days of comments where 30 are due: a gap of a major requirement."""


def waive(folder: Path, *rows: str, header: str = HEADER, name: str = "豁免台账.csv") -> Path:
    return office(folder, *rows, header=header, name=name)


def ledger(assessment: Assessment) -> list[OutcomeEntry]:
    return [entry for entry in assessment.outcomes if entry.requirement == WAIVER]


def test_a_waiver_of_what_was_not_asked_is_neither_good_nor_bad(
    tmp_path: Path, ruleset: Ruleset
) -> None:
    narrow = dataclasses.replace(some(ruleset), profiles={"p": (BLOCKING,)})
    office(tmp_path, SHORT)
    run = dataclasses.replace(run_of(waive(tmp_path, GOOD), ruleset), profile="p")
    [entry] = ledger(assess(narrow, run))
    assert entry.outcome is Outcome.NOT_APPLICABLE
    assert entry.message == "这次没有核它所管的要求或事项"
    assert not entry.finding


def test_a_waived_finding_stays_with_its_outcome(tmp_path: Path, ruleset: Ruleset) -> None:
    before = checked(office(tmp_path, SHORT), ruleset)
    after = checked(waive(tmp_path, GOOD), ruleset)
    beneath, entry = outcome(before, MAJOR, "决1"), outcome(after, MAJOR, "决1")
    assert entry.outcome is Outcome.GAP
    assert entry.finding
    assert entry.waiver is not None
    assert (entry.waiver.reason, entry.waiver.basis) == ("改期", "会签单")
    assert dataclasses.replace(entry, waiver=None) == beneath
    assert [e.outcome for e in ledger(after)] == [Outcome.MET]
    assert (after.summary.waived, sum(after.summary.findings.values())) == (1, 0)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (row(until="2024-07-19"), "已过期：到2024年7月19日为止"),
        (row(record=""), "没有写明对象，太宽"),
        (row(record="全部"), "没有写明对象，太宽"),  # 全部 is no number of a matter
        (row(record="决2"), "没有用上：这一条的结论是“符合要求”"),
        (row(record="决9"), "没有用上：“重大行政决策”里没有“决9”"),
        (row(BLOCKING), "“必须先解决”的要求不能豁免"),
        (row("dec-coment-30d"), "是否指“dec-comment-30d”"),
        (row(until="下周"), "“止”没有填，或者认不出"),
        (row(until=""), "“止”没有填，或者认不出"),
        (row(approver=""), "“批准人”没有填，或者认不出"),
        (row(start="2024-12-31", until="2024-06-01"), "早于起日"),
    ],
)
def test_one_that_does_not_count_is_a_finding(
    tmp_path: Path, ruleset: Ruleset, said: str, why: str
) -> None:
    office(tmp_path, decision("决1", until="2024-05-15", reviewed="2024-06-25"), decision("决2"))
    after = checked(waive(tmp_path, said), ruleset)
    (entry,) = ledger(after)
    assert why in entry.message
    assert (entry.outcome, entry.finding) == (Outcome.GAP, True)
    assert all(e.waiver is None for e in after.outcomes)


@pytest.mark.parametrize(
    "nobody", ["否", "无", "×", "未签字", "未报批", "待定", "待签", "同意", "已签", "是", "0", "/"]
)
def test_a_waiver_by_nobody_does_not_count(tmp_path: Path, ruleset: Ruleset, nobody: str) -> None:
    """Fails if a word in the approver's column stood for a person who approved."""
    office(tmp_path, SHORT)
    after = checked(waive(tmp_path, row(approver=nobody)), ruleset)
    assert [(e.outcome, "“批准人”没有填，或者认不出" in e.message) for e in ledger(after)] == [
        (Outcome.GAP, True)
    ]
    assert outcome(after, MAJOR, "决1").waiver is None


@pytest.mark.parametrize(
    ("until", "counts"), [("2024-07-19", False), ("2024-07-20", True), ("2024-07-21", True)]
)
def test_the_last_day_still_counts(
    tmp_path: Path, ruleset: Ruleset, until: str, *, counts: bool
) -> None:
    office(tmp_path, SHORT)
    waive(tmp_path, row(until=until))
    assert (outcome(checked(tmp_path, ruleset), MAJOR, "决1").waiver is not None) is counts


def test_one_that_has_not_begun_waits(tmp_path: Path, ruleset: Ruleset) -> None:
    office(tmp_path, SHORT)
    waive(tmp_path, row(start="2024-07-21"))
    after = checked(tmp_path, ruleset)
    assert [(e.outcome, e.finding) for e in ledger(after)] == [(Outcome.PENDING, False)]
    assert outcome(after, MAJOR, "决1").waiver is None


def test_two_records_of_one_key_are_not_waived(tmp_path: Path, ruleset: Ruleset) -> None:
    office(tmp_path, SHORT, decision("决1", title="另一件", until="2024-05-15"))
    after = checked(waive(tmp_path, GOOD), ruleset)
    assert "有2件" in ledger(after)[0].message
    assert all(entry.waiver is None for entry in after.outcomes)


def test_a_finding_for_want_of_papers_of_a_blocking_requirement_is_not_waived(
    tmp_path: Path, ruleset: Ruleset
) -> None:
    office(tmp_path, decision("决1", reviewed=""))
    waive(tmp_path, row(BLOCKING))
    after = checked(tmp_path, ruleset)
    assert outcome(after, BLOCKING, "决1").outcome is Outcome.NOT_EVIDENCED
    assert "不能豁免" in ledger(after)[0].message


def test_of_a_ledger_that_cannot_be_read_nothing_counts(tmp_path: Path, ruleset: Ruleset) -> None:
    office(tmp_path, SHORT)
    waive(tmp_path, GOOD)
    (tmp_path / "豁免台账2.xlsx").write_bytes(b"PK not a workbook")
    after = checked(tmp_path, ruleset)
    assert outcome(after, MAJOR, "决1").waiver is None
    assert {entry.outcome for entry in ledger(after)} == {Outcome.GAP}
    assert {entry.message for entry in ledger(after)} == {
        "豁免台账没有读全，这一条不作数",
        "豁免台账有读不进来的内容，全部豁免都不作数；见“读取中的问题”",
    }


@pytest.mark.parametrize("ending", ["yaml", "json"])
def test_ledgers_of_other_formats(tmp_path: Path, ruleset: Ruleset, ending: str) -> None:
    office(tmp_path, SHORT)
    pairs = list(zip(HEADER.split(","), GOOD.split(","), strict=True))
    text = {
        "yaml": "- " + "\n  ".join(f"{key}: {value}" for key, value in pairs) + "\n",
        "json": "[{" + ",".join(f'"{key}": "{value}"' for key, value in pairs) + "}]",
    }[ending]
    (tmp_path / f"豁免台账.{ending}").write_text(text, encoding="utf-8")
    assert outcome(checked(tmp_path, ruleset), MAJOR, "决1").waiver is not None


def test_no_waiver_opens_a_gate_and_the_page_still_names_it(
    tmp_path: Path, ruleset: Ruleset
) -> None:
    office(tmp_path, SHORT)
    before = predecide(ruleset, run_of(tmp_path, ruleset), "决1", None)
    other = row(record="决7")
    after = predecide(ruleset, run_of(waive(tmp_path, GOOD, other), ruleset), "决1", None)
    assert after.gates == before.gates
    assert MAJOR in after.gates[0].deciding
    assert outcome(after, MAJOR, "决1").waiver is not None


def test_the_exit_code_counts_what_is_not_waived(tmp_path: Path, ruleset: Ruleset) -> None:
    read = (InputEntry("决策台账.csv", "", "ledger", {"decision": 1}),)
    office(tmp_path, SHORT)
    before = dataclasses.replace(checked(tmp_path, ruleset), inputs=read)
    assert exit_code(before, "minor") is ExitCode.FINDINGS
    after = dataclasses.replace(checked(waive(tmp_path, GOOD), ruleset), inputs=read)
    assert exit_code(after, "minor") is ExitCode.CLEAN
    void = dataclasses.replace(checked(waive(tmp_path, row(record="")), ruleset), inputs=read)
    assert exit_code(void, "minor") is ExitCode.FINDINGS


def test_the_terminal_shows_both_the_finding_and_its_waiver(
    tmp_path: Path, ruleset: Ruleset
) -> None:
    text = plain_text(checked(waive(office(tmp_path, SHORT), GOOD), ruleset))
    assert "已豁免　1项" in text
    assert "【重要·不符合·已豁免】公开征求意见期限" in text
    assert "2024-06-01至2024-12-31：改期；豁免依据：会签单；批准人：＊＊＊" in text
