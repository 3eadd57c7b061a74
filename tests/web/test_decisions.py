"""Decisions: their gates, what a person answers, the form to sign; what is to be filled in."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from collections.abc import Callable
from urllib.parse import quote

from django.test import Client
from docx import Document
from openpyxl import load_workbook

from engine.model.gate import StepState
from tests.web.conftest import UNIT
from tests.web.worked import unlooked, worked
from web.models import Answer, LogEntry, Run
from web.running import assessment_of

OWN, OTHERS = "决2024-11", "决2024-12"
"""A decision of UNIT's, and one of another unit's."""


def test_each_decision_stands_there_with_its_gates(
    run: Run, logged_in: Callable[..., Client]
) -> None:
    text = logged_in("leader").get("/decisions").content.decode()
    for gate in assessment_of(run).gates:
        assert f'href="/decision/{quote(gate.subject_key)}"' in text
        assert f'<span class="state {gate.state}">{gate.title}：{gate.state_title}</span>' in text
    assert "提请集体讨论：要件齐备" in text


def test_a_clerk_has_the_decisions_of_their_unit_alone(
    run: Run, logged_in: Callable[..., Client]
) -> None:
    clerk = logged_in("clerk", UNIT)
    text = clerk.get("/decisions").content.decode()
    assert OWN in text
    assert OTHERS not in text
    assert clerk.get(f"/decision/{OWN}").status_code == 200
    for address in (f"/decision/{OTHERS}", f"/decision/{OTHERS}/annex.docx"):
        assert clerk.get(address).status_code == 404


def test_the_timetable_comes_when_it_is_worked_out(
    run: Run, logged_in: Callable[..., Client]
) -> None:
    reader = logged_in("leader")
    unlooked()
    before = reader.get(f"/decision/{OWN}").content.decode()
    assert "提请集体讨论：要件齐备" in before
    assert "正在逐日推算" in before
    assert reader.get(f"/decision/{OWN}/annex.docx").status_code == 302
    worked(1)
    after = reader.get(f"/decision/{OWN}").content.decode()
    assert "赶得上" in after
    assert "正在逐日推算" not in after
    form = reader.get(f"/decision/{OWN}/annex.docx")
    assert form["Content-Disposition"].startswith("attachment;")
    said = "\n".join(p.text for p in Document(io.BytesIO(form.content)).paragraphs)
    assert "核对" in said
    assert LogEntry.objects.latest("pk").what == "下载附表"


def test_another_day_for_the_meeting_can_be_looked_at(
    run: Run, logged_in: Callable[..., Client]
) -> None:
    reader, page = logged_in("leader"), f"/decision/{OWN}"
    unlooked()
    assert "正在逐日推算" in reader.get(page, {"meeting": "2025-03-11"}).content.decode()
    worked(1)
    text = reader.get(page, {"meeting": "2025-03-11"}).content.decode()
    assert "正在逐日推算" not in text
    assert "2025年3月11日" in text or "2025-03-11" in text
    assert f"/decision/{quote(OWN)}/annex.docx?meeting=2025-03-11" in text
    whole = reader.get(page).content.decode()
    assert "正在逐日推算" in whole
    wrong = reader.get(page, {"meeting": "三月"}).content.decode()
    assert "会议日要写成2025-03-20这样" in wrong


def asked(run: Run) -> tuple[str, str]:
    """A decision and a question about it that a person has to answer."""
    found = assessment_of(run)
    return next(
        (entry.subject_key, entry.requirement)
        for entry in found.outcomes
        if found.requirements[entry.requirement].kind == "manual"
        and any(gate.subject_key == entry.subject_key for gate in found.gates)
    )


def test_an_answer_is_signed_kept_and_judged_with(
    run: Run, logged_in: Callable[..., Client]
) -> None:
    key, requirement = asked(run)
    reviewer = logged_in("reviewer")
    said = {"requirement": requirement, "answer": "符合", "basis": "看过卷宗", "on": "2025-03-10"}
    assert reviewer.post(f"/decision/{key}/answer", said).status_code == 302
    one = Answer.objects.get()
    assert (one.requirement, one.record_key, one.answer) == (requirement, key, "符合")
    assert (one.by.name, one.on) == ("审查某", dt.date(2025, 3, 10))
    entry = LogEntry.objects.latest("pk")
    assert (entry.who, entry.what) == ("审查某", "人工认定")
    again = Run.objects.latest("pk")
    ledger = again.files.get(name="网页上定的/人工认定.json")
    assert json.loads(bytes(ledger.content.data))["人工认定"] == [
        {"要求": requirement, "对象类型": "重大行政决策", "对象编号": key, "认定结论": "符合",
         "认定人": "审查某", "认定日期": "2025-03-10", "认定理由": "看过卷宗"}
    ]  # fmt: skip
    # said once more it takes the place of what was said before
    reviewer.post(f"/decision/{key}/answer", said | {"answer": "不符合"})
    assert [a.answer for a in Answer.objects.filter(until=None)] == ["不符合"]


def test_what_is_no_answer_is_told(run: Run, logged_in: Callable[..., Client]) -> None:
    key, requirement = asked(run)
    judged = next(
        e.requirement for e in assessment_of(run).outcomes if e.requirement != requirement
        and assessment_of(run).requirements[e.requirement].kind != "manual"
    )  # fmt: skip
    right = {"requirement": requirement, "answer": "符合", "basis": "看过", "on": "2025-03-10"}
    wrong = (
        right | {"answer": "也许"},
        right | {"basis": ""},
        right | {"requirement": judged},
        right | {"on": "2025-03-11"},
    )
    for said in wrong:
        logged_in("approver").post(f"/decision/{key}/answer", said)
    assert not Answer.objects.exists()


def test_the_questions_of_a_gate_stand_beside_their_article(
    run: Run, logged_in: Callable[..., Client]
) -> None:
    found = assessment_of(run)
    waiting = {
        gate.subject_key: step.requirement
        for gate in found.gates
        for step in gate.steps
        if step.state is StepState.PERSON and not step.record
    }
    for key, requirement in list(waiting.items())[:1]:
        text = logged_in("reviewer").get(f"/decision/{key}").content.decode()
        assert f'name="requirement" value="{requirement}"' in text
        assert 'name="answer"' not in logged_in("leader").get(f"/decision/{key}").content.decode()


def test_each_unit_has_a_file_to_fill_in(run: Run, logged_in: Callable[..., Client]) -> None:
    answer = logged_in("reviewer").get("/blanks.xlsx", {"unit": UNIT})
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    units = {row[0] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert units == {UNIT}
    assert logged_in("reviewer").get("/blanks.xlsx", {"unit": "没有这个单位"}).status_code == 404
    clerk = logged_in("clerk", UNIT)
    assert clerk.get("/blanks.xlsx", {"unit": UNIT}).status_code == 200
    assert clerk.get("/blanks.xlsx", {"unit": "县交通运输局"}).status_code == 404


def test_the_documents_of_the_year_are_downloaded(
    run: Run, logged_in: Callable[..., Client]
) -> None:
    answer = logged_in("leader").get("/document/html")
    assert answer["Content-Type"] == "application/octet-stream"
    assert "法治体检 · 年度自查" in answer.content.decode()
    assert logged_in("leader").get("/document/terminal").status_code == 404


def test_what_was_done_stands_with_its_day_and_cell(
    run: Run, logged_in: Callable[..., Client]
) -> None:
    """Broken by a day that lies ahead among what was done, or by one that is left out."""
    text = logged_in("leader").get(f"/decision/{OWN}").content.decode()
    done = text.partition("办到了哪一步")[2].partition("</section>")[0]
    rows = re.findall(r"<tr><td>(.*?)</td><th.*?>(.*?)</th><td>(.*?)</td></tr>", done)
    # row 19 of the ledger, the meeting of 20 March and the issue of 15 April still ahead
    assert rows == [
        (day, step, f"重大行政决策台账2024.xlsx〔决策台账〕{column}19")
        for day, step, column in (
            ("2024-10-25", "研究论证日期", "BU"),
            ("2024-11-04", "启动日期", "P"),
            ("2024-12-02", "征求意见公告日期", "U"),
            ("2025-01-08", "专家论证日期", "AB"),
            ("2025-01-10", "风险评估报告日期", "AE"),
            ("2025-01-13", "公平竞争初审日期", "AK"),
            ("2025-01-17", "公平竞争审查日期", "AL"),
            ("2025-02-08", "送审材料齐备日期", "AO"),
            ("2025-02-18", "合法性审查意见日期", "AQ"),
        )
    ]
