"""Pages that are only read show what the assessment says, and nothing of their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.web.conftest import UNIT
from web.models import Run
from web.running import assessment_of
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
    text, number = "", 1
    while True:
        answer = client.get(f"/records/{kind}", {"page": number}).content.decode()
        text, number = text + answer, number + 1
        if "下一页" not in answer:
            break
    shown = {part.split('"')[0] for part in text.split('href="/finding/')[1:]}
    assert shown == expected


def test_a_clerk_sees_the_records_of_their_unit(run: Run, logged_in: Callable[..., Client]) -> None:
    text = logged_in("clerk", UNIT).get("/records/cases").content.decode()
    own = {e.owner for e in assessment_of(run).outcomes} - {UNIT, ""}
    assert UNIT in text
    assert not [owner for owner in own if f"<td>{owner}</td>" in text]


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
