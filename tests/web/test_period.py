"""After the outline's period every page about a result says so, and so does every answer to OA."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from tests.web.conftest import AS_OF
from tests.web.test_api import bearer, told
from tests.web.test_decisions import OWN
from tests.web.worked import unlooked, worked
from web.models import Person, Role, Run
from web.running import ask, assessment_of, ticked

OVER = "的规划期到2025-12-31为止，规则里还没有接续的文件"
CASE = "青罚〔2024〕67号"


@pytest.fixture
def after(run: Run) -> Run:
    """The example seen in March 2026."""
    unlooked()
    found, _ = ask(Person.objects.get(username="admin"), dt.date(2026, 3, 10))
    worked(1)
    ticked(found, "penalty_case", CASE)
    worked(1)
    return found


def test_every_page_about_a_result(after: Run, logged_in: Callable[..., Client]) -> None:
    """Fails if one page shows what was judged and not that the outline it is ordered by is over."""
    client = logged_in("leader")
    finding = assessment_of(after).findings[0].fingerprint
    pages = (
        "/", "/decisions", f"/decision/{OWN}", "/findings", f"/finding/{finding}",
        "/records/documents", "/records/cases", "/records/certificates", "/report", "/chief",
        "/blanks", "/waivers", f"/checklist/penalty_case/{CASE}", f"/history/{after.pk}",
        f"/history/compare?old={after.pk - 1}&new={after.pk}",
    )  # fmt: skip
    answers = {page: client.get(page, follow=True) for page in pages}
    assert {page: a.status_code for page, a in answers.items()} == dict.fromkeys(pages, 200)
    silent = [page for page, answer in answers.items() if OVER not in answer.content.decode()]
    twice = [page for page, answer in answers.items() if answer.content.decode().count(OVER) > 1]
    assert (silent, twice) == ([], [])


def test_no_page_while_it_lasts(run: Run, logged_in: Callable[..., Client]) -> None:
    assert run.as_of == AS_OF
    for page in ("/", "/decisions", "/chief"):
        assert OVER not in logged_in("leader").get(page).content.decode()


def test_every_answer_to_a_system(after: Run) -> None:
    """Fails if a system were told lights, outcomes or days without it."""
    client = bearer(Role.LEADER)
    answers = [
        told(client, "/gates", key=OWN),
        told(client, "/outcomes", limit="1"),
        told(client, "/due", days="30"),
        told(client, "/checklists", key=CASE, kind="penalty_case"),
    ]
    assert [OVER in "".join(answer["notices"]) for answer in answers] == [True] * 4
