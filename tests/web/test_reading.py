"""Pages that are only read show what the assessment says, and nothing of their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.test import Client

from tests.web.conftest import UNIT
from tests.web.worked import worked
from web.models import Run
from web.running import assessment_of, ticked
from web.views.reading import KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_every_finding_of_the_domain_is_listed(
    kind: str, run: Run, logged_in: Callable[..., Client]
) -> None:
    found, client = assessment_of(run), logged_in("leader")
    domain = KINDS[kind][0]
    expected = {
        entry.fingerprint
        for entry in found.findings
        if found.requirements[entry.requirement].domain == domain
    }
    text = every_page(client, kind)
    shown = {part.split('"')[0] for part in text.split('href="/finding/')[1:]}
    assert shown == expected


def test_a_clerk_sees_the_records_of_their_unit(run: Run, logged_in: Callable[..., Client]) -> None:
    text = logged_in("clerk", UNIT).get("/records/cases").content.decode()
    own = {e.owner for e in assessment_of(run).outcomes} - {UNIT, ""}
    assert UNIT in text
    assert not [owner for owner in own if f"<td>{owner}</td>" in text]


@pytest.mark.parametrize(
    ("kind", "record_type", "key", "lists"),
    [
        ("documents", "normative_doc", "青政规〔2024〕1号", ["规范性文件报备材料"] * 2),
        ("documents", "normative_doc", "青政规〔2025〕1号", ["规范性文件报备材料"]),
        ("cases", "penalty_case", "青罚〔2024〕67号", ["行政处罚案卷"]),
    ],
)
def test_a_document_and_a_case_have_their_list_to_tick(
    kind: str, record_type: str, key: str, lists: list[str], logged_in: Callable[..., Client]
) -> None:
    """Fails if a list had no way to it, or weren't there once the worker has gone through it."""
    client, address = logged_in("leader"), f"/checklist/{record_type}/{quote(key)}"
    assert f'href="{address}"' in every_page(client, kind)
    assert "正在逐项对照" in client.get(address).content.decode()
    worked()
    text = client.get(address).content.decode()
    assert "正在逐项对照" not in text
    assert re.findall("清单：(.*)</h2>", text) == lists


def test_a_list_is_for_who_sees_the_record(run: Run, logged_in: Callable[..., Client]) -> None:
    """Fails if a clerk could read a case of another unit, or a list of what has none."""
    cases = [e for e in assessment_of(run).outcomes if e.subject_type == "penalty_case"]
    own = next(e.subject_key for e in cases if e.owner == UNIT)
    others = next(e.subject_key for e in cases if e.owner != UNIT)
    clerk = logged_in("clerk", UNIT)
    assert clerk.get(f"/checklist/penalty_case/{own}").status_code == 200
    assert clerk.get(f"/checklist/penalty_case/{others}").status_code == 404
    assert clerk.get(f"/checklist/certificate/{own}").status_code == 404


def test_a_list_that_can_not_be_made_says_why(run: Run, logged_in: Callable[..., Client]) -> None:
    """A key that is in the result and no more in the rows: told, and not asked for for ever."""
    ticked(run, "penalty_case", "没有的案号")
    worked()
    row, found = ticked(run, "penalty_case", "没有的案号")
    assert (found, row.error[:15]) == ([], "行政处罚案件里没有“没有的案号")


def every_page(client: Client, kind: str) -> str:
    """All pages of the records of a kind."""
    text, number = "", 1
    while True:
        answer = client.get(f"/records/{kind}", {"page": number}).content.decode()
        text, number = text + answer, number + 1
        if "下一页" not in answer:
            return text


def test_the_report_has_its_figures_in_their_sentences(
    run: Run, logged_in: Callable[..., Client]
) -> None:
    text = logged_in("leader").get("/report").content.decode()
    report = next(one for one in assessment_of(run).reports if one.assessed)
    assert f"全部{len(report.figures)}个数字和原句" in text
    assert report.figures[0].sentence[:20] in text


def test_the_first_page_has_its_tables(run: Run, logged_in: Callable[..., Client]) -> None:
    text = logged_in("leader").get("/").content.decode()
    for heading in ("快要上会、出台的", "最要紧的", "哪些单位、哪些领域", "纲要各节"):
        assert heading in text
    assert "按月看问题的多少" not in text  # of one month there is no trend
    Run.objects.create(
        by=run.by, as_of="2025-02-10", digest="x", inputs="x", program="x", state="done",
        findings={"blocking": 7, "major": 1, "minor": 0, "advisory": 0},
    )  # fmt: skip
    text = logged_in("leader").get("/").content.decode()
    assert '<th scope="row">2025-02</th><td class="n">7</td><td class="n">1</td>' in text


def test_a_rule_says_what_it_rests_on_and_how_it_is_tried(
    run: Run, logged_in: Callable[..., Client]
) -> None:
    client = logged_in("leader")
    assert "公开征求意见" in client.get("/rules", {"q": "dec-comment-30d"}).content.decode()
    text = client.get("/rules/dec-comment-30d").content.decode()
    for said in ("依据", "例子", "符合要求", "不符合"):
        assert said in text
    assert client.get("/rules/no-such").status_code == 404


def test_the_page_for_the_head_is_short(run: Run, logged_in: Callable[..., Client]) -> None:
    text = logged_in("leader").get("/chief").content.decode()
    assert "青岚县2024年法治体检" in text
    assert text.count("<li>") <= 30
