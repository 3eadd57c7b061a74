"""自查报告: a body that a director reads, and annexes in which every finding stands."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.document import Document

from engine.assessing.assess import assess
from engine.judging.run import run_of
from engine.model.assessment import Assessment
from engine.model.gate import GateEntry
from engine.model.outcome import SEVERITY_TITLES, GateState, Outcome, Severity
from engine.ruleset.model import Ruleset
from facts.folder import read_folder
from reporter.documents.word import render, selfreport
from reporter.documents.word.annexes import ANNEXES
from reporter.overview import Overview
from reporter.titles import NOBODY
from reporter.units import units
from tests.reporter.printed import pages, printing
from tests.reporter.sample import entry, sample

EXAMPLE = Path(__file__).parents[2] / "examples" / "qinglan"
GRAVE = Severity.BLOCKING


def opened(assessment: Assessment) -> Document:
    return docx.Document(io.BytesIO(render(assessment)))


def table(document: Document, head: str) -> list[list[str]]:
    """The rows of the table whose first cell is called that."""
    found = (t for t in document.tables if t.rows[0].cells[0].text == head)
    return [[cell.text for cell in row.cells] for row in next(found).rows]


def with_findings(*owners: str) -> Assessment:
    """The sample with a grave finding for each of these units."""
    found = []
    for number, owner in enumerate(owners):
        one = entry(0, Outcome.GAP, GRAVE, f"决{number}甲")
        one.owner, one.fingerprint, one.evidence = owner, f"{number:016x}", ()
        found.append(one)
    return replace(sample(), outcomes=tuple(found))


@printing
def test_the_body_on_the_example_has_at_most_twelve_pages(
    ruleset: Ruleset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken by a list in the body that grows with the findings; the annexes stand apart."""
    facts = read_folder(EXAMPLE, ruleset.schema)
    found = assess(ruleset, run_of(ruleset, facts, dt.date(2025, 3, 10)))
    assert len(Overview(found).found) > 200
    monkeypatch.setattr(selfreport, "write_annexes", lambda *_: None)
    (body,) = pages({"报告": render(found)}, tmp_path).values()
    assert 4 <= len(body) <= 12
    assert "经办：" in "".join(body[-2:])


def test_body_and_annexes_are_told_apart() -> None:
    heads = [p.text for p in opened(sample()).paragraphs if p.style and p.style.name == "Heading 1"]
    at = heads.index(ANNEXES)
    assert [head[:2] for head in heads[:at]] == ["一、", "二、", "三、", "四、", "五、"]
    assert [head[:3] for head in heads[at + 1 :]] == [f"附表{n}" for n in range(1, 7)]


def test_every_finding_stands_under_its_unit_and_in_the_annex() -> None:
    """Broken by a unit left out, by a count that doesn't add up, by a finding that is nowhere."""
    document = opened(with_findings("县水利局", "", "县城管局", "县城管局"))
    name = "合法性审查前置"
    assert table(document, "单位") == [
        ["单位", *SEVERITY_TITLES.values(), "是哪些（项数）"],
        ["县城管局", "2", "", "", "", f"{name}2"],
        ["县水利局", "1", "", "", "", f"{name}1"],
        [NOBODY, "1", "", "", "", f"{name}1"],
    ]
    annex = next(t for t in document.tables if t.rows[0].cells[-1].text == "责任单位")
    listed = [[cell.text for cell in row.cells] for row in annex.rows[1:]]
    common, *rows = listed
    assert len(set(common)) == 1
    assert common[0].startswith(f"{name}　4项。")
    assert all(part in common[0] for part in ("依据：", "\n整改：", "（承办单位）"))
    assert [(row[0], row[1], row[4]) for row in rows] == [
        (str(n + 1), f"重大行政决策“决{n}甲”停车收费办法", who)
        for n, who in enumerate(["县水利局", "承办单位", "县城管局", "县城管局"])
    ]


def test_what_the_body_has_no_room_for_is_counted() -> None:
    """Broken by a root or a unit that the body neither names nor counts."""
    document = opened(with_findings(*(f"单位{n:02}" for n in range(40))))
    texts = [p.text for p in document.paragraphs]
    numbered = [text for text in texts if text.split(".")[0].isdigit()]
    assert len(numbered) == 12
    assert "其余28处、28项见附表2。" in texts
    rows = table(document, "单位")[1:]
    assert [row[0] for row in rows[:25]] == [f"单位{n:02}" for n in range(25)]
    assert rows[25:] == [["其余15个单位", "15", "", "", "", "见附表2"]]


def test_units_stand_by_how_grave_their_findings_are() -> None:
    grave, light = entry(0, Outcome.GAP, GRAVE, "1"), entry(2, Outcome.GAP, Severity.MINOR, "2")
    more = entry(2, Outcome.GAP, Severity.MINOR, "3")
    grave.owner, light.owner, more.owner = "甲", "乙", "乙"
    nobodys = entry(0, Outcome.GAP, GRAVE, "4")
    found = units([light, nobodys, grave, more])
    assert [(u.name, [e.subject_key for e in u.entries]) for u in found] == [
        ("甲", ["1"]),
        ("乙", ["2", "3"]),
        (NOBODY, ["4"]),
    ]
    assert [found[1].of(severity) for severity in Severity] == [0, 0, 2, 0]
    assert found[1].counted == {"dec-2": 2}


def test_what_each_has_to_do_is_named_once_and_counted_beyond() -> None:
    plans = {"甲": [f"事{n}" for n in range(9)], "乙": ["事"], "丙": [f"丙{n}" for n in range(40)]}
    rows = list(selfreport._planned(plans))
    assert [row[0] for row in rows] == ["甲", "乙", "丙"]
    assert rows[0][1].split("\n") == [*(f"事{n}" for n in range(8)), "另有1条，见附表2"]
    assert rows[1][1] == "事"
    assert rows[2][1].split("\n") == [*(f"丙{n}" for n in range(8)), "另有32条，见附表2"]
    many = {f"单位{n}": ["事"] for n in range(32)}
    assert [row[1] for row in selfreport._planned(many)][29:] == [
        "事", "另有1条，见附表2", "另有1条，见附表2",
    ]  # fmt: skip


def test_what_was_not_judged_is_never_called_free_of_problems() -> None:
    """Broken by “没有发现问题” with no word of what couldn't be told, which reads as a pass."""
    unknown = [e for e in sample().outcomes if e.outcome is Outcome.UNKNOWN]
    counts = dict.fromkeys(Outcome, 0) | {Outcome.UNKNOWN: len(unknown)}
    a = replace(sample(), outcomes=tuple(unknown))
    document = opened(replace(a, summary=replace(a.summary, outcomes=counts)))
    texts = [p.text for p in document.paragraphs]
    at = texts.index("能判断的各项里没有发现须处理的问题。")
    assert texts[at + 1] == (
        "另有1项因信息不全没有判断，其中1项必须先解决，不能当作符合要求；缺什么见附表3，补齐后再核。"
    )
    assert "1.公布日期（台账没有这一列）：关系到1条要求、1项判断。" in texts
    assert texts[texts.index("附表2　问题清单") + 1] == "没有。"


def test_the_report_names_the_decisions_that_lie_ahead() -> None:
    """Broken where the first section leaves out one, its state, its days left or a count."""
    as_of = sample().as_of
    gates = [
        GateEntry(
            "submit", "提请集体讨论", "decision", f"决{n}", f"“决{n}”", GateState.WAITING, "待完成",
            as_of + dt.timedelta(n) if n else None, "讨论日期",
        )
        for n in range(13)
    ]  # fmt: skip
    texts = [p.text for p in opened(replace(sample(), gates=tuple(gates))).paragraphs]
    at = texts.index("快要上会、出台的：")
    assert texts[at + 1] == f"“决1”：{as_of + dt.timedelta(1)}（还有1日）提请集体讨论待完成。"
    assert texts[at + 11 : at + 13] == [
        (
            f"其余2件：“决11”{as_of + dt.timedelta(11)}（还有11日）提请集体讨论待完成；"
            f"“决12”{as_of + dt.timedelta(12)}（还有12日）提请集体讨论待完成。逐件的情况见附表6。"
        ),
        "提请集体讨论待完成、没有定日子的1件：“决0”。",
    ]
    assert "快要上会、出台的：" not in [
        p.text for p in opened(replace(sample(), gates=())).paragraphs
    ]
