"""Every run stays, and can be compared and replayed."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from engine.model.assessment_json import to_json
from tests.web.worked import worked
from web.models import Run
from web.running import assessment_of


def test_a_run_shows_what_it_was_made_of(run: Run, logged_in: Callable[..., Client]) -> None:
    client = logged_in("leader")
    for page in (client.get("/history"), client.get(f"/history/{run.pk}")):
        text = page.content.decode()
        for digest in (run.inputs, run.ruleset, run.program):
            assert digest[:8] in text
    file = run.files.get(name="规范性文件.xlsx")
    assert file.content_id in client.get(f"/history/{run.pk}").content.decode()


def test_a_replay_gives_the_same_to_the_letter(run: Run, logged_in: Callable[..., Client]) -> None:
    client = logged_in("reviewer")
    client.post(f"/history/{run.pk}/replay")
    again = Run.objects.latest("pk")
    worked(1)
    again.refresh_from_db()
    before, after = (to_json(assessment_of(one)).splitlines() for one in (run, again))
    assert [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]] == []
    assert (again.inputs, again.result_digest) == (run.inputs, run.result_digest)
    assert "结果一字不差" in client.get(f"/history/{again.pk}").content.decode()
    Run.objects.filter(pk=again.pk).update(result_digest="other", program="other")
    text = client.get(f"/history/{again.pk}").content.decode()
    assert "程序或规则换了版本" in text
    compared = client.get(f"/history/compare?old={run.pk}&new={again.pk}").content.decode()
    assert "仍然存在" in compared


def test_what_is_no_run_is_not_compared(run: Run, logged_in: Callable[..., Client]) -> None:
    client = logged_in("leader")
    for asked in ("", "?old=x&new=1", f"?old={run.pk}&new=99999"):
        assert client.get(f"/history/compare{asked}").status_code == 404
